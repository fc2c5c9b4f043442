// How the words of a short line are printed.
#pragma once

#include "framelens/language.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace framelens {

/// A word of a line, without the punctuation around it.
struct LineWord {
    std::string_view text;
    bool capital = false;  // begins with an upper-case letter
    bool digit = false;    // begins with a digit
};

/// Words between white space; signs without a letter or digit are no words.
[[nodiscard]] std::vector<LineWord> words_of(std::string_view line);

/// Whether the words that a title prints with capitals have them: all but short ones.
[[nodiscard]] bool is_title_case(const std::vector<LineWord>& words);

/// Whether each word has a capital, is a number, or may stand between names ("and", "of the").
[[nodiscard]] bool has_only_names(const std::vector<LineWord>& words, const Language& language);

/// A given name, and one to three words that may stand behind it in a name.
[[nodiscard]] bool is_name(const std::vector<LineWord>& words, const Language& language);

/// What the last sign of a line says, closing quotation marks and brackets left out.
enum class Ending : std::uint8_t { none, sentence, colon, pause };
[[nodiscard]] Ending ending_of(std::string_view line);

[[nodiscard]] bool begins_with_quote(std::string_view line);
/// A bullet, or a number or letter with a bracket, and white space.
[[nodiscard]] bool begins_with_bullet(std::string_view line);
/// "Q: ...", "SMITH: ...": a turn of a transcript.
[[nodiscard]] bool begins_with_speaker(std::string_view line);

}  // namespace framelens
