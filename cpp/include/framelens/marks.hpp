// Quotation marks, paired: which stretches of a text stand between marks, and how they nest.
#pragma once

#include "framelens/segment.hpp"
#include "framelens/types.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace framelens {

/// A stretch between a pair of quotation marks, in one paragraph; or a paragraph that is quoted
/// without any, whose `inner` and `outer` are the same.
struct MarkedSpan {
    Span inner;                          // without the marks
    Span outer;                          // with them
    std::optional<std::int32_t> parent;  // index of the span that it is nested in
    std::int32_t depth = 0;              // 0 outside of all others
    bool open_ended = false;  // no closing mark: the quotation goes on to the paragraph's end
    std::optional<std::int32_t> turn{};  // index into SegmentedText::turns: who says it all

    /// Quoted without marks; inside a quotation that goes on, paragraphs have none either.
    [[nodiscard]] bool is_set_off() const noexcept { return inner == outer && !open_ended; }
};

/// Pairs “ ” ‘ ’ " ' « » ‹ › „ ‚ 「 」 『 』 `` '' and doubled single marks; nested. Apostrophes are
/// not marks. A mark that finds no partner in its paragraph is left out; but an opening mark
/// reaches to the paragraph's end where the next paragraph opens again, or where it opens the
/// paragraph and no other mark is left over.
/// Shapes: in order of `outer.start`. Cost: linear in the text, with any number of marks.
[[nodiscard]] std::vector<MarkedSpan> pair_marks(std::string_view text, const Segments& segments);

/// True if a mark of a pair stands at byte `pos`.
[[nodiscard]] bool is_paired_mark(const std::vector<std::int64_t>& mark_starts, std::int64_t pos);

/// Byte offsets of all paired marks, sorted: what `is_paired_mark` searches.
[[nodiscard]] std::vector<std::int64_t> mark_positions(const std::vector<MarkedSpan>& marks);

}  // namespace framelens
