#include "catch.hpp"
#include "english.hpp"
#include "framelens/token_pattern.hpp"

#include <string>
#include <vector>

using namespace framelens;
using framelens::testing::repeat;

namespace {

using Strings = std::vector<std::string>;

Strings tokens(const std::string& text, bool lowercase = true) {
    PatternTokens found;
    find_pattern_tokens(text, lowercase, found);
    Strings out;
    for (std::size_t i = 0; i < found.spans.size(); ++i) out.emplace_back(found[i]);
    return out;
}

}  // namespace

TEST_CASE("tokens are runs of two or more word characters") {
    CHECK(tokens("a bc d_e 1 23") == Strings{"bc", "d_e", "23"});
    CHECK(tokens("the U.S. don't cost 1,000") == Strings{"the", "don", "cost", "000"});
    CHECK(tokens("").empty());
    CHECK(tokens("a b ! ?").empty());
}

TEST_CASE("case is kept where it is asked for") {
    CHECK(tokens("Año ÜBER", true) == Strings{"año", "über"});
    CHECK(tokens("Año ÜBER", false) == Strings{"Año", "ÜBER"});
}

TEST_CASE("letters of any script count, marks and emoji do not") {
    CHECK(tokens("Жизнь 東京 مصر") == Strings{"жизнь", "東京", "مصر"});
    CHECK(tokens("ab\u0301cd") == Strings{"ab", "cd"});  // a combining accent is no \w
    CHECK(tokens("ok🙂ok") == Strings{"ok", "ok"});
    CHECK(tokens("é ²3 ½x") == Strings{"²3", "½x"});
    CHECK(tokens(std::string("ab\0cd", 5)) == Strings{"ab", "cd"});
}

TEST_CASE("memory is used again, and nothing stays of the last text") {
    PatternTokens found;
    find_pattern_tokens("one two three", true, found);
    find_pattern_tokens("FOUR", true, found);
    REQUIRE(found.spans.size() == 1);
    CHECK(found[0] == "four");
}

TEST_CASE("tokens of a million characters and ten megabytes of signs") {
    CHECK(tokens(std::string(1'000'000, 'x')).front().size() == 1'000'000);
    CHECK(tokens(std::string(10'000'000, '"')).empty());
    CHECK(tokens(repeat("🙂", 2'500'000)).empty());
    CHECK(tokens(repeat("a ", 5'000'000)).empty());
}
