#include "framelens/counts.hpp"

#include "catch.hpp"
#include "framelens/error.hpp"
#include "framelens/vocabulary.hpp"

#include <string_view>
#include <vector>

using namespace framelens;

namespace {

TermCounts counts_of(const std::vector<std::string_view>& texts) {
    return count_terms(texts, {}, {});
}

bool same(const TermCounts& a, const TermCounts& b) {
    return a.terms.bytes == b.terms.bytes && a.terms.offsets == b.terms.offsets &&
           a.rows.indptr == b.rows.indptr && a.rows.indices == b.rows.indices &&
           a.rows.data == b.rows.data && a.rows.columns == b.rows.columns;
}

using Ints = std::vector<std::int32_t>;
using Longs = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("terms sort by code point and entries keep their order") {
    // U+FF5E comes before U+10428 by code point, but after it in UTF-16.
    const TermCounts counts = counts_of({"zz éé aa", "aa zz \U00010428\U00010428 ｘｘ"});
    CHECK(sorted_positions(counts.terms) == Ints{1, 2, 0, 4, 3});
    const TermCounts sorted = sort_terms(counts);
    CHECK(sorted.terms.bytes == "aazzééｘｘ\U00010428\U00010428");
    CHECK(sorted.rows.indices == Ints{1, 2, 0, 1, 0, 4, 3});
    CHECK(sort_entries(sorted.rows).indices == Ints{0, 1, 2, 0, 1, 3, 4});
}

TEST_CASE("entries sort with their values") {
    CsrRows<std::int32_t> rows{{0, 3, 3, 5}, {2, 0, 1, 1, 0}, {20, 0, 10, 11, 5}, 3};
    rows = sort_entries(rows);
    CHECK(rows.indices == Ints{0, 1, 2, 0, 1});
    CHECK(rows.data == Ints{0, 10, 20, 5, 11});
}

TEST_CASE("sums over documents") {
    const TermCounts counts = counts_of({"aa bb aa", "", "bb cc", "aa"});
    CHECK(document_frequencies(counts.rows) == Longs{2, 2, 1});
    CHECK(term_totals(counts.rows) == Longs{3, 2, 1});
    CHECK(rows_by_group(4, Ints{1, 0, 1, 1}, 3) == std::vector<Longs>{{1}, {0, 2, 3}, {}});
    CHECK_THROWS_AS(rows_by_group(4, Ints{0, 0, 0}, 1), ValueError);
    CHECK_THROWS_AS(rows_by_group(4, Ints{0, 0, 0, 1}, 1), ValueError);
    CHECK_THROWS_AS(rows_by_group(4, Ints{0, 0, 0, -1}, 1), ValueError);
}

TEST_CASE("terms are selected with their columns") {
    const TermCounts kept = select_terms(counts_of({"aa bb cc", "bb"}), {true, false, true});
    CHECK(kept.terms.bytes == "aacc");
    CHECK(kept.rows.indptr == Longs{0, 2, 2});
    CHECK(kept.rows.indices == Ints{0, 1});
    CHECK(kept.rows.columns == 2);
    CHECK_THROWS_AS(select_terms(kept, {true}), ValueError);
}

TEST_CASE("merged counts are those of the documents together") {
    const std::vector<std::string_view> first{"zz aa zz", "bb"};
    const std::vector<std::string_view> second{"cc aa", "", "zz cc bb dd"};
    std::vector<std::string_view> both = first;
    both.insert(both.end(), second.begin(), second.end());
    CHECK(same(merge(counts_of(first), counts_of(second)), counts_of(both)));
    CHECK(same(merge(counts_of({}), counts_of(second)), counts_of(second)));
    CHECK(same(merge(counts_of(first), counts_of({})), counts_of(first)));
}

TEST_CASE("rows from outside are checked") {
    CHECK_NOTHROW(check_rows(Longs{0, 1, 2}, Ints{0, 1}, 2, 2));
    CHECK_NOTHROW(check_rows(Longs{0}, Ints{}, 0, 0));
    CHECK_THROWS_AS(check_rows(Longs{}, Ints{}, 0, 0), ValueError);
    CHECK_THROWS_AS(check_rows(Longs{0, 2, 1}, Ints{0}, 1, 2), ValueError);
    CHECK_THROWS_AS(check_rows(Longs{1, 2}, Ints{0, 1}, 2, 2), ValueError);
    CHECK_THROWS_AS(check_rows(Longs{0, 2}, Ints{0, 2}, 2, 2), ValueError);
    CHECK_THROWS_AS(check_rows(Longs{0, 2}, Ints{0, -1}, 2, 2), ValueError);
    CHECK_THROWS_AS(check_rows(Longs{0, 2}, Ints{0}, 2, 2), ValueError);
}
