// Numbers as they are written in one text: digits, words, shares and ranges.
#pragma once

#include "atoms.hpp"
#include "framelens/facts.hpp"
#include "reader.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace framelens {

/// A number that was read, and the token after it.
struct Number {
    double value = 0;
    std::optional<double> upper;
    std::size_t end = 0;
    bool scaled = false;     // a scale is in it: "2 million"
    bool digits = false;     // written in digits
    bool share = false;      // a part of 1
    bool of_one = false;     // "half an": the noun is in the singular
    bool like_year = false;  // four digits with no sign between them, from 1900 to 2100
    std::string unit{};      // of a length: "100m"
    std::size_t first = 0;   // "between" of "between 10 and 15"; else where it was read
    std::optional<Comparator> comparator{};  // of "dozens" and "20-odd"
};

class NumberReader {
public:
    NumberReader(const FactReader& read, const FactLanguage& language)
        : read_(read), words_(language), grammar_(language.grammar) {}

    /// The token after a phrase such as "on the one hand", or `i`.
    [[nodiscard]] std::size_t after_idiom(std::size_t i) const;
    /// The token after years such as "2012-13", or `i`.
    [[nodiscard]] std::size_t after_years(std::size_t i) const;
    /// The tail of "7–5", "4:30" or "9/11": a sign that touches digits stands before it.
    [[nodiscard]] bool is_tail(std::size_t i) const;
    /// "five hundred and twenty", "50 million", "a dozen", "two-thirds", "6 in 10", "10 to 15".
    [[nodiscard]] std::optional<Number> number_at(std::size_t i) const;

private:
    /// Whether a number can begin with the token; most cannot.
    [[nodiscard]] bool may_begin(std::size_t i) const;
    [[nodiscard]] std::string_view word(std::size_t i) const { return read_.word(i); }
    [[nodiscard]] bool is_mark(std::size_t i, char32_t mark) const {
        return i < read_.size() && read_.token(i).mark == mark;
    }
    [[nodiscard]] bool is_dash(std::size_t i) const {
        return is_mark(i, 0x2013) || is_mark(i, U'-');
    }

    /// What is written without an upper end.
    [[nodiscard]] std::optional<Number> single_at(std::size_t i) const;
    /// Digits and words that add up to one number.
    [[nodiscard]] std::optional<Number> amount_at(std::size_t i) const;
    /// "1,234.5", "50m", "1 234 567", "2½": the value and the token after it.
    [[nodiscard]] std::optional<Number> digits_at(std::size_t i) const;
    /// Digits and the groups of three that follow behind spaces, as one text.
    [[nodiscard]] std::string grouped(std::size_t i, std::size_t& end) const;
    [[nodiscard]] std::optional<double> with_suffix(std::string_view printed, std::size_t i) const;
    /// The suffix is a unit: "the 100m dash".
    [[nodiscard]] bool is_length(std::string_view suffix, std::size_t i) const;
    /// "1/2" and "½", beside what stands before them.
    [[nodiscard]] std::optional<Number> vulgar_at(std::size_t i) const;
    std::size_t feed_words(NumberSum& sum, std::size_t i, Number& best) const;
    [[nodiscard]] bool feed_all(NumberSum& sum, std::size_t i) const;
    /// ", five hundred" behind "two million".
    [[nodiscard]] std::size_t feed_after_comma(NumberSum& sum, std::size_t i) const;
    void add_decimals(Number& number) const;
    /// "two-thirds", "a third", "half of".
    [[nodiscard]] std::optional<Number> fraction_at(std::size_t i) const;
    /// "half an hour", "a quarter of a century".
    [[nodiscard]] std::optional<Number> part_of_one_at(std::size_t i) const;
    /// "6 in 10", "one out of five": a share of a round number.
    [[nodiscard]] std::optional<Number> ratio_at(std::size_t i) const;
    /// "dozens", "hundreds of thousands", "a couple hundred".
    [[nodiscard]] std::optional<Number> approximate_at(std::size_t i) const;
    /// "10-15", and "20-odd".
    [[nodiscard]] std::optional<Number> joined_at(std::size_t i) const;
    [[nodiscard]] std::optional<double> scale_at(std::size_t i) const;

    /// Reads the upper end behind `number`, which begins at `i`.
    void add_upper(Number& number, std::size_t i) const;
    /// The token at which the upper end begins, if one can follow.
    [[nodiscard]] std::optional<std::size_t> upper_from(const Number& number, std::size_t i) const;
    /// The token of "between" before the number at `i`.
    [[nodiscard]] std::optional<std::size_t> opening_before(std::size_t i) const;
    [[nodiscard]] bool is_change(std::size_t i) const;
    [[nodiscard]] bool is_currency(std::size_t i) const;
    /// In "2 to 3 million" the scale belongs to both ends.
    [[nodiscard]] double scaled_like(const Number& low, const Number& upper) const;

    const FactReader& read_;
    const FactLanguage& words_;
    const NumberGrammar& grammar_;
};

/// The value that digits and the signs between them write: "1,234.5", "1.234,5", "12,34,567".
/// `before_scale`: a scale follows, so that three digits behind the decimal sign are decimals.
[[nodiscard]] std::optional<double> written_value(std::string_view digits,
                                                  const NumberGrammar& grammar, bool before_scale);

}  // namespace framelens
