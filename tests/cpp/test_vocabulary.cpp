#include "framelens/vocabulary.hpp"

#include "catch.hpp"
#include "framelens/error.hpp"
#include "framelens/token_pattern.hpp"
#include "framelens/unicode.hpp"

#include <map>
#include <string>
#include <vector>

using namespace framelens;

namespace {

std::vector<std::string> tokens_of(std::string_view text, bool lowercase = true) {
    PatternTokens tokens;
    find_pattern_tokens(text, lowercase, tokens);
    std::vector<std::string> found;
    for (std::size_t i = 0; i < tokens.spans.size(); ++i) found.emplace_back(tokens[i]);
    return found;
}

std::vector<std::string> strings(const StringColumn& column) {
    std::vector<std::string> found;
    for (std::int64_t i = 0; i < column.size(); ++i) found.emplace_back(column[i]);
    return found;
}

std::string lower(std::string_view text) {
    std::string out;
    lower_python(text, out);
    return out;
}

// The document's counts by term.
std::map<std::string, int> row(const TermCounts& counts, std::size_t document) {
    std::map<std::string, int> found;
    for (auto i = static_cast<std::size_t>(counts.rows.indptr[document]);
         i < static_cast<std::size_t>(counts.rows.indptr[document + 1]); ++i) {
        found[std::string{counts.terms[counts.rows.indices[i]]}] = counts.rows.data[i];
    }
    return found;
}

std::string word(int number) {
    return std::string{"w"}.append(std::to_string(number));
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("tokens are runs of two or more word characters") {
    CHECK(tokens_of("The U.S. don't, 1,000 a_b x") == Words{"the", "don", "000", "a_b"});
    CHECK(tokens_of("") == Words{});
    CHECK(tokens_of("a b c .") == Words{});
    CHECK(tokens_of("no", false) == Words{"no"});
    CHECK(tokens_of("Aa BB", false) == Words{"Aa", "BB"});
    CHECK(tokens_of("Nicolás Maduro") == Words{"nicolás", "maduro"});
    // A combining mark is no word character to Python: it ends the token.
    CHECK(tokens_of("nicola\xCC\x81s ok") == Words{"nicola", "ok"});
    // Superscripts, fractions and CJK count, two characters at least.
    CHECK(tokens_of("m² ½½ 日 日本") == Words{"m²", "½½", "日本"});
    CHECK(tokens_of(std::string_view{"ab\0cd", 5}) == Words{"ab", "cd"});
}

TEST_CASE("lower-casing is Python's") {
    CHECK(lower("ABC xyz ÀÉ") == "abc xyz àé");
    CHECK(lower("İ") == "i\xCC\x87");
    CHECK(lower("ΟΔΟΣ") == "οδος");
    CHECK(lower("ΟΔΟΣ ΣΑ Σ") == "οδος σα σ");
    CHECK(lower("ΑΣ'") == "ας'");
    CHECK(lower("ΑΣ'Α") == "ασ'α");
    CHECK(lower("") == "");
    CHECK(lower("𐐀 Ǆ ẞ") == "𐐨 ǆ ß");
}

TEST_CASE("a vocabulary numbers terms as they come") {
    Vocabulary vocabulary;
    CHECK_FALSE(vocabulary.find("a").has_value());
    CHECK(vocabulary.add("b") == 0);
    CHECK(vocabulary.add("a") == 1);
    CHECK(vocabulary.add("b") == 0);
    CHECK(vocabulary.add("") == 2);
    CHECK(vocabulary.find("a") == 1);
    CHECK_FALSE(vocabulary.find("c").has_value());
    for (int i = 0; i < 5000; ++i) CHECK(vocabulary.add(std::to_string(i)) == i + 3);
    CHECK(vocabulary.find("4999") == 5002);
    CHECK(vocabulary.find("b") == 0);
    CHECK_THROWS_AS(Vocabulary([] {
                        StringColumn twice;
                        twice.push_back("a");
                        twice.push_back("a");
                        return twice;
                    }()),
                    ValueError);
}

TEST_CASE("terms come in order of first occurrence") {
    const std::vector<std::string_view> texts{"zeta alpha zeta", "", "beta alpha ALPHA"};
    const TermCounts counts = count_terms(texts, {}, {});
    CHECK(strings(counts.terms) == Words{"zeta", "alpha", "beta"});
    CHECK(counts.rows.indptr == std::vector<std::int64_t>{0, 2, 2, 4});
    CHECK(counts.rows.indices == std::vector<std::int32_t>{0, 1, 1, 2});
    CHECK(counts.rows.data == std::vector<std::int32_t>{2, 1, 2, 1});
    CHECK(counts.rows.columns == 3);
}

TEST_CASE("n-grams are joined by a space, after stop words are out, shortest first") {
    Vocabulary stop;
    stop.add("the");
    const std::vector<std::string_view> texts{"one the two three"};
    const TermCounts counts = count_terms(texts, {true, 1, 3, &stop}, {});
    CHECK(strings(counts.terms) ==
          Words{"one", "two", "three", "one two", "two three", "one two three"});
    CHECK(strings(count_terms(texts, {true, 4, 5, nullptr}, {}).terms) ==
          Words{"one the two three"});
    CHECK(count_terms(texts, {true, 5, 5, nullptr}, {}).terms.size() == 0);
    CHECK_THROWS_AS(count_terms(texts, {true, 0, 1, nullptr}, {}), ValueError);
    CHECK_THROWS_AS(count_terms(texts, {true, 2, 1, nullptr}, {}), ValueError);
}

TEST_CASE("known terms alone are counted, by their number") {
    Vocabulary known;
    known.add("two");
    known.add("absent");
    known.add("one");
    const std::vector<std::string_view> texts{"one three two one", "three"};
    const CsrRows<std::int32_t> rows = count_known_terms(texts, {}, known, {});
    CHECK(rows.indptr == std::vector<std::int64_t>{0, 2, 2});
    CHECK(rows.indices == std::vector<std::int32_t>{0, 2});
    CHECK(rows.data == std::vector<std::int32_t>{1, 2});
    CHECK(rows.columns == 3);
}

TEST_CASE("counts are the same at any number of threads") {
    std::vector<std::string> texts;
    for (int i = 0; i < 1000; ++i) {
        texts.push_back(word(i * 7919 % 400) + ' ' + word(i) + " word " + word(i / 3));
    }
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    const TermCounts one = count_terms(views, {true, 1, 2, nullptr}, {});
    CHECK(row(one, 0) == std::map<std::string, int>{
                             {"w0", 3}, {"word", 1}, {"w0 w0", 1}, {"w0 word", 1}, {"word w0", 1}});
    for (const int threads : {2, 3, 8}) {
        const TermCounts many = count_terms(views, {true, 1, 2, nullptr}, {threads, {}});
        CHECK(many.terms.bytes == one.terms.bytes);
        CHECK(many.terms.offsets == one.terms.offsets);
        CHECK(many.rows.indptr == one.rows.indptr);
        CHECK(many.rows.indices == one.rows.indices);
        CHECK(many.rows.data == one.rows.data);
    }
}
