#include "framelens/similarity_rows.hpp"

#include "framelens/error.hpp"
#include "framelens/parallel_watch.hpp"
#include "framelens/types_positions.hpp"
#include "kernels/machine.hpp"
#include "measures.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <vector>

namespace framelens {
namespace {

constexpr std::int64_t lanes = ProductIndex::lanes;

// Where the row of a symmetric matrix must begin so that every pair is computed.
std::int64_t first_other(const RowPair& rows, std::int64_t begin) noexcept {
    return rows.self ? begin / lanes * lanes : 0;
}

using Four [[gnu::vector_size(32)]] = double;

// to[c * to_stride + r] = from[r * from_stride + c] for four columns c and so many rows r.
FRAMELENS_BY_MACHINE void transpose_four(const double* from, std::size_t from_stride,
                                         std::size_t rows, double* to, std::size_t to_stride) {
    std::size_t row = 0;
    for (; row + 4 <= rows; row += 4) {
        Four in[4];
        for (std::size_t r = 0; r < 4; ++r) {
            std::memcpy(&in[r], from + (row + r) * from_stride, sizeof(Four));
        }
        const Four even01 = __builtin_shufflevector(in[0], in[1], 0, 4, 2, 6);
        const Four odd01 = __builtin_shufflevector(in[0], in[1], 1, 5, 3, 7);
        const Four even23 = __builtin_shufflevector(in[2], in[3], 0, 4, 2, 6);
        const Four odd23 = __builtin_shufflevector(in[2], in[3], 1, 5, 3, 7);
        const Four out[4] = {__builtin_shufflevector(even01, even23, 0, 1, 4, 5),
                             __builtin_shufflevector(odd01, odd23, 0, 1, 4, 5),
                             __builtin_shufflevector(even01, even23, 2, 3, 6, 7),
                             __builtin_shufflevector(odd01, odd23, 2, 3, 6, 7)};
        for (std::size_t c = 0; c < 4; ++c) {
            std::memcpy(to + c * to_stride + row, &out[c], sizeof(Four));
        }
    }
    for (; row < rows; ++row) {
        for (std::size_t c = 0; c < 4; ++c) to[c * to_stride + row] = from[row * from_stride + c];
    }
}

/// Some rows of a matrix from one column on, while they are near.
struct RowBlock {
    std::int64_t begin = 0, end = 0;  // rows
    std::int64_t from = 0;            // the first column
    std::int64_t stride = 0;
    std::vector<double> values;

    [[nodiscard]] const double* at(std::int64_t row, std::int64_t column) const noexcept {
        return values.data() + (row - begin) * stride + column - from;
    }
};

// Copies what is above the diagonal of a symmetric matrix below it. The first block does so into
// memory that the system has yet to give, which can take half a second.
void mirror(const RowBlock& block, std::span<double> values, std::int64_t size, Watch& watch) {
    const auto copy_column = [&](std::int64_t column) {
        for (std::int64_t row = block.begin; row < std::min(block.end, column); ++row) {
            values[at(column * size + row)] = *block.at(row, column);
        }
    };
    std::int64_t column = block.begin;
    for (; column < block.end; ++column) copy_column(column);
    for (std::int64_t step = 0; column + 4 <= size; column += 4, ++step) {
        if (step % 64 == 0) watch.look();
        transpose_four(block.at(block.begin, column), at(block.stride), at(block.end - block.begin),
                       values.data() + column * size + block.begin, at(size));
    }
    for (; column < size; ++column) copy_column(column);
}

// Calls `each(block)` for blocks of rows, in parallel.
template <class Each>
void each_block(const RowPair& rows, const RowComparer& comparer, Watch& watch, const Each& each) {
    parallel_for(comparer.rows(), watch, comparer.rows_together(),
                 [&](std::int64_t begin, std::int64_t end) {
                     RowBlock block{begin, end, first_other(rows, begin), comparer.stride(), {}};
                     block.values.resize(at((end - begin) * block.stride));
                     comparer.compare(begin, end, block.from, block.values);
                     each(block);
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
    Watch watch(run);
    each_block(rows, comparer, watch, [&](const RowBlock& block) {
        for (std::int64_t row = block.begin; row < block.end; ++row) {
            // What stands before the diagonal is mirrored there, by whoever has it above.
            const std::int64_t first = rows.self ? row : 0;
            std::copy_n(block.at(row, first), others - first, values.data() + row * others + first);
        }
        if (rows.self) mirror(block, values, others, watch);
    });
}

CsrRows<double> pairwise_above(const RowPair& rows, Measure measure, double threshold,
                               const Run& run) {
    RowPair whole = rows;
    whole.self = false;  // rows are written one by one
    const RowComparer comparer(whole, measure, run);
    std::vector<std::vector<std::int32_t>> others(at(comparer.rows()));
    std::vector<std::vector<double>> values(at(comparer.rows()));
    const bool distance = is_distance(measure);
    Watch watch(run);
    each_block(whole, comparer, watch, [&](const RowBlock& block) {
        for (std::int64_t row = block.begin; row < block.end; ++row) {
            watch.look();
            for (std::int64_t other = 0; other < comparer.others(); ++other) {
                const double value = *block.at(row, other);
                if (distance ? value <= threshold : value >= threshold) {
                    others[at(row)].push_back(static_cast<std::int32_t>(other));
                    values[at(row)].push_back(value);
                }
            }
        }
    });
    return join(others, values, comparer.others());
}

}  // namespace framelens
