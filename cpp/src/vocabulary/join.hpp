// One numbering for the terms of several tables.
#pragma once

#include "framelens/parallel.hpp"
#include "table.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace framelens {

/// Some terms of one table that were new to it, all at once.
struct NewTerms {
    std::size_t table = 0;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

/// Numbers of the terms of all tables: `numbers[table][term]`, those of equal terms being equal.
struct JoinedTerms {
    std::vector<std::vector<std::uint32_t>> numbers;
    std::uint32_t size = 0;
};

/// Numbers terms in the order in which they first stand in `parts`. These cover each table's terms
/// from the first to the last, in ascending order; `common` terms, the first of each table and equal
/// in all, come before them. Equal at any number of threads.
/// Cost: a look-up for each term and each other table, shared out over threads.
[[nodiscard]] JoinedTerms join_terms(std::span<const TermTable> tables,
                                     std::span<const NewTerms> parts, std::uint32_t common,
                                     const Run& run);

}  // namespace framelens
