#include "permutations.hpp"

#include "framelens/parallel_watch.hpp"
#include "framelens/types_positions.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

namespace framelens {
namespace {

// Permutations dealt out together.
constexpr std::int64_t draws_a_batch = 32;
// Where p is near the line, up to so many times the permutations asked for are drawn.
constexpr std::int64_t max_permutations_factor = 8;
constexpr double line = 0.05;

std::ptrdiff_t signed_of(std::size_t position) {
    return static_cast<std::ptrdiff_t>(position);
}

// What terms get in one group of documents after the other.
class ContrastSizes {
public:
    ContrastSizes(const PermutedCorpus& corpus, const TestedTerms& terms)
        : corpus_(corpus), terms_(terms) {}

    /// Takes other documents; false if one side has no words, so that nothing can be compared.
    bool take(std::span<const std::int64_t> documents) {
        for (auto* column : {&own_.count, &own_.squares, &own_.count_length}) {
            column->assign(terms_.places(), 0.0);
        }
        lengths_.own = sum_documents(terms_.counts, corpus_.document_lengths, documents,
                                     [this](std::size_t place, const TermSums& sums) {
                                         own_.count[place] += sums.count;
                                         own_.squares[place] += sums.squares;
                                         own_.count_length[place] += sums.count_length;
                                     });
        lengths_.rest = corpus_.all_lengths - lengths_.own;
        return lengths_.own.length > 0.0 && lengths_.rest.length > 0.0;
    }
    [[nodiscard]] double length() const noexcept { return lengths_.own.length; }

    /// The sizes of all terms.
    const std::vector<double>& all() {
        sizes_.resize(terms_.places());
        contrast_sizes(corpus_.options.measure, own_, terms_.all, lengths_,
                       {terms_.priors, corpus_.options.prior_size}, sizes_);
        return sizes_;
    }
    /// The terms whose counts are within limits.
    const std::vector<std::size_t>& in_reach(const CountLimits& limits) {
        places_.clear();
        find_in_reach(own_.count, limits, places_);
        return places_;
    }
    [[nodiscard]] double of(std::size_t place) const {
        const TermSums own = own_.of(place);
        return contrast_size(corpus_.options.measure,
                             {own, terms_.all.of(place) - own, lengths_.own, lengths_.rest,
                              terms_.priors[place], corpus_.options.prior_size});
    }

private:
    const PermutedCorpus& corpus_;
    const TestedTerms& terms_;
    SumColumns own_;
    SideLengths lengths_;
    std::vector<double> sizes_;
    std::vector<std::size_t> places_;
};

// Benjamini and Hochberg's q of each p.
std::vector<double> false_discovery_rates(const std::vector<double>& p) {
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
    std::vector<double> q(p.size());
    double least = 1.0;
    for (std::size_t rank = order.size(); rank-- > 0;) {
        least = std::min(
            least, p[order[rank]] * static_cast<double>(p.size()) / static_cast<double>(rank + 1));
        q[order[rank]] = least;
    }
    return q;
}

}  // namespace

Permutations::Permutations(const PermutedCorpus& corpus, std::span<const std::int64_t> documents)
    : corpus_(corpus), p_(corpus.terms.places(), 1.0) {
    ContrastSizes own(corpus, corpus.terms);
    own.take(documents);
    sizes_ = own.all();
    for (std::size_t pool = 0; pool < corpus.terms.pools(); ++pool) {
        const auto first = sizes_.begin() + signed_of(corpus.terms.pool_starts[pool]);
        const auto end = sizes_.begin() + signed_of(corpus.terms.pool_starts[pool + 1]);
        SortedSizes sizes(std::vector<double>(first, end));
        std::transform(first, end, std::back_inserter(at_most_),
                       [&](double size) { return sizes.at_most(size); });
        const std::size_t steps = sizes.size() + 1;
        pools_.push_back({std::move(sizes), std::vector<std::int64_t>(steps), 0, 0});
    }
    for (const std::vector<std::int64_t>& stratum : corpus.strata) {
        own_in_.push_back(std::count_if(stratum.begin(), stratum.end(), [&](std::int64_t document) {
            return std::binary_search(documents.begin(), documents.end(), document);
        }));
    }
}

// What one thread draws, before it is added to what all have drawn.
class Permutations::Tally {
public:
    Tally(const Permutations& group, const TestedTerms& terms, const Reach& reach)
        : group_(group), terms_(terms), reach_(reach), sizes_(group.corpus_, terms) {
        for (std::size_t k = 0; k < terms.pools(); ++k) {
            reached_.emplace_back(group.pools_[terms.numbers[k]].reached.size());
            pool_of_.insert(pool_of_.end(), terms.pool_starts[k + 1] - terms.pool_starts[k], k);
        }
    }

    void take(std::span<const std::int64_t> documents) {
        if (!sizes_.take(documents)) return;
        ++compared_;
        lengths_.include({sizes_.length(), sizes_.length()});
        if (!reach_.limits.empty() && reach_.lengths.has(sizes_.length())) {
            const std::vector<std::size_t>& places = sizes_.in_reach(reach_.limits);
            // One size costs what several cost together.
            if (4 * places.size() <= terms_.places()) {
                for (const std::size_t i : places) note(i, sizes_.of(i));
                return;
            }
        }
        const std::vector<double>& sizes = sizes_.all();
        for (std::size_t i = 0; i < terms_.places(); ++i) note(i, sizes[i]);
    }

    void add_to(std::vector<Pool>& pools, LengthRange& lengths) const {
        for (std::size_t k = 0; k < terms_.pools(); ++k) {
            Pool& pool = pools[terms_.numbers[k]];
            pool.drawn += compared_ * signed_of(terms_.pool_starts[k + 1] - terms_.pool_starts[k]);
            for (std::size_t i = 0; i < reached_[k].size(); ++i) pool.reached[i] += reached_[k][i];
        }
        lengths.include(lengths_);
    }

private:
    void note(std::size_t place, double size) {
        const std::size_t k = pool_of_[place];
        // Equal up to rounding is reached.
        const double reaching = size * (1.0 + 1e-12);
        if (reaching < reach_.least[k]) return;
        ++reached_[k][group_.pools_[terms_.numbers[k]].sizes.at_most(reaching)];
    }

    const Permutations& group_;
    const TestedTerms& terms_;
    const Reach& reach_;
    ContrastSizes sizes_;
    std::vector<std::size_t> pool_of_;  // of each place
    std::vector<std::vector<std::int64_t>> reached_;
    LengthRange lengths_;
    std::int64_t compared_ = 0;
};

std::vector<std::vector<std::int64_t>> Permutations::deal_out(const Draws& draws) const {
    const std::size_t strata = corpus_.strata.size();
    std::vector<std::vector<std::int64_t>> dealt(at(draws.count));
    for (std::size_t i = 0; i < strata; ++i) {
        const std::vector<std::int64_t>& stratum = corpus_.strata[i];
        SubsetDrawer drawer(std::ssize(stratum));
        for (std::int64_t k = 0; k < draws.count; ++k) {
            std::vector<std::int64_t>& documents = dealt[at(k)];
            const std::size_t before = documents.size();
            const std::size_t stream = at((draws.first + k) * draws.groups + draws.group);
            drawer.draw(own_in_[i], corpus_.options.seed, stream * strata + i, documents);
            std::transform(documents.begin() + signed_of(before), documents.end(),
                           documents.begin() + signed_of(before),
                           [&](std::int64_t place) { return stratum[at(place)]; });
        }
    }
    return dealt;
}

void Permutations::draw(const Draws& draws, const TestedTerms& terms, const Reach& reach) {
    Tally tally(*this, terms, reach);
    for (const auto& documents : deal_out(draws)) tally.take(documents);
    const std::lock_guard lock{mutex_};
    tally.add_to(pools_, lengths_);
}

std::vector<double> Permutations::take_p() {
    std::vector<double> result(sizes_.size());
    for (std::size_t k = 0; k < pools_.size(); ++k) {
        // From the largest down: a draw that reaches a size reaches all smaller ones.
        std::vector<std::int64_t> reached = pools_[k].reached;
        for (std::size_t i = reached.size() - 1; i-- > 0;) reached[i] += reached[i + 1];
        for (std::size_t i = corpus_.terms.pool_starts[k]; i < corpus_.terms.pool_starts[k + 1];
             ++i) {
            if (is_settled(k, i)) continue;
            result[i] = static_cast<double>(reached[at_most_[i]]);
            p_[i] = (1.0 + result[i]) / (1.0 + static_cast<double>(pools_[k].drawn));
        }
    }
    return result;
}

void Permutations::settle(bool keep_below) {
    constexpr double deviations = 3.0;
    const std::vector<double> reached = take_p();
    const std::vector<double> q = false_discovery_rates(p_);
    for (std::size_t k = 0; k < pools_.size(); ++k) {
        std::size_t settled = pools_[k].sizes.size();
        for (std::size_t i = corpus_.terms.pool_starts[k]; i < corpus_.terms.pool_starts[k + 1];
             ++i) {
            if (is_settled(k, i)) continue;
            const double reach = deviations * std::sqrt(std::max(reached[i], 1.0));
            const double low = std::max(reached[i] - reach, 0.0) / (1.0 + reached[i]);
            const double high = (1.0 + reached[i] + reach) / (1.0 + reached[i]);
            if (q[i] * low <= line && (keep_below || q[i] * high > line)) {
                settled = std::min(settled, at_most_[i] - 1);
            }
        }
        pools_[k].settled = settled;
    }
}

TestedTerms Permutations::open(const TestedTerms& terms) const {
    std::vector<std::size_t> pools;
    for (std::size_t k = 0; k < terms.pools(); ++k) {
        const Pool& pool = pools_[terms.numbers[k]];
        if (pool.settled < pool.sizes.size()) pools.push_back(k);
    }
    return take_pools(terms, pools);
}

Reach Permutations::reach(const TestedTerms& terms) const {
    Reach found{{}, {}, lengths_};
    std::vector<double> least;
    for (std::size_t k = 0; k < terms.pools(); ++k) {
        const Pool& pool = pools_[terms.numbers[k]];
        found.least.push_back(pool.sizes[pool.settled]);
        least.insert(least.end(), terms.pool_starts[k + 1] - terms.pool_starts[k],
                     found.least.back());
    }
    if (corpus_.options.measure == Contrast::log_odds) {
        found.limits = count_limits(terms.all.count, corpus_.all_lengths.length,
                                    {terms.priors, corpus_.options.prior_size}, lengths_, least);
    }
    return found;
}

namespace {

std::int64_t batches_of(std::int64_t draws) {
    return (draws + draws_a_batch - 1) / draws_a_batch;
}

// The draws of a batch of those in [first, end), of the same group.
Draws batch_of(std::int64_t number, std::int64_t first, std::int64_t end, const Draws& group) {
    const std::int64_t start = first + number * draws_a_batch;
    return {start, std::min(draws_a_batch, end - start), group.group, group.groups};
}

// How often all terms are dealt out before those that are clearly no news stop.
std::int64_t first_draws(std::int64_t draws) {
    return (draws + 3) / 4;
}

// Doubles the draws of the pools that are open.
void draw_more(const PermutedCorpus& corpus, Draws group, Permutations& permutations,
               const Run& run) {
    const std::int64_t draws = corpus.options.permutations;
    const std::int64_t last = max_permutations_factor * draws;
    TestedTerms terms;
    std::int64_t done = first_draws(draws);
    while (true) {
        permutations.settle(done < draws);
        if (done >= last) return;
        terms = permutations.open(done == first_draws(draws) ? corpus.terms : terms);
        if (terms.places() == 0) return;
        const Reach reach = permutations.reach(terms);
        const std::int64_t end = std::min(2 * done, done < draws ? draws : last);
        parallel_for(batches_of(end - done), run, 1, [&](std::int64_t begin, std::int64_t stop) {
            for (std::int64_t item = begin; item < stop; ++item) {
                permutations.draw(batch_of(item, done, end, group), terms, reach);
            }
        });
        done = end;
    }
}

}  // namespace

void permute(const PermutedCorpus& corpus, const Run& run,
             std::span<const std::unique_ptr<Permutations>> groups) {
    const std::int64_t draws = corpus.options.permutations;
    const std::int64_t some_draws = first_draws(draws);
    const std::int64_t batches = batches_of(some_draws);
    const std::int64_t count = std::ssize(groups);
    const Reach all{std::vector<double>(corpus.terms.pools()), {}, {}};
    Run first = run;
    if (run.report) {
        // Progress is told in permutations, which users know.
        first.report = [&](std::int64_t done, std::int64_t items) {
            return run.report(items > 0 ? done * count * draws / items : 0, count * draws);
        };
    }
    // Group after group, whose sizes then stay in the cache.
    parallel_for(count * batches, first, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t item = begin; item < end; ++item) {
            const std::int64_t group = item / batches;
            if (!groups[at(group)]) continue;
            const Draws some = batch_of(item % batches, 0, some_draws, {0, 0, group, count});
            groups[at(group)]->draw(some, corpus.terms, all);
        }
    });
    const Run more = standing_at(run, count * draws, count * draws);
    for (std::int64_t group = 0; group < count; ++group) {
        if (groups[at(group)]) draw_more(corpus, {0, 0, group, count}, *groups[at(group)], more);
    }
}

double least_p(const PermutedCorpus& corpus) {
    std::size_t smallest = corpus.terms.places();
    for (std::size_t k = 0; k < corpus.terms.pools(); ++k) {
        smallest =
            std::min(smallest, corpus.terms.pool_starts[k + 1] - corpus.terms.pool_starts[k]);
    }
    const auto draws = static_cast<double>(corpus.options.permutations * max_permutations_factor);
    return 1.0 / (1.0 + draws * static_cast<double>(smallest));
}

}  // namespace framelens
