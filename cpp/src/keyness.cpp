#include "framelens/keyness.hpp"

#include "framelens/counts.hpp"
#include "framelens/error.hpp"
#include "framelens/resample.hpp"
#include "keyness_contrasts.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <mutex>
#include <numeric>
#include <string>

namespace framelens {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
// Terms whose permutations are pooled; more of the same document frequency stay together.
constexpr std::size_t terms_in_pool = 100;

std::size_t at(std::int64_t position) noexcept {
    return static_cast<std::size_t>(position);
}

// Sums over some documents.
struct Side {
    std::vector<TermSums> terms;
    LengthSums lengths;
};

double length_of(CsrView<std::int32_t> counts, std::int64_t document) {
    return std::accumulate(counts.data.begin() + counts.indptr[at(document)],
                           counts.data.begin() + counts.indptr[at(document) + 1], 0.0);
}

Side sum_documents(CsrView<std::int32_t> counts, std::span<const std::int64_t> documents) {
    Side side;
    side.terms.resize(at(counts.columns));
    for (const std::int64_t document : documents) {
        const double length = length_of(counts, document);
        side.lengths.documents += 1.0;
        side.lengths.length += length;
        side.lengths.squares += length * length;
        for (std::int64_t i = counts.indptr[at(document)]; i < counts.indptr[at(document) + 1];
             ++i) {
            const double y = counts.data[at(i)];
            side.terms[at(counts.indices[at(i)])] += {y, y * y, y * length};
        }
    }
    return side;
}

// What all contrasts of one corpus share.
struct Corpus {
    CsrView<std::int32_t> counts;
    const KeynessOptions& options;
    Side all;
    std::vector<double> priors;         // of each term
    std::vector<std::int32_t> terms;    // that are reported
    std::vector<std::int32_t> pool_of;  // of each of these
    std::int32_t pools = 0;

    [[nodiscard]] Sides sides(const Side& side, std::int32_t term) const {
        return {side.terms[at(term)], all.terms[at(term)] - side.terms[at(term)],
                side.lengths,         all.lengths - side.lengths,
                priors[at(term)],     options.prior_size};
    }
    [[nodiscard]] bool can_compare(const Side& side) const noexcept {
        return side.lengths.length > 0.0 && all.lengths.length - side.lengths.length > 0.0;
    }
    [[nodiscard]] bool can_permute(const Side& side) const noexcept {
        return options.permutations > 0 &&
               std::min(side.lengths.documents, all.lengths.documents - side.lengths.documents) >=
                   fewest_documents;
    }
};

// From the terms of most documents down, so that the pools of rare terms are the large ones.
void make_pools(Corpus& corpus) {
    const std::vector<std::int64_t> frequency = document_frequencies(corpus.counts);
    std::vector<std::size_t> order(corpus.terms.size());
    std::iota(order.begin(), order.end(), 0);
    const auto frequency_of = [&](std::size_t i) { return frequency[at(corpus.terms[i])]; };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return frequency_of(a) > frequency_of(b);
    });
    corpus.pool_of.resize(order.size());
    std::size_t first = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (i - first >= terms_in_pool && frequency_of(order[i]) < frequency_of(order[i - 1])) {
            ++corpus.pools;
            first = i;
        }
        corpus.pool_of[order[i]] = corpus.pools;
    }
    ++corpus.pools;
}

Corpus make_corpus(CsrView<std::int32_t> counts, const KeynessOptions& options) {
    std::vector<std::int64_t> everything(at(counts.rows()));
    std::iota(everything.begin(), everything.end(), 0);
    Corpus corpus{counts, options, sum_documents(counts, everything), {}, {}, {}};
    std::vector<double> total;
    for (const TermSums& term : corpus.all.terms) total.push_back(term.count);
    corpus.priors = prior_counts(total, options);
    for (std::int32_t term = 0; term < counts.columns; ++term) {
        const double count = corpus.all.terms[at(term)].count;
        // The only term of a corpus has no odds.
        if (count >= static_cast<double>(std::max<std::int64_t>(options.min_count, 1)) &&
            count < corpus.all.lengths.length) {
            corpus.terms.push_back(term);
        }
    }
    if (options.permutations > 0) make_pools(corpus);
    return corpus;
}

// A group's contrast: its rows, and how often permutations reach each of them.
struct GroupContrast {
    std::vector<std::int64_t> documents;
    KeynessTable table;
    std::vector<double> sizes;                       // of each row
    std::vector<std::vector<double>> by_size;        // of each pool, ascending
    std::vector<std::vector<std::int64_t>> reached;  // [i]: draws between by_size[i - 1] and [i]
    std::vector<std::int64_t> draws;                 // of each pool
};

void add_dispersion(const Corpus& corpus, const Side& side, GroupContrast& group) {
    std::vector<double> gaps(at(corpus.counts.columns), 0.0);
    std::vector<std::int64_t> range(at(corpus.counts.columns), 0);
    for (const std::int64_t document : group.documents) {
        const double share = length_of(corpus.counts, document) / side.lengths.length;
        for (std::int64_t i = corpus.counts.indptr[at(document)];
             i < corpus.counts.indptr[at(document) + 1]; ++i) {
            const std::size_t term = at(corpus.counts.indices[at(i)]);
            const double part = corpus.counts.data[at(i)] / side.terms[term].count;
            gaps[term] += std::abs(part - share) - share;
            ++range[term];
        }
    }
    for (const std::int32_t term : group.table.term) {
        group.table.range.push_back(range[at(term)]);
        const bool known = side.terms[at(term)].count > 0.0;
        group.table.dispersion.push_back(known ? std::max(0.5 * (1.0 + gaps[at(term)]), 0.0)
                                               : missing);
    }
}

void reserve(KeynessTable& table, std::size_t rows) {
    table.group.reserve(rows);
    for (auto* column : {&table.count, &table.range}) column->reserve(rows);
    for (auto* column : {&table.dispersion, &table.rate, &table.score, &table.z, &table.error,
                         &table.degrees, &table.p, &table.p_words}) {
        column->reserve(rows);
    }
    table.term.reserve(rows);
}

void contrast_group(const Corpus& corpus, GroupContrast& group) {
    const Side side = sum_documents(corpus.counts, group.documents);
    if (!corpus.can_compare(side)) return;
    KeynessTable& table = group.table;
    reserve(table, corpus.terms.size());
    for (const std::int32_t term : corpus.terms) {
        const Sides sides = corpus.sides(side, term);
        const ContrastScore score = contrast(corpus.options.measure, sides);
        table.term.push_back(term);
        table.count.push_back(static_cast<std::int64_t>(sides.own.count));
        table.rate.push_back(1000.0 * sides.own.count / side.lengths.length);
        table.score.push_back(score.score);
        table.z.push_back(score.z);
        table.error.push_back(score.error);
        table.degrees.push_back(score.degrees);
        table.p_words.push_back(score.p_words);
        if (corpus.options.permutations > 0) {
            group.sizes.push_back(contrast_size(corpus.options.measure, sides));
        }
    }
    table.p.assign(table.term.size(), missing);
    add_dispersion(corpus, side, group);
    if (!corpus.can_permute(side)) return;
    group.by_size.resize(at(corpus.pools));
    for (std::size_t i = 0; i < group.sizes.size(); ++i) {
        group.by_size[at(corpus.pool_of[i])].push_back(group.sizes[i]);
    }
    for (auto& sizes : group.by_size) {
        std::sort(sizes.begin(), sizes.end());
        group.reached.emplace_back(sizes.size() + 1, 0);
    }
    group.draws.assign(at(corpus.pools), 0);
}

// Deals out the documents anew and notes what each term of the group gets. Counts are whole
// numbers, so that the order in which permutations end does not matter.
void permute(const Corpus& corpus, std::uint64_t stream, std::mutex& mutex, GroupContrast& group) {
    const std::vector<std::int64_t> documents =
        draw_subset(corpus.counts.rows(), static_cast<std::int64_t>(group.documents.size()),
                    corpus.options.seed, stream);
    const Side side = sum_documents(corpus.counts, documents);
    if (!corpus.can_compare(side)) return;
    std::vector<std::size_t> places(corpus.terms.size());
    for (std::size_t i = 0; i < corpus.terms.size(); ++i) {
        const auto& sizes = group.by_size[at(corpus.pool_of[i])];
        // Equal up to rounding is reached.
        const double size =
            contrast_size(corpus.options.measure, corpus.sides(side, corpus.terms[i])) *
            (1.0 + 1e-12);
        places[i] = at(std::upper_bound(sizes.begin(), sizes.end(), size) - sizes.begin());
    }
    const std::lock_guard lock{mutex};
    for (std::size_t i = 0; i < places.size(); ++i) {
        ++group.reached[at(corpus.pool_of[i])][places[i]];
        ++group.draws[at(corpus.pool_of[i])];
    }
}

void fill_p(const Corpus& corpus, GroupContrast& group) {
    if (group.draws.empty()) return;
    // From the largest down: a draw that reaches a size reaches all smaller ones.
    for (auto& reached : group.reached) {
        std::partial_sum(reached.rbegin(), reached.rend(), reached.rbegin());
    }
    for (std::size_t i = 0; i < group.sizes.size(); ++i) {
        const std::size_t pool = at(corpus.pool_of[i]);
        const auto& sizes = group.by_size[pool];
        const auto place =
            at(std::lower_bound(sizes.begin(), sizes.end(), group.sizes[i]) - sizes.begin());
        const auto reached = static_cast<double>(group.reached[pool][place + 1]);
        group.table.p[i] = (1.0 + reached) / (1.0 + static_cast<double>(group.draws[pool]));
    }
}

void append(KeynessTable&& part, std::int32_t group, KeynessTable& table) {
    const auto add = [](auto& to, const auto& from) {
        to.insert(to.end(), from.begin(), from.end());
    };
    table.group.insert(table.group.end(), part.term.size(), group);
    add(table.term, part.term);
    add(table.count, part.count);
    add(table.range, part.range);
    add(table.dispersion, part.dispersion);
    add(table.rate, part.rate);
    add(table.score, part.score);
    add(table.z, part.z);
    add(table.error, part.error);
    add(table.degrees, part.degrees);
    add(table.p, part.p);
    add(table.p_words, part.p_words);
}

}  // namespace

KeynessTable keyness(CsrView<std::int32_t> counts, std::span<const std::int32_t> group_of,
                     std::int32_t groups, const KeynessOptions& options, const Run& run) {
    std::vector<std::vector<std::int64_t>> members = rows_by_group(counts, group_of, groups);
    const Corpus corpus = make_corpus(counts, options);
    std::vector<GroupContrast> contrasts(members.size());
    parallel_for(groups, run, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t group = begin; group < end; ++group) {
            contrasts[at(group)].documents = std::move(members[at(group)]);
            contrast_group(corpus, contrasts[at(group)]);
        }
    });
    std::vector<std::mutex> mutexes(contrasts.size());
    const std::int64_t all = groups * std::max<std::int64_t>(options.permutations, 0);
    parallel_for(all, run, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t item = begin; item < end; ++item) {
            GroupContrast& group = contrasts[at(item % groups)];
            if (group.draws.empty()) continue;
            permute(corpus, static_cast<std::uint64_t>(item), mutexes[at(item % groups)], group);
        }
    });
    KeynessTable table;
    reserve(table, std::accumulate(contrasts.begin(), contrasts.end(), std::size_t{0},
                                   [](std::size_t rows, const GroupContrast& group) {
                                       return rows + group.table.term.size();
                                   }));
    for (std::int32_t group = 0; group < groups; ++group) {
        fill_p(corpus, contrasts[at(group)]);
        append(std::move(contrasts[at(group)].table), group, table);
        contrasts[at(group)] = {};
    }
    return table;
}

}  // namespace framelens
