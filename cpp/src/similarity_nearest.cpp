#include "framelens/error.hpp"
#include "framelens/similarity_rows.hpp"
#include "similarity_measures.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

namespace framelens {
namespace {

constexpr std::int64_t rows_per_chunk = 48;
constexpr std::int64_t sums_together = 100'000;
// Shares of the rows, and numbers of terms, from which tiles with a bound are the cheaper.
constexpr double dense_share = 0.05;
constexpr std::int32_t most_dense = 384;

std::size_t at(std::int64_t position) noexcept {
    return static_cast<std::size_t>(position);
}

struct Neighbour {
    double rank = 0.0;  // more is more alike
    std::int32_t row = 0;

    // Better before worse, equals by position.
    friend bool operator<(const Neighbour& a, const Neighbour& b) noexcept {
        return a.rank != b.rank ? a.rank > b.rank : a.row < b.row;
    }
};

// The n best of what was offered.
class Shortlist {
public:
    explicit Shortlist(std::int64_t n) : n_(at(n)) {}

    [[nodiscard]] bool full() const noexcept { return best_.size() >= n_; }

    void offer(Neighbour neighbour) {
        if (n_ == 0) return;
        if (full()) {
            if (!(neighbour < best_.front())) return;
            std::pop_heap(best_.begin(), best_.end());
            best_.pop_back();
        }
        best_.push_back(neighbour);
        std::push_heap(best_.begin(), best_.end());
    }

    [[nodiscard]] std::vector<Neighbour> take() {
        std::sort_heap(best_.begin(), best_.end());
        return std::move(best_);
    }

private:
    std::size_t n_;
    std::vector<Neighbour> best_;  // a heap, the worst in front
};

std::int64_t wanted(const RowPair& rows, const NearestOptions& options) {
    if (options.n < 0) throw ValueError("n is at least 0");
    return std::min(options.n, rows.second.rows());
}

using Lists = std::vector<std::vector<Neighbour>>;

Lists nearest_of_all(const RowPair& rows, Measure measure, const NearestOptions& options,
                     const Run& run) {
    RowPair whole = rows;
    whole.self = false;
    const RowComparer comparer(whole, measure, run);
    const double sign = is_distance(measure) ? -1.0 : 1.0;
    Lists lists(at(comparer.rows()));
    parallel_for(comparer.rows(), run, rows_at_once, [&](std::int64_t begin, std::int64_t end) {
        std::vector<double> values(at((end - begin) * comparer.stride()));
        comparer.compare(begin, end, 0, values);
        for (std::int64_t row = begin; row < end; ++row) {
            Shortlist list(wanted(rows, options));
            for (std::int64_t other = 0; other < comparer.others(); ++other) {
                if (rows.self && !options.include_self && other == row) continue;
                const double rank = sign * values[at((row - begin) * comparer.stride() + other)];
                if (std::isnan(rank)) continue;
                if (options.threshold && rank < sign * *options.threshold) continue;
                list.offer({rank, static_cast<std::int32_t>(other)});
            }
            lists[at(row)] = list.take();
        }
    });
    return lists;
}

// Who may be among the n best, by products that may err.
class Candidates {
public:
    Candidates(std::int64_t n, float error, float floor, bool skip_zeros)
        : n_(at(n)), error_(error), floor_(floor), skip_zeros_(skip_zeros) {}

    /// What a product must reach to be looked at.
    [[nodiscard]] float floor() const noexcept { return floor_; }

    void offer(float product, std::int64_t other) {
        found_.emplace_back(product, static_cast<std::int32_t>(other));
        best_.push_back(product);
        std::push_heap(best_.begin(), best_.end(), std::greater<>{});
        if (best_.size() > n_) {
            std::pop_heap(best_.begin(), best_.end(), std::greater<>{});
            best_.pop_back();
        }
        if (best_.size() < n_) return;
        floor_ = std::max(floor_, std::nextafter(best_.front() - 2.0F * error_, -2.0F));
        // Later zeros are behind the zeros that are in.
        if (skip_zeros_) floor_ = std::max(floor_, std::numeric_limits<float>::min());
    }

    template <class Each>
    void each(const Each& each) const {
        // The floor on zeros is for those that come; of those that are in, the best may be zeros.
        const float least = best_.size() < n_ ? floor_ : best_.front() - 2.0F * error_;
        for (const auto& [product, other] : found_) {
            if (product >= least) each(other);
        }
    }

private:
    std::size_t n_;
    float error_;
    float floor_;
    bool skip_zeros_;
    std::vector<float> best_;  // a heap, the worst in front
    std::vector<std::pair<float, std::int32_t>> found_;
};

// Products in float with a bound on their error find who may be among the best; these products are
// then summed in double. Terms in dense tiles are first bounded by the lengths of the dense parts
// (Cauchy and Schwarz), and multiplied only where the bound reaches the worst of the best.
class Filter {
public:
    Filter(const RowPair& rows, Measure measure, const NearestOptions& options, const Run& run);

    [[nodiscard]] Lists run_all(const Run& run) const;

private:
    // What is known of the neighbours of one row.
    struct Search {
        std::int64_t row;
        ProductIndex<float>::Query query;
        float length;  // of the dense part
        std::vector<float> sums;
        Candidates candidates;
        std::int64_t tile;  // the next that may hold a neighbour
    };

    [[nodiscard]] double value(std::int64_t row, std::int64_t other,
                               std::span<const double> weights) const;
    [[nodiscard]] float length_of_dense(std::int64_t row, std::int32_t dense, double scale) const;
    [[nodiscard]] float first_floor(double scale) const;
    [[nodiscard]] std::vector<Neighbour> nearest_to_nothing(std::int64_t row) const;
    [[nodiscard]] Search start(std::int64_t row) const;
    void find_tile(std::int64_t from, Search& search) const;
    void offer_tile(Search& search) const;
    [[nodiscard]] std::vector<Neighbour> best_of(const Search& search,
                                                 std::vector<double>& weights) const;
    void search_rows(std::int64_t begin, std::int64_t end, std::vector<double>& weights,
                     Lists& lists) const;
    [[nodiscard]] double scale_of(std::int64_t row) const {
        const double norm = first_summaries_[at(row)].norm;
        return norm > 0.0 ? 1.0 / norm : 0.0;
    }

    bool cosine_;
    bool self_;
    NearestOptions options_;
    std::int64_t n_ = 0;
    CsrRows<double> first_, second_;
    std::vector<RowSummary> first_summaries_, second_summaries_;
    std::unique_ptr<ProductIndex<float>> index_;
    std::vector<float> bounds_;  // length of the dense part of each row of second_, scaled
    double unit_ = 1.0;          // what scaled products are in, for dot
    double error_ = 0.0;         // of a scaled product
    bool zero_is_zero_ = false;  // whether a float product of 0 is one of rows that share nothing
};

// The most terms and the least weight of rows.
struct Extent {
    double terms = 0.0;
    double least = std::numeric_limits<double>::infinity();
};

Extent extent(CsrView<double> rows, const std::vector<RowSummary>& summaries,
              std::span<const double> scale) {
    Extent result;
    for (std::int64_t row = 0; row < rows.rows(); ++row) {
        result.terms = std::max(result.terms, summaries[at(row)].terms);
        for (std::int64_t i = rows.indptr[at(row)]; i < rows.indptr[at(row + 1)]; ++i) {
            result.least = std::min(result.least, rows.data[at(i)] * scale[at(row)]);
        }
    }
    return result;
}

Filter::Filter(const RowPair& rows, Measure measure, const NearestOptions& options, const Run& run)
    : cosine_(measure == Measure::cosine),
      self_(rows.self),
      options_(options),
      n_(wanted(rows, options)) {
    const TermRanks ranks = rank_for_products(rows.second);
    first_ = renumber(rows.first, ranks, run);
    second_ = renumber(rows.second, ranks, run);
    const std::int32_t dense = count_dense(second_, ranks, dense_share, most_dense);
    first_summaries_ = summarise(first_, measure);
    second_summaries_ = summarise(second_, measure);
    double longest = 0.0;
    for (const RowSummary& row : second_summaries_) longest = std::max(longest, row.norm);
    unit_ = longest;
    std::vector<double> scale;
    for (const RowSummary& row : second_summaries_) {
        const double length = cosine_ ? row.norm : longest;
        scale.push_back(length > 0.0 ? 1.0 / length : 0.0);
    }
    std::vector<double> own_scale;
    for (std::int64_t row = 0; row < rows.first.rows(); ++row) own_scale.push_back(scale_of(row));
    index_ = std::make_unique<ProductIndex<float>>(second_, dense, scale, run);
    bounds_.assign(at(index_->tiles() * ProductIndex<float>::lanes), 0.0F);
    for (std::int64_t row = 0; row < rows.second.rows(); ++row) {
        bounds_[at(row)] = length_of_dense(row, dense, scale[at(row)]);
    }
    const Extent a = extent(first_, first_summaries_, own_scale);
    const Extent b = extent(second_, second_summaries_, scale);
    // Each factor, product and sum is rounded once; sum |x y| is at most 1.
    error_ = (std::min(a.terms, b.terms) + 16.0) * 0x1p-24 * 1.01 + 1e-30;
    zero_is_zero_ = std::min(a.least, b.least) > 1e-15;
}

float Filter::length_of_dense(std::int64_t row, std::int32_t dense, double scale) const {
    double squares = 0.0;
    for (std::int64_t i = second_.indptr[at(row)]; i < second_.indptr[at(row + 1)]; ++i) {
        if (second_.indices[at(i)] >= dense) break;
        const double weight = second_.data[at(i)] * scale;
        squares += weight * weight;
    }
    return static_cast<float>(std::sqrt(squares));
}

double Filter::value(std::int64_t row, std::int64_t other, std::span<const double> weights) const {
    double dot = 0.0;
    for (std::int64_t i = second_.indptr[at(other)]; i < second_.indptr[at(other + 1)]; ++i) {
        dot += weights[at(second_.indices[at(i)])] * second_.data[at(i)];
    }
    if (!cosine_) return dot;
    return dot / (first_summaries_[at(row)].norm * second_summaries_[at(other)].norm);
}

// What a scaled product must reach so that the threshold may be.
float Filter::first_floor(double scale) const {
    if (!options_.threshold) return -std::numeric_limits<float>::infinity();
    const double least = *options_.threshold;
    const double scaled = (cosine_ ? least : least * scale / unit_) - error_;
    const auto floor = std::nextafter(static_cast<float>(scaled), -2.0F);
    const bool skip_zeros = zero_is_zero_ && least > 0.0;
    return skip_zeros ? std::max(floor, std::numeric_limits<float>::min()) : floor;
}

// An empty row has the product 0 with all, and no cosine.
std::vector<Neighbour> Filter::nearest_to_nothing(std::int64_t row) const {
    Shortlist list(n_);
    const bool reached = !options_.threshold || *options_.threshold <= 0.0;
    for (std::int64_t other = 0; !cosine_ && reached && other < index_->rows(); ++other) {
        if (list.full()) break;
        if (self_ && !options_.include_self && other == row) continue;
        list.offer({0.0, static_cast<std::int32_t>(other)});
    }
    return list.take();
}

Filter::Search Filter::start(std::int64_t row) const {
    const double scale = scale_of(row);
    Search search{row,
                  index_->query(first_, row, scale),
                  0.0F,
                  std::vector<float>(bounds_.size()),
                  Candidates(n_, static_cast<float>(error_), first_floor(scale), zero_is_zero_),
                  0};
    double squares = 0.0;
    for (const float weight : search.query.dense) squares += static_cast<double>(weight) * weight;
    search.length = static_cast<float>(std::sqrt(squares));
    index_->add_sparse(search.query, 0, search.sums.data());
    find_tile(0, search);
    return search;
}

void Filter::find_tile(std::int64_t from, Search& search) const {
    search.tile = next_tile(search.sums, bounds_, search.length, search.candidates.floor(), from);
}

void Filter::offer_tile(Search& search) const {
    constexpr std::int64_t lanes = ProductIndex<float>::lanes;
    float* const sums = search.sums.data() + search.tile * lanes;
    index_->add_dense({&search.query, 1}, search.tile, {&sums, 1});
    const std::int64_t end = std::min((search.tile + 1) * lanes, index_->rows());
    for (std::int64_t other = search.tile * lanes; other < end; ++other) {
        const float product = search.sums[at(other)];
        if (product < search.candidates.floor()) continue;
        if (self_ && !options_.include_self && other == search.row) continue;
        // An empty row has no cosine.
        if (cosine_ && second_summaries_[at(other)].norm == 0.0) continue;
        search.candidates.offer(product, other);
    }
    find_tile(search.tile + 1, search);
}

std::vector<Neighbour> Filter::best_of(const Search& search, std::vector<double>& weights) const {
    const std::int64_t begin = first_.indptr[at(search.row)];
    const std::int64_t end = first_.indptr[at(search.row + 1)];
    for (std::int64_t i = begin; i < end; ++i)
        weights[at(first_.indices[at(i)])] = first_.data[at(i)];
    Shortlist list(n_);
    search.candidates.each([&](std::int32_t other) {
        const double rank = value(search.row, other, weights);
        if (!options_.threshold || rank >= *options_.threshold) list.offer({rank, other});
    });
    for (std::int64_t i = begin; i < end; ++i) weights[at(first_.indices[at(i)])] = 0.0;
    return list.take();
}

void Filter::search_rows(std::int64_t begin, std::int64_t end, std::vector<double>& weights,
                         Lists& lists) const {
    std::vector<Search> searches;
    for (std::int64_t row = begin; row < end; ++row) {
        if (scale_of(row) == 0.0 || unit_ == 0.0) {
            lists[at(row)] = nearest_to_nothing(row);
        } else if (n_ > 0) {
            searches.push_back(start(row));
        }
    }
    // Tile after tile, so that one that is near is used for all rows that need it.
    for (std::int64_t tile = 0; tile < index_->tiles();) {
        std::int64_t next = index_->tiles();
        for (Search& search : searches) {
            if (search.tile == tile) offer_tile(search);
            next = std::min(next, search.tile);
        }
        tile = next;
    }
    for (const Search& search : searches) lists[at(search.row)] = best_of(search, weights);
}

Lists Filter::run_all(const Run& run) const {
    Lists lists(at(CsrView<double>(first_).rows()));
    // Sums of several rows stay near the processor, but not of many.
    const std::int64_t together = std::clamp(
        sums_together / std::max<std::int64_t>(index_->rows(), 1), std::int64_t{1}, rows_per_chunk);
    parallel_for(static_cast<std::int64_t>(lists.size()), run, rows_per_chunk,
                 [&](std::int64_t begin, std::int64_t end) {
                     std::vector<double> weights(at(second_.columns));
                     for (std::int64_t row = begin; row < end; row += together) {
                         search_rows(row, std::min(row + together, end), weights, lists);
                     }
                 });
    return lists;
}

}  // namespace

CsrRows<double> nearest(const RowPair& rows, Measure measure, const NearestOptions& options,
                        const Run& run) {
    Lists lists;
    if (measure == Measure::dot || measure == Measure::cosine) {
        check_pair(rows, measure);
        lists = Filter(rows, measure, options, run).run_all(run);
    } else {
        lists = nearest_of_all(rows, measure, options, run);
    }
    CsrRows<double> result;
    result.columns = rows.second.rows();
    const double sign = is_distance(measure) ? -1.0 : 1.0;
    for (const auto& list : lists) {
        for (const Neighbour& neighbour : list) {
            result.indices.push_back(neighbour.row);
            result.data.push_back(sign * neighbour.rank);
        }
        result.indptr.push_back(static_cast<std::int64_t>(result.indices.size()));
    }
    return result;
}

}  // namespace framelens
