// Titles that stand in the text itself, as its first line.
#pragma once

#include "framelens/types.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace framelens {

struct Language;

/// The first line of a text that goes on behind it.
struct FirstLine {
    std::int64_t end = 0;
    bool title = false;      // its form is a title's, also behind a rubric: "OPINION: ..."
    bool may_title = false;  // short enough: a title where its source prints titles
};

/// All false for a text of one line. Requires valid UTF-8. Cost: linear in the first line.
[[nodiscard]] FirstLine read_first_line(std::string_view text, const Language& language);

/// Whether a source prints titles above its texts: three documents and more, and most of them begin
/// with a line whose form is a title's. Then questions and sentences with a full stop are
/// titles too where they stand first.
[[nodiscard]] bool prints_titles(std::span<const FirstLine> documents);

}  // namespace framelens
