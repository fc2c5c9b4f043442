// The tested terms of a corpus, pooled by document frequency. Internal to the room `keyness`.
#pragma once

#include "contrasts.hpp"
#include "framelens/counts.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace framelens {

/// The tested terms of a corpus. A place is that of a term in the order of the pools: terms of
/// similar document frequency lie together and are compared with one another.
struct TestedTerms {
    CsrRows<std::int32_t> counts;          // documents x places
    std::vector<std::size_t> pool_starts;  // places; one more than there are pools
    std::vector<std::size_t> numbers;      // of each pool, among all of the corpus
    SumColumns all;                        // of each place
    std::vector<double> priors;            // of each place

    [[nodiscard]] std::size_t places() const noexcept { return priors.size(); }
    [[nodiscard]] std::size_t pools() const noexcept { return pool_starts.size() - 1; }
};

/// The same rows with a column for each place, without those whose place is negative.
[[nodiscard]] CsrRows<std::int32_t> take_columns(CsrView<std::int32_t> counts,
                                                 std::span<const std::int32_t> place_of,
                                                 std::int64_t places);

/// The terms of some pools alone, given by their places among the pools. Shapes: `pools` ascend.
[[nodiscard]] TestedTerms take_pools(const TestedTerms& terms, std::span<const std::size_t> pools);

/// Ascending sizes, each once, and a table that says where to look.
class SortedSizes {
public:
    explicit SortedSizes(std::vector<double> sizes);

    [[nodiscard]] std::size_t size() const noexcept { return sizes_.size(); }
    [[nodiscard]] double operator[](std::size_t i) const noexcept { return sizes_[i]; }
    /// How many of them are at most `size`.
    [[nodiscard]] std::size_t at_most(double size) const noexcept;

private:
    [[nodiscard]] std::size_t bucket_of(double size) const noexcept;

    std::vector<double> sizes_;
    std::vector<std::int32_t> starts_;  // of each bucket, and the end
    double scale_ = 0.0;                // buckets a unit of size
};

}  // namespace framelens
