#include "framelens/keyness.hpp"

#include "catch.hpp"
#include "framelens/counts.hpp"
#include "framelens/error.hpp"
#include "framelens/resample.hpp"
#include "keyness/limits.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

using namespace framelens;

namespace {

using Ints = std::vector<std::int32_t>;

// Two terms in two documents: 3 + 1 of the first's four words, 1 + 5 of the second's six.
const CsrRows<std::int32_t> small{{0, 2, 4}, {0, 1, 0, 1}, {3, 1, 1, 5}, 2};

// `n` documents a group of 100 words; the first group uses term 0 more often.
CsrRows<std::int32_t> documents(std::int32_t n) {
    CsrRows<std::int32_t> rows;
    rows.columns = 2;
    for (std::int32_t d = 0; d < 2 * n; ++d) {
        const std::int32_t first = (d < n ? 30 : 20) + d % 3;
        rows.indices.insert(rows.indices.end(), {0, 1});
        rows.data.insert(rows.data.end(), {first, 100 - first});
        rows.indptr.push_back(2 * (d + 1));
    }
    return rows;
}

Ints halves(std::int32_t n) {
    Ints group_of(static_cast<std::size_t>(n), 0);
    group_of.resize(static_cast<std::size_t>(2 * n), 1);
    return group_of;
}

}  // namespace

TEST_CASE("log odds by hand") {
    const KeynessTable table =
        keyness(small, Ints{0, 1}, 2, {.prior_size = 10.0, .prior = {}, .min_count = 1}, {});
    // Prior of term 0: 10 * 4 / 10 = 4, of all: 10.
    const double own = (3.0 + 4.0) / (4.0 + 10.0 - 7.0);
    const double rest = (1.0 + 4.0) / (6.0 + 10.0 - 5.0);
    const double score = std::log(own) - std::log(rest);
    CHECK(table.group == Ints{0, 0, 1, 1});
    CHECK(table.term == Ints{0, 1, 0, 1});
    CHECK(table.count == std::vector<std::int64_t>{3, 1, 1, 5});
    CHECK(table.rate[0] == Approx(750.0));
    CHECK(table.score[0] == Approx(score).epsilon(1e-14));
    CHECK(table.z[0] == Approx(score / std::sqrt(1.0 / 7.0 + 1.0 / 5.0)).epsilon(1e-14));
    CHECK(table.score[2] == Approx(-score).epsilon(1e-14));
    CHECK(std::isnan(table.error[0]));
    CHECK(std::isnan(table.degrees[0]));
}

TEST_CASE("log odds alone are those of the table") {
    const CsrRows<std::int32_t> rows = documents(6);
    const KeynessOptions options{.prior_size = 20.0, .prior = {}};
    const KeynessTable table = keyness(rows, halves(6), 2, options, {});
    const LogOdds alone = log_odds(rows, halves(6), 2, options, {2, {}});
    CHECK(alone.score == table.score);
    CHECK(alone.z == table.z);
    // A group without documents, and a term that no document has.
    const CsrRows<std::int32_t> wide{{0, 2, 4}, {0, 1, 0, 1}, {3, 1, 1, 5}, 3};
    const LogOdds few = log_odds(wide, Ints{0, 2}, 3, options, {});
    REQUIRE(few.score.size() == 9);
    for (const std::size_t missing : {2U, 3U, 4U, 5U, 8U}) {
        CHECK(std::isnan(few.score[missing]));
        CHECK(std::isnan(few.z[missing]));
    }
    CHECK(few.score[0] == Approx(-few.score[6]));
    CHECK_THROWS_AS(log_odds(rows, Ints{0}, 2, options, {}), ValueError);
    CHECK_THROWS_AS(log_odds(rows, halves(6), 2, {.prior_size = 0.0, .prior = {}}, {}), ValueError);
}

TEST_CASE("terms below the minimum are left out") {
    CHECK(
        keyness(small, Ints{0, 1}, 2, {.prior_size = 10.0, .prior = {}, .min_count = 5}, {}).term ==
        Ints{1, 1});
    CHECK(keyness(small, Ints{0, 1}, 2, {.prior_size = 10.0, .prior = {}, .min_count = 7}, {})
              .term.empty());
}

TEST_CASE("nothing to compare with gives no rows") {
    CHECK(keyness(small, Ints{0, 0}, 1, {}, {}).term.empty());
    CHECK(keyness({}, {}, 0, {}, {}).term.empty());
    const CsrRows<std::int32_t> with_empty{{0, 2, 2}, {0, 1}, {1, 1}, 2};
    CHECK(keyness(with_empty, Ints{0, 1}, 2, {}, {}).term.empty());
    const CsrRows<std::int32_t> one_term{{0, 1, 2}, {0, 0}, {4, 2}, 1};
    CHECK(keyness(one_term, Ints{0, 1}, 2, {}, {}).term.empty());
    CHECK_THROWS_AS(keyness(small, Ints{0, 1}, 2, {.prior_size = 0.0, .prior = {}}, {}),
                    ValueError);
    CHECK_THROWS_AS(keyness(small, Ints{0, 2}, 2, {}, {}), ValueError);
}

TEST_CASE("intervals need five documents on both sides") {
    CHECK(std::isnan(keyness(documents(4), halves(4), 2, {}, {}).error[0]));
    CHECK_FALSE(std::isnan(keyness(documents(5), halves(5), 2, {}, {}).error[0]));
}

TEST_CASE("the larger of Monroe's and the clustered variance counts") {
    const std::int32_t n = 8;
    SECTION("documents alike: Monroe's") {
        const KeynessTable table = keyness(documents(n), halves(n), 2, {}, {});
        CHECK(table.error[0] == Approx(table.score[0] / table.z[0]).epsilon(1e-12));
    }
    SECTION("one document's hobby-horse: clustered") {
        CsrRows<std::int32_t> rows = documents(n);
        rows.data[0] += 500;
        const KeynessTable table = keyness(rows, halves(n), 2, {}, {});
        CHECK(table.error[0] > 3.0 * table.score[0] / table.z[0]);
        // By hand: residuals y - share n over all share (1 - share), of each side.
        const auto side = [&rows](std::size_t first, double prior) {
            double y = prior;
            double all = 500.0;
            for (std::size_t d = first; d < first + n; ++d) {
                y += rows.data[2 * d];
                all += rows.data[2 * d] + rows.data[2 * d + 1];
            }
            const double share = y / all;
            double squares = 0.0;
            for (std::size_t d = first; d < first + n; ++d) {
                const double length = rows.data[2 * d] + rows.data[2 * d + 1];
                squares += std::pow(rows.data[2 * d] - share * length, 2);
            }
            return squares / std::pow(all * share * (1.0 - share), 2) * n / (n - 1.0);
        };
        double total = 0.0;
        double first_term = 0.0;
        for (std::size_t i = 0; i < rows.data.size(); ++i) {
            total += rows.data[i];
            first_term += i % 2 == 0 ? rows.data[i] : 0;
        }
        const double prior = 500.0 * first_term / total;
        CHECK(table.error[0] == Approx(std::sqrt(side(0, prior) + side(n, prior))).epsilon(1e-9));
    }
}

TEST_CASE("keyness is the same in any order and at any number of threads") {
    const CsrRows<std::int32_t> rows = documents(6);
    CsrRows<std::int32_t> reversed;
    reversed.columns = 2;
    for (std::size_t d = 12; d-- > 0;) {
        reversed.indices.insert(reversed.indices.end(), {0, 1});
        reversed.data.insert(reversed.data.end(), {rows.data[2 * d], rows.data[2 * d + 1]});
        reversed.indptr.push_back(static_cast<std::int64_t>(reversed.indices.size()));
    }
    Ints group_of = halves(6);
    const KeynessTable table = keyness(rows, group_of, 2, {}, {});
    const KeynessTable threaded = keyness(rows, group_of, 2, {}, {3, {}});
    const KeynessTable other =
        keyness(reversed, Ints(group_of.rbegin(), group_of.rend()), 2, {}, {});
    CHECK(table.score == threaded.score);
    CHECK(table.error == threaded.error);
    CHECK(table.score == other.score);
    CHECK(table.error == other.error);
}

TEST_CASE("permutations are the same at any number of threads, and find what differs") {
    const CsrRows<std::int32_t> rows = documents(12);
    const KeynessOptions options{.prior = {}, .permutations = 50, .seed = 7};
    const KeynessTable one = keyness(rows, halves(12), 2, options, {});
    const KeynessTable three = keyness(rows, halves(12), 2, options, {3, {}});
    CHECK(one.p == three.p);
    CHECK(one.p[0] < 0.05);
    CHECK(std::isnan(keyness(documents(4), halves(4), 2, options, {}).p[0]));
}

TEST_CASE("every measure has its sign, and is missing nowhere in a plain table") {
    for (const Contrast measure :
         {Contrast::log_odds, Contrast::g2, Contrast::chi2, Contrast::fisher, Contrast::pmi,
          Contrast::log_ratio, Contrast::percent_diff, Contrast::jensen_shannon}) {
        const KeynessTable table =
            keyness(small, Ints{0, 1}, 2, {.measure = measure, .prior = {}}, {});
        CHECK(table.score[0] > 0.0);
        CHECK(table.score[1] < 0.0);
    }
    const KeynessTable table =
        keyness(small, Ints{0, 1}, 2, {.measure = Contrast::fisher, .prior = {}}, {});
    CHECK(table.p_words[0] == Approx(0.19047619047619047).epsilon(1e-12));
}

namespace {

// Counts of which a term is the rarer, the later it comes.
CsrRows<std::int32_t> random_counts(std::int64_t documents, std::int32_t terms) {
    CsrRows<std::int32_t> rows{{0}, {}, {}, terms};
    std::mt19937 random(3);
    for (std::int64_t document = 0; document < documents; ++document) {
        for (std::int32_t term = 0; term < terms; ++term) {
            const std::uint32_t count = random() % 8;
            if (random() % 16 < static_cast<std::uint32_t>(term) * 12 / terms || count == 0)
                continue;
            rows.indices.push_back(term);
            rows.data.push_back(static_cast<std::int32_t>(count));
        }
        rows.indptr.push_back(static_cast<std::int64_t>(rows.indices.size()));
    }
    return rows;
}

// |score| / error, or |score| of measures without, of some documents against the others.
std::vector<double> sizes_of(const CsrRows<std::int32_t>& rows,
                             const std::vector<std::int64_t>& documents, Contrast measure) {
    Ints group_of(rows.indptr.size() - 1, 1);
    for (const std::int64_t document : documents) group_of[static_cast<std::size_t>(document)] = 0;
    const KeynessTable table = keyness(rows, group_of, 2, {.measure = measure, .prior = {}}, {});
    std::vector<double> sizes;
    for (std::size_t i = 0; i < table.term.size() && table.group[i] == 0; ++i) {
        const double error = std::isnan(table.error[i]) ? 1.0 : table.error[i];
        sizes.push_back(std::abs(table.score[i]) / error);
    }
    return sizes;
}

// Terms of the pool of each term, by the rule that pools have a hundred terms or more.
std::vector<std::vector<std::size_t>> pools_of(const std::vector<std::int64_t>& frequency) {
    std::vector<std::size_t> order(frequency.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return frequency[a] > frequency[b]; });
    std::vector<std::vector<std::size_t>> pools{{}};
    for (std::size_t i = 0; i < order.size(); ++i) {
        const std::size_t term = order[i];
        std::vector<std::size_t>& last = pools.back();
        if (last.size() >= 100 && order.size() - i >= 100 &&
            frequency[term] < frequency[last.back()])
            pools.push_back({term});
        else
            last.push_back(term);
    }
    return pools;
}

// The p of a group's terms: how often terms of the same pool reach their sizes in draws.
std::vector<double> slow_p(const std::vector<std::vector<std::size_t>>& pools,
                           const std::vector<double>& sizes,
                           const std::vector<std::vector<double>>& chance) {
    std::vector<double> p(sizes.size());
    for (const auto& pool : pools) {
        for (const std::size_t term : pool) {
            double reached = 1.0;
            for (const auto& drawn : chance) {
                for (const std::size_t other : pool) {
                    reached += drawn[other] * (1.0 + 1e-12) >= sizes[term] ? 1.0 : 0.0;
                }
            }
            p[term] = reached / (1.0 + static_cast<double>(pool.size() * chance.size()));
        }
    }
    return p;
}

}  // namespace

TEST_CASE("p is the share of what a pool's terms reach when documents are dealt out anew") {
    constexpr std::int32_t groups = 3;
    constexpr std::int64_t draws = 6;
    constexpr std::uint64_t seed = 11;
    const CsrRows<std::int32_t> rows = random_counts(30, 450);
    const std::vector<std::int64_t> frequency = document_frequencies(rows);
    REQUIRE(std::count(frequency.begin(), frequency.end(), 0) == 0);
    const auto pools = pools_of(frequency);
    REQUIRE(pools.size() > 2);
    Ints group_of(30, 2);
    for (std::size_t i = 0; i < 17; ++i) group_of[i] = i < 6 ? 0 : 1;
    for (const Contrast measure : {Contrast::log_odds, Contrast::chi2}) {
        const KeynessTable table =
            keyness(rows, group_of, groups,
                    {.measure = measure, .prior = {}, .permutations = draws, .seed = seed}, {});
        std::size_t row = 0;
        for (std::int32_t group = 0; group < groups; ++group) {
            std::vector<std::int64_t> own;
            for (std::int64_t i = 0; i < 30; ++i) {
                if (group_of[static_cast<std::size_t>(i)] == group) own.push_back(i);
            }
            // Pools stop at one of these numbers of draws.
            std::vector<std::vector<double>> chance;
            std::vector<std::vector<double>> possible;
            for (const std::int64_t round : {2, 4, 6, 12, 24, 48, 96}) {
                while (std::ssize(chance) < round) {
                    const auto stream =
                        static_cast<std::uint64_t>(std::ssize(chance) * groups + group);
                    const auto size = static_cast<std::int64_t>(own.size());
                    chance.push_back(sizes_of(rows, draw_subset(30, size, seed, stream), measure));
                }
                possible.push_back(slow_p(pools, sizes_of(rows, own, measure), chance));
            }
            for (std::size_t term = 0; term < frequency.size(); ++term, ++row) {
                CHECK(std::any_of(possible.begin(), possible.end(),
                                  [&](const auto& p) { return p[term] == table.p[row]; }));
            }
        }
        CHECK(row == table.p.size());
    }
}

TEST_CASE("terms that few documents have are not tested, and lengths and priors can be given") {
    const CsrRows<std::int32_t> rows = documents(6);
    const std::vector<double> lengths(12, 200.0);
    const std::vector<std::uint8_t> listed{1, 0};
    const std::vector<std::uint8_t> wanted{1, 0};
    const KeynessTable table = keyness(rows, halves(6), 2,
                                       {.prior = {},
                                        .permutations = 8,
                                        .min_documents = 13,
                                        .listed = listed,
                                        .wanted = wanted,
                                        .lengths = lengths},
                                       {});
    CHECK(table.group == Ints{0});
    CHECK(table.term == Ints{0});
    CHECK(std::isnan(table.p[0]));
    CHECK(table.tested == 0);
    CHECK(table.rate[0] == Approx(1000.0 * static_cast<double>(table.count[0]) / 1200.0));
    CHECK(table.rest_rate[0] == Approx(1000.0 * static_cast<double>(table.rest[0]) / 1200.0));
    const std::vector<std::uint8_t> wrong{1};
    CHECK_THROWS_AS(keyness(rows, halves(6), 2, {.prior = {}, .listed = wrong}, {}), ValueError);
}

TEST_CASE("documents are dealt out within strata") {
    const CsrRows<std::int32_t> rows = documents(6);
    // Each stratum is one group: every draw is the group itself, and reaches the sizes of its two
    // terms, which are one pool.
    const Ints strata = halves(6);
    const KeynessOptions options{.prior = {}, .permutations = 20, .strata = strata};
    for (const double p : keyness(rows, halves(6), 2, options, {}).p) CHECK(p > 0.5);
}

TEST_CASE("limits of counts leave out none that is of the size") {
    constexpr double all_length = 20000.0;
    for (const double all : {10.0, 37.0, 400.0, 6000.0}) {
        for (const double share : {1e-6, 0.1, 1.0}) {
            for (const double own_length : {300.0, 9000.0, 19000.0}) {
                const std::vector<double> counts{all};
                const std::vector<double> prior{share * all};
                const double prior_size = share * all_length;
                for (const double size : {0.3, 2.0, 5.0, 30.0}) {
                    const CountLimits limits =
                        count_limits(counts, all_length, {prior, prior_size},
                                     {own_length, own_length}, std::vector<double>{size});
                    double low = -1.0;
                    double high = all + 1.0;
                    for (double count = 0.0; count <= std::min(all, own_length); ++count) {
                        if (all - count > all_length - own_length) continue;
                        const MonroeScore found =
                            monroe(count + prior[0], own_length + prior_size,
                                   all - count + prior[0], all_length - own_length + prior_size);
                        if (std::abs(found.score) / std::sqrt(found.variance) < size) continue;
                        if (found.score < 0.0) low = count;
                        if (found.score > 0.0) high = std::min(high, count);
                    }
                    CHECK(std::max(limits.low[0], -1.0) >= low);
                    CHECK(std::min(limits.high[0], all + 1.0) <= high);
                }
            }
        }
    }
}

TEST_CASE("terms within limits are found in any place") {
    CountLimits limits;
    std::vector<double> counts;
    std::vector<std::size_t> expected;
    std::mt19937 random(5);
    for (std::size_t i = 0; i < 150; ++i) {
        limits.low.push_back(i % 3 == 0 ? 1.0 : -2.0);
        limits.high.push_back(9.0);
        counts.push_back(static_cast<double>(random() % 12));
        if (counts[i] >= 9.0 || counts[i] <= limits.low[i]) expected.push_back(i);
    }
    std::vector<std::size_t> found;
    find_in_reach(counts, limits, found);
    CHECK(found == expected);
    CHECK_FALSE(found.empty());
}
