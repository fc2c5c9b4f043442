// Which terms set a group of documents apart from the others.
#pragma once

#include "framelens/parallel.hpp"
#include "framelens/types.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace framelens {

struct KeynessOptions {
    double prior_size = 500.0;   // alpha_0: the pseudo-occurrences of the prior
    std::int64_t min_count = 1;  // of a term in all documents together, to be reported
};

/// One contrast a group: the group against all others. Columns of equal length, groups in order
/// and terms ascending within each. NaN is missing.
struct KeynessTable {
    std::vector<std::int32_t> group;
    std::vector<std::int32_t> term;
    std::vector<std::int64_t> count;  // occurrences in the group
    std::vector<double> rate;         // per 1,000 occurrences of any term in the group
    std::vector<double> score;        // difference of the log odds, group minus others
    std::vector<double> z;            // score / Monroe's standard error
    std::vector<double> error;        // the larger of Monroe's and the document-clustered standard
                                      // error; missing with fewer than 5 documents on a side
    std::vector<double> degrees;      // of freedom of `error`
};

/// Log odds with an informative Dirichlet prior whose shares are those of the corpus. The
/// clustered error takes documents as units (delta method on each side's log odds).
/// Shapes: `counts` is documents x terms; `group_of` has one entry a document, in [0, groups).
/// A group without terms, or without others to compare with, has no rows.
/// Errors: ValueError for other shapes, groups, or a prior_size that is not positive.
/// Cost: non-zeros + groups x terms. Sums are of integers: any order of documents gives the same.
/// Source: Monroe, Colaresi and Quinn (2008), Fightin' Words, equations 16, 18 and 20 to 22.
[[nodiscard]] KeynessTable log_odds(CsrView<std::int32_t> counts,
                                    std::span<const std::int32_t> group_of, std::int32_t groups,
                                    const KeynessOptions& options, const Run& run);

}  // namespace framelens
