#include "framelens/framing.hpp"

#include "framelens/error.hpp"
#include "framelens/types_positions.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <numeric>
#include <span>
#include <string>
#include <tuple>
#include <utility>

namespace framelens {
namespace {

void check(const CountedLabels& labels, const FramingGroups& groups) {
    const std::size_t count = labels.group.size();
    if (labels.cluster.size() != count || labels.pole.size() != count ||
        labels.weight.size() != count) {
        throw ValueError("group, cluster, pole and weight differ in length");
    }
    if (groups.poles < 1) {
        throw ValueError("an axis has one pole at least, not " + std::to_string(groups.poles));
    }
    const auto refuse = [](std::size_t i, const std::string& rule) {
        throw ValueError("label " + std::to_string(i) + ": " + rule);
    };
    for (std::size_t i = 0; i < count; ++i) {
        if (labels.group[i] < 0 || at(labels.group[i]) >= groups.family.size()) {
            refuse(i, "no group " + std::to_string(labels.group[i]));
        }
        if (labels.pole[i] < 0 || labels.pole[i] > groups.poles) {
            refuse(i, "no pole " + std::to_string(labels.pole[i]));
        }
        if (!std::isfinite(labels.weight[i]) || labels.weight[i] < 0) {
            refuse(i, "a weight is finite and 0 or more, not " + std::to_string(labels.weight[i]));
        }
    }
}

bool counts_for_score(const CountedLabels& labels, const FramingGroups& groups, std::size_t i) {
    return labels.pole[i] < std::min(groups.poles, 2) && labels.weight[i] > 0;
}

void count_poles(const CountedLabels& labels, const FramingGroups& groups,
                 std::vector<FramingScore>& scores) {
    for (FramingScore& score : scores) {
        score.counts.assign(at(groups.poles) + 1, 0);
    }
    for (std::size_t i = 0; i < labels.group.size(); ++i) {
        if (labels.pole[i] == groups.poles || labels.weight[i] > 0) {
            ++scores[at(labels.group[i])].counts[at(labels.pole[i])];
        }
    }
}

/// Sums weights in an order that does not depend on that of the labels, and returns each group's
/// effective number of labels: (sum w)^2 / sum w^2.
std::vector<double> sum_weights(const CountedLabels& labels, const FramingGroups& groups,
                                std::vector<FramingScore>& scores) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < labels.group.size(); ++i) {
        if (counts_for_score(labels, groups, i)) {
            order.push_back(i);
        }
    }
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return std::tie(labels.group[a], labels.pole[a], labels.weight[a]) <
               std::tie(labels.group[b], labels.pole[b], labels.weight[b]);
    });
    std::vector<double> squares(scores.size(), 0.0);
    for (const std::size_t i : order) {
        FramingScore& score = scores[at(labels.group[i])];
        (labels.pole[i] == 0 ? score.first : score.second) += labels.weight[i];
        squares[at(labels.group[i])] += labels.weight[i] * labels.weight[i];
    }
    std::vector<double> effective(scores.size(), 0.0);
    for (std::size_t g = 0; g < scores.size(); ++g) {
        const double sum = scores[g].first + scores[g].second;
        effective[g] = squares[g] > 0 ? sum * sum / squares[g] : 0.0;
    }
    return effective;
}

/// Calls `body` with each run of elements that `same` holds together.
template <class Element, class Same, class Body>
void for_each_run(std::span<const Element> elements, Same same, Body body) {
    for (std::size_t begin = 0; begin < elements.size();) {
        std::size_t end = begin + 1;
        while (end < elements.size() && same(elements[begin], elements[end])) {
            ++end;
        }
        body(elements.subspan(begin, end - begin));
        begin = end;
    }
}

/// Clusters with labels that count, in order of group.
std::vector<LabelCluster> cluster_labels(const CountedLabels& labels, const FramingGroups& groups) {
    struct Outcome {
        std::int32_t group;
        std::int64_t cluster;
        bool first;
    };
    std::vector<Outcome> outcomes;
    for (std::size_t i = 0; i < labels.group.size(); ++i) {
        if (counts_for_score(labels, groups, i)) {
            outcomes.push_back({labels.group[i], labels.cluster[i], labels.pole[i] == 0});
        }
    }
    std::sort(outcomes.begin(), outcomes.end(), [](const Outcome& a, const Outcome& b) {
        return std::tie(a.group, a.cluster) < std::tie(b.group, b.cluster);
    });
    std::vector<LabelCluster> clusters;
    const auto same = [](const Outcome& a, const Outcome& b) {
        return a.group == b.group && a.cluster == b.cluster;
    };
    for_each_run<Outcome>(outcomes, same, [&](std::span<const Outcome> run) {
        const auto first = std::count_if(run.begin(), run.end(),
                                         [](const Outcome& outcome) { return outcome.first; });
        clusters.push_back({run.front().group, std::ssize(run), first});
    });
    return clusters;
}

/// What one group adds to the analysis of variance.
struct Variance {
    double between = 0;
    double within = 0;
    double size = 0;  // N - sum n_i^2 / N
    std::int64_t between_freedom = 0;
    std::int64_t within_freedom = 0;

    void operator+=(const Variance& other) {
        between += other.between;
        within += other.within;
        size += other.size;
        between_freedom += other.between_freedom;
        within_freedom += other.within_freedom;
    }
    friend bool operator<(const Variance& a, const Variance& b) {
        return std::tie(a.between, a.within, a.size) < std::tie(b.between, b.within, b.size);
    }
};

Variance analyse_group(std::span<const LabelCluster> clusters) {
    std::int64_t labels = 0;
    std::int64_t first = 0;
    std::int64_t squares = 0;
    for (const LabelCluster& cluster : clusters) {
        labels += cluster.labels;
        first += cluster.first;
        squares += cluster.labels * cluster.labels;
    }
    const auto all = static_cast<double>(labels);
    const double mean = static_cast<double>(first) / all;
    Variance variance;
    for (const LabelCluster& cluster : clusters) {
        const auto n = static_cast<double>(cluster.labels);
        const double share = static_cast<double>(cluster.first) / n;
        variance.between += n * (share - mean) * (share - mean);
        variance.within += static_cast<double>(cluster.first) * (1 - share);
        variance.within_freedom += cluster.labels - 1;
    }
    variance.size = all - static_cast<double>(squares) / all;
    variance.between_freedom = static_cast<std::int64_t>(clusters.size()) - 1;
    return variance;
}

bool same_group(const LabelCluster& a, const LabelCluster& b) {
    return a.group == b.group;
}

void apply_design(std::span<const LabelCluster> clusters, std::optional<double> correlation,
                  FramingScore& score) {
    std::int64_t labels = 0;
    std::int64_t squares = 0;
    for (const LabelCluster& cluster : clusters) {
        labels += cluster.labels;
        squares += cluster.labels * cluster.labels;
    }
    score.clusters = std::ssize(clusters);
    if (score.clusters < 2) return;  // nothing tells how much another cluster would differ
    const double mean_size = static_cast<double>(squares) / static_cast<double>(labels);
    score.correlation = correlation;
    score.design_effect = 1 + correlation.value_or(1) * (mean_size - 1);
}

/// Sets clusters and design effects: one correlation a family, one design effect a group.
void measure_clustering(const CountedLabels& labels, const FramingGroups& groups,
                        std::vector<FramingScore>& scores) {
    const std::vector<LabelCluster> clusters = cluster_labels(labels, groups);
    std::map<std::int32_t, std::vector<LabelCluster>> families;
    for (const LabelCluster& cluster : clusters) {
        families[groups.family[at(cluster.group)]].push_back(cluster);
    }
    for (const auto& [family, members] : families) {
        const std::optional<double> correlation = intraclass_correlation(members);
        for_each_run<LabelCluster>(members, same_group, [&](std::span<const LabelCluster> run) {
            apply_design(run, correlation, scores[at(run.front().group)]);
        });
    }
}

void finish(FramingScore& score, double effective) {
    score.log_odds = std::log((score.first + 0.5) / (score.second + 0.5));
    const double sum = score.first + score.second;
    if (sum > 0) {
        score.score = (score.first - score.second) / sum;
        if (score.design_effect) {
            const double labels = effective / *score.design_effect;
            score.effective_first = score.first / sum * labels;
            score.effective_second = score.second / sum * labels;
        }
    }
}

}  // namespace

std::optional<double> intraclass_correlation(std::vector<LabelCluster> clusters) {
    // Sums of doubles depend on their order: take one that names and positions have no part in.
    std::sort(clusters.begin(), clusters.end(), [](const LabelCluster& a, const LabelCluster& b) {
        return std::tie(a.group, a.labels, a.first) < std::tie(b.group, b.labels, b.first);
    });
    std::vector<Variance> of_groups;
    for_each_run<LabelCluster>(clusters, same_group, [&](std::span<const LabelCluster> run) {
        of_groups.push_back(analyse_group(run));
    });
    std::sort(of_groups.begin(), of_groups.end());
    Variance all;
    for (const Variance& group : of_groups) {
        all += group;
    }
    if (all.between_freedom == 0 || all.within_freedom == 0) {
        return std::nullopt;
    }
    const double between = all.between / static_cast<double>(all.between_freedom);
    const double within = all.within / static_cast<double>(all.within_freedom);
    const double size = all.size / static_cast<double>(all.between_freedom);
    const double total = between + (size - 1) * within;
    if (!(total > 0)) {
        return std::nullopt;
    }
    return std::clamp((between - within) / total, 0.0, 1.0);
}

std::vector<FramingScore> score_labels(const CountedLabels& labels, const FramingGroups& groups) {
    check(labels, groups);
    std::vector<FramingScore> scores(groups.family.size());
    count_poles(labels, groups, scores);
    const std::vector<double> effective = sum_weights(labels, groups, scores);
    measure_clustering(labels, groups, scores);
    if (groups.poles > 1) {
        for (std::size_t g = 0; g < scores.size(); ++g) {
            finish(scores[g], effective[g]);
        }
    }
    return scores;
}

}  // namespace framelens
