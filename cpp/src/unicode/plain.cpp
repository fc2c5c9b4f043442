#include "framelens/unicode_plain.hpp"

#include "framelens/unicode.hpp"
#include "icu.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uniset.h>
#include <algorithm>
#include <cstring>
#include <optional>

namespace framelens {
namespace {

constexpr char32_t soft_hyphen = 0xAD;
constexpr char32_t first_special = 0xA0;

/// The characters that a plain text may not have, or has in one order only.
struct Special {
    icu::UnicodeSet left_out;  // default-ignorable
    icu::UnicodeSet left_out_or_space;
    icu::UnicodeSet recomposed;    // what NFC may change whatever stands before it
    icu::UnicodeSet not_composed;  // the same, and marks, which NFC puts in order
    icu::UnicodeSet any;
    const icu::Normalizer2* nfc = nullptr;

    Special() {
        UErrorCode status = U_ZERO_ERROR;
        nfc = icu::Normalizer2::getNFCInstance(status);
        left_out.applyIntPropertyValue(UCHAR_DEFAULT_IGNORABLE_CODE_POINT, 1, status);
        icu::UnicodeSet maybe;
        left_out_or_space.applyIntPropertyValue(UCHAR_GENERAL_CATEGORY_MASK, U_GC_ZS_MASK, status);
        left_out_or_space.remove(U' ').addAll(left_out);
        recomposed.applyIntPropertyValue(UCHAR_NFC_QUICK_CHECK, UNORM_NO, status);
        maybe.applyIntPropertyValue(UCHAR_NFC_QUICK_CHECK, UNORM_MAYBE, status);
        recomposed.addAll(maybe);
        not_composed.applyIntPropertyValue(UCHAR_CANONICAL_COMBINING_CLASS, 0, status);
        not_composed.complement().addAll(recomposed);
        check_icu(status);
        any.addAll(left_out_or_space).addAll(not_composed);
        for (icu::UnicodeSet* set :
             {&left_out, &left_out_or_space, &recomposed, &not_composed, &any}) {
            set->freeze();
        }
    }
};

const Special& special() {
    static const Special sets;
    return sets;
}

bool has(const icu::UnicodeSet& set, char32_t c) {
    return set.contains(static_cast<UChar32>(c)) != 0;
}

bool is_ascii_at(std::string_view text, std::int64_t pos) {
    return static_cast<unsigned char>(text[static_cast<std::size_t>(pos)]) < 0x80;
}

/// The first byte at or behind `pos` that is not ASCII, or the end.
std::int64_t skip_ascii(std::string_view text, std::int64_t pos) {
    constexpr std::uint64_t high = 0x8080808080808080ULL;
    const auto size = std::ssize(text);
    for (std::uint64_t block = 0; pos + 8 <= size; pos += 8) {
        std::memcpy(&block, text.data() + pos, sizeof block);
        if ((block & high) != 0) break;
    }
    while (pos < size && is_ascii_at(text, pos)) ++pos;
    return pos;
}

/// Past characters that the set has not, some hundred bytes at once.
std::int64_t skip_others(const icu::UnicodeSet& set, std::string_view text, std::int64_t pos) {
    constexpr std::int64_t at_once = 512;
    const auto size = std::ssize(text);
    std::int64_t end = std::min(size, pos + at_once);
    while (end < size &&
           (static_cast<unsigned char>(text[static_cast<std::size_t>(end)]) & 0xC0U) == 0x80U)
        --end;
    return pos + set.spanUTF8(text.data() + pos, static_cast<std::int32_t>(end - pos),
                              USET_SPAN_NOT_CONTAINED);
}

/// The first character of the set, which has no ASCII, at or behind `pos`, or the end.
std::int64_t find_from(const icu::UnicodeSet& set, std::string_view text, std::int64_t pos) {
    const auto size = std::ssize(text);
    for (pos = skip_ascii(text, pos); pos < size; pos = skip_ascii(text, pos)) {
        const CodePoint c = decode(text, pos);
        if (has(set, c.value)) return pos;
        pos += c.bytes;
        // A sign alone is common in news; several are a script of their own.
        if (pos < size && !is_ascii_at(text, pos)) pos = skip_others(set, text, pos);
    }
    return size;
}

/// Writes a new text beside an old one, and where they differ.
class Rewriter {
public:
    explicit Rewriter(std::string_view old) : old_(old) {}

    /// Puts `text` for what stands from `start` to `end`; what stands before it is kept.
    void replace(std::int64_t start, std::int64_t end, std::string_view text) {
        if (rewrites_.empty()) out_.reserve(old_.size());
        keep(start);
        const auto at = std::ssize(out_);
        out_ += text;
        rewrites_.add({start, end}, {at, std::ssize(out_)});
        kept_ = end;
    }
    /// Without rewrites, the new text is not written at all.
    std::pair<std::string, Rewrites> finish() {
        if (!rewrites_.empty()) keep(std::ssize(old_));
        return {std::move(out_), std::move(rewrites_)};
    }

private:
    void keep(std::int64_t end) {
        out_ += old_.substr(static_cast<std::size_t>(kept_), static_cast<std::size_t>(end - kept_));
    }

    std::string_view old_;
    std::int64_t kept_ = 0;
    std::string out_;
    Rewrites rewrites_;
};

/// Past the line end at `pos`, with white space around it, if a word goes on there: the next line
/// begins with a lower-case letter.
std::optional<std::int64_t> past_line_end(std::string_view text, std::int64_t pos) {
    const auto size = std::ssize(text);
    const auto at = [&](std::int64_t i) {
        return i < size ? text[static_cast<std::size_t>(i)] : '\0';
    };
    const auto skip_blanks = [&] {
        while (at(pos) == ' ' || at(pos) == '\t') ++pos;
    };
    skip_blanks();
    const std::int64_t line_end = pos;
    if (at(pos) == '\r') ++pos;
    if (at(pos) == '\n') ++pos;
    if (pos == line_end) return std::nullopt;
    skip_blanks();
    if (pos >= size || !is_lower(decode(text, pos).value)) return std::nullopt;
    return pos;
}

/// Leaves out what is not seen, and makes spaces equal.
std::pair<std::string, Rewrites> without_ignorables(std::string_view text) {
    const Special& sets = special();
    const auto size = std::ssize(text);
    Rewriter out(text);
    for (std::int64_t pos = find_from(sets.left_out_or_space, text, 0); pos < size;
         pos = find_from(sets.left_out_or_space, text, pos)) {
        const std::int64_t start = pos;
        CodePoint c = decode(text, pos);
        if (!has(sets.left_out, c.value)) {
            pos += c.bytes;
            out.replace(start, pos, " ");
            continue;
        }
        bool hyphenated = false;
        for (; has(sets.left_out, c.value); c = decode(text, pos)) {
            hyphenated = hyphenated || c.value == soft_hyphen;
            pos += c.bytes;
            if (pos == size) break;
        }
        if (hyphenated) pos = past_line_end(text, pos).value_or(pos);
        out.replace(start, pos, "");
    }
    return out.finish();
}

/// The quick check of UAX #15.
bool is_composed(const Special& sets, std::string_view piece) {
    std::uint8_t last = 0;
    const auto size = std::ssize(piece);
    for (std::int64_t pos = 0; pos < size;) {
        const CodePoint c = decode(piece, pos);
        const auto order = sets.nfc->getCombiningClass(static_cast<UChar32>(c.value));
        if (has(sets.recomposed, c.value) || (order != 0 && order < last)) return false;
        last = order;
        pos += c.bytes;
    }
    return true;
}

std::string compose(const icu::Normalizer2& nfc, std::string_view piece) {
    std::string out;
    icu::StringByteSink<std::string> sink{&out, static_cast<std::int32_t>(piece.size())};
    UErrorCode status = U_ZERO_ERROR;
    nfc.normalizeUTF8(0, {piece.data(), static_cast<std::int32_t>(piece.size())}, sink, nullptr,
                      status);
    check_icu(status);
    return out;
}

/// Composes the text piece by piece. A piece goes from one character that nothing before it changes
/// to the next. It is cut after 4096 bytes at the latest: it then has more marks in a row than the
/// 30 of the stream-safe text format (UAX #15), and the time to order marks grows with the square
/// of their number.
std::pair<std::string, Rewrites> composed(std::string_view text) {
    constexpr std::int64_t max_piece_bytes = 4096;
    const Special& sets = special();
    const auto size = std::ssize(text);
    const auto begins = [&](char32_t c) {
        return sets.nfc->hasBoundaryBefore(static_cast<UChar32>(c)) != 0;
    };
    Rewriter out(text);
    std::int64_t done = 0;
    for (std::int64_t pos = find_from(sets.not_composed, text, 0); pos < size;
         pos = find_from(sets.not_composed, text, pos)) {
        std::int64_t start = pos;
        CodePoint c = decode(text, pos);
        if (!begins(c.value) && start > done) start -= decode_before(text, start).bytes;
        do {
            pos += c.bytes;
            if (pos == size) break;
            c = decode(text, pos);
        } while (!begins(c.value) && pos - start < max_piece_bytes);
        const auto piece =
            text.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(pos - start));
        done = pos;
        if (is_composed(sets, piece)) continue;
        const std::string whole = compose(*sets.nfc, piece);
        if (whole != piece) out.replace(start, pos, whole);
    }
    return out.finish();
}

}  // namespace

Span Rewrites::place_of(Span after) const noexcept {
    // Each ends before the next begins, so both ends are in order.
    const auto start_of = [this](std::int64_t pos) {
        const auto next =
            std::upper_bound(edits_.begin(), edits_.end(), pos,
                             [](std::int64_t at, const Edit& e) { return at < e.after.start; });
        if (next == edits_.begin()) return pos;
        const Edit& edit = *std::prev(next);
        return edit.after.end <= pos ? edit.before.end + (pos - edit.after.end) : edit.before.start;
    };
    const auto end_of = [this](std::int64_t pos) {
        const auto next =
            std::lower_bound(edits_.begin(), edits_.end(), pos,
                             [](const Edit& e, std::int64_t at) { return e.after.start < at; });
        if (next == edits_.begin()) return pos;
        const Edit& edit = *std::prev(next);
        return edit.before.end + std::max<std::int64_t>(pos - edit.after.end, 0);
    };
    const std::int64_t start = start_of(after.start);
    return {start, after.size() == 0 ? start : end_of(after.end)};
}

Span GivenText::place_of(Span plain) const noexcept {
    for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) plain = step->place_of(plain);
    return plain;
}

std::int64_t GivenText::plain_end(std::string_view plain, std::int64_t given_end) const noexcept {
    if (is_plain()) return given_end;
    std::int64_t low = 0;
    std::int64_t high = std::ssize(plain);
    while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        if (place_of({middle, middle}).start < given_end) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

void GivenText::take(std::string& text, std::string&& written, Rewrites&& rewrites) {
    if (rewrites.empty()) return;
    if (is_plain()) text_ = std::move(text);
    text = std::move(written);
    steps_.push_back(std::move(rewrites));
}

void GivenText::rewrite(std::string& text, std::span<const Replacement> replacements) {
    if (replacements.empty()) return;
    Rewriter out(text);
    for (const Replacement& part : replacements) {
        out.replace(part.span.start, part.span.end, part.text);
    }
    auto [written, rewrites] = out.finish();
    take(text, std::move(written), std::move(rewrites));
}

void GivenText::make_plain(std::string& text) {
    if (find_from(special().any, text, 0) == std::ssize(text)) return;
    auto [seen, left_out] = without_ignorables(text);
    take(text, std::move(seen), std::move(left_out));
    auto [whole, changed] = composed(text);
    take(text, std::move(whole), std::move(changed));
}

GivenText make_plain(std::string& text) {
    GivenText given;
    given.make_plain(text);
    return given;
}

bool is_plain(const TextView& text) {
    const Special& sets = special();
    const auto none = [&]<class Unit>(const Unit* units) {
        return std::none_of(units, units + text.length, [&](Unit c) {
            return c >= first_special && has(sets.any, static_cast<char32_t>(c));
        });
    };
    switch (text.units) {
        case Units::ucs1:
            return none(static_cast<const std::uint8_t*>(text.data));
        case Units::ucs2:
            return none(static_cast<const std::uint16_t*>(text.data));
        case Units::ucs4:
            return none(static_cast<const std::uint32_t*>(text.data));
        default:
            break;
    }
    const std::string_view bytes{static_cast<const char*>(text.data),
                                 static_cast<std::size_t>(text.length)};
    return find_from(sets.any, bytes, 0) == text.length;
}

}  // namespace framelens
