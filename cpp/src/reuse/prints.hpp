// Which texts may share copy: fingerprints of runs of words, and the pairs that have many alike.
#pragma once

#include "framelens/parallel.hpp"
#include "framelens/types.hpp"
#include "framelens/types_hash.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace framelens {

/// Two texts by their numbers, a before b.
struct TextPair {
    std::int32_t a = 0;
    std::int32_t b = 0;
};

/// Hash of up to 16 bytes, zeros behind the last.
[[nodiscard]] inline std::uint64_t hash_short(std::uint64_t low, std::uint64_t high) noexcept {
    return mix(low ^ golden, high ^ silver);
}
[[nodiscard]] std::uint64_t hash_other_word(std::string_view word);

/// Hash of a lower-cased word in UTF-8, folded if it is not ASCII. `word` is not empty and followed
/// by `after_a_word` readable bytes or more.
inline constexpr std::size_t after_a_word = 16;
[[nodiscard]] inline std::uint64_t hash_word(std::string_view word) {
    if (word.size() <= 8) [[likely]] {
        const std::uint64_t low =
            load8(word.data()) & (~std::uint64_t{0} >> (64 - 8 * word.size()));
        if ((low & 0x8080808080808080ULL) == 0) [[likely]]
            return hash_short(low, 0);
    } else if (word.size() <= 16) {
        const std::uint64_t low = load8(word.data());
        const std::uint64_t high =
            load8(word.data() + 8) & (~std::uint64_t{0} >> (128 - 8 * word.size()));
        if (((low | high) & 0x8080808080808080ULL) == 0) return hash_short(low, high);
    }
    return hash_other_word(word);
}

/// Hashes of all runs of `length` words: cyclic polynomials of the words' hashes (Cohen 1997).
template <class Hash>
void hash_runs(const std::vector<Hash>& words, std::size_t length,
               std::vector<std::uint64_t>& runs) {
    // Of 32 bits, both halves.
    const auto spread = [](Hash word) {
        return sizeof(Hash) == 8 ? std::uint64_t{word} : word * golden;
    };
    runs.resize(words.size() < length ? 0 : words.size() - length + 1);
    if (runs.empty()) return;
    std::uint64_t hash = 0;
    for (std::size_t i = 0; i + 1 < length; ++i) hash = std::rotl(hash, 1) ^ spread(words[i]);
    const auto turn = static_cast<int>(length % 64);
    for (std::size_t i = 0; i < runs.size(); ++i) {
        hash = std::rotl(hash, 1) ^ spread(words[i + length - 1]);
        runs[i] = hash;
        hash ^= std::rotl(spread(words[i]), turn - 1);
    }
}

/// Pairs of texts of whose fingerprints enough are alike that the texts may share the part
/// `threshold` of the shorter one, by a, then b. Fingerprints are winnowed hashes of runs of `length`
/// words (Schleimer, Wilkerson and Aiken 2003).
/// Errors: EncodingError with the text's number; `Interrupted`. Cost: one pass over the texts.
[[nodiscard]] std::vector<TextPair> candidates_of(std::span<const TextView> texts,
                                                  std::size_t length, double threshold,
                                                  const Run& run);

}  // namespace framelens
