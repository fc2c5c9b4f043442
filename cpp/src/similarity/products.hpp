// Products of a few rows with all rows of a matrix: the commonest terms as dense tiles, the others
// as postings. Every product is summed term by term in one order, whatever the instructions.
#pragma once

#include "framelens/huge_pages.hpp"
#include "framelens/parallel.hpp"
#include "framelens/types.hpp"
#include "kernels/products.hpp"

#include <cstdint>
#include <span>
#include <utility>
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

/// Where the entries of rows that are not dense are, term by term.
struct PostingPlaces {
    std::vector<std::int64_t> starts;    // of each term among the postings
    std::vector<std::int32_t> of_entry;  // each entry's own place behind the start of its term's;
                                         // 0 for dense ones

    PostingPlaces(CsrView<double> rows, std::int32_t dense);

    /// Where to begin for an entry: at the first row that has the term, or if the entry is one of
    /// these rows' own, at its own row.
    [[nodiscard]] std::int64_t begin(std::int64_t entry, std::int32_t term, bool own) const {
        return starts[static_cast<std::size_t>(term)] +
               (own ? of_entry[static_cast<std::size_t>(entry)] : 0);
    }
    [[nodiscard]] std::int64_t end(std::int32_t term) const {
        return starts[static_cast<std::size_t>(term) + 1];
    }
};

/// Calls each(entry, begin, end) for the entries [first, last) of a row and the postings of their
/// terms, and fetch(begin) for the next ones meanwhile, which asks for their memory: lists are
/// short, and nothing else would in time.
template <class Fetch, class Each>
void each_list(const PostingPlaces& places, std::pair<CsrView<double>, bool> rows_and_own,
               std::pair<std::int64_t, std::int64_t> entries, const Fetch& fetch,
               const Each& each) {
    constexpr std::int64_t ahead = 3;
    const CsrView<double>& rows = rows_and_own.first;
    const bool own = rows_and_own.second;
    const auto begin_of = [&](std::int64_t entry) {
        return places.begin(entry, rows.indices[static_cast<std::size_t>(entry)], own);
    };
    for (std::int64_t entry = entries.first; entry < entries.second; ++entry) {
        if (entry + ahead < entries.second) fetch(begin_of(entry + ahead));
        each(entry, begin_of(entry), places.end(rows.indices[static_cast<std::size_t>(entry)]));
    }
}

/// Renumbered rows, by term.
class ProductIndex {
public:
    /// Rows in a tile: they fill 64 bytes.
    static constexpr auto lanes = static_cast<std::int64_t>(tile_lanes);

    ProductIndex(CsrView<double> rows, std::int32_t dense, const Run& run);

    [[nodiscard]] std::int64_t rows() const noexcept { return rows_; }
    [[nodiscard]] std::int64_t tiles() const noexcept { return (rows_ + lanes - 1) / lanes; }

    /// A row to multiply with; `own` says that it is one of the index's, whose weights the postings
    /// hold, and that only these from itself on are asked for.
    struct Query {
        std::vector<double> dense;  // the weights of the dense terms
        CsrView<double> rows;
        std::int64_t first, last;  // the entries behind these
        bool own;
    };
    [[nodiscard]] Query query(CsrView<double> rows, std::int64_t row) const;
    [[nodiscard]] Query own_query(std::int64_t row) const;

    /// sums[r][0, lanes) += dense products of query r with the rows of a tile, term by term, at
    /// most rows_at_once queries.
    void add_dense(std::span<const Query> queries, std::int64_t tile,
                   std::span<double* const> sums) const;

    /// The rows of the postings and their weights.
    [[nodiscard]] std::span<const std::int32_t> posting_rows() const noexcept {
        return posting_rows_;
    }
    [[nodiscard]] std::span<const double> posting_weights() const noexcept {
        return posting_weights_;
    }

    /// each(x, place) for the entries of the query that are not dense and the postings of their
    /// terms, term by term.
    template <class Each>
    void each_posting(const Query& query, const Each& each) const {
        each_list(
            places_, {query.rows, query.own}, {query.first, query.last},
            [this](std::int64_t begin) {
                __builtin_prefetch(posting_rows_.data() + begin);
                __builtin_prefetch(posting_weights_.data() + begin);
            },
            [&](std::int64_t entry, std::int64_t begin, std::int64_t end) {
                const double x = query.own ? posting_weights_[static_cast<std::size_t>(begin)]
                                           : query.rows.data[static_cast<std::size_t>(entry)];
                for (; begin < end; ++begin) each(x, static_cast<std::size_t>(begin));
            });
    }

private:
    std::int64_t rows_ = 0;
    std::int32_t dense_ = 0;
    HugePageVector<double> tiles_;  // tile, term, lane
    CsrRows<double> own_;           // the rows' terms that are not dense, without their weights
    PostingPlaces places_;
    HugePageVector<std::int32_t> posting_rows_;
    HugePageVector<double> posting_weights_;
};

/// How many terms rows have in common.
class OverlapIndex {
public:
    OverlapIndex(CsrView<double> rows, std::int32_t dense, const Run& run);

    static constexpr auto lanes = static_cast<std::int64_t>(tile_lanes);

    /// counts[row - from] = number of terms that `row` of these has in common with a row of
    /// `others`, renumbered alike, for rows >= from; `from` is a multiple of `lanes`, and `counts`
    /// has room for whole tiles. `own` as for Query.
    void count(CsrView<double> others, std::int64_t other, bool own, std::int64_t from,
               std::span<std::int32_t> counts) const;

private:
    std::int64_t rows_ = 0;
    std::int32_t dense_ = 0;
    std::int64_t words_ = 0;
    HugePageVector<std::uint64_t> bits_;  // tile, word, lane
    PostingPlaces places_;
    HugePageVector<std::int32_t> postings_;
};

}  // namespace framelens
