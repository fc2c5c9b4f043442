// The features of one who may speak, numbered. Internal to the room `quotes`.
#pragma once

#include "framelens/quotes_speakers.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>

namespace framelens::quotes_detail {

/// Numbers features one after another: each has a range of its own.
class FeatureRow {
public:
    explicit FeatureRow(SpeakerFeatures& to) : to_(to) {}
    void add(int value, int size) {
        to_[next_++] = static_cast<std::uint16_t>(base_ + value);
        base_ += size;
    }
    static constexpr int at_most(int value, int most) { return std::clamp(value, 0, most); }

private:
    SpeakerFeatures& to_;
    std::size_t next_ = 0;
    int base_ = 0;
};

/// Of a distance in tokens.
inline int bucket(int distance) {
    static constexpr int ends[] = {0, 1, 2, 3, 5, 8, 13, 21, 40, 80};
    const auto* const at = std::lower_bound(std::begin(ends), std::end(ends), distance);
    return static_cast<int>(at - std::begin(ends));
}
inline constexpr int buckets = 11;

}  // namespace framelens::quotes_detail
