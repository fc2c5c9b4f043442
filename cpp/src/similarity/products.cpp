#include "products.hpp"

#include "framelens/bits.hpp"
#include "framelens/types_positions.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>
#include <utility>

namespace framelens {
namespace {

constexpr std::int64_t rows_per_chunk = 256;

// Entries of a row from the first that is not dense.
std::int64_t first_sparse(CsrView<double> rows, std::int64_t row, std::int32_t dense) {
    const auto begin = rows.indices.begin() + rows.indptr[at(row)];
    const auto end = rows.indices.begin() + rows.indptr[at(row + 1)];
    return std::lower_bound(begin, end, dense) - rows.indices.begin();
}

// The terms of the rows that are not dense.
CsrRows<double> sparse_terms(CsrView<double> rows, std::int32_t dense) {
    CsrRows<double> result;
    result.columns = rows.columns;
    result.indptr.reserve(rows.indptr.size());
    result.indices.reserve(static_cast<std::size_t>(
        std::count_if(rows.indices.begin(), rows.indices.end(),
                      [dense](std::int32_t term) { return term >= dense; })));
    for (std::int64_t row = 0; row < rows.rows(); ++row) {
        result.indices.insert(result.indices.end(),
                              rows.indices.begin() + first_sparse(rows, row, dense),
                              rows.indices.begin() + rows.indptr[at(row + 1)]);
        result.indptr.push_back(static_cast<std::int64_t>(result.indices.size()));
    }
    return result;
}

}  // namespace

TermRanks rank_terms(CsrView<double> rows, double share, std::int32_t most) {
    std::vector<std::int64_t> frequency(at(rows.columns), 0);
    for (const std::int32_t column : rows.indices) ++frequency[at(column)];
    const double least = std::max(share * static_cast<double>(rows.rows()), 1.0);
    std::vector<std::int32_t> common;
    for (std::int32_t column = 0; column < rows.columns; ++column) {
        if (static_cast<double>(frequency[at(column)]) >= least) common.push_back(column);
    }
    std::stable_sort(common.begin(), common.end(), [&](std::int32_t a, std::int32_t b) {
        return frequency[at(a)] > frequency[at(b)];
    });
    common.resize(std::min(common.size(), at(most)));
    TermRanks ranks{std::vector<std::int32_t>(at(rows.columns), -1),
                    static_cast<std::int32_t>(common.size())};
    std::int32_t next = 0;
    for (const std::int32_t column : common) ranks.rank_of[at(column)] = next++;
    for (std::int32_t& rank : ranks.rank_of) {
        if (rank < 0) rank = next++;
    }
    return ranks;
}

std::int32_t count_dense(CsrView<double> renumbered, const TermRanks& ranks, double share,
                         std::int32_t most) {
    std::vector<std::int64_t> frequency(at(ranks.common), 0);
    for (const std::int32_t term : renumbered.indices) {
        if (term < ranks.common) ++frequency[at(term)];
    }
    const double least = share * static_cast<double>(renumbered.rows());
    std::int32_t dense = 0;
    while (dense < std::min(ranks.common, most) &&
           static_cast<double>(frequency[at(dense)]) >= least) {
        ++dense;
    }
    return dense / 4 * 4;  // as the kernels take them
}

CsrRows<double> renumber(CsrView<double> rows, const TermRanks& ranks, const Run& run) {
    CsrRows<double> result;
    result.indptr.assign(rows.indptr.begin(), rows.indptr.end());
    result.indices.resize(rows.indices.size());
    result.data.resize(rows.data.size());
    result.columns = rows.columns;
    parallel_for(rows.rows(), run, rows_per_chunk, [&](std::int64_t begin, std::int64_t end) {
        // Common terms are sorted by a set and a place for each, the others are in order already.
        KeySet found;
        found.reserve(at(ranks.common));
        const KeySet::Adder adder = found.adder();
        std::vector<double> weights(at(ranks.common));
        std::vector<std::pair<std::int32_t, double>> others;
        for (std::int64_t row = begin; row < end; ++row) {
            others.clear();
            for (std::int64_t i = rows.indptr[at(row)]; i < rows.indptr[at(row + 1)]; ++i) {
                const std::int32_t rank = ranks.rank_of[at(rows.indices[at(i)])];
                if (rank >= ranks.common) {
                    others.emplace_back(rank, rows.data[at(i)]);
                } else {
                    adder.add(at(rank));
                    weights[at(rank)] = rows.data[at(i)];
                }
            }
            std::size_t next = at(rows.indptr[at(row)]);
            const auto put = [&](std::int32_t rank, double weight) {
                result.indices[next] = rank;
                result.data[next++] = weight;
            };
            found.take(
                [&](std::size_t rank) { put(static_cast<std::int32_t>(rank), weights[rank]); });
            for (const auto& [rank, weight] : others) put(rank, weight);
        }
    });
    return result;
}

PostingPlaces::PostingPlaces(CsrView<double> rows, std::int32_t dense)
    : starts(at(rows.columns) + 1, 0), of_entry(rows.indices.size()) {
    for (const std::int32_t term : rows.indices) {
        if (term >= dense) ++starts[at(term) + 1];
    }
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    std::vector<std::int32_t> next(at(rows.columns), 0);
    for (std::size_t entry = 0; entry < of_entry.size(); ++entry) {
        const std::int32_t term = rows.indices[entry];
        if (term >= dense) of_entry[entry] = next[at(term)]++;
    }
}

ProductIndex::ProductIndex(CsrView<double> rows, std::int32_t dense, const Run& run)
    : rows_(rows.rows()),
      dense_(dense),
      tiles_(at(tiles() * lanes * dense)),
      own_(sparse_terms(rows, dense)),
      places_(own_, dense),
      posting_rows_(at(places_.starts.back())),
      posting_weights_(posting_rows_.size()) {
    parallel_for(tiles(), run, 32, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t row = begin * lanes; row < std::min(end * lanes, rows_); ++row) {
            double* const tile = tiles_.data() + row / lanes * lanes * dense_ + row % lanes;
            const std::int64_t sparse = first_sparse(rows, row, dense_);
            for (std::int64_t i = rows.indptr[at(row)]; i < sparse; ++i) {
                tile[rows.indices[at(i)] * lanes] = rows.data[at(i)];
            }
            std::int64_t own = own_.indptr[at(row)];
            for (std::int64_t i = sparse; i < rows.indptr[at(row + 1)]; ++i, ++own) {
                const std::size_t place = at(places_.begin(own, rows.indices[at(i)], true));
                posting_rows_[place] = static_cast<std::int32_t>(row);
                posting_weights_[place] = rows.data[at(i)];
            }
        }
    });
}

ProductIndex::Query ProductIndex::query(CsrView<double> rows, std::int64_t row) const {
    Query query{std::vector<double>(at(dense_)), rows, first_sparse(rows, row, dense_),
                rows.indptr[at(row + 1)], false};
    for (std::int64_t i = rows.indptr[at(row)]; i < query.first; ++i) {
        query.dense[at(rows.indices[at(i)])] = rows.data[at(i)];
    }
    return query;
}

ProductIndex::Query ProductIndex::own_query(std::int64_t row) const {
    Query query{std::vector<double>(at(dense_)), own_, own_.indptr[at(row)],
                own_.indptr[at(row + 1)], true};
    const double* const tile = tiles_.data() + row / lanes * lanes * dense_ + row % lanes;
    for (std::int64_t term = 0; term < dense_; ++term) query.dense[at(term)] = tile[term * lanes];
    return query;
}

void ProductIndex::add_dense(std::span<const Query> queries, std::int64_t tile,
                             std::span<double* const> sums) const {
    const double* columns = tiles_.data() + tile * lanes * dense_;
    std::array<const double*, rows_at_once> dense{};
    for (std::size_t r = 0; r < queries.size(); ++r) dense[r] = queries[r].dense.data();
    if (std::cmp_equal(queries.size(), rows_at_once)) {
        product_kernels().multiply_six(dense.data(), columns, at(dense_), sums.data());
        return;
    }
    for (std::size_t r = 0; r < queries.size(); ++r) {
        product_kernels().multiply_one(dense[r], columns, at(dense_), sums[r]);
    }
}

OverlapIndex::OverlapIndex(CsrView<double> rows, std::int32_t dense, const Run& run)
    : rows_(rows.rows()),
      dense_(dense),
      words_((dense + 63) / 64),
      bits_(at((rows_ + lanes - 1) / lanes * lanes * words_)),
      places_(rows, dense),
      postings_(at(places_.starts.back())) {
    parallel_for((rows_ + lanes - 1) / lanes, run, 64, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t row = begin * lanes; row < std::min(end * lanes, rows_); ++row) {
            std::uint64_t* tile = bits_.data() + row / lanes * lanes * words_ + row % lanes;
            const std::int64_t sparse = first_sparse(rows, row, dense_);
            for (std::int64_t i = rows.indptr[at(row)]; i < sparse; ++i) {
                const std::int32_t term = rows.indices[at(i)];
                tile[term / 64 * lanes] |= std::uint64_t{1} << static_cast<unsigned>(term % 64);
            }
            for (std::int64_t i = sparse; i < rows.indptr[at(row + 1)]; ++i) {
                postings_[at(places_.begin(i, rows.indices[at(i)], true))] =
                    static_cast<std::int32_t>(row);
            }
        }
    });
}

void OverlapIndex::count(CsrView<double> others, std::int64_t other, bool own, std::int64_t from,
                         std::span<std::int32_t> counts) const {
    std::vector<std::uint64_t> query(at(words_), 0);
    const std::int64_t sparse = first_sparse(others, other, dense_);
    for (std::int64_t i = others.indptr[at(other)]; i < sparse; ++i) {
        const std::int32_t term = others.indices[at(i)];
        query[at(term / 64)] |= std::uint64_t{1} << static_cast<unsigned>(term % 64);
    }
    product_kernels().count_common(query.data(), bits_.data() + from * words_, words_, counts);
    each_list(
        places_, {others, own}, {sparse, others.indptr[at(other + 1)]},
        [this](std::int64_t begin) { __builtin_prefetch(postings_.data() + begin); },
        [&](std::int64_t, std::int64_t begin, std::int64_t end) {
            for (; begin < end; ++begin) ++counts[at(postings_[at(begin)] - from)];
        });
}

}  // namespace framelens
