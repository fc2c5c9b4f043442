// Numbers as they are written in one text: digits, words, shares and ranges; and nouns' forms.
#pragma once

#include "facts_reader.hpp"
#include "framelens/facts.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace framelens {

/// A number that was read: its tokens, and whether it is written in digits.
struct Number {
    double value = 0;
    std::optional<double> upper;
    std::size_t end = 0;
    bool digits = false;
};

class NumberReader {
public:
    NumberReader(const FactReader& read, const FactLanguage& language)
        : read_(read), words_(language) {}

    /// The token after a phrase such as "on the one hand", or `i`.
    [[nodiscard]] std::size_t after_idiom(std::size_t i) const;
    /// "6 in 10", "one out of five": a share of a round number.
    [[nodiscard]] std::optional<Number> ratio_at(std::size_t i) const;
    /// One token's value: "five", "twenty-five", "114".
    [[nodiscard]] std::optional<double> simple_at(std::size_t i) const;
    /// "two-thirds", "one third": the value and the token after it.
    [[nodiscard]] std::optional<Number> fraction_at(std::size_t i) const;
    /// "five hundred and twenty", "50 million", "a dozen", "10 to 15", "10-15".
    [[nodiscard]] std::optional<Number> number_at(std::size_t i) const;
    [[nodiscard]] std::string singular(std::string_view noun) const;
    [[nodiscard]] bool is_plural(std::string_view noun) const;

private:
    [[nodiscard]] std::string_view word(std::size_t i) const { return read_.word(i); }
    [[nodiscard]] bool is_mark(std::size_t i, char32_t mark) const {
        return i < read_.size() && read_.token(i).mark == mark;
    }
    [[nodiscard]] std::size_t after_phrase(const FoldedSet& phrases, std::size_t i) const;
    /// "1,234.5" or "50m": digits, and a scale that touches them.
    [[nodiscard]] std::optional<double> digits_at(std::size_t i) const;
    /// Takes the signs between groups of three digits out, and writes the decimal sign as ".".
    [[nodiscard]] bool normalize(std::string& digits, bool before_scale) const;
    /// "1 234 567", where a space groups digits: the value and the token after it.
    [[nodiscard]] std::pair<double, std::size_t> with_groups(double value, std::size_t i) const;
    /// In "2 to 3 million" the scale belongs to both ends.
    [[nodiscard]] double scaled_like(double low, const Number& upper, std::size_t low_end) const;
    [[nodiscard]] std::optional<Number> joined_range_at(std::size_t i) const;
    [[nodiscard]] std::optional<Number> amount_at(std::size_t i) const;

    const FactReader& read_;
    const FactLanguage& words_;
};

}  // namespace framelens
