#include "catch.hpp"
#include "english.hpp"
#include "framelens/error.hpp"
#include "framelens/tokens.hpp"

#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace framelens;
using framelens::testing::english;
using framelens::testing::large;
using framelens::testing::repeat;

namespace {

using Strings = std::vector<std::string>;

Strings tokens(const std::string& text) {
    const SegmentedText read = read_text(text, *english());
    Strings out;
    for (const Token& token : read.tokens) out.emplace_back(read.at(token.span));
    return out;
}

std::vector<TokenKind> kinds(const std::string& text) {
    std::vector<TokenKind> out;
    for (const Token& token : read_text(text, *english()).tokens) out.push_back(token.kind);
    return out;
}

void check_order(const std::string& text) {
    const SegmentedText read = read_text(text, *english());
    REQUIRE(read.first_token.size() == read.segments.sentences.size() + 1);
    CHECK(read.first_token.front() == 0);
    CHECK(read.first_token.back() == static_cast<std::int32_t>(read.tokens.size()));
    std::int64_t end = 0;
    for (std::size_t i = 0; i < read.tokens.size(); ++i) {
        const Token& token = read.tokens[i];
        const auto sentence = static_cast<std::size_t>(token.sentence);
        CHECK(token.span.start >= end);
        CHECK(token.span.size() > 0);
        CHECK(read.segments.sentences[sentence].span.contains(token.span));
        CHECK(read.first_token[sentence] <= static_cast<std::int32_t>(i));
        CHECK(static_cast<std::int32_t>(i) < read.first_token[sentence + 1]);
        end = token.span.end;
    }
}

}  // namespace

TEST_CASE("words, numbers and signs are tokens") {
    CHECK(tokens("Five men, 1,500 crowns.") == Strings{"Five", "men", ",", "1,500", "crowns", "."});
    CHECK(kinds("Men 12 !") ==
          std::vector{TokenKind::word, TokenKind::number, TokenKind::punctuation});
    CHECK(tokens("AT&T well-known 3.5 10:30") == Strings{"AT&T", "well-known", "3.5", "10:30"});
    CHECK(tokens("").empty());
}

TEST_CASE("clitics are tokens of their own, with straight and curly apostrophes") {
    CHECK(tokens("Ana's we’re don't dogs’") ==
          Strings{"Ana", "'s", "we", "’re", "don't", "dogs", "’"});
    CHECK(kinds("Ana's we’re") == std::vector{TokenKind::word, TokenKind::possessive,
                                              TokenKind::word, TokenKind::contraction});
    CHECK(tokens("O’Brien l'oeil") == Strings{"O’Brien", "l'oeil"});
    // The mark that closes a quotation is no possessive.
    CHECK(kinds("the ‘old dogs’ bark").at(4) == TokenKind::punctuation);
}

TEST_CASE("full stops stay with abbreviations and initials") {
    CHECK(tokens("Mr. J. Ruiz of the U.S. left.") ==
          Strings{"Mr.", "J.", "Ruiz", "of", "the", "U.S.", "left", "."});
}

TEST_CASE("tokens know their case and what the language knows of them") {
    const std::string text = "The PRESIDENT said NATO, Zyx";
    const SegmentedText read = read_text(text, *english());
    CHECK(read.tokens[0].capital);
    CHECK_FALSE(read.tokens[0].all_caps);
    CHECK(read.tokens[0].is(WordClass::article));
    CHECK(read.tokens[1].all_caps);
    CHECK(read.tokens[1].is(WordClass::role));
    REQUIRE(read.tokens[2].is_known());
    CHECK(read.tokens[2].entry->lemma == "say");
    CHECK_FALSE(read.tokens.back().is_known());
    CHECK_FALSE(read.tokens.back().is(WordClass::cue));
}

TEST_CASE("a combining mark stays in its word, and folding finds the entry") {
    const std::string text = "pre\u0301sident Nicolás";
    const SegmentedText read = read_text(text, *english());
    REQUIRE(read.tokens.size() == 2);
    CHECK(read.tokens[0].is(WordClass::role));
    CHECK(read.at(read.tokens[1].span) == "Nicolás");
}

TEST_CASE("words are counted without signs and clitics") {
    CHECK(count_words(read_text("Ana's 12 “men” left, 🙂.", *english())) == 4);
    CHECK(count_words(read_text("“”!", *english())) == 0);
}

TEST_CASE("tokens of random texts are ordered and inside their sentences") {
    const auto& pieces = framelens::testing::awkward_pieces();
    for (unsigned seed = 0; seed < 150; ++seed) {
        std::mt19937 random(seed);
        std::string text;
        for (int i = 0; i < 60; ++i) text += pieces[random() % pieces.size()];
        check_order(text);
    }
}

TEST_CASE("a token of a million characters, a paragraph of ten megabytes") {
    CHECK(tokens(std::string(large(1'000'000), 'x')).size() == 1);
    CHECK(tokens(repeat("é", large(500'000))).size() == 1);
    CHECK(tokens(std::string(large(1'000'000), '\0')).size() == large(1'000'000));
    const std::string text =
        GENERATE(as<std::string>{}, repeat("the quay ", large(1'100'000)),
                 repeat("a.", large(5'000'000)), repeat("a'", large(5'000'000)),
                 repeat("a-", large(5'000'000)), repeat("1,", large(5'000'000)));
    CHECK_FALSE(read_text(text, *english()).tokens.empty());
}

TEST_CASE("a text of two gigabytes is refused before it is read") {
    const char byte = 'a';
    const std::string_view text(&byte, std::size_t{1} << 31U);
    CHECK_THROWS_AS(read_text(text, *english()), ValueError);
}
