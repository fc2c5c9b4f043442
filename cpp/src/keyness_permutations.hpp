// How large contrasts get by chance: documents dealt out anew. Internal to the room `keyness`.
#pragma once

#include "framelens/counts.hpp"
#include "framelens/keyness.hpp"
#include "keyness_contrasts.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace framelens {

/// What all permutations of a corpus share. A place is that of a reported term in the order of the
/// pools: terms of similar document frequency lie together and are compared with one another.
struct PermutedCorpus {
    CsrView<std::int32_t> counts;
    const KeynessOptions& options;
    std::span<const double> document_lengths;
    std::vector<std::int32_t> place_of;    // of each column; behind the last of a term not reported
    std::vector<std::size_t> pool_starts;  // places; one more than there are pools
    SumColumns all;                        // of each place
    LengthSums all_lengths;
    std::vector<double> priors;  // of each place

    [[nodiscard]] std::size_t places() const noexcept { return priors.size(); }
};

/// Ascending sizes, each once, and a table that says where to look.
class SortedSizes {
public:
    explicit SortedSizes(std::vector<double> sizes);

    [[nodiscard]] std::size_t size() const noexcept { return sizes_.size(); }
    /// How many of them are at most `size`.
    [[nodiscard]] std::size_t at_most(double size) const noexcept;

private:
    [[nodiscard]] std::size_t bucket_of(double size) const noexcept;

    std::vector<double> sizes_;
    std::vector<std::int32_t> starts_;  // of each bucket, and the end
    double scale_ = 0.0;                // buckets a unit of size
};

/// Memory of one permutation, for the next one to use.
struct PermutationScratch {
    SumColumns own;
    std::vector<double> sizes;
    std::vector<std::size_t> reached;
};

/// What the terms of one group reach by chance.
class Permutations {
public:
    Permutations(const PermutedCorpus& corpus, std::span<const std::int64_t> documents);

    /// Deals out the documents anew and notes what each term of the group gets. Threads may draw at
    /// once: counts are whole numbers, so that the order in which they end does not matter.
    void draw(std::uint64_t stream, PermutationScratch& scratch);

    /// The share of draws of the pool that reach the size of each place, itself counted in.
    [[nodiscard]] std::vector<double> p() const;

private:
    const PermutedCorpus& corpus_;
    std::int64_t documents_;
    std::vector<double> sizes_;  // of each place
    std::vector<SortedSizes> by_pool_;
    std::vector<std::size_t> starts_;    // of each pool in reached_
    std::vector<std::int64_t> reached_;  // [start + i]: draws that reach i sizes of the pool
    std::int64_t draws_ = 0;
    std::mutex mutex_;
};

}  // namespace framelens
