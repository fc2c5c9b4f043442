#include "catch.hpp"
#include "english.hpp"
#include "framelens/annotations.hpp"
#include "framelens/error.hpp"

#include <string>
#include <vector>

using namespace framelens;
using framelens::testing::annotate_all;
using framelens::testing::english;
using framelens::testing::large;
using framelens::testing::repeat;

namespace {

const std::string article =
    "Council Closes Harbour\n\nBy Maria Lund\n\nOn Monday President Maria Ruiz left the quay, and "
    "it rained all day.\n\n“We are ready,” Ruiz said. The “people’s” port was empty.\n";

/// All that was read of a corpus, as text.
std::string printed(const Annotations& read) {
    std::string out;
    const auto add = [&](Span span) {
        out += std::to_string(span.start) + ':' + std::to_string(span.end) + ' ';
    };
    for (const auto& document : read.documents) {
        for (const Zone& zone : document->segmented.zones) add(zone.span);
        for (const Token& token : document->segmented.tokens) add(token.span);
        for (const Quotation& quote : document->quotes) {
            add(quote.span);
            out += quote.speaker ? quote.speaker->name : "?";
        }
        for (const Reference& reference : document->references->items()) {
            out += reference.entity ? std::to_string(*reference.entity) : "?";
        }
    }
    for (const CorpusEntity& entity : read.names.entities) out += entity.name + '\n';
    return out;
}

std::vector<std::string> many() {
    std::vector<std::string> texts;
    for (int i = 0; i < 60; ++i) {
        texts.push_back(article + "On Monday " + std::string(1, static_cast<char>('A' + i % 26)) +
                        "lbin Ruiz sang. “No,” Ruiz said.");
    }
    return texts;
}

}  // namespace

TEST_CASE("a document keeps its text, and its parts view it") {
    const auto read = annotate_all({article});
    REQUIRE(read->documents.size() == 1);
    const AnnotatedDocument& document = *read->documents[0];
    CHECK(document.text == article);
    CHECK(document.segmented.text.data() == document.text.data());
    CHECK(document.segmented.zones.size() == 2);
    CHECK(document.quotes.size() == 2);
}

TEST_CASE("no documents, empty documents and blank ones are read") {
    CHECK(annotate_all({})->documents.empty());
    const auto read = annotate_all({"", " \n\n ", "\xEF\xBB\xBF", std::string(1, '\0')});
    for (const auto& document : read->documents) {
        CHECK(document->quotes.empty());
        CHECK(document->names.mentions.empty());
    }
    CHECK(read->names.entities.empty());
}

TEST_CASE("a source for each text") {
    CHECK_THROWS_AS(annotate({"a", "b"}, {{"A"}}, english(), Run{}), ValueError);
}

TEST_CASE("the same at any number of threads") {
    const std::vector<std::string> sources(60, "A");
    const std::string expected = printed(*annotate(many(), {sources}, english(), Run{}));
    CHECK(expected.size() > 1000);
    for (const int threads : {2, 3, 8}) {
        CHECK(printed(*annotate(many(), {sources}, english(), Run{threads, {}})) == expected);
    }
}

TEST_CASE("lines that one source repeats are boilerplate there only") {
    const std::string line = "The Harbour Post is printed on paper from the north.";
    const std::string text = article + "\n" + line + "\n\nIt was the last day of the strike.\n";
    const auto read = annotate({text, text + "One.", text + "Two.", text}, {{"A", "A", "A", "B"}},
                               english(), Run{});
    const auto boilerplate = [&](std::size_t i) {
        int count = 0;
        for (const Zone& zone : read->documents[i]->segmented.zones) {
            count += zone.kind == ZoneKind::boilerplate ? 1 : 0;
        }
        return count;
    };
    // Reprints say nothing of their lines: more than half of these texts is repeated.
    CHECK(boilerplate(0) == 0);
    CHECK(boilerplate(3) == 0);
    std::vector<std::string> texts;
    std::vector<std::string> sources;
    for (int i = 0; i < 4; ++i) {
        const std::string n = std::to_string(i);
        std::string article = "On day " + n;
        article += " the council met for hour " + n;
        article += " and went home without a vote " + n + ".\n\n" + line;
        article += "\n\nIt was day " + n + " of the strike at the harbour, and it rained.\n";
        texts.push_back(article);
        sources.push_back(i < 3 ? "A" : "B");
    }
    const auto apart = annotate(texts, {sources}, english(), Run{});
    CHECK(apart->documents[0]->segmented.zones.size() == 1);
    CHECK(apart->documents[0]->segmented.zones[0].kind == ZoneKind::boilerplate);
    CHECK(apart->documents[3]->segmented.zones.empty());
}

TEST_CASE("a run is stopped by its callback") {
    Run run;
    run.report = [](std::int64_t, std::int64_t) { return false; };
    std::vector<std::string> texts(200, repeat(article, 300));
    const std::vector<std::string> sources(texts.size(), "A");
    CHECK_THROWS_AS(annotate(texts, {sources}, english(), run), Interrupted);
}

TEST_CASE("ten megabytes, a million marks, NUL and a token of a million characters") {
    const std::string text =
        GENERATE(as<std::string>{}, repeat("the quay was wet and ", large(500'000)),
                 std::string(large(1'000'000), '"'), repeat("“", large(1'000'000)),
                 repeat("‘ ", large(1'000'000)), repeat("”\n", large(500'000)),
                 std::string(large(1'000'000), '\0'), std::string(large(1'000'000), 'x'),
                 repeat("🙂\u0301", large(300'000)), repeat("Xx", large(500'000)),
                 repeat("\n", large(1'000'000)), repeat("\u202E\u2066", large(300'000)));
    const auto read = annotate_all({text, article});
    CHECK(read->documents[1]->quotes.size() == 2);
}
