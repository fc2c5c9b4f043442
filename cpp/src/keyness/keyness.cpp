#include "framelens/keyness.hpp"

#include "contrasts.hpp"
#include "framelens/counts.hpp"
#include "framelens/error.hpp"
#include "framelens/parallel_watch.hpp"
#include "framelens/types_positions.hpp"
#include "permutations.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <limits>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <span>
#include <utility>
#include <vector>

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

std::vector<double> lengths_of_documents(CsrView<std::int32_t> counts,
                                         const KeynessOptions& options) {
    if (!options.lengths.empty()) return {options.lengths.begin(), options.lengths.end()};
    std::vector<double> lengths;
    for (std::int64_t document = 0; document < counts.rows(); ++document) {
        lengths.push_back(std::accumulate(counts.data.begin() + counts.indptr[at(document)],
                                          counts.data.begin() + counts.indptr[at(document) + 1],
                                          0.0));
    }
    return lengths;
}

// Empty, or as long as what it is about.
void check_shape(std::size_t size, std::int64_t expected, const char* what) {
    if (size != 0 && std::cmp_not_equal(size, expected)) throw ValueError(what);
}

void check_shapes(CsrView<std::int32_t> counts, std::int32_t groups,
                  const KeynessOptions& options) {
    check_shape(options.lengths.size(), counts.rows(), "there must be one length a document");
    check_shape(options.strata.size(), counts.rows(), "there must be one stratum a document");
    check_shape(options.listed.size(), counts.columns, "there must be one flag a term");
    check_shape(options.wanted.size(), groups, "there must be one flag a group");
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
        return std::min(own, all.lengths.documents - own) >= min_error_documents;
    }
};

Corpus make_corpus(CsrView<std::int32_t> counts, const KeynessOptions& options) {
    std::vector<std::int64_t> everything(at(counts.rows()));
    std::iota(everything.begin(), everything.end(), 0);
    Corpus corpus{counts, options, lengths_of_documents(counts, options), {}, {}, {}};
    corpus.all = corpus.sum(everything);
    std::vector<double> total;
    for (const TermSums& term : corpus.all.terms) total.push_back(term.count);
    corpus.priors = prior_counts(total, options);
    for (std::int32_t term = 0; term < counts.columns; ++term) {
        if (!options.listed.empty() && options.listed[at(term)] == 0) continue;
        const double count = corpus.all.terms[at(term)].count;
        // The only term of a corpus has no odds.
        if (count >= static_cast<double>(std::max<std::int64_t>(options.min_count, 1)) &&
            count < corpus.all.lengths.length) {
            corpus.terms.push_back(term);
        }
    }
    return corpus;
}

// Documents by stratum, in the order of the strata's numbers.
std::vector<std::vector<std::int64_t>> strata_of(std::int64_t documents,
                                                 std::span<const std::int32_t> strata) {
    std::map<std::int32_t, std::vector<std::int64_t>> found;
    for (std::int64_t document = 0; document < documents; ++document) {
        found[strata.empty() ? 0 : strata[at(document)]].push_back(document);
    }
    std::vector<std::vector<std::int64_t>> result;
    for (auto& [number, members] : found) result.push_back(std::move(members));
    return result;
}

// The places where pools of terms in this order begin, and their end. What is left of the rarest
// terms joins the pool before: p has its floor by the smallest pool.
std::vector<std::size_t> pool_starts(std::span<const std::int64_t> frequencies) {
    std::vector<std::size_t> starts{0};
    for (std::size_t i = 1; i < frequencies.size(); ++i) {
        if (i - starts.back() >= terms_in_pool && frequencies[i] < frequencies[i - 1] &&
            frequencies.size() - i >= terms_in_pool) {
            starts.push_back(i);
        }
    }
    starts.push_back(frequencies.size());
    return starts;
}

// Pools from the terms of most documents down, so that those of rare terms are the large ones.
PermutedCorpus make_permuted(const Corpus& corpus, std::vector<std::int32_t>& place_of) {
    const std::vector<std::int64_t> frequency = document_frequencies(corpus.counts);
    std::vector<std::int32_t> order;
    for (const std::int32_t term : corpus.terms) {
        if (frequency[at(term)] >= corpus.options.min_documents) order.push_back(term);
    }
    std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
        return frequency[at(a)] > frequency[at(b)];
    });
    TestedTerms all;
    std::vector<std::int64_t> ordered;
    place_of.assign(at(corpus.counts.columns), -1);
    for (const std::int32_t term : order) {
        place_of[at(term)] = static_cast<std::int32_t>(all.places());
        const TermSums& sums = corpus.all.terms[at(term)];
        ordered.push_back(frequency[at(term)]);
        all.all.count.push_back(sums.count);
        all.all.squares.push_back(sums.squares);
        all.all.count_length.push_back(sums.count_length);
        all.priors.push_back(corpus.priors[at(term)]);
    }
    all.pool_starts = pool_starts(ordered);
    all.numbers.resize(all.pools());
    std::iota(all.numbers.begin(), all.numbers.end(), std::size_t{0});
    all.counts = take_columns(corpus.counts, place_of, std::ssize(order));
    return {corpus.options, corpus.document_lengths, corpus.all.lengths, std::move(all),
            strata_of(corpus.counts.rows(), corpus.options.strata)};
}

// A group's contrast: its documents, and where its rows begin.
struct GroupContrast {
    std::vector<std::int64_t> documents;
    std::optional<std::size_t> first_row;  // none if there is nothing to compare
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
    make(
        std::initializer_list<std::vector<std::int64_t>*>{&table.count, &table.rest, &table.range});
    make(std::initializer_list<std::vector<double>*>{
        &table.dispersion, &table.rate, &table.rest_rate, &table.score, &table.z, &table.error,
        &table.degrees, &table.p, &table.p_words});
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
        table.rest[row] = static_cast<std::int64_t>(sides.rest.count);
        table.rate[row] = 1000.0 * sides.own.count / sides.own_lengths.length;
        table.rest_rate[row] = 1000.0 * sides.rest.count / sides.rest_lengths.length;
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
        const std::span<const std::uint8_t> wanted = corpus.options.wanted;
        double length = 0.0;
        for (const std::int64_t document : documents)
            length += corpus.document_lengths[at(document)];
        const bool compared = length > 0.0 && length < corpus.all.lengths.length &&
                              (wanted.empty() || wanted[contrasts.size()] != 0);
        contrasts.push_back({std::move(documents), {}});
        if (!compared) continue;
        contrasts.back().first_row = rows;
        rows += corpus.terms.size();
    }
    resize(table, rows, watch);
    return contrasts;
}

// p of each group's tested terms.
void fill_p(const Corpus& corpus, std::span<const GroupContrast> contrasts,
            const PermutedCorpus& permuted, std::span<const std::int32_t> place_of, const Run& run,
            KeynessTable& table) {
    const auto groups = static_cast<std::int64_t>(contrasts.size());
    const std::int64_t steps = groups * corpus.options.permutations;
    std::vector<std::unique_ptr<Permutations>> permutations(contrasts.size());
    parallel_for(groups, standing_at(run, 0, steps), 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t number = begin; number < end; ++number) {
            const GroupContrast& group = contrasts[at(number)];
            if (!group.first_row || !corpus.can_permute(group.documents.size())) continue;
            permutations[at(number)] = std::make_unique<Permutations>(permuted, group.documents);
        }
    });
    permute(permuted, run, permutations);
    const Run after = standing_at(run, steps, steps);
    Watch watch(after);
    for (std::size_t number = 0; number < contrasts.size(); ++number) {
        watch.look();
        if (!permutations[number]) continue;
        const std::vector<double> p = permutations[number]->p();
        for (std::size_t i = 0; i < corpus.terms.size(); ++i) {
            const std::int32_t place = place_of[at(corpus.terms[i])];
            if (place >= 0) table.p[*contrasts[number].first_row + i] = p[at(place)];
        }
    }
    table.tested = static_cast<std::int64_t>(permuted.terms.places());
    table.floor = least_p(permuted);
}

}  // namespace

KeynessTable keyness(CsrView<std::int32_t> counts, std::span<const std::int32_t> group_of,
                     std::int32_t groups, const KeynessOptions& options, const Run& run) {
    std::vector<std::vector<std::int64_t>> members = rows_by_group(counts.rows(), group_of, groups);
    check_shapes(counts, groups, options);
    const Corpus corpus = make_corpus(counts, options);
    const bool permutes = options.permutations > 0;
    const std::int64_t steps = groups * std::max<std::int64_t>(options.permutations, 1);
    KeynessTable table;
    const Run before = standing_at(run, 0, steps);
    Watch watch(before);
    const std::vector<GroupContrast> contrasts =
        plan_rows(corpus, std::move(members), table, watch);
    // What lasts is the permutations: they alone move on.
    parallel_for(groups, permutes ? before : run, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t number = begin; number < end; ++number) {
            const GroupContrast& group = contrasts[at(number)];
            if (!group.first_row) continue;
            contrast_group(corpus, static_cast<std::int32_t>(number), group, table);
        }
    });
    if (!permutes) return table;
    std::vector<std::int32_t> place_of;
    const PermutedCorpus permuted = make_permuted(corpus, place_of);
    if (permuted.terms.places() > 0) {
        fill_p(corpus, contrasts, permuted, place_of, run, table);
    }
    return table;
}

}  // namespace framelens
