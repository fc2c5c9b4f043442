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

/// The tested terms of a corpus. A place is that of a term in the order of the pools: terms of
/// similar document frequency lie together and are compared with one another.
struct TestedTerms {
    CsrRows<std::int32_t> counts;          // documents x places
    std::vector<std::size_t> pool_starts;  // places; one more than there are pools
    SumColumns all;                        // of each place
    std::vector<double> priors;            // of each place

    [[nodiscard]] std::size_t places() const noexcept { return priors.size(); }
    [[nodiscard]] std::size_t pools() const noexcept { return pool_starts.size() - 1; }
};

/// The same rows with a column for each place, without those whose place is negative.
[[nodiscard]] CsrRows<std::int32_t> take_columns(CsrView<std::int32_t> counts,
                                                 std::span<const std::int32_t> place_of,
                                                 std::int64_t places);

/// The terms of some pools alone. Shapes: `pools` ascend.
[[nodiscard]] TestedTerms take_pools(const TestedTerms& terms, std::span<const std::size_t> pools);

/// What all permutations of a corpus share.
struct PermutedCorpus {
    const KeynessOptions& options;
    std::span<const double> document_lengths;
    LengthSums all_lengths;
    TestedTerms terms;
    std::vector<std::vector<std::int64_t>> strata;  // their documents
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

/// Draws first, first + 1, ... of a group, which is one of `groups`.
struct Draws {
    std::int64_t first = 0;
    std::int64_t count = 0;
    std::int64_t group = 0;
    std::int64_t groups = 1;
};

/// What the terms of one group reach by chance.
class Permutations {
public:
    Permutations(const PermutedCorpus& corpus, std::span<const std::int64_t> documents);

    /// Deals out the documents anew and notes what terms get: `terms` are those of the pools `pools`.
    /// Threads may draw at once: counts are whole numbers, so that the order in which they end does
    /// not matter.
    void draw(const Draws& draws, const TestedTerms& terms, std::span<const std::size_t> pools);

    /// The share of draws of the pool that reach the size of each place, itself counted in.
    [[nodiscard]] std::vector<double> p() const;

    /// The pools with a term whose q may, by what was drawn, be on either side of 0.05; with `below`
    /// also those whose q is clearly below.
    [[nodiscard]] std::vector<std::size_t> open(bool below) const;

private:
    // How often one pool's sizes were reached.
    struct Pool {
        SortedSizes sizes;
        std::vector<std::int64_t> reached;  // [i]: draws that reach i of the sizes
        std::int64_t drawn = 0;             // sizes that were compared
    };
    [[nodiscard]] std::vector<std::int64_t> deal_out(std::uint64_t stream) const;
    /// How often the size of each place was reached.
    [[nodiscard]] std::vector<double> reaching() const;

    const PermutedCorpus& corpus_;
    std::vector<std::int64_t> own_in_;  // documents of the group in each stratum
    std::vector<double> sizes_;         // of each place
    std::vector<Pool> pools_;
    std::mutex mutex_;
};

/// Deals out the documents of every group that is not null, as often as the options say: a quarter
/// of that where q is clearly above 0.05, and more often where it may be on either side.
void permute(const PermutedCorpus& corpus, const Run& run,
             std::span<const std::unique_ptr<Permutations>> groups);

/// The least p that any of the terms can get.
[[nodiscard]] double least_p(const PermutedCorpus& corpus);

}  // namespace framelens
