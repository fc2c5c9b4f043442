#include "framelens/marks.hpp"
#include "framelens/marks_blocks.hpp"

#include <algorithm>
#include <utility>

namespace framelens {

void marks_detail::nest(std::vector<MarkedSpan>& found, std::vector<MarkedSpan>& result) {
    std::vector<std::int32_t> open;
    for (MarkedSpan& span : found) {
        if (span.inner.size() <= 0) continue;
        while (!open.empty() &&
               result[static_cast<std::size_t>(open.back())].outer.end <= span.outer.start) {
            open.pop_back();
        }
        span.depth = static_cast<std::int32_t>(open.size());
        span.parent = open.empty() ? std::nullopt : std::optional(open.back());
        open.push_back(static_cast<std::int32_t>(result.size()));
        result.push_back(span);
    }
}

void marks_detail::insert(const std::vector<MarkedSpan>& added, std::vector<MarkedSpan>& marks) {
    if (added.empty()) return;
    std::vector<MarkedSpan> all = std::move(marks);
    all.insert(all.end(), added.begin(), added.end());
    std::stable_sort(all.begin(), all.end(), [](const MarkedSpan& a, const MarkedSpan& b) {
        return a.outer.start != b.outer.start ? a.outer.start < b.outer.start
                                              : a.outer.end > b.outer.end;
    });
    marks.clear();
    nest(all, marks);
}

std::vector<std::int64_t> mark_positions(const std::vector<MarkedSpan>& marks) {
    std::vector<std::int64_t> starts;
    starts.reserve(marks.size() * 2);
    for (const MarkedSpan& mark : marks) {
        starts.push_back(mark.outer.start);
        if (!mark.open_ended) starts.push_back(mark.inner.end);
    }
    std::sort(starts.begin(), starts.end());
    return starts;
}

bool is_paired_mark(const std::vector<std::int64_t>& mark_starts, std::int64_t pos) {
    return std::binary_search(mark_starts.begin(), mark_starts.end(), pos);
}

}  // namespace framelens
