#include "wrapping_lines.hpp"

#include "framelens/unicode.hpp"

#include <algorithm>

namespace framelens {
namespace {

/// Line ends one after the other, each looked for once.
class LineEnds {
public:
    explicit LineEnds(std::string_view text) : text_(text) {}

    /// The next one at or behind `pos`, or the end of the text.
    std::size_t from(std::size_t pos) {
        if (feed_ < pos || pos == 0) feed_ = std::min(text_.find('\n', pos), text_.size());
        if (carriage_ < pos || pos == 0) carriage_ = std::min(text_.find('\r', pos), text_.size());
        return std::min(feed_, carriage_);
    }

private:
    std::string_view text_;
    std::size_t feed_ = 0;
    std::size_t carriage_ = 0;
};

}  // namespace

std::int64_t count_columns(std::string_view text) {
    return std::count_if(text.begin(), text.end(),
                         [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; });
}

std::size_t find_space(std::string_view line) {
    const std::size_t space = line.find_first_of(" \t");
    if (space != std::string_view::npos) return space;
    const auto size = std::ssize(line);
    for (std::int64_t pos = 0; pos < size;) {
        const CodePoint c = decode(line, pos);
        if (is_space(c.value)) return static_cast<std::size_t>(pos);
        pos += c.bytes;
    }
    return std::string_view::npos;
}

std::vector<PrintedLine> read_lines(std::string_view text) {
    std::vector<PrintedLine> lines;
    LineEnds ends(text);
    std::int32_t block = 0;
    bool blank_before = true;
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = ends.from(start);
        PrintedLine line;
        line.span = {static_cast<std::int64_t>(start), static_cast<std::int64_t>(end)};
        while (line.span.start < line.span.end) {
            const CodePoint c = decode(text, line.span.start);
            if (!is_space(c.value)) break;
            ++line.indent;
            if (c.value == U'\t') ++line.tabs;
            line.span.start += c.bytes;
        }
        while (line.span.start < line.span.end) {
            const CodePoint c = decode_before(text, line.span.end);
            if (!is_space(c.value)) break;
            line.span.end -= c.bytes;
        }
        const bool blank = line.span.size() == 0;
        if (!blank) {
            if (blank_before) ++block;
            line.block = block;
            lines.push_back(line);
        }
        blank_before = blank;
        start = end + 1;
        if (end + 1 < text.size() && text[end] == '\r' && text[end + 1] == '\n') ++start;
    }
    return lines;
}

}  // namespace framelens
