// What is done with document x term counts: order, selection, sums and merging.
#pragma once

#include "framelens/types.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace framelens {

/// Errors: ValueError if the parts of compressed sparse rows from outside do not fit each other:
/// `indptr` ascends from 0 to the number of entries, each index is in [0, columns).
void check_rows(std::span<const std::int64_t> indptr, std::span<const std::int32_t> indices,
                std::size_t entries, std::int64_t columns);

/// The position of each term when terms are sorted by code point. Shapes: one entry a term.
[[nodiscard]] std::vector<std::int32_t> sorted_positions(const StringColumn& terms);

/// The same counts with terms sorted by code point. A row's entries keep their order, which after
/// `count_terms` is that of first occurrence, as in scikit-learn.
[[nodiscard]] TermCounts sort_terms(const TermCounts& counts);

/// The same rows with the entries of each ascending by column.
[[nodiscard]] CsrRows<std::int32_t> sort_entries(CsrRows<std::int32_t> rows);

/// The kept terms alone, in their order. Shapes: `keep` has one entry a term.
/// Errors: ValueError if it has not.
[[nodiscard]] TermCounts select_terms(const TermCounts& counts, const std::vector<bool>& keep);

/// The number of documents with each term. Shapes: one entry a column.
[[nodiscard]] std::vector<std::int64_t> document_frequencies(CsrView<std::int32_t> rows);

/// The number of occurrences of each term. Shapes: one entry a column.
[[nodiscard]] std::vector<std::int64_t> term_totals(CsrView<std::int32_t> rows);

/// The rows of each group, ascending. Shapes: `group_of` has one entry for each of the `rows`, in
/// [0, groups). Errors: ValueError for other shapes or groups.
[[nodiscard]] std::vector<std::vector<std::int64_t>> rows_by_group(
    std::int64_t rows, std::span<const std::int32_t> group_of, std::int32_t groups);

/// Counts of the documents of `first` and then of `second`. With terms in order of first
/// occurrence in both, equal to counting the concatenated documents.
[[nodiscard]] TermCounts merge(const TermCounts& first, const TermCounts& second);

}  // namespace framelens
