#include "limits.hpp"

#include "kernels/machine.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace framelens {
namespace {

// Terms that are looked at together.
constexpr std::size_t block = 32;

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

// Notes which blocks have a count that is within limits.
FRAMELENS_BY_MACHINE void mark_blocks(const double* counts, const double* low, const double* high,
                                      std::span<std::uint8_t> marks) {
    for (std::size_t b = 0; b < marks.size(); ++b) {
        std::int64_t any = 0;
        for (std::size_t i = b * block; i < (b + 1) * block; ++i) {
            any |= static_cast<std::int64_t>(counts[i] >= high[i]) |
                   static_cast<std::int64_t>(counts[i] <= low[i]);
        }
        marks[b] = any != 0 ? 1 : 0;
    }
}

}  // namespace

CountLimits count_limits(std::span<const double> all_counts, double all_length,
                         const Priors& priors, const LengthRange& own,
                         std::span<const double> sizes) {
    // Wider than any error of rounding.
    constexpr double margin = 1e-6;
    CountLimits limits;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        const double all = all_counts[i];
        const double prior = priors.terms[i];
        const double size = sizes[i] * (1.0 - margin);
        const double term = all + 2.0 * prior;
        const auto count = [&](double own_length, double other_length) {
            const double x =
                count_at_z({term, own_length + priors.size, other_length + priors.size}, size);
            return std::floor(std::min(x * (1.0 + margin) - prior + margin, all));
        };
        const double low = count(own.high, all_length - own.high);
        const double rest = count(all_length - own.low, own.low);
        limits.low.push_back(low);
        limits.high.push_back(all - rest);
    }
    return limits;
}

void find_in_reach(std::span<const double> counts, const CountLimits& limits,
                   std::vector<std::size_t>& to) {
    std::vector<std::uint8_t> marks(counts.size() / block);
    mark_blocks(counts.data(), limits.low.data(), limits.high.data(), marks);
    marks.push_back(1);  // of the terms that fill no block
    for (std::size_t b = 0; b < marks.size(); ++b) {
        if (marks[b] == 0) continue;
        for (std::size_t i = b * block; i < std::min((b + 1) * block, counts.size()); ++i) {
            if (counts[i] >= limits.high[i] || counts[i] <= limits.low[i]) to.push_back(i);
        }
    }
}

}  // namespace framelens
