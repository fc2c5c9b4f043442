#include "keyness_permutations.hpp"

#include "framelens/resample.hpp"

#include "framelens/types_positions.hpp"

#include <algorithm>
#include <cmath>

namespace framelens {
namespace {

/// False if one side has no words, so that nothing can be compared.
bool find_sizes(const PermutedCorpus& corpus, std::span<const std::int64_t> documents,
                SumColumns& own, std::vector<double>& sizes) {
    // One more than there are places, for the terms that are not reported.
    for (auto* column : {&own.count, &own.squares, &own.count_length}) {
        column->assign(corpus.places() + 1, 0.0);
    }
    const LengthSums lengths = sum_documents(corpus.counts, corpus.document_lengths, documents,
                                             [&](std::size_t term, const TermSums& sums) {
                                                 const std::size_t place =
                                                     at(corpus.place_of[term]);
                                                 own.count[place] += sums.count;
                                                 own.squares[place] += sums.squares;
                                                 own.count_length[place] += sums.count_length;
                                             });
    const LengthSums rest = corpus.all_lengths - lengths;
    if (!(lengths.length > 0.0) || !(rest.length > 0.0)) return false;
    sizes.resize(corpus.places());
    contrast_sizes(corpus.options.measure, own, corpus.all, {lengths, rest},
                   {corpus.priors, corpus.options.prior_size}, sizes);
    return true;
}

}  // namespace

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
    : corpus_(corpus), documents_(static_cast<std::int64_t>(documents.size())) {
    SumColumns own;
    find_sizes(corpus, documents, own, sizes_);
    std::size_t start = 0;
    for (std::size_t pool = 0; pool + 1 < corpus.pool_starts.size(); ++pool) {
        by_pool_.emplace_back(std::vector<double>(
            sizes_.begin() + static_cast<std::ptrdiff_t>(corpus.pool_starts[pool]),
            sizes_.begin() + static_cast<std::ptrdiff_t>(corpus.pool_starts[pool + 1])));
        starts_.push_back(start);
        start += by_pool_.back().size() + 1;
    }
    reached_.assign(start, 0);
}

void Permutations::draw(std::uint64_t stream, PermutationScratch& scratch) {
    const std::vector<std::int64_t> documents =
        draw_subset(corpus_.counts.rows(), documents_, corpus_.options.seed, stream);
    if (!find_sizes(corpus_, documents, scratch.own, scratch.sizes)) return;
    scratch.reached.resize(corpus_.places());
    for (std::size_t pool = 0; pool < by_pool_.size(); ++pool) {
        const SortedSizes& sizes = by_pool_[pool];
        for (std::size_t i = corpus_.pool_starts[pool]; i < corpus_.pool_starts[pool + 1]; ++i) {
            // Equal up to rounding is reached.
            scratch.reached[i] = starts_[pool] + sizes.at_most(scratch.sizes[i] * (1.0 + 1e-12));
        }
    }
    const std::lock_guard lock{mutex_};
    for (const std::size_t place : scratch.reached) ++reached_[place];
    ++draws_;
}

std::vector<double> Permutations::p() const {
    std::vector<double> result(sizes_.size());
    for (std::size_t pool = 0; pool < by_pool_.size(); ++pool) {
        // From the largest down: a draw that reaches a size reaches all smaller ones.
        std::vector<std::int64_t> reached(by_pool_[pool].size() + 1);
        std::int64_t sum = 0;
        for (std::size_t i = reached.size(); i-- > 0;) {
            reached[i] = sum += reached_[starts_[pool] + i];
        }
        const std::size_t first = corpus_.pool_starts[pool];
        const std::size_t end = corpus_.pool_starts[pool + 1];
        const double drawn = static_cast<double>(draws_) * static_cast<double>(end - first);
        for (std::size_t i = first; i < end; ++i) {
            const auto reaching = static_cast<double>(reached[by_pool_[pool].at_most(sizes_[i])]);
            result[i] = (1.0 + reaching) / (1.0 + drawn);
        }
    }
    return result;
}

}  // namespace framelens
