#include "framelens/segment.hpp"

#include "abbreviations.hpp"
#include "framelens/unicode.hpp"
#include "framelens/unicode_lines.hpp"

#include <algorithm>
#include <array>

namespace framelens {
namespace {

enum class Terminator : std::uint8_t {
    none,
    full_stop,
    mark,  // ! ? … and full stops that no abbreviation has; white space follows
    wide,  // of Chinese and Japanese: no white space follows
};

Terminator terminator_of(char32_t c) noexcept {
    switch (c) {
        case U'.':
            return Terminator::full_stop;
        case U'!':
        case U'?':
        case 0x203C:  // ‼
        case 0x2026:  // …
        case 0x2047:  // ⁇
        case 0x2048:  // ⁈
        case 0x2049:  // ⁉
        case 0x589:   // Armenian
        case 0x61F:   // Arabic question mark
        case 0x6D4:   // Urdu
        case 0x964:   // danda
        case 0x965:   // double danda
        case 0x104B:  // Burmese
        case 0x1362:  // Ethiopic full stop
        case 0x1367:  // Ethiopic question mark
        case 0x17D4:  // Khmer
            return Terminator::mark;
        case 0x3002:  // 。
        case 0xFF01:  // ！
        case 0xFF0E:  // ．
        case 0xFF1F:  // ？
        case 0xFF61:  // ｡
            return Terminator::wide;
        default:
            return Terminator::none;
    }
}

constexpr std::array<bool, 256> make_candidates() {
    std::array<bool, 256> table{};
    for (const char c : {'.', '!', '?'}) table[static_cast<std::size_t>(c)] = true;
    for (const int lead : {0xD6, 0xD8, 0xDB, 0xE0, 0xE1, 0xE2, 0xE3, 0xEF}) {
        table[static_cast<std::size_t>(lead)] = true;
    }
    return table;
}
// Bytes with which a terminator may begin.
constexpr auto candidates = make_candidates();

// Marks that only close, or close where they stand right behind a sentence.
bool is_closer(char32_t c) noexcept {
    switch (c) {
        case U'"':
        case U'\'':
        case U')':
        case U']':
        case U'}':
        case 0xBB:    // »
        case 0x2019:  // ’
        case 0x201D:  // ”
        case 0x203A:  // ›
        case 0x3009:  // 〉
        case 0x300B:  // 》
        case 0x300D:  // 」
        case 0x300F:  // 』
        case 0x3011:  // 】
        case 0xFF09:  // ）
        case 0xFF3D:  // ］
            return true;
        default:
            return false;
    }
}

// Marks that open in one language and close in another.
bool is_two_faced(char32_t c) noexcept {
    return c == 0x2018 || c == 0x201C || c == 0xAB || c == 0x2039;
}

bool is_opener(char32_t c) noexcept {
    switch (c) {
        case U'(':
        case U'[':
        case U'{':
        case U'"':
        case U'\'':
        case U'`':
        case 0xA1:    // ¡
        case 0xAB:    // «
        case 0xBB:    // »
        case 0xBF:    // ¿
        case 0x2018:  // ‘
        case 0x2019:  // ’
        case 0x201A:  // ‚
        case 0x201C:  // “
        case 0x201D:  // ”
        case 0x201E:  // „
        case 0x2039:  // ‹
        case 0x203A:  // ›
            return true;
        default:
            return false;
    }
}

// A sentence does not begin with these: a dash or a pause after a full stop goes on.
bool is_continuation(char32_t c) noexcept {
    return c == U',' || c == U';' || c == U':' || c == U'-' || (c >= 0x2012 && c <= 0x2015) ||
           is_lower(c);
}

class Cutter {
public:
    Cutter(std::string_view text, const Language& language, Segments& out)
        : text_(text), language_(language), out_(out) {}

    void cut(std::int32_t paragraph) {
        paragraph_ = paragraph;
        const Span span = out_.paragraphs[static_cast<std::size_t>(paragraph)];
        start_ = span.start;
        end_ = span.end;
        std::int64_t pos = start_;
        while (pos < end_) {
            if (!candidates[static_cast<unsigned char>(text_[static_cast<std::size_t>(pos)])]) {
                ++pos;
                continue;
            }
            const CodePoint c = decode(text_, pos);
            if (terminator_of(c.value) == Terminator::none) {
                pos += c.bytes;
            } else {
                pos = read_terminators(pos);
            }
        }
        if (start_ < end_) push({start_, end_});
    }

private:
    void push(Span span) { out_.sentences.push_back({span, paragraph_}); }

    std::optional<CodePoint> peek(std::int64_t pos) const {
        if (pos >= end_) return std::nullopt;
        return decode(text_, pos);
    }
    bool space_or_end(std::int64_t pos) const {
        const auto c = peek(pos);
        return !c || is_space(c->value);
    }
    std::int64_t skip_spaces(std::int64_t pos) const {
        for (auto c = peek(pos); c && is_space(c->value); c = peek(pos)) pos += c->bytes;
        return pos;
    }

    /// Reads the terminators at `pos` and what belongs to them; ends the sentence there if it
    /// does. Returns where to read on.
    std::int64_t read_terminators(std::int64_t pos) {
        const std::int64_t first = pos;
        Terminator last = Terminator::none;
        std::int64_t count = 0;
        for (auto c = peek(pos); c; c = peek(pos)) {
            const Terminator kind = terminator_of(c->value);
            if (kind == Terminator::none) break;
            last = kind;
            ++count;
            pos = past_spaced_dot(pos + c->bytes, kind);
        }
        const std::int64_t closers = pos;
        pos = skip_closers(pos);
        const bool single_stop = count == 1 && last == Terminator::full_stop;
        if (last == Terminator::wide) {
            end_sentence(pos, skip_spaces(pos));
        } else if (single_stop ? ends_at_full_stop(first, {closers, pos}) : ends({closers, pos})) {
            end_sentence(pos, skip_spaces(pos));
        }
        return pos;
    }

    void end_sentence(std::int64_t end, std::int64_t next) {
        push({start_, end});
        start_ = next;
    }

    /// Spaced ellipses (". . .") are one run: stands at the next dot if there is one.
    std::int64_t past_spaced_dot(std::int64_t pos, Terminator kind) const {
        if (kind != Terminator::full_stop) return pos;
        const std::int64_t dot = skip_spaces(pos);
        const auto c = peek(dot);
        if (!c || dot == pos || c->value != U'.') return pos;
        const auto after = peek(dot + 1);
        const bool alone = !after || is_space(after->value) || is_closer(after->value) ||
                           terminator_of(after->value) != Terminator::none;
        return alone ? dot : pos;
    }

    std::int64_t skip_closers(std::int64_t pos) const {
        for (auto c = peek(pos); c; c = peek(pos)) {
            if (is_space(c->value)) {
                // « Oui ! » and ’ ” with a thin space between.
                const std::int64_t mark = skip_spaces(pos);
                const auto spaced = peek(mark);
                const bool closes = spaced && (spaced->value == 0xBB || spaced->value == 0x203A ||
                                               spaced->value == 0x201D);
                if (!closes || !space_or_end(mark + spaced->bytes)) break;
                pos = mark + spaced->bytes;
                continue;
            }
            const bool closes =
                is_closer(c->value) || (is_two_faced(c->value) && space_or_end(pos + c->bytes));
            if (!closes) break;
            pos += c->bytes;
        }
        return pos;
    }

    /// What follows a possible end: the first letter (or other sign) behind opening marks.
    struct Next {
        std::int64_t pos = 0;
        char32_t sign = 0;
        bool quoted = false;
        bool bracketed = false;
    };
    std::optional<Next> next_after(std::int64_t pos) const {
        Next next;
        next.pos = skip_spaces(pos);
        for (auto c = peek(next.pos); c; c = peek(next.pos)) {
            next.sign = c->value;
            if (!is_opener(c->value)) return next;
            const bool bracket = c->value == U'(' || c->value == U'[' || c->value == U'{';
            (bracket ? next.bracketed : next.quoted) = true;
            next.pos += c->bytes;
        }
        return std::nullopt;
    }

    /// Whether a sentence ends before `closers.end`, whatever stands before the terminator.
    bool ends(Span closers) const {
        const auto here = peek(closers.end);
        if (!here) return true;
        const bool closed = closers.size() > 0;
        if (!is_space(here->value)) {
            // A space was lost behind a closing mark that is surely one: ...talks.”He said
            return closed && decode_before(text_, closers.end).value == 0x201D &&
                   is_upper(here->value);
        }
        const auto next = next_after(closers.end);
        return next && !is_continuation(next->sign) &&
               (terminator_of(next->sign) == Terminator::none);
    }

    bool ends_at_full_stop(std::int64_t dot, Span closers) const {
        if (!ends(closers)) return false;
        const auto next = next_after(closers.end);
        if (!next) return true;
        BeforeStop before;
        before.sentence =
            text_.substr(static_cast<std::size_t>(start_), static_cast<std::size_t>(dot - start_));
        before.closed_by_quote =
            closers.size() > 0 && !is_bracket(decode_before(text_, closers.end).value);
        AfterStop after;
        after.rest = text_.substr(static_cast<std::size_t>(next->pos),
                                  static_cast<std::size_t>(end_ - next->pos));
        after.digit = is_digit(next->sign);
        after.quoted = next->quoted;
        after.bracketed = next->bracketed;
        return !is_abbreviation_inside(before, after, language_);
    }

    static bool is_bracket(char32_t c) { return c == U')' || c == U']' || c == U'}'; }

    std::string_view text_;
    const Language& language_;
    Segments& out_;
    std::int32_t paragraph_ = 0;
    std::int64_t start_ = 0;
    std::int64_t end_ = 0;
};

}  // namespace

Segments segment(std::string_view text, const Language& language, std::int64_t title_end) {
    Segments out;
    out.paragraphs = find_lines(text, title_end);
    out.sentences.reserve(text.size() / 100 + out.paragraphs.size());
    Cutter cutter(text, language, out);
    for (std::size_t i = 0; i < out.paragraphs.size(); ++i) {
        cutter.cut(static_cast<std::int32_t>(i));
    }
    return out;
}

}  // namespace framelens
