// Sizes of large inputs.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace framelens::testing {

/// Each how many-th of very many inputs is tried. Under the sanitizers one in twenty: they are
/// there to see every path, not to be waited for; a release build tries all.
#ifdef __SANITIZE_ADDRESS__
constexpr int stride = 20;
#else
constexpr int stride = 1;
#endif

/// How often a piece comes in a large text, or how many of very many inputs are tried.
constexpr std::size_t large(std::size_t times) {
    return times / stride;
}

inline std::string repeat(std::string_view piece, std::size_t times) {
    std::string out;
    out.reserve(piece.size() * times);
    for (std::size_t i = 0; i < times; ++i) out += piece;
    return out;
}

}  // namespace framelens::testing
