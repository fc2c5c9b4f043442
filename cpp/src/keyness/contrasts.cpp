#include "contrasts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

namespace framelens {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

// What terms have in common on one side.
struct SideScale {
    double all, squares, small_sample;

    SideScale(const LengthSums& lengths, double prior_size)
        : all(lengths.length + prior_size),
          squares(lengths.squares),
          small_sample(lengths.documents / (lengths.documents - 1.0)) {}
};

// The variance of the smoothed log odds of a term on one side, documents drawn.
inline double variance_of(const SideScale& side, const TermSums& term, double prior) {
    const double share = (term.count + prior) / side.all;
    // d log odds = sum over documents of (y - share n) / (all share (1 - share))
    const double residuals =
        term.squares - 2.0 * share * term.count_length + share * share * side.squares;
    const double slope = side.all * share * (1.0 - share);
    return side.small_sample * std::max(residuals, 0.0) / (slope * slope);
}

// Missing with too few documents.
VariancePart clustered_variance(const TermSums& term, const LengthSums& lengths, double prior,
                                double prior_size) {
    const double variance = lengths.documents < min_error_documents
                                ? missing
                                : variance_of({lengths, prior_size}, term, prior);
    return {variance, lengths.documents - 1.0};
}

struct ClusteredLogOdds {
    MonroeScore monroe;
    std::array<VariancePart, 2> parts;
    double error;  // missing with too few documents
};

ClusteredLogOdds clustered_log_odds(const Sides& sides) {
    ClusteredLogOdds result{
        monroe(sides.own.count + sides.prior, sides.own_lengths.length + sides.prior_size,
               sides.rest.count + sides.prior, sides.rest_lengths.length + sides.prior_size),
        {clustered_variance(sides.own, sides.own_lengths, sides.prior, sides.prior_size),
         clustered_variance(sides.rest, sides.rest_lengths, sides.prior, sides.prior_size)},
        missing};
    const double clustered = result.parts[0].variance + result.parts[1].variance;
    if (!std::isnan(clustered)) {
        result.error = std::sqrt(std::max(result.monroe.variance, clustered));
    }
    return result;
}

ContrastScore log_odds(const Sides& sides) {
    const ClusteredLogOdds odds = clustered_log_odds(sides);
    ContrastScore result{odds.monroe.score, odds.monroe.score / std::sqrt(odds.monroe.variance),
                         odds.error, missing, missing};
    if (!std::isnan(odds.error)) result.degrees = satterthwaite_degrees(odds.parts);
    result.p_words = std::erfc(std::abs(result.z) / std::numbers::sqrt2);
    return result;
}

// The four cells: the term and the other terms, in the group and in the others.
struct Cells {
    std::array<double, 4> seen, expected;

    explicit Cells(const Sides& sides)
        : seen{sides.own.count, sides.rest.count, sides.own_lengths.length - sides.own.count,
               sides.rest_lengths.length - sides.rest.count} {
        const double all = sides.own_lengths.length + sides.rest_lengths.length;
        const double yes = seen[0] + seen[1];
        const double no = seen[2] + seen[3];
        expected = {yes * (sides.own_lengths.length / all), yes * (sides.rest_lengths.length / all),
                    no * (sides.own_lengths.length / all), no * (sides.rest_lengths.length / all)};
    }
    [[nodiscard]] double sign() const noexcept { return seen[0] < expected[0] ? -1.0 : 1.0; }
};

ContrastScore of_chi_squared(double value, double sign) {
    return {sign * value, missing, missing, missing,
            std::erfc(std::sqrt(std::max(value, 0.0) / 2))};
}

ContrastScore g2(const Cells& cells) {
    double sum = 0.0;
    for (std::size_t i = 0; i < 4; ++i) {
        // The gaps add up to 0; taken off, they leave terms that do not cancel.
        const double gap = cells.seen[i] - cells.expected[i];
        const double log = std::abs(gap) < 0.5 * cells.expected[i]
                               ? std::log1p(gap / cells.expected[i])
                               : std::log(cells.seen[i] / cells.expected[i]);
        sum += (cells.seen[i] > 0.0 ? cells.seen[i] * log : 0.0) - gap;
    }
    return of_chi_squared(std::max(2.0 * sum, 0.0), cells.sign());
}

ContrastScore chi2(const Cells& cells) {
    double sum = 0.0;
    for (std::size_t i = 0; i < 4; ++i) {
        const double gap = cells.seen[i] - cells.expected[i];
        sum += gap * gap / cells.expected[i];
    }
    return of_chi_squared(sum, cells.sign());
}

// The probabilities of x occurrences in the group, all margins given, up to a factor.
class Hypergeometric {
public:
    explicit Hypergeometric(const Cells& cells)
        : yes_(cells.seen[0] + cells.seen[1]),
          own_(cells.seen[0] + cells.seen[2]),
          rest_(cells.seen[1] + cells.seen[3]) {}

    [[nodiscard]] double least() const noexcept { return std::max(0.0, yes_ - rest_); }
    [[nodiscard]] double most() const noexcept { return std::min(yes_, own_); }
    [[nodiscard]] double mode() const noexcept {
        const double mode = std::floor((yes_ + 1.0) * (own_ + 1.0) / (own_ + rest_ + 2.0));
        return std::clamp(mode, least(), most());
    }
    /// P(x + step) / P(x).
    [[nodiscard]] double ratio(double x, double step) const noexcept {
        const double up = step > 0 ? x : x - 1.0;
        const double next = (yes_ - up) * (own_ - up) / ((up + 1.0) * (rest_ - yes_ + up + 1.0));
        return step > 0 ? next : 1.0 / next;
    }
    /// Sum of P from x on in the direction of the step, in units of P(x).
    [[nodiscard]] double tail(double x, double step) const noexcept {
        double part = 1.0;
        double sum = 1.0;
        while (x != (step > 0 ? most() : least()) && part > 1e-18 * sum) {
            part *= ratio(x, step);
            sum += part;
            x += step;
        }
        return sum;
    }

private:
    double yes_, own_, rest_;
};

// ln of the two-sided p: all tables that are no more probable than the one seen (up to rounding).
double log_fisher_p(const Cells& cells) {
    const Hypergeometric table(cells);
    const double mode = table.mode();
    const double seen = cells.seen[0];
    const double step = seen > mode ? 1.0 : -1.0;
    double log_seen = 0.0;
    for (double x = mode; x != seen; x += step) log_seen += std::log(table.ratio(x, step));
    constexpr double rounding = 1e-7;
    if (log_seen > -rounding) return 0.0;
    double sum = table.tail(seen, step);
    const double end = step > 0 ? table.least() : table.most();
    double log_other = 0.0;
    double other = mode;
    while (other != end && log_other > log_seen + rounding) {
        log_other += std::log(table.ratio(other, -step));
        other -= step;
    }
    if (log_other <= log_seen + rounding) {
        sum += table.tail(other, -step) * std::exp(log_other - log_seen);
    }
    const double all = table.tail(mode, 1.0) + table.tail(mode, -1.0) - 1.0;
    return std::min(log_seen + std::log(sum) - std::log(all), 0.0);
}

ContrastScore fisher(const Cells& cells) {
    const double log_p = log_fisher_p(cells);
    return {-cells.sign() * log_p / std::numbers::ln10, missing, missing, missing, std::exp(log_p)};
}

double part_of_divergence(double share, double middle) noexcept {
    return share > 0.0 ? share * std::log2(share / middle) : 0.0;
}

double of_shares(Contrast measure, const Sides& sides) {
    const double a = sides.own.count;
    const double b = sides.rest.count;
    const double n = sides.own_lengths.length;
    const double m = sides.rest_lengths.length;
    switch (measure) {
        case Contrast::pmi:
            return a > 0.0 ? std::log(a / n * ((n + m) / (a + b))) : -infinite;
        case Contrast::log_ratio:
            return std::log2((a > 0.0 ? a : 0.5) / n * (m / (b > 0.0 ? b : 0.5)));
        case Contrast::percent_diff:
            return b > 0.0 ? 100.0 * (a / n - b / m) / (b / m) : infinite;
        default: {
            const double middle = 0.5 * (a / n + b / m);
            const double size =
                0.5 * (part_of_divergence(a / n, middle) + part_of_divergence(b / m, middle));
            return a / n < b / m ? -size : size;
        }
    }
}

// As pointers, which the compiler can tell apart.
struct SumPointers {
    const double *count, *squares, *count_length;

    explicit SumPointers(const SumColumns& sums)
        : count(sums.count.data()),
          squares(sums.squares.data()),
          count_length(sums.count_length.data()) {}
};

inline double log_odds_size(const TermSums& own, const TermSums& rest, const SideScale& own_side,
                            const SideScale& rest_side, double prior) {
    const MonroeScore found =
        monroe(own.count + prior, own_side.all, rest.count + prior, rest_side.all);
    const double clustered =
        variance_of(own_side, own, prior) + variance_of(rest_side, rest, prior);
    return std::abs(found.score) / std::sqrt(std::max(found.variance, clustered));
}

FRAMELENS_BY_MACHINE void log_odds_sizes(const SumPointers own, const SumPointers all,
                                         const SideScale own_side, const SideScale rest_side,
                                         const double* priors, std::span<double> sizes) {
    double* const out = sizes.data();
    const std::size_t terms = sizes.size();
    for (std::size_t i = 0; i < terms; ++i) {
        const TermSums mine{own.count[i], own.squares[i], own.count_length[i]};
        const TermSums both{all.count[i], all.squares[i], all.count_length[i]};
        out[i] = log_odds_size(mine, both - mine, own_side, rest_side, priors[i]);
    }
}

}  // namespace

void contrast_sizes(Contrast measure, const SumColumns& own, const SumColumns& all,
                    const SideLengths& lengths, const Priors& priors, std::span<double> sizes) {
    if (measure == Contrast::log_odds) {
        log_odds_sizes(SumPointers(own), SumPointers(all), {lengths.own, priors.size},
                       {lengths.rest, priors.size}, priors.terms.data(), sizes);
        return;
    }
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        const TermSums one{own.count[i], own.squares[i], own.count_length[i]};
        const TermSums both{all.count[i], all.squares[i], all.count_length[i]};
        const Sides sides{one, both - one, lengths.own, lengths.rest, priors.terms[i], priors.size};
        sizes[i] = contrast_size(measure, sides);
    }
}

double contrast_size(Contrast measure, const Sides& sides) {
    if (measure != Contrast::log_odds) return std::abs(contrast(measure, sides).score);
    return log_odds_size(sides.own, sides.rest, {sides.own_lengths, sides.prior_size},
                         {sides.rest_lengths, sides.prior_size}, sides.prior);
}

ContrastScore contrast(Contrast measure, const Sides& sides) {
    switch (measure) {
        case Contrast::log_odds:
            return log_odds(sides);
        case Contrast::g2:
            return g2(Cells(sides));
        case Contrast::chi2:
            return chi2(Cells(sides));
        case Contrast::fisher:
            return fisher(Cells(sides));
        default:
            return {of_shares(measure, sides), missing, missing, missing, missing};
    }
}

}  // namespace framelens
