// Surnames that are words: "Theresa May", "Will Self"; and nicknames inside of names.
#include "finder.hpp"

namespace framelens::names_detail {
namespace {

constexpr WordClass no_surname =
    WordClass::article | WordClass::determiner | WordClass::subject_pronoun |
    WordClass::object_pronoun | WordClass::possessive_pronoun | WordClass::preposition |
    WordClass::conjunction | WordClass::subordinator | WordClass::relative | WordClass::be |
    WordClass::have | WordClass::negation | WordClass::hedge | WordClass::reflexive |
    WordClass::attribution;

constexpr WordClass no_title_before = WordClass::article | WordClass::determiner |
                                      WordClass::possessive_pronoun | WordClass::former |
                                      WordClass::role_prefix;

}  // namespace

/// "Theresa | May": a capital behind a given name, where no day follows.
bool Finder::is_surname_like_word(std::int32_t i) const {
    const Token& word = token(i);
    if (i == 0 || word.all_caps || word.is(no_surname)) return false;
    const Token& before = token(i - 1);
    const bool given = is_word(i - 1) && before.capital && before.sentence == word.sentence &&
                       before.is(WordClass::given_name) && !before.is(never_in_name);
    return given && !has_day_behind(i);
}

bool Finder::has_day_behind(std::int32_t i) const {
    return i + 1 < size() && token(i + 1).sentence == token(i).sentence &&
           token(i + 1).kind == TokenKind::number;
}

/// The surnames that are words, or offices, of persons whom running text names in full; then where
/// they stand alone.
void Finder::find_surnames_like_words() {
    std::unordered_set<std::string> surnames;
    for (const Candidate& found : found_) {
        const std::int32_t last = found.tokens.end - 1;
        const bool like_word = token(last).is(never_in_name | title_word);
        if (like_word && found.tokens.size() > 1 && found.kind == EntityKind::person) {
            surnames.insert(found.words.back());
        }
    }
    if (surnames.empty()) return;
    std::vector<bool> covered(text_.tokens.size());
    for (const Candidate& found : found_) {
        for (std::int32_t i = found.tokens.first; i < found.tokens.end; ++i) {
            covered[static_cast<std::size_t>(i)] = true;
        }
    }
    for (std::int32_t i = 0; i < size(); ++i) {
        const bool free = is_word(i) && token(i).capital && !covered[static_cast<std::size_t>(i)];
        if (!free || !surnames.contains(folded(i)) || !stands_as_surname(i)) continue;
        if (is_headline(text_, token(i).sentence)) continue;
        Candidate found;
        found.tokens = {i, i + 1};
        found.title = title_start(i);
        found.kind = EntityKind::person;
        found.words = words_of_name(text_, found.tokens);
        found_.push_back(std::move(found));
    }
}

/// What stands beside it tells: a title, a clitic, a verb of somebody; no article, no day, and no
/// preposition before a month.
bool Finder::stands_as_surname(std::int32_t i) const {
    const auto beside = [&](std::int32_t t) {
        return t >= 0 && t < size() && token(t).sentence == token(i).sentence;
    };
    if (has_day_behind(i)) return false;
    const bool next_name = beside(i + 1) && is_word(i + 1) && token(i + 1).capital;
    if (next_name) return false;
    if (beside(i - 1) && nation_at(names_, i - 1) != nullptr) return false;  // "Norwegian King"
    if (beside(i - 1) && is_word(i - 1)) {
        const Token& before = token(i - 1);
        if (before.is(WordClass::honorific)) return true;
        if (before.is(no_title_before)) return false;
        const bool date = token(i).is(WordClass::month | WordClass::weekday);
        const bool spoken = before.is(WordClass::cue);
        if (!date) return !starts_sentence(i);
        // "a member of May's government", but "in May's heat"
        const bool owns = before.is(Marker::belonging | Marker::agent) && beside(i + 1) &&
                          token(i + 1).kind == TokenKind::possessive;
        if (spoken || owns) return true;
        if (before.is(WordClass::preposition | WordClass::adverb | WordClass::number)) return false;
    }
    // "King, a baker, left": an office has an article where it is one
    if (!beside(i - 1) && token(i).is(title_word)) return true;
    if (!beside(i + 1)) return false;
    const Token& next = token(i + 1);
    if (next.kind == TokenKind::possessive) return true;
    return is_word(i + 1) &&
           next.is(WordClass::cue | WordClass::have | WordClass::be | WordClass::modal);
}

/// "Robert | “Bo” | Tannerly": how many tokens from `at` on are a nickname in the name.
std::int32_t Finder::nickname_at(std::int32_t at, std::int32_t limit) const {
    constexpr std::int32_t length = 3;  // two marks and a word
    if (at + length >= limit || !opens_mark(token(at).mark) || !is_word(at + 1) ||
        !token(at + 1).capital || token(at + 2).kind != TokenKind::punctuation) {
        return 0;
    }
    const bool closes = text_.at(token(at + 2).span).find_first_not_of("\"'") != 0 ||
                        token(at + 2).mark == 0x201D || token(at + 2).mark == 0x2019;
    const bool apart = token(at).span.start > token(at - 1).span.end &&
                       token(at + 2).span.end < token(at + length).span.start;
    const bool named = may_name(at + length) && may_name(at - 1) && !token(at - 1).is(title_word);
    return closes && apart && named ? length : 0;
}

/// A name as printed, without a nickname in it.
std::string Finder::printed_name(TokenRange name) const {
    std::string printed;
    for (std::int32_t i = name.first; i < name.end; ++i) {
        if (i > name.first && i + 2 < name.end && opens_mark(token(i).mark)) {
            i += 2;
            continue;
        }
        if (i > name.first && token(i).span.start > token(i - 1).span.end) printed += ' ';
        printed += text_.at(token(i).span);
    }
    return printed;
}

}  // namespace framelens::names_detail
