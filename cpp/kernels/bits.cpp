#include "framelens/bits.hpp"

#include "machine.hpp"

#include <array>
#include <bit>
#include <cstring>

namespace framelens {
namespace {

using WriteBits = std::uint32_t* (*)(std::uint64_t, std::uint32_t, std::uint32_t*);
using MaskOf = std::uint64_t (*)(const std::uint8_t*);

std::uint32_t* write_bits(std::uint64_t bits, std::uint32_t first, std::uint32_t* out) {
    for (; bits != 0; bits &= bits - 1) {
        *out++ = first + static_cast<std::uint32_t>(std::countr_zero(bits));
    }
    return out;
}

// The bits of 64 bytes of 0 or 1.
std::uint64_t mask_of(const std::uint8_t* bytes) {
    std::uint64_t mask = 0;
    for (unsigned i = 0; i < 8; ++i) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, bytes + 8 * i, sizeof(eight));
        // Each byte's bit moves into the highest byte, to a place of its own.
        mask |= eight * 0x0102040810204080U >> 56U << 8 * i;
    }
    return mask;
}
static_assert(std::endian::native == std::endian::little);

// Inlined into functions of each kind of machine, whose instructions `write` and `mask` may use.
template <WriteBits write>
[[gnu::always_inline]] inline std::uint32_t* write_edges_by(const std::uint64_t* masks,
                                                            std::size_t blocks,
                                                            std::uint32_t* out) {
    std::uint64_t carry = 0;
    for (std::size_t block = 0; block < blocks; ++block) {
        const std::uint64_t mask = masks[block];
        out = write(mask ^ (mask << 1U | carry), static_cast<std::uint32_t>(64 * block), out);
        carry = mask >> 63U;
    }
    return out;
}

template <WriteBits write, MaskOf mask>
[[gnu::always_inline]] inline std::uint32_t* take_marks_by(std::uint8_t* marks,
                                                           std::uint8_t* blocks,
                                                           std::uint32_t first,
                                                           std::uint32_t* out) {
    for (std::uint64_t left = mask(blocks); left != 0; left &= left - 1) {
        const auto block = static_cast<std::uint32_t>(std::countr_zero(left));
        out = write(mask(marks + 64 * block), first + 64 * block, out);
        std::memset(marks + 64 * block, 0, 64);
    }
    std::memset(blocks, 0, 64);
    return out;
}

std::uint32_t* write_edges(const std::uint64_t* masks, std::size_t blocks, std::uint32_t* out) {
    return write_edges_by<write_bits>(masks, blocks, out);
}
std::uint32_t* take_marks(std::uint8_t* marks, std::uint8_t* blocks, std::uint32_t first,
                          std::uint32_t* out) {
    return take_marks_by<write_bits, mask_of>(marks, blocks, first, out);
}

constexpr BitKernels portable_kernels{write_bits, write_edges, take_marks};

#ifdef FRAMELENS_AVX2

// How many there are cannot be foretold, so they are written eight at a time.
FRAMELENS_AVX2 inline std::uint32_t* write_bits_avx2(std::uint64_t bits, std::uint32_t first,
                                                     std::uint32_t* out) {
    std::uint32_t* const end = out + _mm_popcnt_u64(bits);
    do {
        for (unsigned i = 0; i < 8; ++i) {
            out[i] = first + static_cast<std::uint32_t>(_tzcnt_u64(bits));
            bits = _blsr_u64(bits);
        }
        out += 8;
    } while (bits != 0);
    return end;
}

FRAMELENS_AVX2 inline std::uint32_t mask_of_half(const std::uint8_t* bytes) {
    const __m256i loaded = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes));
    return static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_slli_epi16(loaded, 7)));
}
FRAMELENS_AVX2 inline std::uint64_t mask_of_avx2(const std::uint8_t* bytes) {
    return mask_of_half(bytes) | std::uint64_t{mask_of_half(bytes + 32)} << 32U;
}

FRAMELENS_AVX2 std::uint32_t* write_edges_avx2(const std::uint64_t* masks, std::size_t blocks,
                                               std::uint32_t* out) {
    return write_edges_by<write_bits_avx2>(masks, blocks, out);
}
FRAMELENS_AVX2 std::uint32_t* take_marks_avx2(std::uint8_t* marks, std::uint8_t* blocks,
                                              std::uint32_t first, std::uint32_t* out) {
    return take_marks_by<write_bits_avx2, mask_of_avx2>(marks, blocks, first, out);
}

constexpr BitKernels avx2_kernels{write_bits_avx2, write_edges_avx2, take_marks_avx2};

FRAMELENS_AVX512 inline void write_wide(__m128i bytes, __m512i base, std::uint32_t* out) {
    const __m512i wide = _mm512_maskz_cvtepu8_epi32(0xFFFF, bytes);
    _mm512_storeu_si512(out, _mm512_add_epi32(base, wide));
}

// The numbers of all bits as bytes, those of set bits moved together, then made wide.
FRAMELENS_AVX512 inline std::uint32_t* write_bits_avx512(std::uint64_t bits, std::uint32_t first,
                                                         std::uint32_t* out) {
    alignas(64) static constexpr auto numbers = [] {
        std::array<std::uint8_t, 64> all{};
        for (unsigned i = 0; i < 64; ++i) all[i] = static_cast<std::uint8_t>(i);
        return all;
    }();
    const __m512i packed = _mm512_maskz_compress_epi8(bits, _mm512_load_si512(numbers.data()));
    const __m512i base = _mm512_set1_epi32(static_cast<int>(first));
    const auto count = static_cast<std::size_t>(_mm_popcnt_u64(bits));
    write_wide(__builtin_shufflevector(packed, packed, 0, 1), base, out);
    write_wide(__builtin_shufflevector(packed, packed, 2, 3), base, out + 16);
    if (count > 32) [[unlikely]] {
        write_wide(__builtin_shufflevector(packed, packed, 4, 5), base, out + 32);
        write_wide(__builtin_shufflevector(packed, packed, 6, 7), base, out + 48);
    }
    return out + count;
}

FRAMELENS_AVX512 inline std::uint64_t mask_of_avx512(const std::uint8_t* bytes) {
    const __m512i loaded = _mm512_loadu_si512(bytes);
    return _mm512_test_epi8_mask(loaded, loaded);
}

FRAMELENS_AVX512 std::uint32_t* write_edges_avx512(const std::uint64_t* masks, std::size_t blocks,
                                                   std::uint32_t* out) {
    return write_edges_by<write_bits_avx512>(masks, blocks, out);
}
FRAMELENS_AVX512 std::uint32_t* take_marks_avx512(std::uint8_t* marks, std::uint8_t* blocks,
                                                  std::uint32_t first, std::uint32_t* out) {
    return take_marks_by<write_bits_avx512, mask_of_avx512>(marks, blocks, first, out);
}

constexpr BitKernels avx512_kernels{write_bits_avx512, write_edges_avx512, take_marks_avx512};

constexpr std::array all_kernels{&avx512_kernels, &avx2_kernels, &portable_kernels};

#else

constexpr std::array all_kernels{&portable_kernels};

#endif

}  // namespace

std::span<const BitKernels* const> all_bit_kernels() noexcept {
    return runnable(all_kernels);
}

const BitKernels& bit_kernels(bool portable) noexcept {
    return portable ? portable_kernels : *all_bit_kernels().front();
}

}  // namespace framelens
