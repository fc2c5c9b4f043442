// Which counts of a term in a group can be a contrast of some size. Internal to the room `keyness`.
#pragma once

#include "keyness_contrasts.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
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
    std::vector<std::int32_t> low;   // -1: none
    std::vector<std::int32_t> high;

    [[nodiscard]] bool empty() const noexcept { return high.empty(); }
};

/// The limits of log odds for `sizes`, of a group whose length is in `own`: |score| / error is at
/// most |z|, and Monroe's z has a closed form. Shapes: one entry a term in `all_counts`,
/// the priors and `sizes`. Empty where a count may exceed 32 bits.
[[nodiscard]] CountLimits count_limits(std::span<const double> all_counts, double all_length,
                                       const Priors& priors, const LengthRange& own,
                                       std::span<const double> sizes);

/// The terms of some documents whose counts are within limits, and their sums. Of one thread.
class TermsInReach {
public:
    explicit TermsInReach(const CountLimits& limits);

    /// Takes other documents. Shapes: `counts` has a column for each of the limits.
    void find(CsrView<std::int32_t> counts, std::span<const double> document_lengths,
              std::span<const std::int64_t> documents);

    [[nodiscard]] std::span<const std::size_t> terms() const noexcept { return terms_; }
    [[nodiscard]] const TermSums& sums(std::size_t i) const noexcept { return sums_[i]; }

private:
    struct Low {
        std::size_t term;
        std::int32_t count;  // above the upper limit
    };

    std::vector<std::int32_t> none_;   // what `above_` is of no documents
    std::vector<std::int32_t> above_;  // by how much the count of a term is above its upper limit
    std::vector<std::uint8_t> blocks_;  // of terms, that have one which is
    std::vector<Low> lows_;             // terms that have a lower limit
    std::vector<std::int32_t> slots_;   // of each term, in `terms_`; -1: not there
    std::vector<std::size_t> terms_;
    std::vector<TermSums> sums_;
};

}  // namespace framelens
