#include "framelens/similarity_rows.hpp"

#include "framelens/error.hpp"
#include "similarity_measures.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace framelens {
namespace {

constexpr std::int64_t lanes = ProductIndex::lanes;
constexpr std::int64_t mirror_block = 48;

std::size_t at(std::int64_t position) noexcept {
    return static_cast<std::size_t>(position);
}

// Where the row of a symmetric matrix must begin so that every pair is computed.
std::int64_t first_other(const RowPair& rows, std::int64_t begin) noexcept {
    return rows.self ? begin / lanes * lanes : 0;
}

// Copies what is above the diagonal below it.
void mirror(std::span<double> values, std::int64_t size, const Run& run) {
    parallel_for(size, run, mirror_block, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t left = 0; left < end; left += mirror_block) {
            for (std::int64_t row = begin; row < end; ++row) {
                const std::int64_t last = std::min(left + mirror_block, row);
                for (std::int64_t column = left; column < last; ++column) {
                    values[at(row * size + column)] = values[at(column * size + row)];
                }
            }
        }
    });
}

// Calls `each(row, from, values of the row from there)`, rows in parallel.
template <class Each>
void each_row(const RowPair& rows, const RowComparer& comparer, const Run& run, const Each& each) {
    parallel_for(
        comparer.rows(), run, comparer.rows_together(), [&](std::int64_t begin, std::int64_t end) {
            const std::int64_t from = first_other(rows, begin);
            std::vector<double> values(at((end - begin) * comparer.stride()));
            comparer.compare(begin, end, from, values);
            for (std::int64_t row = begin; row < end; ++row) {
                each(row, from,
                     std::span<const double>(values).subspan(at((row - begin) * comparer.stride()),
                                                             at(comparer.others() - from)));
            }
        });
}

CsrRows<double> join(const std::vector<std::vector<std::int32_t>>& others,
                     const std::vector<std::vector<double>>& values, std::int64_t columns) {
    CsrRows<double> result;
    result.columns = columns;
    for (std::size_t row = 0; row < others.size(); ++row) {
        result.indices.insert(result.indices.end(), others[row].begin(), others[row].end());
        result.data.insert(result.data.end(), values[row].begin(), values[row].end());
        result.indptr.push_back(static_cast<std::int64_t>(result.indices.size()));
    }
    return result;
}

}  // namespace

void pairwise(const RowPair& rows, Measure measure, std::span<double> values, const Run& run) {
    const RowComparer comparer(rows, measure, run);
    const std::int64_t others = comparer.others();
    if (values.size() != at(comparer.rows()) * at(others)) {
        throw ValueError("there must be one value a pair");
    }
    each_row(rows, comparer, run,
             [&](std::int64_t row, std::int64_t from, std::span<const double> found) {
                 std::copy(found.begin(), found.end(),
                           values.begin() + static_cast<std::ptrdiff_t>(row * others + from));
             });
    if (rows.self) mirror(values, others, run);
}

CsrRows<double> pairwise_above(const RowPair& rows, Measure measure, double threshold,
                               const Run& run) {
    RowPair whole = rows;
    whole.self = false;  // rows are written one by one
    const RowComparer comparer(whole, measure, run);
    std::vector<std::vector<std::int32_t>> others(at(comparer.rows()));
    std::vector<std::vector<double>> values(at(comparer.rows()));
    const bool distance = is_distance(measure);
    each_row(whole, comparer, run,
             [&](std::int64_t row, std::int64_t, std::span<const double> found) {
                 for (std::size_t other = 0; other < found.size(); ++other) {
                     const double value = found[other];
                     if (distance ? value <= threshold : value >= threshold) {
                         others[at(row)].push_back(static_cast<std::int32_t>(other));
                         values[at(row)].push_back(value);
                     }
                 }
             });
    return join(others, values, comparer.others());
}

}  // namespace framelens
