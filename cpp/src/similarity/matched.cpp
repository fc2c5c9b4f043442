#include "framelens/counts.hpp"
#include "framelens/error.hpp"
#include "framelens/resample.hpp"
#include "framelens/similarity.hpp"
#include "groups.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace framelens {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
// Events of a pair from which errors are given; the jackknife of fewer is too rough.
constexpr std::size_t min_error_events = 5;

// What the documents of one group in one event add to its sums.
struct Share {
    double documents = 0.0;
    double others = 0.0;  // sum of products with the other rows of the group
    double inside = 0.0;  // sum of products of two different rows of this share
};

// A group's mean product of two different rows, with and without an event.
struct Within {
    double documents = 0.0;
    double others = 0.0;

    [[nodiscard]] double mean_without(const Share& share) const noexcept {
        const double n = documents - share.documents;
        const double sum = others - 2.0 * share.others + share.inside;
        return n >= 2.0 ? sum / (n * (n - 1.0)) : missing;
    }
};

// The groups of one event: their shares, and the mean products of their rows.
struct Event {
    std::vector<std::int64_t> rows;
    std::vector<Share> shares;  // of each group
    Matrix means;               // missing where a group has no row, or none but one
};

void sum_event(CsrView<double> rows, const Groups& groups, std::span<const std::int32_t> group_of,
               Event& event) {
    const auto group = [&](std::int64_t row) {
        return static_cast<Eigen::Index>(group_of[static_cast<std::size_t>(row)]);
    };
    event.shares.resize(static_cast<std::size_t>(groups.size()));
    event.means = Matrix::Zero(groups.size(), groups.size());
    for (const std::int64_t i : event.rows) {
        Share& share = event.shares[static_cast<std::size_t>(group(i))];
        share.documents += 1.0;
        share.others += product_with_others(groups, group(i), i);
        for (const std::int64_t j : event.rows) {
            if (i != j) event.means(group(i), group(j)) += multiply_rows(rows, i, j);
        }
    }
    for (Eigen::Index a = 0; a < groups.size(); ++a) {
        Share& share = event.shares[static_cast<std::size_t>(a)];
        share.inside = event.means(a, a);
        for (Eigen::Index b = 0; b < groups.size(); ++b) {
            const double n = share.documents;
            const double pairs =
                a == b ? n * (n - 1.0) : n * event.shares[static_cast<std::size_t>(b)].documents;
            event.means(a, b) = pairs > 0.0 ? event.means(a, b) / pairs : missing;
        }
    }
}

struct Compared {
    double similarity = missing, adjusted = missing, error = missing;
    std::int64_t events = 0;
};

Compared compare(const std::vector<Event>& events, const std::vector<Within>& within, std::size_t a,
                 std::size_t b) {
    std::vector<const Event*> both;
    double sum = 0.0;
    for (const Event& event : events) {
        const double mean = event.means(static_cast<Eigen::Index>(a), static_cast<Eigen::Index>(b));
        if (std::isnan(mean)) continue;
        both.push_back(&event);
        sum += mean;
    }
    Compared result;
    result.events = static_cast<std::int64_t>(both.size());
    if (both.empty()) return result;
    const auto count = static_cast<double>(both.size());
    const auto ratio = [](double mean, double left, double right) {
        return left > 0.0 && right > 0.0 ? mean / std::sqrt(left * right) : missing;
    };
    result.similarity = std::min(sum / count, 1.0);  // a mean of cosines
    result.adjusted = ratio(sum / count, within[a].mean_without({}), within[b].mean_without({}));
    if (both.size() < min_error_events) return result;
    std::vector<double> left_out;
    for (const Event* event : both) {
        const double mean =
            event->means(static_cast<Eigen::Index>(a), static_cast<Eigen::Index>(b));
        left_out.push_back(ratio((sum - mean) / (count - 1.0),
                                 within[a].mean_without(event->shares[a]),
                                 within[b].mean_without(event->shares[b])));
    }
    result.error = std::sqrt(jackknife_variance(left_out));
    return result;
}

}  // namespace

MatchedSimilarity compare_matched(CsrView<double> rows, std::span<const std::int32_t> group_of,
                                  std::int32_t groups, std::span<const std::int32_t> event_of,
                                  std::int32_t events, const Run& run) {
    const Groups grouped = make_groups(rows, rows_by_group(rows.rows(), group_of, groups), run);
    std::vector<std::vector<std::int64_t>> members = rows_by_group(rows.rows(), event_of, events);
    std::vector<Event> found(members.size());
    parallel_for(events, run, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t event = begin; event < end; ++event) {
            Event& one = found[static_cast<std::size_t>(event)];
            one.rows = std::move(members[static_cast<std::size_t>(event)]);
            sum_event(rows, grouped, group_of, one);
        }
    });
    std::vector<Within> within;
    for (Eigen::Index group = 0; group < grouped.size(); ++group) {
        within.push_back({grouped.count(group), 0.0});
        for (const std::int64_t row : grouped.members[static_cast<std::size_t>(group)]) {
            within.back().others += product_with_others(grouped, group, row);
        }
    }
    MatchedSimilarity result;
    for (std::size_t a = 0; a < within.size(); ++a) {
        for (std::size_t b = 0; b < within.size(); ++b) {
            const Compared pair = compare(found, within, std::min(a, b), std::max(a, b));
            result.similarity.push_back(pair.similarity);
            result.adjusted.push_back(pair.adjusted);
            result.error.push_back(a == b ? missing : pair.error);
            result.events.push_back(pair.events);
        }
    }
    return result;
}

}  // namespace framelens
