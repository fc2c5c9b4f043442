#include "framelens/facts.hpp"

#include "nouns.hpp"
#include "numbers.hpp"
#include "reader.hpp"

#include <algorithm>

namespace framelens {
namespace {

constexpr std::size_t longest_name = 5;  // tokens of "Mr. Morsi's"

class FigureReader {
public:
    FigureReader(const SegmentedText& text, const FactLanguage& language,
                 const std::vector<DateMention>& dates)
        : read_(text, language),
          words_(language),
          numbers_(read_, language),
          nouns_(read_, language),
          dates_(dates) {}

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
            i = read_at(i, found);
        }
        return found;
    }

private:
    std::string_view word(std::size_t i) const { return read_.word(i); }

    /// Reads the figure at `i`, if there is one; returns where to go on.
    std::size_t read_at(std::size_t i, std::vector<Figure>& found) const {
        if (const std::size_t after = numbers_.after_idiom(i); after > i) return after;
        if (const std::size_t after = numbers_.after_years(i); after > i) return after;
        const auto number = numbers_.number_at(i);
        if (!number) return i + 1;
        std::size_t next = std::max(number->end, i + 1);
        if (numbers_.is_tail(i)) return next;
        const auto figure = figure_of(i, *number);
        if (!figure) return next;
        found.push_back(*figure);
        while (next < read_.size() && read_.token(next).span.start < figure->span.end) ++next;
        return next;
    }

    struct Compared {
        Comparator comparator = Comparator::equal;
        std::size_t first = 0;
    };

    Compared comparator_before(std::size_t i) const {
        const auto& phrases = words_.grammar.comparators;
        for (std::size_t length = FactReader::longest_phrase; length > 0; --length) {
            if (length > i || read_.longest_from(i - length) < length) continue;
            const auto found = phrases.find(read_.join(i - length, i));
            if (found != phrases.end()) return {found->second, i - length};
        }
        return {Comparator::equal, i};
    }

    std::optional<Figure> figure_of(std::size_t i, const Number& number) const {
        Figure figure;
        figure.unit = number.share ? "share" : number.unit;
        std::size_t first = before_sign(i, figure);
        if (number.first < i) first = number.first;
        const Compared before = comparator_before(first);
        const bool compared = before.first != first || number.comparator;
        if (!compared && number.first == i &&
            (is_clock(number) || is_part_of_name(first, number, figure) ||
             is_definite(first, number) || is_article(i, number))) {
            return std::nullopt;
        }
        figure.comparator =
            number.comparator && before.first == first ? *number.comparator : before.comparator;
        figure.value = number.value;
        figure.upper = number.upper;
        if (before.first == first && first > 0 && is_minus(first - 1)) {
            figure.value = -figure.value;
            --first;
        }
        std::size_t end = with_unit(number, figure);
        if (const auto person = person_of_age(i, number, figure)) {
            return of_age(*person, number.end, figure);
        }
        const bool aged = figure.unit.empty() && read_age(before.first, number, figure, end);
        const bool counts = !figure.unit.empty() || figure.noun;
        if (!counts && (!compared || number.like_year)) return std::nullopt;
        if (number.like_year && !compared && !counts_like_year(number, figure)) return std::nullopt;
        if (is_ago(end)) return std::nullopt;
        std::size_t begin = std::min(before.first, first);
        if (!aged && words_.periods.contains(figure.unit) &&
            words_.before_periods.contains(read_.join(before.first, first))) {
            // "over 10 years" says during which time.
            figure.comparator = Comparator::equal;
            begin = first;
        }
        if (number.value == 1 && figure.noun &&
            words_.before_one.contains(read_.join(before.first, first))) {
            // "under one umbrella".
            figure.comparator = Comparator::equal;
            begin = first;
        }
        figure.span = read_.span(begin, end);
        return figure;
    }

    /// Where the currency's sign before the number begins, or `i`; sets the unit.
    std::size_t before_sign(std::size_t i, Figure& figure) const {
        if (i == 0 || !words_.currencies.contains(word(i - 1)) || !is_currency_sign(i - 1))
            return i;
        const std::size_t sign = i - 1;
        figure.unit = words_.currencies.find(word(sign))->second;
        return read_.touches_previous(sign) ? country_of_currency(sign, figure.unit) : sign;
    }

    /// Reads what follows the number; returns the token after it.
    std::size_t with_unit(const Number& number, Figure& figure) const {
        const std::size_t end = after(number.end, figure);
        if (!figure.unit.empty()) return end;
        const bool one = number.of_one || (number.value == 1 && !number.upper);
        const std::size_t linked = nouns_.after_fillers(end);
        const bool scaled = number.scaled || number.comparator;
        if (!words_.links.contains(word(linked))) {
            // "one or more boats"
            return noun_after(end, one && end == number.end, figure);
        }
        const std::size_t from = scaled ? after_definite(linked + 1) : part_of(linked + 1);
        if (from == linked + 1 && !scaled) return end;
        if (one && figure.comparator != Comparator::at_least &&
            figure.comparator != Comparator::more) {
            return end;
        }
        // "50 millones de dólares", "dozens of boats", "33 of the 47 boats".
        std::size_t behind = scaled ? after(from, figure) : from;
        if (figure.unit.empty()) behind = noun_after(from, false, figure);
        return figure.unit.empty() ? end : behind;
    }

    std::size_t after_definite(std::size_t i) const {
        return words_.definite.contains(word(i)) ? i + 1 : i;
    }

    /// The token after "the 47" and "Mr. Morsi's", of which a part is counted; else `i`.
    std::size_t part_of(std::size_t i) const {
        std::size_t from = after_definite(i);
        for (std::size_t at = i; at < std::min(i + longest_name, read_.size()); ++at) {
            const Token& token = read_.token(at);
            if (token.kind == TokenKind::possessive && at > i) from = at + 1;
            if (token.kind == TokenKind::number || token.is(WordClass::preposition)) break;
        }
        if (from == i || from >= read_.size()) return i;
        const auto whole = numbers_.number_at(from);
        return whole ? whole->end : from;
    }

    /// Reads an age without a noun: "people under 18", "65 and older"; moves `end` behind it.
    bool read_age(std::size_t first, const Number& number, Figure& figure, std::size_t& end) const {
        if (number.value < 1 || number.value > 120 || number.share || !number.digits) return false;
        if (const auto above = read_.phrase_at(words_.ages_after, number.end)) {
            figure.comparator = above->first;
            figure.unit = words_.year_unit;
            end = above->second;
            return true;
        }
        if (first == 0 || !words_.age_comparators.contains(word(first))) return false;
        const Token& before = read_.token(first - 1);
        const bool aged = words_.age_heads.contains(word(first - 1)) ||
                          words_.persons.contains(word(first - 1)) || before.is(WordClass::people);
        if (!aged || before.sentence != read_.token(first).sentence) return false;
        figure.unit = words_.year_unit;
        return true;
    }

    bool is_minus(std::size_t i) const {
        if (read_.token(i).mark == 0x2212) return read_.touches_previous(i + 1);
        return words_.grammar.minus.contains(word(i));
    }

    /// Where years stand before nouns, four bare digits are a year.
    bool counts_like_year(const Number& number, const Figure& figure) const {
        if (words_.years_before_nouns || !figure.noun) return false;
        return number.end < read_.size() &&
               read_.token(number.end).span.start == figure.noun->start;
    }

    /// The person of "a girl of 9 died": the token of the noun.
    std::optional<std::size_t> person_of_age(std::size_t i, const Number& number,
                                             const Figure& figure) const {
        // "girls of 9 schools" counts schools.
        if (!figure.unit.empty() && !words_.counted.contains(figure.unit)) return std::nullopt;
        if (i < 2 || number.value < 1 || number.value > 120 || number.share) return std::nullopt;
        std::size_t at = comparator_before(i).first;
        if (at < 2 || !words_.age_links.contains(word(at - 1))) return std::nullopt;
        at -= 2;
        if (read_.token(at).mark == U',' && at > 0) --at;
        if (!words_.persons.contains(word(at))) return std::nullopt;
        return at;
    }

    Figure of_age(std::size_t person, std::size_t end, Figure figure) const {
        figure.unit = words_.year_unit;
        figure.noun = read_.token(person).span;
        figure.span = read_.span(person, end);
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

    /// The "$" of "5 or $10".
    bool is_sign_of_next(std::size_t i) const {
        return read_.token(i).kind == TokenKind::punctuation && read_.touches_previous(i + 1) &&
               read_.token(i + 1).kind == TokenKind::number;
    }

    bool is_clock(const Number& number) const { return words_.clock.contains(word(number.end)); }
    bool is_ago(std::size_t end) const { return words_.ago.contains(word(end)); }

    /// "Flight 370", "Title 42": a capitalised word that begins no sentence comes right before, or
    /// a word that bears numbers: "Route 66".
    /// Where all nouns are capitalised, one that is counted tells that it is none; so it does
    /// behind a nation or a city, which bear no numbers: "In Kabul 300 soldiers".
    bool is_part_of_name(std::size_t first, const Number& number, const Figure& figure) const {
        if (first == 0 || !figure.unit.empty()) return false;
        const Token& before = read_.token(first - 1);
        if (before.kind != TokenKind::word || words_.weekdays.contains(word(first - 1)) ||
            read_.token(first).kind != TokenKind::number ||
            read_.token(first).sentence != before.sentence) {
            return false;
        }
        if (words_.numbered.contains(word(first - 1))) return true;
        const bool counts = number.end < read_.size() && nouns_.is_counted_noun(number.end);
        const bool place = before.is(WordClass::nation | WordClass::place);
        if (!before.capital || (counts && (words_.capital_nouns || place))) return false;
        const auto sentence = static_cast<std::size_t>(before.sentence);
        const auto start = static_cast<std::size_t>(read_.text().first_token[sentence]);
        return first - 1 != start;
    }

    /// "the two countries", "the next five": counts of what the reader knows already.
    bool is_definite(std::size_t first, const Number& number) const {
        if (first == 0) return false;
        if (words_.sequence.contains(word(first - 1))) return true;
        if (number.share) return false;
        if (read_.token(first - 1).kind == TokenKind::possessive) return !number.digits;
        return !number.digits && number.value <= 12 && words_.definite.contains(word(first - 1));
    }

    /// "una casa" counts nothing.
    bool is_article(std::size_t i, const Number& number) const {
        return number.end == i + 1 && words_.grammar.articles.contains(word(i));
    }

    /// Reads "or more", percent and currency nouns after the number.
    std::size_t after(std::size_t end, Figure& figure) const {
        if (const auto more = read_.phrase_at(words_.grammar.comparators_after, end)) {
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
        if (currency != words_.currencies.end() && figure.unit.empty() && !is_sign_of_next(end)) {
            figure.unit = currency->second;
            return end + 1;
        }
        return end;
    }

    /// Finds the noun that the number counts; returns the token after it.
    std::size_t noun_after(std::size_t end, bool one, Figure& figure) const {
        const auto head = nouns_.noun_from(end, one);
        if (!head) return end;
        figure.noun = read_.token(*head).span;
        const auto currency = words_.currencies.find(word(*head));
        figure.unit =
            currency == words_.currencies.end() ? read_.singular(word(*head)) : currency->second;
        return *head + 1;
    }

    FactReader read_;
    const FactLanguage& words_;
    NumberReader numbers_;
    NounFinder nouns_;
    const std::vector<DateMention>& dates_;
};

}  // namespace

std::vector<Figure> find_figures(const SegmentedText& text, const FactLanguage& language,
                                 const std::vector<DateMention>& dates) {
    return FigureReader(text, language, dates).read();
}

}  // namespace framelens
