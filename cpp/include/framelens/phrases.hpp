// A set of folded phrases, and where a text has one of them as whole words.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace framelens {

/// Phrases as unicode's `fold` writes them. A phrase that begins or ends in a letter or digit is
/// found where a word begins or ends there; one with a sign at its end ("related:") needs no more.
/// The `may_` functions read text that is *not* folded: false is certain, true is a reason to
/// fold and look closer. Errors: none; an empty set has nothing.
class PhraseSet {
public:
    PhraseSet() = default;
    explicit PhraseSet(std::vector<std::string> phrases);

    [[nodiscard]] const std::vector<std::string>& phrases() const noexcept { return phrases_; }

    [[nodiscard]] bool may_start(std::string_view text) const noexcept;
    [[nodiscard]] bool may_be_in(std::string_view text) const noexcept;
    [[nodiscard]] bool may_end(std::string_view text) const noexcept;

    /// The text is a phrase.
    [[nodiscard]] bool has(std::string_view folded) const;
    /// The text begins with a phrase.
    [[nodiscard]] bool has_start_of(std::string_view folded) const;
    /// A phrase stands anywhere in the text. Cost: one look-up a word.
    [[nodiscard]] bool has_part_of(std::string_view folded) const;
    /// The text ends with a phrase.
    [[nodiscard]] bool has_end_of(std::string_view folded) const;

private:
    static constexpr std::size_t sketch_bits = 4096;

    bool may_begin_at(std::string_view text, std::size_t at) const noexcept;

    std::vector<std::string> phrases_;
    // A view finds a string.
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept {
            return std::hash<std::string_view>{}(text);
        }
    };
    std::unordered_map<std::string, std::vector<std::size_t>, Hash, std::equal_to<>>
        by_first_word_;                    // indices into phrases_
    std::bitset<sketch_bits> beginnings_;  // hashes of the phrases' first four bytes
    std::bitset<sketch_bits> sketch_;      // of their first words
    std::bitset<sketch_bits> end_sketch_;  // of how they end
};

}  // namespace framelens
