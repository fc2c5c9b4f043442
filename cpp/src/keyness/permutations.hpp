// How large contrasts get by chance: documents dealt out anew. Internal to the room `keyness`.
#pragma once

#include "contrasts.hpp"
#include "framelens/keyness.hpp"
#include "framelens/resample.hpp"
#include "limits.hpp"
#include "pools.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace framelens {

/// What all permutations of a corpus share.
struct PermutedCorpus {
    const KeynessOptions& options;
    std::span<const double> document_lengths;
    LengthSums all_lengths;
    TestedTerms terms;
    std::vector<std::vector<std::int64_t>> strata;  // their documents
};

/// Draws first, first + 1, ... of a group, which is one of `groups`.
struct Draws {
    std::int64_t first = 0;
    std::int64_t count = 0;
    std::int64_t group = 0;
    std::int64_t groups = 1;
};

/// The sizes that count in some draws, and what is known of them beforehand.
struct Reach {
    std::vector<double> least;  // of each pool; smaller ones do not count
    CountLimits limits;         // of lengths in `lengths`; empty: any count can be of any size
    LengthRange lengths;
};

/// What the terms of one group reach by chance. A term is settled once it is clear on which side of
/// 0.05 its q is; then its p stands, and draws go on for the pool's larger sizes alone.
class Permutations {
public:
    Permutations(const PermutedCorpus& corpus, std::span<const std::int64_t> documents);

    /// Deals out the documents anew and notes what sizes the terms get. Threads may draw at once:
    /// counts are whole numbers, so that the order in which they end does not matter.
    void draw(const Draws& draws, const TestedTerms& terms, const Reach& reach);

    /// Takes into p what was drawn, and settles the smallest sizes of each pool up to the first whose
    /// q may be on either side of 0.05, or, with `keep_below`, is clearly below it.
    void settle(bool keep_below);

    /// Those pools of `terms` that have terms which are not settled.
    [[nodiscard]] TestedTerms open(const TestedTerms& terms) const;

    /// The sizes that are not settled, of open pools.
    [[nodiscard]] Reach reach(const TestedTerms& terms) const;

    /// The share of draws of the pool that reach the size of each place, itself counted in.
    [[nodiscard]] const std::vector<double>& p() const noexcept { return p_; }

private:
    // How often one pool's sizes were reached.
    struct Pool {
        SortedSizes sizes;
        std::vector<std::int64_t> reached;  // [i]: draws that reach i of the sizes
        std::int64_t drawn = 0;             // sizes that were compared
        std::size_t settled = 0;            // of the sizes
    };
    class Tally;

    /// The documents of each draw.
    [[nodiscard]] std::vector<std::vector<std::int64_t>> deal_out(const Draws& draws) const;
    /// Takes what was drawn into the p that are not settled; returns how often each size was reached.
    std::vector<double> take_p();
    [[nodiscard]] bool is_settled(std::size_t pool, std::size_t place) const {
        return at_most_[place] <= pools_[pool].settled;
    }

    const PermutedCorpus& corpus_;
    std::vector<std::int64_t> own_in_;  // documents of the group in each stratum
    std::vector<double> sizes_;         // of each place
    std::vector<std::size_t> at_most_;  // how many sizes of the pool are at most that
    std::vector<double> p_;
    std::vector<Pool> pools_;
    LengthRange lengths_;  // that were drawn
    std::mutex mutex_;
};

/// Deals out the documents of every group that is not null, as often as the options say: a quarter
/// of that where q is clearly above 0.05, and more often where it may be on either side.
void permute(const PermutedCorpus& corpus, const Run& run,
             std::span<const std::unique_ptr<Permutations>> groups);

/// The least p that any of the terms can get.
[[nodiscard]] double least_p(const PermutedCorpus& corpus);

}  // namespace framelens
