// Random numbers that are the same on every machine.
#pragma once

#include "framelens/types_hash.hpp"

#include <cstdint>

namespace framelens {

/// SplitMix64. Source: Steele, Lea and Flood (2014), Fast splittable pseudorandom number generators.
class Random {
public:
    explicit Random(std::uint64_t seed) noexcept : state_(seed) {}
    /// Of several streams of one seed.
    Random(std::uint64_t seed, std::uint64_t stream) noexcept : state_(seed) {
        state_ = next() ^ (stream * 0xD1342543DE82EF95U);
    }

    std::uint64_t next() noexcept {
        std::uint64_t z = (state_ += golden);
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }

    /// A number in [0, bound): those that would make some likelier than others are drawn again.
    std::uint64_t below(std::uint64_t bound) noexcept {
        const std::uint64_t uneven = -bound % bound;
        std::uint64_t value = next();
        while (value < uneven) value = next();
        return value % bound;
    }

private:
    std::uint64_t state_;
};

}  // namespace framelens
