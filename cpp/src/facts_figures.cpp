#include "framelens/facts.hpp"

#include "facts_numbers.hpp"
#include "facts_reader.hpp"

#include <algorithm>

namespace framelens {
namespace {

constexpr std::size_t longest_noun = 5;  // tokens from a number to the noun that it counts

constexpr WordClass ends_a_noun =
    WordClass::preposition | WordClass::conjunction | WordClass::be | WordClass::have |
    WordClass::modal | WordClass::article | WordClass::determiner | WordClass::subject_pronoun |
    WordClass::object_pronoun | WordClass::possessive_pronoun | WordClass::subordinator |
    WordClass::relative | WordClass::negation | WordClass::number;

class FigureReader {
public:
    FigureReader(const SegmentedText& text, const FactLanguage& language,
                 const std::vector<DateMention>& dates)
        : read_(text, language), words_(language), numbers_(read_, language), dates_(dates) {}

    std::vector<Figure> read() {
        std::vector<Figure> found;
        std::size_t date = 0;
        for (std::size_t i = 0; i < read_.size();) {
            while (date < dates_.size() && dates_[date].span.end <= read_.token(i).span.start) {
                ++date;
            }
            if (date < dates_.size() && dates_[date].span.overlaps(read_.token(i).span)) {
                ++i;
                continue;
            }
            if (const std::size_t after = numbers_.after_idiom(i); after > i) {
                i = after;
                continue;
            }
            const auto number = numbers_.number_at(i);
            if (!number) {
                ++i;
                continue;
            }
            const auto figure = figure_of(i, *number);
            i = std::max(number->end, i + 1);
            if (!figure) continue;
            found.push_back(*figure);
            while (i < read_.size() && read_.token(i).span.start < figure->span.end) ++i;
        }
        return found;
    }

private:
    std::string_view word(std::size_t i) const { return read_.word(i); }

    struct Compared {
        Comparator comparator = Comparator::equal;
        std::size_t first = 0;
    };

    Compared comparator_before(std::size_t i) const {
        for (std::size_t length = FactReader::longest_phrase; length > 0; --length) {
            if (length > i) continue;
            const auto found = words_.comparators.find(read_.join(i - length, i));
            if (found != words_.comparators.end()) return {found->second, i - length};
        }
        return {Comparator::equal, i};
    }

    std::optional<Figure> figure_of(std::size_t i, Number number) const {
        Figure figure;
        std::size_t first = i;
        auto part = numbers_.fraction_at(i);
        if (!part) part = numbers_.ratio_at(i);
        if (part) {
            number = *part;
            figure.unit = "share";
        }
        if (first > 0 && words_.currencies.contains(word(first - 1)) &&
            is_currency_sign(first - 1)) {
            figure.unit = words_.currencies.find(word(--first))->second;
            if (read_.touches_previous(first)) first = country_of_currency(first, figure.unit);
        }
        const Compared before = comparator_before(first);
        const bool compared = before.first != first;
        if (!compared && (is_clock(number) || is_part_of_name(first, number, figure) ||
                          is_definite(first, number))) {
            return std::nullopt;
        }
        figure.comparator = before.comparator;
        figure.value = number.value;
        figure.upper = number.upper;
        std::size_t end = after(number.end, figure);
        if (figure.unit.empty() && words_.scales.contains(word(number.end - 1)) &&
            words_.links.contains(word(number.end))) {
            // "50 millones de dólares".
            const std::size_t linked = after(number.end + 1, figure);
            if (!figure.unit.empty()) end = linked;
        }
        if (figure.unit.empty() && !figure.noun) end = noun_after(end, number, figure);
        if (figure.unit.empty() && !figure.noun && (!compared || is_year(number, first))) {
            return std::nullopt;
        }
        if (is_year(number, first) && !compared) return std::nullopt;
        if (is_ago(end)) return std::nullopt;
        std::size_t begin = before.first;
        if (words_.periods.contains(figure.unit) &&
            words_.before_periods.contains(read_.join(before.first, first))) {
            // "over 10 years" says during which time.
            figure.comparator = Comparator::equal;
            begin = first;
        }
        figure.span = read_.span(begin, end);
        return figure;
    }

    /// "$", and letters that stand before the number: "Rs 500".
    bool is_currency_sign(std::size_t i) const {
        const Token& token = read_.token(i);
        if (token.kind == TokenKind::punctuation) return true;
        return token.kind == TokenKind::word && token.capital && word(i).size() <= 3;
    }

    /// "US" of "US$50".
    std::size_t country_of_currency(std::size_t sign, std::string& unit) const {
        const auto found = words_.currencies.find(read_.join(sign - 1, sign + 1));
        if (found == words_.currencies.end()) return sign;
        unit = found->second;
        return sign - 1;
    }

    bool is_clock(const Number& number) const { return words_.clock.contains(word(number.end)); }
    bool is_ago(std::size_t end) const { return words_.ago.contains(word(end)); }

    static bool is_year(const Number& number, std::size_t) {
        return number.digits && !number.upper && number.value >= 1900 && number.value <= 2100;
    }

    /// "Flight 370", "Title 42": a capitalised word that begins no sentence comes right before.
    /// Where all nouns are capitalised, one that is counted tells that it is none; so it does
    /// behind a nation or a city, which bear no numbers: "In Kabul 300 soldiers".
    bool is_part_of_name(std::size_t first, const Number& number, const Figure& figure) const {
        if (first == 0 || !figure.unit.empty()) return false;
        const Token& before = read_.token(first - 1);
        if (before.kind != TokenKind::word || words_.weekdays.contains(word(first - 1))) {
            return false;
        }
        const bool counts = number.end < read_.size() && is_counted_noun(number.end);
        const bool place = before.is(WordClass::nation | WordClass::place);
        if (counts && (words_.capital_nouns || place)) return false;
        const auto sentence = static_cast<std::size_t>(before.sentence);
        const auto start = static_cast<std::size_t>(read_.text().first_token[sentence]);
        if (read_.token(first).sentence != before.sentence) return false;
        return before.capital && first - 1 != start && read_.token(first).kind == TokenKind::number;
    }

    /// "the two countries", "the next five": counts of what the reader knows already.
    bool is_definite(std::size_t first, const Number& number) const {
        if (first == 0) return false;
        if (words_.sequence.contains(word(first - 1))) return true;
        if (read_.token(first - 1).kind == TokenKind::possessive) return !number.digits;
        return !number.digits && number.value <= 12 && words_.definite.contains(word(first - 1));
    }

    /// Reads "or more", percent and currency nouns after the number.
    std::size_t after(std::size_t end, Figure& figure) const {
        if (const auto more = read_.phrase_at(words_.comparators_after, end)) {
            figure.comparator = more->first;
            end = more->second;
        }
        for (std::size_t length = 2; length > 0; --length) {
            if (end + length <= read_.size() &&
                words_.percent.contains(read_.join(end, end + length))) {
                figure.unit = "percent";
                return end + length;
            }
        }
        const auto currency = words_.currencies.find(word(end));
        if (currency != words_.currencies.end() && figure.unit.empty() &&
            read_.token(end).kind == TokenKind::word) {
            figure.unit = currency->second;
            return end + 1;
        }
        return end;
    }

    /// The word at `i` can be what more than one is counted of.
    bool is_counted_noun(std::size_t i) const {
        return words_.capital_nouns ? read_.token(i).capital : numbers_.is_plural(word(i));
    }

    bool ends_noun(std::size_t i) const {
        if (i >= read_.size()) return true;
        const Token& token = read_.token(i);
        if (token.kind != TokenKind::word || token.sentence != read_.token(i - 1).sentence) {
            return true;
        }
        if (token.is(ends_a_noun)) return true;
        return token.is(WordClass::cue) && !numbers_.is_plural(word(i));
    }

    /// Finds the noun that the number counts; returns the token after it.
    std::size_t noun_after(std::size_t end, const Number& number, Figure& figure) const {
        const bool one = number.value == 1 && !number.upper;
        std::optional<std::size_t> head;
        for (std::size_t i = end; i < end + longest_noun && !ends_noun(i); ++i) {
            if (words_.counted.contains(word(i))) {
                if (i == end) head = i;
                break;
            }
            if (words_.asides.contains(word(i))) break;
            if (words_.code == "en" && one) {
                if (word(i).ends_with("ed") || numbers_.is_plural(word(i))) break;
                head = i;
            } else if (one && !words_.capital_nouns) {
                head = i;
                break;
            } else if (is_counted_noun(i)) {
                head = i;
                break;
            }
        }
        if (!head) return end;
        figure.noun = read_.token(*head).span;
        figure.unit = numbers_.singular(word(*head));
        return *head + 1;
    }

    FactReader read_;
    const FactLanguage& words_;
    NumberReader numbers_;
    const std::vector<DateMention>& dates_;
};

}  // namespace

std::vector<Figure> find_figures(const SegmentedText& text, const FactLanguage& language,
                                 const std::vector<DateMention>& dates) {
    return FigureReader(text, language, dates).read();
}

}  // namespace framelens
