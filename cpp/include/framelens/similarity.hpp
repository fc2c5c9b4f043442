// How alike groups of documents (sources) write.
#pragma once

#include "framelens/parallel.hpp"
#include "framelens/types.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace framelens {

/// How documents become one number for two groups.
enum class Aggregate : std::uint8_t {
    centroid,      // cosine of the mean rows
    mean_pairwise  // mean cosine of a document of one and a document of the other
};

struct SimilarityOptions {
    Aggregate aggregate = Aggregate::centroid;
    bool centre = false;  // subtract the mean of the groups' rows first
    /// Documents of one number are near-duplicates, left out together for `error`; empty: none are.
    std::span<const std::int32_t> cluster_of{};
};

/// Square matrices, groups x groups, row after row; NaN is missing.
///
/// Let U(a, b) be the mean product of a row of a and a row of b, of two different documents where
/// a is b. `adjusted` is U(a, b) / sqrt(U(a, a) U(b, b)), which unlike the cosine of centroids does
/// not grow with the number of documents. Centred, U is first freed of its row and column means;
/// a group of one document enters these means with the product of its row with itself.
struct GroupSimilarity {
    std::int64_t groups = 0;
    std::vector<std::int64_t> documents;  // of each group
    /// As `Aggregate` says. The diagonal is 1, but U(a, a) for mean_pairwise; missing where a group
    /// has nothing but empty rows.
    std::vector<double> similarity;
    std::vector<double> adjusted;  // missing with fewer than two documents in a group
    std::vector<double> error;    // standard error of adjusted; missing with fewer than 5 documents
                                  // (or clusters) in a group, 20 when centred
    std::vector<double> degrees;  // of freedom of `error`
};

/// Compares groups of documents by their weights, rows of length 1 such as TF-IDF gives.
/// `error` comes from leaving out each document (or cluster) of the two groups in turn.
/// Shapes: `rows` is documents x terms, entries ascending by column; `group_of` has one entry a
/// document, in [0, groups). Errors: ValueError for other shapes or groups.
/// Cost: non-zeros x groups, and terms x groups of memory. Sums run in the order of documents and
/// columns, at any number of threads.
[[nodiscard]] GroupSimilarity compare_groups(CsrView<double> rows,
                                             std::span<const std::int32_t> group_of,
                                             std::int32_t groups, const SimilarityOptions& options,
                                             const Run& run);

/// Square matrices, groups x groups, row after row; NaN is missing.
///
/// `similarity` is the mean, over the events that both groups have, of the mean product of a row of
/// a and a row of b (of two different rows where a is b). `adjusted` is that over
/// sqrt(U(a, a) U(b, b)), with U as in GroupSimilarity.
struct MatchedSimilarity {
    std::vector<double> similarity;
    std::vector<double> adjusted;      // missing with fewer than two documents in a group
    std::vector<double> error;         // of adjusted; missing with fewer than 5 events
    std::vector<std::int64_t> events;  // that both groups have
};

/// Compares groups by documents of the same event only.
/// `error` comes from leaving out each event in turn, in both groups.
/// Shapes: as compare_groups; `event_of` has one entry a document, in [0, events).
/// Errors: ValueError for other shapes, groups or events.
/// Cost: as compare_groups, and the square of the documents of an event.
[[nodiscard]] MatchedSimilarity compare_matched(CsrView<double> rows,
                                                std::span<const std::int32_t> group_of,
                                                std::int32_t groups,
                                                std::span<const std::int32_t> event_of,
                                                std::int32_t events, const Run& run);

/// Points in the plane whose distances are as near to the given ones as classical scaling brings
/// them.
struct PlaneMap {
    std::vector<double> coordinates;  // x and y of each point
    double share = 0.0;               // of the positive variance that the plane shows; NaN: none
};

/// Classical multidimensional scaling. Axes point so that the largest coordinate is positive.
/// Shapes: `distances` is points x points, row after row. Errors: ValueError for other shapes or
/// values that are not finite. Cost: the cube of the points. Source: Torgerson (1952).
[[nodiscard]] PlaneMap map_to_plane(std::span<const double> distances, std::int64_t points);

}  // namespace framelens
