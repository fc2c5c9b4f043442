#include "framelens/vocabulary.hpp"

#include "catch.hpp"
#include "framelens/error.hpp"
#include "framelens/token_pattern.hpp"
#include "framelens/unicode.hpp"
#include "large.hpp"

#include <map>
#include <random>
#include <string>
#include <vector>

using namespace framelens;
using namespace framelens::testing;

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

void check_equal(const TermCounts& counts, const TermCounts& expected) {
    CHECK(counts.terms.bytes == expected.terms.bytes);
    CHECK(counts.terms.offsets == expected.terms.offsets);
    CHECK(counts.rows.indptr == expected.rows.indptr);
    CHECK(counts.rows.indices == expected.rows.indices);
    CHECK(counts.rows.data == expected.rows.data);
}

// Enough text for many chunks: words old and new, long ones, and some many times over.
std::vector<std::string> long_texts(unsigned seed) {
    std::mt19937 random(seed);
    std::vector<std::string> texts(large(300));
    for (std::size_t t = 0; t < texts.size(); ++t) {
        for (auto i = random() % 1000; i > 0; --i) {
            const auto known = static_cast<int>(10 * stride * t + 1);
            texts[t] += word(static_cast<int>(random() % 10007) % known) + ' ';
            if (random() % 50 == 0) texts[t] += "averyveryverylongword" + word(known) + ' ';
            if (random() % 300 == 0) {
                for (int times = 0; times < 400; ++times) texts[t] += "again ";
            }
        }
    }
    return texts;
}

TEST_CASE("counts are the same at any number of threads") {
    const std::vector<std::string> texts = long_texts(1);
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    Vocabulary stops;
    stops.add("w3");
    stops.add("again");
    stops.add("unheard");
    for (const Vocabulary* stop_words :
         {static_cast<const Vocabulary*>(nullptr), static_cast<const Vocabulary*>(&stops)}) {
        for (const auto& [shortest, longest] : {std::pair{1, 1}, {1, 2}, {2, 3}, {3, 4}}) {
            const TermRule rule{true, shortest, longest, stop_words};
            const TermCounts one = count_terms(views, rule, {});
            for (const int threads : {2, 3, 8}) {
                check_equal(count_terms(views, rule, {threads, {}}), one);
            }
        }
    }
    TermRule framed;
    framed.unit = TermUnit::framed;
    framed.ngram_min = 2;
    framed.ngram_max = 4;
    check_equal(count_terms(views, framed, {4, {}}), count_terms(views, framed, {}));
}

// Some columns left out, in order of the terms and of the columns.
CsrRows<std::int32_t> filled(std::span<const TextView> texts, const TermRule& rule, const Run& run,
                             bool by_column) {
    CountedTexts counted = count_texts(texts, rule, run);
    std::vector<std::int32_t> columns(static_cast<std::size_t>(counted.size()));
    for (std::int32_t column = 0; const std::int32_t term : counted.sorted(run)) {
        columns[static_cast<std::size_t>(term)] = term % 3 == 0 ? -1 : column++;
    }
    CsrRows<std::int32_t> rows;
    rows.columns = counted.size();
    rows.indptr = counted.row_starts(columns);
    rows.indices.resize(static_cast<std::size_t>(rows.indptr.back()));
    rows.data.resize(rows.indices.size());
    counted.fill<std::int32_t>(columns, by_column, rows.indptr, rows.indices, rows.data, {}, run);
    return rows;
}

TEST_CASE("rows are the same where threads share the first terms") {
    std::vector<std::string> texts;
    for (const unsigned seed : {7U, 8U, 9U}) {
        for (std::string& text : long_texts(seed)) texts.push_back(std::move(text));
    }
    const std::vector<TextView> views(texts.begin(), texts.end());
    Vocabulary stops;
    stops.add("w3");
    const TermRule rule{true, 1, 2, &stops};
    for (const bool by_column : {false, true}) {
        const CsrRows<std::int32_t> one = filled(views, rule, {}, by_column);
        const CsrRows<std::int32_t> many = filled(views, rule, {3, {}}, by_column);
        CHECK(many.indptr == one.indptr);
        CHECK(many.indices == one.indices);
        CHECK(many.data == one.data);
    }
}

TEST_CASE("counts are those of a map") {
    const std::vector<std::string> texts = long_texts(2);
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    const TermCounts counts = count_terms(views, {}, {3, {}});
    std::map<std::string, int> first;
    for (std::size_t document = 0; document < texts.size(); ++document) {
        std::map<std::string, int> expected;
        for (const std::string& token : runs_of(TextView{views[document]}, {})) {
            if (token.size() < 2) continue;
            ++expected[token];
            first.emplace(token, static_cast<int>(first.size()));
        }
        CHECK(row(counts, document) == expected);
    }
    for (std::int64_t term = 0; term < counts.terms.size(); ++term) {
        CHECK(first.at(std::string{counts.terms[term]}) == term);
    }
}

TEST_CASE("terms are sorted as their bytes are") {
    std::vector<std::string> texts = long_texts(3);
    texts.emplace_back(
        "averyveryverylong averyver averyvery averyveryverylongwordw1 \u00e9t\u00e9");
    const std::vector<TextView> views(texts.begin(), texts.end());
    for (const int longest : {1, 2, 3}) {
        for (const int threads : {1, 2, 5}) {
            const Run run{threads, {}};
            const CountedTexts counted = count_texts(views, {true, 1, longest, nullptr}, run);
            const StringColumn terms = counted.terms(run);
            const std::vector<std::int32_t> order = counted.sorted(run);
            REQUIRE(std::ssize(order) == terms.size());
            for (std::size_t i = 1; i < order.size(); ++i) {
                REQUIRE(terms[order[i - 1]] < terms[order[i]]);
            }
        }
    }
    StringColumn zeros;
    const std::vector<std::string_view> ascending{std::string_view{"a"},
                                                  std::string_view{"a\0", 2},
                                                  std::string_view{"a\0\0", 3},
                                                  std::string_view{"a\0\0\0\0\0\0\0\0", 9},
                                                  std::string_view{"a\0\0\0\0\0\0\0\0b", 10},
                                                  std::string_view{"ab"}};
    for (const std::size_t i : {3U, 5U, 0U, 4U, 2U, 1U}) zeros.push_back(ascending[i]);
    CHECK(sorted_terms(zeros, {}) == std::vector<std::int32_t>{2, 5, 4, 0, 3, 1});
}

TEST_CASE("hashed columns are summed up") {
    const std::vector<std::string> texts = long_texts(4);
    const std::vector<TextView> views(texts.begin(), texts.end());
    // Few columns are shared by many terms.
    for (const std::int64_t columns : {std::int64_t{1}, std::int64_t{5}, std::int64_t{1} << 20U}) {
        CountedTexts one = count_texts(views, {}, {});
        const std::vector<std::int64_t> starts = one.hash_rows({columns, true}, {});
        std::vector<std::int32_t> indices(static_cast<std::size_t>(starts.back()));
        std::vector<std::int32_t> data(indices.size());
        one.fill_hashed<std::int32_t>(starts, indices, data, {}, {});
        for (std::size_t document = 0; document + 1 < starts.size(); ++document) {
            for (auto i = starts[document] + 1; i < starts[document + 1]; ++i) {
                const auto at = static_cast<std::size_t>(i);
                REQUIRE(indices[at - 1] < indices[at]);
            }
        }
        TermRule rule;
        rule.numbered = false;
        CountedTexts many = count_texts(views, rule, {4, {}});
        CHECK(many.hash_rows({columns, true}, {4, {}}) == starts);
        std::vector<std::int32_t> other_indices(indices.size());
        std::vector<std::int32_t> other_data(indices.size());
        many.fill_hashed<std::int32_t>(starts, other_indices, other_data, {}, {4, {}});
        CHECK(other_indices == indices);
        CHECK(other_data == data);
        CHECK_THROWS_AS(many.hash_rows({columns, true}, {}), ValueError);
    }
}
