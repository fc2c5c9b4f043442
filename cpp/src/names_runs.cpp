#include "names_finder.hpp"

namespace framelens::names_detail {
namespace {

std::string strip_stop(std::string word) {
    if (word.size() > 2 && word.back() == '.' && word.find('.') == word.size() - 1) {
        word.pop_back();
    }
    return word;
}

}  // namespace

/// Running text ends in a full stop; a title does not.
bool Finder::is_title_case(TokenRange range) const {
    if (range.size() == 0 || token(range.end - 1).mark == U'.') return false;
    int capitals = 0;
    int words = 0;
    for (std::int32_t i = range.first; i < range.end; ++i) {
        if (!is_word(i) || token(i).is(function_word)) continue;
        ++words;
        capitals += token(i).capital ? 1 : 0;
    }
    return words >= 4 && capitals * 4 >= words * 3;
}

bool Finder::starts_sentence(std::int32_t i) const {
    if (i == 0 || token(i - 1).sentence != token(i).sentence) return true;
    const Token& before = token(i - 1);
    return before.kind == TokenKind::punctuation &&
           (before.mark == U'"' || before.mark == U'\'' || before.mark == 0x201C ||
            before.mark == 0x2018 || before.mark == 0xAB || before.mark == U':' ||
            before.mark == 0x2022);
}

bool Finder::may_name(std::int32_t i) const {
    if (!is_word(i) || !token(i).capital) return false;
    const Token& t = token(i);
    if (!t.is(never_in_name)) return true;
    if (t.all_caps && t.entry->nation) return true;
    return t.is(WordClass::given_name) && !starts_sentence(i) &&
           !t.is(WordClass::subject_pronoun | WordClass::article);
}

void Finder::find_runs(TokenRange range) {
    for (std::int32_t i = range.first; i < range.end; ++i) {
        if (!may_name(i)) continue;
        const std::int32_t end = run_end(i, range.end);
        add_run(i, end);
        i = end - 1;
    }
}

std::int32_t Finder::run_end(std::int32_t i, std::int32_t limit) const {
    std::int32_t end = i + 1;
    while (end < limit) {
        if (may_name(end)) {
            if (is_shouted(end - 1) && !is_shouted(end) && !token(end).is(title_word)) break;
            ++end;
        } else if (is_word(end) && token(end).is(WordClass::particle) && end + 1 < limit &&
                   may_name(end + 1)) {
            end += 2;
        } else if (end + 1 < limit && token(end).mark == U',' && is_word(end + 1) &&
                   token(end + 1).is(WordClass::name_suffix)) {
            end += 2;
        } else if (ends_in_function_word(i, end, limit)) {
            ++end;
        } else {
            break;
        }
    }
    return end;
}

/// "MUST WATCH Macron": words in capitals before a name are no part of it.
bool Finder::is_shouted(std::int32_t i) const {
    constexpr std::int64_t longest_initials = 4;  // letters: "NATO"
    return token(i).all_caps && token(i).span.size() > longest_initials;
}

/// "President Moon Jae In met": a function word is capitalised in running text only in a name.
bool Finder::ends_in_function_word(std::int32_t first, std::int32_t at, std::int32_t limit) const {
    if (at - first < 2 || !is_word(at) || !token(at).capital || token(at).all_caps) return false;
    return token(at).is(WordClass::preposition | WordClass::conjunction) &&
           (at + 1 >= limit || !token(at + 1).capital) && !token(at - 1).is(function_word);
}

/// Cuts a run into titles and name.
void Finder::add_run(std::int32_t first, std::int32_t end) {
    const std::int32_t start = after_titles(first, end);
    if (start >= end) return;
    Candidate found;
    found.tokens = {start, end};
    if (covers_nation(found.tokens)) return;
    found.title = title_start(start);
    if (first < found.title) before_title({first, found.title});
    judge(found);
    const bool doubtful = found.tokens.size() == 1 && found.title == start &&
                          starts_sentence(start) && token(start).entry != nullptr &&
                          found.kind == EntityKind::other;
    if (doubtful && !token(start).is(WordClass::given_name)) return;
    for (std::int32_t i = start; i < end; ++i) {
        if (!is_word(i)) continue;
        if (i + 1 == end && token(i).is(WordClass::name_suffix) && !found.words.empty()) {
            found.words.back() += ' ' + strip_stop(folded(i));  // the son is not the father
        } else {
            for (std::string& word : words_of_name(strip_stop(folded(i)))) {
                found.words.push_back(std::move(word));
            }
        }
    }
    if (!found.words.empty()) found_.push_back(std::move(found));
}

/// Keeps "Texas" of "Texas Governor Greg Abbott", if no list says what it is.
void Finder::before_title(TokenRange words) {
    constexpr std::int32_t longest = 3;
    if (words.size() > longest) return;
    for (std::int32_t i = words.first; i < words.end; ++i) {
        const bool free = is_word(i) && (token(i).entry == nullptr ||
                                         token(i).is(WordClass::organisation | WordClass::place));
        if (!free || nation_at(names_, i) != nullptr) return;
    }
    before_titles_.push_back(words);
}

/// First token of the name in a run: behind the last title and the nations in front.
std::int32_t Finder::after_titles(std::int32_t first, std::int32_t end) const {
    std::int32_t start = first;
    if (starts_sentence(first) && token(first).is(WordClass::cue) && end - first > 1 &&
        !token(first).is(WordClass::given_name)) {
        start = ++first;  // "Said Jane Doe"
    }
    for (std::int32_t i = first; i + 1 < end; ++i) {
        if (!token(i).is(WordClass::role | WordClass::honorific)) continue;
        if (i > first && token(i - 1).is(WordClass::given_name) && !token(i - 1).is(title_word)) {
            continue;  // a surname: Larry King
        }
        if (i > first && token(i + 1).is(WordClass::name_suffix)) continue;  // Larry King III
        start = i + 1;
    }
    if (start == first && first > 1 && end - first >= 3 && token(first - 1).span.size() == 2 &&
        token(first - 2).is(WordClass::role) && !token(first).is(WordClass::given_name)) {
        start = first + 1;  // Secretary of State Jane Doe
    }
    while (start < end) {
        const NationMention* nation = nation_at(names_, start);
        if (nation == nullptr || nation->tokens.end > end) break;
        if (nation->tokens.first != start || nation->tokens.end == end) break;
        if (!nation->adjective && token(end - 1).is(WordClass::organisation)) break;
        start = nation->tokens.end;
    }
    if (end - start == 1 && token(start).is(title_word | WordClass::demonym)) return end;
    return start;
}

bool Finder::covers_nation(TokenRange range) const {
    const NationMention* nation = nation_at(names_, range.first);
    return nation != nullptr && nation->tokens.first == range.first &&
           nation->tokens.end == range.end;
}

/// Walks left over the words of a title that touch the name.
std::int32_t Finder::title_start(std::int32_t name) const {
    std::int32_t start = name;
    std::int32_t i = name - 1;
    bool seen_role = false;
    while (i >= 0 && token(i).sentence == token(name).sentence) {
        if (is_word(i) && token(i).is(title_word)) {
            seen_role = seen_role || token(i).is(WordClass::role | WordClass::honorific);
            start = i--;
        } else if (i > 1 && is_word(i) && token(i).capital && !token(i).is(WordClass::given_name) &&
                   is_word(i - 1) && token(i - 1).is(WordClass::preposition) &&
                   token(i - 2).is(WordClass::role)) {
            i -= 2;  // the "of State" of a Secretary
        } else {
            break;
        }
    }
    return seen_role ? start : name;
}

/// Nations that stand before the title ("Venezuelan President", "Venezuela's President") or
/// behind the name ("president of Venezuela" is read by mentions).
std::vector<std::int32_t> Finder::tied_nations(const Candidate& found) const {
    std::vector<std::int32_t> tied;
    if (found.title == found.tokens.first) return tied;
    bool role = false;
    for (std::int32_t t = found.title; t < found.tokens.first; ++t) {
        role = role || token(t).is(WordClass::role);
        if (const NationMention* inside = nation_at(names_, t)) tied.push_back(inside->nation);
    }
    if (!role || !tied.empty()) return tied;
    std::int32_t i = found.title - 1;
    if (i >= 0 && token(i).kind == TokenKind::possessive) --i;
    if (i < 0 || token(i).sentence != token(found.title).sentence) return tied;
    if (const NationMention* nation = nation_at(names_, i)) tied.push_back(nation->nation);
    return tied;
}

}  // namespace framelens::names_detail
