// Which bytes of a block belong to a run, in a portable and a vector form with the same results.
#pragma once

#include <cstddef>
#include <cstdint>

namespace framelens {

struct BlockKernels {
    /// One bit a byte, 64 a block: letters, digits, "_" and all that is not ASCII.
    void (*mask_words)(const char* text, std::size_t blocks, std::uint64_t* masks);
    /// The same for all but ASCII white space as Python's `str.isspace()` has it.
    void (*mask_solid)(const char* text, std::size_t blocks, std::uint64_t* masks);
};

/// The fastest kernels that this machine can run, or the portable ones.
[[nodiscard]] const BlockKernels& block_kernels(bool portable) noexcept;

}  // namespace framelens
