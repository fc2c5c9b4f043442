#include "contrasts.hpp"
#include "framelens/counts.hpp"
#include "framelens/error.hpp"
#include "framelens/keyness.hpp"
#include "framelens/types_positions.hpp"

#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>

namespace framelens {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

void add_counts(CsrView<std::int32_t> counts, std::span<const std::int64_t> documents,
                std::span<double> sums) {
    for (const std::int64_t document : documents) {
        for (std::int64_t i = counts.indptr[at(document)]; i < counts.indptr[at(document) + 1];
             ++i) {
            sums[at(counts.indices[at(i)])] += counts.data[at(i)];
        }
    }
}

// The counts of all groups, and how large each is.
struct Totals {
    std::vector<double> terms;
    std::vector<double> groups;
    double all = 0.0;
};

Totals add_up(std::span<const double> counts, std::int64_t columns, std::int64_t groups) {
    Totals totals{std::vector<double>(at(columns)), {}, 0.0};
    for (std::int64_t group = 0; group < groups; ++group) {
        const std::span<const double> own = counts.subspan(at(group * columns), at(columns));
        double sum = 0.0;
        for (std::size_t term = 0; term < own.size(); ++term) {
            totals.terms[term] += own[term];
            sum += own[term];
        }
        totals.groups.push_back(sum);
        totals.all += sum;
    }
    return totals;
}

// What a group and the others have in common with all their terms.
struct Scale {
    double own_all, rest_all;  // with the prior
};

// Turns counts of the group into scores, without a branch.
FRAMELENS_BY_MACHINE void score_terms(const Scale& scale, std::size_t terms, const double* totals,
                                      const double* priors, std::pair<double*, double*> result) {
    double* const scores = result.first;
    double* const z = result.second;
    for (std::size_t term = 0; term < terms; ++term) {
        const double own = scores[term] + priors[term];
        const double rest = totals[term] - scores[term] + priors[term];
        const MonroeScore found = monroe(own, scale.own_all, rest, scale.rest_all);
        scores[term] = found.score;
        z[term] = found.score / std::sqrt(found.variance);
    }
}

void score_group(const Totals& totals, std::int64_t group, std::span<const double> priors,
                 double prior_size, std::pair<std::span<double>, std::span<double>> score_and_z) {
    const auto [scores, z] = score_and_z;
    const double own_all = totals.groups[at(group)] + prior_size;
    const double rest_all = totals.all - totals.groups[at(group)] + prior_size;
    const bool known = totals.groups[at(group)] > 0.0 && totals.groups[at(group)] < totals.all;
    score_terms({own_all, rest_all}, scores.size(), totals.terms.data(), priors.data(),
                {scores.data(), z.data()});
    for (std::size_t term = 0; term < scores.size(); ++term) {
        const double total = totals.terms[term];
        if (!known || total == 0.0 || total == totals.all) scores[term] = z[term] = missing;
    }
}

}  // namespace

std::vector<double> prior_counts(std::span<const double> counts, const KeynessOptions& options) {
    if (!(options.prior_size > 0.0) || !std::isfinite(options.prior_size)) {
        throw ValueError("the size of the prior must be positive");
    }
    const bool given = !options.prior.empty();
    if (given && options.prior.size() != counts.size()) {
        throw ValueError("there must be one prior a term");
    }
    const std::span<const double> sizes = given ? options.prior : counts;
    std::vector<double> priors(sizes.begin(), sizes.end());
    const double sum = std::accumulate(priors.begin(), priors.end(), 0.0);
    for (double& prior : priors) {
        if (given && !(prior > 0.0)) throw ValueError("the prior of every term must be positive");
        prior *= options.prior_size / sum;
    }
    return priors;
}

LogOdds log_odds(CsrView<std::int32_t> counts, std::span<const std::int32_t> group_of,
                 std::int32_t groups, const KeynessOptions& options, const Run& run) {
    const std::vector<std::vector<std::int64_t>> members =
        rows_by_group(counts.rows(), group_of, groups);
    const std::int64_t columns = counts.columns;
    LogOdds result;
    result.score.resize(at(groups * columns));
    result.z.resize(at(groups * columns));
    const auto row = [columns](std::vector<double>& values, std::int64_t group) {
        return std::span(values).subspan(at(group * columns), at(columns));
    };
    parallel_for(groups, run, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t group = begin; group < end; ++group) {
            add_counts(counts, members[at(group)], row(result.score, group));
        }
    });
    const Totals totals = add_up(result.score, columns, groups);
    const std::vector<double> priors = prior_counts(totals.terms, options);
    parallel_for(groups, run, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t group = begin; group < end; ++group) {
            score_group(totals, group, priors, options.prior_size,
                        {row(result.score, group), row(result.z, group)});
        }
    });
    return result;
}

}  // namespace framelens
