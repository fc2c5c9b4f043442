#include "catch.hpp"
#include "english.hpp"
#include "framelens/error.hpp"
#include "framelens/names.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using namespace framelens;
using framelens::testing::annotate_all;
using framelens::testing::english;
using framelens::testing::repeat;

namespace {

using Strings = std::vector<std::string>;

/// Names as printed, titles off, with the bearer each goes to.
Strings names(const std::string& text) {
    const SegmentedText read = read_text(text, *english());
    const DocumentNames found = find_names(read);
    Strings out;
    for (const NameMention& mention : found.mentions) {
        const auto first = read.tokens[static_cast<std::size_t>(mention.tokens.first)].span.start;
        const auto end = read.tokens[static_cast<std::size_t>(mention.tokens.end - 1)].span.end;
        out.push_back(std::string(read.at({first, end})) + " = " +
                      found.entities[static_cast<std::size_t>(mention.entity)].name);
    }
    return out;
}

const CorpusEntity* bearer(const CorpusNames& names, const std::string& name) {
    const auto found =
        std::find_if(names.entities.begin(), names.entities.end(),
                     [&](const CorpusEntity& entity) { return entity.name == name; });
    return found == names.entities.end() ? nullptr : &*found;
}

Strings bearers(const std::vector<std::string>& texts) {
    const auto read = annotate_all(texts);
    Strings out;
    for (const CorpusEntity& entity : read->names.entities) {
        if (entity.kind == EntityKind::person) out.push_back(entity.name);
    }
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace

TEST_CASE("a surname goes to the bearer it last named, titles come off") {
    CHECK(names("President Maria Ruiz met Olaf Lund. Ruiz thanked Mr. Lund.") ==
          Strings{"Maria Ruiz = Maria Ruiz", "Olaf Lund = Olaf Lund", "Ruiz = Maria Ruiz",
                  "Lund = Olaf Lund"});
}

TEST_CASE("the first word of a sentence and months are no names") {
    CHECK(names("Yesterday it rained. The quay was wet in March.").empty());
    CHECK(names("").empty());
}

TEST_CASE("nations and their adjectives are found apart from names") {
    const std::string text = "The Peruvian envoy flew from North Korea to the U.S. and back.";
    const SegmentedText read = read_text(text, *english());
    const DocumentNames found = find_names(read);
    REQUIRE(found.nations.size() == 3);
    CHECK(found.nations[0].adjective);
    CHECK_FALSE(found.nations[1].adjective);
    CHECK(found.nations[1].tokens.size() == 2);
    CHECK(nation_at(found, found.nations[1].tokens.first + 1) == &found.nations[1]);
    CHECK(nation_at(found, 0) == nullptr);
    CHECK(name_at(found, 0) == nullptr);
}

TEST_CASE("an office with its prefixes and past ones are terms of their own") {
    const auto term = [](const std::string& text) {
        const SegmentedText read = read_text(text, *english());
        return role_term(read, 0, static_cast<std::int32_t>(read.tokens.size()) - 1);
    };
    CHECK(term("presidents") == "president");
    CHECK(term("vice president") == "vice president");
    CHECK(term("former vice president") == "former vice president");
    CHECK(term("Socialist president") == "president");
}

TEST_CASE("short forms keep the order and an end of the full name") {
    const Strings full = {"maria", "elena", "ruiz"};
    CHECK(is_short_form({"ruiz"}, full));
    CHECK(is_short_form({"maria", "ruiz"}, full));
    CHECK(is_short_form({"m.", "ruiz"}, full));
    CHECK_FALSE(is_short_form({"ruiz", "maria"}, full));
    CHECK_FALSE(is_short_form({"elena"}, full));
    CHECK_FALSE(is_short_form({"lund"}, full));
}

TEST_CASE("over a corpus the fullest form names the bearer, accents aside") {
    const auto read = annotate_all({"President María Elena Ruiz spoke.",
                                    "Peruvian President Maria Ruiz left. Ruiz returned."});
    const CorpusEntity* ruiz = bearer(read->names, "María Elena Ruiz");
    REQUIRE(ruiz != nullptr);
    CHECK(ruiz->kind == EntityKind::person);
    CHECK(ruiz->count == 3);
    CHECK(ruiz->has_role("president"));
    REQUIRE(ruiz->nation);
    CHECK(english()->nations[static_cast<std::size_t>(*ruiz->nation)] == "Peru");
    CHECK(ruiz->is_of(*ruiz->nation));
    CHECK_FALSE(ruiz->is_of(*ruiz->nation + 1));
}

TEST_CASE("a surname with two bearers is joined to neither across documents") {
    CHECK(bearers({"On the quay Maria Ruiz spoke. Then Ruiz left.",
                   "On the quay Pedro Ruiz sang. Then Ruiz left."}) ==
          Strings{"Maria Ruiz", "Pedro Ruiz"});
}

TEST_CASE("joined names do not depend on the order of documents") {
    std::vector<std::string> texts = {"President Maria Ruiz spoke. Ruiz left.", "Pedro Ruiz sang.",
                                      "M. Ruiz slept.", "Carsavian leader Olaf Lund met Ms. Ruiz.",
                                      "The Lund government fell. Olaf J. Lund fled."};
    const Strings expected = bearers(texts);
    CHECK_FALSE(expected.empty());
    for (unsigned seed = 0; seed < 20; ++seed) {
        std::mt19937 random(seed);
        std::shuffle(texts.begin(), texts.end(), random);
        CHECK(bearers(texts) == expected);
    }
}

TEST_CASE("names of random texts lie in their sentences, ordered, apart, with a bearer") {
    const auto& pieces = framelens::testing::awkward_pieces();
    for (unsigned seed = 0; seed < 150; ++seed) {
        std::mt19937 random(seed);
        std::string text;
        for (int i = 0; i < 60; ++i) text += pieces[random() % pieces.size()];
        const SegmentedText read = read_text(text, *english());
        const DocumentNames found = find_names(read);
        std::int32_t end = 0;
        for (const NameMention& mention : found.mentions) {
            CHECK(mention.tokens.first >= end);
            CHECK(mention.tokens.size() > 0);
            CHECK(mention.title <= mention.tokens.first);
            CHECK(mention.tokens.end <= static_cast<std::int32_t>(read.tokens.size()));
            CHECK(read.tokens[static_cast<std::size_t>(mention.tokens.first)].sentence ==
                  read.tokens[static_cast<std::size_t>(mention.tokens.end - 1)].sentence);
            CHECK(mention.entity >= 0);
            CHECK(mention.entity < static_cast<std::int32_t>(found.entities.size()));
            end = mention.tokens.end;
        }
    }
}

TEST_CASE("a long list of names takes linear time") {
    std::string many;
    for (int i = 0; i < 20'000; ++i) {
        many += "Maria Ruiz" + std::string(1, static_cast<char>('a' + i % 26)) + " sang. ";
    }
    const std::string text =
        GENERATE_COPY(many, repeat("Ruiz ", 300'000), repeat("President ", 200'000),
                      repeat("Peruvian ", 200'000), repeat("North ", 200'000));
    const SegmentedText read = read_text(text, *english());
    CHECK_NOTHROW(find_names(read));
}
