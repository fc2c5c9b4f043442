#include "similarity_products.hpp"

#include "framelens/bits.hpp"
#include "framelens/by_machine.hpp"
#include "framelens/types_positions.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstring>
#include <numeric>
#include <utility>

// More of what `FRAMELENS_BY_MACHINE` does, or chosen when first used.
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__)
#include <immintrin.h>
#define FRAMELENS_BY_MACHINE_BITS [[gnu::target_clones("default", "popcnt", "avx2")]]
#define FRAMELENS_WIDE [[gnu::target("avx512f")]]
#define FRAMELENS_WIDE_BITS [[gnu::target("avx512f,avx512vpopcntdq")]]
#else
#define FRAMELENS_BY_MACHINE_BITS
#endif

namespace framelens {
namespace {

constexpr std::int64_t rows_per_chunk = 256;

using Half [[gnu::vector_size(32)]] = double;  // of a tile's lanes
using Whole [[gnu::vector_size(64)]] = double;

template <class Vector, std::size_t rows>
[[gnu::always_inline]] inline void multiply(const double* const* queries, const double* tile,
                                            std::size_t terms, double* const* sums) {
    constexpr std::size_t width = sizeof(Vector) / sizeof(double);
    constexpr std::size_t parts = ProductIndex::lanes / width;
    Vector sum[rows][parts];
#pragma GCC unroll 6
    for (std::size_t r = 0; r < rows; ++r) {
#pragma GCC unroll 2
        for (std::size_t part = 0; part < parts; ++part) {
            std::memcpy(&sum[r][part], sums[r] + part * width, sizeof(Vector));
        }
    }
    for (std::size_t term = 0; term < terms; ++term, tile += ProductIndex::lanes) {
        Vector column[parts];
        std::memcpy(column, tile, sizeof(column));
#pragma GCC unroll 6
        for (std::size_t r = 0; r < rows; ++r) {
            const double weight = queries[r][term];
#pragma GCC unroll 2
            for (std::size_t part = 0; part < parts; ++part) sum[r][part] += column[part] * weight;
        }
    }
#pragma GCC unroll 6
    for (std::size_t r = 0; r < rows; ++r) {
#pragma GCC unroll 2
        for (std::size_t part = 0; part < parts; ++part) {
            std::memcpy(sums[r] + part * width, &sum[r][part], sizeof(Vector));
        }
    }
}

FRAMELENS_BY_MACHINE void multiply_six(const double* const* queries, const double* tile,
                                       std::size_t terms, double* const* sums) {
    multiply<Half, 6>(queries, tile, terms, sums);
}

FRAMELENS_BY_MACHINE void multiply_one(const double* query, const double* tile, std::size_t terms,
                                       double* sums) {
    multiply<Half, 1>(&query, tile, terms, &sums);
}

FRAMELENS_BY_MACHINE_BITS void count_bits(const std::uint64_t* query, const std::uint64_t* tiles,
                                          std::int64_t words, std::span<std::int32_t> counts) {
    constexpr std::size_t lanes = OverlapIndex::lanes;
    for (std::size_t first = 0; first < counts.size(); first += lanes) {
        std::array<std::int64_t, lanes> total{};
        for (std::int64_t word = 0; word < words; ++word, tiles += lanes) {
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                total[lane] += std::popcount(query[word] & tiles[lane]);
            }
        }
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            counts[first + lane] = static_cast<std::int32_t>(total[lane]);
        }
    }
}

#ifdef FRAMELENS_WIDE

// A tile's lanes in one register, where there are such.
FRAMELENS_WIDE void multiply_six_wide(const double* const* queries, const double* tile,
                                      std::size_t terms, double* const* sums) {
    multiply<Whole, 6>(queries, tile, terms, sums);
}

// Eight words are counted by one instruction.
FRAMELENS_WIDE_BITS void count_bits_wide(const std::uint64_t* query, const std::uint64_t* tiles,
                                         std::int64_t words, std::span<std::int32_t> counts) {
    constexpr std::size_t lanes = OverlapIndex::lanes;
    for (std::size_t first = 0; first < counts.size(); first += lanes) {
        __m512i total = _mm512_setzero_si512();
        for (std::int64_t word = 0; word < words; ++word, tiles += lanes) {
            const __m512i both = _mm512_and_si512(
                _mm512_loadu_si512(tiles), _mm512_set1_epi64(static_cast<long long>(query[word])));
            total = _mm512_add_epi64(total, _mm512_popcnt_epi64(both));
        }
        std::array<std::int64_t, lanes> totals{};
        _mm512_storeu_si512(totals.data(), total);
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            counts[first + lane] = static_cast<std::int32_t>(totals[lane]);
        }
    }
}

#endif

auto* choose_multiply_six() noexcept {
#ifdef FRAMELENS_WIDE
    if (__builtin_cpu_supports("avx512f")) return &multiply_six_wide;
#endif
    return &multiply_six;
}

auto* choose_count_bits() noexcept {
#ifdef FRAMELENS_WIDE
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vpopcntdq")) {
        return &count_bits_wide;
    }
#endif
    return &count_bits;
}

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
        static auto* const multiply = choose_multiply_six();
        multiply(dense.data(), columns, at(dense_), sums.data());
        return;
    }
    for (std::size_t r = 0; r < queries.size(); ++r) {
        multiply_one(dense[r], columns, at(dense_), sums[r]);
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
    static auto* const count_bits_fastest = choose_count_bits();
    count_bits_fastest(query.data(), bits_.data() + from * words_, words_, counts);
    each_list(
        places_, {others, own}, {sparse, others.indptr[at(other + 1)]},
        [this](std::int64_t begin) { __builtin_prefetch(postings_.data() + begin); },
        [&](std::int64_t, std::int64_t begin, std::int64_t end) {
            for (; begin < end; ++begin) ++counts[at(postings_[at(begin)] - from)];
        });
}

}  // namespace framelens
