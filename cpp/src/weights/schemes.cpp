#include "framelens/weights_schemes.hpp"

#include "framelens/error.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>

namespace framelens {
namespace {

constexpr std::int64_t rows_per_chunk = 256;

using Columns = std::span<const std::int32_t>;

// As in R, which knows these two bases exactly.
class Logarithm {
public:
    explicit Logarithm(double base) : base_(base), log_of_base_(std::log(base)) {}
    [[nodiscard]] double operator()(double x) const {
        if (base_ == 2.0) return std::log2(x);
        if (base_ == 10.0) return std::log10(x);
        return std::log(x) / log_of_base_;
    }

private:
    double base_;
    double log_of_base_;
};

struct RowSums {
    double total = 0.0;
    double largest = 0.0;
    double entries = 0.0;  // above 0
};

// Counts are whole, so that these sums are exact in any order.
template <class Value>
RowSums sums_of(std::span<const Value> counts) {
    RowSums sums;
    for (const Value value : counts) {
        const auto count = static_cast<double>(value);
        sums.total += count;
        sums.largest = std::max(sums.largest, count);
        sums.entries += count > 0.0 ? 1.0 : 0.0;
    }
    return sums;
}

double frequency_of(double f, const RowSums& row, const TermFrequencyRule& rule,
                    const Logarithm& log) {
    switch (rule.kind) {
        case TermFrequency::count:
            return f;
        case TermFrequency::boolean:
            return 1.0;
        case TermFrequency::share:
            return f / row.total;
        case TermFrequency::share_of_largest:
            return f / row.largest;
        case TermFrequency::logarithm:
            return 1.0 + log(f);
        case TermFrequency::double_logarithm:
            return 1.0 + log(1.0 + log(f));
        case TermFrequency::log_average:
            return (1.0 + log(f)) / (1.0 + log(row.total / row.entries));
        case TermFrequency::log_smoothed:
            return log(f + rule.smoothing);
        case TermFrequency::augmented:
            return rule.k + (1.0 - rule.k) * f / row.largest;
    }
    return f;
}

// The root of the sum of squares, in order of columns.
double euclidean_length(Columns columns, std::span<const double> weights,
                        std::vector<std::size_t>& order) {
    double sum = 0.0;
    if (std::is_sorted(columns.begin(), columns.end())) {
        for (const double weight : weights) sum += weight * weight;
        return std::sqrt(sum);
    }
    order.resize(columns.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return columns[a] < columns[b]; });
    for (const std::size_t i : order) sum += weights[i] * weights[i];
    return std::sqrt(sum);
}

// Weighs one row after the other, with room that they share.
class RowWeigher {
public:
    explicit RowWeigher(const CountScheme& scheme) : scheme_(scheme), log_(scheme.frequency.base) {}

    template <class Value>
    void weigh(Columns columns, std::span<const Value> counts, std::span<Value> result) {
        const RowSums sums = sums_of(counts);
        weights_.assign(counts.size(), 0.0);
        double characters = 0.0;
        double unique = 0.0;
        for (std::size_t i = 0; i < counts.size(); ++i) {
            const auto count = static_cast<double>(counts[i]);
            if (!(count > 0.0)) continue;
            const auto column = static_cast<std::size_t>(columns[i]);
            const double factor = scheme_.factors[column];
            weights_[i] = frequency_of(count, sums, scheme_.frequency, log_) * factor;
            unique += factor != 0.0 ? 1.0 : 0.0;
            if (scheme_.row.kind == RowLength::characters) {
                characters += count * (static_cast<double>(scheme_.characters[column]) + 1.0);
            }
        }
        const double length = divisor(columns, unique, characters);
        for (std::size_t i = 0; i < counts.size(); ++i) {
            result[i] = static_cast<Value>(length == 1.0 ? weights_[i] : weights_[i] / length);
        }
    }

private:
    double divisor(Columns columns, double unique, double characters) {
        const RowRule& rule = scheme_.row;
        if (rule.kind == RowLength::none) return 1.0;
        if (rule.kind == RowLength::euclidean) {
            const double length = euclidean_length(columns, weights_, order_);
            return length > 0.0 ? length : 1.0;
        }
        const double length = rule.kind == RowLength::unique_terms ? unique : characters;
        const double pivoted = (1.0 - rule.slope) * rule.pivot + rule.slope * length;
        return pivoted > 0.0 ? pivoted : 1.0;
    }

    const CountScheme& scheme_;
    Logarithm log_;
    std::vector<double> weights_;
    std::vector<std::size_t> order_;
};

template <class Value, class Weigher>
std::vector<Value> by_rows(CsrView<Value> counts, const Run& run, const Weigher& weigher) {
    std::vector<Value> weights(counts.data.size());
    parallel_for(counts.rows(), run, rows_per_chunk, [&](std::int64_t begin, std::int64_t end) {
        auto weigh = weigher();
        for (std::int64_t r = begin; r < end; ++r) {
            const auto row = static_cast<std::size_t>(r);
            const auto first = static_cast<std::size_t>(counts.indptr[row]);
            const auto size = static_cast<std::size_t>(counts.indptr[row + 1]) - first;
            weigh(counts.indices.subspan(first, size), counts.data.subspan(first, size),
                  std::span<Value>{weights}.subspan(first, size));
        }
    });
    return weights;
}

// f may be 0, as may k1 and delta.
double saturation(double f, double n, const Bm25Options& options) {
    const auto share = [&](double count, double length) {
        return count > 0.0 ? count / (options.k1 * length + count) : 0.0;
    };
    switch (options.kind) {
        case Bm25::saturated:
            return share(f, n);
        case Bm25::atire:
            return (options.k1 + 1.0) * share(f, n);
        case Bm25::bm25l:
            return (options.k1 + 1.0) * share(f / n + options.delta, 1.0);
        case Bm25::bm25plus:
            return (options.k1 + 1.0) * share(f, n) + options.delta;
    }
    return f;
}

}  // namespace

template <class Value>
std::vector<Value> weigh_counts(CsrView<Value> counts, const CountScheme& scheme, const Run& run) {
    const auto columns = static_cast<std::size_t>(counts.columns);
    if (scheme.factors.size() != columns) {
        throw ValueError("there must be one factor for each column");
    }
    if (scheme.row.kind == RowLength::characters && scheme.characters.size() != columns) {
        throw ValueError("there must be one number of characters for each column");
    }
    if (!(scheme.frequency.base > 0.0) || scheme.frequency.base == 1.0) {
        throw ValueError("the base of a logarithm must be above 0 and not 1");
    }
    return by_rows<Value>(counts, run, [&] {
        return [row = RowWeigher{scheme}](Columns column_of, std::span<const Value> values,
                                          std::span<Value> result) mutable {
            row.weigh(column_of, values, result);
        };
    });
}

template std::vector<double> weigh_counts(CsrView<double>, const CountScheme&, const Run&);
template std::vector<float> weigh_counts(CsrView<float>, const CountScheme&, const Run&);

double bm25_of_absent(const Bm25Options& options) {
    // Of a document of mean length.
    return saturation(0.0, 1.0, options);
}

template <class Value>
std::vector<Value> weigh_bm25(CsrView<Value> counts, std::span<const double> idf,
                              const Bm25Options& options, const Run& run) {
    if (std::ssize(idf) != counts.columns) {
        throw ValueError("there must be one idf for each column");
    }
    const double absent = bm25_of_absent(options);
    return by_rows<Value>(counts, run, [&] {
        return [&, absent](Columns column_of, std::span<const Value> values,
                           std::span<Value> result) {
            const double length = sums_of(values).total / options.mean_length;
            const double n = 1.0 - options.b + options.b * length;
            for (std::size_t i = 0; i < values.size(); ++i) {
                const auto count = static_cast<double>(values[i]);
                if (!(count > 0.0)) continue;
                const double factor = idf[static_cast<std::size_t>(column_of[i])];
                result[i] = static_cast<Value>(factor * (saturation(count, n, options) - absent));
            }
        };
    });
}

template std::vector<double> weigh_bm25(CsrView<double>, std::span<const double>,
                                        const Bm25Options&, const Run&);
template std::vector<float> weigh_bm25(CsrView<float>, std::span<const double>, const Bm25Options&,
                                       const Run&);

}  // namespace framelens
