#include "keyness_permutations.hpp"

#include "framelens/parallel_watch.hpp"
#include "framelens/resample.hpp"
#include "framelens/types_positions.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace framelens {
namespace {

// How often documents are dealt out at one go.
constexpr std::int64_t draws_a_batch = 8;
// Times the permutations that were asked for, near the line.
constexpr std::int64_t most_times = 16;
constexpr double line = 0.05;

/// False if one side has no words, so that nothing can be compared.
bool find_sizes(const PermutedCorpus& corpus, const TestedTerms& terms,
                std::span<const std::int64_t> documents, SumColumns& own,
                std::vector<double>& sizes) {
    for (auto* column : {&own.count, &own.squares, &own.count_length}) {
        column->assign(terms.places(), 0.0);
    }
    const LengthSums lengths = sum_documents(terms.counts, corpus.document_lengths, documents,
                                             [&](std::size_t place, const TermSums& sums) {
                                                 own.count[place] += sums.count;
                                                 own.squares[place] += sums.squares;
                                                 own.count_length[place] += sums.count_length;
                                             });
    const LengthSums rest = corpus.all_lengths - lengths;
    if (!(lengths.length > 0.0) || !(rest.length > 0.0)) return false;
    sizes.resize(terms.places());
    contrast_sizes(corpus.options.measure, own, terms.all, {lengths, rest},
                   {terms.priors, corpus.options.prior_size}, sizes);
    return true;
}

template <class Value>
void append(std::vector<Value>& to, const std::vector<Value>& from, std::size_t start,
            std::size_t end) {
    to.insert(to.end(), from.begin() + static_cast<std::ptrdiff_t>(start),
              from.begin() + static_cast<std::ptrdiff_t>(end));
}

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

CsrRows<std::int32_t> take_columns(CsrView<std::int32_t> counts,
                                   std::span<const std::int32_t> place_of, std::int64_t places) {
    CsrRows<std::int32_t> taken;
    taken.columns = places;
    for (std::int64_t row = 0; row < counts.rows(); ++row) {
        for (std::int64_t i = counts.indptr[at(row)]; i < counts.indptr[at(row) + 1]; ++i) {
            const std::int32_t place = place_of[at(counts.indices[at(i)])];
            if (place < 0) continue;
            taken.indices.push_back(place);
            taken.data.push_back(counts.data[at(i)]);
        }
        taken.indptr.push_back(std::ssize(taken.indices));
    }
    return taken;
}

TestedTerms take_pools(const TestedTerms& terms, std::span<const std::size_t> pools) {
    TestedTerms taken;
    std::vector<std::int32_t> place_of(terms.places(), -1);
    for (const std::size_t pool : pools) {
        const std::size_t start = terms.pool_starts[pool];
        const std::size_t end = terms.pool_starts[pool + 1];
        taken.pool_starts.push_back(taken.places());
        for (std::size_t place = start; place < end; ++place) {
            place_of[place] = static_cast<std::int32_t>(taken.places() + place - start);
        }
        append(taken.all.count, terms.all.count, start, end);
        append(taken.all.squares, terms.all.squares, start, end);
        append(taken.all.count_length, terms.all.count_length, start, end);
        append(taken.priors, terms.priors, start, end);
    }
    taken.pool_starts.push_back(taken.places());
    taken.counts = take_columns({terms.counts}, place_of, std::ssize(taken.priors));
    return taken;
}

SortedSizes::SortedSizes(std::vector<double> sizes) : sizes_(std::move(sizes)) {
    std::sort(sizes_.begin(), sizes_.end());
    sizes_.erase(std::unique(sizes_.begin(), sizes_.end()), sizes_.end());
    // The few largest, which lie far apart, share the last bucket.
    constexpr double evenly_spread = 0.98;
    const double high = sizes_.empty()
                            ? 0.0
                            : sizes_[at(static_cast<std::int64_t>(
                                  evenly_spread * static_cast<double>(sizes_.size() - 1)))];
    const std::size_t buckets = sizes_.size() + 1;
    if (high > 0.0 && std::isfinite(high)) scale_ = static_cast<double>(buckets) / high;
    starts_.assign(buckets + 1, static_cast<std::int32_t>(sizes_.size()));
    for (std::size_t i = sizes_.size(); i-- > 0;) {
        starts_[bucket_of(sizes_[i])] = static_cast<std::int32_t>(i);
    }
    for (std::size_t bucket = buckets; bucket-- > 0;) {
        starts_[bucket] = std::min(starts_[bucket], starts_[bucket + 1]);
    }
}

std::size_t SortedSizes::bucket_of(double size) const noexcept {
    const std::size_t last = sizes_.size();
    const double bucket = size * scale_;
    return bucket < static_cast<double>(last) ? static_cast<std::size_t>(bucket) : last;
}

std::size_t SortedSizes::at_most(double size) const noexcept {
    const std::size_t bucket = bucket_of(size);
    const auto first = sizes_.begin() + starts_[bucket];
    const auto end = sizes_.begin() + starts_[bucket + 1];
    return at(std::upper_bound(first, end, size) - sizes_.begin());
}

Permutations::Permutations(const PermutedCorpus& corpus, std::span<const std::int64_t> documents)
    : corpus_(corpus) {
    SumColumns own;
    find_sizes(corpus, corpus.terms, documents, own, sizes_);
    for (std::size_t pool = 0; pool < corpus.terms.pools(); ++pool) {
        SortedSizes sizes(std::vector<double>(
            sizes_.begin() + static_cast<std::ptrdiff_t>(corpus.terms.pool_starts[pool]),
            sizes_.begin() + static_cast<std::ptrdiff_t>(corpus.terms.pool_starts[pool + 1])));
        const std::size_t steps = sizes.size() + 1;
        pools_.push_back({std::move(sizes), std::vector<std::int64_t>(steps), 0});
    }
    for (const std::vector<std::int64_t>& stratum : corpus.strata) {
        own_in_.push_back(std::count_if(stratum.begin(), stratum.end(), [&](std::int64_t document) {
            return std::binary_search(documents.begin(), documents.end(), document);
        }));
    }
}

std::vector<std::int64_t> Permutations::deal_out(std::uint64_t stream) const {
    if (corpus_.strata.size() == 1) {
        return draw_subset(std::ssize(corpus_.strata[0]), own_in_[0], corpus_.options.seed, stream);
    }
    std::vector<std::int64_t> documents;
    for (std::size_t i = 0; i < corpus_.strata.size(); ++i) {
        const std::vector<std::int64_t>& stratum = corpus_.strata[i];
        const std::uint64_t own_stream = stream * corpus_.strata.size() + i;
        for (const std::int64_t place :
             draw_subset(std::ssize(stratum), own_in_[i], corpus_.options.seed, own_stream)) {
            documents.push_back(stratum[at(place)]);
        }
    }
    return documents;
}

void Permutations::draw(const Draws& draws, const TestedTerms& terms,
                        std::span<const std::size_t> pools) {
    SumColumns own;
    std::vector<double> sizes;
    std::vector<std::vector<std::int64_t>> reached;
    for (const std::size_t pool : pools) reached.emplace_back(pools_[pool].reached.size());
    std::int64_t compared = 0;
    for (std::int64_t draw = draws.first; draw < draws.first + draws.count; ++draw) {
        const auto stream = static_cast<std::uint64_t>(draw * draws.groups + draws.group);
        if (!find_sizes(corpus_, terms, deal_out(stream), own, sizes)) continue;
        ++compared;
        for (std::size_t k = 0; k < pools.size(); ++k) {
            const SortedSizes& seen = pools_[pools[k]].sizes;
            for (std::size_t i = terms.pool_starts[k]; i < terms.pool_starts[k + 1]; ++i) {
                // Equal up to rounding is reached.
                ++reached[k][seen.at_most(sizes[i] * (1.0 + 1e-12))];
            }
        }
    }
    const std::lock_guard lock{mutex_};
    for (std::size_t k = 0; k < pools.size(); ++k) {
        Pool& pool = pools_[pools[k]];
        pool.drawn +=
            compared * static_cast<std::int64_t>(terms.pool_starts[k + 1] - terms.pool_starts[k]);
        for (std::size_t i = 0; i < reached[k].size(); ++i) pool.reached[i] += reached[k][i];
    }
}

std::vector<double> Permutations::reaching() const {
    std::vector<double> result(sizes_.size());
    for (std::size_t k = 0; k < pools_.size(); ++k) {
        // From the largest down: a draw that reaches a size reaches all smaller ones.
        std::vector<std::int64_t> reached = pools_[k].reached;
        for (std::size_t i = reached.size() - 1; i-- > 0;) reached[i] += reached[i + 1];
        for (std::size_t i = corpus_.terms.pool_starts[k]; i < corpus_.terms.pool_starts[k + 1];
             ++i) {
            result[i] = static_cast<double>(reached[pools_[k].sizes.at_most(sizes_[i])]);
        }
    }
    return result;
}

std::vector<double> Permutations::p() const {
    std::vector<double> result = reaching();
    for (std::size_t k = 0; k < pools_.size(); ++k) {
        const auto drawn = static_cast<double>(pools_[k].drawn);
        for (std::size_t i = corpus_.terms.pool_starts[k]; i < corpus_.terms.pool_starts[k + 1];
             ++i) {
            result[i] = (1.0 + result[i]) / (1.0 + drawn);
        }
    }
    return result;
}

std::vector<std::size_t> Permutations::open(bool below) const {
    constexpr double deviations = 3.0;
    const std::vector<double> reached = reaching();
    const std::vector<double> q = false_discovery_rates(p());
    std::vector<std::size_t> found;
    for (std::size_t k = 0; k < pools_.size(); ++k) {
        bool is_open = false;
        for (std::size_t i = corpus_.terms.pool_starts[k]; i < corpus_.terms.pool_starts[k + 1];
             ++i) {
            const double reach = deviations * std::sqrt(std::max(reached[i], 1.0));
            const double low = std::max(reached[i] - reach, 0.0) / (1.0 + reached[i]);
            const double high = (1.0 + reached[i] + reach) / (1.0 + reached[i]);
            is_open = is_open || (q[i] * low <= line && (below || q[i] * high > line));
        }
        if (is_open) found.push_back(k);
    }
    return found;
}

namespace {

std::int64_t batches_of(std::int64_t draws) {
    return (draws + draws_a_batch - 1) / draws_a_batch;
}

// The draws of a batch of those in [first, end).
Draws batch_of(std::int64_t number, std::int64_t first, std::int64_t end) {
    const std::int64_t start = first + number * draws_a_batch;
    return {start, std::min(draws_a_batch, end - start), 0, 1};
}

// How often all terms are dealt out before those that are clearly no news stop.
std::int64_t first_draws(std::int64_t draws) {
    return (draws + 3) / 4;
}

// Doubles the draws of the pools that are open.
void draw_more(const PermutedCorpus& corpus, Draws group, Permutations& permutations,
               const Run& run) {
    const std::int64_t draws = corpus.options.permutations;
    const std::int64_t last = most_times * draws;
    std::int64_t next = 0;
    for (std::int64_t done = first_draws(draws); done < last; done = next) {
        next = std::min(2 * done, done < draws ? draws : last);
        const std::vector<std::size_t> pools = permutations.open(done < draws);
        if (pools.empty()) return;
        const TestedTerms terms = take_pools(corpus.terms, pools);
        parallel_for(batches_of(next - done), run, 1, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t item = begin; item < end; ++item) {
                Draws some = batch_of(item, done, next);
                some.group = group.group;
                some.groups = group.groups;
                permutations.draw(some, terms, pools);
            }
        });
    }
}

}  // namespace

void permute(const PermutedCorpus& corpus, const Run& run,
             std::span<const std::unique_ptr<Permutations>> groups) {
    const std::int64_t draws = corpus.options.permutations;
    const std::int64_t some_draws = first_draws(draws);
    const std::int64_t batches = batches_of(some_draws);
    const std::int64_t count = std::ssize(groups);
    std::vector<std::size_t> every(corpus.terms.pools());
    std::iota(every.begin(), every.end(), std::size_t{0});
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
            Draws some = batch_of(item % batches, 0, some_draws);
            some.group = group;
            some.groups = count;
            groups[at(group)]->draw(some, corpus.terms, every);
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
    const auto draws = static_cast<double>(corpus.options.permutations * most_times);
    return 1.0 / (1.0 + draws * static_cast<double>(smallest));
}

}  // namespace framelens
