// Which term of a lexicon a label is, and scores from labels that have been counted.
#pragma once

#include "framelens/lexicon.hpp"
#include "framelens/parallel.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace framelens {

/// A label and the text around it; a hundred bytes on each side are plenty.
struct LabelInContext {
    std::string term{};    // folded, singular: "vice president"
    std::string label{};   // the noun as printed
    std::string before{};  // the text up to the noun, as printed
    std::string after{};   // the text that follows it, as printed
    LabelObject object = LabelObject::any;
};

/// The term of the lexicon that each label is, as an index into `lexicon.terms`.
/// A phrase that holds the noun and all words of `term` comes first, the longest one; then the
/// term; then the printed noun, as `find_term` finds them. Words of a phrase are separated by
/// spaces or hyphens in the text, by nothing else.
/// Missing: a label that no term fits, or that stands in one of the lexicon's exclusions.
/// Errors: `Interrupted`. Cost: linear in labels, and in distinct labels x terms. One thread.
[[nodiscard]] std::vector<std::optional<std::int32_t>> match_labels(
    const Lexicon& lexicon, const std::vector<LabelInContext>& labels, const Run& run = {});

/// Labels as columns, one entry a label, in any order.
/// Shapes: four columns of one length.
struct CountedLabels {
    std::vector<std::int32_t> group;    // whose label: a source's, for one target, voice, object
    std::vector<std::int64_t> cluster;  // the document or event it stands in: any number
    std::vector<std::int32_t> pole;     // index of the pole; the number of poles is neutral
    std::vector<double> weight;         // of its term, finite and >= 0; 0 never counts for a pole
};

/// How labels make groups.
/// Shapes: `family` has one entry a group. Groups of one family are sources to be compared: they
/// share one intraclass correlation.
struct FramingGroups {
    std::vector<std::int32_t> family;
    std::int32_t poles = 2;
};

/// The score of one group. Sums are the same bits in any order of labels and documents.
struct FramingScore {
    std::vector<std::int64_t> counts;     // labels of each pole, then neutral ones
    double first = 0;                     // weight of the first pole's labels
    double second = 0;                    // weight of the second pole's
    std::optional<double> score;          // (first - second) / (first + second)
    std::optional<double> log_odds;       // ln((first + 1/2) / (second + 1/2)); needs two poles
    std::int64_t clusters = 0;            // clusters that hold a label of the first two poles
    std::optional<double> correlation;    // rho: that of the family, where it can be estimated
    std::optional<double> design_effect;  // 1 + rho (sum n_i^2 / sum n_i - 1)
    // The two poles' labels as independent ones: share x effective n / design effect.
    std::optional<double> effective_first;
    std::optional<double> effective_second;
};

/// Scores every group.
/// Shapes: one score a group, in the order of `groups.family`.
/// Units: `score` is in [-1, 1]. A label of weight 0 or of a third pole is in no score; the
/// effective n is (sum w)^2 / sum w^2, so only ratios of weights matter to it.
/// Missing: the score where both weights are 0, or the axis has one pole; the design effect and
/// what follows from it where the group's labels stand in fewer than two clusters. A correlation
/// that cannot be estimated, as no source prints both poles, is taken to be 1: the effective n is
/// that of the clusters, and of the labels where each cluster has one.
/// Errors: ValueError for columns of unequal length, an index out of range, a bad weight.
/// Cost: O(n log n) in labels.
[[nodiscard]] std::vector<FramingScore> score_labels(const CountedLabels& labels,
                                                     const FramingGroups& groups);

/// The labels of one cluster of one group: how many, and how many of them of the first pole.
struct LabelCluster {
    std::int32_t group = 0;
    std::int64_t labels = 0;
    std::int64_t first = 0;
};

/// ANOVA estimate of the intraclass correlation of binary labels within clusters, clusters nested
/// in groups, pooled over groups; an estimate below 0 is 0.
/// Missing: where no group has two clusters, no cluster has two labels, or the estimate has no
/// denominator, as when no label differs from another in its group.
/// Source: Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 2003, ch. 15;
/// Ridout, Demetrio and Firth, Biometrics 55 (1999), the estimator rho_AOV.
[[nodiscard]] std::optional<double> intraclass_correlation(std::vector<LabelCluster> clusters);

}  // namespace framelens
