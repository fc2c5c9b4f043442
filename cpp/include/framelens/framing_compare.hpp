// Whether two sources frame one target differently: a permutation test of documents.
#pragma once

#include "framelens/parallel.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace framelens {

/// What is compared: the score of all weight of a source, or its mean over events.
enum class ComparedUnit : std::uint8_t { label, event };

/// What is exchanged as a whole: the labels of a document, or of documents that are alike, of one
/// of two sources. Those without labels are left out.
struct ComparedDocument {
    std::int32_t event = 0;  // documents are exchanged within it only
    bool second = false;     // of the second source
    double balance = 0;      // weight of the first pole's labels minus that of the second's
    double weight = 0;       // of both, above 0
};

struct PermutationOptions {
    ComparedUnit unit = ComparedUnit::label;
    std::int64_t rounds = 9999;  // also the most arrangements that are all tried
    std::uint64_t seed = 0;
};

/// p of the difference between the first and the second source's score: the share of the
/// exchanges of documents within events whose difference, over its standard error, is as large
/// or larger. All exchanges are tried where there are no more than `rounds`, else `rounds` of them
/// at random beside the observed one.
/// Missing: without documents on either side, and where no exchange could give 0.05.
/// Errors: ValueError for a weight that is not above 0, a balance beyond it, rounds under 1;
/// `Interrupted`.
/// Cost: O(rounds x documents).
/// Source: Janssen, Statistics and Probability Letters 36 (1997).
[[nodiscard]] std::optional<double> permutation_p(std::vector<ComparedDocument> documents,
                                                  const PermutationOptions& options,
                                                  const Run& run = {});

}  // namespace framelens
