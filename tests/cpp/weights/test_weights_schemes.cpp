#include "framelens/weights_schemes.hpp"

#include "catch.hpp"
#include "framelens/error.hpp"

#include <cmath>
#include <vector>

using namespace framelens;

namespace {

// Counts 4 2 . | 1 . . | . | 1 1 2, of three terms; the third row is empty.
const CsrRows<double> counts{{0, 2, 3, 3, 6}, {0, 1, 0, 0, 1, 2}, {4, 2, 1, 1, 1, 2}, 3};
const std::vector<double> ones(3, 1.0);
const std::vector<std::int32_t> characters{3, 1, 5};

std::vector<double> first_row(const TermFrequencyRule& rule) {
    const auto weights = weigh_counts<double>(counts, {rule, ones, {}, {}}, {});
    return {weights[0], weights[1]};
}

std::vector<double> rows_by(const RowRule& rule, const std::vector<double>& factors = ones) {
    return weigh_counts<double>(counts, {{}, factors, rule, characters}, {});
}

}  // namespace

TEST_CASE("term frequencies by hand") {
    using enum TermFrequency;
    const double mean = 1.0 + std::log2(3.0);
    CHECK(first_row({count, 2.0, 0.5, 0.5}) == std::vector<double>{4.0, 2.0});
    CHECK(first_row({boolean, 2.0, 0.5, 0.5}) == std::vector<double>{1.0, 1.0});
    CHECK(first_row({share, 2.0, 0.5, 0.5}) == std::vector<double>{4.0 / 6.0, 2.0 / 6.0});
    CHECK(first_row({share_of_largest, 2.0, 0.5, 0.5}) == std::vector<double>{1.0, 0.5});
    CHECK(first_row({logarithm, 2.0, 0.5, 0.5}) == std::vector<double>{3.0, 2.0});
    CHECK(first_row({double_logarithm, 2.0, 0.5, 0.5}) ==
          std::vector<double>{1.0 + std::log2(3.0), 2.0});
    CHECK(first_row({log_average, 2.0, 0.5, 0.5}) == std::vector<double>{3.0 / mean, 2.0 / mean});
    CHECK(first_row({log_smoothed, 10.0, 0.5, 6.0}) == std::vector<double>{1.0, std::log10(8.0)});
    CHECK(first_row({augmented, 2.0, 0.2, 0.5}) == std::vector<double>{0.2 + 0.8, 0.2 + 0.4});
    CHECK(first_row({logarithm, 4.0, 0.5, 0.5})[0] == Approx(2.0).epsilon(1e-15));
}

TEST_CASE("rows are divided by their length") {
    const auto unit = rows_by({RowLength::euclidean, 0.0, 1.0});
    CHECK(unit[0] == 4.0 / std::sqrt(20.0));
    CHECK(unit[2] == 1.0);
    // The second term weighs nothing, and so is not among the distinct ones.
    const auto unique = rows_by({RowLength::unique_terms, 2.0, 0.5}, {1.0, 0.0, 1.0});
    CHECK(unique[0] == 4.0 / (0.5 * 2.0 + 0.5 * 1.0));
    CHECK(unique[5] == 2.0 / (0.5 * 2.0 + 0.5 * 2.0));
    const auto pivoted = rows_by({RowLength::characters, 10.0, 0.25});
    CHECK(pivoted[0] == 4.0 / (0.75 * 10.0 + 0.25 * (4.0 * 4.0 + 2.0 * 2.0)));
}

TEST_CASE("the order of a row's entries and the threads do not matter") {
    CsrRows<double> rows;
    CsrRows<double> reversed;
    rows.columns = reversed.columns = 97;
    for (int r = 0; r < 1000; ++r) {
        for (int c = 0; c < 20; ++c) {
            rows.indices.push_back(c * 4 + r % 5);
            rows.data.push_back(1.0 + (r * 7 + c * 3) % 11);
            reversed.indices.push_back((19 - c) * 4 + r % 5);
            reversed.data.push_back(1.0 + (r * 7 + (19 - c) * 3) % 11);
        }
        rows.indptr.push_back(static_cast<std::int64_t>(rows.indices.size()));
    }
    reversed.indptr = rows.indptr;
    std::vector<double> factors;
    for (int c = 0; c < 97; ++c) factors.push_back(std::log(2.0 + c));
    const CountScheme scheme{
        {TermFrequency::logarithm, 2.0, 0.5, 0.5}, factors, {RowLength::euclidean, 0.0, 1.0}, {}};
    const auto one = weigh_counts<double>(rows, scheme, {});
    const auto other = weigh_counts<double>(reversed, scheme, {});
    bool same = true;
    for (std::size_t i = 0; i < one.size(); ++i) {
        same = same && one[i] == other[i / 20 * 20 + 19 - i % 20];
    }
    CHECK(same);
    CHECK(weigh_counts<double>(rows, scheme, {4, {}}) == one);
    CHECK(weigh_bm25<double>(rows, factors, {}, {4, {}}) ==
          weigh_bm25<double>(rows, factors, {}, {}));
}

TEST_CASE("BM25 by hand") {
    const std::vector<double> idf{1.0, 2.0, 0.0};
    // The first row is twice as long as the mean.
    const auto weigh = [&](Bm25 kind) {
        return weigh_bm25<double>(counts, idf, {kind, 1.0, 0.5, 0.5, 3.0}, {})[1];
    };
    CHECK(weigh(Bm25::saturated) == Approx(2.0 * 2.0 / (2.0 + 1.5)).epsilon(1e-15));
    CHECK(weigh(Bm25::atire) == Approx(2.0 * 4.0 / (2.0 + 1.5)).epsilon(1e-15));
    const double c = 2.0 / 1.5 + 0.5;
    const double absent = 2.0 * (0.5 / 1.5);
    CHECK(weigh(Bm25::bm25l) == Approx(2.0 * (2.0 * c / (1.0 + c) - absent)).epsilon(1e-15));
    CHECK(weigh(Bm25::bm25plus) == Approx(2.0 * 4.0 / (2.0 + 1.5)).epsilon(1e-15));
    CHECK(bm25_of_absent({Bm25::bm25l, 1.0, 0.5, 0.5, 3.0}) == absent);
    CHECK(bm25_of_absent({Bm25::bm25plus, 1.0, 0.5, 0.5, 3.0}) == 0.5);
    CHECK(bm25_of_absent({Bm25::atire, 1.0, 0.5, 0.5, 3.0}) == 0.0);
    for (const Bm25 kind : {Bm25::saturated, Bm25::atire, Bm25::bm25l, Bm25::bm25plus}) {
        CHECK(bm25_of_absent({kind, 0.0, 0.5, 0.0, 3.0}) == 0.0);
    }
}

TEST_CASE("zeros stay zeros, and shapes are checked") {
    const CsrRows<double> rows{{0, 2}, {0, 1}, {0.0, 3.0}, 2};
    const std::vector<double> two(2, 1.0);
    const TermFrequencyRule log{TermFrequency::log_smoothed, 2.0, 0.5, 5.0};
    CHECK(weigh_counts<double>(rows, {log, two, {}, {}}, {}) == std::vector<double>{0.0, 3.0});
    CHECK(weigh_bm25<double>(rows, two, {Bm25::bm25plus, 1.0, 0.5, 0.5, 3.0}, {})[0] == 0.0);
    CHECK_THROWS_AS(weigh_counts<double>(rows, {log, ones, {}, {}}, {}), ValueError);
    CHECK_THROWS_AS(weigh_bm25<double>(rows, ones, {}, {}), ValueError);
    const RowRule by_characters{RowLength::characters, 1.0, 0.5};
    CHECK_THROWS_AS(weigh_counts<double>(rows, {log, two, by_characters, characters}, {}),
                    ValueError);
    for (const double base : {0.0, 1.0, -2.0, std::nan("")}) {
        const TermFrequencyRule wrong{TermFrequency::logarithm, base, 0.5, 0.5};
        CHECK_THROWS_AS(weigh_counts<double>(rows, {wrong, two, {}, {}}, {}), ValueError);
    }
}
