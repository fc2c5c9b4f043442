// Figures and dates as printed: numbers with comparator and unit, days with what is known of them.
#pragma once

#include "framelens/language.hpp"
#include "framelens/tokens.hpp"
#include "framelens/types.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace framelens {

/// Looks up a view without making a string of it.
struct FoldedHash {
    using is_transparent = void;
    [[nodiscard]] std::size_t operator()(std::string_view text) const noexcept {
        return std::hash<std::string_view>{}(text);
    }
};
template <class Value>
using FoldedMap = std::unordered_map<std::string, Value, FoldedHash, std::equal_to<>>;
using FoldedSet = std::unordered_set<std::string, FoldedHash, std::equal_to<>>;

enum class Comparator : std::uint8_t { equal, more, at_least, less, at_most, about };
/// "=", ">", ">=", "<", "<=", "~".
[[nodiscard]] std::string_view name_of(Comparator comparator) noexcept;

/// A day of the year.
struct MonthDay {
    int month = 1;
    int day = 1;
};

/// Which number of "3/4/2025" comes first.
enum class NumericOrder : std::uint8_t { day_first, month_first };

/// The words of one language that make figures and dates; all folded. A phrase is its tokens,
/// joined by one space, without the full stops of abbreviations: "new year 's eve", "dec".
struct FactLanguage {
    std::string code;
    NumericOrder order = NumericOrder::day_first;

    FoldedMap<int> months;         // 1 to 12, by full name
    FoldedMap<int> month_shorts;   // abbreviations: a month only beside a day or a year
    FoldedMap<int> weekdays;       // 0 is Monday
    FoldedSet month_traps;         // also another word: "may", "march"; needs a preposition
    FoldedMap<MonthDay> holidays;  // phrases
    FoldedSet day_suffixes;        // "st", "th"
    FoldedMap<int> ordinals;       // "fourth" (of July)
    FoldedSet links;               // between day, month and year: "of", "de"
    FoldedSet parts;               // "early", "late"; also joined by a hyphen: "mid"
    FoldedSet before_dates;        // words after which a bare year or a doubtful month is a date
    FoldedMap<int> relative_days;  // "yesterday": -1
    FoldedMap<int> day_units;      // "day": 1, "week": 7, before a word of `ago`
    FoldedSet ago;                 // "ago"
    FoldedSet clock;               // after a number: "a.m", "o'clock"

    char decimal = '.';                       // "1.5"; the other of "." and "," groups digits
    bool capital_nouns = false;               // nouns are capitalised, as in German
    FoldedSet plural_endings;                 // "s"
    FoldedSet articles;                       // "a" of "a hundred"
    FoldedSet joins;                          // "and" of "two hundred and five"
    FoldedSet range_words;                    // "to", "or"
    FoldedSet shares;                         // phrases: "in" of "6 in 10"
    FoldedSet idioms;                         // phrases with a number that count nothing
    FoldedSet asides;                         // after a noun that is counted: "old", "later"
    FoldedSet periods;                        // singulars: "year"
    FoldedSet before_periods;                 // comparators that are none before a period: "over"
    FoldedMap<double> numbers;                // "five", "twenty"
    FoldedMap<double> scales;                 // "hundred", "million", "bn"
    FoldedMap<double> fractions;              // "half", "third"
    FoldedMap<Comparator> comparators;        // phrases before a number
    FoldedMap<Comparator> comparators_after;  // phrases after it: "or more"
    FoldedMap<std::string> currencies;        // signs and nouns to ISO 4217
    FoldedSet percent;                        // phrases
    FoldedMap<std::string> singulars;         // "people": "person"
    FoldedSet counted;                        // participles that count: "killed", "dead"
    FoldedSet definite;                       // "the", "both": their small numbers are no figures
    FoldedSet sequence;                       // "last", "next": no figure right after them
    FoldedMap<std::string> synonyms;          // words that name one thing, to the first of them
};

/// A phrase as the maps of `FactLanguage` have it.
[[nodiscard]] std::string fact_phrase(std::string_view phrase);

/// A number with what it counts.
struct Figure {
    Span span;
    Comparator comparator = Comparator::equal;
    double value = 0;
    std::optional<double> upper;  // of a range
    std::string unit;             // ISO 4217, "percent", "share" or the noun's singular; "" if none
    std::optional<Span> noun;     // as printed
};

/// A date as printed; at least one of year, month, weekday and offset is there.
struct DateMention {
    Span span;
    std::optional<int> year;
    std::optional<int> month;    // 1 to 12
    std::optional<int> day;      // 1 to 31
    std::optional<int> last;     // last day of a range within the month
    std::optional<int> weekday;  // 0 is Monday
    std::optional<int> offset;   // days from the article's own date: "yesterday" is -1
};

/// What is printed, as partial ISO 8601: "2025-12-10", "12-10", "08", "2025", "11-12/11-14"; "" of
/// a bare weekday or a relative day.
[[nodiscard]] std::string partial_iso(const DateMention& date);

/// Dates in text order, none within another. Cost: linear in the tokens.
[[nodiscard]] std::vector<DateMention> find_dates(const SegmentedText& text,
                                                  const FactLanguage& language);

/// Figures in text order, outside of `dates`. Cost: linear in the tokens.
[[nodiscard]] std::vector<Figure> find_figures(const SegmentedText& text,
                                               const FactLanguage& language,
                                               const std::vector<DateMention>& dates);

}  // namespace framelens
