#include "framelens/facts.hpp"

#include "facts_reader.hpp"

#include <algorithm>
#include <charconv>

namespace framelens {
namespace {

constexpr std::size_t longest_noun = 5;  // tokens from a number to the noun that it counts

constexpr WordClass ends_a_noun =
    WordClass::preposition | WordClass::conjunction | WordClass::be | WordClass::have |
    WordClass::modal | WordClass::article | WordClass::determiner | WordClass::subject_pronoun |
    WordClass::object_pronoun | WordClass::possessive_pronoun | WordClass::subordinator |
    WordClass::relative | WordClass::negation | WordClass::number;

/// A number that was read: its tokens, and whether it is written in digits.
struct Number {
    double value = 0;
    std::optional<double> upper;
    std::size_t end = 0;
    bool digits = false;
};

class FigureReader {
public:
    FigureReader(const SegmentedText& text, const FactLanguage& language,
                 const std::vector<DateMention>& dates)
        : read_(text, language), words_(language), dates_(dates) {}

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
            const auto number = number_at(i);
            if (!number) {
                ++i;
                continue;
            }
            if (auto figure = figure_of(i, *number)) found.push_back(*figure);
            i = std::max(number->end, i + 1);
        }
        return found;
    }

private:
    std::string_view word(std::size_t i) const { return read_.word(i); }
    bool is_mark(std::size_t i, char32_t mark) const {
        return i < read_.size() && read_.token(i).mark == mark;
    }

    /// "1,234.5" or "50m": digits, and a scale that touches them.
    std::optional<double> digits_at(std::size_t i) const {
        std::string digits(word(i));
        if (digits.empty() || digits[0] < '0' || digits[0] > '9') return std::nullopt;
        const std::size_t letters = digits.find_first_not_of("0123456789.,");
        double scale = 1;
        if (letters != std::string::npos) {
            const auto found = words_.scales.find(std::string_view(digits).substr(letters));
            if (found == words_.scales.end()) return std::nullopt;
            scale = found->second;
            digits.resize(letters);
        }
        for (std::size_t comma = digits.find(','); comma != std::string::npos;
             comma = digits.find(',')) {
            const std::size_t group = digits.find_first_of(".,", comma + 1);
            if (std::min(group, digits.size()) - comma != 4) return std::nullopt;
            digits.erase(comma, 1);
        }
        double value = 0;
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
        return value * scale;
    }

    /// One token's value: "five", "twenty-five", "114".
    std::optional<double> simple_at(std::size_t i) const {
        if (const auto digits = digits_at(i)) return digits;
        const std::string_view printed = word(i);
        if (const auto found = words_.numbers.find(printed); found != words_.numbers.end()) {
            return found->second;
        }
        const std::size_t hyphen = printed.find('-');
        if (hyphen == std::string_view::npos) return std::nullopt;
        const auto tens = words_.numbers.find(printed.substr(0, hyphen));
        const auto ones = words_.numbers.find(printed.substr(hyphen + 1));
        if (tens == words_.numbers.end() || ones == words_.numbers.end() || tens->second < 20 ||
            ones->second >= 10) {
            return std::nullopt;
        }
        return tens->second + ones->second;
    }

    /// "two-thirds", "one third": the value and the token after it.
    std::optional<Number> fraction_at(std::size_t i) const {
        const std::string_view printed = word(i);
        const std::size_t hyphen = printed.find('-');
        const bool joined = hyphen != std::string_view::npos;
        const auto above = words_.numbers.find(joined ? printed.substr(0, hyphen) : printed);
        const auto below = words_.fractions.find(joined ? printed.substr(hyphen + 1) : word(i + 1));
        if (below == words_.fractions.end()) return std::nullopt;
        const bool article = !joined && printed == "a";
        if (above == words_.numbers.end() && !article) return std::nullopt;
        return Number{(article ? 1.0 : above->second) * below->second, std::nullopt,
                      joined ? i + 1 : i + 2, false};
    }

    /// "five hundred and twenty", "50 million", "a dozen", "10 to 15", "10-15".
    std::optional<Number> number_at(std::size_t i) const {
        if (auto range = joined_range_at(i)) return range;
        auto number = amount_at(i);
        if (!number) return std::nullopt;
        const bool dash = is_mark(number->end, 0x2013) || is_mark(number->end, U'-');
        if (dash || word(number->end) == "to" || word(number->end) == "or") {
            std::size_t next = number->end + 1;
            if (words_.currencies.contains(word(next)) && !read_.token(next).capital) ++next;
            const auto upper = amount_at(next);
            if (upper && upper->value > number->value) {
                number->value = scaled_like(number->value, *upper, number->end);
                number->upper = upper->value;
                number->end = upper->end;
            }
        }
        return number;
    }

    /// In "2 to 3 million" the scale belongs to both ends.
    double scaled_like(double low, const Number& upper, std::size_t low_end) const {
        const auto scale = words_.scales.find(word(upper.end - 1));
        const bool own = words_.scales.contains(word(low_end - 1));
        return scale != words_.scales.end() && !own ? low * scale->second : low;
    }

    std::optional<Number> joined_range_at(std::size_t i) const {
        const std::string_view printed = word(i);
        const std::size_t hyphen = printed.find('-');
        if (hyphen == std::string_view::npos) return std::nullopt;
        const auto low = digits_of(printed.substr(0, hyphen));
        const auto high = digits_of(printed.substr(hyphen + 1));
        if (!low || !high || *low >= *high) return std::nullopt;
        Number number{static_cast<double>(*low), static_cast<double>(*high), i + 1, true};
        if (const auto scale = words_.scales.find(word(i + 1)); scale != words_.scales.end()) {
            number.value *= scale->second;
            *number.upper *= scale->second;
            ++number.end;
        }
        return number;
    }

    std::optional<Number> amount_at(std::size_t i) const {
        if (i >= read_.size()) return std::nullopt;
        double total = 0;
        double group = 0;
        std::size_t at = i;
        const bool article =
            (word(i) == "a" || word(i) == "an") && words_.scales.contains(word(i + 1));
        if (article) {
            group = 1;
            at = i + 1;
        } else if (const auto first = simple_at(i)) {
            group = *first;
            at = i + 1;
        } else {
            return std::nullopt;
        }
        for (bool after_scale = false;; ++at) {
            if (const auto scale = words_.scales.find(word(at)); scale != words_.scales.end()) {
                group *= scale->second;
                after_scale = true;
                continue;
            }
            const std::size_t next = word(at) == "and" ? at + 1 : at;
            const auto more = words_.numbers.find(word(next));
            if (!after_scale || more == words_.numbers.end() || more->second >= group) break;
            total += group;
            group = more->second;
            after_scale = false;
            at = next;
        }
        return Number{total + group, std::nullopt, at, digits_at(i).has_value()};
    }

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
        if (const auto fraction = fraction_at(i)) {
            number = *fraction;
            figure.unit = "share";
        }
        if (first > 0 && words_.currencies.contains(word(first - 1)) &&
            read_.token(first - 1).kind == TokenKind::punctuation) {
            figure.unit = words_.currencies.find(word(--first))->second;
            if (read_.touches_previous(first)) first = country_of_currency(first, figure.unit);
        }
        const Compared before = comparator_before(first);
        const bool compared = before.first != first;
        if (!compared &&
            (is_clock(number) || is_part_of_name(first, figure) || is_definite(first, number))) {
            return std::nullopt;
        }
        figure.comparator = before.comparator;
        figure.value = number.value;
        figure.upper = number.upper;
        std::size_t end = after(number.end, figure);
        if (figure.unit.empty() && !figure.noun) end = noun_after(end, number, figure);
        if (figure.unit.empty() && !figure.noun && (!compared || is_year(number, first))) {
            return std::nullopt;
        }
        if (is_year(number, first) && !compared) return std::nullopt;
        if (is_ago(end)) return std::nullopt;
        figure.span = read_.span(before.first, end);
        return figure;
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
    bool is_part_of_name(std::size_t first, const Figure& figure) const {
        if (first == 0 || !figure.unit.empty()) return false;
        const Token& before = read_.token(first - 1);
        if (before.kind != TokenKind::word) return false;
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

    std::string singular(std::string_view noun) const {
        if (const auto found = words_.singulars.find(noun); found != words_.singulars.end()) {
            return found->second;
        }
        const auto ends = [&](std::string_view tail) { return noun.ends_with(tail); };
        if (ends("ies") && noun.size() > 4)
            return std::string(noun.substr(0, noun.size() - 3)) + "y";
        if (ends("sses") || ends("shes") || ends("ches") || ends("xes") || ends("zes")) {
            return std::string(noun.substr(0, noun.size() - 2));
        }
        if (is_plural(noun)) return std::string(noun.substr(0, noun.size() - 1));
        return std::string(noun);
    }

    bool is_plural(std::string_view noun) const {
        if (words_.singulars.contains(noun)) return true;
        return noun.size() > 2 && noun.ends_with('s') && !noun.ends_with("ss") &&
               !noun.ends_with("us") && !noun.ends_with("is");
    }

    bool ends_noun(std::size_t i) const {
        if (i >= read_.size()) return true;
        const Token& token = read_.token(i);
        if (token.kind != TokenKind::word || token.sentence != read_.token(i - 1).sentence) {
            return true;
        }
        if (token.is(ends_a_noun)) return true;
        return token.is(WordClass::cue) && !is_plural(word(i));
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
            if (one) {
                if (word(i).ends_with("ed") || is_plural(word(i))) break;
                head = i;
            } else if (is_plural(word(i))) {
                head = i;
                break;
            }
        }
        if (!head) return end;
        figure.noun = read_.token(*head).span;
        figure.unit = singular(word(*head));
        return *head + 1;
    }

    FactReader read_;
    const FactLanguage& words_;
    const std::vector<DateMention>& dates_;
};

}  // namespace

std::vector<Figure> find_figures(const SegmentedText& text, const FactLanguage& language,
                                 const std::vector<DateMention>& dates) {
    return FigureReader(text, language, dates).read();
}

}  // namespace framelens
