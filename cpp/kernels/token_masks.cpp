#include "token_masks.hpp"

#include "machine.hpp"

#include <array>

namespace framelens {
namespace {

constexpr bool is_ascii_word(unsigned c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}
constexpr bool is_ascii_space(unsigned c) {
    return c == ' ' || (c >= 9 && c <= 13) || (c >= 28 && c <= 31);
}

template <bool words>
void mask_blocks(const char* text, std::size_t blocks, std::uint64_t* masks) {
    static constexpr auto table = [] {
        std::array<std::uint8_t, 256> bits{};
        for (unsigned c = 0; c < 256; ++c) {
            bits[c] = c >= 128 || (words ? is_ascii_word(c) : !is_ascii_space(c)) ? 1 : 0;
        }
        return bits;
    }();
    for (std::size_t block = 0; block < blocks; ++block) {
        std::uint64_t mask = 0;
        for (unsigned i = 0; i < 64; ++i) {
            const auto byte = static_cast<unsigned char>(text[64 * block + i]);
            mask |= std::uint64_t{table[byte]} << i;
        }
        masks[block] = mask;
    }
}

constexpr BlockKernels portable_kernels{mask_blocks<true>, mask_blocks<false>};

#ifdef FRAMELENS_AVX2

FRAMELENS_AVX2 inline __m256i load(const void* from) {
    return _mm256_loadu_si256(static_cast<const __m256i*>(from));
}

FRAMELENS_AVX2 inline __m256i between(__m256i bytes, char low, char high) {
    return _mm256_and_si256(
        _mm256_cmpgt_epi8(bytes, _mm256_set1_epi8(static_cast<char>(low - 1))),
        _mm256_cmpgt_epi8(_mm256_set1_epi8(static_cast<char>(high + 1)), bytes));
}

FRAMELENS_AVX2 inline std::uint32_t words_of(__m256i bytes) {
    const __m256i letters = between(_mm256_or_si256(bytes, _mm256_set1_epi8(32)), 'a', 'z');
    const __m256i digits = between(bytes, '0', '9');
    const __m256i low_line = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('_'));
    const __m256i any =
        _mm256_or_si256(_mm256_or_si256(letters, digits), _mm256_or_si256(low_line, bytes));
    return static_cast<std::uint32_t>(_mm256_movemask_epi8(any));
}

FRAMELENS_AVX2 inline std::uint32_t solid_of(__m256i bytes) {
    const __m256i space = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(' '));
    const __m256i any =
        _mm256_or_si256(_mm256_or_si256(between(bytes, 9, 13), space), between(bytes, 28, 31));
    return ~static_cast<std::uint32_t>(_mm256_movemask_epi8(any));
}

FRAMELENS_AVX2 void mask_words_avx2(const char* text, std::size_t blocks, std::uint64_t* masks) {
    for (std::size_t i = 0; i < blocks; ++i) {
        masks[i] = words_of(load(text + 64 * i)) | std::uint64_t{words_of(load(text + 64 * i + 32))}
                                                       << 32U;
    }
}

FRAMELENS_AVX2 void mask_solid_avx2(const char* text, std::size_t blocks, std::uint64_t* masks) {
    for (std::size_t i = 0; i < blocks; ++i) {
        masks[i] = solid_of(load(text + 64 * i)) | std::uint64_t{solid_of(load(text + 64 * i + 32))}
                                                       << 32U;
    }
}

constexpr BlockKernels avx2_kernels{mask_words_avx2, mask_solid_avx2};

constexpr std::array all_kernels{&avx2_kernels, &portable_kernels};

#else

constexpr std::array all_kernels{&portable_kernels};

#endif

}  // namespace

const BlockKernels& block_kernels(bool portable) noexcept {
    return portable ? portable_kernels : *runnable(all_kernels).front();
}

}  // namespace framelens
