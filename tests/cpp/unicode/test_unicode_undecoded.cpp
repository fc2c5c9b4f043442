#include "catch.hpp"
#include "english.hpp"
#include "framelens/unicode.hpp"
#include "framelens/unicode_undecoded.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace framelens;
using framelens::testing::large;
using framelens::testing::repeat;

namespace {

/// The same in every width of units that the text fits.
bool may_be(const std::string& text) {
    std::vector<std::uint32_t> wide;
    for (std::int64_t pos = 0; pos < std::ssize(text);) {
        const CodePoint c = decode(text, pos);
        wide.push_back(c.value);
        pos += c.bytes;
    }
    const std::vector<std::uint16_t> narrow(wide.begin(), wide.end());
    const std::vector<std::uint8_t> bytes(wide.begin(), wide.end());
    const auto size = std::ssize(wide);
    const bool found = may_be_undecoded(std::string_view(text));
    CHECK(may_be_undecoded({wide.data(), size, Units::ucs4}) == found);
    CHECK(may_be_undecoded({narrow.data(), size, Units::ucs2}) == found);
    const bool fits = std::all_of(wide.begin(), wide.end(), [](auto c) { return c < 0x100; });
    if (fits) CHECK(may_be_undecoded({bytes.data(), size, Units::ucs1}) == found);
    return found;
}

}  // namespace

TEST_CASE("traces of what was not decoded are found anywhere") {
    for (const std::string trace : {"&quot;", "&#8220;", "&#x201C;", "â€œ", "â€ ", "â\u0080\u009C",
                                    "Ã©", "Â£", "\u0093", "\uFFFD", "‚Äú", "√©", "вЂњ", "ðŸ˜€"}) {
        for (const std::size_t before : {0, 1, 63, 64, 65, 200}) {
            CAPTURE(trace, before);
            CHECK(may_be(std::string(before, 'a') + trace));
            CHECK(may_be(std::string(before, 'a') + trace + std::string(70, 'b')));
        }
    }
}

TEST_CASE("what is printed as it should be is no trace") {
    for (const std::string text :
         {"", "a & b", "AT&T", "&", "&;", "&#;", "&reallyveryveryverylongnameofareference;", "café",
          "é’s", "àé", "«À»", "é", "Москва", "‘x’ “y”", "a\u0085b", "√2", "в ", "‚a‘"}) {
        CAPTURE(text);
        CHECK_FALSE(may_be(text));
    }
}

TEST_CASE("a million signs take linear time") {
    const std::string text = GENERATE(repeat("&a", large(1'000'000)), repeat("é", large(2'000'000)),
                                      repeat("&abcdefghijklmnopqrstuvwxyzabcdefg", large(100'000)));
    CHECK_FALSE(may_be_undecoded(std::string_view(text)));
}
