#include "measures.hpp"

#include "kernels/machine.hpp"

#include "framelens/types_positions.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>

namespace framelens {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
// A difference of less than this share of what it is taken from is computed term by term.
constexpr double cancels = 0.05;
// Terms in at least such a share of the rows are kept dense, up to such a number of terms: there
// dense arithmetic is cheaper.
constexpr double dense_share = 0.2, bits_share = 0.06;
constexpr std::int32_t max_dense_terms = 512, max_bit_terms = 2048;

double x_log_x(double x) noexcept {
    return x > 0.0 ? x * std::log(x) : 0.0;
}

// The weights that a measure works on.
void transform(CsrRows<double>& rows, Measure measure) {
    if (measure != Measure::jensen_shannon && measure != Measure::hellinger) return;
    for (std::int64_t row = 0; row < rows.rows(); ++row) {
        double sum = 0.0;
        for (std::int64_t i = rows.indptr[at(row)]; i < rows.indptr[at(row + 1)]; ++i) {
            sum += rows.data[at(i)];
        }
        for (std::int64_t i = rows.indptr[at(row)]; i < rows.indptr[at(row + 1)]; ++i) {
            const double share = rows.data[at(i)] / sum;
            rows.data[at(i)] = measure == Measure::hellinger ? std::sqrt(share) : share;
        }
    }
}

// Pairs whose sum would cancel are computed from their rows.
bool needs_rows(Measure measure) noexcept {
    return is_distance(measure) || measure == Measure::correlation;
}

// What both rows having a term adds to an additive measure, beyond what each adds alone.
double shared(Measure measure, double x, double y) noexcept {
    const double gap = std::abs(x - y);
    const double sum = std::abs(x) + std::abs(y);
    return measure == Measure::manhattan ? gap - sum : gap / sum - 2.0;
}

// The part of one term in a distance, before its root.
double term_part(Measure measure, double x, double y) noexcept {
    switch (measure) {
        case Measure::manhattan:
            return std::abs(x - y);
        case Measure::canberra:
            return std::abs(x - y) / (std::abs(x) + std::abs(y));
        case Measure::jensen_shannon: {
            // With x = m (1 + t) and y = m (1 - t), whose logarithms nearly cancel.
            const double t2 = (x - y) / (x + y) * ((x - y) / (x + y));
            if (t2 < 1e-4) {
                return 0.25 * (x + y) * t2 * (1.0 + t2 * (1.0 / 6 + t2 * (1.0 / 15 + t2 / 28)));
            }
            const auto part = [middle = 0.5 * (x + y)](double p) {
                return p > 0.0 ? p * std::log(p / middle) : 0.0;
            };
            return 0.5 * (part(x) + part(y));
        }
        default:
            return (x - y) * (x - y);
    }
}

template <class Each>
double sum_union(CsrView<double> a, std::int64_t row_a, CsrView<double> b, std::int64_t row_b,
                 const Each& each) {
    std::int64_t i = a.indptr[at(row_a)];
    std::int64_t j = b.indptr[at(row_b)];
    const std::int64_t end_i = a.indptr[at(row_a + 1)];
    const std::int64_t end_j = b.indptr[at(row_b + 1)];
    double sum = 0.0;
    while (i < end_i || j < end_j) {
        const std::int32_t left = i < end_i ? a.indices[at(i)] : std::numeric_limits<int>::max();
        const std::int32_t right = j < end_j ? b.indices[at(j)] : std::numeric_limits<int>::max();
        const double x = left <= right ? a.data[at(i++)] : 0.0;
        const double y = right <= left ? b.data[at(j++)] : 0.0;
        sum += each(x, y);
    }
    return sum;
}

double centred_product(CsrView<double> a, std::int64_t row_a, double mean_a, CsrView<double> b,
                       std::int64_t row_b, double mean_b) {
    std::int64_t terms = 0;
    const double sum = sum_union(a, row_a, b, row_b, [&](double x, double y) {
        ++terms;
        return (x - mean_a) * (y - mean_b);
    });
    return sum + static_cast<double>(a.columns - terms) * (mean_a * mean_b);
}

// Rounding brings no sum below 0, nor beyond the most that a measure can be.
double root_of_distance(Measure measure, double sum) noexcept {
    switch (measure) {
        case Measure::hellinger:
            return std::sqrt(std::clamp(0.5 * sum, 0.0, 1.0));
        case Measure::jensen_shannon:
            return std::sqrt(std::clamp(sum, 0.0, std::numbers::ln2));
        case Measure::euclidean:
            return std::sqrt(std::max(sum, 0.0));
        default:
            return std::max(sum, 0.0);
    }
}

// Of measures between -1 and 1.
double ratio(double part, double whole) noexcept {
    return whole > 0.0 ? std::clamp(part / whole, -1.0, 1.0) : missing;
}

double of_sets(Measure measure, double common, double a, double b, double columns) noexcept {
    switch (measure) {
        case Measure::dice:
            return ratio(2.0 * common, a + b);
        case Measure::simple_matching:
            return ratio(columns - (a + b - 2.0 * common), columns);
        default:
            return ratio(columns - 2.0 * (a + b - 2.0 * common), columns);
    }
}

// The commonest measures, cosine and Jaccard, several pairs at once.
FRAMELENS_BY_MACHINE void divide_by_norms(double* products, const double* squares,
                                          std::size_t count, double own_squares) {
    for (std::size_t i = 0; i < count; ++i) {
        products[i] = cosine_of(products[i], own_squares, squares[i]);
    }
}
FRAMELENS_BY_MACHINE void divide_by_unions(double* common, const double* sizes, std::size_t count,
                                           double size) {
    for (std::size_t i = 0; i < count; ++i) {
        const double whole = size + sizes[i] - common[i];
        const double jaccard = common[i] / whole;
        common[i] = whole > 0.0 ? jaccard : missing;
    }
}

double of_product(Measure measure, double dot, const RowSummary& a, const RowSummary& b) noexcept {
    switch (measure) {
        case Measure::ejaccard:
            return ratio(dot, a.squares + b.squares - dot);
        case Measure::edice:
            return ratio(2.0 * dot, a.squares + b.squares);
        default:
            return dot;
    }
}

}  // namespace

bool is_distance(Measure measure) noexcept {
    return measure >= Measure::euclidean;
}

Kernel kernel_of(Measure measure) noexcept {
    switch (measure) {
        case Measure::jaccard:
        case Measure::dice:
        case Measure::simple_matching:
        case Measure::hamann:
            return Kernel::overlap;
        case Measure::manhattan:
        case Measure::canberra:
        case Measure::jensen_shannon:
            return Kernel::additive;
        default:
            return Kernel::product;
    }
}

RowComparer::RowComparer(const RowPair& rows, Measure measure, const Run& run)
    : measure_(measure), self_(rows.self) {
    check_pair(rows, measure);
    const Kernel kernel = kernel_of(measure);
    const TermRanks ranks = kernel == Kernel::overlap
                                ? rank_terms(rows.second, bits_share, max_bit_terms)
                                : rank_for_products(rows.second);
    const auto prepare = [&](CsrView<double> source) {
        CsrRows<double> own = renumber(source, ranks, run);
        if (measure == Measure::cosine || measure == Measure::correlation) bring_near_one(own);
        transform(own, measure);
        return own;
    };
    second_ = prepare(rows.second);
    second_summaries_ = summarise(second_, measure);
    for (const RowSummary& row : second_summaries_) {
        if (measure == Measure::cosine) sizes_.push_back(row.squares);
        if (measure == Measure::jaccard) sizes_.push_back(row.terms);
    }
    if (!self_) {
        first_ = prepare(rows.first);
        first_summaries_ = summarise(first_, measure);
    }
    if (kernel == Kernel::overlap) {
        overlaps_ = std::make_unique<OverlapIndex>(second_, ranks.common, run);
    } else {
        const std::int32_t dense = kernel == Kernel::product
                                       ? count_dense(second_, ranks, dense_share, max_dense_terms)
                                       : 0;
        products_ = std::make_unique<ProductIndex>(second_, dense, run);
    }
    if (measure == Measure::jensen_shannon) {
        for (const double weight : products_->posting_weights()) logs_.push_back(x_log_x(weight));
    }
    if (products_ && !needs_rows(measure)) {
        // The index has them.
        second_.indices = std::vector<std::int32_t>();
        second_.data = std::vector<double>();
    }
}

std::int64_t RowComparer::stride() const noexcept {
    constexpr std::int64_t lanes = ProductIndex::lanes;
    static_assert(lanes == OverlapIndex::lanes);
    return (others() + lanes - 1) / lanes * lanes;
}

void RowComparer::compare(std::int64_t begin, std::int64_t end, std::int64_t from,
                          std::span<double> values) const {
    if (kernel_of(measure_) == Kernel::product) sum_products(begin, end, from, values);
    for (std::int64_t row = begin; row < end; ++row) {
        const std::span<double> own =
            values.subspan(at((row - begin) * stride()), at(stride() - from));
        if (kernel_of(measure_) == Kernel::overlap) sum_overlap(row, from, own);
        if (kernel_of(measure_) == Kernel::additive) sum_additive(row, from, own);
        finish(row, from, own.first(at(others() - from)));
    }
}

std::int64_t RowComparer::rows_together() const noexcept {
    if (kernel_of(measure_) == Kernel::additive) return rows_at_once;
    // Many rows together use a tile, and mirror a block, while these are in the cache. At most 20
    // million values a block let a run stop soon.
    constexpr std::int64_t max_rows = 8 * rows_at_once;
    return std::clamp(20'000'000 / std::max<std::int64_t>(others(), 1), rows_at_once, max_rows) /
           rows_at_once * rows_at_once;
}

ProductIndex::Query RowComparer::query(std::int64_t row) const {
    return self_ ? products_->own_query(row) : products_->query(first_, row);
}

void RowComparer::sum_products(std::int64_t begin, std::int64_t end, std::int64_t from,
                               std::span<double> values) const {
    constexpr std::int64_t lanes = ProductIndex::lanes;
    std::vector<ProductIndex::Query> queries;
    for (std::int64_t row = begin; row < end; ++row) {
        queries.push_back(query(row));
        std::fill_n(values.begin() + (row - begin) * stride(), stride() - from, 0.0);
    }
    for (std::int64_t tile = from / lanes; tile < products_->tiles(); ++tile) {
        for (std::int64_t group = 0; group < end - begin; group += rows_at_once) {
            const std::int64_t count = std::min(rows_at_once, end - begin - group);
            std::array<double*, rows_at_once> sums{};
            for (std::int64_t r = 0; r < count; ++r) {
                sums[at(r)] = values.data() + (group + r) * stride() + tile * lanes - from;
            }
            products_->add_dense(std::span(queries).subspan(at(group), at(count)), tile,
                                 std::span(sums).first(at(count)));
        }
    }
    for (std::size_t r = 0; r < queries.size(); ++r) {
        double* const sums = values.data() + r * at(stride());
        const std::int32_t* const others = products_->posting_rows().data();
        const double* const weights = products_->posting_weights().data();
        products_->each_posting(queries[r], [=](double x, std::size_t place) {
            sums[others[place] - from] += x * weights[place];
        });
    }
}

void RowComparer::sum_overlap(std::int64_t row, std::int64_t from, std::span<double> values) const {
    std::vector<std::int32_t> counts(values.size());
    overlaps_->count(first(), row, self_, from, counts);
    std::copy(counts.begin(), counts.end(), values.begin());
}

void RowComparer::sum_additive(std::int64_t row, std::int64_t from,
                               std::span<double> values) const {
    std::fill(values.begin(), values.end(), 0.0);
    const auto own = query(row);
    const std::span<const std::int32_t> others = products_->posting_rows();
    const std::span<const double> weights = products_->posting_weights();
    if (measure_ != Measure::jensen_shannon) {
        products_->each_posting(own, [&](double x, std::size_t place) {
            values[at(others[place] - from)] += shared(measure_, x, weights[place]);
        });
        return;
    }
    double known = std::numeric_limits<double>::quiet_NaN();
    double log = 0.0;  // x ln x of it
    products_->each_posting(own, [&](double x, std::size_t place) {
        if (x != known) log = x_log_x(known = x);
        const double sum = x + weights[place];
        values[at(others[place] - from)] += 0.5 * ((log + logs_[place]) - x_log_x(sum));
    });
}

void RowComparer::finish(std::int64_t row, std::int64_t from, std::span<double> values) const {
    const RowSummary& a = first_summaries()[at(row)];
    if (!sizes_.empty()) {
        auto* const divide = measure_ == Measure::cosine ? &divide_by_norms : &divide_by_unions;
        divide(values.data(), sizes_.data() + from, values.size(),
               measure_ == Measure::cosine ? a.squares : a.terms);
        return;
    }
    const auto columns = static_cast<double>(second_.columns);
    const Kernel kernel = kernel_of(measure_);
    const bool of_shares = measure_ == Measure::jensen_shannon || measure_ == Measure::hellinger;
    for (std::size_t i = self_ ? at(row - from) : 0; i < values.size(); ++i) {
        const RowSummary& b = second_summaries_[at(from) + i];
        double& value = values[i];
        if (kernel == Kernel::overlap) {
            value = of_sets(measure_, value, a.terms, b.terms, columns);
        } else if (of_shares && (a.terms == 0.0 || b.terms == 0.0)) {
            value = missing;
        } else if (is_distance(measure_)) {
            const bool squared = kernel == Kernel::product;
            const double whole = squared ? a.squares + b.squares : a.base + b.base;
            const double sum = squared ? whole - 2.0 * value : whole + value;
            value = root_of_distance(
                measure_,
                sum < cancels * whole ? slowly(row, static_cast<std::int64_t>(i) + from) : sum);
        } else if (measure_ == Measure::correlation) {
            value = correlation(row, static_cast<std::int64_t>(i) + from, value);
        } else {
            value = of_product(measure_, value, a, b);
        }
    }
}

// Both spreads are summed as the product is: equal rows then correlate by 1.
double RowComparer::correlation(std::int64_t row, std::int64_t other, double dot) const {
    const RowSummary& a = first_summaries()[at(row)];
    const RowSummary& b = second_summaries_[at(other)];
    if (a.spread < cancels * a.squares || b.spread < cancels * b.squares) {
        return cosine_of(slowly(row, other), a.spread, b.spread);
    }
    const auto columns = static_cast<double>(second_.columns);
    return cosine_of(dot - columns * (a.mean * b.mean), a.squares - columns * (a.mean * a.mean),
                     b.squares - columns * (b.mean * b.mean));
}

double RowComparer::slowly(std::int64_t row, std::int64_t other) const {
    if (measure_ == Measure::correlation) {
        return centred_product(first(), row, first_summaries()[at(row)].mean, second_, other,
                               second_summaries_[at(other)].mean);
    }
    return sum_union(first(), row, second_, other,
                     [this](double x, double y) { return term_part(measure_, x, y); });
}

}  // namespace framelens
