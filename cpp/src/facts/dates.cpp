#include "dates.hpp"

#include "framelens/facts.hpp"
#include "tense.hpp"

#include <algorithm>
#include <iterator>

namespace framelens {
namespace {

constexpr std::size_t longest_sense = 3;  // tokens of "von letzter Woche"
constexpr std::size_t longest_title = 8;  // tokens of a title that a weekday stands in

class DateReader {
public:
    DateReader(const SegmentedText& text, const FactLanguage& language)
        : read_(text, language), words_(language), calendar_(read_, language) {}

    std::vector<DateMention> read() {
        std::vector<DateMention> found;
        for (std::size_t i = 0; i < read_.size();) {
            if (const std::size_t after = after_weekday_name(i); after > i) {
                i = after;
                continue;
            }
            auto parsed = date_at(i);
            if (!parsed) {
                ++i;
                continue;
            }
            add_sense(*parsed, i);
            const std::size_t end = parsed->end;
            found.push_back(parsed->date);
            i = end;
        }
        return found;
    }

private:
    std::string_view word(std::size_t i) const { return read_.word(i); }
    bool is_mark(std::size_t i, char32_t mark) const {
        return i < read_.size() && read_.token(i).mark == mark;
    }
    bool is_weekday(std::size_t i) const { return words_.weekdays.contains(word(i)); }

    std::optional<ParsedDate> date_at(std::size_t i) const {
        if (words_.parts.contains(word(i))) {
            const std::size_t next = words_.links.contains(word(i + 1)) ? i + 2 : i + 1;
            auto parsed = after_part(is_mark(next, U'-') ? next + 1 : next);
            if (parsed && !parsed->date.offset && !parsed->date.weekday) return parsed;
            return std::nullopt;
        }
        if (auto parsed = with_weekday(i)) return parsed;
        if (auto parsed = calendar_.date_at(i, false)) return parsed;
        if (auto parsed = bare_year(i)) return parsed;
        return relative(i);
    }

    std::optional<ParsedDate> after_part(std::size_t i) const {
        if (auto parsed = calendar_.date_at(i, true)) return parsed;
        if (const auto year = calendar_.year_at(i)) return of_year(*year, i + 1);
        return std::nullopt;
    }

    static ParsedDate of_year(int year, std::size_t end) {
        ParsedDate parsed;
        parsed.date.year = year;
        parsed.end = end;
        return parsed;
    }

    std::optional<ParsedDate> with_weekday(std::size_t i) const {
        const auto day = words_.weekdays.find(word(i));
        if (day == words_.weekdays.end() || !calendar_.capital_where_due(i)) return std::nullopt;
        std::size_t next = i + 1;
        if (is_mark(next, U'.') && read_.touches_previous(next) && !ends_sentence(next)) ++next;
        const std::size_t bare = next;
        if (is_mark(next, U',')) ++next;
        if (words_.definite.contains(word(next))) ++next;
        auto parsed = calendar_.date_at(next, false);
        if (parsed && !parsed->date.day) parsed.reset();
        // "Sun Tzu": an abbreviation without a full stop or a date is another word.
        if (!parsed && bare == i + 1 && words_.weekday_shorts.contains(word(i))) {
            return std::nullopt;
        }
        if (!parsed) {
            parsed = ParsedDate{};
            parsed->end = bare;
        }
        parsed->date.weekday = day->second;
        return parsed;
    }

    bool ends_sentence(std::size_t i) const {
        return i + 1 >= read_.size() || read_.token(i + 1).sentence != read_.token(i).sentence;
    }

    std::optional<ParsedDate> bare_year(std::size_t i) const {
        if (i == 0 || !words_.before_dates.contains(word(i - 1))) return std::nullopt;
        const auto year = calendar_.year_at(i);
        if (!year) return std::nullopt;
        // "in 2,000 cases" has a comma; "after 2000 people" has not.
        if (words_.grammar.scales.contains(word(i + 1)) || words_.percent.contains(word(i + 1)) ||
            words_.singulars.contains(word(i + 1))) {
            return std::nullopt;
        }
        return of_year(*year, i + 1);
    }

    std::optional<ParsedDate> relative(std::size_t i) const {
        ParsedDate parsed;
        if (const auto found = read_.phrase_at(words_.relative_days, i)) {
            if (names_no_day(i)) return std::nullopt;
            if (found->first == 0 && !is_own_day(read_, words_, i, found->second)) {
                return std::nullopt;
            }
            parsed.date.offset = found->first;
            parsed.end = found->second;
            return parsed;
        }
        const auto written = words_.grammar.numbers.find(word(i));
        const auto number = written != words_.grammar.numbers.end()
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

    /// "USA Today", "the technologies of tomorrow".
    bool names_no_day(std::size_t i) const {
        if (i == 0 || read_.token(i - 1).sentence != read_.token(i).sentence) return false;
        const Token& before = read_.token(i - 1);
        if (read_.token(i).capital &&
            (before.kind == TokenKind::word || before.kind == TokenKind::possessive)) {
            return true;
        }
        return words_.before_no_day.contains(word(i - 1)) &&
               !words_.before_dates.contains(i > 1 ? word(i - 2) : word(i - 1));
    }

    /// The token after a name that a weekday at or behind `i` belongs to, or `i`: "Black Friday".
    std::size_t after_weekday_name(std::size_t i) const {
        if (const std::size_t after = read_.after_phrase(words_.weekday_names, i); after > i) {
            return after;
        }
        if (!is_weekday(i)) return i;
        return is_named(i) || in_title(i) ? i + 1 : i;
    }

    /// Capital letters where the language has small ones: "Plácido Domingo"; or behind an article:
    /// "the Sunday Times".
    bool is_named(std::size_t i) const {
        const Token& token = read_.token(i);
        const auto start = static_cast<std::size_t>(
            read_.text().first_token[static_cast<std::size_t>(token.sentence)]);
        if (!words_.capital_days) return token.capital && !token.all_caps && i != start;
        if (words_.capital_nouns || i + 1 >= read_.size() || i == start) return false;
        const Token& next = read_.token(i + 1);
        return read_.token(i - 1).is(WordClass::article) && next.kind == TokenKind::word &&
               next.capital && next.sentence == token.sentence && !next.is(WordClass::month) &&
               !words_.months.contains(word(i + 1)) && !words_.month_shorts.contains(word(i + 1));
    }

    /// Marked words of which each is capitalised: "Saturday Night Fever" in quotation marks.
    bool in_title(std::size_t i) const {
        const Span span = read_.token(i).span;
        const auto& marks = read_.text().marks;
        const auto after = std::upper_bound(
            marks.begin(), marks.end(), span.start,
            [](std::int64_t start, const MarkedSpan& mark) { return start < mark.inner.start; });
        if (after == marks.begin()) return false;
        const MarkedSpan& mark = *std::prev(after);
        if (mark.inner.end < span.end || mark.is_set_off()) return false;
        const auto first = static_cast<std::size_t>(read_.text().token_from(mark.inner.start));
        std::size_t at = first;
        for (; at < read_.size() && read_.token(at).span.start < mark.inner.end; ++at) {
            if (at - first >= longest_title || !is_title_word(at)) return false;
        }
        return true;
    }

    bool is_title_word(std::size_t i) const {
        const Token& token = read_.token(i);
        return token.capital || token.kind != TokenKind::word || token.is(WordClass::article) ||
               token.is(WordClass::preposition | WordClass::conjunction);
    }

    /// Takes the words beside the date in that say which week or year is meant, and the tense.
    void add_sense(ParsedDate& parsed, std::size_t i) const {
        DateMention& date = parsed.date;
        std::size_t first = i;
        const bool open = !date.year && !date.offset;
        if (open && date.month) {
            const std::size_t next = is_mark(parsed.end, U',') ? parsed.end + 1 : parsed.end;
            const std::size_t linked = words_.links.contains(word(next)) ? next + 1 : next;
            auto shift = read_.phrase_at(words_.year_shifts, next);
            if (!shift) shift = read_.phrase_at(words_.year_shifts, linked);
            if (shift) {
                date.year_shift = shift->first;
                parsed.end = shift->second;
            }
        }
        if (open && !date.year_shift && (date.weekday || date.month) && !date.last) {
            first = add_words_beside(parsed, i);
            if (!date.sense) {
                const bool attribute = is_attribute(date, first, parsed.end);
                date.sense = tense_around(read_, words_, first, parsed.end, attribute);
            }
        }
        date.span = read_.span(first, parsed.end);
    }

    /// A month before a noun: "the November election".
    bool is_attribute(const DateMention& date, std::size_t first, std::size_t end) const {
        return words_.capital_days && !words_.capital_nouns && date.month && !date.day &&
               !date.last && first > 0 && read_.token(first - 1).is(WordClass::article) &&
               end < read_.size() && read_.token(end).kind == TokenKind::word &&
               !read_.token(end).capital && !read_.token(end).is(WordClass::preposition);
    }

    /// "next Friday", "viernes que viene": returns the token at which the date then begins.
    std::size_t add_words_beside(ParsedDate& parsed, std::size_t i) const {
        DateMention& date = parsed.date;
        if (!date.day) {
            if (const auto sense = read_.phrase_at(words_.senses_after, parsed.end)) {
                date.sense = sense->first;
                parsed.end = sense->second;
                return i;
            }
        }
        for (std::size_t length = std::min(longest_sense, i); length > 0; --length) {
            if (read_.longest_from(i - length) < length) continue;
            const auto sense = words_.senses_before.find(read_.join(i - length, i));
            if (sense == words_.senses_before.end()) continue;
            if (date.month && !date.weekday && words_.own_year.contains(sense->first)) {
                // "this August" was in the article's year, or will be.
                date.year_shift = 0;
                return i - length;
            }
            date.sense = sense->second;
            return date.sense == DateSense::other ? i : i - length;
        }
        // "on four Sunday shows".
        const bool number = i > 0 && (words_.grammar.numbers.contains(word(i - 1)) ||
                                      read_.token(i - 1).kind == TokenKind::number);
        const bool things =
            read_.is_plural(word(parsed.end)) || read_.is_plural(word(parsed.end + 1));
        if (number && things && date.weekday && !date.month) {
            date.sense = DateSense::other;
        }
        return i;
    }

    FactReader read_;
    const FactLanguage& words_;
    CalendarReader calendar_;
};

}  // namespace

std::vector<DateMention> find_dates(const SegmentedText& text, const FactLanguage& language) {
    return DateReader(text, language).read();
}

}  // namespace framelens
