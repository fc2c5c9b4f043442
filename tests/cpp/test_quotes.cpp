#include "catch.hpp"
#include "english.hpp"
#include "framelens/quotes.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using namespace framelens;
using framelens::testing::annotate_all;
using framelens::testing::repeat;

namespace {

using Strings = std::vector<std::string>;

/// "kind speaker (lemma): text" of each quotation.
Strings quotes(const std::string& text) {
    const auto read = annotate_all({text});
    Strings out;
    for (const Quotation& quote : read->documents[0]->quotes) {
        out.push_back(std::string(name_of(quote.kind)) + " " +
                      (quote.speaker ? quote.speaker->name : "?") + " (" +
                      (quote.cue ? quote.cue->lemma : "?") +
                      "): " + std::string(read->documents[0]->segmented.at(quote.span)));
    }
    return out;
}

const std::string lede = "Maria Ruiz came to the quay. ";

}  // namespace

TEST_CASE("speaker and cue stand before, behind or inverted") {
    CHECK(quotes("“We are ready,” Maria Ruiz said.") ==
          Strings{"direct Maria Ruiz (say): We are ready,"});
    CHECK(quotes("Maria Ruiz said, “We are ready.”") ==
          Strings{"direct Maria Ruiz (say): We are ready."});
    CHECK(quotes("“We are ready,” said Maria Ruiz.") ==
          Strings{"direct Maria Ruiz (say): We are ready,"});
    CHECK(quotes("“We are ready,” Maria Ruiz told the council.") ==
          Strings{"direct Maria Ruiz (tell): We are ready,"});
}

TEST_CASE("straight and nested marks quote as curly ones do") {
    CHECK(quotes("\"We are ready,\" Maria Ruiz said.") ==
          Strings{"direct Maria Ruiz (say): We are ready,"});
    CHECK(quotes("“He shouted, ‘Go home,’ and we went,” Maria Ruiz said.").size() == 2);
}

TEST_CASE("a fragment is partial, coined names are names, marks without a voice scare") {
    CHECK(quotes("Maria Ruiz, who came late, called it “a farce”.").back() ==
          "partial Maria Ruiz (call): a farce");
    CHECK(quotes("The barricade bore the slogan “Bread, Not Bullets”.") ==
          Strings{"name ? (?): Bread, Not Bullets"});
    CHECK(quotes("The so-called “people’s port” was empty.") ==
          Strings{"scare ? (?): people’s port"});
}

TEST_CASE("a pronoun speaks for the person it means") {
    CHECK(quotes(lede + "“We are ready,” she said.") ==
          Strings{"direct Maria Ruiz (say): We are ready,"});
}

TEST_CASE("indirect speech is reported without marks") {
    const auto found = quotes("Maria Ruiz said that the ships would leave at noon.");
    REQUIRE(found.size() == 1);
    CHECK(found[0].starts_with("indirect Maria Ruiz (say): "));
    CHECK(found[0].find("the ships would leave at noon") != std::string::npos);
    CHECK(quotes("The ships left at noon.").empty());
}

TEST_CASE("the voice at a span is the innermost quotation that holds it whole") {
    const std::string text = "“Olaf Lund said, ‘Go home,’ and left,” Maria Ruiz said. They left.";
    const auto read = annotate_all({text});
    const auto& found = read->documents[0]->quotes;
    const auto at = [&](const std::string& words) {
        const auto start = static_cast<std::int64_t>(text.find(words));
        return quotation_at(found, {start, start + static_cast<std::int64_t>(words.size())});
    };
    REQUIRE(at("and left") != nullptr);
    CHECK(at("and left")->speaker->name == "Maria Ruiz");
    REQUIRE(at("Go home") != nullptr);
    CHECK(at("Go home")->depth == 1);
    CHECK(at("They left") == nullptr);
    CHECK(at("left,” Maria") == nullptr);
}

TEST_CASE("every kind and stance has a name") {
    CHECK(name_of(QuoteKind::direct) == "direct");
    CHECK(name_of(QuoteKind::indirect) == "indirect");
    CHECK(name_of(Stance::hostile) == "hostile");
}

TEST_CASE("quotations of random texts are inside, ordered and nest with their marks") {
    const auto& pieces = framelens::testing::awkward_pieces();
    for (unsigned seed = 0; seed < 200; ++seed) {
        std::mt19937 random(seed);
        std::string text = lede;
        for (int i = 0; i < 60; ++i) text += pieces[random() % pieces.size()];
        const auto read = annotate_all({text});
        const AnnotatedDocument& document = *read->documents[0];
        const Span whole{0, static_cast<std::int64_t>(text.size())};
        std::int64_t start = 0;
        for (const Quotation& quote : document.quotes) {
            CHECK(whole.contains(quote.span));
            CHECK(quote.span.size() > 0);
            CHECK(quote.span.start >= start);
            start = quote.span.start;
            CHECK((quote.kind == QuoteKind::indirect) == !quote.mark.has_value());
            if (quote.cue) CHECK(whole.contains(quote.cue->words));
            if (quote.speaker && quote.speaker->words) {
                CHECK(whole.contains(*quote.speaker->words));
            }
            if (!quote.mark) continue;
            const auto& mark = document.segmented.marks[static_cast<std::size_t>(*quote.mark)];
            CHECK(mark.outer.contains(quote.span));
            CHECK(mark.depth == quote.depth);
        }
        for (const Quotation& a : document.quotes) {
            for (const Quotation& b : document.quotes) {
                if (!a.mark || !b.mark || !a.span.overlaps(b.span)) continue;
                CHECK((a.span.contains(b.span) || b.span.contains(a.span)));
            }
        }
    }
}

TEST_CASE("a million marks and ten megabytes in one paragraph take linear time") {
    const std::string text = GENERATE(
        as<std::string>{}, std::string(1'000'000, '"'), repeat("“", 1'000'000),
        repeat("” ", 1'000'000), repeat("“a\n", 100'000),
        repeat("“We left,” Maria said.\n", 50'000), repeat("the quay was wet and ", 500'000),
        std::string(1'000'000, '\0'), "Maria Ruiz said “" + repeat("wet ", 500'000) + "”.",
        repeat("said that ", 100'000));
    CHECK_NOTHROW(annotate_all({text}));
}

TEST_CASE("a hundred thousand quotations or cues in one sentence take linear time") {
    const std::string text =
        GENERATE(as<std::string>{}, repeat("“a” ", 100'000), repeat("‘a “b” c’ ", 100'000),
                 repeat("he said ", 100'000), repeat("“Go,” he said. ", 100'000));
    CHECK_NOTHROW(annotate_all({text}));
}
