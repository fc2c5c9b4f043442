#include "similarity_products.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>
#include <numeric>
#include <type_traits>
#include <utility>

// One body, compiled for several instruction sets and chosen when the library is loaded. Lanes are
// different rows, so that no sum changes its order, and the bytes are the same on all of them.
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__)
#define FRAMELENS_BY_MACHINE [[gnu::target_clones("default", "avx2", "avx512f")]]
#define FRAMELENS_BY_MACHINE_BITS [[gnu::target_clones("default", "popcnt", "avx2")]]
#else
#define FRAMELENS_BY_MACHINE
#define FRAMELENS_BY_MACHINE_BITS
#endif

namespace framelens {
namespace {

constexpr std::int64_t rows_per_chunk = 256;

std::size_t at(std::int64_t position) noexcept {
    return static_cast<std::size_t>(position);
}

using FloatLanes [[gnu::vector_size(64)]] = float;
using DoubleLanes [[gnu::vector_size(64)]] = double;

template <int rows>
[[gnu::always_inline]] inline void multiply(const double* const* queries, const double* tile,
                                            std::int32_t terms, double* const* sums) {
    using Vector = DoubleLanes;
    constexpr std::size_t lanes = 8;
    Vector total[rows];
    for (int r = 0; r < rows; ++r) std::memcpy(&total[r], sums[r], sizeof(Vector));
    for (std::int32_t term = 0; term < terms; ++term) {
        Vector column;
        std::memcpy(&column, tile + static_cast<std::size_t>(term) * lanes, sizeof(Vector));
#pragma GCC unroll 6
        for (int r = 0; r < rows; ++r) total[r] += column * queries[r][term];
    }
    for (int r = 0; r < rows; ++r) std::memcpy(sums[r], &total[r], sizeof(Vector));
}

FRAMELENS_BY_MACHINE void multiply_six(const double* const* queries, const double* tile,
                                       std::int32_t terms, double* const* sums) {
    multiply<6>(queries, tile, terms, sums);
}
// Four sums side by side, so that no addition waits for the one before it.
FRAMELENS_BY_MACHINE void multiply_one(const float* query, const float* tile, std::int32_t terms,
                                       float* sums) {
    constexpr std::size_t lanes = 16;
    FloatLanes total[4]{};
    std::memcpy(&total[0], sums, sizeof(FloatLanes));
    const auto count = static_cast<std::size_t>(terms);
    for (std::size_t term = 0; term < count; term += 4) {
#pragma GCC unroll 4
        for (std::size_t i = 0; i < 4; ++i) {
            FloatLanes column;
            std::memcpy(&column, tile + (term + i) * lanes, sizeof(FloatLanes));
            total[i] += column * query[term + i];
        }
    }
    total[0] = (total[0] + total[1]) + (total[2] + total[3]);
    std::memcpy(sums, &total[0], sizeof(FloatLanes));
}
FRAMELENS_BY_MACHINE void multiply_one(const double* query, const double* tile, std::int32_t terms,
                                       double* sums) {
    multiply<1>(&query, tile, terms, &sums);
}

FRAMELENS_BY_MACHINE std::int64_t first_tile(const float* sums, const float* bounds, float bound,
                                             float floor, std::int64_t tile, std::int64_t tiles) {
    constexpr std::int64_t lanes = 16;
    for (; tile < tiles; ++tile) {
        int reached = 0;
        for (std::int64_t lane = tile * lanes; lane < (tile + 1) * lanes; ++lane) {
            reached |= static_cast<int>(sums[lane] + bound * bounds[lane] >= floor);
        }
        if (reached != 0) break;
    }
    return tile;
}

FRAMELENS_BY_MACHINE_BITS void count_bits(const std::uint64_t* query, const std::uint64_t* tiles,
                                          std::int64_t words, std::span<std::int64_t> counts) {
    constexpr std::size_t lanes = OverlapIndex::lanes;
    for (std::size_t first = 0; first < counts.size(); first += lanes) {
        std::array<std::int64_t, lanes> total{};
        for (std::int64_t word = 0; word < words; ++word, tiles += lanes) {
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                total[lane] += std::popcount(query[word] & tiles[lane]);
            }
        }
        std::copy(total.begin(), total.end(), counts.begin() + static_cast<std::ptrdiff_t>(first));
    }
}

// Entries of a row from the first that is not dense.
std::int64_t first_sparse(CsrView<double> rows, std::int64_t row, std::int32_t dense) {
    const auto begin = rows.indices.begin() + rows.indptr[at(row)];
    const auto end = rows.indices.begin() + rows.indptr[at(row + 1)];
    return std::lower_bound(begin, end, dense) - rows.indices.begin();
}

// Where the postings of each term that is not dense begin; dense terms have none.
std::vector<std::int64_t> posting_starts(CsrView<double> rows, std::int32_t dense) {
    std::vector<std::int64_t> starts(at(rows.columns) + 1, 0);
    for (const std::int32_t term : rows.indices) {
        if (term >= dense) ++starts[at(term) + 1];
    }
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    return starts;
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
        std::vector<std::pair<std::int32_t, double>> entries;
        for (std::int64_t row = begin; row < end; ++row) {
            const std::int64_t first = rows.indptr[at(row)];
            entries.clear();
            for (std::int64_t i = first; i < rows.indptr[at(row + 1)]; ++i) {
                entries.emplace_back(ranks.rank_of[at(rows.indices[at(i)])], rows.data[at(i)]);
            }
            std::sort(entries.begin(), entries.end());
            for (std::size_t i = 0; i < entries.size(); ++i) {
                result.indices[at(first) + i] = entries[i].first;
                result.data[at(first) + i] = entries[i].second;
            }
        }
    });
    return result;
}

template <class Value>
ProductIndex<Value>::ProductIndex(CsrView<double> rows, std::int32_t dense,
                                  std::span<const double> scale, const Run& run)
    : rows_(rows.rows()), dense_(dense), starts_(posting_starts(rows, dense)) {
    fill_tiles(rows, scale, run);
    fill_postings(rows, scale);
}

template <class Value>
void ProductIndex<Value>::fill_tiles(CsrView<double> rows, std::span<const double> scale,
                                     const Run& run) {
    tiles_.assign(at(tiles() * lanes * dense_), Value{0});
    parallel_for(tiles(), run, 4, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t row = begin * lanes; row < std::min(end * lanes, rows_); ++row) {
            Value* tile = tiles_.data() + row / lanes * lanes * dense_ + row % lanes;
            const double factor = scale.empty() ? 1.0 : scale[at(row)];
            for (std::int64_t i = rows.indptr[at(row)]; i < first_sparse(rows, row, dense_); ++i) {
                tile[rows.indices[at(i)] * lanes] = static_cast<Value>(rows.data[at(i)] * factor);
            }
        }
    });
}

template <class Value>
void ProductIndex<Value>::fill_postings(CsrView<double> rows, std::span<const double> scale) {
    postings_.resize(at(starts_.empty() ? 0 : starts_.back()));
    std::vector<std::int64_t> next(starts_);
    for (std::int64_t row = 0; row < rows_; ++row) {
        const double factor = scale.empty() ? 1.0 : scale[at(row)];
        for (std::int64_t i = first_sparse(rows, row, dense_); i < rows.indptr[at(row + 1)]; ++i) {
            postings_[at(next[at(rows.indices[at(i)])]++)] = {
                static_cast<std::int32_t>(row), static_cast<Value>(rows.data[at(i)] * factor)};
        }
    }
}

template <class Value>
typename ProductIndex<Value>::Query ProductIndex<Value>::query(CsrView<double> rows,
                                                               std::int64_t row,
                                                               double scale) const {
    Query query;
    query.dense.assign(at(dense_), Value{0});
    const std::int64_t sparse = first_sparse(rows, row, dense_);
    for (std::int64_t i = rows.indptr[at(row)]; i < sparse; ++i) {
        query.dense[at(rows.indices[at(i)])] = static_cast<Value>(rows.data[at(i)] * scale);
    }
    const std::size_t count = at(rows.indptr[at(row + 1)] - sparse);
    query.terms = rows.indices.subspan(at(sparse), count);
    query.weights = rows.data.subspan(at(sparse), count);
    query.scale = scale;
    return query;
}

template <class Value>
void ProductIndex<Value>::add_dense(std::span<const Query> queries, std::int64_t tile,
                                    std::span<Value* const> sums) const {
    const Value* columns = tiles_.data() + tile * lanes * dense_;
    std::array<const Value*, rows_at_once> dense{};
    for (std::size_t r = 0; r < queries.size(); ++r) dense[r] = queries[r].dense.data();
    if constexpr (std::is_same_v<Value, double>) {
        if (std::cmp_equal(queries.size(), rows_at_once)) {
            multiply_six(dense.data(), columns, dense_, sums.data());
            return;
        }
    }
    for (std::size_t r = 0; r < queries.size(); ++r) {
        multiply_one(dense[r], columns, dense_, sums[r]);
    }
}

template <class Value>
void ProductIndex<Value>::add_sparse(const Query& query, std::int64_t from, Value* sums) const {
    each_posting(query, from,
                 [sums, from](std::int64_t row, Value x, Value y) { sums[row - from] += x * y; });
}

template class ProductIndex<float>;
template class ProductIndex<double>;

std::int64_t next_tile(std::span<const float> sums, std::span<const float> bounds, float bound,
                       float floor, std::int64_t tile) {
    return first_tile(sums.data(), bounds.data(), bound, floor, tile,
                      static_cast<std::int64_t>(sums.size()) / 16);
}

OverlapIndex::OverlapIndex(CsrView<double> rows, std::int32_t dense, const Run& run)
    : rows_(rows.rows()),
      dense_(dense),
      words_((dense + 63) / 64),
      starts_(posting_starts(rows, dense)) {
    const std::int64_t tiles = (rows_ + lanes - 1) / lanes;
    bits_.assign(at(tiles * lanes * words_), 0);
    postings_.resize(at(starts_.empty() ? 0 : starts_.back()));
    parallel_for(tiles, run, 64, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t row = begin * lanes; row < std::min(end * lanes, rows_); ++row) {
            std::uint64_t* tile = bits_.data() + row / lanes * lanes * words_ + row % lanes;
            for (std::int64_t i = rows.indptr[at(row)]; i < first_sparse(rows, row, dense_); ++i) {
                const std::int32_t term = rows.indices[at(i)];
                tile[term / 64 * lanes] |= std::uint64_t{1} << static_cast<unsigned>(term % 64);
            }
        }
    });
    std::vector<std::int64_t> next(starts_);
    for (std::int64_t row = 0; row < rows_; ++row) {
        for (std::int64_t i = first_sparse(rows, row, dense_); i < rows.indptr[at(row + 1)]; ++i) {
            postings_[at(next[at(rows.indices[at(i)])]++)] = static_cast<std::int32_t>(row);
        }
    }
}

void OverlapIndex::count(CsrView<double> others, std::int64_t other, std::int64_t from,
                         std::span<std::int64_t> counts) const {
    std::vector<std::uint64_t> query(at(words_), 0);
    const std::int64_t sparse = first_sparse(others, other, dense_);
    for (std::int64_t i = others.indptr[at(other)]; i < sparse; ++i) {
        const std::int32_t term = others.indices[at(i)];
        query[at(term / 64)] |= std::uint64_t{1} << static_cast<unsigned>(term % 64);
    }
    count_bits(query.data(), bits_.data() + from * words_, words_, counts);
    for (std::int64_t i = sparse; i < others.indptr[at(other + 1)]; ++i) {
        const std::size_t term = at(others.indices[at(i)]);
        const auto begin = postings_.begin() + starts_[term];
        const auto end = postings_.begin() + starts_[term + 1];
        for (auto row = std::lower_bound(begin, end, from); row != end; ++row) {
            ++counts[at(*row - from)];
        }
    }
}

}  // namespace framelens
