#include "tokens_blocks.hpp"

#include <array>
#include <bit>

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define FRAMELENS_AVX2 __attribute__((target("avx2,bmi")))
#include <immintrin.h>
#endif

namespace framelens {
namespace {

constexpr bool is_ascii_word(unsigned c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}
constexpr bool is_ascii_space(unsigned c) {
    return c == ' ' || (c >= 9 && c <= 13) || (c >= 28 && c <= 31);
}

template <class Unit>
std::size_t copy_ascii(const Unit* in, std::size_t count, char* out, bool lower) {
    std::size_t i = 0;
    for (; i < count && in[i] < 0x80; ++i) {
        const auto c = static_cast<unsigned>(in[i]);
        out[i] = static_cast<char>(c + (lower && c - 'A' < 26U ? 32U : 0U));
    }
    return i;
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

constexpr BlockKernels portable_kernels{copy_ascii<std::uint8_t>, copy_ascii<std::uint16_t>,
                                        copy_ascii<std::uint32_t>, mask_blocks<true>,
                                        mask_blocks<false>};

#ifdef FRAMELENS_AVX2

FRAMELENS_AVX2 inline __m256i load(const void* from) {
    return _mm256_loadu_si256(static_cast<const __m256i*>(from));
}

// Of bytes below 128, those in 'A'..'Z' get the bit of lower case if `bit` has it.
FRAMELENS_AVX2 inline __m256i lowered(__m256i bytes, __m256i bit) {
    const __m256i shifted = _mm256_add_epi8(bytes, _mm256_set1_epi8(127 - 'Z'));
    const __m256i upper = _mm256_cmpgt_epi8(shifted, _mm256_set1_epi8(127 - 26));
    return _mm256_add_epi8(bytes, _mm256_and_si256(upper, bit));
}

FRAMELENS_AVX2 std::size_t copy_ascii1_avx2(const std::uint8_t* in, std::size_t count, char* out,
                                            bool lower) {
    const __m256i bit = _mm256_set1_epi8(lower ? 32 : 0);
    std::size_t i = 0;
    for (; i + 32 <= count; i += 32) {
        const __m256i bytes = load(in + i);
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + i), lowered(bytes, bit));
        const auto other = static_cast<unsigned>(_mm256_movemask_epi8(bytes));
        if (other != 0) return i + static_cast<std::size_t>(std::countr_zero(other));
    }
    return i + copy_ascii(in + i, count - i, out + i, lower);
}

FRAMELENS_AVX2 std::size_t copy_ascii2_avx2(const std::uint16_t* in, std::size_t count, char* out,
                                            bool lower) {
    const __m256i bit = _mm256_set1_epi8(lower ? 32 : 0);
    const __m256i high = _mm256_set1_epi16(static_cast<short>(0xFF80));
    const __m256i zero = _mm256_setzero_si256();
    std::size_t i = 0;
    for (; i + 32 <= count; i += 32) {
        const __m256i a = load(in + i);
        const __m256i b = load(in + i + 16);
        const __m256i bytes = _mm256_permute4x64_epi64(_mm256_packus_epi16(a, b), 0xD8);
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + i), lowered(bytes, bit));
        const __m256i plain_a = _mm256_cmpeq_epi16(_mm256_and_si256(a, high), zero);
        const __m256i plain_b = _mm256_cmpeq_epi16(_mm256_and_si256(b, high), zero);
        const __m256i plain = _mm256_permute4x64_epi64(_mm256_packs_epi16(plain_a, plain_b), 0xD8);
        const auto other = ~static_cast<unsigned>(_mm256_movemask_epi8(plain));
        if (other != 0) return i + static_cast<std::size_t>(std::countr_zero(other));
    }
    return i + copy_ascii(in + i, count - i, out + i, lower);
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

constexpr BlockKernels avx2_kernels{copy_ascii1_avx2, copy_ascii2_avx2, copy_ascii<std::uint32_t>,
                                    mask_words_avx2, mask_solid_avx2};

#endif

}  // namespace

const BlockKernels& block_kernels(bool portable) noexcept {
#ifdef FRAMELENS_AVX2
    if (!portable && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi")) {
        return avx2_kernels;
    }
#else
    static_cast<void>(portable);
#endif
    return portable_kernels;
}

}  // namespace framelens
