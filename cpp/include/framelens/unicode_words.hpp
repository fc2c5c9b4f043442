// Words of UAX #29, as ICU's rules for a locale have them.
#pragma once

#include "framelens/parallel.hpp"
#include "framelens/types.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace framelens {

/// Cuts texts into words: segments with a letter, digit, kana or ideograph, in exactly the bounds
/// of ICU's BreakIterator. Dictionaries of ICU part Chinese, Japanese, Thai, Lao, Khmer and Burmese;
/// all else is cut by ICU's rules without ICU. One cutter is used for many texts and keeps its
/// memory; it belongs to one thread.
class WordCutter {
public:
    /// `locale` as ICU names it ("" is root). `portable`: no vector instructions; the result is the
    /// same. Errors: ValueError for a locale that ICU does not know.
    explicit WordCutter(const std::string& locale, bool portable = false);
    WordCutter(WordCutter&& other) noexcept;
    WordCutter& operator=(WordCutter&& other) noexcept;
    ~WordCutter();

    /// Begin and end of each word of valid UTF-8 `text`, one after the other, valid until the next
    /// call. Units: bytes. Errors: ValueError for a text of 4 GiB, or a part of 1 GiB for a
    /// dictionary. Cost: one pass; plain words in blocks of 64 bytes, the rest by character.
    [[nodiscard]] std::span<const std::uint32_t> cut(std::string_view text);

private:
    class Cutter;
    std::unique_ptr<Cutter> cutter_;
};

/// The same for one text, of any length. Errors: ValueError for a line of more than 1 GiB in a text
/// that is longer.
[[nodiscard]] std::vector<Span> unicode_words(std::string_view text, const std::string& locale);

/// The words of many texts. Shapes: `texts`, `words` and `form` have an entry a word, in text order.
struct WordForms {
    std::vector<std::int64_t> texts;  // which text it is in
    std::vector<Span> words;
    std::vector<std::int32_t> form;  // as it is printed: a position in `forms`
    std::vector<std::string> forms;  // each once, in order of first occurrence
};

/// Errors: as `WordCutter`; `Interrupted`. Cost: one pass, and a look-up a word on one thread.
[[nodiscard]] WordForms find_words(std::span<const std::string> texts, const std::string& locale,
                                   const Run& run);

}  // namespace framelens
