// How a language inflects words that it does not list.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace framelens {

/// Endings of one kind; all folded. Errors: none; without endings no word has one.
struct WordEndings {
    std::vector<std::string> endings;     // "s"; longest first
    std::vector<std::string> exceptions;  // end in one of them, and are none: "ss", "us"

    /// The word ends as this kind does, or as an exception.
    [[nodiscard]] bool may_fit(std::string_view word) const noexcept;
    /// The word ends as this kind does, and as no exception.
    [[nodiscard]] bool fits(std::string_view word) const noexcept;
    /// The word without its first ending that leaves `shortest` bytes; the word if none does.
    [[nodiscard]] std::string_view cut(std::string_view word, std::size_t shortest) const noexcept;
};

/// The regular inflections of a language, and its contractions.
struct Inflection {
    WordEndings past;          // "ed": past tense and past participle
    WordEndings gerund;        // "ing"
    WordEndings adverb;        // "ly"
    WordEndings third_person;  // "s"
    WordEndings plural;        // "s"
    WordEndings any;           // cut off to compare words: "ingly", "es"
    std::map<std::string, std::string, std::less<>> contractions;  // "'re", with what it means
};

/// Where a language puts its verbs and clauses, and what it prints large.
struct WordOrder {
    bool verb_second = false;      // "In Nordell sagte Lund": the subject may stand behind
    bool capital_nouns = false;    // all nouns begin with a capital
    bool clauses_set_off = false;  // a comma stands before every subordinate clause
    // Forms of separable verbs, with the prefixes that stand at the end: "stellte" ... "fest".
    std::map<std::string, std::vector<std::string>, std::less<>> separable;
};

}  // namespace framelens
