// Rows as the filter of nearest rows multiplies them, in float.
#pragma once

#include "framelens/similarity_rows.hpp"
#include "kernels/reached_products.hpp"
#include "measures.hpp"

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace framelens {

/// One side of the products: renumbered rows, scaled so that the longest has the length 1 (all
/// have for cosine).
struct ScaledRows {
    CsrRows<double> rows;
    std::vector<RowSummary> summaries;
    std::vector<double> scales;  // 0 for empty rows
    std::vector<float> lengths;  // of the dense parts, scaled
    std::vector<float> tails;    // of what is dense behind the head, scaled
    double unit = 0.0;           // of the longest row
    double most_terms = 0.0;     // of a row
    double least_weight = std::numeric_limits<double>::infinity();  // scaled

    [[nodiscard]] std::int64_t size() const noexcept { return rows.rows(); }
    /// Length of a whole row, scaled.
    [[nodiscard]] double length(std::int64_t row) const noexcept {
        const auto place = static_cast<std::size_t>(row);
        return summaries[place].norm * scales[place];
    }
};

/// Without what belongs to dense terms.
[[nodiscard]] ScaledRows scale_rows(CsrRows<double> rows, Measure measure);

/// Which terms are dense: the first `head` of them, those of the largest weights, come first.
struct DenseTerms {
    std::vector<std::int32_t> place_of;  // of each rank that is dense
    std::int32_t head = 0;

    [[nodiscard]] std::int32_t size() const noexcept {
        return static_cast<std::int32_t>(place_of.size());
    }
    [[nodiscard]] std::int32_t tail() const noexcept { return (size() - head + 15) / 16 * 16; }
};

/// Makes the first `count` ranks dense. Terms of the largest weights go to the head, so that what is
/// behind it is short.
[[nodiscard]] DenseTerms order_dense(const ScaledRows& side, std::int32_t count);
void measure_dense(const DenseTerms& dense, ScaledRows& side);

/// The head of the dense terms as tiles of sixteen rows, their tail as rows, the others as postings.
class FilterIndex {
public:
    FilterIndex(const ScaledRows& side, const DenseTerms& dense, const Run& run);

    struct Posting {
        std::int32_t row;
        float weight;
    };
    /// Postings still to be added for one entry of a query.
    struct Cursor {
        const Posting* next;
        const Posting* last;
        float weight;
    };

    [[nodiscard]] const DenseTerms& dense() const noexcept { return dense_; }
    [[nodiscard]] const float* tile(std::int64_t row) const noexcept {
        return tiles_.data() + row * dense_.head;
    }
    [[nodiscard]] const float* tail(std::int64_t row) const noexcept {
        return tails_.data() + row * dense_.tail();
    }
    /// Writes the dense part of a row: its head at every `step`-th place, its tail.
    void fill_dense(const ScaledRows& side, std::int64_t row, std::int64_t step,
                    std::pair<float*, float*> head_and_tail) const;

    /// Cursors for the entries of a row that are not dense; `own` rows are those of the index, and
    /// their cursors begin at themselves.
    void start(const ScaledRows& side, std::int64_t row, bool own,
               std::vector<Cursor>& cursors) const;

private:
    DenseTerms dense_;
    std::vector<float> tiles_;          // tile, term, row
    std::vector<float> tails_;          // row, term
    std::vector<std::int64_t> starts_;  // of each term in postings_
    std::vector<Posting> postings_;
    std::vector<std::int64_t> position_;  // of each entry among the postings
};

/// Entries of a row from the first that is not dense.
[[nodiscard]] std::int64_t first_sparse(const CsrRows<double>& rows, std::int64_t row,
                                        std::int32_t dense);

}  // namespace framelens
