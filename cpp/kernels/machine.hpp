// Kernels: functions that are made for several instruction sets, of which the machine has some. What is
// written for one is chosen by `runnable`; of plain loops the compiler makes both forms.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

// For loops whose lanes are different sums, so that none changes its order and the bytes are the same
// on all machines; one is chosen when the library is loaded.
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__)
#define FRAMELENS_BY_MACHINE [[gnu::target_clones("default", "avx2")]]
#else
#define FRAMELENS_BY_MACHINE
#endif

// For kernels that are written for vectors of 32 or 64 bytes; `runnable` tells which to call.
#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define FRAMELENS_AVX2 __attribute__((target("avx2,fma,bmi,popcnt")))
#define FRAMELENS_AVX512                                                        \
    __attribute__((                                                             \
        target("avx2,fma,bmi,bmi2,popcnt,avx512f,avx512bw,avx512vl,avx512vbmi," \
               "avx512vbmi2,avx512vpopcntdq")))
#include <immintrin.h>
#endif

namespace framelens {

/// 2 where `FRAMELENS_AVX512` runs, 1 where only `FRAMELENS_AVX2` does, else 0.
inline std::size_t vector_level() noexcept {
#ifdef FRAMELENS_AVX2
    const bool half = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                      __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
    const bool whole =
        half && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi") &&
        __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512vpopcntdq");
    return whole ? 2 : half ? 1 : 0;
#else
    return 0;
#endif
}

/// Of kernels for falling levels, the last of which run anywhere, those that this machine can run.
template <class Kernels, std::size_t count>
std::span<const Kernels> runnable(const std::array<Kernels, count>& fastest_first) noexcept {
    return std::span{fastest_first}.subspan(count - 1 - std::min(count - 1, vector_level()));
}

}  // namespace framelens
