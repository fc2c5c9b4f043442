// Figures and dates as printed: numbers with comparator and unit, days with what is known of them.
#pragma once

#include "framelens/facts_language.hpp"
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
    std::optional<int> month;       // 1 to 12
    std::optional<int> day;         // 1 to 31
    std::optional<int> last;        // last day of a range
    std::optional<int> last_month;  // of that day, where it is another
    std::optional<int> last_year;
    std::optional<int> weekday;     // 0 is Monday
    std::optional<int> offset;      // days from the article's own date: "yesterday" is -1
    std::optional<int> year_shift;  // years from the article's own: "March 3 last year" is -1
    std::optional<DateSense> sense;
    /// Of "25/12/2024" and the like: the order that the numbers tell; `either` where both fit.
    /// Then the language's order says which is which, and `unsettled` that it has none: `month` is
    /// the first number.
    std::optional<NumericOrder> order;
    bool unsettled = false;
    bool impossible = false;  // the month has no such day: "Feb. 29, 2023"
};

/// What is printed, as partial ISO 8601: "2025-12-10", "12-10", "08", "2025", "11-12/11-14"; "" of
/// a bare weekday, a relative day, and numbers whose order is not known.
[[nodiscard]] std::string partial_iso(const DateMention& date);

/// Dates in text order, none within another. Cost: linear in the tokens.
[[nodiscard]] std::vector<DateMention> find_dates(const SegmentedText& text,
                                                  const FactLanguage& language);

/// Figures in text order, outside of `dates`. Cost: linear in the tokens.
[[nodiscard]] std::vector<Figure> find_figures(const SegmentedText& text,
                                               const FactLanguage& language,
                                               const std::vector<DateMention>& dates);

}  // namespace framelens
