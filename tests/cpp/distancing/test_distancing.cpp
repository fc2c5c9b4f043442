#include "catch.hpp"
#include "english.hpp"
#include "framelens/distancing.hpp"

#include <random>
#include <string>
#include <vector>

using namespace framelens;
using framelens::testing::annotate_all;
using framelens::testing::awkward_pieces;

namespace {

using Strings = std::vector<std::string>;

/// "kind speaker (term): text" of each device.
Strings devices(const std::string& text) {
    const auto read = annotate_all({text});
    const AnnotatedDocument& document = *read->documents[0];
    Strings out;
    for (const Distancing& device : find_distancing(document.segmented, document.quotes)) {
        out.push_back(std::string(name_of(device.kind)) + ' ' +
                      (device.speaker ? device.speaker->name : "?") + " (" + device.term +
                      "): " + std::string(document.segmented.at(device.span)));
    }
    return out;
}

}  // namespace

TEST_CASE("hedges, scare quotes and doubting verbs are found in the outlet's voice") {
    CHECK(devices("The alleged plot failed on Monday.") == Strings{"hedge ? (alleged): alleged"});
    CHECK(devices("The “miracle” was dear.") == Strings{"scare ? (): miracle"});
    CHECK(devices("Maria Ruiz claimed that it rained.") ==
          Strings{"doubting Maria Ruiz (claim): claimed"});
    CHECK(devices("“The alleged plot, the so-called ‘front’, failed,” said Maria Ruiz.").empty());
}

TEST_CASE("a hedge in indirect speech is about whoever speaks") {
    CHECK(devices("Maria Ruiz said that the so-called front had won.") ==
          Strings{"hedge Maria Ruiz (so-called): so-called"});
}

TEST_CASE("a verb is no hedge, and counts once for all its quotations") {
    CHECK(devices("Maria Ruiz alleged that it rained.") ==
          Strings{"doubting Maria Ruiz (allege): alleged"});
    CHECK(devices("“We have won,” Maria Ruiz claimed, “and they have lost it all for good.”") ==
          Strings{"doubting Maria Ruiz (claim): claimed"});
}

TEST_CASE("a participle hedges before a noun, of, or in the passive before to") {
    for (const std::string& text :
         Strings{"The reported attack failed.", "Police held three suspected gunmen.",
                 "The gunman was believed to be ill.", "The mayor was accused of theft.",
                 "Maria Ruiz's supposed friends left.", "The gunmen, allegedly ill, left."}) {
        CHECK(devices(text).size() == 1);
    }
    for (const std::string& text :
         Strings{"The paper reported this on Monday.", "It had been reported over the week.",
                 "He was supposed to be on the quay.", "The bills reported out of the room.",
                 "The death was reported on Monday."}) {
        CHECK(devices(text).empty());
    }
}

TEST_CASE("words are counted in zones") {
    const auto read =
        annotate_all({"Rain in Lima\n\nBy Ana Soto\n\nIt rained all day, for 3 days."});
    const SegmentedText& text = read->documents[0]->segmented;
    const ZoneKind body[] = {ZoneKind::body};
    const ZoneKind byline[] = {ZoneKind::byline};
    CHECK(count_words(text, body) == 7);
    CHECK(count_words(text, byline) == 3);
    CHECK(count_words(text, {}) == 0);
}

TEST_CASE("on any text devices are in order, in their sentence and outside quotations") {
    std::mt19937 random(11);
    std::vector<std::string> pieces = awkward_pieces();
    pieces.insert(pieces.end(), {"alleged", "claimed that", "so-called"});
    for (int round = 0; round < 300; ++round) {
        std::string text;
        for (int i = 0; i < 60; ++i) {
            text += pieces[random() % pieces.size()];
            if (random() % 2 == 0) text += ' ';
        }
        const auto read = annotate_all({text});
        const AnnotatedDocument& document = *read->documents[0];
        std::int64_t last = 0;
        for (const Distancing& device : find_distancing(document.segmented, document.quotes)) {
            CHECK(device.span.start >= last);
            CHECK(device.sentence.start <= device.span.start);
            CHECK(quotation_at(document.quotes, device.span) == nullptr);
            last = device.span.start;
        }
    }
}
