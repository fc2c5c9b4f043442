#include "framelens/keyness.hpp"

#include "framelens/counts.hpp"
#include "framelens/error.hpp"
#include "framelens/parallel_watch.hpp"
#include "framelens/types_positions.hpp"
#include "keyness_contrasts.hpp"
#include "keyness_permutations.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <limits>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>
#include <string>

namespace framelens {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
// Terms whose permutations are pooled; more of the same document frequency stay together.
constexpr std::size_t terms_in_pool = 100;

// Sums over some documents.
struct Side {
    std::vector<TermSums> terms;
    LengthSums lengths;
};

std::vector<double> lengths_of_documents(CsrView<std::int32_t> counts) {
    std::vector<double> lengths;
    for (std::int64_t document = 0; document < counts.rows(); ++document) {
        lengths.push_back(std::accumulate(counts.data.begin() + counts.indptr[at(document)],
                                          counts.data.begin() + counts.indptr[at(document) + 1],
                                          0.0));
    }
    return lengths;
}

// What all contrasts of one corpus share.
struct Corpus {
    CsrView<std::int32_t> counts;
    const KeynessOptions& options;
    std::vector<double> document_lengths;
    Side all;
    std::vector<double> priors;       // of each term
    std::vector<std::int32_t> terms;  // that are reported

    [[nodiscard]] Side sum(std::span<const std::int64_t> documents) const {
        Side side;
        side.terms.resize(at(counts.columns));
        side.lengths = sum_documents(
            counts, document_lengths, documents,
            [&](std::size_t term, const TermSums& sums) { side.terms[term] += sums; });
        return side;
    }
    [[nodiscard]] Sides sides(const Side& side, std::int32_t term) const {
        return {side.terms[at(term)], all.terms[at(term)] - side.terms[at(term)],
                side.lengths,         all.lengths - side.lengths,
                priors[at(term)],     options.prior_size};
    }
    [[nodiscard]] bool can_permute(std::size_t documents) const noexcept {
        const auto own = static_cast<double>(documents);
        return std::min(own, all.lengths.documents - own) >= fewest_documents;
    }
};

Corpus make_corpus(CsrView<std::int32_t> counts, const KeynessOptions& options) {
    std::vector<std::int64_t> everything(at(counts.rows()));
    std::iota(everything.begin(), everything.end(), 0);
    Corpus corpus{counts, options, lengths_of_documents(counts), {}, {}, {}};
    corpus.all = corpus.sum(everything);
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
    return corpus;
}

// Pools from the terms of most documents down, so that those of rare terms are the large ones.
PermutedCorpus make_permuted(const Corpus& corpus) {
    const std::vector<std::int64_t> frequency = document_frequencies(corpus.counts);
    std::vector<std::int32_t> order = corpus.terms;
    std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
        return frequency[at(a)] > frequency[at(b)];
    });
    PermutedCorpus permuted{
        corpus.counts, corpus.options, corpus.document_lengths, {}, {}, {}, corpus.all.lengths, {}};
    permuted.place_of.assign(at(corpus.counts.columns), static_cast<std::int32_t>(order.size()));
    for (std::size_t i = 0; i < order.size(); ++i) {
        const bool first = permuted.pool_starts.empty();
        if (first || (i - permuted.pool_starts.back() >= terms_in_pool &&
                      frequency[at(order[i])] < frequency[at(order[i - 1])])) {
            permuted.pool_starts.push_back(i);
        }
        const TermSums& sums = corpus.all.terms[at(order[i])];
        permuted.place_of[at(order[i])] = static_cast<std::int32_t>(i);
        permuted.all.count.push_back(sums.count);
        permuted.all.squares.push_back(sums.squares);
        permuted.all.count_length.push_back(sums.count_length);
        permuted.priors.push_back(corpus.priors[at(order[i])]);
    }
    permuted.pool_starts.push_back(order.size());
    return permuted;
}

// A group's contrast: its documents, where its rows begin, and what permutations of it reach.
struct GroupContrast {
    std::vector<std::int64_t> documents;
    std::optional<std::size_t> first_row;  // none if there is nothing to compare
    std::unique_ptr<Permutations> permutations;
};

void add_dispersion(const Corpus& corpus, const Side& side, const GroupContrast& group,
                    KeynessTable& table) {
    std::vector<double> gaps(at(corpus.counts.columns), 0.0);
    std::vector<std::int64_t> range(at(corpus.counts.columns), 0);
    for (const std::int64_t document : group.documents) {
        const double share = corpus.document_lengths[at(document)] / side.lengths.length;
        for (std::int64_t i = corpus.counts.indptr[at(document)];
             i < corpus.counts.indptr[at(document) + 1]; ++i) {
            const std::size_t term = at(corpus.counts.indices[at(i)]);
            const double part = corpus.counts.data[at(i)] / side.terms[term].count;
            gaps[term] += std::abs(part - share) - share;
            ++range[term];
        }
    }
    std::size_t row = *group.first_row;
    for (const std::int32_t term : corpus.terms) {
        const bool known = side.terms[at(term)].count > 0.0;
        table.range[row] = range[at(term)];
        table.dispersion[row] = known ? std::max(0.5 * (1.0 + gaps[at(term)]), 0.0) : missing;
        ++row;
    }
}

// Fresh memory comes page by page: many rows take their time.
void resize(KeynessTable& table, std::size_t rows, Watch& watch) {
    const auto make = [&](auto columns) {
        for (auto* column : columns) {
            watch.look();
            column->resize(rows);
        }
    };
    make(std::initializer_list<std::vector<std::int32_t>*>{&table.group, &table.term});
    make(std::initializer_list<std::vector<std::int64_t>*>{&table.count, &table.range});
    make(std::initializer_list<std::vector<double>*>{&table.dispersion, &table.rate, &table.score,
                                                     &table.z, &table.error, &table.degrees,
                                                     &table.p, &table.p_words});
}

void contrast_group(const Corpus& corpus, std::int32_t number, const GroupContrast& group,
                    KeynessTable& table) {
    const Side side = corpus.sum(group.documents);
    std::size_t row = *group.first_row;
    for (const std::int32_t term : corpus.terms) {
        const Sides sides = corpus.sides(side, term);
        const ContrastScore score = contrast(corpus.options.measure, sides);
        table.group[row] = number;
        table.term[row] = term;
        table.count[row] = static_cast<std::int64_t>(sides.own.count);
        table.rate[row] = 1000.0 * sides.own.count / side.lengths.length;
        table.score[row] = score.score;
        table.z[row] = score.z;
        table.error[row] = score.error;
        table.degrees[row] = score.degrees;
        table.p[row] = missing;
        table.p_words[row] = score.p_words;
        ++row;
    }
    add_dispersion(corpus, side, group, table);
}

// Gives rows to the groups that can be compared, one group behind the other.
std::vector<GroupContrast> plan_rows(const Corpus& corpus,
                                     std::vector<std::vector<std::int64_t>>&& members,
                                     KeynessTable& table, Watch& watch) {
    std::vector<GroupContrast> contrasts;
    std::size_t rows = 0;
    for (auto& documents : members) {
        double length = 0.0;
        for (const std::int64_t document : documents)
            length += corpus.document_lengths[at(document)];
        const bool compared = length > 0.0 && length < corpus.all.lengths.length;
        contrasts.push_back({std::move(documents), {}, nullptr});
        if (!compared) continue;
        contrasts.back().first_row = rows;
        rows += corpus.terms.size();
    }
    resize(table, rows, watch);
    return contrasts;
}

// Memory for as many permutations as run at once.
class ScratchPool {
public:
    [[nodiscard]] std::unique_ptr<PermutationScratch> take() {
        const std::lock_guard lock{mutex_};
        if (idle_.empty()) return std::make_unique<PermutationScratch>();
        auto scratch = std::move(idle_.back());
        idle_.pop_back();
        return scratch;
    }
    void give_back(std::unique_ptr<PermutationScratch> scratch) {
        const std::lock_guard lock{mutex_};
        idle_.push_back(std::move(scratch));
    }

private:
    std::mutex mutex_;
    std::vector<std::unique_ptr<PermutationScratch>> idle_;
};

void permute(const KeynessOptions& options, const Run& run, std::vector<GroupContrast>& contrasts) {
    const auto groups = static_cast<std::int64_t>(contrasts.size());
    const std::int64_t draws = options.permutations;
    ScratchPool pool;
    // Group after group, whose sizes then stay in the cache.
    parallel_for(groups * draws, run, 1, [&](std::int64_t begin, std::int64_t end) {
        auto scratch = pool.take();
        for (std::int64_t item = begin; item < end; ++item) {
            const std::int64_t group = item / draws;
            if (!contrasts[at(group)].permutations) continue;
            const auto stream = static_cast<std::uint64_t>(item % draws * groups + group);
            contrasts[at(group)].permutations->draw(stream, *scratch);
        }
        pool.give_back(std::move(scratch));
    });
}

void fill_p(const Corpus& corpus, const PermutedCorpus& permuted, const GroupContrast& group,
            KeynessTable& table) {
    if (!group.permutations) return;
    const std::vector<double> p = group.permutations->p();
    for (std::size_t i = 0; i < corpus.terms.size(); ++i) {
        table.p[*group.first_row + i] = p[at(permuted.place_of[at(corpus.terms[i])])];
    }
}

}  // namespace

KeynessTable keyness(CsrView<std::int32_t> counts, std::span<const std::int32_t> group_of,
                     std::int32_t groups, const KeynessOptions& options, const Run& run) {
    std::vector<std::vector<std::int64_t>> members = rows_by_group(counts.rows(), group_of, groups);
    const Corpus corpus = make_corpus(counts, options);
    std::optional<PermutedCorpus> permuted;
    if (options.permutations > 0) permuted.emplace(make_permuted(corpus));
    KeynessTable table;
    const std::int64_t steps = groups * std::max<std::int64_t>(options.permutations, 1);
    const Run before = standing_at(run, 0, steps);
    Watch watch_before(before);
    std::vector<GroupContrast> contrasts =
        plan_rows(corpus, std::move(members), table, watch_before);
    Run first = run;
    if (permuted && run.report) {
        // What lasts is the permutations: they alone move on.
        first.report = [&](std::int64_t, std::int64_t total) { return run.report(0, total); };
    }
    parallel_for(groups, first, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t number = begin; number < end; ++number) {
            GroupContrast& group = contrasts[at(number)];
            if (!group.first_row) continue;
            contrast_group(corpus, static_cast<std::int32_t>(number), group, table);
            if (permuted && corpus.can_permute(group.documents.size())) {
                group.permutations = std::make_unique<Permutations>(*permuted, group.documents);
            }
        }
    });
    if (!permuted) return table;
    permute(options, run, contrasts);
    const Run after = standing_at(run, steps, steps);
    Watch watch_after(after);
    for (const GroupContrast& group : contrasts) {
        watch_after.look();
        fill_p(corpus, *permuted, group, table);
    }
    return table;
}

}  // namespace framelens
