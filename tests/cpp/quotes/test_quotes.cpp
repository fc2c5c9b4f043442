#include "catch.hpp"
#include "english.hpp"
#include "framelens/quotes.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using namespace framelens;
using framelens::testing::annotate_all;
using framelens::testing::large;
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

TEST_CASE("titles are names, also long ones and on the air") {
    const auto last = [](const std::string& text) { return quotes(text).back(); };
    CHECK(last("“We stay,” Maria Ruiz said on KTV’s “Face the Harbour.”") ==
          "name ? (?): Face the Harbour.");
    CHECK(
        last("Maria Ruiz spoke of “The Tide: How a Small Town Lost Its Harbour and Won a Park”.") ==
        "name ? (?): The Tide: How a Small Town Lost Its Harbour and Won a Park");
    CHECK(last("Maria Ruiz heads a group called “Free the Quay.”") == "name ? (?): Free the Quay.");
    CHECK(last("It belongs to what they call “The Salt Pit.”").starts_with("direct"));
}

TEST_CASE("a name that somebody calls another is quoted") {
    for (const std::string& text :
         Strings{"Maria Ruiz called Olaf Lund “Sleepy Olaf” on Monday.",
                 "Maria Ruiz referred to Olaf Lund as “Sleepy Olaf”.",
                 "Maria Ruiz dubbed the mayor a “Sleepy Olaf,” and left."}) {
        CHECK(quotes(text).back().starts_with("partial Maria Ruiz"));
    }
    for (const std::string& text :
         Strings{"Maria Ruiz called for a ban of “Sleepy Olaf” hats.",
                 "Maria Ruiz called the boat the “Sleepy Olaf”.",
                 "Maria Ruiz called the mayor and his “Sleepy Olaf” team to the quay."}) {
        CHECK(quotes(text).back() == "name ? (?): Sleepy Olaf");
    }
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

/// The direct quotations of a text behind a headline and a first paragraph.
Strings direct(const std::string& text) {
    Strings found = quotes("Quay stays shut\n\nThe quay was wet for most of the day.\n\n" + text);
    std::erase_if(found, [](const std::string& quote) { return !quote.starts_with("direct"); });
    return found;
}

TEST_CASE("a verb of saying and a colon set off the paragraph behind them") {
    const std::string block = "The quay is ours and it stays open.";
    const std::string said = "direct Maria Ruiz (write): " + block;
    const std::string after = "\n\nThe ministry kept silent for a week.";
    for (const std::string& tail :
         Strings{"", " that", " this", " the following", " on her page"}) {
        CHECK(direct("Maria Ruiz wrote" + tail + ":\n\n" + block + after) == Strings{said});
    }
    CHECK(direct("It was wet on Monday, Maria Ruiz wrote:\n" + block + after) == Strings{said});
    CHECK(direct("Maria Ruiz told reporters:\n\n" + block + after) ==
          Strings{"direct Maria Ruiz (tell): " + block});
    CHECK(direct("Maria Ruiz put out a plea, writing:\n\n" + block + after) == Strings{said});
    const std::string others = "direct Maria Ruiz (write): We are many, and we stay.";
    const std::string lines = block + "\nWe are many, and we stay." + after;
    CHECK(direct("Maria Ruiz wrote:\n\n" + lines) == Strings{said, others});
    CHECK(direct("Maria Ruiz wrote:\n" + lines) == Strings{said});
}

TEST_CASE("a colon at a line's end sets nothing else off") {
    const std::string block = "The quay is ours and it stays open.";
    const Strings leads = {"New times were announced:",     "The ministry put out a report:",
                           "Maria Ruiz wrote two books:",   "Maria Ruiz sat there writing plans:",
                           "Maria Ruiz wrote of the quay:", "It happened like this:"};
    for (const std::string& lead : leads) CHECK(direct(lead + "\n\n" + block).empty());
    const Strings lines = {"- " + block, "Lund: " + block, "Ours.",
                           block + " Then:", "• The quay is ours and it stays"};
    for (const std::string& line : lines) {
        CHECK(direct("Maria Ruiz wrote:\n\n" + line).empty());
    }
}

TEST_CASE("a closing mark without an opening one quotes the end of its paragraph") {
    const auto last = [](const std::string& text) {
        const Strings found = quotes("Quay stays shut\n\n" + lede + text + "\n\nIt rained.");
        return found.empty() ? "" : found.back();
    };
    CHECK(last("Maria Ruiz said that the quay was theirs alone.”") ==
          "partial Maria Ruiz (say): the quay was theirs alone.");
    CHECK(last("Maria Ruiz called it “a farce” and said that the quay was theirs.”") ==
          "partial Maria Ruiz (say): the quay was theirs.");
    CHECK(last("“We stay,” Maria Ruiz said. Nobody leaves the quay before noon.”") ==
          "direct Maria Ruiz (say): Nobody leaves the quay before noon.");
    CHECK(last("“We stay,” Maria Ruiz said. I told them that we stay for good.\"") ==
          "direct Maria Ruiz (say): I told them that we stay for good.");
    CHECK_FALSE(last("“We stay,” said Maria Ruiz of the dockers on the quay.”").ends_with("quay."));
    CHECK(last("It was wet. The quay is 6 feet by 7\"").empty());
}

TEST_CASE("a quotation of three paragraphs whose speaker nobody knows is one in each") {
    const Strings found = quotes(
        "Quay stays shut\n\nIt was wet.\n\n“The quay is ours and it stays open.\n\n"
        "The ships are ours and they stay here.\n\nThe sea is ours and it stays wet.”\n\nIt "
        "rained.");
    CHECK(found.size() == 3);
}

TEST_CASE("marks inside a paragraph that is set off nest in it") {
    const std::string text = lede +
                             "\n\nMaria Ruiz wrote:\n\nThe mayor said, “Go home,” and I stayed on "
                             "the quay.\n\nIt rained.";
    const auto read = annotate_all({text});
    const auto& quotes = read->documents[0]->quotes;
    REQUIRE(quotes.size() >= 2);
    CHECK(quotes[0].speaker->name == "Maria Ruiz");
    const auto at = static_cast<std::int64_t>(text.find("Go home"));
    const Quotation* inner = quotation_at(quotes, {at, at + 2});
    REQUIRE(inner != nullptr);
    CHECK(inner->depth == 1);
    CHECK(text.substr(static_cast<std::size_t>(inner->span.start), 2) == "Go");
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
        for (int i = 0; i < 60; ++i) {
            text += random() % 12 == 0 ? "\nRuiz wrote:\n" : pieces[random() % pieces.size()];
        }
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
        as<std::string>{}, std::string(large(1'000'000), '"'), repeat("“", large(1'000'000)),
        repeat("” ", large(1'000'000)), repeat("“a\n", large(100'000)),
        repeat("“We left,” Maria said.\n", large(50'000)),
        repeat("the quay was wet and ", large(500'000)), std::string(large(1'000'000), '\0'),
        "Maria Ruiz said “" + repeat("wet ", large(500'000)) + "”.",
        repeat("said that ", large(100'000)), repeat("Ruiz said:\n\nWe go.\n", large(50'000)),
        repeat("Ruiz said:\n\nWe go home now.\n", large(50'000)),
        "It rained\n\n" + repeat("wet ", large(100'000)) + "I " + repeat("said ", large(100'000)) +
            "so.”");
    CHECK_NOTHROW(annotate_all({text}));
}

TEST_CASE("a hundred thousand quotations or cues in one sentence take linear time") {
    const std::string text = GENERATE(
        as<std::string>{}, repeat("“a” ", large(100'000)), repeat("‘a “b” c’ ", large(100'000)),
        repeat("he said ", large(100'000)), repeat("“Go,” he said. ", large(100'000)));
    CHECK_NOTHROW(annotate_all({text}));
}
