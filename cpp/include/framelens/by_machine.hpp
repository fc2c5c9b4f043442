// Functions that are compiled for several instruction sets, one of which is chosen when they are
// loaded.
#pragma once

// For loops whose lanes are different sums, so that none changes its order and the bytes are the same
// on all machines.
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__)
#define FRAMELENS_BY_MACHINE [[gnu::target_clones("default", "avx2")]]
#else
#define FRAMELENS_BY_MACHINE
#endif
