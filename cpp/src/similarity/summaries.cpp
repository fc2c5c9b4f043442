#include "framelens/error.hpp"
#include "framelens/types_positions.hpp"
#include "measures.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <span>
#include <string>

namespace framelens {
namespace {

RowSummary summary(CsrView<double> rows, std::int64_t row, Measure measure) {
    RowSummary result;
    double sum = 0.0;
    bool equal = true;
    const std::int64_t begin = rows.indptr[at(row)];
    const std::int64_t end = rows.indptr[at(row + 1)];
    result.terms = static_cast<double>(end - begin);
    if (kernel_of(measure) == Kernel::overlap) return result;
    for (std::int64_t i = begin; i < end; ++i) {
        const double value = rows.data[at(i)];
        sum += value;
        result.squares += value * value;
        result.base += measure == Measure::canberra ? 1.0 : std::abs(value);
        equal = equal && value == rows.data[at(begin)];
    }
    if (measure == Measure::jensen_shannon) result.base *= 0.5 * std::log(2.0);
    result.norm = std::sqrt(result.squares);
    if (measure != Measure::correlation) return result;
    const auto columns = static_cast<double>(rows.columns);
    if (end == begin || (equal && end - begin == rows.columns)) return result;
    result.mean = sum / columns;
    for (std::int64_t i = begin; i < end; ++i) {
        result.spread += (rows.data[at(i)] - result.mean) * (rows.data[at(i)] - result.mean);
    }
    result.spread += (columns - result.terms) * (result.mean * result.mean);
    return result;
}

void check_weights(CsrView<double> rows, Measure measure) {
    const bool forbids_negative =
        measure == Measure::jensen_shannon || measure == Measure::hellinger;
    for (std::int64_t row = 0; row < rows.rows(); ++row) {
        for (std::int64_t i = rows.indptr[at(row)]; i < rows.indptr[at(row + 1)]; ++i) {
            const double value = rows.data[at(i)];
            const char* wrong = !std::isfinite(value)             ? "is not finite"
                                : value == 0.0                    ? "is a stored zero"
                                : forbids_negative && value < 0.0 ? "is negative"
                                                                  : nullptr;
            if (wrong != nullptr) {
                throw ValueError("the weight in row " + std::to_string(row) + ", column " +
                                 std::to_string(rows.indices[at(i)]) + " " + wrong);
            }
            if (i > rows.indptr[at(row)] && rows.indices[at(i)] <= rows.indices[at(i - 1)]) {
                throw ValueError("the columns of row " + std::to_string(row) + " do not ascend");
            }
        }
    }
}

}  // namespace

void check_pair(const RowPair& rows, Measure measure) {
    if (rows.first.columns != rows.second.columns) {
        throw ValueError("the matrices have " + std::to_string(rows.first.columns) + " and " +
                         std::to_string(rows.second.columns) + " columns");
    }
    check_weights(rows.first, measure);
    if (!rows.self) check_weights(rows.second, measure);
}

void bring_near_one(CsrRows<double>& rows) {
    // Far from this, squares and their products are still far from what a double holds.
    constexpr int farthest = 200;  // powers of two
    for (std::int64_t row = 0; row < rows.rows(); ++row) {
        const std::span own{rows.data.data() + rows.indptr[at(row)],
                            rows.data.data() + rows.indptr[at(row + 1)]};
        double most = 0.0;
        for (const double weight : own) most = std::max(most, std::abs(weight));
        const int power = most > 0.0 ? std::ilogb(most) : 0;
        if (std::abs(power) <= farthest) continue;
        for (double& weight : own) weight = std::ldexp(weight, -power);
    }
}

std::vector<RowSummary> summarise(CsrView<double> rows, Measure measure) {
    std::vector<RowSummary> summaries;
    summaries.reserve(at(rows.rows()));
    for (std::int64_t row = 0; row < rows.rows(); ++row) {
        summaries.push_back(summary(rows, row, measure));
    }
    return summaries;
}

}  // namespace framelens
