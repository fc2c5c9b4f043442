// How alike single rows are: all pairs, the pairs that reach a threshold, the nearest of each row.
#pragma once

#include "framelens/parallel.hpp"
#include "framelens/types.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace framelens {

/// With x and y two rows of V columns, sets for rows being their non-zero columns, p = x / sum x:
///   dot               sum x y
///   cosine            dot / (|x| |y|); missing where a row is empty
///   jaccard           |X and Y| / |X or Y|; missing where both are empty
///   dice              2 |X and Y| / (|X| + |Y|); missing where both are empty
///   ejaccard          dot / (|x|^2 + |y|^2 - dot); missing where both are empty
///   edice             2 dot / (|x|^2 + |y|^2); missing where both are empty
///   correlation       Pearson's, over all V columns; missing where a row is constant
///   simple_matching   share of the columns that both sets have or both lack
///   hamann            2 simple_matching - 1
/// and distances, where less is more alike:
///   euclidean         root of the sum of (x - y)^2
///   manhattan         sum |x - y|
///   canberra          sum |x - y| / (|x| + |y|), columns of two zeros left out
///   jensen_shannon    root of the divergence of p and q, natural logarithm
///   hellinger         root of sum (sqrt p - sqrt q)^2 / 2; as jensen_shannon not for negative
///                     weights, and missing where a row is empty
/// Source: quanteda.textstats (textstat_simil, textstat_dist), scipy.spatial.distance.
enum class Measure : std::uint8_t {
    dot,
    cosine,
    jaccard,
    dice,
    ejaccard,
    edice,
    correlation,
    simple_matching,
    hamann,
    euclidean,
    manhattan,
    canberra,
    jensen_shannon,
    hellinger
};

/// Whether less is more alike.
[[nodiscard]] bool is_distance(Measure measure) noexcept;

/// Two sets of rows over the same columns. `self` says that they are one: each pair is then
/// computed once.
struct RowPair {
    CsrView<double> first;
    CsrView<double> second;
    bool self = false;
};

struct NearestOptions {
    std::int64_t n = 10;
    std::optional<double> threshold;  // at least this alike: at least it, or at most for distances
    bool include_self = false;        // whether a row may be its own neighbour, if `self`
};

// All of these: entries of rows ascend by column, none is 0. Errors: ValueError for rows of other
// forms, weights that are not finite, or negative ones where the measure forbids them.
// Values do not depend on the number of threads; NaN is missing and reaches no threshold.

/// Every pair. Shapes: `values` has first.rows() x second.rows() entries, row after row.
void pairwise(const RowPair& rows, Measure measure, std::span<double> values, const Run& run);

/// The pairs that reach `threshold`, ascending by column. A pair may have the value 0.
[[nodiscard]] CsrRows<double> pairwise_above(const RowPair& rows, Measure measure, double threshold,
                                             const Run& run);

/// The `n` rows of `second` most alike to each row of `first`, best first, equals by position.
/// A pair may have the value 0: what is not there did not reach the threshold or is not among the
/// n best. Cost: as pairwise, but for dot and cosine in float with a bound on what that may err;
/// pairs that may be among the best are computed in double.
[[nodiscard]] CsrRows<double> nearest(const RowPair& rows, Measure measure,
                                      const NearestOptions& options, const Run& run);

}  // namespace framelens
