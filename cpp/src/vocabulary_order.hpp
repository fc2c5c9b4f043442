// Sorting of many terms.
#pragma once

#include "framelens/huge_pages.hpp"
#include "framelens/parallel.hpp"

#include <cstdint>

namespace framelens {

struct Keyed {
    std::uint64_t key = 0;
    std::int32_t term = 0;
};

/// Sorts by key; equal keys stay in the order of their terms, in which they must come.
void sort_by_key(HugePageVector<Keyed>& terms, const Run& run);

}  // namespace framelens
