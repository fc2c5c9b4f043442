// Lines of a text, cut at every mandatory break of Unicode.
#pragma once

#include "framelens/types.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace framelens {

/// The lines that are not blank, in text order, without the white space around them. Lines end at
/// LF, CR, VT, FF, NEL (U+0085), U+2028 and U+2029. The text's first `title_end` bytes, where it is
/// known to begin with its title, are one line, whatever breaks stand in them or behind. Only the
/// first `most` lines are looked for.
/// Requires valid UTF-8. Cost: one pass.
[[nodiscard]] std::vector<Span> find_lines(
    std::string_view text, std::int64_t title_end = 0,
    std::size_t most = std::numeric_limits<std::size_t>::max());

}  // namespace framelens
