// Quotations of several paragraphs that only the first opens and only the last closes, as pages
// set them off. Internal to the room `marks`.
#pragma once

#include "framelens/marks.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace framelens::marks_detail {

/// Bytes at which a mark may start.
[[nodiscard]] constexpr std::array<bool, 256> make_candidates() {
    std::array<bool, 256> table{};
    for (const char c : {'"', '\'', '`'}) table[static_cast<std::size_t>(c)] = true;
    for (const int lead : {0xE2, 0xC2, 0xE3}) table[static_cast<std::size_t>(lead)] = true;
    return table;
}

/// A paragraph in which a double mark is left without a partner, or that begins with a mark.
struct Loose {
    enum class Side : std::uint8_t {
        opening,  // nothing but one opening mark is left over
        closing,  // nothing but one closing mark, at the paragraph's end
        other
    };
    std::int32_t paragraph = 0;
    Side side = Side::other;
};

/// Paragraphs `first` to `last`, both included.
struct BlockQuotation {
    std::int32_t first = 0;
    std::int32_t last = 0;
};

/// `loose` in order of paragraphs. An opening and the next closing one belong together where they
/// are not far apart and nothing else is amiss between them.
[[nodiscard]] std::vector<BlockQuotation> find_block_quotations(const std::vector<Loose>& loose);

/// Adds the spans that were closed, in order of their start, with parents and depths.
void nest(std::vector<MarkedSpan>& found, std::vector<MarkedSpan>& result);

/// Puts spans among the marks of a text, which nest anew. No two may overlap without nesting.
void insert(const std::vector<MarkedSpan>& added, std::vector<MarkedSpan>& marks);

}  // namespace framelens::marks_detail
