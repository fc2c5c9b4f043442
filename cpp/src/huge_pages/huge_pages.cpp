#include "framelens/huge_pages.hpp"

#include <cstdint>

#ifdef __linux__
#include <sys/mman.h>
#else
#include <cstring>
#endif

namespace framelens {

#ifdef __linux__

namespace {

std::size_t whole_pages(std::size_t bytes) noexcept {
    return (bytes + huge_page - 1) / huge_page * huge_page;
}

}  // namespace

void* map_pages(std::size_t bytes) {
    if (bytes > std::numeric_limits<std::ptrdiff_t>::max() - 2 * huge_page) throw std::bad_alloc();
    const std::size_t size = whole_pages(bytes);
    // A page more, so that one begins where a huge page does; what lies around goes back.
    void* const mapped =
        mmap(nullptr, size + huge_page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) throw std::bad_alloc();
    const auto begin = reinterpret_cast<std::uintptr_t>(mapped);
    const std::size_t before = whole_pages(begin) - begin;
    char* const memory = static_cast<char*>(mapped) + before;
    if (before > 0) munmap(mapped, before);
    munmap(memory + size, huge_page - before);
    // The last one stays in small pages, unless it is filled.
    static_cast<void>(madvise(memory, bytes / huge_page * huge_page, MADV_HUGEPAGE));
    return memory;
}

void unmap_pages(void* memory, std::size_t bytes) noexcept {
    munmap(memory, whole_pages(bytes));
}

#else

void* map_pages(std::size_t bytes) {
    return std::memset(::operator new(bytes), 0, bytes);
}

void unmap_pages(void* memory, std::size_t /*bytes*/) noexcept {
    ::operator delete(memory);
}

#endif

}  // namespace framelens
