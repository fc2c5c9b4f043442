#include "catch.hpp"
#include "english.hpp"
#include "framelens/annotations_labels.hpp"
#include "framelens/error.hpp"

#include <random>
#include <string>
#include <unordered_set>
#include <vector>

using namespace framelens;
using framelens::testing::annotate_all;
using framelens::testing::label_rules;

namespace {

using Terms = std::unordered_set<std::string>;

std::vector<Target> two_targets() {
    Target ruiz;
    ruiz.name = "Maria Ruiz";
    Target group;
    group.name = "migrants";
    group.nouns = {"migrants"};
    return {ruiz, group};
}

/// Articles put together from sentences of which some lean on the axis.
std::vector<std::string> articles(int count, unsigned seed) {
    const std::vector<std::string> sentences{
        "President Maria Ruiz spoke on Monday. ", "The dictator left the port. ",
        "The gunman was seen near the quay. ",    "Ruiz said the rebel would return. ",
        "The brutal regime fell silent. ",        "“The hero is here,” Ruiz said. ",
        "The migrants slept in the hall. ",       "Albin Moore, a lawyer, waited for the tyrant. "};
    std::mt19937 random(seed);
    std::vector<std::string> texts;
    for (int i = 0; i < count; ++i) {
        std::string text;
        for (int k = 0; k < 6; ++k) text += sentences[random() % sentences.size()];
        texts.push_back(text);
    }
    return texts;
}

std::string printed(const std::vector<DocumentLabels>& labels) {
    std::string out;
    for (const DocumentLabels& document : labels) {
        for (const Naming& naming : document.namings) {
            out += std::to_string(naming.target) + ' ' + naming.term + ' ' +
                   std::to_string(naming.noun.start) + '\n';
        }
        for (const TargetMention& mention : document.mentions) {
            out += std::to_string(mention.target) + ' ' + std::to_string(mention.span.start) + ' ' +
                   std::string(name_of(mention.form)) + '\n';
        }
        out += "--\n";
    }
    return out;
}

}  // namespace

TEST_CASE("labels kept from one axis to the next are those found anew") {
    const std::vector<Terms> axes{
        {"dictator", "tyrant", "regime"}, {"gunman", "rebel", "hero"}, {}, {"hero", "dictator"}};
    for (const unsigned seed : {1U, 2U, 3U}) {
        const auto read = annotate_all(articles(40, seed));
        TargetLabels kept(*read, two_targets(), label_rules());
        std::vector<std::string> all;
        for (const Terms& axis : axes) {
            all.push_back(printed(kept.find(axis)));
            TargetLabels anew(*read, two_targets(), label_rules());
            CHECK(all.back() == printed(anew.find(axis)));
        }
        CHECK(all[0] != all[1]);  // the axes do matter here
        CHECK(printed(kept.find(axes[0])) == all[0]);
    }
}

TEST_CASE("no documents and documents without a target have no labels") {
    const auto none = annotate_all({});
    TargetLabels nothing(*none, {}, label_rules());
    CHECK(nothing.find({}).empty());
    const auto read = annotate_all({"It rained.", ""});
    TargetLabels labels(*read, {two_targets()[0]}, label_rules());
    for (const DocumentLabels& document : labels.find({"hero"})) {
        CHECK(document.namings.empty());
        CHECK(document.mentions.empty());
    }
}

TEST_CASE("targets that no rule allows are refused at once") {
    const auto read = annotate_all({"Maria Ruiz spoke."});
    CHECK_THROWS_AS(TargetLabels(*read, {Target{}}, label_rules()), ValueError);
}
