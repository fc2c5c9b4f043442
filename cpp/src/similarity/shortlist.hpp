// The best of the neighbours that are offered.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace framelens {

struct Neighbour {
    double rank = 0.0;  // more is more alike
    std::int32_t row = 0;

    // Better before worse, equals by position.
    friend bool operator<(const Neighbour& a, const Neighbour& b) noexcept {
        return a.rank != b.rank ? a.rank > b.rank : a.row < b.row;
    }
};

using Neighbours = std::vector<std::vector<Neighbour>>;

/// The n best of what was offered.
class Shortlist {
public:
    explicit Shortlist(std::int64_t n) : n_(static_cast<std::size_t>(n)) {}

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

}  // namespace framelens
