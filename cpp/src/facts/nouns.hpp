// The noun that a number counts.
#pragma once

#include "reader.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace framelens {

class NounFinder {
public:
    NounFinder(const FactReader& read, const FactLanguage& language)
        : read_(read), words_(language) {}

    /// The token of the noun that a number right before `first` counts; `one`: in the singular.
    [[nodiscard]] std::optional<std::size_t> noun_from(std::size_t first, bool one) const;
    /// The token after "more" and "other", which stand between a number and its noun.
    [[nodiscard]] std::size_t after_fillers(std::size_t i) const;
    /// The word at `i` can be what more than one is counted of.
    [[nodiscard]] bool is_counted_noun(std::size_t i) const;

private:
    [[nodiscard]] std::string_view word(std::size_t i) const { return read_.word(i); }
    [[nodiscard]] std::optional<std::size_t> head_from(std::size_t first, bool one) const;
    [[nodiscard]] bool ends_noun(std::size_t i) const;
    /// A word that is none of what "one" counts: "one ever", "one actually".
    [[nodiscard]] bool ends_one(std::size_t i) const;
    /// "call" of "one phone call": behind "one" a verb has another form.
    [[nodiscard]] bool is_noun_of_one(std::size_t i) const;
    /// "House and" of "House and Senate members": adjectives may be joined.
    [[nodiscard]] bool joins_adjectives(std::size_t i, std::size_t first) const;

    const FactReader& read_;
    const FactLanguage& words_;
};

}  // namespace framelens
