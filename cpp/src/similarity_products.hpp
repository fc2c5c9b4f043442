// Products of a few rows with all rows of a matrix: the commonest terms as dense tiles, the others
// as postings. Every product is summed term by term in one order, whatever the instructions.
#pragma once

#include "framelens/parallel.hpp"
#include "framelens/types.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace framelens {

/// Renumbers columns: the commonest come first, the commonest of all at 0; the others follow in
/// their order.
struct TermRanks {
    std::vector<std::int32_t> rank_of;
    std::int32_t common = 0;
};

/// Terms are common if at least `share` of the rows have them, `most` terms at most.
[[nodiscard]] TermRanks rank_terms(CsrView<double> rows, double share, std::int32_t most);

/// The order in which all products are summed, so that each way to one gives the same bytes.
[[nodiscard]] inline TermRanks rank_for_products(CsrView<double> rows) {
    return rank_terms(rows, 0.05, 512);
}

/// How many of the first ranks are in at least `share` of the renumbered rows, by fours.
[[nodiscard]] std::int32_t count_dense(CsrView<double> renumbered, const TermRanks& ranks,
                                       double share, std::int32_t most);

/// The rows with their columns renumbered, ascending.
[[nodiscard]] CsrRows<double> renumber(CsrView<double> rows, const TermRanks& ranks,
                                       const Run& run);

/// How many rows one call of a kernel takes.
constexpr std::int64_t rows_at_once = 6;

/// Renumbered rows, by term. `Value` is the type of the sums.
template <class Value>
class ProductIndex {
public:
    /// Rows of `second` in a tile: they fill 64 bytes.
    static constexpr std::int64_t lanes = 64 / sizeof(Value);

    /// Each row is multiplied by its scale; no scales are all 1.
    ProductIndex(CsrView<double> rows, std::int32_t dense, std::span<const double> scale,
                 const Run& run);

    [[nodiscard]] std::int64_t rows() const noexcept { return rows_; }
    [[nodiscard]] std::int64_t tiles() const noexcept { return (rows_ + lanes - 1) / lanes; }

    /// The dense part of a row, `dense` values, and its entries behind it.
    struct Query {
        std::vector<Value> dense;
        std::span<const std::int32_t> terms;
        std::span<const double> weights;
        double scale = 1.0;
    };
    [[nodiscard]] Query query(CsrView<double> rows, std::int64_t row, double scale) const;

    /// sums[r][0, lanes) += dense products of query r with the rows of a tile, at most rows_at_once
    /// queries. In double, term by term; in float, in the order that is fastest.
    void add_dense(std::span<const Query> queries, std::int64_t tile,
                   std::span<Value* const> sums) const;

    /// sums[row - from] += products over the terms that are not dense, for rows >= from.
    void add_sparse(const Query& query, std::int64_t from, Value* sums) const;

    /// each(other, x, y) for the entries of the query that are not dense and the rows >= from that
    /// have their term, term by term.
    template <class Each>
    void each_posting(const Query& query, std::int64_t from, const Each& each) const {
        for (std::size_t i = 0; i < query.terms.size(); ++i) {
            const auto term = static_cast<std::size_t>(query.terms[i]);
            const Posting* posting = postings_.data() + starts_[term];
            const Posting* const last = postings_.data() + starts_[term + 1];
            if (from > 0)
                posting = std::partition_point(posting, last,
                                               [from](const Posting& p) { return p.row < from; });
            const auto weight = static_cast<Value>(query.weights[i] * query.scale);
            for (; posting != last; ++posting) each(posting->row, weight, posting->value);
        }
    }

private:
    void fill_tiles(CsrView<double> rows, std::span<const double> scale, const Run& run);
    void fill_postings(CsrView<double> rows, std::span<const double> scale);

    struct Posting {
        std::int32_t row;
        Value value;
    };

    std::int64_t rows_ = 0;
    std::int32_t dense_ = 0;
    std::vector<Value> tiles_;          // tile, term, lane
    std::vector<std::int64_t> starts_;  // of each term in postings_
    std::vector<Posting> postings_;
};

extern template class ProductIndex<float>;
extern template class ProductIndex<double>;

/// The first tile of 16 lanes, at or after `tile`, in which sums + bound * bounds reaches `floor`
/// somewhere; the number of tiles if there is none.
/// Shapes: `sums` and `bounds` are whole tiles, and as long as each other.
[[nodiscard]] std::int64_t next_tile(std::span<const float> sums, std::span<const float> bounds,
                                     float bound, float floor, std::int64_t tile);

/// How many terms rows have in common.
class OverlapIndex {
public:
    OverlapIndex(CsrView<double> rows, std::int32_t dense, const Run& run);

    static constexpr std::int64_t lanes = 8;

    /// counts[row - from] = number of terms that `row` of these has in common with a row of
    /// `others`, renumbered alike, for rows >= from; `from` is a multiple of `lanes`, and `counts`
    /// has room for whole tiles.
    void count(CsrView<double> others, std::int64_t other, std::int64_t from,
               std::span<std::int64_t> counts) const;

private:
    std::int64_t rows_ = 0;
    std::int32_t dense_ = 0;
    std::int64_t words_ = 0;
    std::vector<std::uint64_t> bits_;  // tile, word, lane
    std::vector<std::int64_t> starts_;
    std::vector<std::int32_t> postings_;
};

}  // namespace framelens
