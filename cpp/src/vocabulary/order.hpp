// Sorting of many terms.
#pragma once

#include "framelens/huge_pages.hpp"
#include "framelens/parallel.hpp"

#include <cstdint>

namespace framelens {

struct Keyed {
    std::uint64_t key;
    std::int32_t term;
};
using KeyedTerms = std::vector<Keyed, UnsetPageAllocator<Keyed>>;

/// Sorts by key; equal keys stay in the order of their terms, in which they must come.
void sort_by_key(KeyedTerms& terms, const Run& run);

}  // namespace framelens
