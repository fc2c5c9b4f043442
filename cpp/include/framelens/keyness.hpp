// Which terms set a group of documents apart from the others.
#pragma once

#include "framelens/parallel.hpp"
#include "framelens/types.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace framelens {

/// With a and b the occurrences of a term in the group and in the others, n and m all occurrences
/// there, and E the expected counts of the table of a, b, n - a and m - b:
///   log_odds      ln((a + p) / (n + P - a - p)) - ln((b + p) / (m + P - b - p)), p the prior of the
///                 term and P of all terms (Monroe, Colaresi and Quinn 2008, equation 16)
///   g2            2 sum O ln(O / E), negative where the group has less than expected
///   chi2          sum (O - E)^2 / E, without Yates' correction, signed alike
///   fisher        -log10 of Fisher's exact two-sided p, signed alike
///   pmi           ln of the group's share over the share in all; -infinity where a is 0
///   log_ratio     log2 of the group's share over the others', a count of 0 taken as 1/2 (Hardie)
///   percent_diff  100 (a / n - b / m) / (b / m); infinity where b is 0 (Gabrielatos)
///   jensen_shannon  the term's part of the divergence of the shares in bits, negative where the
///                 group has the smaller share (Gallagher and others 2021)
enum class Contrast : std::uint8_t {
    log_odds,
    g2,
    chi2,
    fisher,
    pmi,
    log_ratio,
    percent_diff,
    jensen_shannon
};

struct KeynessOptions {
    Contrast measure = Contrast::log_odds;
    double prior_size = 500.0;      // the pseudo-occurrences of the prior
    std::span<const double> prior;  // relative sizes of the terms' priors; empty: their counts
    std::int64_t min_count = 1;     // of a term in all documents together, to be reported
    std::int64_t permutations = 0;  // of documents, for p; up to 8 times as many near the line
    std::uint64_t seed = 0;
    std::int64_t min_documents = 1;          // that have a term, for it to be tested
    std::span<const std::uint8_t> listed{};  // terms that are reported; empty: all
    std::span<const std::uint8_t> wanted{};  // groups that are contrasted; empty: all
    std::span<const double> lengths{};       // of documents; empty: the sums of their counts
    std::span<const std::int32_t> strata{};  // documents are dealt out within; empty: one
};

/// One contrast a group: the group against all others. Columns of equal length, groups in order
/// and terms ascending within each. NaN is missing.
struct KeynessTable {
    std::vector<std::int32_t> group;
    std::vector<std::int32_t> term;
    std::vector<std::int64_t> count;  // occurrences in the group
    std::vector<std::int64_t> rest;   // and in the others
    std::vector<std::int64_t> range;  // documents of the group that have the term
    std::vector<double> dispersion;   // Gries' DP over the group's documents: 0 even, 1 in one
    std::vector<double> rate;         // per 1,000 occurrences of any term in the group
    std::vector<double> rest_rate;    // the same of the others
    std::vector<double> score;
    std::vector<double> z;        // of log_odds: score / Monroe's standard error
    std::vector<double> error;    // of log_odds: the larger of Monroe's and the document-clustered
                                  // standard error; missing with fewer than 5 documents on a side
    std::vector<double> degrees;  // of freedom of `error`
    std::vector<double> p;        // by permutation; missing where `error` would be, and untested
    std::vector<double> p_words;  // as if words were drawn one by one, where the measure has one
    std::int64_t tested = 0;      // terms a group
    double floor = std::numeric_limits<double>::quiet_NaN();  // the least p there can be
};

/// Contrasts each group with all the others.
/// The clustered error takes documents as units (delta method on each side's log odds). `p` is the
/// share of |score| / error (of |score|, where there is no error) that documents dealt out anew
/// reach, over the permutations and the terms of similar document frequency together. Documents are
/// dealt out more often for terms of which it is not yet clear whether q (Benjamini and Hochberg
/// 1995, over the tested terms of a group) is above or below 0.05, and a quarter as often where it
/// is clearly above.
/// Shapes: `counts` is documents x terms; `group_of` has one entry a document, in [0, groups), as
/// have `lengths` and `strata`; `listed` has one a term, `wanted` one a group.
/// A group without terms, or without others to compare with, has no rows.
/// Errors: ValueError for other shapes, groups, a prior_size or a prior that is not positive.
/// Cost: non-zeros + groups x terms + permutations x (those of tested terms). Sums are of integers: any order of
/// documents gives the same scores.
[[nodiscard]] KeynessTable keyness(CsrView<std::int32_t> counts,
                                   std::span<const std::int32_t> group_of, std::int32_t groups,
                                   const KeynessOptions& options, const Run& run);

/// Scores of log_odds alone, groups x terms, row after row; NaN for a term that does not occur or is
/// the only one, and for a group without terms or without others to compare with.
struct LogOdds {
    std::vector<double> score;
    std::vector<double> z;
};

/// The `score` and `z` that `keyness` gives, for all terms, without errors, p and dispersion.
/// Shapes, Errors: as keyness. Cost: non-zeros + groups x terms.
[[nodiscard]] LogOdds log_odds(CsrView<std::int32_t> counts, std::span<const std::int32_t> group_of,
                               std::int32_t groups, const KeynessOptions& options, const Run& run);

}  // namespace framelens
