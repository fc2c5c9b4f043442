// The lines of a page, and their places on it.
#pragma once

#include "framelens/types.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace framelens {

/// A line that is not blank, and its place on the page.
struct PrintedLine {
    Span span;                    // without the white space around it
    std::int64_t indent = 0;      // columns, a tab being one
    std::int64_t tabs = 0;        // in the indent
    std::int64_t width = 0;       // columns, with the indent
    std::int64_t first_word = 0;  // columns
    std::int32_t block = 0;       // lines without a blank line between them have one number
    bool single_word = false;
};

/// Code points of valid UTF-8.
[[nodiscard]] std::int64_t count_columns(std::string_view text);

/// The first space of a line, of any kind only where it has none of ASCII: others join words.
[[nodiscard]] std::size_t find_space(std::string_view line);

/// The lines of a page that are not blank, not measured yet. Requires valid UTF-8. Cost: linear.
[[nodiscard]] std::vector<PrintedLine> read_lines(std::string_view text);

}  // namespace framelens
