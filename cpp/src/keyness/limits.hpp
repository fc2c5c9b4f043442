// Which counts of a term in a group can be a contrast of some size. Internal to the room `keyness`.
#pragma once

#include "contrasts.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace framelens {

/// How many words the documents of a group have together, from and to.
struct LengthRange {
    double low = std::numeric_limits<double>::infinity();
    double high = 0.0;

    void include(const LengthRange& other) noexcept {
        low = std::min(low, other.low);
        high = std::max(high, other.high);
    }
    [[nodiscard]] bool has(double length) const noexcept { return low <= length && length <= high; }
};

/// Of each term the counts in a group that can be of a size: `low` and fewer, `high` and more. Any
/// other count is of a smaller one, however it is spread over documents.
struct CountLimits {
    std::vector<double> low;  // negative: none
    std::vector<double> high;

    [[nodiscard]] bool empty() const noexcept { return high.empty(); }
};

/// The limits of log odds for `sizes`, of a group whose length is in `own`: |score| / error is at
/// most |z|, and Monroe's z has a closed form. Shapes: one entry a term in `all_counts`,
/// the priors and `sizes`.
[[nodiscard]] CountLimits count_limits(std::span<const double> all_counts, double all_length,
                                       const Priors& priors, const LengthRange& own,
                                       std::span<const double> sizes);

/// Appends the terms whose counts are within limits to `to`, ascending. Shapes: a count a limit.
void find_in_reach(std::span<const double> counts, const CountLimits& limits,
                   std::vector<std::size_t>& to);

}  // namespace framelens
