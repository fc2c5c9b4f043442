#include "catch.hpp"
#include "english.hpp"
#include "framelens/token_pattern.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace framelens;
using framelens::testing::large;
using framelens::testing::repeat;

namespace {

using Strings = std::vector<std::string>;

Strings runs(TextCutter& cutter, std::string_view text) {
    Strings out;
    cutter.start(TextView{text});
    while (cutter.next()) {
        const auto bounds = cutter.bounds();
        for (std::size_t i = 0; i < bounds.size(); i += 2) {
            out.emplace_back(cutter.text().substr(bounds[i], bounds[i + 1] - bounds[i]));
        }
    }
    return out;
}

Strings runs(const std::string& text, bool lowercase = true) {
    TextCutter cutter({Cut::words, lowercase});
    return runs(cutter, text);
}

}  // namespace

TEST_CASE("a text is cut into its runs of word characters") {
    CHECK(runs("a bc d_e 1 23") == Strings{"a", "bc", "d_e", "1", "23"});
    CHECK(runs("the U.S. don't") == Strings{"the", "u", "s", "don", "t"});
    CHECK(runs("").empty());
    CHECK(runs(" ! ?").empty());
}

TEST_CASE("case is kept where it is asked for") {
    CHECK(runs("Año ÜBER", true) == Strings{"año", "über"});
    CHECK(runs("Año ÜBER", false) == Strings{"Año", "ÜBER"});
}

TEST_CASE("letters of any script count, marks and emoji do not") {
    CHECK(runs("Жизнь 東京 مصر") == Strings{"жизнь", "東京", "مصر"});
    CHECK(runs("ab\u0301cd") == Strings{"ab", "cd"});  // a combining accent is no \w
    CHECK(runs("ok🙂ok") == Strings{"ok", "ok"});
    CHECK(runs("é ²3 ½x") == Strings{"é", "²3", "½x"});
    CHECK(runs(std::string("ab\0cd", 5)) == Strings{"ab", "cd"});
}

TEST_CASE("memory is used again, and nothing stays of the last text") {
    TextCutter cutter({Cut::words, true});
    CHECK(runs(cutter, "one two three").size() == 3);
    CHECK(runs(cutter, "FOUR") == Strings{"four"});
}

TEST_CASE("tokens of a million characters and ten megabytes of signs") {
    CHECK(runs(std::string(large(1'000'000), 'x')).front().size() == large(1'000'000));
    CHECK(runs(std::string(large(10'000'000), '"')).empty());
    CHECK(runs(repeat("🙂", large(2'500'000))).empty());
    CHECK(runs(repeat("a ", large(500'000))).size() == large(500'000));
}
