#include "framelens/counts.hpp"

#include "framelens/error.hpp"
#include "framelens/types_positions.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace framelens {
namespace {

// The first bytes of a term as a number that sorts as they do, shorter terms filled with zeros.
std::uint64_t prefix_of(std::string_view term) noexcept {
    std::uint64_t prefix = 0;
    for (std::size_t i = 0; i < sizeof(prefix); ++i) {
        prefix = prefix << 8U | (i < term.size() ? static_cast<unsigned char>(term[i]) : 0U);
    }
    return prefix;
}

std::vector<std::int32_t> order_by_code_point(const StringColumn& terms) {
    std::vector<std::pair<std::uint64_t, std::int32_t>> keyed;
    keyed.reserve(at(terms.size()));
    for (std::int64_t term = 0; term < terms.size(); ++term) {
        keyed.emplace_back(prefix_of(terms[term]), static_cast<std::int32_t>(term));
    }
    // UTF-8 bytes, compared as unsigned, sort as code points do.
    std::sort(keyed.begin(), keyed.end(), [&terms](const auto& a, const auto& b) {
        return a.first != b.first ? a.first < b.first : terms[a.second] < terms[b.second];
    });
    std::vector<std::int32_t> order;
    order.reserve(keyed.size());
    for (const auto& [prefix, term] : keyed) {
        order.push_back(term);
    }
    return order;
}

}  // namespace

void check_rows(std::span<const std::int64_t> indptr, std::span<const std::int32_t> indices,
                std::size_t entries, std::int64_t columns) {
    if (indptr.empty() || indptr.front() != 0 || !std::is_sorted(indptr.begin(), indptr.end()) ||
        indptr.back() != static_cast<std::int64_t>(entries)) {
        throw ValueError("indptr must ascend from 0 to the number of entries");
    }
    const bool inside = std::all_of(indices.begin(), indices.end(), [columns](std::int32_t column) {
        return column >= 0 && column < columns;
    });
    if (indices.size() != entries || !inside) {
        throw ValueError("there must be one index in [0, columns) for each entry");
    }
}

std::vector<std::int32_t> sorted_positions(const StringColumn& terms) {
    const std::vector<std::int32_t> order = order_by_code_point(terms);
    std::vector<std::int32_t> positions(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        positions[at(order[i])] = static_cast<std::int32_t>(i);
    }
    return positions;
}

TermCounts sort_terms(const TermCounts& counts) {
    TermCounts sorted;
    for (const std::int32_t term : order_by_code_point(counts.terms)) {
        sorted.terms.push_back(counts.terms[term]);
    }
    const std::vector<std::int32_t> positions = sorted_positions(counts.terms);
    sorted.rows = counts.rows;
    for (std::int32_t& column : sorted.rows.indices) {
        column = positions[at(column)];
    }
    return sorted;
}

CsrRows<std::int32_t> sort_entries(CsrRows<std::int32_t> rows) {
    std::vector<std::pair<std::int32_t, std::int32_t>> row;
    for (std::int64_t r = 0; r < rows.rows(); ++r) {
        const std::size_t begin = at(rows.indptr[at(r)]);
        const std::size_t end = at(rows.indptr[at(r) + 1]);
        row.clear();
        for (std::size_t i = begin; i < end; ++i) {
            row.emplace_back(rows.indices[i], rows.data[i]);
        }
        std::sort(row.begin(), row.end());
        for (std::size_t i = begin; i < end; ++i) {
            rows.indices[i] = row[i - begin].first;
            rows.data[i] = row[i - begin].second;
        }
    }
    return rows;
}

TermCounts select_terms(const TermCounts& counts, const std::vector<bool>& keep) {
    if (static_cast<std::int64_t>(keep.size()) != counts.terms.size()) {
        throw ValueError("there must be one decision for each term");
    }
    TermCounts kept;
    std::vector<std::int32_t> column(keep.size(), 0);
    for (std::size_t term = 0; term < keep.size(); ++term) {
        if (keep[term]) {
            column[term] = static_cast<std::int32_t>(kept.terms.size());
            kept.terms.push_back(counts.terms[static_cast<std::int64_t>(term)]);
        }
    }
    for (std::int64_t r = 0; r < counts.rows.rows(); ++r) {
        for (std::size_t i = at(counts.rows.indptr[at(r)]); i < at(counts.rows.indptr[at(r) + 1]);
             ++i) {
            const std::size_t term = at(counts.rows.indices[i]);
            if (keep[term]) {
                kept.rows.indices.push_back(column[term]);
                kept.rows.data.push_back(counts.rows.data[i]);
            }
        }
        kept.rows.indptr.push_back(static_cast<std::int64_t>(kept.rows.indices.size()));
    }
    kept.rows.columns = kept.terms.size();
    return kept;
}

std::vector<std::int64_t> document_frequencies(CsrView<std::int32_t> rows) {
    std::vector<std::int64_t> frequencies(at(rows.columns), 0);
    for (const std::int32_t column : rows.indices) {
        ++frequencies[at(column)];
    }
    return frequencies;
}

std::vector<std::int64_t> term_totals(CsrView<std::int32_t> rows) {
    std::vector<std::int64_t> totals(at(rows.columns), 0);
    for (std::size_t i = 0; i < rows.indices.size(); ++i) {
        totals[at(rows.indices[i])] += rows.data[i];
    }
    return totals;
}

std::vector<std::vector<std::int64_t>> rows_by_group(std::int64_t rows,
                                                     std::span<const std::int32_t> group_of,
                                                     std::int32_t groups) {
    if (std::ssize(group_of) != rows) {
        throw ValueError("there must be one group for each row");
    }
    std::vector<std::vector<std::int64_t>> members(at(groups));
    for (std::size_t row = 0; row < group_of.size(); ++row) {
        const std::int32_t group = group_of[row];
        if (group < 0 || group >= groups) {
            throw ValueError("group " + std::to_string(group) + " is not in [0, " +
                             std::to_string(groups) + ")");
        }
        members[at(group)].push_back(static_cast<std::int64_t>(row));
    }
    return members;
}

TermCounts merge(const TermCounts& first, const TermCounts& second) {
    TermCounts merged = first;
    std::unordered_map<std::string_view, std::int32_t> number_of;
    for (std::int64_t term = 0; term < first.terms.size(); ++term) {
        number_of.emplace(first.terms[term], static_cast<std::int32_t>(term));
    }
    std::vector<std::int32_t> column;
    for (std::int64_t term = 0; term < second.terms.size(); ++term) {
        const auto [found, is_new] =
            number_of.emplace(second.terms[term], static_cast<std::int32_t>(merged.terms.size()));
        if (is_new) {
            merged.terms.push_back(second.terms[term]);
        }
        column.push_back(found->second);
    }
    CsrRows<std::int32_t> rows = second.rows;
    for (std::int32_t& index : rows.indices) {
        index = column[at(index)];
    }
    rows = sort_entries(std::move(rows));
    const std::int64_t before = merged.rows.indptr.back();
    for (std::size_t r = 1; r < rows.indptr.size(); ++r) {
        merged.rows.indptr.push_back(before + rows.indptr[r]);
    }
    merged.rows.indices.insert(merged.rows.indices.end(), rows.indices.begin(), rows.indices.end());
    merged.rows.data.insert(merged.rows.data.end(), rows.data.begin(), rows.data.end());
    merged.rows.columns = merged.terms.size();
    return merged;
}

}  // namespace framelens
