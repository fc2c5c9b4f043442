// The nearest rows by products: in float first, with a bound on what these may err, and in double
// for all that may be among the best.
#pragma once

#include "filter_index.hpp"
#include "framelens/similarity_rows.hpp"
#include "kernels/reached_products.hpp"
#include "shortlist.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace framelens {

/// Takes all rows at once. If the two sides are one, each product is made once, for both rows; who
/// else was offered to a row by then changes how many are looked at, but not what is found.
class Filter {
public:
    Filter(const RowPair& rows, Measure measure, const NearestOptions& options, const Run& run);

    [[nodiscard]] Neighbours run_all(const Run& run);

private:
    struct Block;
    // Products that may be among the best of a row.
    struct Candidates {
        std::atomic<float> floor{0.0F};  // what a product must reach
        std::vector<std::pair<float, std::int32_t>> found;
    };

    [[nodiscard]] const ScaledRows& first() const noexcept { return self_ ? second_ : first_; }
    [[nodiscard]] float floor_of(std::int64_t row) const noexcept {
        return candidates_[static_cast<std::size_t>(row)].floor.load(std::memory_order_relaxed);
    }
    [[nodiscard]] float first_floor(std::int64_t row) const;
    [[nodiscard]] float error_of(std::int64_t row) const;
    [[nodiscard]] bool is_allowed(std::int64_t row, std::int64_t other) const;
    [[nodiscard]] double product(std::int64_t row, std::int64_t other, double dot) const;
    [[nodiscard]] double exact(std::int64_t row, std::int64_t other) const;

    void seed(const Run& run);
    [[nodiscard]] std::vector<std::int32_t> seeds(std::int64_t row, std::vector<float>& sums) const;
    [[nodiscard]] float floor_by_seeds(std::int64_t row, std::vector<float>& sums) const;
    void search_block(std::int64_t begin, std::int64_t end);
    void start_block(Block& block) const;
    void start_panel(Block& block, std::int64_t from, std::int64_t to) const;
    void add_postings(Block& block, std::int64_t from, std::int64_t to) const;
    void multiply_panel(Block& block, std::int64_t from);
    void offer_all(const Block& block, std::int64_t row, std::int64_t from, std::uint32_t reached,
                   const float* products);
    void offer(std::int64_t row, std::int64_t other, float product);
    void shrink(std::int64_t row, Candidates& candidates) const;
    [[nodiscard]] std::vector<std::int32_t> finalists(std::int64_t row) const;
    [[nodiscard]] std::vector<Neighbour> best_of(std::int64_t row,
                                                 std::vector<double>& weights) const;
    void add_zeros(std::int64_t row, std::vector<Neighbour>& list) const;

    bool cosine_;
    bool self_;
    NearestOptions options_;
    std::size_t n_ = 0;
    ScaledRows first_, second_;  // first_ is empty if self_
    std::unique_ptr<FilterIndex> index_;
    double error_ = 0.0;         // of a product of two rows of length 1
    bool zero_is_zero_ = false;  // whether a float product of 0 is one of rows that share nothing
    std::vector<Candidates> candidates_;
    static constexpr std::size_t stripes = 1024;
    std::array<std::mutex, stripes> mutexes_;
};

}  // namespace framelens
