// Parts of speech by a linear tagger, from left to right; tools/train_tagger.py learns its weights.
#pragma once

#include "framelens/tokens.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace framelens {

/// Universal parts of speech, with verbs by their form. The order is that of the weights' file.
enum class Part : std::uint8_t {
    other,
    noun,
    proper_noun,
    pronoun,
    determiner,
    adjective,
    adverb,
    adposition,
    auxiliary,
    finite_verb,
    base_verb,
    past_participle,
    ing_verb,
    number,
    conjunction,
    subordinator,
    particle,
    punctuation,
};
inline constexpr std::size_t part_count = 18;

/// What the tagger sees of a token, hashed. `fixed` does not depend on the tags of its neighbours;
/// the others go with the tags of the two tokens before it.
struct TokenFeatures {
    static constexpr std::size_t fixed_count = 16;
    static constexpr std::size_t tagged_count = 5;

    std::array<std::uint32_t, fixed_count> fixed{};
    std::uint32_t word = 0;
    std::uint32_t ending = 0;
    std::uint32_t next = 0;

    [[nodiscard]] std::array<std::uint32_t, tagged_count> after(Part before,
                                                                Part second) const noexcept;
};

/// The features of the tokens of one sentence. Cost: linear in the bytes of its words.
[[nodiscard]] std::vector<TokenFeatures> features_of(const SegmentedText& text, std::int32_t first,
                                                     std::int32_t end);

/// The weights, sparse: of each bucket of features some parts.
class Tagger {
public:
    static constexpr std::string_view format = "framelens-tagger/1\n";
    static constexpr std::uint32_t buckets = 1U << 17U;

    /// Reads the weights. Shapes: behind `format` the number of weights (four bytes, the lowest
    /// first), the gaps between their places (seven bits a byte, the lowest first, all but the last
    /// byte with the eighth bit), and the weights, a signed byte each. A place is a bucket times
    /// `part_count` plus a part.
    /// Errors: SchemaError where the bytes are not such a file.
    [[nodiscard]] static Tagger from_bytes(std::string_view bytes);

    /// The parts of the tokens from `first` on, which are one sentence, into `parts`.
    /// Cost: linear, some 150 ns a token.
    void tag(const SegmentedText& text, std::int32_t first, std::span<Part> parts) const;

private:
    struct Weight {
        Part part = Part::other;
        std::int8_t value = 0;
    };
    using Sums = std::array<std::int32_t, part_count>;

    void add(std::uint32_t feature, Sums& sums) const noexcept;

    std::vector<std::uint32_t> first_;  // of each bucket's weights; one more entry than buckets
    std::vector<Weight> weights_;
};

}  // namespace framelens
