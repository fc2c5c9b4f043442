// The words of one language that make figures and dates, as data.
#pragma once

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

/// Which of its days a weekday, or a date without a year, means beside the article's own day.
enum class DateSense : std::uint8_t {
    past,       // the last one, the own day too: "arrived on Friday"
    coming,     // the next one, the own day too: "will arrive on Friday"
    last,       // the last one before the own day: "last Friday"
    last_week,  // that of the week before
    next_week,  // that of the week after: "next Friday"
    other,      // one that the text tells elsewhere, or many: "every Friday"
};
/// "past", "coming", "last", "last_week", "next_week", "other".
[[nodiscard]] std::string_view name_of(DateSense sense) noexcept;

/// A day of the year.
struct MonthDay {
    int month = 1;
    int day = 1;
};

/// The day of one year that certain words behind it tell: "the Sept. 11 attacks".
struct NamedDay {
    MonthDay day;
    int year = 0;
    FoldedSet words;
};

/// Which number of "3/4/2025" comes first.
enum class NumericOrder : std::uint8_t { day_first, month_first, either };
/// "day_first", "month_first", "either".
[[nodiscard]] std::string_view name_of(NumericOrder order) noexcept;

/// What a phrase such as "dozens" says of a number: at least 24.
struct Approximation {
    Comparator comparator = Comparator::at_least;
    double value = 0;
};

/// How a language writes numbers; all folded.
struct NumberGrammar {
    // Words.
    FoldedMap<double> numbers;  // "five", "twenty"
    FoldedMap<double> scales;   // "hundred", "million"; multiply what stands before them
    FoldedSet bare_scales;      // scales that mean one of themselves on their own: "mil"
    FoldedMap<double> joins;    // "and", with the smallest number that it may follow
    FoldedSet articles;         // "a" of "a hundred"
    FoldedSet points;           // "point" of "one point five"
    FoldedSet minus;            // "minus"
    bool compounds = false;     // written as one word: "zweihundertfünf"
    bool ones_first = false;    // "fünfundzwanzig"
    // Digits.
    char decimal = '.';                // "1.5"
    std::string groups;                // signs that group digits: ",", " ", "'"
    FoldedMap<double> suffixes;        // right behind digits: "k", "bn"
    FoldedMap<double> money_suffixes;  // likewise, where a currency stands before them: "mm"
    FoldedMap<std::string> lengths;    // suffixes that are units too: "m", "metre"
    FoldedSet after_lengths;           // words after a number that is then a length: "dash"
    // Fractions.
    FoldedMap<double> fractions;  // "half", "third"
    FoldedMap<double> halves;     // add to what stands before them: "einhalb"
    FoldedSet fraction_traps;     // also another word, and so none behind "and": "third"
    FoldedSet shares;             // phrases: "in" of "6 in 10"
    // Ranges.
    FoldedSet range_words;               // "to", "or"
    FoldedMap<std::string> range_pairs;  // "between", with the "and" that belongs to it
    FoldedSet changes;                   // "from": what follows is no range but two figures
    FoldedSet ranging;                   // unless one of these stands before it: "ranging"
    // Approximations.
    FoldedMap<Comparator> comparators;        // phrases before a number
    FoldedMap<Comparator> comparators_after;  // phrases after it: "or more", "odd" of "20-odd"
    FoldedMap<Approximation> approximations;  // phrases for a number: "dozens", at least 24
    FoldedMap<Approximation> before_scales;   // phrases before a scale: "a couple", about 2
    FoldedSet repeats;                        // "upon" of "thousands upon thousands"
};

/// The words of one language that make figures and dates; all folded. A phrase is its tokens,
/// joined by one space, without the full stops of abbreviations: "new year 's eve", "dec".
struct FactLanguage {
    std::string code;
    NumericOrder order = NumericOrder::day_first;
    FoldedSet phrase_starts;  // first words of every phrase of two words and more

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
    FoldedMap<int> year_shifts;    // phrases: "last year": -1
    FoldedSet weekday_names;       // phrases with a weekday that mean no day: "black friday"
    FoldedMap<DateSense> senses_before;  // phrases before a weekday or month: "next", "last"
    FoldedMap<DateSense> senses_after;   // phrases behind it: "que viene"
    bool dotted_days = false;            // "3. März"
    bool capital_days = false;           // names of days are capitalised, else they are small
    FoldedSet range_words;               // between two dates: "to", "through"
    FoldedSet futures;                   // phrases that tell what is to come: "will"
    FoldedSet pasts;                     // phrases that tell what was: "was"
    FoldedSet passives;                  // before a participle that tells no time: "be"
    FoldedSet past_traps;                // words that end as verbs of the past do: "hundred"
    FoldedSet future_endings;            // of verbs, as printed: "rán"
    FoldedSet past_endings;              // "ed"
    FoldedSet presents;                  // phrases that tell what is so in general: "is", "can"
    FoldedSet own_day_nouns;             // behind "today's", which is then the day: "ruling"
    FoldedSet own_year;                  // before a month of the article's own year: "this"
    FoldedSet before_own_day;            // before "today", which is then the day: "earlier"
    FoldedSet promises;                  // before an infinitive of what is to come: "offered"
    FoldedSet infinitives;               // before a verb without a tense: "to"
    FoldedSet deadlines;                 // before a date that is to come: "by"
    FoldedSet weekday_shorts;  // abbreviations: a weekday only beside a date or a full stop
    std::vector<NamedDay> named_days;
    FoldedSet before_no_day;   // words before "today" and "tomorrow" of no certain day: "than"
    FoldedMap<int> day_units;  // "day": 1, "week": 7, before a word of `ago`
    FoldedSet ago;             // "ago"
    FoldedSet clock;           // after a number: "a.m", "o'clock"

    NumberGrammar grammar;
    bool capital_nouns = false;       // nouns are capitalised, as in German
    bool years_before_nouns = false;  // "the 2016 candidates"
    bool open_compounds = false;      // nouns stand side by side: "phone call"
    FoldedSet plural_endings;         // "s"
    FoldedSet plural_exceptions;      // end as plurals do, and are none: "ss"
    // What the end of a plural becomes, longest first: "ies" to "y"; with the fewest bytes before it.
    std::vector<std::pair<std::string, std::string>> singular_endings;
    std::size_t shortest_stem = 3;
    FoldedSet participle_endings;       // "ed"
    FoldedSet gerund_endings;           // "ing"
    FoldedSet idioms;                   // phrases with a number that count nothing
    FoldedSet asides;                   // after a noun that is counted: "old", "later"
    FoldedSet periods;                  // singulars: "year"
    FoldedSet before_periods;           // comparators that are none before a period: "over"
    FoldedSet numbered;                 // bear numbers: "route", "chapter"
    FoldedSet before_one;               // comparators that are none before "one": "under"
    FoldedSet persons;                  // have an age: "girl"
    FoldedSet age_links;                // between person and age: "of", "aged"
    FoldedSet age_heads;                // before a comparator and an age: "those", "voters"
    FoldedSet age_comparators;          // that comparator: "under" of "people under 18"
    FoldedMap<Comparator> ages_after;   // phrases behind an age: "and older"
    FoldedSet fillers;                  // between a number and its noun: "more", "other"
    FoldedSet no_nouns;                 // behind "one", and never what is counted: "ever"
    FoldedSet measures;                 // units that are halved as periods are: "mile"
    std::string year_unit;              // the unit of an age
    FoldedMap<std::string> currencies;  // signs and nouns to ISO 4217
    FoldedSet percent;                  // phrases
    FoldedMap<std::string> singulars;   // "people": "person"
    FoldedSet counted;                  // participles that count: "killed", "dead"
    FoldedSet definite;                 // "the", "both": their small numbers are no figures
    FoldedSet sequence;                 // "last", "next": no figure right after them
    FoldedMap<std::string> synonyms;    // words that name one thing, to the first of them
};

/// The word ends in one of them.
[[nodiscard]] bool ends_in(std::string_view word, const FoldedSet& endings);

/// A phrase as the maps of `FactLanguage` have it.
[[nodiscard]] std::string fact_phrase(std::string_view phrase);

}  // namespace framelens
