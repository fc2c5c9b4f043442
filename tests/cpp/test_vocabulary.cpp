#include "framelens/vocabulary.hpp"

#include "catch.hpp"
#include "framelens/error.hpp"
#include "framelens/token_pattern.hpp"
#include "framelens/unicode.hpp"

#include <map>
#include <random>
#include <string>
#include <vector>

using namespace framelens;

namespace {

std::vector<std::string> runs_of(const TextView& text, CutRule rule) {
    TextCutter cutter(rule);
    cutter.start(text);
    std::vector<std::string> found;
    while (cutter.next()) {
        const auto bounds = cutter.bounds();
        for (std::size_t i = 0; i < bounds.size(); i += 2) {
            found.emplace_back(cutter.text().substr(bounds[i], bounds[i + 1] - bounds[i]));
        }
    }
    return found;
}

std::vector<std::string> tokens_of(std::string_view text, bool lowercase = true) {
    const std::string padded{text};
    const std::vector<std::string_view> texts{padded};
    TermRule rule;
    rule.lowercase = lowercase;
    const TermCounts counts = count_terms(texts, rule, {});
    std::vector<std::string> found;
    for (std::int64_t i = 0; i < counts.terms.size(); ++i) found.emplace_back(counts.terms[i]);
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

TEST_CASE("runs are the same from vector and portable code, and from any units") {
    std::mt19937 random{7};
    const std::u32string letters = U"aZ09_ \n.,\u00e9\u0130\u03a3\u2019\u4e2d\U0001F600\u0301";
    for (int round = 0; round < 300; ++round) {
        std::vector<std::uint32_t> wide;
        std::string narrow;
        const auto size = random() % 400;
        for (unsigned i = 0; i < size; ++i) {
            // Mostly ASCII, so that whole blocks of it come up.
            wide.push_back(letters[random() % (random() % 8 == 0 ? letters.size() : 9)]);
        }
        std::vector<std::uint16_t> half;
        for (const std::uint32_t c : wide) half.push_back(static_cast<std::uint16_t>(c & 0xFFFFU));
        for (std::uint16_t& c : half) c = c == 0xF600 ? 0x4E2D : c;
        for (std::size_t i = 0; i < wide.size(); ++i) wide[i] = half[i];
        for (const Cut cut : {Cut::words, Cut::solid}) {
            for (const bool lowercase : {false, true}) {
                const TextView ucs2{half.data(), std::ssize(half), Units::ucs2};
                const TextView ucs4{wide.data(), std::ssize(wide), Units::ucs4};
                const auto expected = runs_of(ucs2, {cut, lowercase, true});
                CHECK(runs_of(ucs2, {cut, lowercase, false}) == expected);
                CHECK(runs_of(ucs4, {cut, lowercase, false}) == expected);
                CHECK(runs_of(ucs4, {cut, lowercase, true}) == expected);
            }
        }
    }
}

TEST_CASE("a surrogate is an error that says where") {
    const std::vector<std::uint16_t> text{'a', 'b', 0xD800, 'c'};
    const std::vector<TextView> texts{TextView{std::string_view{"fine"}},
                                      TextView{text.data(), 4, Units::ucs2}};
    try {
        static_cast<void>(count_texts(texts, {}, {}));
        FAIL("no error");
    } catch (const EncodingError& error) {
        CHECK(error.document() == 1);
        CHECK(error.offset() == 2);
    }
}

TEST_CASE("a long text is cut into pieces that part no word") {
    std::string text;
    for (int i = 0; i < 60000; ++i) text += word(i) + (i % 3 == 0 ? "\n" : " ");
    text += std::string(200000, 'x');
    const std::vector<std::string_view> texts{text};
    const TermCounts counts = count_terms(texts, {}, {});
    CHECK(counts.terms.size() == 60001);
    CHECK(counts.terms[60000].size() == 200000);
}

TEST_CASE("n-grams of framed words are scikit-learn's") {
    const std::string text = "ab  c";
    const std::vector<std::string_view> texts{text};
    TermRule rule{true, 2, 3, nullptr, TermUnit::framed};
    CHECK(strings(count_terms(texts, rule, {}).terms) ==
          Words{" a", "ab", "b ", " ab", "ab ", " c", "c ", " c "});
    rule.unit = TermUnit::characters;
    CHECK(strings(count_terms(texts, rule, {}).terms) == Words{"ab", "b ", " c", "ab ", "b c"});
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
