// The measures between two rows: what of a row they need, how a sum over shared terms becomes a
// value, and the slow way for pairs where that sum would cancel.
#pragma once

#include "framelens/similarity_rows.hpp"
#include "products.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

namespace framelens {

/// What sums over the terms that two rows share are made of.
enum class Kernel : std::uint8_t { product, overlap, additive };

[[nodiscard]] Kernel kernel_of(Measure measure) noexcept;

/// Errors: ValueError if a weight is not finite, is 0, is negative where the measure forbids that,
/// if the columns of a row do not ascend, or if the matrices do not have the same.
void check_pair(const RowPair& rows, Measure measure);

/// What a measure needs of one row.
struct RowSummary {
    double terms = 0.0;    // entries
    double base = 0.0;     // what the row adds to an additive measure if it shares nothing
    double squares = 0.0;  // sum x^2
    double norm = 0.0;     // its root
    // For the correlation alone:
    double mean = 0.0;    // over all columns
    double spread = 0.0;  // sum (x - mean)^2 over all columns; 0 where the row is constant
};

[[nodiscard]] std::vector<RowSummary> summarise(CsrView<double> rows, Measure measure);

/// Multiplies rows of huge or tiny weights by a power of two, which changes no cosine and no
/// correlation: a double then holds their sums of squares, and the product of two of these.
void bring_near_one(CsrRows<double>& rows);

/// The cosine of two rows by their product and their sums of squares; NaN where one of these is 0.
/// Equal rows have 1, since the root of a square is exact; rounding brings none beyond 1 or -1.
[[nodiscard]] inline double cosine_of(double product, double squares_a, double squares_b) noexcept {
    const double whole = std::sqrt(squares_a * squares_b);
    const double cosine = product / whole;
    const double bounded = cosine > 1.0 ? 1.0 : cosine < -1.0 ? -1.0 : cosine;
    return whole > 0.0 ? bounded : std::numeric_limits<double>::quiet_NaN();
}

/// Compares rows of one matrix with all rows of another.
class RowComparer {
public:
    RowComparer(const RowPair& rows, Measure measure, const Run& run);

    [[nodiscard]] std::int64_t rows() const noexcept { return CsrView<double>(first()).rows(); }
    [[nodiscard]] std::int64_t others() const noexcept { return CsrView<double>(second_).rows(); }

    /// Room that `values` must have for each row: others() rounded up to whole tiles.
    [[nodiscard]] std::int64_t stride() const noexcept;

    /// How many rows one call should compare.
    [[nodiscard]] std::int64_t rows_together() const noexcept;

    /// values[(row - begin) * stride + other - from] = row of the first matrix against `other` of
    /// the second, for rows [begin, end) and others >= from, which is a multiple of 8. If the two
    /// are one, others before the row itself are left undefined. Pairs that are missing are NaN.
    void compare(std::int64_t begin, std::int64_t end, std::int64_t from,
                 std::span<double> values) const;

private:
    [[nodiscard]] const CsrRows<double>& first() const noexcept { return self_ ? second_ : first_; }
    [[nodiscard]] const std::vector<RowSummary>& first_summaries() const noexcept {
        return self_ ? second_summaries_ : first_summaries_;
    }
    [[nodiscard]] ProductIndex::Query query(std::int64_t row) const;
    void sum_products(std::int64_t begin, std::int64_t end, std::int64_t from,
                      std::span<double> values) const;
    void sum_overlap(std::int64_t row, std::int64_t from, std::span<double> values) const;
    void sum_additive(std::int64_t row, std::int64_t from, std::span<double> values) const;
    void finish(std::int64_t row, std::int64_t from, std::span<double> values) const;
    [[nodiscard]] double correlation(std::int64_t row, std::int64_t other, double dot) const;
    [[nodiscard]] double slowly(std::int64_t row, std::int64_t other) const;

    Measure measure_;
    bool self_;
    CsrRows<double> first_;   // empty if self_
    CsrRows<double> second_;  // without entries where products_ has all that is needed of them
    std::vector<RowSummary> first_summaries_;
    std::vector<RowSummary> second_summaries_;
    std::vector<double> sizes_;  // of the second's rows, where a value is divided by these
    std::unique_ptr<ProductIndex> products_;
    std::vector<double> logs_;  // x ln x of each posting, for jensen_shannon
    std::unique_ptr<OverlapIndex> overlaps_;
};

}  // namespace framelens
