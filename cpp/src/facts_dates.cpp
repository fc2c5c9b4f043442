#include "framelens/facts.hpp"

#include "facts_reader.hpp"

#include <algorithm>

namespace framelens {
namespace {

constexpr int first_year = 1500;
constexpr int last_year = 2100;
constexpr int days_in_month[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

/// A date that was read, and the token after it.
struct Parsed {
    DateMention date;
    std::size_t end = 0;
};

bool is_day(int month, int day) {
    return month >= 1 && month <= 12 && day >= 1 && day <= days_in_month[month - 1];
}

/// The numbers of "2025-12-10" or "31.12.2025", or fewer than three.
std::vector<int> numbers_of(std::string_view word, char separator) {
    std::vector<int> numbers;
    while (!word.empty()) {
        const std::size_t end = std::min(word.find(separator), word.size());
        const auto number = digits_of(word.substr(0, end));
        if (!number) return {};
        numbers.push_back(*number);
        word.remove_prefix(std::min(end + 1, word.size()));
    }
    return numbers;
}

class DateReader {
public:
    DateReader(const SegmentedText& text, const FactLanguage& language)
        : read_(text, language), words_(language) {}

    std::vector<DateMention> read() {
        std::vector<DateMention> found;
        for (std::size_t i = 0; i < read_.size();) {
            if (auto parsed = date_at(i)) {
                parsed->date.span = read_.span(i, parsed->end);
                found.push_back(parsed->date);
                i = parsed->end;
            } else {
                ++i;
            }
        }
        return found;
    }

private:
    std::string_view word(std::size_t i) const { return read_.word(i); }
    bool is_mark(std::size_t i, char32_t mark) const {
        return i < read_.size() && read_.token(i).mark == mark;
    }
    std::size_t skip_mark(std::size_t i, char32_t mark) const {
        return is_mark(i, mark) ? i + 1 : i;
    }
    std::size_t skip_link(std::size_t i) const {
        return words_.links.contains(word(i)) ? i + 1 : i;
    }

    std::optional<Parsed> date_at(std::size_t i) const {
        if (words_.parts.contains(word(i))) {
            const std::size_t next = words_.links.contains(word(i + 1)) ? i + 2 : i + 1;
            auto parsed = after_part(is_mark(next, U'-') ? next + 1 : next);
            if (parsed && !parsed->date.offset && !parsed->date.weekday) return parsed;
            return std::nullopt;
        }
        if (auto parsed = with_weekday(i)) return parsed;
        if (auto parsed = core(i, false)) return parsed;
        if (auto parsed = bare_year(i)) return parsed;
        return relative(i);
    }

    std::optional<Parsed> after_part(std::size_t i) const {
        if (auto parsed = core(i, true)) return parsed;
        if (const auto year = year_at(i)) return of_year(*year, i + 1);
        return std::nullopt;
    }

    static Parsed of_year(int year, std::size_t end) {
        Parsed parsed;
        parsed.date.year = year;
        parsed.end = end;
        return parsed;
    }

    std::optional<Parsed> with_weekday(std::size_t i) const {
        const auto day = words_.weekdays.find(word(i));
        if (day == words_.weekdays.end() || !capital_where_due(i)) return std::nullopt;
        std::size_t next = i + 1;
        if (is_mark(next, U'.') && read_.touches_previous(next) && !ends_sentence(next)) ++next;
        const std::size_t bare = next;
        next = skip_mark(next, U',');
        if (words_.definite.contains(word(next))) ++next;
        auto parsed = core(next, false);
        if (parsed && !parsed->date.day) parsed.reset();
        if (!parsed) {
            parsed = Parsed{};
            parsed->end = bare;
        }
        parsed->date.weekday = day->second;
        return parsed;
    }

    bool ends_sentence(std::size_t i) const {
        return i + 1 >= read_.size() || read_.token(i + 1).sentence != read_.token(i).sentence;
    }

    /// English months and weekdays are capitalised; other languages' need not be.
    bool capital_where_due(std::size_t i) const {
        return words_.code != "en" || read_.token(i).capital;
    }

    std::optional<Parsed> core(std::size_t i, bool after_part) const {
        if (i >= read_.size()) return std::nullopt;
        if (auto parsed = holiday(i)) return parsed;
        if (auto parsed = numeric(i)) return parsed;
        if (auto parsed = day_month(i)) return parsed;
        return month_first(i, after_part);
    }

    std::optional<Parsed> holiday(std::size_t i) const {
        const auto found = read_.phrase_at(words_.holidays, i);
        if (!found || !capital_where_due(i)) return std::nullopt;
        Parsed parsed;
        parsed.date.month = found->first.month;
        parsed.date.day = found->first.day;
        parsed.end = found->second;
        add_year(parsed);
        return parsed;
    }

    std::optional<int> year_at(std::size_t i) const {
        if (word(i).size() != 4) return std::nullopt;
        const auto year = digits_of(word(i));
        if (!year || *year < first_year || *year > last_year) return std::nullopt;
        return year;
    }

    void add_year(Parsed& parsed) const {
        std::size_t next = skip_mark(parsed.end, U',');
        if (next == parsed.end) next = skip_link(next);
        if (const auto year = year_at(next)) {
            parsed.date.year = year;
            parsed.end = next + 1;
        }
    }

    struct Month {
        int number = 0;
        std::size_t end = 0;
        bool full = true;
    };

    std::optional<Month> month_at(std::size_t i) const {
        std::string_view name = word(i);
        if (name.empty() || !capital_where_due(i)) return std::nullopt;
        if (const auto full = words_.months.find(name); full != words_.months.end()) {
            return Month{full->second, i + 1, true};
        }
        const auto brief = words_.month_shorts.find(name);
        if (brief == words_.month_shorts.end()) return std::nullopt;
        const bool stop = is_mark(i + 1, U'.') && read_.touches_previous(i + 1);
        return Month{brief->second, stop ? i + 2 : i + 1, false};
    }

    struct Day {
        int number = 0;
        std::optional<int> last;
        std::size_t end = 0;
        bool suffix = false;
    };

    /// "31", "31st", "12-14", "12." and "fourth".
    std::optional<Day> day_at(std::size_t i) const {
        const std::string_view printed = word(i);
        if (const auto ordinal = words_.ordinals.find(printed); ordinal != words_.ordinals.end()) {
            return Day{ordinal->second, std::nullopt, i + 1, true};
        }
        const std::size_t digits =
            std::min(printed.find_first_not_of("0123456789"), printed.size());
        const auto number = digits <= 2 ? digits_of(printed.substr(0, digits)) : std::nullopt;
        if (!number || *number < 1 || *number > 31) return std::nullopt;
        const std::string_view rest = printed.substr(digits);
        if (rest.empty()) {
            if (is_mark(i + 1, 0xBA) || is_mark(i + 1, 0xB0)) {
                return Day{*number, std::nullopt, i + 2, true};
            }
            return range_after(*number, i + 1);
        }
        if (words_.day_suffixes.contains(rest)) return Day{*number, std::nullopt, i + 1, true};
        if (rest.front() != '-') return std::nullopt;
        const auto last = digits_of(rest.substr(1));
        if (!last || *last <= *number || *last > 31) return std::nullopt;
        return Day{*number, last, i + 1, false};
    }

    Day range_after(int first, std::size_t i) const {
        const Day day{first, std::nullopt, i, false};
        if (!is_mark(i, 0x2013) && !is_mark(i, U'-')) return day;
        const auto last = digits_of(word(i + 1));
        if (!last || *last <= first || *last > 31) return day;
        return Day{first, last, i + 2, false};
    }

    std::optional<Parsed> day_month(std::size_t i) const {
        const auto day = day_at(i);
        if (!day) return std::nullopt;
        std::size_t next = day->end;
        if (words_.code != "en") next = skip_mark(next, U'.');
        const std::size_t linked = skip_link(next);
        if (linked == next && words_.ordinals.contains(word(i))) return std::nullopt;
        next = linked;
        const auto month = month_at(next);
        if (!month || !is_day(month->number, day->number)) return std::nullopt;
        Parsed parsed;
        parsed.date.month = month->number;
        parsed.date.day = day->number;
        parsed.date.last = day->last;
        parsed.end = month->end;
        add_year(parsed);
        return parsed;
    }

    std::optional<Parsed> month_first(std::size_t i, bool after_part) const {
        const auto month = month_at(i);
        if (!month) return std::nullopt;
        Parsed parsed;
        parsed.date.month = month->number;
        parsed.end = month->end;
        const auto day = day_at(month->end);
        const bool counts = day && (words_.scales.contains(word(day->end)) ||
                                    words_.percent.contains(word(day->end)));
        if (day && !counts && is_day(month->number, day->number)) {
            parsed.date.day = day->number;
            parsed.date.last = day->last;
            parsed.end = day->end;
        }
        add_year(parsed);
        if (parsed.date.day || parsed.date.year) return parsed;
        if (!month->full || (!after_part && !month_alone(i))) return std::nullopt;
        return parsed;
    }

    /// A month's name on its own; one that is another word too follows a word of time.
    bool month_alone(std::size_t i) const {
        if (!words_.month_traps.contains(word(i))) return true;
        if (i == 0 || !words_.before_dates.contains(word(i - 1))) return false;
        return i + 1 >= read_.size() || !read_.token(i + 1).capital;
    }

    std::optional<Parsed> bare_year(std::size_t i) const {
        if (i == 0 || !words_.before_dates.contains(word(i - 1))) return std::nullopt;
        const auto year = year_at(i);
        if (!year) return std::nullopt;
        // "in 2,000 cases" has a comma; "after 2000 people" has not.
        if (words_.scales.contains(word(i + 1)) || words_.percent.contains(word(i + 1)) ||
            words_.singulars.contains(word(i + 1))) {
            return std::nullopt;
        }
        return of_year(*year, i + 1);
    }

    std::optional<Parsed> numeric(std::size_t i) const {
        for (const char separator : {'-', '.'}) {
            const auto numbers = numbers_of(word(i), separator);
            if (numbers.size() == 3) return from_numbers(numbers, i + 1);
        }
        if (!is_mark(i + 1, U'/') || !is_mark(i + 3, U'/')) return std::nullopt;
        const auto first = digits_of(word(i));
        const auto second = digits_of(word(i + 2));
        const auto third = digits_of(word(i + 4));
        if (!first || !second || !third) return std::nullopt;
        return from_numbers({*first, *second, *third}, i + 5);
    }

    std::optional<Parsed> from_numbers(const std::vector<int>& numbers, std::size_t end) const {
        Parsed parsed;
        parsed.end = end;
        int year = numbers[2];
        int day = numbers[0];
        int month = numbers[1];
        if (numbers[0] >= first_year) {
            year = numbers[0];
            day = numbers[2];
        } else if (words_.order == NumericOrder::month_first && numbers[0] <= 12) {
            std::swap(day, month);
        } else if (month > 12) {
            std::swap(day, month);
        }
        if (year < first_year || year > last_year || !is_day(month, day)) return std::nullopt;
        parsed.date.year = year;
        parsed.date.month = month;
        parsed.date.day = day;
        return parsed;
    }

    std::optional<Parsed> relative(std::size_t i) const {
        Parsed parsed;
        if (const auto found = read_.phrase_at(words_.relative_days, i)) {
            parsed.date.offset = found->first;
            parsed.end = found->second;
            return parsed;
        }
        const auto written = words_.numbers.find(word(i));
        const auto number = written != words_.numbers.end()
                                ? std::optional(static_cast<int>(written->second))
                                : digits_of(word(i));
        const auto unit = words_.day_units.find(word(i + 1));
        if (!number || *number < 1 || *number > 366 || unit == words_.day_units.end() ||
            !words_.ago.contains(word(i + 2))) {
            return std::nullopt;
        }
        parsed.date.offset = -*number * unit->second;
        parsed.end = i + 3;
        return parsed;
    }

    FactReader read_;
    const FactLanguage& words_;
};

}  // namespace

std::vector<DateMention> find_dates(const SegmentedText& text, const FactLanguage& language) {
    return DateReader(text, language).read();
}

}  // namespace framelens
