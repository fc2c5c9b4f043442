#include "framelens/types_positions.hpp"

#include "filter_index.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace framelens {
namespace {

constexpr std::int64_t lanes = tile_rows;
constexpr std::int32_t max_head_terms = 192;

std::int64_t whole_tiles(std::int64_t rows) noexcept {
    return (rows + lanes - 1) / lanes * lanes;
}

}  // namespace

std::int64_t first_sparse(const CsrRows<double>& rows, std::int64_t row, std::int32_t dense) {
    const auto begin = rows.indices.begin() + rows.indptr[at(row)];
    const auto end = rows.indices.begin() + rows.indptr[at(row + 1)];
    return std::lower_bound(begin, end, dense) - rows.indices.begin();
}

ScaledRows scale_rows(CsrRows<double> rows, Measure measure) {
    ScaledRows side;
    if (measure == Measure::cosine) bring_near_one(rows);
    side.rows = std::move(rows);
    side.summaries = summarise(side.rows, measure);
    for (const RowSummary& row : side.summaries) side.unit = std::max(side.unit, row.norm);
    for (std::int64_t row = 0; row < side.size(); ++row) {
        const RowSummary& summary = side.summaries[at(row)];
        const double length = measure == Measure::cosine ? summary.norm : side.unit;
        side.scales.push_back(summary.norm > 0.0 ? 1.0 / length : 0.0);
        side.most_terms = std::max(side.most_terms, summary.terms);
        for (std::int64_t i = side.rows.indptr[at(row)]; i < side.rows.indptr[at(row + 1)]; ++i) {
            side.least_weight =
                std::min(side.least_weight, side.rows.data[at(i)] * side.scales.back());
        }
    }
    return side;
}

DenseTerms order_dense(const ScaledRows& side, std::int32_t count) {
    std::vector<double> squares(at(count), 0.0);
    for (std::int64_t row = 0; row < side.size(); ++row) {
        for (std::int64_t i = side.rows.indptr[at(row)]; i < first_sparse(side.rows, row, count);
             ++i) {
            const double weight = side.rows.data[at(i)] * side.scales[at(row)];
            squares[at(side.rows.indices[at(i)])] += weight * weight;
        }
    }
    std::vector<std::int32_t> order(at(count));
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
        return squares[at(a)] > squares[at(b)];
    });
    DenseTerms dense{std::vector<std::int32_t>(at(count)), std::min(count, max_head_terms)};
    for (std::int32_t place = 0; place < count; ++place)
        dense.place_of[at(order[at(place)])] = place;
    return dense;
}

void measure_dense(const DenseTerms& dense, ScaledRows& side) {
    for (std::int64_t row = 0; row < side.size(); ++row) {
        double head = 0.0;
        double tail = 0.0;
        for (std::int64_t i = side.rows.indptr[at(row)];
             i < first_sparse(side.rows, row, dense.size()); ++i) {
            const double weight = side.rows.data[at(i)] * side.scales[at(row)];
            const bool in_head = dense.place_of[at(side.rows.indices[at(i)])] < dense.head;
            (in_head ? head : tail) += weight * weight;
        }
        side.lengths.push_back(static_cast<float>(std::sqrt(head + tail)));
        side.tails.push_back(static_cast<float>(std::sqrt(tail)));
    }
}

FilterIndex::FilterIndex(const ScaledRows& side, const DenseTerms& dense, const Run& run)
    : dense_(dense),
      tiles_(at(whole_tiles(side.size()) * dense.head)),
      tails_(at(side.size() * dense.tail())),
      starts_(at(side.rows.columns) + 1, 0),
      position_(side.rows.indices.size()) {
    const CsrRows<double>& rows = side.rows;
    parallel_for(side.size(), run, 256, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t row = begin; row < end; ++row) {
            float* const tile = tiles_.data() + row / lanes * lanes * dense_.head + row % lanes;
            fill_dense(side, row, lanes, {tile, tails_.data() + row * dense_.tail()});
        }
    });
    for (const std::int32_t term : rows.indices) {
        if (term >= dense_.size()) ++starts_[at(term) + 1];
    }
    std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());
    postings_.resize(at(starts_.back()));
    std::vector<std::int64_t> next(starts_);
    for (std::int64_t row = 0; row < side.size(); ++row) {
        for (std::int64_t i = first_sparse(rows, row, dense_.size()); i < rows.indptr[at(row + 1)];
             ++i) {
            position_[at(i)] = next[at(rows.indices[at(i)])]++;
            postings_[at(position_[at(i)])] = {
                static_cast<std::int32_t>(row),
                static_cast<float>(rows.data[at(i)] * side.scales[at(row)])};
        }
    }
}

void FilterIndex::fill_dense(const ScaledRows& side, std::int64_t row, std::int64_t step,
                             std::pair<float*, float*> head_and_tail) const {
    const CsrRows<double>& rows = side.rows;
    const std::int64_t end = first_sparse(rows, row, dense_.size());
    for (std::int64_t i = rows.indptr[at(row)]; i < end; ++i) {
        const auto weight = static_cast<float>(rows.data[at(i)] * side.scales[at(row)]);
        const std::int32_t place = dense_.place_of[at(rows.indices[at(i)])];
        if (place < dense_.head) {
            head_and_tail.first[place * step] = weight;
        } else {
            head_and_tail.second[place - dense_.head] = weight;
        }
    }
}

void FilterIndex::start(const ScaledRows& side, std::int64_t row, bool own,
                        std::vector<Cursor>& cursors) const {
    const CsrRows<double>& rows = side.rows;
    cursors.clear();
    for (std::int64_t i = first_sparse(rows, row, dense_.size()); i < rows.indptr[at(row + 1)];
         ++i) {
        const std::size_t term = at(rows.indices[at(i)]);
        const std::int64_t start = own ? position_[at(i)] : starts_[term];
        cursors.push_back({postings_.data() + start, postings_.data() + starts_[term + 1],
                           static_cast<float>(rows.data[at(i)] * side.scales[at(row)])});
    }
}

}  // namespace framelens
