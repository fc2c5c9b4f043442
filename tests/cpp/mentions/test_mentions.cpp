#include "catch.hpp"
#include "english.hpp"
#include "framelens/error.hpp"
#include "framelens/mentions.hpp"

#include <random>
#include <string>
#include <unordered_set>
#include <vector>

using namespace framelens;
using framelens::testing::annotate_all;
using framelens::testing::english;
using framelens::testing::label_rules;
using framelens::testing::large;
using framelens::testing::repeat;

namespace {

using Strings = std::vector<std::string>;

const std::unordered_set<std::string> ruling = {"president", "dictator", "leader", "strongman"};
const std::vector<Target> ruiz = {{"Maria Ruiz", {}, {}}};

Annotated view(const AnnotatedDocument& document) {
    return {document.segmented, document.names, *document.references, document.quotes};
}

/// "term rule object voice distance" of each label.
Strings labels(const std::string& text, const std::vector<Target>& targets = ruiz) {
    const auto read = annotate_all({text});
    const TargetTable table = match_targets(targets, read->names, *english());
    Strings out;
    for (const Naming& naming :
         find_namings(view(*read->documents[0]), table, label_rules(), ruling)) {
        std::string row = naming.term + ' ' + std::string(name_of(naming.rule)) + ' ' +
                          std::string(name_of(naming.object));
        if (naming.quoted != nullptr) row += " quoted";
        if (naming.reported != nullptr || naming.namer) row += " reported";
        if (naming.distance) row += ' ' + std::string(name_of(*naming.distance));
        out.push_back(row);
    }
    return out;
}

}  // namespace

TEST_CASE("a label is found by each rule") {
    CHECK(labels("On Monday President Maria Ruiz left the quay.") ==
          Strings{"president title person"});
    CHECK(labels("On Monday Maria Ruiz, the Peruvian dictator, left the quay.") ==
          Strings{"dictator apposition person"});
    CHECK(labels("On Monday its leader, Maria Ruiz, left the quay.") ==
          Strings{"leader apposition person"});
    CHECK(labels("Everybody knows that Maria Ruiz is a dictator.") ==
          Strings{"dictator copula person"});
    CHECK(labels("President Maria Ruiz left the quay. The president was tired.") ==
          Strings{"president title person", "president description person"});
    CHECK(labels("On Monday Maria Ruiz left the quay, and her regime fell.") ==
          Strings{"regime possessive institution"});
    CHECK(labels("On Monday Maria Ruiz left the quay. The Ruiz government fell.") ==
          Strings{"government compound institution"});
}

TEST_CASE("a label counts for the person it names, and for nobody else") {
    CHECK(labels("On Monday President Olaf Lund met Maria Ruiz on the quay.").empty());
    CHECK(labels("Maria Ruiz spoke on the quay of regime change in the world.").empty());
    CHECK(labels("On the quay Maria Ruiz met a leader of the dockers.").empty());
    CHECK(labels("It rained on the quay.").empty());
}

TEST_CASE("past offices are labels of their own") {
    CHECK(labels("On Monday former President Maria Ruiz left the quay.") ==
          Strings{"former president title person"});
    CHECK(labels("On Monday Vice President Maria Ruiz left the quay.") ==
          Strings{"vice president title person"});
}

TEST_CASE("labels know their voice and their distance") {
    const std::string lede = "On Monday Maria Ruiz left the quay. ";
    CHECK(labels(lede + "“Maria Ruiz is a dictator,” Olaf Lund said.") ==
          Strings{"dictator copula person quoted"});
    CHECK(labels(lede + "Olaf Lund said that Maria Ruiz is a dictator.") ==
          Strings{"dictator copula person reported"});
    CHECK(labels(lede + "The critics know that Maria Ruiz is not a dictator.") ==
          Strings{"dictator copula person negated"});
    CHECK(labels("On Monday self-proclaimed President Maria Ruiz left the quay.") ==
          Strings{"president title person so-called"});
}

TEST_CASE("every mention of a target is found, with its form") {
    const std::string text =
        "On Monday President Maria Ruiz left the quay. She slept. "
        "Then Ruiz returned. “I know her,” Olaf Lund said.";
    const auto read = annotate_all({text});
    const TargetTable table = match_targets(ruiz, read->names, *english());
    const Annotated document = view(*read->documents[0]);
    const auto found =
        find_mentions(document, table, find_namings(document, table, label_rules(), ruling));
    REQUIRE(found.size() == 4);
    CHECK(found[0].labelled);
    CHECK(found[0].form == ReferenceForm::name);
    CHECK(found[1].form == ReferenceForm::pronoun);
    CHECK_FALSE(found[2].labelled);
    CHECK(framelens::testing::slice(text, found[2].span) == "Ruiz");
    CHECK(found[2].quoted == nullptr);
    CHECK(found[3].quoted != nullptr);
}

TEST_CASE("a target without accents, by surname or by an alias is the same person") {
    const std::string text = "On Monday President Nícolas Ruíz left the quay.";
    for (const char* name : {"Nicolas Ruiz", "Ruiz", "NÍCOLAS RUÍZ"}) {
        CHECK(labels(text, {{name, {}, {}}}) == Strings{"president title person"});
    }
    CHECK(labels(text, {{"The Boss", {"Nicolas Ruiz"}, {}}}) == Strings{"president title person"});
    CHECK(labels(text, {{"Somebody Else", {}, {}}}).empty());
}

TEST_CASE("targets that are empty, shared or described by no nation are refused") {
    const std::string text = "On Monday President Maria Ruiz left the quay.";
    CHECK_THROWS_AS(labels(text, {{"", {}, {}}}), ValueError);
    CHECK_THROWS_AS(labels(text, {{"Maria Ruiz", {" "}, {}}}), ValueError);
    CHECK_THROWS_AS(labels(text, {{"Maria Ruiz", {}, {}}, {"Ruiz", {}, {}}}), ValueError);
    CHECK_THROWS_AS(labels(text, {{"Maria Ruiz", {}, {"quayish"}}}), ValueError);
    CHECK(labels(text, {}).empty());
}

/// "target words" of each name in the text.
Strings named(const std::string& text, const std::vector<Target>& targets) {
    const auto read = annotate_all({text});
    const TargetTable table = match_targets(targets, read->names, *english());
    const Annotated document = view(*read->documents[0]);
    Strings out;
    for (const auto& mention : find_mentions(document, table, {})) {
        if (mention.form != ReferenceForm::name) continue;
        out.push_back(targets[static_cast<std::size_t>(mention.target)].name + ": " +
                      std::string(framelens::testing::slice(text, mention.span)));
    }
    return out;
}

TEST_CASE("the longer of two names goes to its own bearer, the shorter to the other") {
    const std::vector<std::pair<std::string, std::string>> pairs = {
        {"Maria Ruiz", "Maria Ruiz Jr."},
        {"Maria Ruiz Sr.", "Maria Ruiz Jr."},
        {"Maria Ruiz", "Maria Ruiz Lund"},
        {"Maria Ruiz", "Maria B. Ruiz"}};
    for (const auto& [shorter, longer] : pairs) {
        const std::string text = "On the quay " + longer + " met " + shorter + ".";
        const Strings expected = {longer + ": " + longer, shorter + ": " + shorter};
        CHECK(named(text, {{shorter}, {longer}}) == expected);
        CHECK(named(text, {{longer}, {shorter}}) == expected);
    }
    CHECK(named("On the quay Maria Ruiz met Maria Ruiz Jr.", {{"Maria Ruiz Jr"}}) ==
          Strings{"Maria Ruiz Jr: Maria Ruiz Jr."});
}

TEST_CASE("a surname that two full names fit is nobody's") {
    CHECK(named("On the quay Mr. Ruiz spoke.", {{"Maria Ruiz"}, {"Elena Ruiz"}}).empty());
    CHECK(named("On the quay Mr. Ruiz spoke.", {{"Maria Ruiz"}}).size() == 1);
}

TEST_CASE("a nation's government counts for the one whom the target's description names") {
    const std::string text = "On Monday Maria Ruiz left the quay. The Peruvian regime fell.";
    CHECK(labels(text).empty());
    CHECK(labels(text, {{"Maria Ruiz", {}, {"Peruvian"}}}) ==
          Strings{"regime description institution"});
}

TEST_CASE("whom a title ties to a nation is its ruler only where the article names him") {
    const auto read =
        annotate_all({"On Monday Peruvian President Maria Ruiz left the quay.",
                      "On Monday the Peruvian government left the quay.",
                      "Maria Ruiz came late. The Peruvian government left the quay."});
    const auto count = [&](const std::vector<Target>& targets, std::size_t document) {
        const TargetTable table = match_targets(targets, read->names, *english());
        return find_namings(view(*read->documents[document]), table, label_rules(), ruling).size();
    };
    CHECK(count(ruiz, 1) == 0);
    CHECK(count(ruiz, 2) == 1);
    CHECK(count({{"Maria Ruiz", {}, {"Peruvian"}}}, 1) == 1);
}

TEST_CASE("a bare regime is the main person's unless another nation was named last") {
    const std::unordered_set<std::string> words = {"regime"};
    const auto regimes = [&](const std::string& text) {
        const auto read = annotate_all({"Peruvian President Maria Ruiz came. " + text});
        const TargetTable table = match_targets(ruiz, read->names, *english());
        Strings found;
        for (const Naming& naming :
             find_namings(view(*read->documents[0]), table, label_rules(), words)) {
            if (naming.term == "regime") found.push_back(naming.term);
        }
        return found.size();
    };
    CHECK(regimes("It rained. The regime fell.") == 1);
    CHECK(regimes("It rained in Norway. The regime fell.") == 0);
    CHECK(regimes("It rained in Norway, not in Peru. The regime fell.") == 0);
    CHECK(regimes("It rained in Norway. It was wet. Peru is dry. The regime fell.") == 1);
}

TEST_CASE(
    "a bare epithet is whose the article used one of, else the nearest person's or nobody's") {
    const std::string main = "On Monday Maria Ruiz spoke. Ruiz left the quay. Ruiz came back. ";
    CHECK(labels(main + "The strongman was tired.") == Strings{"strongman description person"});
    CHECK(labels(main + "She met the dictator Olaf Lund. The strongman was tired.").empty());
    CHECK(labels(main + "She met Olaf Lund. The strongman was tired.").empty());
    CHECK(labels(main + "It rained on Olaf Lund. It rained on. Then the strongman left.") ==
          Strings{"strongman description person"});
}

TEST_CASE("who leads a part of a nation is not its ruler") {
    const std::vector<Target> ruler = {{"Maria Ruiz", {}, {"Peruvian"}}};
    const std::string named = "On Monday Maria Ruiz left the quay. ";
    CHECK(labels(named + "The Peruvian leader was tired.", ruler).size() == 1);
    CHECK(labels(named + "The Peruvian opposition leader was tired.", ruler).empty());
    CHECK(labels(named + "The leader of Peru was tired.", ruler).size() == 1);
    CHECK(labels(named + "The leader of the Peru football team was tired.", ruler).empty());
}

TEST_CASE("boilerplate and repeated captions give no labels") {
    const std::string caption = "President Maria Ruiz on the quay. (Photo by Ana Lund / AP)\n";
    const std::string prose = "On Monday Maria Ruiz left the quay for the first time.\n\n";
    CHECK(labels(prose + caption + prose).size() == 1);
    CHECK(labels(prose + caption + prose + caption + prose).size() == 1);
    CHECK(labels(prose + "RELATED: President Maria Ruiz leaves\n" + prose).empty());
}

TEST_CASE("labels of random texts are words inside the text, ordered") {
    const auto& pieces = framelens::testing::awkward_pieces();
    for (unsigned seed = 0; seed < 150; ++seed) {
        std::mt19937 random(seed);
        std::string text = "On Monday President Maria Ruiz left the quay. ";
        for (int i = 0; i < 60; ++i) text += pieces[random() % pieces.size()];
        const auto read = annotate_all({text});
        const TargetTable table = match_targets(ruiz, read->names, *english());
        const auto document = view(*read->documents[0]);
        std::int64_t start = 0;
        const std::vector<Naming> namings = find_namings(document, table, label_rules(), ruling);
        for (const Naming& naming : namings) {
            CHECK(naming.noun.start >= start);
            CHECK(naming.noun.size() > 0);
            CHECK(naming.noun.end <= static_cast<std::int64_t>(text.size()));
            CHECK_FALSE(naming.term.empty());
            start = naming.noun.start;
        }
        start = 0;
        for (const TargetMention& mention : find_mentions(document, table, namings)) {
            CHECK(mention.span.start >= start);
            CHECK(mention.span.end <= static_cast<std::int64_t>(text.size()));
            start = mention.span.start;
        }
    }
}

TEST_CASE("tens of thousands of labels and mentions take linear time") {
    const std::string text =
        GENERATE(as<std::string>{},
                 repeat("President Maria Ruiz left. The president slept. ", large(20'000)),
                 repeat("Critics called Maria Ruiz a dictator, ", large(20'000)),
                 repeat("Maria Ruiz said, “The president left.” ", large(20'000)),
                 "Maria Ruiz left. " + repeat("her regime and ", large(50'000)),
                 "Peruvian President Maria Ruiz left. " +
                     repeat("the regime in Peru and the strongman ", large(20'000)),
                 repeat("President ", large(50'000)) + "Maria Ruiz left.");
    CHECK_NOTHROW(labels(text));
}
