#include "framelens/error.hpp"
#include "framelens/unicode.hpp"

#include <unicode/brkiter.h>
#include <unicode/utext.h>
#include <algorithm>
#include <iterator>
#include <memory>
#include <stdexcept>

namespace framelens {
namespace {

// ICU counts in 32 bits; longer texts are cut after a line break, where words always end.
constexpr std::int64_t largest_piece = std::int64_t{1} << 30U;

void check(UErrorCode status) {
    if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU: ") + u_errorName(status));
}

struct CloseText {
    void operator()(UText* text) const noexcept { utext_close(text); }
};

void append_words(icu::BreakIterator& words, std::string_view text, std::int64_t offset,
                  std::vector<Span>& out) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UText, CloseText> input{
        utext_openUTF8(nullptr, text.data(), std::ssize(text), &status)};
    check(status);
    words.setText(input.get(), status);
    check(status);
    std::int64_t start = words.first();
    for (auto end = words.next(); end != icu::BreakIterator::DONE; end = words.next()) {
        if (words.getRuleStatus() >= UBRK_WORD_NONE_LIMIT) {
            out.push_back({offset + start, offset + end});
        }
        start = end;
    }
}

}  // namespace

std::vector<Span> unicode_words(std::string_view text, const std::string& locale) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::BreakIterator> words{
        icu::BreakIterator::createWordInstance(icu::Locale{locale.c_str()}, status)};
    check(status);
    std::vector<Span> out;
    const auto size = std::ssize(text);
    for (std::int64_t start = 0; start < size;) {
        std::int64_t end = size;
        if (size - start > largest_piece) {
            const auto line_end =
                text.rfind('\n', static_cast<std::size_t>(start + largest_piece - 1));
            end = line_end == std::string_view::npos ? start
                                                     : static_cast<std::int64_t>(line_end) + 1;
            if (end <= start)
                throw ValueError("a line of more than 1 GiB cannot be cut into words");
        }
        append_words(
            *words,
            text.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(end - start)),
            start, out);
        start = end;
    }
    return out;
}

}  // namespace framelens
