// Arrays in huge pages, for what is read in no order.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace framelens {

/// Memory that the system is asked to hold in huge pages where it is large: look-ups go anywhere in
/// it, and with small pages most would have to find their page first.
template <class Value>
struct HugePageAllocator {
    using value_type = Value;
    static constexpr std::size_t huge_page = std::size_t{1} << 21U;

    HugePageAllocator() = default;
    template <class Other>
    HugePageAllocator(const HugePageAllocator<Other>& /*other*/) noexcept {}

    [[nodiscard]] Value* allocate(std::size_t count) {
        const std::size_t bytes = count * sizeof(Value);
        const auto alignment = std::align_val_t{bytes < huge_page ? alignof(Value) : huge_page};
        void* memory = ::operator new(bytes, alignment);
#ifdef __linux__
        // Not for what fills no page of its own.
        const std::size_t whole = bytes / huge_page * huge_page;
        if (whole > 0) static_cast<void>(madvise(memory, whole, MADV_HUGEPAGE));
#endif
        return static_cast<Value*>(memory);
    }
    void deallocate(Value* memory, std::size_t count) noexcept {
        const bool small = count * sizeof(Value) < huge_page;
        ::operator delete(memory, std::align_val_t{small ? alignof(Value) : huge_page});
    }
    friend bool operator==(HugePageAllocator, HugePageAllocator) { return true; }
};

template <class Value>
using HugePageVector = std::vector<Value, HugePageAllocator<Value>>;

}  // namespace framelens
