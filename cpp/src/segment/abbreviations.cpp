#include "abbreviations.hpp"

#include "framelens/unicode.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace framelens {
namespace {

// Chosen: they bound the look back from each full stop, and the look at the word behind it.
constexpr std::size_t max_abbreviation_bytes = 24;
constexpr std::size_t max_starter_bytes = 16;

constexpr auto function_word =
    WordClass::subject_pronoun | WordClass::object_pronoun | WordClass::possessive_pronoun |
    WordClass::article | WordClass::determiner | WordClass::preposition | WordClass::conjunction |
    WordClass::subordinator | WordClass::relative | WordClass::adverb | WordClass::modal |
    WordClass::be | WordClass::have | WordClass::negation;
// Words that are often part of a name, so a capital does not show that a sentence begins.
constexpr auto part_of_names = WordClass::month | WordClass::weekday | WordClass::given_name |
                               WordClass::place | WordClass::nation | WordClass::demonym |
                               WordClass::role;

bool is_ascii_letter(char c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}
bool is_ascii_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_ascii_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_in_word(char c) {
    return is_ascii_letter(c) || is_ascii_digit(c) || c == '.' || c == '\'' || c == '&' ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// The word that ends `text`, if it is short enough to be an abbreviation. A hyphen parts words,
/// so that "R-Fla." is read as "Fla.".
std::optional<std::string_view> last_word(std::string_view text) {
    std::size_t start = text.size();
    while (start > 0 && is_in_word(text[start - 1])) {
        if (text.size() - start >= max_abbreviation_bytes) return std::nullopt;
        --start;
    }
    // General punctuation (dashes, quotation marks, spaces) is no part of a word.
    for (std::size_t lead = text.find('\xE2', start); lead != std::string_view::npos;
         lead = text.find('\xE2', lead + 1)) {
        start = std::min(lead + 3, text.size());
    }
    const std::string_view word = text.substr(start);
    if (word.empty()) return std::nullopt;
    return word;
}

bool is_enumerator(std::string_view word) {
    return word.size() <= 3 && std::all_of(word.begin(), word.end(), is_ascii_digit);
}

/// Letters in ones and twos between full stops: U.S, a.m, Ph.D
bool is_dotted(std::string_view word) {
    std::size_t letters = 0;
    bool dotted = false;
    for (const char c : word) {
        if (c == '.') {
            if (letters == 0 || letters > 2) return false;
            letters = 0;
            dotted = true;
        } else if (is_ascii_letter(c)) {
            ++letters;
        } else {
            return false;
        }
    }
    return dotted && letters > 0 && letters <= 2;
}

bool is_initial(std::string_view word) {
    const CodePoint c = decode(word, 0);
    return static_cast<std::size_t>(c.bytes) == word.size() && is_upper(c.value);
}

/// Whether a sentence is likely to begin with the word at the start of `rest`.
bool begins_sentence(std::string_view rest, WordClass abbreviated, const Language& language) {
    std::size_t size = 0;
    while (size < rest.size() &&
           (is_ascii_letter(rest[size]) || static_cast<unsigned char>(rest[size]) >= 0x80)) {
        if (++size > max_starter_bytes) return false;
    }
    const WordEntry* word = language.find(fold(rest.substr(0, size)));
    if (word == nullptr) return false;
    if (word->is(function_word) && !word->is(part_of_names)) return true;
    // "in the U.S. Maria said": no name begins with a country or a state.
    const WordEntry before{.classes = abbreviated, .lemma = {}, .stance = {}, .nation = {}};
    return before.is(WordClass::nation | WordClass::place) && word->is(WordClass::given_name) &&
           !word->is(WordClass::place | WordClass::month);
}

bool follows_number(std::string_view sentence, std::string_view word) {
    std::string_view before = sentence.substr(0, sentence.size() - word.size());
    while (!before.empty() && before.back() == ' ') before.remove_suffix(1);
    return !before.empty() && is_ascii_digit(before.back());
}

/// A word in lower case with one full stop.
bool goes_on_after_lower(const BeforeStop& before, std::string_view word, bool starter) {
    constexpr std::size_t never_final = 2;  // vs. v. pp. cf.
    if (word.size() > never_final) return false;
    return !(starter && follows_number(before.sentence, word));
}

}  // namespace

bool is_abbreviation_inside(const BeforeStop& before, const AfterStop& after,
                            const Language& language) {
    const auto word = last_word(before.sentence);
    if (!word) return false;
    if (is_enumerator(*word)) return word->size() == before.sentence.size();
    const WordEntry* entry = language.abbreviations.find(fold(*word) + '.');
    const bool initial = is_initial(*word);
    const bool dotted = is_dotted(*word);
    if (entry == nullptr && !initial && !dotted) return false;
    if (entry != nullptr && entry->is(WordClass::honorific)) return true;
    if (after.digit) return !dotted;
    if (entry != nullptr && entry->is(function_word) && !initial && !dotted) return false;
    if (before.closed_by_quote || (after.quoted && !initial)) return false;
    const WordClass classes = entry == nullptr ? WordClass::none : entry->classes;
    const bool starter = !after.bracketed && begins_sentence(after.rest, classes, language);
    if (!dotted && !initial && !is_ascii_upper(word->front())) {
        return goes_on_after_lower(before, *word, starter);
    }
    return !starter;
}

}  // namespace framelens
