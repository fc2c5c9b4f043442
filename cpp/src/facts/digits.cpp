#include "numbers.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace framelens {
namespace {

bool is_digit_byte(char c) {
    return c >= '0' && c <= '9';
}

/// The value of ASCII digits with at most one ".".
std::optional<double> plain_value(std::string_view digits) {
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

/// Groups of three digits, or of two before the last as in India: "1,234,567", "12,34,567".
bool are_groups(std::string_view digits, char sign) {
    const std::size_t first = digits.find(sign);
    const std::size_t last = digits.rfind(sign);
    if (first == 0 || first > 3 || digits.size() - last != 4) return false;
    std::size_t size = 0;
    for (std::size_t at = first; at < last;) {
        const std::size_t next = digits.find(sign, at + 1);
        const std::size_t here = next - at - 1;
        if ((here != 2 && here != 3) || (size != 0 && here != size)) return false;
        size = here;
        at = next;
    }
    return size != 2 || first <= 2;
}

std::string without(std::string_view digits, char sign) {
    std::string plain(digits);
    std::erase(plain, sign);
    return plain;
}

constexpr std::array<std::pair<char32_t, double>, 9> vulgar_signs = {{{0xBC, 0.25},
                                                                      {0xBD, 0.5},
                                                                      {0xBE, 0.75},
                                                                      {0x2153, 1.0 / 3},
                                                                      {0x2154, 2.0 / 3},
                                                                      {0x215B, 0.125},
                                                                      {0x215C, 0.375},
                                                                      {0x215D, 0.625},
                                                                      {0x215E, 0.875}}};

}  // namespace

std::optional<double> written_value(std::string_view digits, const NumberGrammar& grammar,
                                    bool before_scale) {
    const std::size_t first = digits.find_first_not_of("0123456789");
    if (digits.empty() || !is_digit_byte(digits.front()) || !is_digit_byte(digits.back())) {
        return std::nullopt;
    }
    if (first == std::string_view::npos) return plain_value(digits);
    const char sign = digits[first];
    const std::size_t last = digits.find_last_not_of("0123456789");
    const char other = digits[last];
    if (other != sign) {
        // The last sign begins the decimals, those before it group.
        const std::string_view whole = digits.substr(0, last);
        if (other == '\'' || whole.find(other) != std::string_view::npos ||
            !are_groups(whole, sign)) {
            return std::nullopt;
        }
        return plain_value(without(whole, sign) + '.' + std::string(digits.substr(last + 1)));
    }
    const bool groups = are_groups(digits, sign) && digits.front() != '0';
    if (first != last) {
        return groups ? plain_value(without(digits, sign)) : std::nullopt;
    }
    // One sign: three digits behind it are a group more often than decimals.
    const bool decimal_point = grammar.decimal == '.' && sign == '.';
    if (groups && !decimal_point && !(sign == grammar.decimal && before_scale)) {
        return plain_value(without(digits, sign));
    }
    if (sign == '\'') return std::nullopt;
    return plain_value(std::string(digits.substr(0, first)) + '.' +
                       std::string(digits.substr(first + 1)));
}

std::optional<double> NumberReader::with_suffix(std::string_view printed, std::size_t i) const {
    const std::size_t letters = printed.find_first_not_of("0123456789.,'");
    if (letters == std::string_view::npos) return 1.0;
    const std::string_view suffix = printed.substr(letters);
    if (is_length(suffix, i)) return 1.0;
    if (const auto at = grammar_.suffixes.find(suffix); at != grammar_.suffixes.end()) {
        return at->second;
    }
    const auto money = grammar_.money_suffixes.find(suffix);
    if (money == grammar_.money_suffixes.end() || i == 0 || !is_currency(i - 1)) {
        return std::nullopt;
    }
    return money->second;
}

bool NumberReader::is_length(std::string_view suffix, std::size_t i) const {
    if (!grammar_.lengths.contains(suffix) || i + 1 >= read_.size()) return false;
    if (grammar_.after_lengths.contains(word(i + 1))) return true;
    // "a 50m pool"; more than one is counted of in "1.5m boats".
    const Token& next = read_.token(i + 1);
    return i > 0 && grammar_.articles.contains(word(i - 1)) && next.kind == TokenKind::word &&
           !next.capital && !read_.is_plural(word(i + 1)) && !is_currency(i + 1) &&
           !next.is(WordClass::preposition | WordClass::conjunction | WordClass::adverb);
}

std::string NumberReader::grouped(std::size_t i, std::size_t& end) const {
    std::string digits(word(i));
    end = i + 1;
    if (grammar_.groups.find(' ') == std::string::npos || digits.size() > 3 || !digits_of(digits) ||
        digits.front() == '0') {
        return digits;
    }
    const auto is_group = [&](std::size_t at) {
        const std::string_view group = word(at);
        const auto head = digits_of(group.substr(0, 3));
        return group.size() >= 3 && head &&
               (group.size() == 3 || group[3] == ',' || group[3] == '.') &&
               read_.token(at).span.start - read_.token(at - 1).span.end <= 3 &&
               !read_.touches_previous(at);
    };
    for (; end < read_.size() && is_group(end); ++end) {
        const std::string_view group = word(end);
        digits += group.substr(0, 3);
        if (group.size() == 3) continue;
        const std::string_view decimals = group.substr(4);
        if (!digits_of(decimals)) break;
        digits += '.';
        digits += decimals;
        ++end;
        break;
    }
    return digits;
}

std::optional<Number> NumberReader::digits_at(std::size_t i) const {
    if (auto vulgar = vulgar_at(i)) return vulgar;
    const std::string_view printed = word(i);
    if (printed.empty() || !is_digit_byte(printed.front())) return std::nullopt;
    const auto scale = with_suffix(printed, i);
    if (!scale) return std::nullopt;
    Number number;
    number.end = i + 1;
    number.digits = true;
    number.first = i;
    std::optional<double> value;
    if (digits_of(printed)) {
        std::size_t end = i + 1;
        const std::string digits = grouped(i, end);
        value = plain_value(digits);
        number.like_year = end == i + 1 && digits.size() == 4 && *value >= 1900 && *value <= 2100;
        number.end = end;
    } else {
        const std::size_t letters = printed.find_first_not_of("0123456789.,'");
        value = written_value(printed.substr(0, letters), grammar_, scale_at(i + 1).has_value());
    }
    if (!value) return std::nullopt;
    number.value = *value * *scale;
    if (const std::size_t letters = printed.find_first_not_of("0123456789.,'");
        letters != std::string_view::npos && is_length(printed.substr(letters), i)) {
        number.unit = grammar_.lengths.find(printed.substr(letters))->second;
    }
    const bool tight = read_.touches_previous(number.end);
    if (const auto part = vulgar_at(number.end); part && (tight || is_mark(number.end + 1, U'/'))) {
        number.value += part->value;
        number.end = part->end;
        number.like_year = false;
    }
    return number;
}

std::optional<Number> NumberReader::vulgar_at(std::size_t i) const {
    if (i >= read_.size()) return std::nullopt;
    Number number;
    number.end = i + 1;
    number.digits = true;
    number.first = i;
    for (const auto& [sign, value] : vulgar_signs) {
        if (is_mark(i, sign)) {
            number.value = value;
            return number;
        }
    }
    if (!is_mark(i + 1, U'/') || !read_.touches_previous(i + 1) || !read_.touches_previous(i + 2) ||
        is_mark(i + 3, U'/')) {
        return std::nullopt;
    }
    const auto above = digits_of(word(i));
    const auto below = digits_of(word(i + 2));
    static constexpr int denominators[] = {2, 3, 4, 5, 8, 10};
    if (!above || !below || *above < 1 || *above >= *below ||
        std::find(std::begin(denominators), std::end(denominators), *below) ==
            std::end(denominators)) {
        return std::nullopt;
    }
    number.value = static_cast<double>(*above) / *below;
    number.end = i + 3;
    return number;
}

}  // namespace framelens
