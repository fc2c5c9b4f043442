#include "framelens/tokens.hpp"

#include "framelens/language.hpp"

#include "framelens/error.hpp"
#include "framelens/unicode.hpp"
#include "turns.hpp"
#include "unmarked.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <string>
#include <utility>

namespace framelens {
namespace {

constexpr char32_t right_single = 0x2019;

bool is_apostrophe(char32_t c) {
    return c == U'\'' || c == right_single || c == 0x02BC;
}
bool is_hyphen(char32_t c) {
    return c == U'-' || c == 0x2010 || c == 0x2011;
}

/// Looks a printed word up by its fold. ASCII needs no more than its letters in lower case.
const WordEntry* find_in(const WordTable& table, std::string_view word) {
    if (word.size() <= WordKey::longest) {
        const WordKey key = WordKey::of(word);
        if (key.is_ascii()) return table.find(key.lower());
    }
    return table.find(fold(word));
}

constexpr std::uint8_t lower_case = 1;
constexpr std::uint8_t upper_case = 2;
constexpr std::uint8_t digit = 4;

/// What ASCII bytes are in a word; 0 for all others.
constexpr std::array<std::uint8_t, 256> make_word_bytes() {
    std::array<std::uint8_t, 256> table{};
    for (std::size_t c = 'a'; c <= 'z'; ++c) table[c] = lower_case;
    for (std::size_t c = 'A'; c <= 'Z'; ++c) table[c] = upper_case;
    for (std::size_t c = '0'; c <= '9'; ++c) table[c] = digit;
    return table;
}
constexpr auto word_bytes = make_word_bytes();

/// The first byte of an apostrophe.
constexpr bool may_be_apostrophe(char byte) {
    return byte == '\'' || static_cast<unsigned char>(byte) >= 0x80;
}

/// Signs behind which a word may go on or change: "well-known", "U.S.", "don't", "AT&T".
constexpr bool may_join(unsigned char byte) {
    return byte >= 0x80 || byte == '-' || byte == '_' || byte == '\'' || byte == '&' ||
           byte == '.' || byte == ',' || byte == ':';
}

ShortSpan shorten(Span span) {
    return {static_cast<std::int32_t>(span.start), static_cast<std::int32_t>(span.end)};
}

/// Reads tokens of one sentence; a cursor over valid UTF-8 that never leaves `end_`.
class SentenceReader {
public:
    SentenceReader(SegmentedText& out, const std::vector<std::int64_t>& mark_starts,
                   std::int32_t sentence)
        : out_(out),
          mark_starts_(mark_starts),
          sentence_(sentence),
          pos_(out.segments.sentences[static_cast<std::size_t>(sentence)].span.start),
          end_(out.segments.sentences[static_cast<std::size_t>(sentence)].span.end) {}

    void read() {
        while (pos_ < end_) {
            if (out_.text[static_cast<std::size_t>(pos_)] == ' ') {
                ++pos_;
                continue;
            }
            if (read_simple_word()) continue;
            const CodePoint here = decode(out_.text, pos_);
            if (is_alnum(here.value)) {
                read_word();
            } else if (is_space(here.value)) {
                pos_ += here.bytes;
            } else {
                read_punctuation(here);
            }
        }
    }

private:
    std::optional<CodePoint> peek(std::int64_t pos) const {
        if (pos >= end_) return std::nullopt;
        return decode(out_.text, pos);
    }

    bool alnum_at(std::int64_t pos) const {
        const auto c = peek(pos);
        return c && is_alnum(c->value);
    }

    void read_punctuation(CodePoint here) {
        Token& token = out_.tokens.emplace_back();
        token.kind = TokenKind::punctuation;
        token.span = shorten({pos_, pos_ + here.bytes});
        token.mark = here.value & 0x1FFFFFU;  // all that Unicode has
        token.sentence = sentence_;
        pos_ += here.bytes;
    }

    /// Where a joined piece of the word goes on after the sign at `pos`, if it does.
    bool joins(std::int64_t pos, CodePoint sign, bool number) const {
        const std::int64_t next = pos + sign.bytes;
        if (is_hyphen(sign.value) || sign.value == U'_') return alnum_at(next);
        if (number && (sign.value == U'.' || sign.value == U',' || sign.value == U':')) {
            const auto c = peek(next);
            return c && is_digit(c->value);
        }
        if (sign.value == U'.') return letters_.size_in_piece == 1 && single_letter_at(next);
        if (is_apostrophe(sign.value)) return alnum_at(next) && !clitic_at(pos, sign);
        return sign.value == U'&' && alnum_at(next) && letters_.capitals > 0;
    }

    /// True at a letter that a full stop or a word's end follows: the next piece of "U.S.".
    bool single_letter_at(std::int64_t pos) const {
        const auto c = peek(pos);
        if (!c || !is_letter(c->value)) return false;
        const auto after = peek(pos + c->bytes);
        return !after || !is_alnum(after->value);
    }

    /// Length in bytes of a clitic ('s 're 've 'll 'd 'm) that starts at `pos`, or nothing.
    std::optional<std::int64_t> clitic_at(std::int64_t pos, CodePoint sign) const {
        std::int64_t at = pos + sign.bytes;
        char letters[3] = {0, 0, 0};
        int count = 0;
        while (auto c = peek(at)) {
            if (!is_alnum(c->value)) break;
            if (count == 2 || c->value > 127) return std::nullopt;
            letters[count++] = static_cast<char>(c->value | 0x20);
            at += c->bytes;
        }
        const std::string_view word(letters, static_cast<std::size_t>(count));
        if (word == "s" || word == "re" || word == "ve" || word == "ll" || word == "d" ||
            word == "m") {
            return at - pos;
        }
        return std::nullopt;
    }

    std::uint8_t byte_kind(std::int64_t pos) const {
        return word_bytes[static_cast<unsigned char>(out_.text[static_cast<std::size_t>(pos)])];
    }

    /// A run of ASCII letters and digits that nothing joins; most words are. False: read nothing.
    bool read_simple_word() {
        const char* const text = out_.text.data();
        std::int64_t at = pos_;
        unsigned seen = 0;
        unsigned kind = 0;
        int capitals = 0;
        while (at < end_ && (kind = word_bytes[static_cast<unsigned char>(text[at])]) != 0) {
            seen |= kind;
            capitals += static_cast<int>((kind / upper_case) & 1U);
            ++at;
        }
        if (at == pos_) return false;
        const unsigned first = byte_kind(pos_);
        const bool number = first == digit;
        const bool stopped = at < end_ && text[at] == '.';
        if (at < end_ && may_join(static_cast<unsigned char>(text[at])) && !pauses(at, number)) {
            return false;
        }
        letters_ = {static_cast<int>(at - pos_), capitals, (seen & lower_case) != 0, false};
        const std::int64_t start = std::exchange(pos_, at);
        if (stopped) take_final_stop(start, number);
        Token& token = add_word({start, pos_}, number);
        token.capital = first == upper_case;
        token.plain = true;
        if (const WordEntry* entry = look_up(out_.at(token.span))) token.entry = entry;
        if (pos_ < end_ && may_be_apostrophe(text[pos_])) add_clitic();
        return true;
    }

    /// A comma, colon or full stop at `at` that no word or number goes on behind.
    bool pauses(std::int64_t at, bool number) const {
        const char next = out_.text[static_cast<std::size_t>(at)];
        if (next != ',' && next != ':' && next != '.') return false;
        const bool alone =
            at + 1 >= end_ ||
            (byte_kind(at + 1) == 0 &&
             static_cast<unsigned char>(out_.text[static_cast<std::size_t>(at + 1)]) < 0x80);
        return alone || (next != '.' && !number);
    }

    void read_word() {
        const std::int64_t start = pos_;
        letters_ = {};
        bool number = is_digit(decode(out_.text, pos_).value);
        while (pos_ < end_) {
            const CodePoint c = decode(out_.text, pos_);
            if (is_alnum(c.value)) {
                note_letter(c.value);
                pos_ += c.bytes;
            } else if (joins(pos_, c, number)) {
                letters_.size_in_piece = 0;
                letters_.dotted = letters_.dotted || c.value == U'.';
                pos_ += c.bytes;
            } else {
                break;
            }
        }
        take_final_stop(start, number);
        Token& token = add_word({start, pos_}, number);
        token.capital = is_upper(decode(out_.text, start).value);
        const std::string_view word = out_.at(token.span);
        const WordEntry* entry = look_up(word);
        if (entry == nullptr) entry = prefixed_role(word);
        if (entry != nullptr) token.entry = entry;
        add_clitic();
    }

    void note_letter(char32_t c) {
        ++letters_.size_in_piece;
        if (is_upper(c)) {
            ++letters_.capitals;
        } else if (is_lower(c)) {
            letters_.lower = true;
        }
    }

    /// A full stop belongs to an initial, a dotted abbreviation or one the language lists.
    void take_final_stop(std::int64_t start, bool number) {
        if (number || pos_ >= end_ || out_.text[static_cast<std::size_t>(pos_)] != '.') return;
        const bool initial = letters_.capitals == 1 && !letters_.lower && !letters_.dotted &&
                             letters_.size_in_piece == 1 && pos_ + 1 < end_;
        if (initial || letters_.dotted ||
            find_in(out_.language->abbreviations, out_.at({start, pos_ + 1})) != nullptr) {
            ++pos_;
        }
    }

    Token& add_word(Span span, bool number) {
        Token& token = out_.tokens.emplace_back();
        token.kind = number ? TokenKind::number : TokenKind::word;
        token.span = shorten(span);
        token.sentence = sentence_;
        token.all_caps = letters_.capitals >= 2 && !letters_.lower;
        return token;
    }

    const WordEntry* look_up(std::string_view word) const {
        if (const WordEntry* entry = find_in(out_.language->words, word)) return entry;
        if (word.size() > 1 && word.back() == '.') {
            return find_in(out_.language->words, word.substr(0, word.size() - 1));
        }
        return nullptr;
    }

    /// "ex-president" and "then-Senator" are roles as the words behind the hyphen are.
    const WordEntry* prefixed_role(std::string_view word) const {
        const std::size_t hyphen = word.find('-');
        if (hyphen == std::string_view::npos || hyphen == 0) return nullptr;
        const WordEntry* prefix = find_in(out_.language->words, word.substr(0, hyphen));
        if (prefix == nullptr || !prefix->is(WordClass::former)) return nullptr;
        const WordEntry* role = find_in(out_.language->words, word.substr(hyphen + 1));
        return role != nullptr && role->is(WordClass::role) ? role : nullptr;
    }

    void add_clitic() {
        const auto sign = peek(pos_);
        if (!sign || !is_apostrophe(sign->value)) return;
        std::optional<std::int64_t> length = clitic_at(pos_, *sign);
        const char last = out_.text[static_cast<std::size_t>(pos_ - 1)];
        if (!length && (last == 's' || last == 'S') && !alnum_at(pos_ + sign->bytes) &&
            !is_paired_mark(mark_starts_, pos_)) {
            length = sign->bytes;  // the plural's possessive
        }
        if (!length) return;
        Token token;
        const char first =
            *length > sign->bytes ? out_.text[static_cast<std::size_t>(pos_ + sign->bytes)] : 's';
        token.kind = (first | 0x20) == 's' ? TokenKind::possessive : TokenKind::contraction;
        token.span = shorten({pos_, pos_ + *length});
        token.sentence = sentence_;
        out_.tokens.push_back(token);
        pos_ += *length;
    }

    struct Letters {
        int size_in_piece = 0;
        int capitals = 0;
        bool lower = false;
        bool dotted = false;
    };

    SegmentedText& out_;
    const std::vector<std::int64_t>& mark_starts_;
    std::int32_t sentence_;
    std::int64_t pos_;
    std::int64_t end_;
    Letters letters_;
};

void tokenize(SegmentedText& text, const std::vector<std::int64_t>& mark_starts) {
    // Enough for most articles; what is too much is given back.
    text.tokens.reserve(text.text.size() / 4);
    for (std::size_t i = 0; i < text.segments.sentences.size(); ++i) {
        text.first_token.push_back(static_cast<std::int32_t>(text.tokens.size()));
        SentenceReader(text, mark_starts, static_cast<std::int32_t>(i)).read();
    }
    text.first_token.push_back(static_cast<std::int32_t>(text.tokens.size()));
    text.tokens.shrink_to_fit();
}

}  // namespace

SegmentedText read_text(std::string_view text, const Language& language,
                        const RepeatedLines* repeated, std::int64_t title_end,
                        std::string_view source) {
    if (std::cmp_greater(text.size(), std::numeric_limits<std::int32_t>::max())) {
        throw ValueError("a text of " + std::to_string(text.size()) +
                         " bytes is too long: it must be shorter than 2 GiB");
    }
    SegmentedText out;
    out.text = text;
    out.language = &language;
    out.zones = find_zones(text, language, repeated, title_end);
    out.segments = segment(text, language, title_end);
    out.marks = pair_marks(text, out.segments);
    const std::vector<std::int64_t> mark_starts = mark_positions(out.marks);
    tokenize(out, mark_starts);
    find_turns(out, source, title_end);
    add_unmarked_quotations(out, mark_starts);
    return out;
}

std::int64_t count_words(const SegmentedText& text) noexcept {
    return std::count_if(text.tokens.begin(), text.tokens.end(), [](const Token& token) {
        return token.kind == TokenKind::word || token.kind == TokenKind::number;
    });
}

}  // namespace framelens
