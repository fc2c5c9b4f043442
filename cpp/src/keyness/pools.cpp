#include "pools.hpp"

#include "framelens/types_positions.hpp"

#include <algorithm>
#include <cmath>

namespace framelens {
namespace {

template <class Value>
void append(std::vector<Value>& to, const std::vector<Value>& from, std::size_t start,
            std::size_t end) {
    to.insert(to.end(), from.begin() + static_cast<std::ptrdiff_t>(start),
              from.begin() + static_cast<std::ptrdiff_t>(end));
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
        taken.numbers.push_back(terms.numbers[pool]);
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

}  // namespace framelens
