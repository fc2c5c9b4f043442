#include "framelens/similarity_rows.hpp"

#include "catch.hpp"
#include "framelens/error.hpp"
#include "framelens/similarity.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <random>
#include <vector>

using namespace framelens;

namespace {

// Rows whose columns are common at the front and rare at the back; every third weight is negative
// if `is_signed`.
CsrRows<double> make_rows(std::int64_t count, unsigned seed, bool is_signed = false) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> uniform(0.0, 1.0);
    CsrRows<double> rows;
    rows.columns = 150;
    for (std::int64_t row = 0; row < count; ++row) {
        for (std::int32_t column = 0; column < 150; ++column) {
            if (row % 17 == 5 || uniform(random) > 2.0 / (2.0 + column)) continue;
            const double weight = 0.1 + uniform(random);
            rows.indices.push_back(column);
            rows.data.push_back(is_signed && column % 3 == 0 ? -weight : weight);
        }
        rows.indptr.push_back(static_cast<std::int64_t>(rows.indices.size()));
    }
    return rows;
}

double slow_dot(const CsrRows<double>& rows, std::int64_t a, std::int64_t b) {
    double sum = 0.0;
    for (auto i = rows.indptr[a]; i < rows.indptr[a + 1]; ++i) {
        for (auto j = rows.indptr[b]; j < rows.indptr[b + 1]; ++j) {
            if (rows.indices[i] == rows.indices[j]) sum += rows.data[i] * rows.data[j];
        }
    }
    return sum;
}

std::vector<double> all_pairs(const CsrRows<double>& rows, Measure measure, int threads = 1) {
    std::vector<double> values(static_cast<std::size_t>(rows.rows() * rows.rows()));
    pairwise({rows, rows, true}, measure, values, {threads, {}});
    return values;
}

}  // namespace

TEST_CASE("products equal the slow sum, and are symmetric to the bit") {
    const CsrRows<double> rows = make_rows(45, 1, true);
    const std::vector<double> values = all_pairs(rows, Measure::dot);
    for (std::int64_t a = 0; a < 45; ++a) {
        for (std::int64_t b = 0; b < 45; ++b) {
            const auto place = static_cast<std::size_t>(a * 45 + b);
            CHECK(values[place] == Approx(slow_dot(rows, a, b)).margin(1e-12));
            CHECK(values[place] == values[static_cast<std::size_t>(b * 45 + a)]);
        }
    }
    CHECK(values == all_pairs(rows, Measure::dot, 4));
}

TEST_CASE("nearest rows are the first of the sorted ones") {
    for (const bool is_signed : {false, true}) {
        const CsrRows<double> rows = make_rows(70, 2, is_signed);
        const std::vector<double> values = all_pairs(rows, Measure::dot);
        const CsrRows<double> found =
            nearest({rows, rows, true}, Measure::dot, {7, std::nullopt, false}, {3, {}});
        REQUIRE(found.indptr.back() == 7 * 70);
        for (std::int32_t row = 0; row < 70; ++row) {
            std::vector<std::int32_t> order;
            for (std::int32_t other = 0; other < 70; ++other) {
                if (other != row) order.push_back(other);
            }
            const double* own = values.data() + row * 70;
            std::stable_sort(order.begin(), order.end(),
                             [own](std::int32_t a, std::int32_t b) { return own[a] > own[b]; });
            for (std::int32_t k = 0; k < 7; ++k) {
                const auto place = static_cast<std::size_t>(row * 7 + k);
                CHECK(found.indices[place] == order[static_cast<std::size_t>(k)]);
                CHECK(found.data[place] == own[order[static_cast<std::size_t>(k)]]);
            }
        }
    }
}

namespace {

// Many short rows, so that they fill several panels and are searched for from seeds.
CsrRows<double> make_short_rows(std::int64_t count, unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> uniform(0.0, 1.0);
    CsrRows<double> rows;
    rows.columns = 900;
    for (std::int64_t row = 0; row < count; ++row) {
        for (std::int32_t column = 0; column < 900;) {
            rows.indices.push_back(column);
            rows.data.push_back(0.1 + uniform(random));
            // Common columns at the front, and now and then a row of them only.
            column += 1 + static_cast<std::int32_t>(static_cast<double>(column + 1) *
                                                    uniform(random) * 3.0);
            if (row % 31 == 7) break;
        }
        rows.indptr.push_back(static_cast<std::int64_t>(rows.indices.size()));
    }
    return rows;
}

}  // namespace

TEST_CASE("each product made once finds what each made twice does") {
    const CsrRows<double> rows = make_short_rows(9000, 3);
    for (const Measure measure : {Measure::dot, Measure::cosine}) {
        const CsrRows<double> once =
            nearest({rows, rows, true}, measure, {4, std::nullopt, true}, {3, {}});
        const CsrRows<double> twice =
            nearest({rows, rows, false}, measure, {4, std::nullopt, false}, {1, {}});
        CHECK(once.indptr == twice.indptr);
        CHECK(once.indices == twice.indices);
        CHECK(once.data == twice.data);
        for (std::int64_t row = 0; row < 9000; row += 997) {
            const CsrRows<double> one{
                {0, rows.indptr[row + 1] - rows.indptr[row]},
                {rows.indices.begin() + rows.indptr[row],
                 rows.indices.begin() + rows.indptr[row + 1]},
                {rows.data.begin() + rows.indptr[row], rows.data.begin() + rows.indptr[row + 1]},
                rows.columns};
            std::vector<double> values(9000);
            pairwise({one, rows, false}, measure, values, {});
            std::sort(values.begin(), values.end(), std::greater<>{});
            for (std::int64_t k = 0; k < 4; ++k) {
                CHECK(once.data[static_cast<std::size_t>(row * 4 + k)] == values[k]);
            }
        }
    }
}

TEST_CASE("pairs above a threshold keep zeros that reach it") {
    const CsrRows<double> rows{{0, 1, 2, 2}, {0, 1}, {1.0, -2.0}, 2};
    const CsrRows<double> found = pairwise_above({rows, rows, true}, Measure::dot, 0.0, {});
    CHECK(found.indptr == std::vector<std::int64_t>{0, 3, 6, 9});
    CHECK(pairwise_above({rows, rows, true}, Measure::cosine, 0.5, {}).indices ==
          std::vector<std::int32_t>{0, 1});
    CHECK(pairwise_above({rows, rows, true}, Measure::manhattan, 1.0, {}).indices ==
          std::vector<std::int32_t>{0, 2, 1, 0, 2});
}

TEST_CASE("rows that cannot be compared are refused") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const CsrRows<double> good{{0, 1}, {0}, {1.0}, 2};
    const CsrRows<double> narrow{{0, 1}, {0}, {1.0}, 1};
    const CsrRows<double> missing{{0, 1}, {0}, {nan}, 2};
    const CsrRows<double> negative{{0, 1}, {0}, {-1.0}, 2};
    const CsrRows<double> backwards{{0, 2}, {1, 0}, {1.0, 1.0}, 2};
    std::vector<double> value(1);
    std::vector<double> two(2);
    CHECK_THROWS_AS(pairwise({good, narrow, false}, Measure::dot, value, {}), ValueError);
    CHECK_THROWS_AS(pairwise({missing, missing, true}, Measure::dot, value, {}), ValueError);
    CHECK_THROWS_AS(pairwise({backwards, good, false}, Measure::dot, value, {}), ValueError);
    CHECK_THROWS_AS(pairwise({good, negative, false}, Measure::hellinger, value, {}), ValueError);
    CHECK_THROWS_AS(pairwise({good, good, true}, Measure::dot, two, {}), ValueError);
    CHECK_THROWS_AS(nearest({good, good, true}, Measure::dot, {-1, std::nullopt, false}, {}),
                    ValueError);
    CHECK(nearest({good, good, true}, Measure::cosine, {3, std::nullopt, true}, {}).data ==
          std::vector<double>{1.0});
}

TEST_CASE("points of a plane are mapped to it") {
    // A rectangle of 3 by 4.
    const std::vector<double> distances{0, 3, 5, 4, 3, 0, 4, 5, 5, 4, 0, 3, 4, 5, 3, 0};
    const PlaneMap map = map_to_plane(distances, 4);
    CHECK(map.share == Approx(1.0));
    for (std::size_t a = 0; a < 4; ++a) {
        for (std::size_t b = 0; b < 4; ++b) {
            const double distance =
                std::hypot(map.coordinates[2 * a] - map.coordinates[2 * b],
                           map.coordinates[2 * a + 1] - map.coordinates[2 * b + 1]);
            CHECK(distance == Approx(distances[4 * a + b]).margin(1e-12));
        }
    }
    CHECK_THROWS_AS(map_to_plane(distances, 3), ValueError);
}
