// Arrays in huge pages, for what is read in no order.
#pragma once

#include <cstddef>
#include <limits>
#include <memory>
#include <new>
#include <utility>
#include <vector>

namespace framelens {

inline constexpr std::size_t huge_page = std::size_t{1} << 21U;

/// Zeros, from the system itself: at least `bytes`, which is not 0. Errors: std::bad_alloc.
[[nodiscard]] void* map_pages(std::size_t bytes);
void unmap_pages(void* memory, std::size_t bytes) noexcept;

/// Memory that, where it is large, comes in huge pages if the system has some: look-ups go anywhere
/// in it, and with small pages most would have to find their page first. It goes back to the system
/// at once, where the heap would keep it.
template <class Value>
struct HugePageAllocator {
    using value_type = Value;

    HugePageAllocator() = default;
    template <class Other>
    HugePageAllocator(const HugePageAllocator<Other>& /*other*/) noexcept {}

    [[nodiscard]] Value* allocate(std::size_t count) {
        if (count < huge_page / sizeof(Value)) return std::allocator<Value>{}.allocate(count);
        if (count > std::numeric_limits<std::size_t>::max() / sizeof(Value)) throw std::bad_alloc();
        return static_cast<Value*>(map_pages(count * sizeof(Value)));
    }
    void deallocate(Value* memory, std::size_t count) noexcept {
        if (count < huge_page / sizeof(Value)) {
            std::allocator<Value>{}.deallocate(memory, count);
        } else {
            unmap_pages(memory, count * sizeof(Value));
        }
    }
    friend bool operator==(HugePageAllocator, HugePageAllocator) { return true; }
};

template <class Value>
using HugePageVector = std::vector<Value, HugePageAllocator<Value>>;

/// The same, with values that are unset until they are written: whoever writes a page first, of many
/// threads, waits for it.
template <class Value>
struct UnsetPageAllocator : HugePageAllocator<Value> {
    UnsetPageAllocator() = default;
    template <class Other>
    UnsetPageAllocator(const UnsetPageAllocator<Other>& /*other*/) noexcept {}
    template <class Other>
    struct rebind {
        using other = UnsetPageAllocator<Other>;
    };

    void construct(Value* /*place*/) noexcept {}
    template <class... From>
    void construct(Value* place, From&&... from) {
        ::new (static_cast<void*>(place)) Value(std::forward<From>(from)...);
    }
};

}  // namespace framelens
