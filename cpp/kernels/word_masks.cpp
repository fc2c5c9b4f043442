#include "word_masks.hpp"

#include "machine.hpp"

namespace framelens {
namespace {

void mask_words(const char* text, std::size_t blocks, const WordSets& sets, WordMasks* masks) {
    for (std::size_t block = 0; block < blocks; ++block) {
        WordMasks mask;
        for (unsigned i = 0; i < 64; ++i) {
            const auto byte = static_cast<unsigned char>(text[64 * block + i]);
            const unsigned high = byte >> 4U;
            const unsigned low = byte & 0x0FU;
            mask.words |= std::uint64_t{(sets.words[low] >> high) & 1U} << i;
            mask.marks |= std::uint64_t{(sets.marks[low] >> high) & 1U} << i;
            mask.beyond_ascii |= std::uint64_t{high >> 3U} << i;
        }
        masks[block] = mask;
    }
}

#ifdef FRAMELENS_AVX2

FRAMELENS_AVX2 inline __m256i load_twice(const std::array<std::uint8_t, 16>& bytes) {
    return _mm256_broadcastsi128_si256(
        _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes.data())));
}

// Bits of bytes that have one of `bits` in their row.
FRAMELENS_AVX2 inline std::uint32_t members(__m256i rows, __m256i bytes, __m256i bits) {
    const __m256i row = _mm256_shuffle_epi8(rows, bytes);
    const __m256i none = _mm256_cmpeq_epi8(_mm256_and_si256(row, bits), _mm256_setzero_si256());
    return ~static_cast<std::uint32_t>(_mm256_movemask_epi8(none));
}

FRAMELENS_AVX2 void mask_words_avx2(const char* text, std::size_t blocks, const WordSets& sets,
                                    WordMasks* masks) {
    // The bit of a high half; none for bytes beyond ASCII.
    const __m256i high_bits = load_twice({1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0});
    const __m256i words = load_twice(sets.words);
    const __m256i marks = load_twice(sets.marks);
    const __m256i low_half = _mm256_set1_epi8(0x0F);
    for (std::size_t block = 0; block < blocks; ++block) {
        WordMasks mask;
        for (unsigned half = 0; half < 2; ++half) {
            const __m256i bytes =
                _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text + 64 * block + 32 * half));
            const __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), low_half);
            const __m256i bits = _mm256_shuffle_epi8(high_bits, high);
            const unsigned shift = 32 * half;
            mask.words |= std::uint64_t{members(words, bytes, bits)} << shift;
            mask.marks |= std::uint64_t{members(marks, bytes, bits)} << shift;
            const auto sign = static_cast<std::uint32_t>(_mm256_movemask_epi8(bytes));
            mask.beyond_ascii |= std::uint64_t{sign} << shift;
        }
        masks[block] = mask;
    }
}

constexpr std::array<MaskWords, 2> all_maskers{mask_words_avx2, mask_words};

#else

constexpr std::array<MaskWords, 1> all_maskers{mask_words};

#endif

}  // namespace

MaskWords word_masker(bool portable) noexcept {
    return portable ? mask_words : runnable(all_maskers).front();
}

}  // namespace framelens
