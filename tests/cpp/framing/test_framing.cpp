#include "catch.hpp"
#include "framelens/error.hpp"
#include "framelens/framing.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <vector>

using framelens::CountedLabels;
using framelens::FramingGroups;
using framelens::FramingScore;
using framelens::intraclass_correlation;
using framelens::LabelCluster;
using framelens::LabelInContext;
using framelens::LabelObject;
using framelens::Lexicon;
using framelens::LexiconTerm;
using framelens::match_labels;
using framelens::score_labels;
using framelens::TermMatch;
using framelens::ValueError;

namespace {

struct Label {
    std::int32_t group;
    std::int64_t cluster;
    std::int32_t pole;
    double weight;
};

CountedLabels columns(const std::vector<Label>& labels) {
    CountedLabels result;
    for (const Label& label : labels) {
        result.group.push_back(label.group);
        result.cluster.push_back(label.cluster);
        result.pole.push_back(label.pole);
        result.weight.push_back(label.weight);
    }
    return result;
}

bool same_bits(const FramingScore& a, const FramingScore& b) {
    return a.counts == b.counts && a.first == b.first && a.second == b.second &&
           a.score == b.score && a.log_odds == b.log_odds && a.clusters == b.clusters &&
           a.design_effect == b.design_effect && a.effective_first == b.effective_first &&
           a.effective_second == b.effective_second;
}

std::vector<Label> random_labels(std::mt19937& random, std::size_t count) {
    std::vector<Label> labels;
    for (std::size_t i = 0; i < count; ++i) {
        labels.push_back(
            {static_cast<std::int32_t>(random() % 4), static_cast<std::int64_t>(random() % 30),
             static_cast<std::int32_t>(random() % 3), 0.1 * static_cast<double>(1 + random() % 7)});
    }
    return labels;
}

LexiconTerm term(const std::string& text, std::int32_t pole, TermMatch match = TermMatch::exact) {
    LexiconTerm result;
    result.text = text;
    result.pole = pole;
    result.match = match;
    return result;
}

Lexicon lexicon() {
    Lexicon result;
    result.axis = "test";
    result.poles = {"first", "second"};
    result.terms = {term("chief", 0),
                    term("chief of staff", 1, TermMatch::phrase),
                    term("acting fire chief", 0, TermMatch::phrase),
                    term("fire chief", 1, TermMatch::phrase),
                    term("boss*", 0, TermMatch::glob),
                    term("bossman", 1),
                    term("house", 0),
                    term("house", 1)};
    result.terms[0].forms = {"chieftain"};
    result.terms[3].object = LabelObject::person;
    result.terms[7].object = LabelObject::institution;
    result.exclusions = {"chief example", "bossy"};
    return result;
}

std::optional<std::int32_t> match(const LabelInContext& label) {
    return match_labels(lexicon(), {label}).at(0);
}

}  // namespace

TEST_CASE("a label is the term that fits it best") {
    SECTION("by its term, a form, a pattern") {
        CHECK(match({.term = "chief", .label = "Chief"}) == 0);
        CHECK(match({.term = "chieftain", .label = "chieftains"}) == 0);
        CHECK(match({.term = "bossling", .label = "bossling"}) == 4);
        CHECK(match({.term = "bossman", .label = "bossman"}) == 5);
        CHECK(match({.term = "unknown", .label = "Chieftain"}) == 0);
        CHECK_FALSE(match({.term = "cook", .label = "cook"}).has_value());
    }
    SECTION("by a phrase around it") {
        CHECK(match({.term = "chief", .label = "chief", .after = " of staff"}) == 1);
        CHECK(match({.term = "chief", .label = "chiefs", .after = " of\u00a0staff, at"}) == 1);
        CHECK(match({.term = "chief", .label = "Chief", .before = "the F\u00edre-"}) == 3);
        CHECK(match({.term = "fire chief",
                     .label = "chief",
                     .before = "acting fire ",
                     .object = LabelObject::person}) == 2);
        CHECK(match({.term = "chief", .label = "chief", .before = "fire. "}) == 0);
        CHECK(match({.term = "chief", .label = "chief", .before = "campfire "}) == 0);
        CHECK(match({.term = "chief", .label = "chief", .after = "\nof staff"}) == 0);
    }
    SECTION("by what it names") {
        CHECK(match({.term = "house", .label = "house", .object = LabelObject::institution}) == 7);
        CHECK(match({.term = "house", .label = "house", .object = LabelObject::person}) == 6);
    }
}

TEST_CASE("a label of its own is not the term that ends it") {
    CHECK_FALSE(match({.term = "former chief", .label = "chief", .before = "former "}).has_value());
    CHECK_FALSE(
        match({.term = "former chief", .label = "chief", .before = "former ", .after = " of staff"})
            .has_value());
}

TEST_CASE("an exclusion takes a label out") {
    CHECK_FALSE(match({.term = "chief", .label = "chief", .after = " example of"}).has_value());
    CHECK_FALSE(match({.term = "bossy", .label = "bossy"}).has_value());
    CHECK(match({.term = "chief", .label = "chief", .after = ", example"}) == 0);
    CHECK(match({.term = "chief", .label = "chief", .after = " of a chief example"}) == 0);
}

TEST_CASE("scores of a table worked by hand") {
    // Two documents: three labels of the first pole; one of each pole. One neutral label.
    const CountedLabels labels = columns(
        {{0, 7, 0, 1}, {0, 7, 0, 1}, {0, 7, 0, 1}, {0, 8, 0, 1}, {0, 8, 1, 1}, {0, 9, 2, 1}});
    const FramingScore score = score_labels(labels, {.family = {0}, .poles = 2}).at(0);
    CHECK(score.counts == std::vector<std::int64_t>{4, 1, 1});
    CHECK(score.first == 4);
    CHECK(score.second == 1);
    CHECK(score.score.value() == Approx(0.6));
    CHECK(score.log_odds.value() == Approx(std::log(4.5 / 1.5)));
    CHECK(score.clusters == 2);
    // MSB = 3 (1 - .8)^2 + 2 (.5 - .8)^2 = .3; MSW = .5 / 3; n0 = 5 - 13 / 5 = 2.4.
    const double rho = (0.3 - 0.5 / 3) / (0.3 + 1.4 * 0.5 / 3);
    const double design = 1 + rho * (13.0 / 5 - 1);
    CHECK(score.design_effect.value() == Approx(design));
    CHECK(score.effective_first.value() == Approx(4 / design));
    CHECK(score.effective_second.value() == Approx(1 / design));
}

TEST_CASE("what cannot be known is missing") {
    SECTION("no label") {
        const FramingScore score = score_labels({}, {.family = {0}, .poles = 2}).at(0);
        CHECK(score.counts == std::vector<std::int64_t>{0, 0, 0});
        CHECK_FALSE(score.score.has_value());
        CHECK_FALSE(score.design_effect.has_value());
        CHECK_FALSE(score.effective_first.has_value());
        CHECK(score.log_odds.value() == 0);
    }
    SECTION("a correlation from one document a source") {
        const CountedLabels labels = columns({{0, 0, 0, 1}, {0, 0, 1, 1}, {1, 1, 0, 1}});
        for (const FramingScore& score : score_labels(labels, {.family = {0, 0}, .poles = 2})) {
            CHECK(score.score.has_value());
            CHECK_FALSE(score.design_effect.has_value());
            CHECK_FALSE(score.effective_second.has_value());
        }
    }
    SECTION("the score of an axis with one pole") {
        const CountedLabels labels = columns({{0, 0, 0, 1}, {0, 1, 0, 2}, {0, 1, 1, 1}});
        const FramingScore score = score_labels(labels, {.family = {0}, .poles = 1}).at(0);
        CHECK(score.counts == std::vector<std::int64_t>{2, 1});
        CHECK(score.first == 3);
        CHECK_FALSE(score.score.has_value());
        CHECK_FALSE(score.log_odds.has_value());
    }
}

TEST_CASE("an interval is missing only without labels or with one cluster") {
    const FramingGroups groups{.family = {0}, .poles = 2};
    SECTION("one label a cluster has the design effect 1, whatever the correlation") {
        const auto score = score_labels(columns({{0, 0, 0, 1}, {0, 1, 1, 1}}), groups).at(0);
        CHECK_FALSE(score.correlation.has_value());
        CHECK(score.design_effect.value() == 1);
        CHECK(score.effective_first.value() == 1);
    }
    SECTION("labels of one pole count as their clusters") {
        const CountedLabels labels =
            columns({{0, 0, 1, 1}, {0, 0, 1, 1}, {0, 1, 1, 1}, {0, 1, 1, 1}, {0, 1, 1, 1}});
        const FramingScore score = score_labels(labels, groups).at(0);
        CHECK_FALSE(score.correlation.has_value());
        CHECK(score.effective_first.value() == 0);
        CHECK(score.effective_second.value() == Approx(25.0 / 13));
    }
    SECTION("one cluster, beside a group that tells the correlation") {
        const CountedLabels labels =
            columns({{0, 0, 0, 1}, {0, 0, 1, 1}, {1, 1, 0, 1}, {1, 2, 1, 1}, {1, 2, 1, 1}});
        const auto scores = score_labels(labels, {.family = {0, 0}, .poles = 2});
        CHECK(scores[0].score.value() == 0);
        CHECK_FALSE(scores[0].design_effect.has_value());
        CHECK(scores[1].correlation.has_value());
        CHECK(scores[1].effective_second.has_value());
    }
}

TEST_CASE("a label of weight 0 counts for no pole") {
    const CountedLabels labels = columns({{0, 0, 0, 0}, {0, 0, 1, 1}, {0, 0, 2, 0}});
    const FramingScore score = score_labels(labels, {.family = {0}, .poles = 2}).at(0);
    CHECK(score.counts == std::vector<std::int64_t>{0, 1, 1});
    CHECK(score.score.value() == -1);
}

TEST_CASE("unequal weights shrink the effective number of labels") {
    const std::vector<Label> labels = {{0, 0, 0, 3}, {0, 0, 1, 1}, {0, 1, 0, 1}, {0, 1, 1, 1}};
    const FramingGroups groups{.family = {0}, .poles = 2};
    const FramingScore score = score_labels(columns(labels), groups).at(0);
    REQUIRE(score.design_effect.value() == 1);  // the documents are alike: rho below 0 is 0
    CHECK(score.effective_first.value() == Approx(4.0 / 6 * 36 / 12));
    CHECK(score.effective_second.value() == Approx(2.0 / 6 * 36 / 12));

    std::vector<Label> larger = labels;
    for (Label& label : larger) {
        label.weight *= 5;
    }
    const FramingScore scaled = score_labels(columns(larger), groups).at(0);
    CHECK(scaled.score.value() == Approx(score.score.value()));
    CHECK(scaled.effective_first.value() == Approx(score.effective_first.value()));
}

TEST_CASE("order of labels, documents and groups changes no bit") {
    std::mt19937 random(3);
    for (int round = 0; round < 20; ++round) {
        std::vector<Label> labels = random_labels(random, 300);
        const FramingGroups groups{.family = {0, 0, 0, 0}, .poles = 2};
        const std::vector<FramingScore> before = score_labels(columns(labels), groups);
        std::shuffle(labels.begin(), labels.end(), random);
        for (Label& label : labels) {
            label.cluster = 1000 - 7 * label.cluster;
            label.group = 3 - label.group;
        }
        const std::vector<FramingScore> after = score_labels(columns(labels), groups);
        for (std::size_t g = 0; g < before.size(); ++g) {
            CHECK(same_bits(before[g], after[3 - g]));
        }
    }
}

TEST_CASE("swapping the poles mirrors the scores") {
    std::mt19937 random(4);
    std::vector<Label> labels = random_labels(random, 200);
    const FramingGroups groups{.family = {0, 0, 0, 1}, .poles = 2};
    const std::vector<FramingScore> before = score_labels(columns(labels), groups);
    for (Label& label : labels) {
        label.pole = label.pole == 2 ? 2 : 1 - label.pole;
    }
    const std::vector<FramingScore> after = score_labels(columns(labels), groups);
    for (std::size_t g = 0; g < before.size(); ++g) {
        CHECK(after[g].score.value() == Approx(-before[g].score.value()));
        CHECK(after[g].log_odds.value() == Approx(-before[g].log_odds.value()));
        CHECK(after[g].design_effect.value() == Approx(before[g].design_effect.value()));
        CHECK(after[g].effective_first.value() == Approx(before[g].effective_second.value()));
    }
}

TEST_CASE("intraclass correlation") {
    SECTION("documents of one pole each correlate wholly") {
        CHECK(intraclass_correlation({{0, 3, 3}, {0, 3, 0}}).value() == 1);
    }
    SECTION("documents more alike than chance allows: 0") {
        CHECK(intraclass_correlation({{0, 2, 1}, {0, 2, 1}}).value() == 0);
    }
    SECTION("one correlation for all groups, whatever their own share") {
        const auto one = intraclass_correlation({{0, 4, 3}, {0, 4, 1}});
        const auto two = intraclass_correlation({{0, 4, 3}, {0, 4, 1}, {1, 4, 3}, {1, 4, 1}});
        CHECK(two.value() == Approx(one.value()));
    }
    SECTION("missing") {
        CHECK_FALSE(intraclass_correlation({}).has_value());
        CHECK_FALSE(intraclass_correlation({{0, 5, 2}, {1, 4, 2}}).has_value());
        CHECK_FALSE(intraclass_correlation({{0, 1, 1}, {0, 1, 0}}).has_value());
        CHECK_FALSE(intraclass_correlation({{0, 4, 4}, {0, 4, 4}, {1, 3, 0}}).has_value());
    }
}

TEST_CASE("bad columns are refused") {
    const FramingGroups groups{.family = {0}, .poles = 2};
    CHECK_THROWS_AS(score_labels(columns({{1, 0, 0, 1}}), groups), ValueError);
    CHECK_THROWS_AS(score_labels(columns({{-1, 0, 0, 1}}), groups), ValueError);
    CHECK_THROWS_AS(score_labels(columns({{0, 0, 3, 1}}), groups), ValueError);
    CHECK_THROWS_AS(score_labels(columns({{0, 0, -1, 1}}), groups), ValueError);
    CHECK_THROWS_AS(score_labels(columns({{0, 0, 0, -1}}), groups), ValueError);
    CHECK_THROWS_AS(score_labels({}, {.family = {0}, .poles = 0}), ValueError);
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH(score_labels(columns({{0, 0, 0, 1}, {0, 0, 0, nan}}), groups),
                      "label 1: a weight is finite and 0 or more, not nan");
    CountedLabels ragged = columns({{0, 0, 0, 1}});
    ragged.weight.clear();
    CHECK_THROWS_AS(score_labels(ragged, groups), ValueError);
}
