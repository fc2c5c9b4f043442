#include "facts_numbers.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <tuple>

namespace framelens {

std::optional<double> NumberReader::digits_at(std::size_t i) const {
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
    if (!normalize(digits, words_.scales.contains(word(i + 1)))) return std::nullopt;
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value * scale;
}

bool NumberReader::normalize(std::string& digits, bool before_scale) const {
    const char decimal = words_.decimal;
    const char grouping = decimal == '.' ? ',' : '.';
    const auto groups = [&digits](char sign) {
        std::size_t last = digits.find(sign);
        if (last == 0 || last > 3) return false;
        for (std::size_t at = last; at != std::string::npos; at = digits.find(sign, at + 1)) {
            const std::size_t next = digits.find_first_of(".,", at + 1);
            if (std::min(next, digits.size()) - at != 4) return false;
        }
        return true;
    };
    const auto only = [&digits](char sign) {
        return digits.find(sign) == digits.find_last_of(".,");
    };
    if (digits.find(grouping) != std::string::npos) {
        if (groups(grouping)) {
            std::erase(digits, grouping);
        } else if (decimal != ',' || !only(grouping)) {
            // Some print 1.5 where most print 1,5.
            return false;
        }
    }
    // Three decimals are rare where "," is the decimal sign: more often they are a group.
    const bool group = decimal == ',' && digits.find('.') == std::string::npos && !before_scale &&
                       digits.find(',') != std::string::npos && groups(',');
    if (group) std::erase(digits, ',');
    std::replace(digits.begin(), digits.end(), ',', '.');
    return true;
}

std::pair<double, std::size_t> NumberReader::with_groups(double value, std::size_t i) const {
    const auto is_group = [&](std::size_t at) {
        return word(at).size() == 3 && digits_of(word(at)) &&
               read_.text().at(read_.span(at - 1, at + 1)).size() <=
                   word(at - 1).size() + word(at).size() + 3;
    };
    std::size_t end = i + 1;
    if (words_.decimal != ',' || word(i).size() > 3 || !digits_of(word(i))) return {value, end};
    for (; end < read_.size() && is_group(end); ++end) {
        value = value * 1000 + *digits_of(word(end));
    }
    return {value, end};
}

std::size_t NumberReader::after_idiom(std::size_t i) const {
    return after_phrase(words_.idioms, i);
}
std::size_t NumberReader::after_phrase(const FoldedSet& phrases, std::size_t i) const {
    for (std::size_t length = FactReader::longest_phrase; length > 0; --length) {
        if (i + length <= read_.size() && phrases.contains(read_.join(i, i + length))) {
            return i + length;
        }
    }
    return i;
}

std::optional<Number> NumberReader::ratio_at(std::size_t i) const {
    const auto part = simple_at(i);
    const std::size_t next = after_phrase(words_.shares, i + 1);
    if (!part || next == i + 1 || next >= read_.size()) return std::nullopt;
    const auto whole = simple_at(next);
    if (!whole || *part < 1 || *part >= *whole) return std::nullopt;
    const bool round =
        (*whole >= 3 && *whole <= 10) || *whole == 20 || *whole == 100 || *whole == 1000;
    if (!round || *whole != std::floor(*whole) || *part != std::floor(*part) ||
        words_.periods.contains(singular(word(next + 1))) ||
        words_.scales.contains(word(next + 1)) || words_.percent.contains(word(next + 1))) {
        return std::nullopt;
    }
    return Number{*part / *whole, std::nullopt, next + 1, false};
}

std::optional<double> NumberReader::simple_at(std::size_t i) const {
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

std::optional<Number> NumberReader::fraction_at(std::size_t i) const {
    const std::string_view printed = word(i);
    const std::size_t hyphen = printed.find('-');
    const bool joined = hyphen != std::string_view::npos;
    const auto above = words_.numbers.find(joined ? printed.substr(0, hyphen) : printed);
    const auto below = words_.fractions.find(joined ? printed.substr(hyphen + 1) : word(i + 1));
    if (below == words_.fractions.end()) return std::nullopt;
    const bool article = !joined && words_.articles.contains(printed);
    if (above == words_.numbers.end() && !article) return std::nullopt;
    return Number{(article ? 1.0 : above->second) * below->second, std::nullopt,
                  joined ? i + 1 : i + 2, false};
}

std::optional<Number> NumberReader::number_at(std::size_t i) const {
    if (auto range = joined_range_at(i)) return range;
    auto number = amount_at(i);
    if (!number) return std::nullopt;
    const bool dash = is_mark(number->end, 0x2013) || is_mark(number->end, U'-');
    if (dash || words_.range_words.contains(word(number->end))) {
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

double NumberReader::scaled_like(double low, const Number& upper, std::size_t low_end) const {
    const auto scale = words_.scales.find(word(upper.end - 1));
    const bool own = words_.scales.contains(word(low_end - 1));
    return scale != words_.scales.end() && !own ? low * scale->second : low;
}

std::optional<Number> NumberReader::joined_range_at(std::size_t i) const {
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

std::optional<Number> NumberReader::amount_at(std::size_t i) const {
    if (i >= read_.size()) return std::nullopt;
    double total = 0;
    double group = 0;
    std::size_t at = i;
    const bool article = words_.articles.contains(word(i)) && words_.scales.contains(word(i + 1));
    if (article) {
        group = 1;
        at = i + 1;
    } else if (const auto first = simple_at(i)) {
        std::tie(group, at) = with_groups(*first, i);
    } else {
        return std::nullopt;
    }
    if (const std::size_t next = at + 1; group >= 20 && words_.joins.contains(word(at))) {
        // "treinta y dos".
        const auto ones = words_.numbers.find(word(next));
        const bool tens = words_.numbers.contains(word(i)) && words_.code != "en";
        if (tens && ones != words_.numbers.end() && ones->second < 10) {
            group += ones->second;
            at = next + 1;
        }
    }
    for (bool after_scale = false;; ++at) {
        if (const auto scale = words_.scales.find(word(at)); scale != words_.scales.end()) {
            group *= scale->second;
            after_scale = true;
            const bool stop = is_mark(at + 1, U'.') && read_.touches_previous(at + 1);
            // "3 Mrd. Euro".
            if (stop && words_.currencies.contains(word(at + 2))) ++at;
            continue;
        }
        const std::size_t next = words_.joins.contains(word(at)) ? at + 1 : at;
        const auto more = words_.numbers.find(word(next));
        if (!after_scale || more == words_.numbers.end() || more->second >= group) break;
        total += group;
        group = more->second;
        after_scale = false;
        at = next;
    }
    return Number{total + group, std::nullopt, at, digits_at(i).has_value()};
}

std::string NumberReader::singular(std::string_view noun) const {
    if (const std::size_t hyphen = noun.rfind('-');
        hyphen != std::string_view::npos && hyphen + 1 < noun.size()) {
        return std::string(noun.substr(0, hyphen + 1)) + singular(noun.substr(hyphen + 1));
    }
    if (const auto found = words_.singulars.find(noun); found != words_.singulars.end()) {
        return found->second;
    }
    const auto ends = [&](std::string_view tail) { return noun.ends_with(tail); };
    if (words_.code != "en") {
        const bool plain = words_.plural_endings.contains("s") && ends("s") && noun.size() > 3;
        return std::string(plain ? noun.substr(0, noun.size() - 1) : noun);
    }
    if (ends("ies") && noun.size() > 4) return std::string(noun.substr(0, noun.size() - 3)) + "y";
    if (ends("sses") || ends("shes") || ends("ches") || ends("xes") || ends("zes")) {
        return std::string(noun.substr(0, noun.size() - 2));
    }
    if (is_plural(noun)) return std::string(noun.substr(0, noun.size() - 1));
    return std::string(noun);
}

bool NumberReader::is_plural(std::string_view noun) const {
    if (words_.singulars.contains(noun.substr(noun.rfind('-') + 1))) return true;
    if (noun.size() <= 2) return false;
    if (words_.code == "en") {
        return noun.ends_with('s') && !noun.ends_with("ss") && !noun.ends_with("us") &&
               !noun.ends_with("is");
    }
    return std::any_of(words_.plural_endings.begin(), words_.plural_endings.end(),
                       [&](const std::string& ending) { return noun.ends_with(ending); });
}

}  // namespace framelens
