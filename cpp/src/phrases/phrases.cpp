#include "framelens/phrases.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <utility>

namespace framelens {
namespace {

constexpr std::size_t sketched = 8;      // bytes of a phrase's start that the sketch knows
constexpr std::size_t sketched_end = 2;  // and of its end

constexpr unsigned char byte_at(std::string_view text, std::size_t at) noexcept {
    return static_cast<unsigned char>(text[at]);
}

/// Letters beyond ASCII count as a whole: folded text has no other signs that stand in a word.
constexpr bool in_word(unsigned char byte) noexcept {
    return byte >= 0x80 || (byte >= '0' && byte <= '9') ||
           ((byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z');
}

constexpr unsigned char lower(unsigned char byte) noexcept {
    return byte >= 'A' && byte <= 'Z' ? static_cast<unsigned char>(byte | 0x20U) : byte;
}

std::size_t word_end(std::string_view text, std::size_t start) noexcept {
    while (start < text.size() && in_word(byte_at(text, start))) ++start;
    return start;
}

/// What a curly quote, a dash or the ellipsis folds to; 0 for what is none of them. News is full of
/// them, and they end a word where other bytes beyond ASCII may be part of it.
char sign_of_mark(std::string_view text, std::size_t at) noexcept {
    if (byte_at(text, at) != 0xE2 || at + 2 >= text.size() || byte_at(text, at + 1) != 0x80) {
        return 0;
    }
    switch (byte_at(text, at + 2)) {
        case 0x93:
        case 0x94:
            return '-';
        case 0x98:
        case 0x99:
            return '\'';
        case 0x9C:
        case 0x9D:
            return '"';
        case 0xA6:
            return '.';
        default:
            return 0;
    }
}
constexpr std::size_t mark_bytes = 3;

/// `in_word` of each byte, for loops over long texts.
constexpr std::array<bool, 256> bytes_in_word = [] {
    std::array<bool, 256> all{};
    for (unsigned byte = 0; byte < 256; ++byte)
        all[byte] = in_word(static_cast<unsigned char>(byte));
    return all;
}();

/// Where the next word of a printed text may begin.
std::size_t next_word(std::string_view text, std::size_t at) noexcept {
    if (sign_of_mark(text, at) != 0) return at + mark_bytes;
    const std::size_t start = at;
    while (at < text.size() && bytes_in_word[byte_at(text, at)] && sign_of_mark(text, at) == 0) {
        ++at;
    }
    return std::max(at, start + 1);
}

/// A hash of four ASCII bytes in which case does not matter; nothing where there are no four.
std::optional<std::size_t> beginning_of(std::string_view text, std::size_t at,
                                        std::size_t bits) noexcept {
    std::uint32_t four = 0;
    if (text.size() < at + sizeof four) return std::nullopt;
    std::memcpy(&four, text.data() + at, sizeof four);
    if ((four & 0x80808080U) != 0) return std::nullopt;
    return ((four | 0x20202020U) * 0x9E3779B1U >> 16U) % bits;
}

/// A hash of the first bytes of the word that starts here, or of the one sign; nothing where they
/// are not ASCII, since folding may change them.
std::optional<std::size_t> sketch_of(std::string_view text, std::size_t start,
                                     std::size_t bits) noexcept {
    std::uint32_t hash = 2166136261U;  // FNV-1a
    for (std::size_t at = start; at < text.size() && at < start + sketched; ++at) {
        const unsigned char byte = byte_at(text, at);
        const char sign = byte >= 0x80 ? sign_of_mark(text, at) : '\0';
        if (byte >= 0x80 && sign == 0) return std::nullopt;
        const bool ends = sign != 0 || !in_word(byte);
        if (at > start && ends) break;
        hash = (hash ^ (sign != 0 ? static_cast<unsigned char>(sign) : lower(byte))) * 16777619U;
        if (ends) break;
    }
    return (hash ^ (hash >> 15U)) % bits;
}

/// The same of the last bytes, whatever they are.
std::optional<std::size_t> end_sketch_of(std::string_view text, std::size_t bits) noexcept {
    std::uint32_t hash = 2166136261U;
    for (const char c : text.substr(text.size() - std::min(text.size(), sketched_end))) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80) return std::nullopt;
        hash = (hash ^ lower(byte)) * 16777619U;
    }
    return (hash ^ (hash >> 15U)) % bits;
}

bool stands_at(std::string_view phrase, std::string_view folded, std::size_t start) noexcept {
    if (!folded.substr(start).starts_with(phrase)) return false;
    const std::size_t end = start + phrase.size();
    return end == folded.size() || !in_word(byte_at(folded, end)) ||
           !in_word(byte_at(folded, end - 1));
}

}  // namespace

PhraseSet::PhraseSet(std::vector<std::string> phrases) : phrases_(std::move(phrases)) {
    std::erase(phrases_, "");
    for (std::size_t i = 0; i < phrases_.size(); ++i) {
        const std::string_view phrase = phrases_[i];
        by_first_word_[std::string(phrase.substr(0, word_end(phrase, 0)))].push_back(i);
        // what folds to letters beyond ASCII is beyond ASCII itself, and is never ruled out
        if (const auto bit = sketch_of(phrase, 0, sketch_bits)) sketch_.set(*bit);
        if (const auto four = beginning_of(phrase, 0, sketch_bits)) {
            beginnings_.set(*four);
        } else if (byte_at(phrase, 0) < 0x80) {
            beginnings_.set();  // too short to tell, or with a mark among its first bytes
        }
        if (phrase.size() < sketched_end) {
            end_sketch_.set();
        } else if (const auto end = end_sketch_of(phrase, sketch_bits)) {
            end_sketch_.set(*end);
        }
    }
}

/// True unless four bytes tell that no phrase begins here, as they do of most words.
bool PhraseSet::may_begin_at(std::string_view text, std::size_t at) const noexcept {
    const auto bit = beginning_of(text, at, sketch_bits);
    return !bit || beginnings_.test(*bit);
}

bool PhraseSet::may_start(std::string_view text) const noexcept {
    if (text.empty() || phrases_.empty()) return false;
    const auto bit = sketch_of(text, 0, sketch_bits);
    return !bit || sketch_.test(*bit);
}

bool PhraseSet::may_be_in(std::string_view text) const noexcept {
    if (phrases_.empty()) return false;
    for (std::size_t at = 0; at < text.size(); at = next_word(text, at)) {
        if (text[at] == ' ' || !may_begin_at(text, at)) continue;
        const auto bit = sketch_of(text, at, sketch_bits);
        if (!bit || sketch_.test(*bit)) return true;
    }
    return false;
}

bool PhraseSet::may_end(std::string_view text) const noexcept {
    if (text.size() < sketched_end || phrases_.empty()) return !phrases_.empty();
    const auto bit = end_sketch_of(text, sketch_bits);
    return !bit || end_sketch_.test(*bit);
}

bool PhraseSet::has(std::string_view folded) const {
    const auto found = by_first_word_.find(folded.substr(0, word_end(folded, 0)));
    return found != by_first_word_.end() &&
           std::any_of(found->second.begin(), found->second.end(),
                       [&](std::size_t i) { return phrases_[i] == folded; });
}

bool PhraseSet::has_start_of(std::string_view folded) const {
    const auto found = by_first_word_.find(folded.substr(0, word_end(folded, 0)));
    return found != by_first_word_.end() &&
           std::any_of(found->second.begin(), found->second.end(),
                       [&](std::size_t i) { return stands_at(phrases_[i], folded, 0); });
}

bool PhraseSet::has_part_of(std::string_view folded) const {
    for (std::size_t at = 0; at < folded.size(); at = std::max(at + 1, word_end(folded, at))) {
        if (folded[at] == ' ') continue;
        const auto bit = sketch_of(folded, at, sketch_bits);
        if ((!bit || sketch_.test(*bit)) && has_start_of(folded.substr(at))) return true;
    }
    return false;
}

bool PhraseSet::has_end_of(std::string_view folded) const {
    return std::any_of(phrases_.begin(), phrases_.end(), [&](const std::string& phrase) {
        if (folded.empty() || phrase.back() != folded.back() || !folded.ends_with(phrase)) {
            return false;
        }
        const std::size_t start = folded.size() - phrase.size();
        return start == 0 || !in_word(byte_at(folded, start - 1)) ||
               !in_word(byte_at(folded, start));
    });
}

}  // namespace framelens
