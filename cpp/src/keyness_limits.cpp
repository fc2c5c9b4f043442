#include "keyness_limits.hpp"

#include "framelens/by_machine.hpp"
#include "framelens/types_positions.hpp"

#include <algorithm>
#include <cmath>

namespace framelens {
namespace {

// One side of a term in a table of two: the counts and lengths of either side, with their priors.
struct Margins {
    double term;        // of the term on both sides
    double own, other;  // lengths
};

// The largest smoothed count x of the side whose score is -t or less:
// x / (own - x) <= exp(-t) y / (other - y), where y = term - x. A quadratic equation in x.
double count_at_score(const Margins& margins, double t) {
    const double k = std::exp(-t);
    const double half = 0.5 * (margins.other - margins.term + k * (margins.term + margins.own));
    const double product = k * margins.term * margins.own;
    const double root = std::sqrt(half * half + (1.0 - k) * product);
    // The root that is not negative, in the form that does not cancel.
    if (half > 0.0) return product / (half + root);
    return k < 1.0 ? (root - half) / (1.0 - k) : margins.term;
}

// A number that is at least the largest smoothed count x of the side whose z is -size or less, where
// z = score sqrt(x (term - x) / term).
double count_at_z(const Margins& margins, double size) {
    // The root grows with x up to half of the term. With it at the largest x that is left, z cannot
    // be larger, and the x where it is `size` is the largest that is left then.
    constexpr int rounds = 6;
    double most = margins.term;
    for (int round = 0; round < rounds; ++round) {
        const double x = std::min(most, 0.5 * margins.term);
        const double weight = std::sqrt(x * (margins.term - x) / margins.term);
        const double next = count_at_score(margins, size / weight);
        if (!(next < most)) break;
        most = next;
    }
    return most;
}

// Terms that are looked at together.
constexpr std::size_t block = 64;

// Notes which blocks have a number that is not negative.
FRAMELENS_BY_MACHINE void mark_blocks(const std::int32_t* values, std::size_t blocks,
                                      std::uint8_t* marks) {
    for (std::size_t b = 0; b < blocks; ++b) {
        std::int32_t all = -1;
        for (std::size_t i = 0; i < block; ++i) all &= values[b * block + i];
        marks[b] = all >= 0 ? 1 : 0;
    }
}

}  // namespace

CountLimits count_limits(std::span<const double> all_counts, double all_length,
                         const Priors& priors, const LengthRange& own,
                         std::span<const double> sizes) {
    constexpr double widest = std::numeric_limits<std::int32_t>::max() / 2;
    // Wider than any error of rounding.
    constexpr double margin = 1e-6;
    CountLimits limits;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        const double all = all_counts[i];
        const double prior = priors.terms[i];
        if (all > widest) return {};
        const double size = sizes[i] * (1.0 - margin);
        const double term = all + 2.0 * prior;
        const auto count = [&](double own_length, double other_length) {
            const double x = count_at_z({term, own_length + priors.size, other_length + priors.size},
                                        size);
            return std::floor(std::min(x * (1.0 + margin) - prior + margin, all));
        };
        const double low = count(own.high, all_length - own.high);
        const double rest = count(all_length - own.low, own.low);
        limits.low.push_back(static_cast<std::int32_t>(std::max(low, -1.0)));
        limits.high.push_back(static_cast<std::int32_t>(std::min(all - rest, all + 1.0)));
    }
    return limits;
}

TermsInReach::TermsInReach(const CountLimits& limits) {
    const std::size_t terms = limits.high.size();
    blocks_.resize((terms + block - 1) / block);
    none_.assign(blocks_.size() * block, -1);
    for (std::size_t i = 0; i < terms; ++i) {
        none_[i] = -limits.high[i];
        if (limits.low[i] >= 0) lows_.push_back({i, limits.low[i] - limits.high[i]});
    }
    slots_.assign(terms, -1);
}

void TermsInReach::find(CsrView<std::int32_t> counts, std::span<const double> document_lengths,
                        std::span<const std::int64_t> documents) {
    above_ = none_;
    for (const std::int64_t document : documents) {
        const std::int64_t end = counts.indptr[at(document) + 1];
        for (std::int64_t i = counts.indptr[at(document)]; i < end; ++i) {
            above_[at(counts.indices[at(i)])] += counts.data[at(i)];
        }
    }
    mark_blocks(above_.data(), blocks_.size(), blocks_.data());
    terms_.clear();
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
        if (blocks_[b] == 0) continue;
        for (std::size_t i = b * block; i < (b + 1) * block; ++i) {
            if (above_[i] >= 0) terms_.push_back(i);
        }
    }
    for (const Low& low : lows_) {
        // A term within both limits is there already.
        if (above_[low.term] <= low.count && above_[low.term] < 0) terms_.push_back(low.term);
    }
    sums_.assign(terms_.size(), {});
    if (terms_.empty()) return;
    for (std::size_t k = 0; k < terms_.size(); ++k) {
        slots_[terms_[k]] = static_cast<std::int32_t>(k);
    }
    sum_documents(counts, document_lengths, documents,
                  [&](std::size_t term, const TermSums& sums) {
                      if (slots_[term] >= 0) sums_[at(slots_[term])] += sums;
                  });
    for (const std::size_t term : terms_) slots_[term] = -1;
}

}  // namespace framelens
