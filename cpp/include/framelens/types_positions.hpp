// Positions, which are signed here, as the containers of the library take them.
#pragma once

#include <cstddef>
#include <cstdint>

namespace framelens {

/// The position as an index. Requires position >= 0.
[[nodiscard]] constexpr std::size_t at(std::int64_t position) noexcept {
    return static_cast<std::size_t>(position);
}

}  // namespace framelens
