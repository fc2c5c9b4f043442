#include "framelens/similarity.hpp"

#include "catch.hpp"
#include "framelens/counts.hpp"
#include "framelens/error.hpp"
#include "framelens/resample.hpp"
#include "framelens/vocabulary.hpp"
#include "framelens/weights.hpp"

#include <array>
#include <cmath>
#include <string>
#include <vector>

using namespace framelens;

namespace {

using Ints = std::vector<std::int32_t>;

TermCounts counts_of(const std::vector<std::string>& texts) {
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    TermCounts counts = sort_terms(count_terms(views, {}, {}));
    counts.rows = sort_entries(std::move(counts.rows));
    return counts;
}

GroupSimilarity compare(const std::vector<std::string>& texts, const Ints& group_of,
                        std::int32_t groups, Aggregate aggregate = Aggregate::centroid,
                        bool centre = false) {
    return compare_groups(tfidf(counts_of(texts).rows, {}, {}), group_of, groups,
                          {aggregate, centre}, {});
}

// Articles of two groups that share some words, `n` of each.
std::vector<std::string> articles(int n) {
    std::vector<std::string> texts;
    for (int i = 0; i < 2 * n; ++i) {
        std::string text = i < n ? "shared apple word" : "shared pear word";
        text.append(std::to_string(i % 3)).append(" item").append(std::to_string(i * 7 % 5));
        texts.push_back(text.append(" only").append(std::to_string(i)));
    }
    return texts;
}

Ints halves(int n) {
    Ints group_of(static_cast<std::size_t>(n), 0);
    group_of.resize(static_cast<std::size_t>(2 * n), 1);
    return group_of;
}

}  // namespace

TEST_CASE("documents alone in their groups compare by cosine") {
    const std::vector<std::string> texts{"aa bb", "bb cc", "dd"};
    const GroupSimilarity result = compare(texts, {0, 1, 2}, 3);
    const double rare = std::log(4.0 / 2.0) + 1.0;
    const double common = std::log(4.0 / 3.0) + 1.0;
    const double expected = common * common / (common * common + rare * rare);
    CHECK(result.similarity[1] == Approx(expected).epsilon(1e-14));
    CHECK(result.similarity[1] == result.similarity[3]);
    CHECK(result.similarity[2] == 0.0);
    CHECK(result.similarity[0] == 1.0);
    CHECK(std::isnan(result.adjusted[1]));
    CHECK(std::isnan(result.error[1]));
    CHECK(result.documents == std::vector<std::int64_t>{1, 1, 1});
}

TEST_CASE("two groups of the same documents are one when adjusted, and opposite when centred") {
    std::vector<std::string> texts = articles(6);
    texts.resize(6);
    texts.insert(texts.end(), texts.begin(), texts.begin() + 6);
    const GroupSimilarity same = compare(texts, halves(6), 2);
    CHECK(same.similarity[1] == Approx(1.0).epsilon(1e-14));
    CHECK(same.adjusted[1] > 1.0);  // each document meets its twin in the other group
    const GroupSimilarity centred = compare(articles(6), halves(6), 2, Aggregate::centroid, true);
    CHECK(centred.similarity[1] == Approx(-1.0).epsilon(1e-12));
    CHECK(centred.adjusted[1] == Approx(-1.0).epsilon(1e-12));
    CHECK(std::isnan(compare(texts, halves(6), 2, Aggregate::centroid, true).similarity[1]));
}

TEST_CASE("the standard error is that of a jackknife by hand") {
    const int n = 6;
    const std::vector<std::string> texts = articles(n);
    const Ints group_of = halves(n);
    const CsrRows<std::int32_t> counts = counts_of(texts).rows;
    const CsrRows<double> rows = tfidf(counts, {}, {});
    const auto dot = [&rows](std::int64_t a, std::int64_t b) {
        double sum = 0.0;
        for (auto i = rows.indptr[static_cast<std::size_t>(a)];
             i < rows.indptr[static_cast<std::size_t>(a) + 1]; ++i) {
            for (auto j = rows.indptr[static_cast<std::size_t>(b)];
                 j < rows.indptr[static_cast<std::size_t>(b) + 1]; ++j) {
                if (rows.indices[static_cast<std::size_t>(i)] ==
                    rows.indices[static_cast<std::size_t>(j)]) {
                    sum += rows.data[static_cast<std::size_t>(i)] *
                           rows.data[static_cast<std::size_t>(j)];
                }
            }
        }
        return sum;
    };
    const auto mean = [&](int a, int b, std::int64_t without) {
        double sum = 0.0;
        double pairs = 0.0;
        for (std::int64_t i = a * n; i < (a + 1) * n; ++i) {
            for (std::int64_t j = b * n; j < (b + 1) * n; ++j) {
                if (i == j || i == without || j == without) continue;
                sum += dot(i, j);
                pairs += 1.0;
            }
        }
        return sum / pairs;
    };
    const auto adjusted = [&](std::int64_t without) {
        return mean(0, 1, without) / std::sqrt(mean(0, 0, without) * mean(1, 1, without));
    };
    std::array<std::vector<double>, 2> left_out;
    for (std::int64_t i = 0; i < 2 * n; ++i) {
        left_out[i < n ? 0U : 1U].push_back(adjusted(i));
    }
    const std::array<VariancePart, 2> parts{VariancePart{jackknife_variance(left_out[0]), n - 1.0},
                                            VariancePart{jackknife_variance(left_out[1]), n - 1.0}};
    const GroupSimilarity result = compare_groups(rows, group_of, 2, {}, {});
    CHECK(result.adjusted[1] == Approx(adjusted(-1)).epsilon(1e-12));
    CHECK(result.error[1] ==
          Approx(std::sqrt(parts[0].variance + parts[1].variance)).epsilon(1e-9));
    CHECK(result.degrees[1] == Approx(satterthwaite_degrees(parts)).epsilon(1e-9));
}

TEST_CASE("intervals need five documents, twenty when centred") {
    CHECK(std::isnan(compare(articles(4), halves(4), 2).error[1]));
    CHECK_FALSE(std::isnan(compare(articles(5), halves(5), 2).error[1]));
    CHECK(std::isnan(compare(articles(19), halves(19), 2, Aggregate::centroid, true).error[1]));
    CHECK_FALSE(
        std::isnan(compare(articles(20), halves(20), 2, Aggregate::centroid, true).error[1]));
}

TEST_CASE("mean over pairs, within a group without self-pairs") {
    const std::vector<std::string> texts{"aa bb", "bb cc", "cc dd", "aa dd"};
    const GroupSimilarity pairs = compare(texts, {0, 0, 1, 1}, 2, Aggregate::mean_pairwise);
    const GroupSimilarity single = compare(texts, {0, 1, 2, 3}, 4);
    CHECK(pairs.similarity[0] == Approx(single.similarity[1]).epsilon(1e-14));
    const double mean = (single.similarity[2] + single.similarity[3] + single.similarity[6] +
                         single.similarity[7]) /
                        4.0;
    CHECK(pairs.similarity[1] == Approx(mean).epsilon(1e-14));
}

TEST_CASE("groups without words are missing, and no groups are no numbers") {
    const GroupSimilarity empty = compare({"aa bb", ""}, {0, 1}, 2);
    CHECK(empty.similarity[0] == 1.0);
    CHECK(std::isnan(empty.similarity[1]));
    CHECK(std::isnan(empty.similarity[3]));
    CHECK(compare({}, {}, 0).similarity.empty());
    CHECK_THROWS_AS(compare({"aa"}, {1}, 1), ValueError);
}

TEST_CASE("similarity is the same at any number of threads") {
    const CsrRows<double> rows = tfidf(counts_of(articles(40)).rows, {}, {});
    const Ints group_of = halves(40);
    const GroupSimilarity one = compare_groups(rows, group_of, 2, {}, {});
    const GroupSimilarity four = compare_groups(rows, group_of, 2, {}, {4, {}});
    CHECK(one.similarity == four.similarity);
    CHECK(one.error[1] == four.error[1]);
}

TEST_CASE("jackknife and degrees of freedom by hand") {
    // Of a mean: the variance of the sample over n.
    CHECK(jackknife_variance(std::vector<double>{2.5, 2.0, 1.5}) == Approx(1.0 / 3.0));
    CHECK_THROWS_AS(jackknife_variance(std::vector<double>{1.0}), ValueError);
    CHECK(satterthwaite_degrees(std::array<VariancePart, 2>{{{1.0, 4.0}, {1.0, 4.0}}}) ==
          Approx(8.0));
    CHECK(satterthwaite_degrees(std::array<VariancePart, 2>{{{1.0, 4.0}, {0.0, 9.0}}}) ==
          Approx(4.0));
    CHECK(satterthwaite_degrees(std::array<VariancePart, 2>{{{0.0, 4.0}, {0.0, 9.0}}}) ==
          Approx(13.0));
}
