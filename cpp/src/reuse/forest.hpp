// Things that are joined into trees.
#pragma once

#include "framelens/types_positions.hpp"

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace framelens {

class Forest {
public:
    explicit Forest(std::size_t size) : parent_(size) {
        std::iota(parent_.begin(), parent_.end(), 0);
    }
    std::int32_t find(std::int32_t i) {
        while (parent_[at(i)] != i) {
            parent_[at(i)] = parent_[at(parent_[at(i)])];
            i = parent_[at(i)];
        }
        return i;
    }
    void join(std::int32_t a, std::int32_t b) {
        a = find(a);
        b = find(b);
        if (a == b) return;
        if (a > b) std::swap(a, b);
        parent_[at(b)] = a;
    }

private:
    std::vector<std::int32_t> parent_;
};

}  // namespace framelens
