#include "catch.hpp"
#include "english.hpp"
#include "framelens/segment.hpp"

#include <random>
#include <string>
#include <vector>

using namespace framelens;
using framelens::testing::english;
using framelens::testing::large;
using framelens::testing::repeat;
using framelens::testing::slice;

namespace {

using Strings = std::vector<std::string>;

Strings sentences(const std::string& text) {
    Strings out;
    for (const Sentence& sentence : segment(text, *english()).sentences) {
        out.emplace_back(slice(text, sentence.span));
    }
    return out;
}

std::size_t count(const std::string& text) {
    return sentences(text).size();
}

}  // namespace

TEST_CASE("paragraphs are the lines that are not blank") {
    const std::string text = "\n One. Two. \r\n\n \t \nThree.\u2028Four.";
    const Segments segments = segment(text, *english());
    CHECK(segments.paragraphs.size() == 3);
    CHECK(sentences(text) == Strings{"One.", "Two.", "Three.", "Four."});
    CHECK(segments.sentences[1].paragraph == 0);
    CHECK(segments.sentences[3].paragraph == 2);
    CHECK(segment("", *english()).paragraphs.empty());
    CHECK(segment(" \n ", *english()).sentences.empty());
}

TEST_CASE("a known title is a paragraph of its own") {
    const std::string text = "Rain\nat last Ada said so. Bo left.";
    const Segments segments = segment(text, *english(), 12);
    CHECK(segments.paragraphs.size() == 2);
    CHECK(slice(text, segments.sentences[0].span) == "Rain\nat last");
    CHECK(slice(text, segments.sentences[1].span) == "Ada said so.");
    CHECK(segment("Rain", *english(), 4).paragraphs.size() == 1);
}

TEST_CASE("a paragraph without a full stop is one sentence") {
    CHECK(sentences("no stop here") == Strings{"no stop here"});
    CHECK(sentences("First. and no second") == Strings{"First. and no second"});
}

TEST_CASE("sentences end with their quotation marks and brackets") {
    CHECK(sentences("“It is over.” She left.") == Strings{"“It is over.”", "She left."});
    CHECK(sentences("(It is over.) She left.") == Strings{"(It is over.)", "She left."});
    CHECK(sentences("“Is it over?” he asked.") == Strings{"“Is it over?” he asked."});
    CHECK(sentences("“It rained. The quay was wet,” she said.") ==
          Strings{"“It rained.", "The quay was wet,” she said."});
    CHECK(sentences("Why?! Nobody knows… Perhaps.") ==
          Strings{"Why?!", "Nobody knows…", "Perhaps."});
    CHECK(sentences("« C’est fini ! » Il part.") == Strings{"« C’est fini ! »", "Il part."});
    CHECK(sentences("彼は言った。雨だ。") == Strings{"彼は言った。", "雨だ。"});
}

TEST_CASE("abbreviations, initials and numbers do not end a sentence") {
    CHECK(count("Mr. Ruiz met Sen. Ana Lopez.") == 1);
    CHECK(count("The U.S. Navy left at 5 a.m. on Friday.") == 1);
    CHECK(count("J. R. Ruiz and K. Lund spoke.") == 1);
    CHECK(count("It cost $3.50 or 1.000 crowns, No. 7 says.") == 1);
    CHECK(count("1. The first point") == 1);
    CHECK(count("She came on Jan. 5 and left on Feb. 6.") == 1);
    CHECK(count("Rep. Ana Ruiz, R-Fla., agreed.") == 1);
    CHECK(count("It was . . . long ago.") == 1);
}

TEST_CASE("an abbreviation may end a sentence") {
    CHECK(sentences("They flew to the U.S. They stayed.") ==
          Strings{"They flew to the U.S.", "They stayed."});
    CHECK(sentences("It began at 5 a.m. The sun rose.") ==
          Strings{"It began at 5 a.m.", "The sun rose."});
    CHECK(sentences("“I work for Acme Inc.” The man left.") ==
          Strings{"“I work for Acme Inc.”", "The man left."});
}

TEST_CASE("sentences of random texts are ordered, in their paragraphs and lose no sign") {
    for (unsigned seed = 0; seed < 200; ++seed) {
        std::mt19937 random(seed);
        std::string text;
        const auto& pieces = framelens::testing::awkward_pieces();
        for (int i = 0; i < 60; ++i) text += pieces[random() % pieces.size()];
        const Segments segments = segment(text, *english());
        std::int64_t end = 0;
        for (const Sentence& sentence : segments.sentences) {
            CHECK(sentence.span.start >= end);
            CHECK(sentence.span.size() > 0);
            const auto paragraph = static_cast<std::size_t>(sentence.paragraph);
            CHECK(segments.paragraphs[paragraph].contains(sentence.span));
            for (std::int64_t gap = end; gap < sentence.span.start; ++gap) {
                CHECK(slice(text, {gap, gap + 1}).find_first_not_of(" \n\r\t") ==
                      std::string_view::npos);
            }
            end = sentence.span.end;
        }
    }
}

TEST_CASE("ten megabytes in one paragraph take linear time") {
    const std::string line =
        GENERATE(as<std::string>{}, repeat("no stop at all ", large(700'000)),
                 std::string(large(10'000'000), '.'), repeat(". ", large(5'000'000)),
                 repeat("U.S. ", large(2'000'000)), repeat("Mr.", large(3'000'000)),
                 repeat(".” ", large(2'000'000)), repeat("A.", large(5'000'000)),
                 repeat(".\u2019", large(2'500'000)), repeat(".(", large(5'000'000)),
                 repeat(".  ", large(3'000'000)), std::string(large(10'000'000), '('));
    const Segments segments = segment(line, *english());
    CHECK(segments.paragraphs.size() == 1);
    CHECK_FALSE(segments.sentences.empty());
}
