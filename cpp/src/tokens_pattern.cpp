#include "framelens/token_pattern.hpp"
#include "framelens/unicode.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace framelens {
namespace {

constexpr std::array<bool, 128> make_ascii_word_table() {
    std::array<bool, 128> table{};
    for (std::size_t c = 0; c < table.size(); ++c) {
        table[c] =
            (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
    }
    return table;
}
constexpr std::array<bool, 128> ascii_word = make_ascii_word_table();

// The end of the run of word characters from `pos` on; counts its characters.
std::int64_t skip_word(std::string_view text, std::int64_t pos, std::int64_t& characters) {
    const auto end = static_cast<std::int64_t>(text.size());
    while (pos < end) {
        const auto byte = static_cast<unsigned char>(text[static_cast<std::size_t>(pos)]);
        if (byte < 0x80) {
            if (!ascii_word[byte]) break;
            ++pos;
        } else {
            const CodePoint c = decode(text, pos);
            if (!is_python_alnum(c.value)) break;
            pos += c.bytes;
        }
        ++characters;
    }
    return pos;
}

// The next place where a word may begin: a word character, or any that is not ASCII.
std::int64_t skip_ascii_gap(std::string_view text, std::int64_t pos) {
    const auto end = static_cast<std::int64_t>(text.size());
    while (pos < end) {
        const auto byte = static_cast<unsigned char>(text[static_cast<std::size_t>(pos)]);
        if (byte >= 0x80 || ascii_word[byte]) break;
        ++pos;
    }
    return pos;
}

}  // namespace

void find_pattern_tokens(std::string_view text, bool lowercase, PatternTokens& tokens) {
    if (lowercase) {
        lower_python(text, tokens.text);
    } else {
        tokens.text.assign(text);
    }
    tokens.spans.clear();
    const std::string_view source = tokens.text;
    const auto end = static_cast<std::int64_t>(source.size());
    std::int64_t pos = skip_ascii_gap(source, 0);
    while (pos < end) {
        std::int64_t characters = 0;
        const std::int64_t word_end = skip_word(source, pos, characters);
        if (characters >= 2) {
            tokens.spans.push_back({pos, word_end});
        }
        // Where no word began stands a character that is not ASCII.
        pos = skip_ascii_gap(source, characters > 0 ? word_end : pos + decode(source, pos).bytes);
    }
}

}  // namespace framelens
