#include "groups.hpp"

#include <utility>

namespace framelens {
namespace {

constexpr std::int64_t rows_per_chunk = 64;

// Terms x groups, so that a term's means lie side by side.
Matrix mean_rows(CsrView<double> rows, const std::vector<std::vector<std::int64_t>>& members,
                 const Run& run) {
    const auto groups = static_cast<std::int64_t>(members.size());
    Matrix means = Matrix::Zero(rows.columns, groups);
    parallel_for(groups, run, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t group = begin; group < end; ++group) {
            const auto& rows_of_group = members[static_cast<std::size_t>(group)];
            const auto count = static_cast<double>(rows_of_group.size());
            for (const std::int64_t row : rows_of_group) {
                each_entry(rows, row, [&](Eigen::Index column, double value) {
                    means(column, group) += value / count;
                });
            }
        }
    });
    return means;
}

}  // namespace

double multiply_rows(CsrView<double> rows, std::int64_t a, std::int64_t b) {
    double sum = 0.0;
    std::size_t j = static_cast<std::size_t>(rows.indptr[static_cast<std::size_t>(b)]);
    const auto end = static_cast<std::size_t>(rows.indptr[static_cast<std::size_t>(b) + 1]);
    each_entry(rows, a, [&](Eigen::Index column, double value) {
        while (j < end && rows.indices[j] < column) ++j;
        if (j < end && rows.indices[j] == column) sum += value * rows.data[j];
    });
    return sum;
}

Groups make_groups(CsrView<double> rows, std::vector<std::vector<std::int64_t>> members,
                   const Run& run) {
    const auto count = static_cast<Eigen::Index>(members.size());
    const Matrix means = mean_rows(rows, members, run);
    Groups groups{std::move(members), Matrix::Zero(rows.rows(), count), Vector::Zero(rows.rows()),
                  Matrix::Zero(count, count)};
    parallel_for(rows.rows(), run, rows_per_chunk, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t row = begin; row < end; ++row) {
            each_entry(rows, row, [&](Eigen::Index column, double value) {
                groups.products.row(row) += value * means.row(column);
                groups.squares[row] += value * value;
            });
        }
    });
    for (Eigen::Index a = 0; a < count; ++a) {
        for (Eigen::Index b = a; b < count; ++b) {
            for (const std::int64_t row : groups.members[static_cast<std::size_t>(a)]) {
                groups.gram(a, b) += groups.products(row, b) / groups.count(a);
            }
            groups.gram(b, a) = groups.gram(a, b);
        }
    }
    return groups;
}

}  // namespace framelens
