#include "framelens/weights.hpp"

#include "catch.hpp"
#include "framelens/error.hpp"

#include <cmath>
#include <vector>

using namespace framelens;

namespace {

const CsrRows<std::int32_t> counts{{0, 2, 3, 3}, {1, 0, 0}, {3, 1, 2}, 2};

}  // namespace

TEST_CASE("idf is ln(n / df) + 1, smoothed or not") {
    const std::vector<std::int64_t> frequencies{1, 3};
    const auto smooth = inverse_document_frequencies(frequencies, 3, true);
    CHECK(smooth[0] == Approx(std::log(2.0) + 1.0).epsilon(1e-15));
    CHECK(smooth[1] == 1.0);
    const auto plain = inverse_document_frequencies(frequencies, 3, false);
    CHECK(plain[0] == Approx(std::log(3.0) + 1.0).epsilon(1e-15));
    CHECK(std::isinf(inverse_document_frequencies(std::vector<std::int64_t>{0}, 3, false)[0]));
}

TEST_CASE("weights by hand") {
    const double idf0 = std::log(4.0 / 3.0) + 1.0;
    const double idf1 = std::log(4.0 / 2.0) + 1.0;
    SECTION("no norm") {
        const CsrRows<double> rows = tfidf(counts, {Norm::none, true, true, false}, {});
        CHECK(rows.indptr == counts.indptr);
        CHECK(rows.indices == counts.indices);
        CHECK(rows.data == std::vector<double>{3.0 * idf1, idf0, 2.0 * idf0});
    }
    SECTION("l2") {
        const CsrRows<double> rows = tfidf(counts, {}, {});
        CHECK(std::hypot(rows.data[0], rows.data[1]) == Approx(1.0).epsilon(1e-15));
        CHECK(rows.data[0] / rows.data[1] == Approx(3.0 * idf1 / idf0).epsilon(1e-15));
        CHECK(rows.data[2] == 1.0);
    }
    SECTION("l1, sublinear, without idf") {
        const CsrRows<double> rows = tfidf(counts, {Norm::l1, false, true, true}, {});
        const double tf = std::log(3.0) + 1.0;
        CHECK(rows.data[0] == Approx(tf / (tf + 1.0)).epsilon(1e-15));
        CHECK(rows.data[2] == 1.0);
    }
}

TEST_CASE("norms sum in the row's order and leave zero rows alone") {
    const CsrRows<double> rows{{0, 2, 3}, {0, 1, 1}, {3.0, -4.0, 0.0}, 2};
    const std::span<const double> no_idf;
    CHECK(weigh<double>(rows, no_idf, Norm::l2, {}) == std::vector<double>{0.6, -0.8, 0.0});
    CHECK(weigh<double>(rows, no_idf, Norm::l1, {}) ==
          std::vector<double>{3.0 / 7.0, -4.0 / 7.0, 0.0});
    CHECK(weigh<double>(rows, no_idf, Norm::none, {}) == rows.data);
    CHECK_THROWS_AS(weigh<double>(rows, std::vector<double>{1.0}, Norm::l2, {}), ValueError);
}

TEST_CASE("weights are the same at any number of threads") {
    CsrRows<double> rows;
    rows.columns = 97;
    for (std::int32_t r = 0; r < 2000; ++r) {
        for (std::int32_t c = 0; c < r % 13; ++c) {
            rows.indices.push_back((r * 31 + c * 7) % 97);
            rows.data.push_back(1.0 + c);
        }
        rows.indptr.push_back(static_cast<std::int64_t>(rows.indices.size()));
    }
    const std::vector<double> idf(97, 1.25);
    CHECK(weigh<double>(rows, idf, Norm::l2, {}) == weigh<double>(rows, idf, Norm::l2, {4, {}}));
}
