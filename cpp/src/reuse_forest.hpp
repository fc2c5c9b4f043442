// Things that are joined into trees, and the members of each tree.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace framelens {

class Forest {
public:
    explicit Forest(std::size_t size) : parent_(size), members_(size) {
        std::iota(parent_.begin(), parent_.end(), 0);
        for (std::size_t i = 0; i < size; ++i) members_[i] = {static_cast<std::int32_t>(i)};
    }
    std::int32_t find(std::int32_t i) {
        while (parent_[at(i)] != i) {
            parent_[at(i)] = parent_[at(parent_[at(i)])];
            i = parent_[at(i)];
        }
        return i;
    }
    /// Of one tree with `i`, which is its root.
    [[nodiscard]] const std::vector<std::int32_t>& members(std::int32_t i) const {
        return members_[at(i)];
    }
    void join(std::int32_t a, std::int32_t b) {
        a = find(a);
        b = find(b);
        if (a == b) return;
        if (a > b) std::swap(a, b);
        parent_[at(b)] = a;
        members_[at(a)].insert(members_[at(a)].end(), members_[at(b)].begin(),
                               members_[at(b)].end());
        members_[at(b)].clear();
    }

private:
    static std::size_t at(std::int32_t i) { return static_cast<std::size_t>(i); }
    std::vector<std::int32_t> parent_;
    std::vector<std::vector<std::int32_t>> members_;
};

}  // namespace framelens
