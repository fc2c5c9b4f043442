// The words of a text with their places: runs of letters and digits, folded.
#pragma once

#include "framelens/types.hpp"
#include "framelens/unicode.hpp"
#include "framelens/unicode_encode.hpp"
#include "prints.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace framelens {

/// Of ASCII: the lower case of letters and digits, else 0.
inline constexpr auto lower_ascii = [] {
    std::array<char, 128> table{};
    for (unsigned c = 0; c < 128; ++c) {
        const bool upper = c >= 'A' && c <= 'Z';
        const bool other = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        table[c] = static_cast<char>(upper ? c | 0x20U : other ? c : 0U);
    }
    return table;
}();

/// Reads the words of one text; `Text` knows its units and the character at each.
template <class Text>
class WordReader {
public:
    explicit WordReader(Text text) : text_(text) {}

    /// Calls `word(hash, start)` for each word, in text order.
    template <class Function>
    void read(const Function& word) {
        for (std::int64_t i = 0; i < text_.length;) {
            const std::int64_t start = i;
            const std::uint64_t hash = word_at(i);
            if (i == start) {
                i += text_.at(i).bytes;
            } else {
                word(hash, start);
            }
        }
    }

    /// The end of the word that begins at `i`.
    std::int64_t end_of(std::int64_t i) {
        word_at(i);
        return i;
    }

private:
    /// The hash of the word at `i`, which moves to its end.
    std::uint64_t word_at(std::int64_t& i) {
        std::size_t size = 0;
        std::int64_t end = i;
        const std::int64_t last = std::min(text_.length, i + max_plain_bytes);
        for (; end < last && text_.unit(end) < 0x80U; ++end) {
            const char lower = lower_ascii[text_.unit(end)];
            if (lower == 0) break;
            plain_[size++] = lower;
        }
        if (end == text_.length || (end < last && text_.unit(end) < 0x80U)) {
            i = end;
            return size == 0 ? 0 : hash_word({plain_.data(), size});
        }
        return any_word_at(i);
    }

    std::uint64_t any_word_at(std::int64_t& i) {
        word_.clear();
        while (i < text_.length) {
            const CodePoint point = text_.at(i);
            if (!is_alnum(point.value)) break;
            if (point.value < 0x80) {
                word_ += lower_ascii[point.value];
            } else {
                append_utf8(point.value, word_);
            }
            i += point.bytes;
        }
        const std::size_t size = word_.size();
        word_.append(after_a_word, ' ');
        return size == 0 ? 0 : hash_word({word_.data(), size});
    }

    static constexpr std::int64_t max_plain_bytes = 48;
    Text text_;
    std::array<char, max_plain_bytes + after_a_word> plain_{};
    std::string word_;
};

template <class Unit>
struct WideText {
    const Unit* units;
    std::int64_t length;
    std::uint32_t unit(std::int64_t i) const noexcept { return units[i]; }
    CodePoint at(std::int64_t i) const noexcept { return {units[i], 1}; }
};

struct Utf8Text {
    std::string_view bytes;
    std::int64_t length;
    std::uint32_t unit(std::int64_t i) const noexcept {
        return static_cast<unsigned char>(bytes[static_cast<std::size_t>(i)]);
    }
    CodePoint at(std::int64_t i) const noexcept { return decode(bytes, i); }
};

/// Calls `f` with a reader of the text's words.
template <class Function>
auto with_words(const TextView& text, const Function& f) {
    const auto wide = [&]<class Unit>(const Unit* units) {
        return f(WordReader(WideText<Unit>{units, text.length}));
    };
    switch (text.units) {
        case Units::ucs1:
            return wide(static_cast<const std::uint8_t*>(text.data));
        case Units::ucs2:
            return wide(static_cast<const std::uint16_t*>(text.data));
        case Units::ucs4:
            return wide(static_cast<const std::uint32_t*>(text.data));
        default:
            break;
    }
    const std::string_view bytes{static_cast<const char*>(text.data),
                                 static_cast<std::size_t>(text.length)};
    return f(WordReader(Utf8Text{bytes, text.length}));
}

}  // namespace framelens
