#include "copy.hpp"

#include "machine.hpp"

#include <bit>

namespace framelens {
namespace {

template <class Unit>
Copied copy_ascii(const Unit* in, std::size_t count, char* out, const UnitRule& rule) {
    std::size_t i = 0;
    for (; i < count && in[i] < 0x80; ++i) {
        const auto c = static_cast<unsigned>(in[i]);
        out[i] = static_cast<char>(c + (rule.lower && c - 'A' < 26U ? 32U : 0U));
    }
    return {i, i};
}

constexpr CopyKernels portable_kernels{copy_ascii<std::uint8_t>, copy_ascii<std::uint8_t>,
                                       copy_ascii<std::uint16_t>, copy_ascii<std::uint32_t>};

#ifdef FRAMELENS_AVX2

template <class Unit>
Copied finish_ascii(const Unit* in, std::size_t i, std::size_t count, char* out,
                    const UnitRule& rule) {
    const std::size_t units = i + copy_ascii(in + i, count - i, out + i, rule).units;
    return {units, units};
}

FRAMELENS_AVX2 inline __m256i load(const void* from) {
    return _mm256_loadu_si256(static_cast<const __m256i*>(from));
}

// Of bytes below 128, those in 'A'..'Z' get the bit of lower case if `bit` has it.
FRAMELENS_AVX2 inline __m256i lowered(__m256i bytes, __m256i bit) {
    const __m256i shifted = _mm256_add_epi8(bytes, _mm256_set1_epi8(127 - 'Z'));
    const __m256i upper = _mm256_cmpgt_epi8(shifted, _mm256_set1_epi8(127 - 26));
    return _mm256_add_epi8(bytes, _mm256_and_si256(upper, bit));
}

FRAMELENS_AVX2 Copied copy_ascii1_avx2(const std::uint8_t* in, std::size_t count, char* out,
                                       const UnitRule& rule) {
    const __m256i bit = _mm256_set1_epi8(rule.lower ? 32 : 0);
    std::size_t i = 0;
    for (; i + 32 <= count; i += 32) {
        const __m256i bytes = load(in + i);
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + i), lowered(bytes, bit));
        const auto other = static_cast<unsigned>(_mm256_movemask_epi8(bytes));
        if (other != 0) {
            i += static_cast<std::size_t>(std::countr_zero(other));
            return {i, i};
        }
    }
    return finish_ascii(in, i, count, out, rule);
}

FRAMELENS_AVX2 Copied copy_ascii2_avx2(const std::uint16_t* in, std::size_t count, char* out,
                                       const UnitRule& rule) {
    const __m256i bit = _mm256_set1_epi8(rule.lower ? 32 : 0);
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
        if (other != 0) {
            i += static_cast<std::size_t>(std::countr_zero(other));
            return {i, i};
        }
    }
    return finish_ascii(in, i, count, out, rule);
}

constexpr CopyKernels avx2_kernels{copy_ascii1_avx2, copy_ascii1_avx2, copy_ascii2_avx2,
                                   copy_ascii<std::uint32_t>};

// Of `left` units, those that fit in `most`, as bits.
FRAMELENS_AVX512 inline std::uint64_t first_of(std::size_t left, unsigned most) {
    return _bzhi_u64(~std::uint64_t{0}, static_cast<unsigned>(left < most ? left : most));
}

FRAMELENS_AVX512 inline __m512i lowered(__m512i bytes, bool lower) {
    const __mmask64 upper =
        _mm512_cmplt_epu8_mask(_mm512_sub_epi8(bytes, _mm512_set1_epi8('A')), _mm512_set1_epi8(26));
    return _mm512_mask_add_epi8(bytes, lower ? upper : 0, bytes, _mm512_set1_epi8('a' - 'A'));
}

// 32 characters below 256, of which `two` take two bytes.
FRAMELENS_AVX512 inline void write_two(__m256i narrow, std::uint32_t two, char* out) {
    const __m512i characters = _mm512_maskz_cvtepu8_epi16(~__mmask32{0}, narrow);
    const __m512i lead = _mm512_srli_epi16(characters, 6);
    const __m512i rest = _mm512_and_si512(characters, _mm512_set1_epi16(0x3F));
    const __m512i both = _mm512_or_si512(_mm512_set1_epi16(static_cast<short>(0x80C0)),
                                         _mm512_or_si512(lead, _mm512_slli_epi16(rest, 8)));
    const std::uint64_t kept = 0x5555555555555555U | _pdep_u64(two, 0xAAAAAAAAAAAAAAAAU);
    const __m512i bytes = _mm512_mask_mov_epi16(characters, two, both);
    _mm512_storeu_si512(out, _mm512_maskz_compress_epi8(kept, bytes));
}

// Up to 64 characters below 256; those behind are 0. Returns the number of bytes beyond theirs.
FRAMELENS_AVX512 inline std::size_t write_latin(__m512i characters, const UnitRule& rule,
                                                char* out) {
    __m512i written = lowered(characters, rule.lower);
    std::uint64_t two = _mm512_movepi8_mask(characters);
    if (two != 0) {
        const __m512i replaced =
            _mm512_permutex2var_epi8(_mm512_load_si512(rule.latin.data()), characters,
                                     _mm512_load_si512(rule.latin.data() + 64));
        written = _mm512_mask_mov_epi8(written, two, replaced);
        two = _mm512_movepi8_mask(written);
    }
    if (two == 0) {
        _mm512_storeu_si512(out, written);
        return 0;
    }
    const auto low = static_cast<std::uint32_t>(two);
    const auto high = static_cast<std::uint32_t>(two >> 32U);
    write_two(__builtin_shufflevector(written, written, 0, 1, 2, 3), low, out);
    write_two(__builtin_shufflevector(written, written, 4, 5, 6, 7), high,
              out + 32 + _mm_popcnt_u32(low));
    return static_cast<std::size_t>(_mm_popcnt_u64(two));
}

// Texts come from main memory, faster than the processor asks by itself.
FRAMELENS_AVX512 inline void ask_for(const void* from) {
    constexpr std::ptrdiff_t ahead = 2048;
    _mm_prefetch(static_cast<const char*>(from) + ahead, _MM_HINT_T0);
}

FRAMELENS_AVX512 Copied copy_latin(const std::uint8_t* in, std::size_t count, char* out,
                                   const UnitRule& rule) {
    Copied copied;
    for (; copied.units < count; copied.units += 64) {
        ask_for(in + copied.units);
        const std::uint64_t here = first_of(count - copied.units, 64);
        const __m512i characters = _mm512_maskz_loadu_epi8(here, in + copied.units);
        copied.bytes += write_latin(characters, rule, out + copied.bytes);
        copied.bytes += static_cast<std::size_t>(_mm_popcnt_u64(here));
    }
    copied.units = count;
    return copied;
}

// Up to 16 characters of any script, each by the table. Returns how far it came.
FRAMELENS_AVX512 inline Copied write_any(const std::uint16_t* in, std::size_t count,
                                         const UnitRule& rule, char* out) {
    const auto here = static_cast<__mmask16>(first_of(count, 16));
    const __m512i units = _mm512_maskz_cvtepu16_epi32(here, _mm256_maskz_loadu_epi16(here, in));
    const __m512i c = _mm512_and_si512(
        _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), here, units, rule.table.data(), 2),
        _mm512_set1_epi32(0xFFFF));
    const std::uint32_t special = _mm512_cmpeq_epi32_mask(c, _mm512_set1_epi32(UnitRule::special));
    const std::uint32_t written = special == 0 ? here : here & (special - 1) & ~special;
    const std::uint32_t two =
        _mm512_mask_cmpge_epu32_mask(static_cast<__mmask16>(written), c, _mm512_set1_epi32(0x80));
    const std::uint32_t three =
        _mm512_mask_cmpge_epu32_mask(static_cast<__mmask16>(written), c, _mm512_set1_epi32(0x800));
    const __m512i low_bits = _mm512_set1_epi32(0x3F);
    const __m512i first = _mm512_maskz_srli_epi32(0xFFFF, c, 12);
    const __m512i second = _mm512_maskz_srli_epi32(0xFFFF, c, 6);
    const __m512i last = _mm512_and_si512(c, low_bits);
    const __m512i of_two =
        _mm512_or_si512(_mm512_set1_epi32(0x80C0),
                        _mm512_or_si512(second, _mm512_maskz_slli_epi32(0xFFFF, last, 8)));
    const __m512i middle = _mm512_maskz_slli_epi32(0xFFFF, _mm512_and_si512(second, low_bits), 8);
    const __m512i of_three =
        _mm512_or_si512(_mm512_or_si512(_mm512_set1_epi32(0x8080E0), first),
                        _mm512_or_si512(middle, _mm512_maskz_slli_epi32(0xFFFF, last, 16)));
    const __m512i bytes =
        _mm512_mask_mov_epi32(_mm512_mask_mov_epi32(c, static_cast<__mmask16>(two), of_two),
                              static_cast<__mmask16>(three), of_three);
    const std::uint64_t kept = _pdep_u64(written, 0x1111111111111111U) |
                               _pdep_u64(two, 0x2222222222222222U) |
                               _pdep_u64(three, 0x4444444444444444U);
    _mm512_storeu_si512(out, _mm512_maskz_compress_epi8(kept, bytes));
    return {static_cast<std::size_t>(_mm_popcnt_u32(written)),
            static_cast<std::size_t>(_mm_popcnt_u64(kept))};
}

// Of 32 units, those that neither are below 256 nor become spaces, which they are made into.
FRAMELENS_AVX512 inline std::uint32_t take_punctuation(__m512i& units, const UnitRule& rule) {
    const __mmask32 above = _mm512_cmpgt_epu16_mask(units, _mm512_set1_epi16(0xFF));
    if (above == 0 || !rule.punctuation) return above;
    const __mmask32 marks = _mm512_cmplt_epu16_mask(
        _mm512_sub_epi16(units, _mm512_set1_epi16(0x2000)), _mm512_set1_epi16(0x70));
    units = _mm512_mask_mov_epi16(units, marks, _mm512_set1_epi16(' '));
    return above & ~marks;
}

FRAMELENS_AVX512 Copied copy_plane(const std::uint16_t* in, std::size_t count, char* out,
                                   const UnitRule& rule) {
    alignas(64) static constexpr auto even = [] {
        std::array<std::uint8_t, 64> bytes{};
        for (unsigned i = 0; i < 64; ++i) bytes[i] = static_cast<std::uint8_t>(2 * i);
        return bytes;
    }();
    Copied copied;
    while (copied.units < count) {
        const std::uint16_t* const from = in + copied.units;
        ask_for(from);
        ask_for(from + 32);
        const std::uint64_t here = first_of(count - copied.units, 64);
        __m512i a = _mm512_maskz_loadu_epi16(static_cast<__mmask32>(here), from);
        __m512i b = _mm512_maskz_loadu_epi16(static_cast<__mmask32>(here >> 32U), from + 32);
        if ((take_punctuation(a, rule) | take_punctuation(b, rule)) == 0) {
            const __m512i latin = _mm512_permutex2var_epi8(a, _mm512_load_si512(even.data()), b);
            const auto units = static_cast<std::size_t>(_mm_popcnt_u64(here));
            copied.bytes += units + write_latin(latin, rule, out + copied.bytes);
            copied.units += units;
            continue;
        }
        const Copied some = write_any(from, count - copied.units, rule, out + copied.bytes);
        copied.units += some.units;
        copied.bytes += some.bytes;
        if (some.units < 16) break;
    }
    return copied;
}

FRAMELENS_AVX512 inline std::uint64_t bytes_that_are(__m512i bytes, unsigned char byte) {
    return _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(static_cast<char>(byte)));
}

// Of 64 bytes of UTF-8, where U+2000 to U+206F begin: E2 80 80 to E2 81 AF.
FRAMELENS_AVX512 inline std::uint64_t find_punctuation(__m512i bytes, const std::uint8_t* in,
                                                       std::size_t left) {
    const __m512i second = _mm512_maskz_loadu_epi8(first_of(left - 1, 64), in + 1);
    const __m512i third = _mm512_maskz_loadu_epi8(first_of(left < 2 ? 0 : left - 2, 64), in + 2);
    const __mmask64 early =
        _mm512_cmplt_epu8_mask(third, _mm512_set1_epi8(static_cast<char>(0xB0)));
    return bytes_that_are(bytes, 0xE2) &
           (bytes_that_are(second, 0x80) | (bytes_that_are(second, 0x81) & early));
}

// ASCII, and general punctuation where that becomes spaces: one for each of its three bytes.
FRAMELENS_AVX512 Copied copy_utf8(const std::uint8_t* in, std::size_t count, char* out,
                                  const UnitRule& rule) {
    std::uint64_t open = 0;  // bytes of a character that began before
    for (std::size_t i = 0; i < count; i += 64) {
        ask_for(in + i);
        const std::size_t left = count - i;
        const __m512i bytes = _mm512_maskz_loadu_epi8(first_of(left, 64), in + i);
        const std::uint64_t beyond = _mm512_movepi8_mask(bytes);
        std::uint64_t spaces = open;
        open = 0;
        if (rule.punctuation && (beyond & ~spaces) != 0) {
            const std::uint64_t begins = find_punctuation(bytes, in + i, left);
            spaces |= begins | begins << 1U | begins << 2U;
            open = begins >> 63U << 1U | begins >> 63U | (begins >> 62U & 1U);
        }
        _mm512_storeu_si512(out + i, _mm512_mask_mov_epi8(lowered(bytes, rule.lower), spaces,
                                                          _mm512_set1_epi8(' ')));
        if ((beyond & ~spaces) != 0) {
            i += static_cast<std::size_t>(std::countr_zero(beyond & ~spaces));
            return {i, i};
        }
    }
    return {count, count};
}

constexpr CopyKernels avx512_kernels{copy_utf8, copy_latin, copy_plane, copy_ascii<std::uint32_t>,
                                     true};

constexpr std::array all_kernels{&avx512_kernels, &avx2_kernels, &portable_kernels};

#else

constexpr std::array all_kernels{&portable_kernels};

#endif

}  // namespace

std::span<const CopyKernels* const> all_copy_kernels() noexcept {
    return runnable(all_kernels);
}

const CopyKernels& copy_kernels(bool portable) noexcept {
    return portable ? portable_kernels : *all_copy_kernels().front();
}

}  // namespace framelens
