// Folding for matching. ICU does the normal forms; a table does ASCII, and another the Latin
// letters and the typographic marks that news is full of.
#include "framelens/unicode.hpp"

#include "framelens/unicode_encode.hpp"
#include "icu.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <algorithm>
#include <array>
#include <iterator>

namespace framelens {
namespace {

// The typographic variants of quotes, apostrophes, dashes and spaces, or 0 for what is none.
char plain_mark(char32_t c) noexcept {
    switch (c) {
        case 0x0060:
        case 0x00B4:
        case 0x02B9:
        case 0x02BB:
        case 0x02BC:
        case 0x02BD:
        case 0x055A:
        case 0x2018:
        case 0x2019:
        case 0x201A:
        case 0x201B:
        case 0x2032:
        case 0x2035:
        case 0x2039:
        case 0x203A:
            return '\'';
        case 0x00AB:
        case 0x00BB:
        case 0x201C:
        case 0x201D:
        case 0x201E:
        case 0x201F:
        case 0x2033:
        case 0x2036:
        case 0x2E42:
        case 0x300C:
        case 0x300D:
        case 0x300E:
        case 0x300F:
        case 0x301D:
        case 0x301E:
        case 0x301F:
            return '"';
        case 0x2212:
            return '-';
        default:
            break;
    }
    const auto type = u_charType(static_cast<UChar32>(c));
    return type == U_DASH_PUNCTUATION ? '-' : type == U_SPACE_SEPARATOR ? ' ' : '\0';
}

// Accents and other optional marks. In the scripts left out (Thai, Devanagari, kana, ...) a
// nonspacing mark is a vowel or another letter, and without it a word is another word.
bool is_accent(char32_t c) noexcept {
    if (c < 0x300 || c == 0x3099 || c == 0x309A) return false;
    const auto code = static_cast<UChar32>(c);
    if (u_charType(code) != U_NON_SPACING_MARK) return false;
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(code, &status)) {
        case USCRIPT_INHERITED:
        case USCRIPT_COMMON:
        case USCRIPT_LATIN:
        case USCRIPT_GREEK:
        case USCRIPT_CYRILLIC:
        case USCRIPT_ARABIC:
        case USCRIPT_HEBREW:
        case USCRIPT_SYRIAC:
            return true;
        default:
            return false;
    }
}

std::string normalize(const icu::Normalizer2& form, const std::string& text) {
    std::string out;
    icu::StringByteSink<std::string> sink{&out, static_cast<std::int32_t>(text.size())};
    UErrorCode status = U_ZERO_ERROR;
    form.normalizeUTF8(0, {text.data(), static_cast<std::int32_t>(text.size())}, sink, nullptr,
                       status);
    check_icu(status);
    return out;
}

// The normal forms that folding passes through; ICU owns them and they never change.
struct Forms {
    const icu::Normalizer2* casefold;
    const icu::Normalizer2* decomposed;
    const icu::Normalizer2* composed;
};

Forms load_forms() {
    UErrorCode status = U_ZERO_ERROR;
    const Forms forms{icu::Normalizer2::getNFKCCasefoldInstance(status),
                      icu::Normalizer2::getNFDInstance(status),
                      icu::Normalizer2::getNFCInstance(status)};
    check_icu(status);
    return forms;
}

// U+0345 is the one accent that case-folds to a letter (iota).
bool goes_before_folding(char32_t c) noexcept {
    return c != 0x345 && is_accent(c);
}

// Folds a short piece by ICU. Marks are replaced first, because NFKC takes some of them apart
// (U+00B4 into a space and an accent, U+2033 into two primes), and again after it.
std::string fold_piece(const Forms& forms, const std::string& marked) {
    const std::string decomposed = normalize(*forms.decomposed, normalize(*forms.casefold, marked));
    std::string stripped;
    const auto size = std::ssize(decomposed);
    for (std::int64_t pos = 0; pos < size;) {
        const CodePoint code = decode(decomposed, pos);
        pos += code.bytes;
        if (const char mark = plain_mark(code.value); mark != '\0') {
            stripped += mark;
        } else if (!is_accent(code.value)) {
            append_utf8(code.value, stripped);
        }
    }
    return normalize(*forms.composed, stripped);
}

// Folds a run without ASCII, in pieces that end where a normal form may be cut. A piece of 4096
// bytes is cut anywhere: it has more marks in a row than the 30 of the stream-safe text format
// (UAX #15), and the time to reorder marks grows with the square of their number.
void fold_run(const Forms& forms, std::string_view run, std::string& out) {
    constexpr std::size_t min_piece_bytes = 1024;
    constexpr std::size_t max_piece_bytes = 4096;
    std::string piece;
    const auto size = std::ssize(run);
    for (std::int64_t pos = 0; pos < size;) {
        const CodePoint code = decode(run, pos);
        pos += code.bytes;
        if (piece.size() >= max_piece_bytes ||
            (piece.size() >= min_piece_bytes &&
             forms.casefold->hasBoundaryBefore(static_cast<UChar32>(code.value)) != 0)) {
            out += fold_piece(forms, piece);
            piece.clear();
        }
        if (const char mark = plain_mark(code.value); mark != '\0') {
            piece += mark;
        } else if (!goes_before_folding(code.value)) {
            append_utf8(code.value, piece);
        }
    }
    out += fold_piece(forms, piece);
}

constexpr bool is_ascii(char c) noexcept {
    return static_cast<unsigned char>(c) < 0x80;
}

constexpr char fold_ascii(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c == '`' ? '\'' : c;
}

// Folds of the single code points that are common outside ASCII: Latin letters up to U+024F and
// general punctuation. None of them changes what a neighbour folds to.
class CommonTable {
public:
    explicit CommonTable(const Forms& forms) {
        for (char32_t c = 0x80; c < latin_end; ++c) folds_[c] = fold_one(forms, c);
        for (char32_t c = marks_begin; c < marks_end; ++c) {
            folds_[latin_end + (c - marks_begin)] = fold_one(forms, c);
        }
    }
    [[nodiscard]] const std::string* find(char32_t c) const noexcept {
        if (c < latin_end) return &folds_[c];
        if (c >= marks_begin && c < marks_end) return &folds_[latin_end + (c - marks_begin)];
        return nullptr;
    }

private:
    static std::string fold_one(const Forms& forms, char32_t c) {
        std::string text;
        std::string out;
        append_utf8(c, text);
        fold_run(forms, text, out);
        return out;
    }
    static constexpr char32_t latin_end = 0x250;
    static constexpr char32_t marks_begin = 0x2000;
    static constexpr char32_t marks_end = 0x2070;
    std::array<std::string, latin_end + (marks_end - marks_begin)> folds_;
};

/// Folds `text` into `out`, which is emptied first.
void fold_beyond_ascii(std::string_view text, std::string& out) {
    static const Forms forms = load_forms();
    static const CommonTable common{forms};
    out.clear();
    const auto size = std::ssize(text);
    for (std::int64_t pos = 0; pos < size;) {
        if (const char c = text[static_cast<std::size_t>(pos)]; is_ascii(c)) {
            out += fold_ascii(c);
            ++pos;
            continue;
        }
        const CodePoint code = decode(text, pos);
        if (const std::string* folded = common.find(code.value)) {
            out += *folded;
            pos += code.bytes;
            continue;
        }
        const auto rest = text.substr(static_cast<std::size_t>(pos));
        const auto end = std::find_if(rest.begin(), rest.end(), [](char c) { return is_ascii(c); });
        const auto run = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
        fold_run(forms, run, out);
        pos += std::ssize(run);
    }
}

}  // namespace

std::string fold(std::string_view text) {
    std::string out(text);
    unsigned char all = 0;
    for (char& c : out) {
        all |= static_cast<unsigned char>(c);
        c = fold_ascii(c);
    }
    if (all >= 0x80) fold_beyond_ascii(text, out);
    return out;
}

}  // namespace framelens
