// Uncertainty from leaving observations out.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace framelens {

/// Variance of a statistic from its values with one observation of a sample left out each time:
/// (n - 1) / n times the sum of squared deviations from their mean.
/// Shapes: one value an observation, at least two. Errors: ValueError for fewer.
/// Source: Efron and Stein (1981), The jackknife estimate of variance.
[[nodiscard]] double jackknife_variance(std::span<const double> left_out);

/// One independent part of a variance and the degrees of freedom it was estimated with.
struct VariancePart {
    double variance = 0.0;
    double degrees = 1.0;
};

/// Degrees of freedom of the sum of independent variances; those of the parts together where
/// every variance is 0. Source: Satterthwaite (1946), Biometrics Bulletin 2.
[[nodiscard]] double satterthwaite_degrees(std::span<const VariancePart> parts);

/// `size` of the numbers [0, count), ascending: every such subset is as likely. The same seed and
/// stream give the same numbers on every machine.
/// Errors: ValueError if `size` is not in [0, count].
[[nodiscard]] std::vector<std::int64_t> draw_subset(std::int64_t count, std::int64_t size,
                                                    std::uint64_t seed, std::uint64_t stream);

/// Draws many subsets of the same numbers, those of `draw_subset` in any order. The cost of one is
/// that of its own numbers.
class SubsetDrawer {
public:
    explicit SubsetDrawer(std::int64_t count);

    /// Appends the subset to `to`. Errors: as draw_subset.
    void draw(std::int64_t size, std::uint64_t seed, std::uint64_t stream,
              std::vector<std::int64_t>& to);

private:
    std::vector<std::int64_t> numbers_;  // each at its own place, between two draws
    std::vector<std::size_t> swapped_;
};

}  // namespace framelens
