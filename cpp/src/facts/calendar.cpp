#include "dates.hpp"

#include <algorithm>
#include <utility>

namespace framelens {
namespace {

constexpr int first_year = 1500;
constexpr int last_year = 2100;

int days_in(int month, std::optional<int> year) {
    static constexpr int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = !year || (*year % 4 == 0 && (*year % 100 != 0 || *year % 400 == 0));
    return month == 2 && !leap ? 28 : days[month - 1];
}

bool is_day(int month, int day, std::optional<int> year = std::nullopt) {
    return month >= 1 && month <= 12 && day >= 1 && day <= days_in(month, year);
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

/// Takes a day that the month has not out of the date.
void check_day(DateMention& date) {
    if (!date.day || !date.month) return;
    if (is_day(*date.month, *date.day, date.year)) return;
    date.day.reset();
    date.last.reset();
    date.impossible = true;
}

}  // namespace

CalendarReader::CalendarReader(const FactReader& read, const FactLanguage& language)
    : read_(read), words_(language) {
    for (std::size_t i = 1; i < read.size(); ++i) {
        const Token& token = read.token(i);
        const Token& before = read.token(i - 1);
        if (token.capital && language.months.contains(word(i)) &&
            before.sentence == token.sentence && before.capital &&
            before.is(WordClass::given_name | WordClass::honorific | WordClass::role) &&
            (i + 1 >= read.size() || read.token(i + 1).kind != TokenKind::number)) {
            surnames_.insert(std::string(word(i)));
        }
    }
}

std::optional<ParsedDate> CalendarReader::date_at(std::size_t i, bool after_part) const {
    auto parsed = single_at(i, after_part);
    if (parsed) add_last(*parsed, i);
    return parsed;
}

std::optional<ParsedDate> CalendarReader::single_at(std::size_t i, bool after_part) const {
    if (i >= read_.size()) return std::nullopt;
    if (auto parsed = holiday_at(i)) return parsed;
    if (auto parsed = numeric_at(i)) return parsed;
    if (auto parsed = day_month_at(i)) return parsed;
    return month_day_at(i, after_part);
}

std::optional<ParsedDate> CalendarReader::holiday_at(std::size_t i) const {
    const auto found = read_.phrase_at(words_.holidays, i);
    if (!found || !capital_where_due(i)) return std::nullopt;
    ParsedDate parsed;
    parsed.date.month = found->first.month;
    parsed.date.day = found->first.day;
    parsed.end = found->second;
    add_year(parsed);
    return parsed;
}

std::optional<int> CalendarReader::year_at(std::size_t i) const {
    if (word(i).size() != 4) return std::nullopt;
    const auto year = digits_of(word(i));
    if (!year || *year < first_year || *year > last_year) return std::nullopt;
    return year;
}

void CalendarReader::add_named_year(ParsedDate& parsed) const {
    for (const NamedDay& named : words_.named_days) {
        if (parsed.date.year || parsed.date.last || parsed.date.month != named.day.month ||
            parsed.date.day != named.day.day || !named.words.contains(word(parsed.end))) {
            continue;
        }
        parsed.date.year = named.year;
    }
}

void CalendarReader::add_year(ParsedDate& parsed) const {
    std::size_t next = skip_mark(parsed.end, U',');
    if (next == parsed.end) next = skip_link(next);
    if (const auto year = year_at(next)) {
        parsed.date.year = year;
        parsed.end = next + 1;
    }
    add_named_year(parsed);
    check_day(parsed.date);
}

std::optional<CalendarReader::Month> CalendarReader::month_at(std::size_t i) const {
    const std::string_view name = word(i);
    if (name.empty() || !capital_where_due(i)) return std::nullopt;
    if (const auto full = words_.months.find(name); full != words_.months.end()) {
        return Month{full->second, i + 1, true};
    }
    const auto brief = words_.month_shorts.find(name);
    if (brief == words_.month_shorts.end()) return std::nullopt;
    const bool stop = is_mark(i + 1, U'.') && read_.touches_previous(i + 1);
    return Month{brief->second, stop ? i + 2 : i + 1, false};
}

std::optional<CalendarReader::Day> CalendarReader::plain_day_at(std::size_t i) const {
    const std::string_view printed = word(i);
    if (const auto ordinal = words_.ordinals.find(printed); ordinal != words_.ordinals.end()) {
        return Day{ordinal->second, std::nullopt, i + 1};
    }
    const std::size_t digits = std::min(printed.find_first_not_of("0123456789"), printed.size());
    const auto number = digits <= 2 ? digits_of(printed.substr(0, digits)) : std::nullopt;
    if (!number || *number < 1 || *number > 31) return std::nullopt;
    const std::string_view rest = printed.substr(digits);
    if (rest.empty()) {
        const bool degree = is_mark(i + 1, 0xBA) || is_mark(i + 1, 0xB0);
        return Day{*number, std::nullopt, degree ? i + 2 : i + 1};
    }
    if (words_.day_suffixes.contains(rest)) return Day{*number, std::nullopt, i + 1};
    if (rest.front() != '-') return std::nullopt;
    const auto last = digits_of(rest.substr(1));
    if (!last || *last <= *number || *last > 31) return std::nullopt;
    return Day{*number, last, i + 1};
}

std::optional<CalendarReader::Day> CalendarReader::day_at(std::size_t i) const {
    auto day = plain_day_at(i);
    if (day && !day->last) day = with_last(*day, i);
    return day;
}

std::size_t CalendarReader::after_range_word(std::size_t i, std::size_t first) const {
    if (is_mark(i, 0x2013) || is_mark(i, U'-')) return i + 1;
    if (const std::size_t after = read_.after_phrase(words_.range_words, i); after > i) {
        return after;
    }
    // "between 12 and 14 March".
    std::size_t opening = first;
    if (opening > 0 && words_.definite.contains(word(opening - 1))) --opening;
    if (opening == 0) return i;
    const auto pair = words_.grammar.range_pairs.find(word(opening - 1));
    if (pair == words_.grammar.range_pairs.end() || pair->second != word(i)) return i;
    return words_.definite.contains(word(i + 1)) ? i + 2 : i + 1;
}

CalendarReader::Day CalendarReader::with_last(Day day, std::size_t i) const {
    const std::size_t stop = words_.dotted_days ? skip_mark(day.end, U'.') : day.end;
    const std::size_t from = after_range_word(stop, i);
    if (from == stop) return day;
    const auto last = plain_day_at(from);
    if (!last || last->last || last->number <= day.number) return day;
    return {day.number, last->number, last->end};
}

std::optional<ParsedDate> CalendarReader::day_month_at(std::size_t i) const {
    for (auto day : {day_at(i), plain_day_at(i)}) {
        if (!day) continue;
        const std::size_t stop = words_.dotted_days ? skip_mark(day->end, U'.') : day->end;
        const std::size_t next = skip_link(stop);
        if (next == stop && words_.ordinals.contains(word(i))) continue;
        const auto month = month_at(next);
        if (!month) continue;
        ParsedDate parsed;
        parsed.date.month = month->number;
        parsed.date.day = day->number;
        parsed.date.last = day->last;
        parsed.end = month->end;
        add_year(parsed);
        // "31 November" without a year may count something.
        if (!parsed.date.impossible || parsed.date.year) return parsed;
    }
    return std::nullopt;
}

bool CalendarReader::counts(const Day& day) const {
    return words_.grammar.scales.contains(word(day.end)) ||
           words_.percent.contains(word(day.end)) ||
           (day.last && read_.is_plural(word(day.end)) && !read_.token(day.end).capital);
}

std::optional<ParsedDate> CalendarReader::month_day_at(std::size_t i, bool after_part) const {
    const auto month = month_at(i);
    if (!month) return std::nullopt;
    ParsedDate parsed;
    parsed.date.month = month->number;
    parsed.end = month->end;
    for (auto day : {day_at(month->end), plain_day_at(month->end)}) {
        if (!day || counts(*day)) continue;
        ParsedDate longer = parsed;
        longer.date.day = day->number;
        longer.date.last = day->last;
        longer.end = day->end;
        add_year(longer);
        if (longer.date.impossible && !longer.date.year) continue;
        return longer;
    }
    add_year(parsed);
    if (parsed.date.year) return parsed;
    if (surnames_.contains(word(i))) return std::nullopt;
    if (!month->full || (!after_part && !stands_alone(i))) return std::nullopt;
    return parsed;
}

bool CalendarReader::stands_alone(std::size_t i) const {
    if (!words_.month_traps.contains(word(i))) return true;
    if (i == 0 || !words_.before_dates.contains(word(i - 1))) return false;
    return i + 1 >= read_.size() || !read_.token(i + 1).capital;
}

void CalendarReader::add_last(ParsedDate& parsed, std::size_t i) const {
    DateMention& date = parsed.date;
    if (!date.day || date.last || !date.month) return;
    const std::size_t from = after_range_word(parsed.end, i);
    if (from == parsed.end) return;
    const auto last = single_at(from, false);
    if (!last || !last->date.day || !last->date.month || last->date.last || last->date.order)
        return;
    if (date.year && !last->date.year) return;
    date.last = last->date.day;
    date.last_month = last->date.month;
    date.last_year = last->date.year;
    if (!date.year && date.last_year) {
        date.year = *date.last_year - (*date.last_month < *date.month ? 1 : 0);
    }
    parsed.end = last->end;
}

std::optional<ParsedDate> CalendarReader::numeric_at(std::size_t i) const {
    if (word(i).empty() || !digits_of(word(i).substr(0, 1))) return std::nullopt;
    for (const char separator : {'-', '.'}) {
        const auto numbers = numbers_of(word(i), separator);
        if (numbers.size() == 3) return from_numbers(numbers, i + 1, separator == '.');
    }
    if (!is_mark(i + 1, U'/') || !is_mark(i + 3, U'/')) return std::nullopt;
    const auto first = digits_of(word(i));
    const auto second = digits_of(word(i + 2));
    auto third = digits_of(word(i + 4));
    if (!first || !second || !third) return std::nullopt;
    // "3/4/24".
    if (word(i + 4).size() == 2) *third += *third < 70 ? 2000 : 1900;
    return from_numbers({*first, *second, *third}, i + 5, false);
}

std::optional<ParsedDate> CalendarReader::from_numbers(const std::vector<int>& numbers,
                                                       std::size_t end, bool dots) const {
    ParsedDate parsed;
    parsed.end = end;
    DateMention& date = parsed.date;
    date.year = numbers[2];
    date.month = numbers[1];
    date.day = numbers[0];
    if (numbers[0] >= first_year) {
        date.year = numbers[0];
        date.day = numbers[2];
    } else if (!dots) {
        const bool month_first = numbers[0] <= 12;
        const bool day_first = numbers[1] <= 12;
        NumericOrder order = words_.order;
        if (month_first && day_first && numbers[0] != numbers[1]) {
            date.order = NumericOrder::either;
            date.unsettled = order == NumericOrder::either;
        } else if (month_first != day_first) {
            order = month_first ? NumericOrder::month_first : NumericOrder::day_first;
            date.order = order;
        }
        if (order != NumericOrder::day_first) std::swap(date.day, date.month);
    }
    if (*date.year < first_year || *date.year > last_year || !is_day(1, *date.day) ||
        *date.month < 1 || *date.month > 12) {
        return std::nullopt;
    }
    check_day(date);
    return parsed;
}

}  // namespace framelens
