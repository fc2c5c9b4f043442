#include "finder.hpp"
#include "framelens/language.hpp"

#include <optional>

namespace framelens {
namespace names_detail {

/// Running text ends in a full stop; a title does not.
bool Finder::is_title_case(TokenRange range) const {
    if (range.size() == 0 || ends_in_stop(text_, range)) return false;
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
           (opens_mark(before.mark) || before.mark == 0xAB || before.mark == U':' ||
            before.mark == 0x2022);
}

/// "al-Sisi", "d'Estaing": a particle of the language, its sign and a capital.
bool Finder::begins_with_particle(std::int32_t i) const {
    constexpr std::size_t longest = 4;  // bytes of a particle
    if (token(i).plain) return false;
    const std::string_view printed = text_.at(token(i).span);
    const std::string_view front = printed.substr(0, longest);
    std::size_t sign = front.find('-');
    if (sign == std::string_view::npos) sign = front.find_first_of("'\xE2");
    if (sign == std::string_view::npos || sign == 0) return false;
    const std::size_t size = printed[sign] == '\xE2' ? 3 : 1;  // a curly apostrophe
    if (sign + size >= printed.size()) return false;
    const auto rest = static_cast<std::int64_t>(sign + size) + token(i).span.start;
    if (!is_upper(decode(text_.text, rest).value)) return false;
    const WordEntry* entry = text_.language->find(fold(printed.substr(0, sign + size)));
    return entry != nullptr && entry->is(WordClass::particle);
}

/// The party and state of a politician: "Jo Reed, D-Ohio," and "(R-Tenn.)".
bool Finder::is_party(std::int32_t i) const {
    const std::string_view printed = text_.at(token(i).span);
    return i > 0 && printed.size() > 3 && printed[1] == '-' &&
           (token(i - 1).mark == U',' || token(i - 1).mark == U'(');
}

/// How many particles stand from `i` before the rest of a name: "von der" of "von der Leyen".
std::int32_t Finder::particles(std::int32_t i, std::int32_t limit) const {
    constexpr std::int32_t most = 3;
    // "Sprecher der Bank", "Aufruf zu Gewalt": where all nouns are capitals a given name tells.
    const bool told = i > 0 && token(i - 1).is(WordClass::given_name);
    if (text_.language->order.capital_nouns && !told) return 0;
    std::int32_t end = i;
    while (end < limit && end - i < most && is_word(end) && token(end).is(WordClass::particle)) {
        ++end;
    }
    return end > i && end < limit && may_name(end) ? end - i : 0;
}

/// A surname may stand alone with its particles: "met von der Leyen". Function words ("an", "do")
/// are none there.
std::int32_t Finder::before_particles(std::int32_t first) const {
    constexpr std::int32_t most = 3;
    std::int32_t start = first;
    while (start > 0 && first - start < most && is_word(start - 1) && !token(start - 1).capital &&
           token(start - 1).sentence == token(first).sentence &&
           token(start - 1).is(WordClass::particle) && !token(start - 1).is(function_word)) {
        --start;
    }
    return start;
}

bool Finder::may_name(std::int32_t i) const {
    if (!is_word(i)) return false;
    const Token& t = token(i);
    if (!t.capital) return begins_with_particle(i);
    if (is_party(i)) return false;
    if (!t.is(never_in_name) || is_surname_like_word(i)) return true;
    if (t.all_caps && t.entry->nation) return true;
    return t.is(WordClass::given_name) && !starts_sentence(i) &&
           !t.is(WordClass::subject_pronoun | WordClass::article);
}

void Finder::find_runs(TokenRange range) {
    for (std::int32_t i = range.first; i < range.end; ++i) {
        if (const Turn* turn = turn_at(i)) {
            i = turn->end - 1;
            continue;
        }
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
            if (begins_anew(i, end, limit)) break;
            if (is_shouted(end - 1) && !is_shouted(end) && !token(end).is(title_word)) break;
            ++end;
        } else if (const std::int32_t count = particles(end, limit); count > 0) {
            end += count + 1;
        } else if (const std::int32_t suffixes = suffix(end, limit); suffixes > 0) {
            end += suffixes;
        } else if (const std::int32_t nickname = nickname_at(end, limit); nickname > 0) {
            end += nickname + 1;
        } else if (ends_in_function_word(i, end, limit)) {
            ++end;
        } else {
            break;
        }
    }
    return end;
}

/// How many tokens from `i` on are a suffix that no run of capitals holds: ", Jr.", "the Younger",
/// "jr."; but "v" is mostly no number.
std::int32_t Finder::suffix(std::int32_t i, std::int32_t limit) const {
    const std::int32_t first = token(i).mark == U',' ? i + 1 : i;
    if (first >= limit || !is_word(first)) return 0;
    if (token(first).is(WordClass::name_suffix)) {
        const std::string_view printed = text_.at(token(first).span);
        const bool abbreviated = printed.size() > 2 && printed.back() == '.';
        return token(first).capital || abbreviated ? first + 1 - i : 0;
    }
    if (token(first).capital || first + 1 >= limit || !is_word(first + 1) ||
        !token(first + 1).capital || !token(first).is(WordClass::article)) {
        return 0;
    }
    const WordEntry* phrase = text_.language->find(folded(first) + ' ' + folded(first + 1));
    return phrase != nullptr && phrase->is(WordClass::name_suffix) ? first + 2 - i : 0;
}

/// "Jo Reed Jo Ann Reed", as links print them: the name begins again at `at`. So does a sentence
/// behind "Jo Reed Jr.": "Reed", "President Reed".
bool Finder::begins_anew(std::int32_t first, std::int32_t at, std::int32_t limit) const {
    const auto same = [&](std::int32_t other) {
        return text_.at(token(at).span) == text_.at(token(other).span);
    };
    if (at - first >= 2 && token(at - 1).is(WordClass::name_suffix) &&
        text_.text[static_cast<std::size_t>(token(at - 1).span.end - 1)] == '.') {
        if (token(at).is(title_word)) return true;
        for (std::int32_t i = first; i + 1 < at; ++i) {
            if (same(i)) return true;
        }
    }
    return at - first >= 2 && at + 1 < limit && may_name(at + 1) && same(first);
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
    std::int32_t start = after_titles(first, end);
    if (start >= end || is_kind_of_person(first, end)) return;
    if (start == first) first = start = before_particles(start);
    Candidate found;
    found.tokens = {start, end};
    if (framelens::is_nation(names_, found.tokens)) return;
    found.title = title_start(start);
    if (first < found.title) before_title({first, found.title});
    judge(found);
    const bool doubtful = found.tokens.size() == 1 && found.title == start &&
                          starts_sentence(start) && token(start).is_known() &&
                          found.kind == EntityKind::other;
    if (doubtful && !token(start).is(WordClass::given_name)) return;
    found.words = words_of_name(text_, found.tokens);
    if (!found.words.empty()) found_.push_back(std::move(found));
}

/// "A Maryland Democrat", "Jo Reed, Ohio Republican": a party's noun for a person with where he is
/// from; but "the Coast Guard".
bool Finder::is_kind_of_person(std::int32_t first, std::int32_t end) const {
    return end - first >= 2 && token(end - 1).is(WordClass::role) &&
           token(end - 1).is(WordClass::demonym) && !token(end - 2).is(WordClass::given_name) &&
           first > 0 && token(first - 1).sentence == token(first).sentence &&
           (token(first - 1).is(WordClass::article) || token(first - 1).mark == U',');
}

/// Keeps "Texas" of "Texas Governor Greg Abbott", if no list says what it is.
void Finder::before_title(TokenRange words) {
    constexpr std::int32_t longest = 3;
    if (words.size() > longest) return;
    for (std::int32_t i = words.first; i < words.end; ++i) {
        const bool free = is_word(i) && (!token(i).is_known() ||
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
        const bool abbreviated = text_.text[static_cast<std::size_t>(token(i).span.end - 1)] == '.';
        const bool initial = abbreviated && token(i).span.size() == 2;
        if (i > first && initial && !token(i - 1).is(title_word)) continue;  // Brett M. Oskar
        if (i > first && !abbreviated && token(i - 1).is(WordClass::given_name) &&
            !token(i - 1).is(title_word)) {
            continue;  // a surname: Larry King
        }
        if (i > first && token(i + 1).is(WordClass::name_suffix)) continue;  // Larry King III
        if (i + 2 == end && token(i + 1).is(WordClass::organisation))
            continue;  // Justice Department
        start = i + 1;
    }
    if (start == first && end - first >= 2 && is_behind_office(first)) {
        start = behind_office(first, end);
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
    for (std::int32_t i = start; i < end; ++i) {
        if (!token(i).is(end - start == 1 ? title_word | WordClass::demonym : title_word)) {
            return start;
        }
    }
    return end;  // "Mr. Prime Minister"
}

/// "Minister for | Health", "Director of the | Port", "Secretary of State for | Transport".
bool Finder::is_behind_office(std::int32_t first) const {
    constexpr std::int32_t reach = 7;  // tokens
    for (std::int32_t i = first - 1; i > 0 && first - i <= reach; --i) {
        if (!is_word(i) || token(i).sentence != token(first).sentence) return false;
        const bool of = token(i).is(Marker::genitive | Marker::belonging);
        if (of && is_word(i - 1) && token(i - 1).capital && token(i - 1).is(WordClass::role)) {
            return true;
        }
        const bool joins = token(i).is(WordClass::article | WordClass::conjunction);
        if (!of && !joins && !token(i).capital) return false;
    }
    return false;
}

/// Where the name begins behind "Minister for": at a given name, or with its last two words.
std::int32_t Finder::behind_office(std::int32_t first, std::int32_t end) const {
    for (std::int32_t i = first; i + 1 < end; ++i) {
        if (token(i).is(WordClass::given_name)) return i;
    }
    std::int32_t start = end - 2;
    if (start > first && token(start).span.size() <= 2) --start;  // an initial
    if (start <= first || has_organisation_word({first, end})) return first;
    return start;
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

}  // namespace names_detail

namespace {

/// The role before the "of State" of a Secretary, the "of the Exchequer", the "for England and Wales"
/// that ends at `last`.
std::optional<std::int32_t> office_before(const SegmentedText& text, std::int32_t last) {
    constexpr std::int32_t reach = 6;  // tokens
    const auto token = [&](std::int32_t i) -> const Token& {
        return text.tokens[static_cast<std::size_t>(i)];
    };
    if (!token(last).capital || token(last).is(WordClass::given_name)) return std::nullopt;
    for (std::int32_t i = last; i > 1 && last - i < reach; --i) {
        const bool joins = token(i).capital ||
                           (i < last && (token(i).is(WordClass::article | WordClass::conjunction) ||
                                         token(i).is(Marker::genitive | Marker::belonging)));
        if (token(i).kind != TokenKind::word || !joins) return std::nullopt;
        const Token& before = token(i - 1);
        const Token& role = token(i - 2);
        // A lawyer for House Leader Reed has no such office.
        const bool of =
            before.is(Marker::genitive) ||
            (role.capital && before.is(Marker::belonging) && !before.is(Marker::toward));
        if (of && role.is(WordClass::role) && (role.capital || i == last)) {
            return i - 2;
        }
    }
    return std::nullopt;
}

}  // namespace

std::int32_t title_start(const SegmentedText& text, std::int32_t name) {
    const auto token = [&](std::int32_t i) -> const Token& {
        return text.tokens[static_cast<std::size_t>(i)];
    };
    const auto is_word = [&](std::int32_t i) { return token(i).kind == TokenKind::word; };
    std::int32_t start = name;
    std::int32_t i = name - 1;
    bool seen_role = false;
    while (i >= 0 && token(i).sentence == token(name).sentence) {
        if (is_word(i) && token(i).is(names_detail::title_word)) {
            seen_role = seen_role || token(i).is(WordClass::role | WordClass::honorific);
            start = i--;
        } else if (const auto office = office_before(text, i)) {
            i = *office;
        } else {
            break;
        }
    }
    return seen_role ? start : name;
}

}  // namespace framelens
