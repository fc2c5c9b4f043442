#include "catch.hpp"
#include "english.hpp"
#include "framelens/unicode.hpp"
#include "framelens/unicode_plain.hpp"

#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace framelens;
using framelens::testing::large;
using framelens::testing::repeat;
using framelens::testing::slice;

namespace {

std::string plain(std::string text) {
    (void)make_plain(text);
    return text;
}

/// What stands in the given text where the plain one has `word`.
std::string given_at(const std::string& text, std::string_view word) {
    std::string made = text;
    const GivenText given = make_plain(made);
    CHECK(given.text(made) == text);
    const auto at = static_cast<std::int64_t>(made.find(word));
    REQUIRE(at >= 0);
    return std::string(slice(text, given.place_of({at, at + std::ssize(word)})));
}

}  // namespace

TEST_CASE("a plain text stays as it is") {
    for (const std::string text :
         {"", "Plain.", "Café “Łódź” – naïve…", "東京。", "emoji 😀", "a\r\n\tb\n\nc", "กรุงเทพ"}) {
        std::string made = text;
        CHECK(make_plain(made).is_plain());
        CHECK(made == text);
        CHECK((is_plain(std::string_view(text)) || text == "กรุงเทพ"));
    }
}

TEST_CASE("what is not seen is left out, and spans leave it outside") {
    CHECK(plain("dic\u00ADta\u200Btor") == "dictator");
    CHECK(plain("\uFEFFThe\u200E dog\u2060") == "The dog");
    CHECK(plain("می\u200Cخواهم") == "میخواهم");
    CHECK(plain("\u00AD") == "");
    CHECK(given_at("a \u200BVar\u00ADga\u200B left", "Varga") == "Var\u00ADga");
    CHECK(given_at("\u200B\u200BVarga\u2060\u200B", "Varga") == "Varga");
}

TEST_CASE("letters and accents are composed, also around what is not seen") {
    CHECK(plain("Bela\u0301riz") == "Beláriz");
    CHECK(plain("Bela\u00AD\u0301riz") == "Beláriz");
    CHECK(plain("\u1112\u1161\u11AB") == "한");
    CHECK(plain("\u212B") == "Å");
    CHECK(plain("q\u0307\u0323") == "q\u0323\u0307");
    CHECK(given_at("x Bela\u0301riz\u0301 y", "Beláriź") == "Bela\u0301riz\u0301");
    CHECK(given_at("x Bela\u200B\u0301riz\u200B y", "Beláriz") == "Bela\u200B\u0301riz");
}

TEST_CASE("every space is one, lines stay") {
    for (const char* space : {"\u00A0", "\u2009", "\u202F", "\u2007", "\u3000", "\u2000"}) {
        CHECK(plain(std::string("a") + space + "b") == "a b");
        CHECK(given_at(std::string("a") + space + "b c", "b c") == "b c");
    }
    CHECK(plain("a\n\u00A0\u2028b\u0085c") == "a\n \u2028b\u0085c");
}

TEST_CASE("a soft hyphen at the end of a line joins its word") {
    CHECK(plain("the dic\u00AD\ntator") == "the dictator");
    CHECK(plain("the dic\u00AD \r\n  tator") == "the dictator");
    CHECK(plain("the dic\u00AD\n\ntator") == "the dic\n\ntator");
    CHECK(plain("the dic\u00AD\nTator") == "the dic\nTator");
    CHECK(given_at("the dic\u00AD\n tator left", "dictator") == "dic\u00AD\n tator");
}

TEST_CASE("plain text is plain, and every character of it has its place") {
    const std::vector<std::string> pieces{
        "a",      "e", "\u0301", "\u0323", "\u00AD", "\u200B", " ",  "\u00A0", "\n",
        "\u2003", "é", "“",      "\u1112", "\u1161", "\u11AB", "字", "😀",     "\uFE0F"};
    std::mt19937 random(7);
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (unsigned i = static_cast<unsigned>(random() % 12); i > 0; --i)
            text += pieces[random() % pieces.size()];
        CAPTURE(text);
        std::string made = text;
        const GivenText given = make_plain(made);
        CHECK(given.is_plain() == (made == text));
        CHECK(plain(made) == made);
        std::int64_t last = 0;
        for (std::int64_t pos = 0; pos < std::ssize(made);) {
            const std::int64_t end = pos + decode(made, pos).bytes;
            const Span place = given.place_of({pos, end});
            CHECK(place.start < place.end);
            CHECK(place.start >= last);
            const Span whole = given.place_of({0, end});
            CHECK(whole.end == place.end);
            // What was cut off is made of the same text, but for marks that belong to it.
            if (place.start >= last && given.place_of({pos, pos}).start == place.start) {
                const std::string again = plain(std::string(slice(text, place)));
                CHECK(again.find(slice(made, {pos, end})) != std::string::npos);
            }
            last = place.start;
            pos = end;
        }
    }
}

TEST_CASE("views of every width tell whether a text is plain") {
    const std::u16string wide = u"a\u2019b\u00E9";
    const std::u16string marked = u"a\u2019b\u00ADc";
    CHECK(is_plain({wide.data(), 4, Units::ucs2}));
    CHECK_FALSE(is_plain({marked.data(), 5, Units::ucs2}));
    CHECK_FALSE(is_plain({U"e\u0301", 2, Units::ucs4}));
    CHECK_FALSE(is_plain({"a\xA0", 2, Units::ucs1}));
    CHECK(is_plain({"a\xE9", 2, Units::ucs1}));
}

TEST_CASE("a million marks take linear time") {
    const std::string text = GENERATE(
        repeat("e\u0301", large(1'000'000)), repeat("\u0316\u0301", large(500'000)),
        repeat("\u0E38\u0E48\u0EB8\u0EC8", large(250'000)), repeat("\u00AD", large(1'000'000)),
        repeat("a\u00AD\n", large(500'000)), repeat("\u00A0", large(1'000'000)),
        repeat("\u1112\u1161", large(500'000)), std::string(large(10'000'000), 'a'));
    std::string made = text;
    const GivenText given = make_plain(made);
    CHECK(given.text(made) == text);
    CHECK(made.size() <= text.size());
}
