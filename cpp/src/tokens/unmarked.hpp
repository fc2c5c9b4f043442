// Quotations that lack marks. Internal to the room `tokens`.
#pragma once

#include "framelens/tokens.hpp"

#include <cstdint>
#include <vector>

namespace framelens {

/// Adds to the marks of a text, whose tokens are read, what is quoted without a pair of them:
/// - block quotations, as pages print them indented: "She wrote:" at a line's end, and the line
///   behind it. Where a blank line stands between, so do the lines after that one up to the next
///   blank line.
/// - lines behind ">", as mails and pages quote.
/// - the last sentence of a paragraph where its closing mark has lost the opening one; of "he said
///   that they go.”" what is said.
/// Marks inside them nest. `mark_starts` are the `mark_positions` of the text. Cost: linear.
void add_unmarked_quotations(SegmentedText& text, const std::vector<std::int64_t>& mark_starts);

}  // namespace framelens
