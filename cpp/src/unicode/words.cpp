#include "framelens/unicode_words.hpp"

#include "framelens/bits.hpp"
#include "framelens/error.hpp"
#include "icu.hpp"
#include "kernels/word_masks.hpp"
#include "words_rules.hpp"

#include <unicode/brkiter.h>
#include <unicode/utext.h>
#include <algorithm>
#include <bit>
#include <limits>
#include <optional>

namespace framelens {
namespace {

// ICU counts in 32 bits; longer texts are cut after a line break, where words always end.
constexpr std::size_t largest_piece = std::size_t{1} << 30U;
constexpr std::size_t block_size = 64;
constexpr std::size_t batch = 32;  // blocks classified at once

struct CloseText {
    void operator()(UText* text) const noexcept { utext_close(text); }
};

// The bits below `bit`, which may be 64.
constexpr std::uint64_t below(std::size_t bit) noexcept {
    return bit < 64 ? (std::uint64_t{1} << bit) - 1 : ~std::uint64_t{0};
}

constexpr bool has(std::uint64_t mask, std::size_t bit) noexcept {
    return (mask >> bit & 1U) != 0;
}

// The end of the piece that begins at `start`: behind a line break, or the end of the text.
std::size_t piece_end(std::string_view text, std::size_t start) {
    if (text.size() - start <= largest_piece) return text.size();
    const auto line_end = text.rfind('\n', start + largest_piece - 1);
    if (line_end == std::string_view::npos || line_end < start) {
        throw ValueError("a line of more than 1 GiB cannot be cut into words");
    }
    return line_end + 1;
}

}  // namespace

/// Plain words are runs of bits in blocks of 64 bytes. Where a character is met that is not plain,
/// the automaton goes on from the last separator before it to the next plain word.
class WordCutter::Cutter {
public:
    Cutter(const std::string& locale, bool portable)
        : mask_words_(word_masker(portable)), bits_(&bit_kernels(portable)) {
        icu_ = word_iterator(locale);
        if (const auto* rules = dynamic_cast<const icu::RuleBasedBreakIterator*>(icu_.get())) {
            rules_ = WordRules::read(*rules);
        }
        if (rules_) learn_kinds();
    }

    std::span<const std::uint32_t> cut(std::string_view text) {
        if (text.size() > std::numeric_limits<std::uint32_t>::max() - block_size) {
            throw ValueError("a text of more than 4 GiB cannot be cut into words at once");
        }
        text_ = text;
        count_ = 0;
        leave_to(0);
        if (!rules_) {
            for (std::size_t start = 0; start < text.size();) {
                const std::size_t end = piece_end(text, start);
                ask_icu(start, end);
                start = end;
            }
        } else if (!plain_) {
            while (done_ < text.size()) step();
        } else {
            cut_blocks();
        }
        return {bounds_.data(), count_};
    }

private:
    void learn_kinds() {
        plain_ = rules_->plain();
        for (unsigned c = 0; c < of_two_bytes_.size(); ++c) of_two_bytes_[c] = rules_->kind(c);
        for (unsigned c = 0; c < 128; ++c) {
            const WordKind kind = rules_->kind(c);
            ascii_[c] = kind;
            plain_ = plain_ && kind != WordKind::other && kind != WordKind::extend;
            const auto bit = static_cast<std::uint8_t>(1U << (c >> 4U));
            if (is_word(kind)) sets_.words[c & 15U] |= bit;
            if (kind == WordKind::low_line || kind == WordKind::middle) {
                sets_.marks[c & 15U] |= bit;
            }
        }
    }

    [[nodiscard]] unsigned char byte(std::size_t pos) const noexcept {
        return static_cast<unsigned char>(text_[pos]);
    }
    /// The kind of the character that begins at `pos`; nothing stands behind the text.
    [[nodiscard]] WordKind kind_at(std::size_t pos) const noexcept {
        if (pos >= text_.size()) return WordKind::separator;
        return byte(pos) < 0x80 ? ascii_[byte(pos)] : rules_->kind(decode_word(text_, pos).value);
    }
    /// The kind of the character that ends at `pos`. Requires pos > 0.
    [[nodiscard]] WordKind kind_before(std::size_t pos) const noexcept {
        if (byte(pos - 1) < 0x80) return ascii_[byte(pos - 1)];
        return rules_->kind(decode_before(text_, static_cast<std::int64_t>(pos)).value);
    }

    void reserve(std::size_t more) {
        if (bounds_.size() < count_ + more) bounds_.resize(2 * (count_ + more));
    }
    void add(std::size_t begin, std::size_t end) {
        reserve(2);
        bounds_[count_++] = static_cast<std::uint32_t>(begin);
        bounds_[count_++] = static_cast<std::uint32_t>(end);
    }

    void ask_icu(std::size_t begin, std::size_t end);
    void step();
    void walk(std::size_t begin, std::size_t past);
    void leave_to(std::size_t pos) noexcept {
        done_ = pos;
        open_ = 0;
        spill_ = 0;
    }

    void cut_blocks();
    void cut_block(std::size_t base, const WordMasks& masks);
    std::size_t begin_for(std::size_t odd) const noexcept;
    std::size_t mark_beyond_ascii(std::size_t base, std::uint64_t beyond, std::uint64_t& run);
    std::optional<bool> belongs_at(std::size_t pos, CodePoint c, bool inside) const noexcept;
    bool joins_at(std::size_t pos, CodePoint middle) const noexcept;
    std::size_t join(std::size_t base, std::uint64_t middles, std::uint64_t& run) const noexcept;
    void drop_lone_low_lines(std::size_t base, std::uint64_t low_lines, std::uint64_t& run) const;
    void emit(std::size_t base, std::uint64_t run);

    static constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();

    std::unique_ptr<icu::BreakIterator> icu_;
    std::unique_ptr<UText, CloseText> input_;
    std::optional<WordRules> rules_;
    bool plain_ = false;
    std::array<WordKind, 128> ascii_{};
    std::array<WordKind, 0x800> of_two_bytes_{};
    WordSets sets_;
    MaskWords mask_words_;
    const BitKernels* bits_;
    std::string_view text_;
    std::vector<std::uint32_t> bounds_;
    std::size_t count_ = 0;
    std::size_t done_ = 0;       // a bound, before which nothing is left to do
    std::uint64_t open_ = 0;     // 1: a word goes on at the begin of the next block
    std::size_t spill_ = 0;      // bytes of the next block that the last character of this one has
    bool spilled_word_ = false;  // whether they belong to a word
};

void WordCutter::Cutter::ask_icu(std::size_t begin, std::size_t end) {
    if (end - begin > largest_piece) throw ValueError("a word of more than 1 GiB");
    UErrorCode status = U_ZERO_ERROR;
    UText* input = utext_openUTF8(input_.get(), text_.data() + begin,
                                  static_cast<std::int64_t>(end - begin), &status);
    check_icu(status);
    if (!input_) input_.reset(input);
    icu_->setText(input, status);
    check_icu(status);
    std::size_t start = begin;
    icu_->first();
    for (auto at = icu_->next(); at != icu::BreakIterator::DONE; at = icu_->next()) {
        const std::size_t stop = begin + static_cast<std::size_t>(at);
        if (icu_->getRuleStatus() >= UBRK_WORD_NONE_LIMIT) add(start, stop);
        start = stop;
    }
}

// One segment by the automaton.
void WordCutter::Cutter::step() {
    const WordRules::Segment segment = rules_->segment(text_, done_);
    if (segment.dictionary) {
        ask_icu(done_, segment.end);
    } else if (segment.word) {
        add(done_, segment.end);
    }
    done_ = segment.end;
}

// Segments from `begin` to the first plain word that begins behind `past`.
void WordCutter::Cutter::walk(std::size_t begin, std::size_t past) {
    count_ -= count_ % 2;  // an open word begins there or behind
    while (count_ > 0 && bounds_[count_ - 2] >= begin) count_ -= 2;
    leave_to(begin);
    const auto is_plain = [](WordKind kind) {
        return kind == WordKind::letter || kind == WordKind::digit;
    };
    do {
        step();
    } while (done_ < text_.size() && (done_ <= past || !is_plain(kind_at(done_))));
}

void WordCutter::Cutter::cut_blocks() {
    const std::size_t size = text_.size();
    std::array<WordMasks, batch> masks;
    const std::size_t whole = size / block_size;
    for (std::size_t first = 0; first < whole;
         first = std::max(first + batch, done_ / block_size)) {
        const std::size_t count = std::min(batch, whole - first);
        mask_words_(text_.data() + first * block_size, count, sets_, masks.data());
        for (std::size_t i = 0; i < count; ++i) cut_block((first + i) * block_size, masks[i]);
    }
    if (whole * block_size < size && done_ < size) {
        std::array<char, block_size> last;
        last.fill(' ');
        std::copy(text_.begin() + static_cast<std::ptrdiff_t>(whole * block_size), text_.end(),
                  last.begin());
        mask_words_(last.data(), 1, sets_, masks.data());
        cut_block(whole * block_size, masks[0]);
    }
    if (count_ % 2 != 0) {
        reserve(1);
        bounds_[count_++] = static_cast<std::uint32_t>(size);
    }
}

void WordCutter::Cutter::cut_block(std::size_t base, const WordMasks& masks) {
    while (done_ < base + block_size) {
        const std::uint64_t rest = done_ > base ? ~below(done_ - base) : ~std::uint64_t{0};
        std::uint64_t run = masks.words & rest;
        std::size_t odd = nowhere;
        if (const std::uint64_t beyond = masks.beyond_ascii & rest; beyond != 0) [[unlikely]] {
            odd = mark_beyond_ascii(base, beyond, run);
        }
        if (const std::uint64_t marks = masks.marks & rest; marks != 0) {
            odd = std::min(odd, join(base, marks & ~masks.words, run));
            drop_lone_low_lines(base, marks & masks.words, run);
        }
        if (odd == nowhere) [[likely]] {
            emit(base, run);
            return;
        }
        const std::size_t begin = begin_for(odd);
        if (begin >= base) emit(base, run & below(begin - base));
        walk(begin, odd);
    }
}

/// Where to begin so that the automaton is right at `odd`: before the last separators, since what is
/// odd may belong to them.
std::size_t WordCutter::Cutter::begin_for(std::size_t odd) const noexcept {
    std::size_t begin = odd;
    const auto parts = [&](std::size_t pos) {
        return byte(pos) < 0x80 && ascii_[byte(pos)] == WordKind::separator;
    };
    while (begin > done_ && !parts(begin - 1)) --begin;
    while (begin > done_ && kind_before(begin) == WordKind::separator) {
        begin -=
            static_cast<std::size_t>(decode_before(text_, static_cast<std::int64_t>(begin)).bytes);
    }
    return begin;
}

/// Whether a character belongs to a word, where a word goes on before it or not (`inside`); nothing
/// if kinds cannot tell.
std::optional<bool> WordCutter::Cutter::belongs_at(std::size_t pos, CodePoint c,
                                                   bool inside) const noexcept {
    switch (rules_->kind(c.value)) {
        case WordKind::letter:
        case WordKind::digit:
            return true;
        case WordKind::separator:
            return false;
        case WordKind::middle:
            if (inside && kind_before(pos) == WordKind::extend) return std::nullopt;
            return inside && joins_at(pos, c);
        case WordKind::extend: {
            const WordKind before = pos > done_ ? kind_before(pos) : WordKind::separator;
            const bool plain = inside ? before != WordKind::low_line
                                      : before == WordKind::separator || before == WordKind::extend;
            return plain ? std::optional(inside) : std::nullopt;
        }
        default:
            return std::nullopt;
    }
}

/// Adds the characters beyond ASCII that belong to words. Returns where the first is that is not
/// plain.
std::size_t WordCutter::Cutter::mark_beyond_ascii(std::size_t base, std::uint64_t beyond,
                                                  std::uint64_t& run) {
    if (spill_ != 0) {
        if (spilled_word_) run |= below(spill_);
        beyond &= ~below(spill_);
        spill_ = 0;
    }
    const auto* const block = reinterpret_cast<const unsigned char*>(text_.data()) + base;
    const WordKind* const kinds = of_two_bytes_.data();
    while (beyond != 0) {
        const auto i = static_cast<std::size_t>(std::countr_zero(beyond));
        if (block[i] < 0xE0) {  // the most common by far
            const WordKind kind = kinds[(block[i] & 0x1FU) << 6U | (block[i + 1] & 0x3FU)];
            if (kind == WordKind::letter || kind == WordKind::digit) {
                const std::uint64_t bits = std::uint64_t{3} << i;
                run |= bits;
                beyond &= ~bits;
                spill_ = i + 2 > block_size ? 1 : 0;
                spilled_word_ = true;
                continue;
            }
        }
        const std::size_t pos = base + i;
        const CodePoint c = decode_word(text_, pos);
        const auto bytes = static_cast<std::size_t>(c.bytes);
        const std::uint64_t bits = below(bytes) << i;
        beyond &= ~bits;
        const bool inside = i == 0 ? open_ != 0 : has(run, i - 1);
        const std::optional<bool> belongs = belongs_at(pos, c, inside);
        if (!belongs) return pos;
        if (*belongs) run |= bits;
        if (i + bytes > block_size) {
            spill_ = i + bytes - block_size;
            spilled_word_ = *belongs;
        }
    }
    return nowhere;
}

bool WordCutter::Cutter::joins_at(std::size_t pos, CodePoint middle) const noexcept {
    const WordKind behind = kind_at(pos + static_cast<std::size_t>(middle.bytes));
    return rules_->joins(kind_before(pos), middle.value, behind);
}

/// Adds the ASCII middles that join. Returns where the first is that kinds cannot tell.
std::size_t WordCutter::Cutter::join(std::size_t base, std::uint64_t middles,
                                     std::uint64_t& run) const noexcept {
    // What follows the last byte is not known yet.
    const std::uint64_t followed = run >> 1U | std::uint64_t{1} << 63U;
    for (std::uint64_t between = middles & (run << 1U | open_) & followed; between != 0;
         between &= between - 1) {
        const auto i = static_cast<std::size_t>(std::countr_zero(between));
        if (kind_before(base + i) == WordKind::extend) return base + i;
        if (joins_at(base + i, {byte(base + i), 1})) run |= std::uint64_t{1} << i;
    }
    return nowhere;
}

void WordCutter::Cutter::drop_lone_low_lines(std::size_t base, std::uint64_t low_lines,
                                             std::uint64_t& run) const {
    for (; low_lines != 0; low_lines &= low_lines - 1) {
        const auto i = static_cast<std::size_t>(std::countr_zero(low_lines));
        const bool before = i == 0 ? open_ != 0 : has(run, i - 1);
        const bool behind = i == 63 ? is_word(kind_at(base + block_size)) : has(run, i + 1);
        if (!before && !behind) run &= ~(std::uint64_t{1} << i);
    }
}

void WordCutter::Cutter::emit(std::size_t base, std::uint64_t run) {
    const std::uint64_t edges = run ^ (run << 1U | open_);
    open_ = run >> 63U;
    reserve(bit_slack);
    std::uint32_t* const out = bounds_.data() + count_;
    const std::uint32_t* const end =
        bits_->write_bits(edges, static_cast<std::uint32_t>(base), out);
    count_ += static_cast<std::size_t>(end - out);
}

WordCutter::WordCutter(const std::string& locale, bool portable)
    : cutter_(std::make_unique<Cutter>(locale, portable)) {}
WordCutter::WordCutter(WordCutter&& other) noexcept = default;
WordCutter& WordCutter::operator=(WordCutter&& other) noexcept = default;
WordCutter::~WordCutter() = default;

std::span<const std::uint32_t> WordCutter::cut(std::string_view text) {
    return cutter_->cut(text);
}

std::vector<Span> unicode_words(std::string_view text, const std::string& locale) {
    WordCutter cutter(locale);
    std::vector<Span> out;
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = piece_end(text, start);
        const auto bounds = cutter.cut(text.substr(start, end - start));
        for (std::size_t i = 0; i < bounds.size(); i += 2) {
            out.push_back({static_cast<std::int64_t>(start + bounds[i]),
                           static_cast<std::int64_t>(start + bounds[i + 1])});
        }
        start = end;
    }
    return out;
}

}  // namespace framelens
