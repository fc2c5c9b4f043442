#include "framelens/types_positions.hpp"

#include "filter.hpp"

#include "products.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <span>

namespace framelens {
namespace {

// Terms in at least such a share of the rows are kept dense, up to such a number of terms: there
// dense arithmetic is cheaper.
constexpr double dense_share = 0.12;
constexpr std::int32_t max_dense_terms = 512;
constexpr std::int64_t lanes = tile_rows;
constexpr float never = std::numeric_limits<float>::infinity();
// Columns whose sums for one row fit the first cache: 32 KiB of floats.
constexpr std::int64_t panel_rows = 8192;

std::int64_t whole_tiles(std::int64_t rows) noexcept {
    return (rows + lanes - 1) / lanes * lanes;
}

// Rows that are searched for together; few where one takes long, so that a run can be stopped.
std::int64_t block_rows(std::int64_t others) noexcept {
    return lanes *
           std::clamp<std::int64_t>(40'000'000 / std::max<std::int64_t>(others, 1) / lanes, 1, 3);
}

// dots[k] = product of a row, given as the weights of all columns, and row others[k].
void multiply_rows(std::span<const double> weights, CsrView<double> rows,
                   std::span<const std::int32_t> others, std::span<double> dots) {
    constexpr std::size_t together = 4;  // or each addition would wait for the one before it
    for (std::size_t k = 0; k < others.size(); k += together) {
        const std::size_t count = std::min(together, others.size() - k);
        std::array<std::int64_t, together> next{};
        std::array<double, together> sums{};
        std::int64_t common = count < together ? 0 : std::numeric_limits<std::int64_t>::max();
        for (std::size_t r = 0; r < count; ++r) {
            next[r] = rows.indptr[at(others[k + r])];
            common = std::min(common, rows.indptr[at(others[k + r]) + 1] - next[r]);
        }
        const auto add = [&](std::size_t r, std::int64_t i) {
            sums[r] += weights[at(rows.indices[at(i)])] * rows.data[at(i)];
        };
        for (std::int64_t i = 0; i < common; ++i) {
            for (std::size_t r = 0; r < together; ++r) add(r, next[r] + i);
        }
        for (std::size_t r = 0; r < count; ++r) {
            const std::int64_t end = rows.indptr[at(others[k + r]) + 1];
            for (std::int64_t i = next[r] + common; i < end; ++i) add(r, i);
            dots[k + r] = sums[r];
        }
    }
}

}  // namespace

// What is known while some rows are compared with all.
struct Filter::Block {
    std::int64_t begin, end;
    std::vector<std::vector<FilterIndex::Cursor>> cursors;  // of each row
    std::vector<float> heads;                               // group, term, row
    std::vector<float> tails;                               // row, term
    std::vector<float> sums;                                // row, other row of the panel
    std::int64_t width;                                     // of the panel, in whole tiles
    std::vector<float> floors, other_lengths, other_tails;  // of the other rows
    std::vector<RowGroup> row_groups;

    [[nodiscard]] std::int64_t groups() const noexcept {
        constexpr auto rows = static_cast<std::int64_t>(group_rows);
        return (end - begin + rows - 1) / rows;
    }
};

Filter::Filter(const RowPair& rows, Measure measure, const NearestOptions& options, const Run& run)
    : cosine_(measure == Measure::cosine),
      self_(rows.self),
      options_(options),
      n_(at(std::min(options.n, rows.second.rows()))),
      candidates_(at(rows.first.rows())) {
    const TermRanks ranks = rank_for_products(rows.second);
    CsrRows<double> second = renumber(rows.second, ranks, run);
    const std::int32_t count = count_dense(second, ranks, dense_share, max_dense_terms);
    second_ = scale_rows(std::move(second), measure);
    const DenseTerms dense = order_dense(second_, count);
    measure_dense(dense, second_);
    if (!self_) {
        first_ = scale_rows(renumber(rows.first, ranks, run), measure);
        measure_dense(dense, first_);
    }
    index_ = std::make_unique<FilterIndex>(second_, dense, run);
    // Each factor, product and sum is rounded once; sum |x y| is at most 1.
    // Of so many roundings of half a unit: Higham, Accuracy and Stability (2002), 3.1.
    const double roundings = (std::min(first().most_terms, second_.most_terms) + 16.0) * 0x1p-24;
    error_ = 1.01 * roundings / (1.0 - std::min(roundings, 0.5));
    zero_is_zero_ = std::min(first().least_weight, second_.least_weight) > 1e-15;
    for (std::int64_t row = 0; row < first().size(); ++row) {
        candidates_[at(row)].floor.store(first_floor(row), std::memory_order_relaxed);
    }
}

float Filter::error_of(std::int64_t row) const {
    // The second part is for products below what float can hold.
    return static_cast<float>(error_ * first().length(row) * (1.0 + 1e-6) + 1e-30);
}

// What a product must reach so that the threshold may be.
float Filter::first_floor(std::int64_t row) const {
    if (first().scales[at(row)] == 0.0 || second_.unit == 0.0 || n_ == 0) return never;
    // Zeros are added at the end.
    const float least = zero_is_zero_ ? std::numeric_limits<float>::min() : -never;
    if (!options_.threshold) return least;
    const double threshold = *options_.threshold;
    const double scaled = cosine_ ? threshold : threshold / first().unit / second_.unit;
    const double floor = std::clamp(scaled, -4.0, 4.0) - static_cast<double>(error_of(row));
    return std::max(least, std::nextafter(static_cast<float>(floor), -8.0F));
}

bool Filter::is_allowed(std::int64_t row, std::int64_t other) const {
    if (self_ && !options_.include_self && row == other) return false;
    // An empty row has no cosine.
    return !cosine_ || second_.scales[at(other)] > 0.0;
}

double Filter::product(std::int64_t row, std::int64_t other, double dot) const {
    if (!cosine_) return dot;
    return cosine_of(dot, first().summaries[at(row)].squares, second_.summaries[at(other)].squares);
}

double Filter::exact(std::int64_t row, std::int64_t other) const {
    const CsrRows<double>& a = first().rows;
    const CsrRows<double>& b = second_.rows;
    std::int64_t i = a.indptr[at(row)];
    std::int64_t j = b.indptr[at(other)];
    double dot = 0.0;
    while (i < a.indptr[at(row + 1)] && j < b.indptr[at(other + 1)]) {
        const std::int32_t left = a.indices[at(i)];
        const std::int32_t right = b.indices[at(j)];
        if (left == right) dot += a.data[at(i)] * b.data[at(j)];
        if (left <= right) ++i;
        if (right <= left) ++j;
    }
    return product(row, other, dot);
}

void Filter::start_block(Block& block) const {
    constexpr auto step = static_cast<std::int64_t>(group_rows);
    const std::int64_t count = block.end - block.begin;
    const DenseTerms& dense = index_->dense();
    block.cursors.resize(at(count));
    block.heads.assign(at(block.groups() * dense.head * step), 0.0F);
    block.tails.assign(at(count * dense.tail()), 0.0F);
    block.row_groups.resize(at(block.groups()));
    for (std::int64_t k = 0; k < count; ++k) {
        RowGroup& group = block.row_groups[at(k / step)];
        if (k % step == 0) {
            group.weights = block.heads.data() + k * dense.head;
            group.floors.fill(never);
        }
        group.lengths[at(k % step)] = first().lengths[at(block.begin + k)];
        group.tails[at(k % step)] = first().tails[at(block.begin + k)];
        index_->start(first(), block.begin + k, self_, block.cursors[at(k)]);
        float* const head = block.heads.data() + k / step * step * dense.head + k % step;
        index_->fill_dense(first(), block.begin + k, step,
                           {head, block.tails.data() + k * dense.tail()});
    }
    const std::int64_t width = std::min(panel_rows, whole_tiles(second_.size()));
    block.sums.resize(at(block.groups() * step * width));
    block.floors.resize(at(width));
    block.other_lengths.resize(at(width));
    block.other_tails.resize(at(width));
}

void Filter::start_panel(Block& block, std::int64_t from, std::int64_t to) const {
    block.width = whole_tiles(to - from);
    constexpr auto step = static_cast<std::int64_t>(group_rows);
    std::fill_n(block.sums.begin(), block.groups() * step * block.width, 0.0F);
    for (std::int64_t other = from; other < from + block.width; ++other) {
        const std::size_t place = at(other - from);
        const bool is_row = other < to;
        block.other_lengths[place] = is_row ? second_.lengths[at(other)] : 0.0F;
        block.other_tails[place] = is_row ? second_.tails[at(other)] : 0.0F;
        block.floors[place] = is_row && self_ ? floor_of(other) : never;
    }
    for (std::int64_t row = block.begin; row < block.end; ++row) {
        block.row_groups[at((row - block.begin) / step)].floors[at((row - block.begin) % step)] =
            floor_of(row);
    }
}

void Filter::add_postings(Block& block, std::int64_t from, std::int64_t to) const {
    constexpr std::size_t ahead = 3;
    const auto is_before = [to](const FilterIndex::Posting& p) { return p.row < to; };
    for (std::size_t k = 0; k < block.cursors.size(); ++k) {
        float* const sums = block.sums.data() + k * at(block.width);
        std::vector<FilterIndex::Cursor>& cursors = block.cursors[k];
        for (std::size_t c = 0; c < cursors.size(); ++c) {
            // Lists are short: nothing but this asks for them in time.
            if (c + ahead < cursors.size()) {
                __builtin_prefetch(cursors[c + ahead].next);
                __builtin_prefetch(cursors[c + ahead].next + 8);
            }
            const FilterIndex::Posting* posting = cursors[c].next;
            const FilterIndex::Posting* end = cursors[c].last;
            if (to < second_.size()) end = std::partition_point(posting, end, is_before);
            const float weight = cursors[c].weight;
            for (; posting != end; ++posting) sums[posting->row - from] += weight * posting->weight;
            cursors[c].next = end;
        }
    }
}

void Filter::multiply_panel(Block& block, std::int64_t from) {
    constexpr auto step = static_cast<std::int64_t>(group_rows);
    for (std::int64_t tile = 0; tile < block.width; tile += lanes) {
        const RowTile columns{index_->tile(from + tile), block.other_lengths.data() + tile,
                              block.other_tails.data() + tile, block.floors.data() + tile};
        for (std::int64_t group = 0; group < block.groups(); ++group) {
            std::array<float*, group_rows> products{};
            for (std::int64_t r = 0; r < step; ++r) {
                products[at(r)] = block.sums.data() + (group * step + r) * block.width + tile;
            }
            RowGroup& rows = block.row_groups[at(group)];
            const Reached reached = reached_kernels().multiply_where_reached(
                rows, columns, index_->dense().head, products);
            for (std::int64_t r = 0; r < step; ++r) {
                const std::int64_t row = block.begin + group * step + r;
                if (reached[at(r)] == 0 || row >= block.end) continue;
                offer_all(block, row, from + tile, reached[at(r)], products[at(r)]);
                rows.floors[at(r)] = floor_of(row);
            }
        }
    }
}

void Filter::offer_all(const Block& block, std::int64_t row, std::int64_t from,
                       std::uint32_t reached, const float* products) {
    const std::int32_t tail = index_->dense().tail();
    const float* const own = block.tails.data() + (row - block.begin) * tail;
    for (; reached != 0; reached &= reached - 1) {
        const int lane = std::countr_zero(reached);
        const std::int64_t other = from + lane;
        if (other >= second_.size() || (self_ && other < row)) continue;
        const float product =
            products[lane] + reached_kernels().multiply_tails(own, index_->tail(other), tail);
        offer(row, other, product);
        if (self_ && other != row) offer(other, row, product);
    }
}

void Filter::offer(std::int64_t row, std::int64_t other, float product) {
    Candidates& candidates = candidates_[at(row)];
    if (!(product >= candidates.floor.load(std::memory_order_relaxed))) return;
    if (!is_allowed(row, other)) return;
    const std::lock_guard lock{mutexes_[at(row) % stripes]};
    candidates.found.emplace_back(product, static_cast<std::int32_t>(other));
    if (candidates.found.size() >= 2 * n_ + 16) shrink(row, candidates);
}

// Leaves those that may be among the best; if these are many, they are compared in double.
void Filter::shrink(std::int64_t row, Candidates& candidates) const {
    auto& found = candidates.found;
    const auto worst = found.begin() + static_cast<std::ptrdiff_t>(n_ - 1);
    std::nth_element(found.begin(), worst, found.end(), std::greater<>{});
    const float floor = std::max(candidates.floor.load(std::memory_order_relaxed),
                                 std::nextafter(worst->first - 2.0F * error_of(row), -8.0F));
    candidates.floor.store(floor, std::memory_order_relaxed);
    std::erase_if(found, [floor](const auto& candidate) { return candidate.first < floor; });
    if (found.size() < 2 * n_ + 8) return;
    std::vector<std::pair<Neighbour, float>> best;
    for (const auto& [product, other] : found)
        best.push_back({{exact(row, other), other}, product});
    std::sort(best.begin(), best.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    found.clear();
    for (std::size_t k = 0; k < n_; ++k) found.emplace_back(best[k].second, best[k].first.row);
}

void Filter::search_block(std::int64_t begin, std::int64_t end) {
    Block block{begin, end, {}, {}, {}, {}, 0, {}, {}, {}, {}};
    start_block(block);
    for (std::int64_t from = self_ ? begin : 0; from < second_.size(); from += panel_rows) {
        const std::int64_t to = std::min(from + panel_rows, second_.size());
        start_panel(block, from, to);
        add_postings(block, from, to);
        multiply_panel(block, from);
    }
}

// The candidates that may be among the best.
std::vector<std::int32_t> Filter::finalists(std::int64_t row) const {
    std::vector<std::pair<float, std::int32_t>> found = candidates_[at(row)].found;
    float least = -never;
    if (found.size() > n_) {
        const auto worst = found.begin() + static_cast<std::ptrdiff_t>(n_ - 1);
        std::nth_element(found.begin(), worst, found.end(), std::greater<>{});
        least = std::nextafter(worst->first - 2.0F * error_of(row), -8.0F);
    }
    std::vector<std::int32_t> others;
    for (const auto& [product, other] : found) {
        if (product >= least) others.push_back(other);
    }
    return others;
}

std::vector<Neighbour> Filter::best_of(std::int64_t row, std::vector<double>& weights) const {
    const CsrRows<double>& a = first().rows;
    const std::int64_t begin = a.indptr[at(row)];
    const std::int64_t end = a.indptr[at(row + 1)];
    for (std::int64_t i = begin; i < end; ++i) weights[at(a.indices[at(i)])] = a.data[at(i)];
    const std::vector<std::int32_t> others = finalists(row);
    std::vector<double> dots(others.size());
    multiply_rows(weights, second_.rows, others, dots);
    Shortlist list(static_cast<std::int64_t>(n_));
    for (std::size_t k = 0; k < others.size(); ++k) {
        const double rank = product(row, others[k], dots[k]);
        if (!options_.threshold || rank >= *options_.threshold) list.offer({rank, others[k]});
    }
    for (std::int64_t i = begin; i < end; ++i) weights[at(a.indices[at(i)])] = 0.0;
    std::vector<Neighbour> best = list.take();
    add_zeros(row, best);
    return best;
}

// Rows that share nothing were not offered, if others have positive products. Empty rows have the
// product 0 with all, and no cosine.
void Filter::add_zeros(std::int64_t row, std::vector<Neighbour>& list) const {
    const bool is_empty = first().scales[at(row)] == 0.0 || second_.unit == 0.0;
    if (is_empty ? cosine_ : !zero_is_zero_) return;
    if (list.size() >= n_ || (options_.threshold && *options_.threshold > 0.0)) return;
    std::vector<std::int32_t> known;
    for (const Neighbour& neighbour : list) known.push_back(neighbour.row);
    std::sort(known.begin(), known.end());
    for (std::int32_t other = 0; other < second_.size() && list.size() < n_; ++other) {
        if (is_allowed(row, other) && !std::binary_search(known.begin(), known.end(), other)) {
            list.push_back({0.0, other});
        }
    }
}

Neighbours Filter::run_all(const Run& run) {
    Neighbours lists(candidates_.size());
    const auto count = static_cast<std::int64_t>(lists.size());
    seed(run);
    parallel_for(count, run, block_rows(second_.size()),
                 [this](std::int64_t begin, std::int64_t end) { search_block(begin, end); });
    parallel_for(count, run, 256, [&](std::int64_t begin, std::int64_t end) {
        std::vector<double> weights(at(second_.rows.columns));
        for (std::int64_t row = begin; row < end; ++row) lists[at(row)] = best_of(row, weights);
    });
    return lists;
}

}  // namespace framelens
