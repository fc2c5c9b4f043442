#include "catch.hpp"
#include "english.hpp"
#include "framelens/grammar.hpp"

#include <string>
#include <string_view>

using namespace framelens;
using framelens::testing::awkward_pieces;
using framelens::testing::english;

namespace {

/// The group of the only "called": its first word, and p(assive), n(egated), h(ypothetical).
std::string group_of_called(const std::string& text) {
    const SegmentedText read = read_text(text, *english());
    for (std::size_t t = 0; t < read.tokens.size(); ++t) {
        if (read.at(read.tokens[t].span) != "called") continue;
        const VerbGroup group = verb_group(read, static_cast<std::int32_t>(t));
        std::string out(read.at(read.tokens[static_cast<std::size_t>(group.first)].span));
        if (group.passive) out += " p";
        if (group.negated) out += " n";
        if (group.hypothetical) out += " h";
        return out;
    }
    return "none";
}

}  // namespace

TEST_CASE("a passive has its be, whatever adverbs stand between") {
    CHECK(group_of_called("Ada Moore was called a tyrant.") == "was p");
    CHECK(group_of_called("Ada Moore was openly called a tyrant.") == "was p");
    CHECK(group_of_called("Ada Moore has long been called a tyrant.") == "has p");
    CHECK(group_of_called("Ada Moore was often and openly called a tyrant.") == "was p");
    CHECK(group_of_called("Ada Moore is being called a tyrant.") == "is p");
}

TEST_CASE("a perfect or a past is no passive") {
    CHECK(group_of_called("Ada Moore has called the tyrant.") == "has");
    CHECK(group_of_called("Ada Moore had openly called the tyrant.") == "had");
    CHECK(group_of_called("Ada Moore called the tyrant.") == "called");
    CHECK(group_of_called("Ada Moore was there. She called the tyrant.") == "called");
}

TEST_CASE("what is denied or supposed") {
    CHECK(group_of_called("Ada Moore wasn't called a tyrant.") == "wasn't p n");
    CHECK(group_of_called("Ada Moore was never openly called a tyrant.") == "was p n");
    CHECK(group_of_called("Ada Moore might be called a tyrant.") == "might p h");
    CHECK(group_of_called("Ada Moore would not have called it so.") == "would n h");
}

TEST_CASE("an infinitive is denied by the verb before it") {
    const SegmentedText read = read_text("Olaf Lund refused to call Ada Moore.", *english());
    const auto verb = std::int32_t{4};
    REQUIRE(read.at(read.tokens[verb].span) == "call");
    CHECK(verb_group(read, verb).negated);
}

TEST_CASE("groups of any text lie in their sentence") {
    std::string text;
    for (const std::string& piece : awkward_pieces()) text += piece + " was never called it ";
    const SegmentedText read = read_text(text, *english());
    for (std::size_t t = 0; t < read.tokens.size(); ++t) {
        const auto token = static_cast<std::int32_t>(t);
        const VerbGroup group = verb_group(read, token);
        REQUIRE(group.first <= token);
        REQUIRE(read.tokens[static_cast<std::size_t>(group.first)].sentence ==
                read.tokens[t].sentence);
    }
}
