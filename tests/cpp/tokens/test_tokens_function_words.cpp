#include "catch.hpp"
#include "english.hpp"
#include "framelens/tokens_function_words.hpp"

#include <string>

using namespace framelens;
using framelens::testing::english;
using framelens::testing::large;
using framelens::testing::repeat;

TEST_CASE("words and function words are counted") {
    const auto count = [](const std::string& text) {
        const FunctionWords found = count_function_words(text, *english());
        return std::pair(found.words, found.function);
    };
    CHECK(count("") == std::pair<std::int64_t, std::int64_t>(0, 0));
    CHECK(count("The port was closed.") == std::pair<std::int64_t, std::int64_t>(4, 2));
    CHECK(count("THE Port—of the “Ärger” 42") == std::pair<std::int64_t, std::int64_t>(5, 3));
    CHECK(count("Le maire l’a dit à l’église") == std::pair<std::int64_t, std::int64_t>(8, 2));
    CHECK(count("東京。कल\u0301") == std::pair<std::int64_t, std::int64_t>(2, 0));
}

TEST_CASE("a million words take linear time") {
    const std::string text =
        GENERATE(repeat("the ", large(1'000'000)), repeat("é", large(5'000'000)),
                 repeat("’ ", large(2'000'000)));
    CHECK(count_function_words(text, *english()).words <= std::ssize(text));
}
