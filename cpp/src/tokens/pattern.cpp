#include "framelens/bits.hpp"
#include "framelens/error.hpp"
#include "framelens/token_pattern.hpp"
#include "framelens/unicode.hpp"
#include "framelens/unicode_encode.hpp"
#include "kernels/copy.hpp"
#include "kernels/token_masks.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

namespace framelens {
namespace {

constexpr std::int64_t piece_units = std::int64_t{1} << 15U;
constexpr std::int64_t largest_piece = std::int64_t{1} << 30U;
constexpr std::uint16_t special = UnitRule::special;
constexpr char32_t capital_sigma = 0x3A3;
constexpr char32_t capital_i_with_dot = 0x130;
// ASCII characters in a row after which the vector path is worth its start.
constexpr int min_ascii_run = 4;

bool is_surrogate(char32_t c) noexcept {
    return c >= 0xD800 && c <= 0xDFFF;
}

// What stands for one character: itself or its lower case, or a space where no run goes on.
char32_t replacement(char32_t c, const CutRule& rule) noexcept {
    const char32_t low = rule.lowercase ? lower_alone(c) : c;
    const bool outside = (rule.cut == Cut::words && !is_python_alnum(low) && low != '_') ||
                         (rule.cut == Cut::solid && is_python_space(low));
    return outside ? U' ' : low;
}

UnitRule make_units(const CutRule& rule) {
    UnitRule units;
    for (char32_t c = 0; c < 0x10000; ++c) {
        const bool by_context = is_surrogate(c) || c == special ||
                                (rule.lowercase && (c == capital_sigma || c == capital_i_with_dot));
        units.table[c] = by_context ? special : static_cast<std::uint16_t>(replacement(c, rule));
    }
    units.lower = rule.lowercase;
    units.punctuation = std::all_of(&units.table[0x2000], &units.table[0x2070],
                                    [](std::uint16_t c) { return c == ' '; });
    for (std::size_t i = 0; i < units.latin.size(); ++i) {
        units.latin[i] = static_cast<std::uint8_t>(units.table[0x80 + i]);
    }
    return units;
}

template <Cut cut, bool lowercase>
const UnitRule& units_of() {
    static const UnitRule units = make_units({cut, lowercase, false});
    return units;
}

template <Cut cut>
const UnitRule* units_for(bool lowercase) {
    return &(lowercase ? units_of<cut, true>() : units_of<cut, false>());
}

const UnitRule* units_for(const CutRule& rule) {
    switch (rule.cut) {
        case Cut::words:
            return units_for<Cut::words>(rule.lowercase);
        case Cut::solid:
            return units_for<Cut::solid>(rule.lowercase);
        default:
            return units_for<Cut::whole>(rule.lowercase);
    }
}

// How units are read: characters of UTF-8 bytes, or units that are characters.
struct Utf8 {
    using Unit = std::uint8_t;
    static constexpr auto copy = &CopyKernels::utf8;
    static constexpr bool is_plane = false;
    static CodePoint at(const Unit* units, std::int64_t pos, std::int64_t end) noexcept {
        const std::string_view text{reinterpret_cast<const char*>(units),
                                    static_cast<std::size_t>(end)};
        return decode(text, pos);
    }
    static constexpr std::size_t bytes_a_unit = 2;
};
template <class U, std::size_t bytes, auto kernel>
struct Wide {
    using Unit = U;
    static constexpr auto copy = kernel;
    static constexpr bool is_plane = sizeof(Unit) <= 2;
    static CodePoint at(const Unit* units, std::int64_t pos, std::int64_t /*end*/) noexcept {
        return {units[pos], 1};
    }
    static constexpr std::size_t bytes_a_unit = bytes;
};
using Ucs1 = Wide<std::uint8_t, 2, &CopyKernels::ucs1>;
using Ucs2 = Wide<std::uint16_t, 3, &CopyKernels::ucs2>;
using Ucs4 = Wide<std::uint32_t, 4, &CopyKernels::ucs4>;

// Calls `f` with the reader of the units and a pointer to them.
template <class Function>
decltype(auto) with_units(const TextView& text, Function&& f) {
    switch (text.units) {
        case Units::ucs1:
            return f(Ucs1{}, static_cast<const std::uint8_t*>(text.data));
        case Units::ucs2:
            return f(Ucs2{}, static_cast<const std::uint16_t*>(text.data));
        case Units::ucs4:
            return f(Ucs4{}, static_cast<const std::uint32_t*>(text.data));
        default:
            return f(Utf8{}, static_cast<const std::uint8_t*>(text.data));
    }
}

// The end of a piece: behind a space, which parts no run and is context for no character.
template <class Unit>
std::int64_t piece_end(const Unit* units, std::int64_t begin, std::int64_t length) {
    std::int64_t end = begin + piece_units;
    if (end >= length) return length;
    const auto parts = [units](std::int64_t at) { return units[at] == ' ' || units[at] == '\n'; };
    for (std::int64_t at = end; at > begin; --at) {
        if (parts(at - 1)) return at;
    }
    while (end < length && !parts(end)) ++end;
    if (end - begin > largest_piece) throw ValueError("a word of more than 1 GiB");
    return end;
}

// Writes what kernels leave: characters one by one.
template <class Reader>
class Copier {
public:
    using Unit = typename Reader::Unit;

    Copier(const Unit* units, std::int64_t end, const UnitRule& by_unit, const CutRule& rule)
        : units_(units), end_(end), by_unit_(by_unit), rule_(rule) {}

    /// Copies one character at `pos`, and more until `enough` of ASCII stand in a row; returns where
    /// it stopped, and sets `by_context` if a character cannot be told by itself.
    std::int64_t mixed(std::int64_t pos, int enough, char*& out, bool& by_context) const {
        int plain = 0;
        do {
            const CodePoint c = Reader::at(units_, pos, end_);
            plain = c.value < 0x80 ? plain + 1 : 0;
            const char32_t other =
                c.value < 0x10000 ? by_unit_.table[c.value] : replacement(c.value, rule_);
            if (other == special) {
                if (is_surrogate(c.value)) {
                    throw EncodingError("a lone surrogate at code point " + std::to_string(pos), 0,
                                        pos);
                }
                by_context = by_context || (rule_.lowercase && c.value != special);
                out = put_utf8(c.value == special && rule_.cut == Cut::words ? U' ' : c.value, out);
            } else {
                out = put_utf8(other, out);
            }
            pos += c.bytes;
        } while (pos < end_ && plain < enough);
        return pos;
    }

private:
    const Unit* units_;
    std::int64_t end_;
    const UnitRule& by_unit_;
    CutRule rule_;
};

// Of a piece, which parts no character.
void check_utf8(const TextView& text, std::int64_t begin, std::int64_t end) {
    const std::string_view piece{static_cast<const char*>(text.data) + begin,
                                 static_cast<std::size_t>(end - begin)};
    if (const auto bad = find_invalid_utf8(piece)) {
        throw EncodingError("bytes that are not UTF-8, at byte " + std::to_string(begin + *bad), 0,
                            begin + *bad);
    }
}

}  // namespace

TextCutter::TextCutter(CutRule rule)
    : rule_(rule),
      copy_(&copy_kernels(rule.portable)),
      kernels_(&block_kernels(rule.portable)),
      bits_(&bit_kernels(rule.portable)),
      units_(units_for(rule)) {}

void TextCutter::start(const TextView& text) noexcept {
    input_ = text;
    at_ = 0;
    begun_ = false;
}

bool TextCutter::next() {
    if (begun_ && at_ >= input_.length) return false;
    begun_ = true;
    const std::int64_t begin = at_;
    at_ =
        rule_.cut == Cut::whole ? input_.length : with_units(input_, [&](auto, const auto* units) {
            return piece_end(units, begin, input_.length);
        });
    if (input_.units == Units::utf8_unchecked) check_utf8(input_, begin, at_);
    const bool by_context = copy(begin, at_, rule_, input_, *units_);
    if (by_context) lower_by_context(begin);
    std::fill_n(text_.begin() + static_cast<std::ptrdiff_t>(size_), readable_slack, ' ');
    if (rule_.cut != Cut::whole) find_bounds();
    return true;
}

bool TextCutter::copy(std::int64_t begin, std::int64_t end, const CutRule& rule,
                      const TextView& input, const UnitRule& by_unit) {
    return with_units(input, [&](auto reader, const auto* units) {
        using Reader = decltype(reader);
        const auto room = static_cast<std::size_t>(end - begin) * Reader::bytes_a_unit +
                          copy_slack + readable_slack;
        if (room > std::numeric_limits<std::uint32_t>::max()) {
            throw ValueError("a text of more than 1 GiB that cannot be cut");
        }
        if (text_.size() < room) text_.resize(room);
        const Copier<Reader> copier(units, end, by_unit, rule);
        const auto kernel = copy_->*Reader::copy;
        const int enough = Reader::is_plane && copy_->beyond_ascii ? 0 : min_ascii_run;
        char* out = text_.data();
        bool by_context = false;
        for (std::int64_t pos = begin; pos < end;) {
            const Copied copied =
                kernel(units + pos, static_cast<std::size_t>(end - pos), out, by_unit);
            out += copied.bytes;
            pos += static_cast<std::int64_t>(copied.units);
            if (pos < end) pos = copier.mixed(pos, enough, out, by_context);
        }
        size_ = static_cast<std::size_t>(out - text_.data());
        return by_context;
    });
}

void TextCutter::lower_by_context(std::int64_t begin) {
    std::string piece;
    with_units(input_, [&](auto reader, const auto* units) {
        std::array<char, 4> character{};
        for (std::int64_t pos = begin; pos < at_;) {
            const CodePoint c = decltype(reader)::at(units, pos, at_);
            const char* end = put_utf8(c.value, character.data());
            piece.append(character.data(), static_cast<std::size_t>(end - character.data()));
            pos += c.bytes;
        }
    });
    std::string lower;
    lower_python(piece, lower);
    const CutRule as_it_is{rule_.cut, false, rule_.portable};
    copy(0, static_cast<std::int64_t>(lower.size()), as_it_is, TextView{lower},
         *units_for(as_it_is));
}

void TextCutter::find_bounds() {
    const std::size_t blocks = size_ / 64 + 1;
    if (masks_.size() < blocks) masks_.resize(blocks);
    // The slack behind the text is spaces, so that the last run ends.
    (rule_.cut == Cut::words ? kernels_->mask_words : kernels_->mask_solid)(text_.data(), blocks,
                                                                            masks_.data());
    // Each byte may begin or end a run.
    if (bounds_.size() < 64 * blocks + bit_slack) bounds_.resize(64 * blocks + bit_slack);
    const std::uint32_t* const end = bits_->write_edges(masks_.data(), blocks, bounds_.data());
    bound_count_ = static_cast<std::size_t>(end - bounds_.data());
}

}  // namespace framelens
