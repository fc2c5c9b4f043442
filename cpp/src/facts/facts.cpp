#include "framelens/facts.hpp"

#include "framelens/language.hpp"
#include "framelens/types_names.hpp"
#include "framelens/unicode.hpp"
#include "reader.hpp"

#include <algorithm>
#include <charconv>

namespace framelens {
namespace {

bool all_digits(std::string_view word) {
    return !word.empty() &&
           std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string padded(int value, std::size_t width) {
    std::string digits = std::to_string(value);
    if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
    return digits;
}

}  // namespace

std::string_view name_of(Comparator comparator) noexcept {
    static constexpr std::string_view names[] = {"=", ">", ">=", "<", "<=", "~"};
    return name_in(names, comparator);
}

std::string_view name_of(DateSense sense) noexcept {
    static constexpr std::string_view names[] = {"past",      "coming",    "last",
                                                 "last_week", "next_week", "other"};
    return name_in(names, sense);
}

std::string_view name_of(NumericOrder order) noexcept {
    static constexpr std::string_view names[] = {"day_first", "month_first", "either"};
    return name_in(names, order);
}

bool ends_in(std::string_view word, const FoldedSet& endings) {
    return std::any_of(endings.begin(), endings.end(),
                       [&](const std::string& ending) { return word.ends_with(ending); });
}

std::string fact_phrase(std::string_view phrase) {
    static const Language no_language;
    const std::string folded = fold(phrase);
    const SegmentedText read = read_text(folded, no_language);
    std::string joined;
    for (const Token& token : read.tokens) {
        std::string_view word = read.at(token.span);
        while (word.size() > 1 && word.back() == '.') word.remove_suffix(1);
        if (word == ".") continue;
        if (!joined.empty()) joined += ' ';
        joined += word;
    }
    return joined;
}

std::optional<int> digits_of(std::string_view word) {
    if (!all_digits(word) || word.size() > 9) return std::nullopt;
    int value = 0;
    std::from_chars(word.data(), word.data() + word.size(), value);
    return value;
}

FactReader::FactReader(const SegmentedText& text, const FactLanguage& language)
    : text_(text), language_(language) {
    folded_.reserve(text.tokens.size());
    starts_.reserve(text.tokens.size());
    for (const Token& token : text.tokens) {
        std::string word = fold(text.at(token.span));
        while (word.size() > 1 && word.back() == '.') word.pop_back();
        starts_.push_back(language.phrase_starts.contains(word));
        folded_.push_back(std::move(word));
    }
}

std::string_view FactReader::word(std::size_t i) const noexcept {
    return i < folded_.size() ? std::string_view(folded_[i]) : std::string_view{};
}

bool FactReader::touches_previous(std::size_t i) const {
    return i > 0 && i < size() && token(i - 1).span.end == token(i).span.start;
}

std::string FactReader::join(std::size_t first, std::size_t last) const {
    std::string joined;
    for (std::size_t i = first; i < last; ++i) {
        if (i > first) joined += ' ';
        joined += folded_[i];
    }
    return joined;
}

std::size_t FactReader::after_phrase(const FoldedSet& phrases, std::size_t i) const {
    const auto behind = [&](std::string_view key, std::size_t next) {
        return phrases.contains(key) ? std::optional(next) : std::nullopt;
    };
    return longest_at(i, behind).value_or(i);
}

std::string partial_iso(const DateMention& date) {
    const auto join = [&](std::optional<int> year, std::optional<int> month,
                          std::optional<int> day) {
        std::string value;
        const auto add = [&](std::optional<int> number, std::size_t width) {
            if (!number) return;
            if (!value.empty()) value += '-';
            value += padded(*number, width);
        };
        add(year, 4);
        add(month, 2);
        add(day, 2);
        return value;
    };
    if (date.unsettled) return {};
    std::string value = join(date.year, date.month, date.day);
    if (date.last) {
        value += '/';
        value += join(date.last_year ? date.last_year : date.year,
                      date.last_month ? date.last_month : date.month, date.last);
    }
    return value;
}

}  // namespace framelens
