// Dates as they are written in one text.
#pragma once

#include "framelens/facts.hpp"
#include "reader.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace framelens {

/// A date that was read, and the token after it.
struct ParsedDate {
    DateMention date;
    std::size_t end = 0;
};

/// Days, months and years: everything that needs no other word of time.
class CalendarReader {
public:
    CalendarReader(const FactReader& read, const FactLanguage& language);

    /// "March 3, 2024", "from 12 to 14 March", "3/4/2024", "Christmas Eve", "March" on its own.
    /// `after_part`: "early" stands before it, so that a month needs nothing else.
    [[nodiscard]] std::optional<ParsedDate> date_at(std::size_t i, bool after_part) const;
    [[nodiscard]] std::optional<int> year_at(std::size_t i) const;
    /// Names of days and months as the language writes them: "Friday", "viernes".
    [[nodiscard]] bool capital_where_due(std::size_t i) const {
        return !words_.capital_days || read_.token(i).capital;
    }

private:
    struct Month {
        int number = 0;
        std::size_t end = 0;
        bool full = true;
    };
    struct Day {
        int number = 0;
        std::optional<int> last;
        std::size_t end = 0;
    };

    [[nodiscard]] std::string_view word(std::size_t i) const { return read_.word(i); }
    [[nodiscard]] bool is_mark(std::size_t i, char32_t mark) const {
        return i < read_.size() && read_.token(i).mark == mark;
    }
    [[nodiscard]] std::size_t skip_mark(std::size_t i, char32_t mark) const {
        return is_mark(i, mark) ? i + 1 : i;
    }
    [[nodiscard]] std::size_t skip_link(std::size_t i) const {
        return words_.links.contains(word(i)) ? i + 1 : i;
    }
    [[nodiscard]] std::optional<ParsedDate> single_at(std::size_t i, bool after_part) const;
    [[nodiscard]] std::optional<ParsedDate> holiday_at(std::size_t i) const;
    [[nodiscard]] std::optional<Month> month_at(std::size_t i) const;
    /// "31", "31st", "12-14", "12." and "fourth".
    [[nodiscard]] std::optional<Day> day_at(std::size_t i) const;
    [[nodiscard]] std::optional<Day> plain_day_at(std::size_t i) const;
    /// "to 14" behind a day that begins at `i`.
    [[nodiscard]] Day with_last(Day day, std::size_t i) const;
    /// The token after a dash or a word between two days, or `i`.
    [[nodiscard]] std::size_t after_range_word(std::size_t i, std::size_t first) const;
    [[nodiscard]] std::optional<ParsedDate> day_month_at(std::size_t i) const;
    [[nodiscard]] std::optional<ParsedDate> month_day_at(std::size_t i, bool after_part) const;
    /// A month's name on its own; one that is another word too follows a word of time.
    [[nodiscard]] bool stands_alone(std::size_t i) const;
    /// The number behind a month counts something: "March 5 million".
    [[nodiscard]] bool counts(const Day& day) const;
    void add_year(ParsedDate& parsed) const;
    /// The year of "the Sept. 11 attacks".
    void add_named_year(ParsedDate& parsed) const;
    /// The second of two dates that make a range over months.
    void add_last(ParsedDate& parsed, std::size_t i) const;
    [[nodiscard]] std::optional<ParsedDate> numeric_at(std::size_t i) const;
    [[nodiscard]] std::optional<ParsedDate> from_numbers(const std::vector<int>& numbers,
                                                         std::size_t end, bool dots) const;

    const FactReader& read_;
    const FactLanguage& words_;
    FoldedSet surnames_;  // months that the text has as a person's name: "Theresa May"
};

}  // namespace framelens
