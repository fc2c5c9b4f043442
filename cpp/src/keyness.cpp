#include "framelens/keyness.hpp"

#include "framelens/counts.hpp"
#include "framelens/error.hpp"
#include "framelens/resample.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <string>

namespace framelens {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr std::int64_t fewest_for_error = 5;

std::size_t at(std::int64_t position) noexcept {
    return static_cast<std::size_t>(position);
}

// Sums over documents of one side; each is an integer, and exact in a double below 2^53.
struct TermSums {
    double count = 0.0;         // sum of y, the occurrences in a document
    double squares = 0.0;       // sum of y^2
    double count_length = 0.0;  // sum of y n, with n the length of the document

    TermSums& operator+=(const TermSums& other) noexcept {
        count += other.count;
        squares += other.squares;
        count_length += other.count_length;
        return *this;
    }
    friend TermSums operator-(TermSums a, const TermSums& b) noexcept {
        return {a.count - b.count, a.squares - b.squares, a.count_length - b.count_length};
    }
};

struct LengthSums {
    double documents = 0.0;
    double length = 0.0;
    double squares = 0.0;  // sum of n^2

    friend LengthSums operator-(LengthSums a, const LengthSums& b) noexcept {
        return {a.documents - b.documents, a.length - b.length, a.squares - b.squares};
    }
};

// Sums over some documents.
struct Side {
    std::vector<TermSums> terms;
    LengthSums lengths;
};

Side sum_documents(CsrView<std::int32_t> counts, std::span<const std::int64_t> documents) {
    Side side;
    side.terms.resize(at(counts.columns));
    for (const std::int64_t document : documents) {
        const std::size_t begin = at(counts.indptr[at(document)]);
        const std::size_t end = at(counts.indptr[at(document) + 1]);
        const double length =
            std::accumulate(counts.data.begin() + static_cast<std::ptrdiff_t>(begin),
                            counts.data.begin() + static_cast<std::ptrdiff_t>(end), 0.0);
        side.lengths.documents += 1.0;
        side.lengths.length += length;
        side.lengths.squares += length * length;
        for (std::size_t i = begin; i < end; ++i) {
            const double y = counts.data[i];
            side.terms[at(counts.indices[i])] += {y, y * y, y * length};
        }
    }
    return side;
}

// The smoothed log odds of a term on one side, with two estimates of its variance.
struct LogOdds {
    double value;
    double monroe;
    VariancePart clustered;
};

LogOdds side_log_odds(const TermSums& term, const LengthSums& lengths, double prior,
                      double prior_size) {
    const double yes = term.count + prior;
    const double all = lengths.length + prior_size;
    const double share = yes / all;
    // d log odds = sum over documents of (y - share n) / (all share (1 - share))
    const double residuals =
        term.squares - 2.0 * share * term.count_length + share * share * lengths.squares;
    const double slope = all * share * (1.0 - share);
    const double small_sample = lengths.documents / (lengths.documents - 1.0);
    const double clustered = lengths.documents < static_cast<double>(fewest_for_error)
                                 ? missing
                                 : small_sample * std::max(residuals, 0.0) / (slope * slope);
    return {std::log(yes / (all - yes)), 1.0 / yes, {clustered, lengths.documents - 1.0}};
}

void append_group(const Side& all, const Side& side, const KeynessOptions& options,
                  KeynessTable& table) {
    const LengthSums other_lengths = all.lengths - side.lengths;
    if (side.lengths.length <= 0.0 || other_lengths.length <= 0.0) {
        return;
    }
    for (std::size_t term = 0; term < all.terms.size(); ++term) {
        const TermSums& total = all.terms[term];
        // The only term of a corpus has no odds.
        if (total.count < static_cast<double>(std::max<std::int64_t>(options.min_count, 1)) ||
            total.count >= all.lengths.length) {
            continue;
        }
        const double prior = options.prior_size * total.count / all.lengths.length;
        const LogOdds own =
            side_log_odds(side.terms[term], side.lengths, prior, options.prior_size);
        const LogOdds rest =
            side_log_odds(total - side.terms[term], other_lengths, prior, options.prior_size);
        const double monroe = own.monroe + rest.monroe;
        const double clustered = own.clustered.variance + rest.clustered.variance;
        const bool known = !std::isnan(clustered);
        table.term.push_back(static_cast<std::int32_t>(term));
        table.count.push_back(static_cast<std::int64_t>(side.terms[term].count));
        table.rate.push_back(1000.0 * side.terms[term].count / side.lengths.length);
        table.score.push_back(own.value - rest.value);
        table.z.push_back((own.value - rest.value) / std::sqrt(monroe));
        table.error.push_back(known ? std::sqrt(std::max(monroe, clustered)) : missing);
        table.degrees.push_back(
            known ? satterthwaite_degrees(std::array{own.clustered, rest.clustered}) : missing);
    }
}

void append(const KeynessTable& part, std::int32_t group, KeynessTable& table) {
    const auto add = [](auto& to, const auto& from) {
        to.insert(to.end(), from.begin(), from.end());
    };
    table.group.insert(table.group.end(), part.term.size(), group);
    add(table.term, part.term);
    add(table.count, part.count);
    add(table.rate, part.rate);
    add(table.score, part.score);
    add(table.z, part.z);
    add(table.error, part.error);
    add(table.degrees, part.degrees);
}

}  // namespace

KeynessTable log_odds(CsrView<std::int32_t> counts, std::span<const std::int32_t> group_of,
                      std::int32_t groups, const KeynessOptions& options, const Run& run) {
    if (!(options.prior_size > 0.0)) {
        throw ValueError("the size of the prior must be positive");
    }
    const std::vector<std::vector<std::int64_t>> members = rows_by_group(counts, group_of, groups);
    std::vector<std::int64_t> everything(group_of.size());
    std::iota(everything.begin(), everything.end(), 0);
    const Side all = sum_documents(counts, everything);
    std::vector<KeynessTable> parts(members.size());
    parallel_for(groups, run, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t group = begin; group < end; ++group) {
            append_group(all, sum_documents(counts, members[at(group)]), options, parts[at(group)]);
        }
    });
    KeynessTable table;
    for (std::int32_t group = 0; group < groups; ++group) {
        append(parts[at(group)], group, table);
        parts[at(group)] = {};
    }
    return table;
}

}  // namespace framelens
