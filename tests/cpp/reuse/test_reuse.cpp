#include "framelens/annotations.hpp"
#include "framelens/json_io.hpp"
#include "framelens/reuse.hpp"

#include "catch.hpp"
#include "english.hpp"

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

using namespace framelens;
using framelens::testing::large;

namespace {

/// Texts whose only quotation is the whole text.
struct Quoted {
    explicit Quoted(const std::vector<std::string>& lines) : texts(lines) {
        for (const std::string& text : texts) {
            read.push_back(read_text(text, language));
            Quotation quotation;
            quotation.span = {0, static_cast<std::int64_t>(text.size())};
            quotation.kind = QuoteKind::direct;
            quotation.speaker = Speaker{{}, {}, "Ada Moore"};
            quotations.push_back(quotation);
        }
        for (std::size_t i = 0; i < texts.size(); ++i) {
            documents.push_back({&read[i], {&quotations[i]}, 0, {}, {}});
        }
    }
    std::string at(std::size_t doc, Span span) const { return std::string(read[doc].at(span)); }
    Language language;
    std::vector<std::string> texts;
    std::vector<SegmentedText> read;
    std::vector<Quotation> quotations;
    std::vector<QuotedText> documents;
};

/// The edits of the second text against the first: kind, words in the base, words in the variant.
std::vector<std::string> edits_of(const std::string& base, const std::string& variant) {
    const Quoted quoted({base, base, variant});
    const auto variants = find_variants(quoted.documents, {});
    std::vector<std::string> found;
    for (const Variant& printed : variants) {
        if (printed.doc != 2) continue;
        for (const Edit& edit : printed.edits) {
            found.push_back(std::string(name_of(edit.kind)) + " [" + quoted.at(0, edit.base) +
                            "] [" + quoted.at(2, edit.span) + "]");
        }
    }
    return found;
}

using Strings = std::vector<std::string>;

std::vector<SharedText> shared_of(const Strings& texts) {
    const std::vector<TextView> views(texts.begin(), texts.end());
    return find_shared(views, {0.5, 5}, {});
}

const std::string base = "We need to start serious talks about drug traffic with data in hand.";

}  // namespace

TEST_CASE("edits are typed, with the words on both sides") {
    CHECK(edits_of(base, base).empty());
    CHECK(edits_of(base, "We need to start talks about drug traffic with data in hand.") ==
          Strings{"cut [serious] []"});
    CHECK(edits_of(base,
                   "We need to start very serious talks about drug traffic with data in hand.") ==
          Strings{"insertion [] [very]"});
    CHECK(edits_of(base, "We must start serious talks about drug traffic with data in hand.") ==
          Strings{"substitution [need to] [must]"});
    CHECK(edits_of(base, "We need to start serious talks ... with data in hand.") ==
          Strings{"ellipsis [about drug traffic] []"});
    CHECK(edits_of(base,
                   "We need to start serious talks [now] about drug traffic with data in hand.") ==
          Strings{"bracket [] [now]"});
    CHECK(edits_of(base, "We need to start serious talks, about drug traffic with data in hand.") ==
          Strings{"punctuation [] []"});
    CHECK(edits_of(base, "With data in hand we need to start serious talks about drug traffic.") ==
          Strings{"reordering [with data in hand] [With data in hand]"});
}

TEST_CASE("fragments join the utterance that contains them, other words do not") {
    const Quoted quoted({base, "serious talks", "talks", "We will never yield to anyone at sea."});
    const auto variants = find_variants(quoted.documents, {});
    REQUIRE(variants.size() == 2);
    CHECK(variants[0].doc == 0);
    CHECK(variants[1].doc == 1);
}

TEST_CASE("documents of different events are not compared") {
    Quoted quoted({base, base});
    quoted.documents[1].event = 1;
    CHECK(find_variants(quoted.documents, {}).empty());
}

TEST_CASE("of wordings that tie, words, source and id decide which is the base") {
    struct Printed {
        std::string text, source, id;
    };
    const std::string plain = "We need to start serious talks about drug traffic.";
    const std::string spelt = "We need to start serious talks, about drug traffic.";
    const auto base_in = [](std::vector<Printed> printed) {
        std::set<std::string> found;
        std::mt19937 random(3);
        for (int i = 0; i < 12; ++i) {
            std::shuffle(printed.begin(), printed.end(), random);
            Strings texts;
            for (const Printed& each : printed) texts.push_back(each.text);
            Quoted quoted(texts);
            for (std::size_t k = 0; k < printed.size(); ++k) {
                quoted.documents[k].source = printed[k].source;
                quoted.documents[k].id = printed[k].id;
            }
            const auto variants = find_variants(quoted.documents, {});
            REQUIRE(variants.size() == printed.size());
            for (std::size_t k = 0; k < variants.size(); ++k) {
                CHECK(variants[k].doc == static_cast<std::int32_t>(k));
            }
            found.insert(printed[static_cast<std::size_t>(variants[0].base)].id);
        }
        return found;
    };
    CHECK(base_in({{spelt, "A", "1"}, {plain, "B", "2"}}) == std::set<std::string>{"2"});
    CHECK(base_in({{plain, "B", "1"}, {plain, "A", "2"}}) == std::set<std::string>{"2"});
    CHECK(base_in({{plain, "A", "2"}, {plain, "A", "1"}, {plain, "A", "3"}}) ==
          std::set<std::string>{"1"});
    CHECK(base_in({{spelt, "A", "1"}, {plain, "B", "3"}, {spelt, "B", "2"}, {plain, "A", "4"}}) ==
          std::set<std::string>{"4"});
}

TEST_CASE("an utterance of very many wordings takes time linear in them") {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < large(60'000); ++i) {
        texts.push_back("We need to start serious talks about x" + std::to_string(i) +
                        " with the data in hand before the winter session ends.");
    }
    const Quoted quoted(texts);
    const auto variants = find_variants(quoted.documents, {});
    REQUIRE(variants.size() == texts.size());
    for (const Variant& variant : variants) CHECK(variant.utterance == variants[0].utterance);
}

TEST_CASE("variants do not depend on threads") {
    std::vector<std::string> texts;
    std::mt19937 random(8);
    const Strings words = {"sea", "wind", "harbour", "ship", "crew", "night", "storm", "talks"};
    for (int i = 0; i < 60; ++i) {
        std::string text;
        for (int k = 0; k < 9; ++k) text += words[random() % words.size()] + " ";
        texts.push_back(text + "ends.");
    }
    const Quoted quoted(texts);
    const auto one = find_variants(quoted.documents, {1, {}});
    const auto two = find_variants(quoted.documents, {2, {}});
    REQUIRE(one.size() == two.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
        CHECK(one[i].utterance == two[i].utterance);
        CHECK(one[i].span == two[i].span);
        CHECK(one[i].similarity == two[i].similarity);
    }
}

TEST_CASE("shared runs are found word by word, whatever the case and punctuation") {
    const std::string copy =
        "the ferry left the old harbour at dawn with forty people on board and came back empty "
        "before the bells rang";
    const std::string other =
        "THE FERRY left the old harbour, at dawn, with forty people on board and came back empty "
        "before the bells rang";
    const auto found = shared_of({"Before it all, " + copy + " and then nothing.",
                                  other + " some said.", "Nothing here is like the others."});
    REQUIRE(found.size() == 1);
    CHECK(found[0].a == 0);
    CHECK(found[0].b == 1);
    CHECK(found[0].shared_a == 21);
    CHECK(found[0].shared_b == 21);
    REQUIRE(found[0].spans.size() == 1);
    CHECK(found[0].spans[0].a.start == 15);
    CHECK(found[0].spans[0].b.start == 0);
}

TEST_CASE("what very many texts share ties them all, also those in which it is a small part") {
    const auto words = [](const std::string& stem, int count) {
        std::string text;
        for (int i = 0; i < count; ++i) text += stem + std::to_string(i) + " ";
        return text;
    };
    const std::string copy = words("copy", 200);
    Strings texts;
    for (int i = 0; i < 120; ++i) {
        const bool brief = i == 70;
        texts.push_back(words("own" + std::to_string(i) + "x", brief ? 20 : 600) + copy);
    }
    const auto found = shared_of(texts);
    std::set<std::int32_t> tied;
    for (const SharedText& pair : found) {
        CHECK((pair.a == 70 || pair.b == 70));
        tied.insert(pair.a);
        tied.insert(pair.b);
    }
    CHECK(tied.size() == texts.size());
}

TEST_CASE("two texts are a pair though most that they share is common to very many") {
    const auto words = [](const std::string& stem, int count) {
        std::string text;
        for (int i = 0; i < count; ++i) text += stem + std::to_string(i) + " ";
        return text;
    };
    Strings texts;
    for (int i = 0; i < 100; ++i) {
        const std::string own = words("own" + std::to_string(i) + "x", 500);
        const bool pair = i == 20 || i == 80;
        texts.push_back(words("common", 420) + (pair ? words("rare", 180) : "") + own);
    }
    const auto found = shared_of(texts);
    REQUIRE(found.size() == 1);
    CHECK(found[0].a == 20);
    CHECK(found[0].b == 80);
}

TEST_CASE("empty and short texts share nothing") {
    CHECK(shared_of({}).empty());
    CHECK(shared_of({"", "", "one", "one"}).empty());
}
