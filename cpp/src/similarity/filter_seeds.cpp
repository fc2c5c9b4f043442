// What the best neighbours of each row reach at least, from a few rows that are like it.
#include "framelens/types_positions.hpp"

#include "filter.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>

namespace framelens {
namespace {

constexpr float never = std::numeric_limits<float>::infinity();

// Postings that are looked at for a first floor of a row.
std::int64_t seed_postings(std::int64_t others) noexcept {
    return others / 32;
}

}  // namespace

// The rows that share the heaviest terms with a row, those that share most first.
std::vector<std::int32_t> Filter::seeds(std::int64_t row, std::vector<float>& sums) const {
    std::vector<FilterIndex::Cursor> cursors;
    index_->start(first(), row, false, cursors);
    std::sort(cursors.begin(), cursors.end(),
              [](const auto& a, const auto& b) { return std::abs(a.weight) > std::abs(b.weight); });
    std::vector<std::int32_t> touched;
    std::int64_t left = seed_postings(second_.size());
    for (const FilterIndex::Cursor& cursor : cursors) {
        if (cursor.last - cursor.next > left) continue;
        left -= cursor.last - cursor.next;
        for (const FilterIndex::Posting* p = cursor.next; p != cursor.last; ++p) {
            if (sums[at(p->row)] == 0.0F) touched.push_back(p->row);
            sums[at(p->row)] += cursor.weight * p->weight;
        }
    }
    std::vector<std::pair<float, std::int32_t>> found;
    for (const std::int32_t other : touched) {
        if (is_allowed(row, other)) found.emplace_back(sums[at(other)], other);
        sums[at(other)] = 0.0F;  // so that who is here twice counts once
    }
    std::erase_if(found, [](const auto& seed) { return seed.first == 0.0F; });
    const auto tried = static_cast<std::ptrdiff_t>(std::min(2 * n_, found.size()));
    std::partial_sort(found.begin(), found.begin() + tried, found.end(), std::greater<>{});
    std::vector<std::int32_t> others;
    for (auto seed = found.begin(); seed != found.begin() + tried; ++seed) {
        others.push_back(seed->second);
    }
    return others;
}

// What the n best of the seeds reach, the n best of all rows do too.
float Filter::floor_by_seeds(std::int64_t row, std::vector<float>& sums) const {
    const std::vector<std::int32_t> others = seeds(row, sums);
    if (others.size() < n_) return -never;
    std::vector<double> products;
    for (const std::int32_t other : others) products.push_back(exact(row, other));
    const auto worst = products.begin() + static_cast<std::ptrdiff_t>(n_ - 1);
    std::nth_element(products.begin(), worst, products.end(), std::greater<>{});
    const double scaled = cosine_ ? *worst : *worst / first().unit / second_.unit;
    const double error = 2.0 * static_cast<double>(error_of(row));
    return std::nextafter(static_cast<float>(std::clamp(scaled, -4.0, 4.0) - error), -8.0F);
}

// Only where looking at the seeds of a row takes far less than looking at all rows.
void Filter::seed(const Run& run) {
    const std::int64_t others = second_.size();
    const auto terms =
        static_cast<std::int64_t>(second_.rows.indices.size()) / std::max<std::int64_t>(others, 1);
    if (n_ == 0 || seed_postings(others) / 4 < static_cast<std::int64_t>(n_) * terms) return;
    parallel_for(first().size(), run, 256, [&](std::int64_t begin, std::int64_t end) {
        std::vector<float> sums(at(others));
        for (std::int64_t row = begin; row < end; ++row) {
            if (floor_of(row) == never) continue;
            const float floor = std::max(floor_of(row), floor_by_seeds(row, sums));
            candidates_[at(row)].floor.store(floor, std::memory_order_relaxed);
        }
    });
}

}  // namespace framelens
