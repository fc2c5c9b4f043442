#include "numbers.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace framelens {
namespace {

constexpr int first_year = 1500;
constexpr int last_year = 2100;

bool is_year(int number) {
    return number >= first_year && number <= last_year;
}

/// "13" behind "2012", or a later year.
bool ends_years(int first, std::string_view last) {
    const auto number = digits_of(last);
    if (!number) return false;
    if (last.size() == 4) return is_year(*number) && *number > first;
    return last.size() == 2 && *number > first % 100;
}

}  // namespace

std::size_t NumberReader::after_idiom(std::size_t i) const {
    return read_.after_phrase(words_.idioms, i);
}

std::size_t NumberReader::after_years(std::size_t i) const {
    const std::string_view printed = word(i);
    if (printed.size() < 4) return i;
    const auto year = digits_of(printed.substr(0, 4));
    if (!year || !is_year(*year)) return i;
    if (printed.size() == 4) {
        const bool sign = is_dash(i + 1) || is_mark(i + 1, U'/');
        return sign && ends_years(*year, word(i + 2)) ? i + 3 : i;
    }
    return printed[4] == '-' && ends_years(*year, printed.substr(5)) ? i + 1 : i;
}

bool NumberReader::is_tail(std::size_t i) const {
    if (i < 2 || !read_.touches_previous(i) || !read_.touches_previous(i - 1)) return false;
    const Token& sign = read_.token(i - 1);
    if (sign.mark == U'+') return true;  // "P5+1"
    const bool joins = sign.mark == 0x2013 || sign.mark == U'-' || sign.mark == U'/' ||
                       sign.mark == U':' || sign.mark == U'.' || sign.mark == U',';
    return joins && read_.token(i).kind == TokenKind::number &&
           read_.token(i - 2).kind == TokenKind::number;
}

bool NumberReader::is_currency(std::size_t i) const {
    return i < read_.size() && words_.currencies.contains(word(i));
}

std::optional<double> NumberReader::scale_at(std::size_t i) const {
    if (i >= read_.size()) return std::nullopt;
    if (const auto at = grammar_.scales.find(word(i)); at != grammar_.scales.end()) {
        return at->second;
    }
    // "1,2 M"; "3 m" is a length.
    if (word(i).size() > 1 || !read_.token(i).capital) return std::nullopt;
    const auto at = grammar_.suffixes.find(word(i));
    return at == grammar_.suffixes.end() ? std::nullopt : std::optional(at->second);
}

bool NumberReader::feed_all(NumberSum& sum, std::size_t i) const {
    const std::vector<Atom> atoms = atoms_of(word(i), grammar_);
    return !atoms.empty() && std::all_of(atoms.begin(), atoms.end(),
                                         [&](const Atom& atom) { return sum.feed(atom); });
}

std::size_t NumberReader::feed_after_comma(NumberSum& sum, std::size_t i) const {
    if (sum.last_scale() < 1000 || !is_mark(i, U',')) return i;
    NumberSum more;
    Number part;
    const std::size_t end = feed_words(more, i + 1, part);
    return part.end == end && part.value >= 100 && sum.add(part.value, more.last_scale()) ? end : i;
}

std::size_t NumberReader::feed_words(NumberSum& sum, std::size_t i, Number& best) const {
    std::size_t at = i;
    while (at < read_.size()) {
        NumberSum longer = sum;
        if (sum.wants_scale() && words_.links.contains(word(at))) {
            ++at;
            continue;
        }
        const bool separate = at == i && read_.token(at).kind != TokenKind::number;
        if (at > i && read_.token(at).sentence != read_.token(at - 1).sentence) break;
        if (read_.token(at).kind == TokenKind::number) {
            // "2 million 500 thousand".
            const auto digits = digits_of(word(at));
            if (separate || !digits || !scale_at(at + 1) || !longer.add(*digits)) break;
        } else if (!feed_all(longer, at)) {
            const auto scale = scale_at(at);
            if (!scale || !longer.feed({AtomKind::scale, *scale})) break;
        }
        sum = longer;
        ++at;
        // "3 Mrd. Euro".
        if (is_mark(at, U'.') && read_.touches_previous(at) && sum.last_scale() > 0 &&
            at + 1 < read_.size() &&
            (is_currency(at + 1) || read_.token(at + 1).sentence == read_.token(at).sentence)) {
            ++at;
        }
        if (const auto value = sum.value()) {
            best.value = *value;
            best.end = at;
            best.scaled = best.scaled || sum.last_scale() > 0;
        }
    }
    return best.end;
}

std::optional<Number> NumberReader::amount_at(std::size_t i) const {
    if (i >= read_.size()) return std::nullopt;
    if (auto number = digits_at(i)) {
        NumberSum sum(number->value);
        feed_words(sum, number->end, *number);
        if (sum.last_scale() > 0) number->like_year = false;
        return number;
    }
    Number number;
    number.first = i;
    NumberSum sum;
    feed_words(sum, i, number);
    if (number.end == 0) return std::nullopt;
    NumberSum whole;
    for (std::size_t at = i; at < number.end && feed_all(whole, at); ++at) {
    }
    for (std::size_t next = number.end; (next = feed_after_comma(whole, next)) > number.end;) {
        number.value = whole.value().value_or(number.value);
        number.end = next;
    }
    add_decimals(number);
    return number;
}

void NumberReader::add_decimals(Number& number) const {
    if (!grammar_.points.contains(word(number.end))) return;
    double unit = 1;
    std::size_t at = number.end + 1;
    double value = number.value;
    for (; at < read_.size(); ++at) {
        const auto digit = grammar_.numbers.find(word(at));
        if (digit == grammar_.numbers.end() || digit->second > 9) break;
        unit /= 10;
        value += digit->second * unit;
    }
    if (unit == 1) return;
    number.value = value;
    number.end = at;
    NumberSum sum(value);
    feed_words(sum, at, number);
}

std::optional<Number> NumberReader::ratio_at(std::size_t i) const {
    const auto simple = [&](std::size_t at) -> std::optional<double> {
        const auto number = amount_at(at);
        return number && number->end == at + 1 ? std::optional(number->value) : std::nullopt;
    };
    const std::size_t next = read_.after_phrase(grammar_.shares, i + 1);
    if (next == i + 1 || next >= read_.size()) return std::nullopt;
    const auto part = simple(i);
    const auto whole = simple(next);
    if (!part || !whole || *part < 1 || *part >= *whole) return std::nullopt;
    const bool round =
        (*whole >= 3 && *whole <= 10) || *whole == 20 || *whole == 100 || *whole == 1000;
    if (!round || *whole != std::floor(*whole) || *part != std::floor(*part) ||
        words_.periods.contains(read_.singular(word(next + 1))) || scale_at(next + 1) ||
        words_.percent.contains(word(next + 1))) {
        return std::nullopt;
    }
    Number number;
    number.value = *part / *whole;
    number.end = next + 1;
    number.share = true;
    number.first = i;
    return number;
}

std::optional<Number> NumberReader::fraction_at(std::size_t i) const {
    const std::string_view printed = word(i);
    const std::size_t hyphen = printed.find('-');
    const bool joined = hyphen != std::string_view::npos;
    const auto found = grammar_.fractions.find(joined ? printed.substr(hyphen + 1) : printed);
    Number number;
    number.share = true;
    number.first = i;
    if (!joined && found != grammar_.fractions.end() &&
        !grammar_.fraction_traps.contains(printed)) {
        // "half of the town", but not "the second half".
        const bool counted =
            words_.links.contains(word(i + 1)) || words_.definite.contains(word(i + 1));
        const bool part = i > 0 && (words_.ordinals.contains(word(i - 1)) ||
                                    words_.sequence.contains(word(i - 1)));
        if (!counted || part) return std::nullopt;
        number.value = found->second;
        number.end = i + 1;
        return number;
    }
    const auto above = grammar_.numbers.find(joined ? printed.substr(0, hyphen) : printed);
    const auto below = joined ? found : grammar_.fractions.find(word(i + 1));
    if (below == grammar_.fractions.end()) return std::nullopt;
    const bool article = !joined && grammar_.articles.contains(printed);
    // "a minute and a half".
    if (article && i > 1 && grammar_.joins.contains(word(i - 1)) &&
        words_.periods.contains(read_.singular(word(i - 2)))) {
        return std::nullopt;
    }
    if (above == grammar_.numbers.end() && !article) return std::nullopt;
    number.value = (article ? 1.0 : above->second) * below->second;
    number.end = joined ? i + 1 : i + 2;
    // "a third of them", but not "a third place".
    if (article && grammar_.fraction_traps.contains(word(i + 1)) &&
        !words_.links.contains(word(number.end)) && number.end < read_.size() &&
        read_.token(number.end).kind != TokenKind::punctuation) {
        return std::nullopt;
    }
    return number;
}

std::optional<Number> NumberReader::part_of_one_at(std::size_t i) const {
    const std::size_t part = grammar_.articles.contains(word(i)) ? i + 1 : i;
    const auto found = grammar_.fractions.find(word(part));
    if (found == grammar_.fractions.end()) return std::nullopt;
    const std::size_t article = words_.links.contains(word(part + 1)) ? part + 2 : part + 1;
    const bool joined = grammar_.articles.contains(word(article));
    const std::size_t unit = joined ? article + 1 : part + 1;
    if (!words_.periods.contains(word(unit)) && !words_.measures.contains(word(unit))) {
        return std::nullopt;
    }
    // "a third of a mile", but not "a third term".
    if (!joined && grammar_.fraction_traps.contains(word(part))) return std::nullopt;
    Number number;
    number.value = found->second;
    number.end = unit;
    number.of_one = true;
    number.first = i;
    return number;
}

std::optional<Number> NumberReader::approximate_at(std::size_t i) const {
    Number number;
    number.first = i;
    if (const auto before = read_.phrase_at(grammar_.before_scales, i)) {
        const std::size_t at =
            words_.links.contains(word(before->second)) ? before->second + 1 : before->second;
        NumberSum sum(before->first.value);
        number.comparator = before->first.comparator;
        if (feed_words(sum, at, number) > at) return number;
        if (const auto many = read_.phrase_at(grammar_.approximations, at)) {
            number.value = before->first.value * many->first.value / 2;
            number.end = many->second;
            return number;
        }
    }
    auto many = read_.phrase_at(grammar_.approximations, i);
    if (!many) return std::nullopt;
    number.comparator = many->first.comparator;
    number.value = many->first.value;
    number.end = many->second;
    if (grammar_.repeats.contains(word(number.end))) {
        // "thousands upon thousands"
        const auto again = read_.phrase_at(grammar_.approximations, number.end + 1);
        if (again && again->first.value == number.value) number.end = again->second;
    }
    // In "hundreds of thousands" the second word says what the first one counts.
    for (int i_link = 0; i_link < 3; ++i_link) {
        const std::size_t at =
            words_.links.contains(word(number.end)) ? number.end + 1 : number.end;
        const auto more = read_.phrase_at(grammar_.approximations, at);
        const auto scale = scale_at(at);
        if (!more && !scale) break;
        number.value *= more ? more->first.value / 2 : *scale;
        number.end = more ? more->second : at + 1;
    }
    return number;
}

std::optional<Number> NumberReader::joined_at(std::size_t i) const {
    const std::string_view printed = word(i);
    const std::size_t hyphen = printed.find('-');
    if (hyphen == std::string_view::npos) return std::nullopt;
    const std::string_view tail = printed.substr(hyphen + 1);
    const std::string_view head = printed.substr(0, hyphen);
    const auto low = written_value(head, grammar_, false);
    const auto high = written_value(tail, grammar_, false);
    Number number;
    number.end = i + 1;
    number.digits = true;
    number.first = i;
    if (low && high) {
        if (*low >= *high) return std::nullopt;
        number.value = *low;
        number.upper = *high;
        if (const auto scale = scale_at(i + 1)) {
            number.value *= *scale;
            *number.upper *= *scale;
            ++number.end;
        }
        return number;
    }
    const auto sign = grammar_.comparators_after.find(tail);
    if (sign == grammar_.comparators_after.end()) return std::nullopt;
    const auto named = grammar_.numbers.find(head);
    if (!low && named == grammar_.numbers.end()) return std::nullopt;
    number.value = low ? *low : named->second;
    number.comparator = sign->second;
    return number;
}

std::optional<Number> NumberReader::single_at(std::size_t i) const {
    if (auto joined = joined_at(i)) return joined;
    if (auto many = approximate_at(i)) return many;
    auto number = amount_at(i);
    for (auto part : {fraction_at(i), ratio_at(i), part_of_one_at(i)}) {
        if (part && (!number || part->end > number->end || part->of_one)) number = part;
    }
    return number;
}

bool NumberReader::may_begin(std::size_t i) const {
    const Token& token = read_.token(i);
    if (token.kind != TokenKind::word || grammar_.compounds) return true;
    const std::string_view printed = word(i);
    return read_.longest_from(i) > 1 || printed.find('-') != std::string_view::npos ||
           grammar_.numbers.contains(printed) || grammar_.articles.contains(printed) ||
           grammar_.fractions.contains(printed) || grammar_.bare_scales.contains(printed) ||
           grammar_.approximations.contains(printed) || grammar_.before_scales.contains(printed);
}

std::optional<Number> NumberReader::number_at(std::size_t i) const {
    if (!may_begin(i)) return std::nullopt;
    auto number = single_at(i);
    if (number && !number->upper && !number->share && !number->of_one && !number->comparator) {
        add_upper(*number, i);
    }
    return number;
}

std::optional<std::size_t> NumberReader::opening_before(std::size_t i) const {
    std::size_t at = i;
    if (at > 0 && is_currency(at - 1)) --at;
    if (at == 0 || !grammar_.range_pairs.contains(word(at - 1))) return std::nullopt;
    return at - 1;
}

bool NumberReader::is_change(std::size_t i) const {
    std::size_t at = i;
    if (at > 0 && is_currency(at - 1)) --at;
    if (at == 0 || !grammar_.changes.contains(word(at - 1))) return false;
    return at < 2 || !grammar_.ranging.contains(word(at - 2));
}

std::optional<std::size_t> NumberReader::upper_from(const Number& number, std::size_t i) const {
    std::size_t at = number.end;
    const bool percent = words_.percent.contains(word(at));
    if (percent || (is_currency(at) && read_.token(at).kind == TokenKind::word)) ++at;
    const bool dash = is_dash(at) && (read_.touches_previous(at) == read_.touches_previous(at + 1));
    const auto opening = opening_before(i);
    const bool pair = opening && grammar_.range_pairs.find(word(*opening))->second == word(at);
    if (!pair && !dash && (!grammar_.range_words.contains(word(at)) || is_change(i))) {
        return std::nullopt;
    }
    if (is_currency(at + 1)) ++at;
    return at + 1;
}

void NumberReader::add_upper(Number& number, std::size_t i) const {
    const auto from = upper_from(number, i);
    if (!from) return;
    const auto upper = amount_at(*from);
    if (!upper || upper->value <= number.value) return;
    // "rose 5 percent to 10,000" has no second end.
    if (words_.percent.contains(word(number.end)) && !words_.percent.contains(word(upper->end))) {
        return;
    }
    number.value = scaled_like(number, *upper);
    number.scaled = upper->scaled;
    number.upper = upper->value;
    number.end = upper->end;
    number.like_year = false;
    if (const auto opening = opening_before(i)) number.first = *opening;
}

double NumberReader::scaled_like(const Number& low, const Number& upper) const {
    const auto scale = scale_at(upper.end - 1);
    if (!scale || scale_at(low.end - 1)) return low.value;
    const double scaled = low.value * *scale;
    return scaled < upper.value ? scaled : low.value;
}

}  // namespace framelens
