#include "framelens/marks_blocks.hpp"

#include <cstddef>

namespace framelens::marks_detail {

std::vector<BlockQuotation> find_block_quotations(const std::vector<Loose>& loose) {
    constexpr std::int32_t farthest = 8;  // paragraphs
    std::vector<BlockQuotation> found;
    for (std::size_t i = 0; i + 1 < loose.size(); ++i) {
        const Loose& opening = loose[i];
        const Loose& closing = loose[i + 1];
        if (opening.side != Loose::Side::opening || closing.side != Loose::Side::closing) continue;
        if (closing.paragraph - opening.paragraph > farthest) continue;
        found.push_back({opening.paragraph, closing.paragraph});
    }
    return found;
}

}  // namespace framelens::marks_detail
