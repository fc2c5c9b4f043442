#include "filter.hpp"
#include "framelens/error.hpp"
#include "framelens/similarity_rows.hpp"
#include "framelens/types_positions.hpp"
#include "measures.hpp"
#include "shortlist.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace framelens {
namespace {

Neighbours nearest_of_all(const RowPair& rows, Measure measure, const NearestOptions& options,
                          const Run& run) {
    RowPair whole = rows;
    whole.self = false;
    const RowComparer comparer(whole, measure, run);
    const double sign = is_distance(measure) ? -1.0 : 1.0;
    Neighbours lists(at(comparer.rows()));
    parallel_for(comparer.rows(), run, comparer.rows_together(),
                 [&](std::int64_t begin, std::int64_t end) {
                     std::vector<double> values(at((end - begin) * comparer.stride()));
                     comparer.compare(begin, end, 0, values);
                     for (std::int64_t row = begin; row < end; ++row) {
                         Shortlist list(std::min(options.n, comparer.others()));
                         for (std::int64_t other = 0; other < comparer.others(); ++other) {
                             if (rows.self && !options.include_self && other == row) continue;
                             const double rank =
                                 sign * values[at((row - begin) * comparer.stride() + other)];
                             if (std::isnan(rank)) continue;
                             if (options.threshold && rank < sign * *options.threshold) continue;
                             list.offer({rank, static_cast<std::int32_t>(other)});
                         }
                         lists[at(row)] = list.take();
                     }
                 });
    return lists;
}

/// Whether the squares of each row's weights have a sum that a double holds: the filter measures
/// weights by it.
bool has_lengths(const CsrView<double>& rows) {
    for (std::size_t row = 0; row + 1 < rows.indptr.size(); ++row) {
        double squares = 0.0;
        bool empty = true;
        for (std::int64_t i = rows.indptr[row]; i < rows.indptr[row + 1]; ++i) {
            const double weight = rows.data[at(i)];
            squares += weight * weight;
            empty = empty && weight == 0.0;
        }
        if (!empty && !std::isnormal(squares)) return false;
    }
    return true;
}

}  // namespace

CsrRows<double> nearest(const RowPair& rows, Measure measure, const NearestOptions& options,
                        const Run& run) {
    if (options.n < 0) throw ValueError("n is at least 0");
    Neighbours lists;
    bool multiplied = measure == Measure::dot || measure == Measure::cosine;
    if (multiplied) check_pair(rows, measure);
    // For cosines, the filter makes weights fit itself.
    if (measure == Measure::dot) {
        multiplied = has_lengths(rows.first) && (rows.self || has_lengths(rows.second));
    }
    if (multiplied) {
        lists = Filter(rows, measure, options, run).run_all(run);
    } else {
        lists = nearest_of_all(rows, measure, options, run);
    }
    CsrRows<double> result;
    result.columns = rows.second.rows();
    const double sign = is_distance(measure) ? -1.0 : 1.0;
    for (const auto& list : lists) {
        for (const Neighbour& neighbour : list) {
            result.indices.push_back(neighbour.row);
            result.data.push_back(sign * neighbour.rank);
        }
        result.indptr.push_back(static_cast<std::int64_t>(result.indices.size()));
    }
    return result;
}

}  // namespace framelens
