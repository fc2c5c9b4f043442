#include "framelens/huge_pages.hpp"

#include "catch.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>

using namespace framelens;

TEST_CASE("mapped pages are zeros where a huge page begins") {
    for (const std::size_t bytes : {huge_page - 1, huge_page, huge_page + 1, 5 * huge_page / 2}) {
        auto* const memory = static_cast<char*>(map_pages(bytes));
        CHECK(reinterpret_cast<std::uintptr_t>(memory) % huge_page == 0);
        CHECK(std::all_of(memory, memory + bytes, [](char byte) { return byte == 0; }));
        std::fill_n(memory, bytes, 'x');
        unmap_pages(memory, bytes);
    }
}

TEST_CASE("more memory than there is cannot be had") {
    constexpr std::size_t most = std::numeric_limits<std::size_t>::max();
    CHECK_THROWS_AS(map_pages(most), std::bad_alloc);
    CHECK_THROWS_AS(map_pages(most / 4), std::bad_alloc);
    CHECK_THROWS_AS(HugePageAllocator<std::uint64_t>{}.allocate(most / 4), std::bad_alloc);
}

TEST_CASE("a vector grows from the heap into pages and back") {
    HugePageVector<std::uint32_t> numbers;
    for (std::uint32_t i = 0; i < 3'000'000; ++i) numbers.push_back(i);
    HugePageVector<std::uint32_t> copy = numbers;
    numbers.resize(10);
    numbers.shrink_to_fit();
    CHECK(std::accumulate(numbers.begin(), numbers.end(), 0U) == 45);
    CHECK(copy.size() == 3'000'000);
    CHECK(std::is_sorted(copy.begin(), copy.end()));
}
