// Lines that a fixed width cut out of paragraphs, as archives and mails print them.
#pragma once

#include "framelens/types.hpp"
#include "framelens/unicode_plain.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace framelens {

struct Language;

/// A line end inside a paragraph, with the white space around it.
struct SoftBreak {
    Span span;
    bool joins_word = false;  // behind a hyphen: both halves are one word
};

/// Line ends that a fixed width put inside paragraphs, in text order; none where the lines of a text
/// are not wrapped regularly. Paragraphs are set apart by blank lines, or by their indent. Lines are
/// wrapped where one width explains their ends: they fit into it, and the first word of the next
/// line would not have fitted. Verses, lists and turns of a dialogue end before that.
/// Requires valid UTF-8. Cost: linear.
[[nodiscard]] std::vector<SoftBreak> find_soft_breaks(std::string_view text,
                                                      const Language& language);

/// Puts a space, or within a word nothing, for the line ends inside paragraphs of `text`, which is
/// the one that was given, and returns them. The first `title_end` bytes, its title, stay apart.
std::vector<SoftBreak> unwrap(std::string& text, GivenText& given, const Language& language,
                              std::int64_t title_end = 0);

}  // namespace framelens
