// How much of a text is a language's function words, which tells whether it is in that language.
#pragma once

#include <cstdint>
#include <string_view>

namespace framelens {

struct Language;

struct FunctionWords {
    std::int64_t words = 0;     // runs of letters
    std::int64_t function = 0;  // those of a closed class: pronouns, articles, prepositions, be ...
};

/// Counts both in valid UTF-8 `text`. Cost: one dictionary look-up a word.
[[nodiscard]] FunctionWords count_function_words(std::string_view text, const Language& language);

}  // namespace framelens
