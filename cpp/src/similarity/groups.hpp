// Rows in groups, and the products from which all sums over pairs of rows follow.
#pragma once

#include "framelens/parallel.hpp"
#include "framelens/types.hpp"

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace framelens {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Vector = Eigen::VectorXd;

/// Rows in groups, and what of them every measure needs.
struct Groups {
    std::vector<std::vector<std::int64_t>> members;
    Matrix products;  // row x group: the row times the group's mean row
    Vector squares;   // of each row: its product with itself
    Matrix gram;      // group x group: product of the mean rows

    [[nodiscard]] Eigen::Index size() const noexcept { return gram.rows(); }
    [[nodiscard]] double count(Eigen::Index group) const noexcept {
        return static_cast<double>(members[static_cast<std::size_t>(group)].size());
    }
};

/// each(column, value) for the entries of a row.
template <class Each>
void each_entry(CsrView<double> rows, std::int64_t row, Each&& each) {
    const auto r = static_cast<std::size_t>(row);
    for (auto i = static_cast<std::size_t>(rows.indptr[r]);
         i < static_cast<std::size_t>(rows.indptr[r + 1]); ++i) {
        each(static_cast<Eigen::Index>(rows.indices[i]), rows.data[i]);
    }
}

/// The product of two rows, whose entries ascend by column.
[[nodiscard]] double multiply_rows(CsrView<double> rows, std::int64_t a, std::int64_t b);

[[nodiscard]] Groups make_groups(CsrView<double> rows,
                                 std::vector<std::vector<std::int64_t>> members, const Run& run);

/// Sum of the row's products with the other rows of its group.
[[nodiscard]] inline double product_with_others(const Groups& groups, Eigen::Index group,
                                                std::int64_t row) {
    return groups.count(group) * groups.products(row, group) - groups.squares[row];
}

}  // namespace framelens
