// What the tagger sees of a token. tools/train_tagger.py repeats `mix` and `TokenFeatures::after`.
#include "framelens/grammar.hpp"
#include "framelens/grammar_tagger.hpp"

#include <algorithm>
#include <string_view>

namespace framelens {
namespace {

constexpr std::uint32_t mix(std::uint32_t hash, std::uint32_t value) noexcept {
    hash ^= value + 0x9E3779B9U + (hash << 6U) + (hash >> 2U);
    hash *= 0x85EBCA6BU;
    return hash ^ (hash >> 15U);
}

/// Of a word whose ASCII letters are made small. Source: FNV-1a.
std::uint32_t hash_of(std::string_view word) noexcept {
    std::uint32_t hash = 0x811C9DC5U;
    for (const char letter : word) {
        const auto byte = static_cast<unsigned char>(letter);
        const auto small = byte >= 'A' && byte <= 'Z' ? byte + 32U : byte;
        hash = (hash ^ small) * 0x01000193U;
    }
    return hash;
}

std::string_view last_bytes(std::string_view word, std::size_t bytes) noexcept {
    return word.size() > bytes ? word.substr(word.size() - bytes) : word;
}

bool is_digit(char letter) noexcept {
    return letter >= '0' && letter <= '9';
}

std::uint32_t shape_of(const Token& token, std::string_view word, bool opens) noexcept {
    auto shape = static_cast<std::uint32_t>(token.kind);
    shape = shape << 1U | (token.capital ? 1U : 0U);
    shape = shape << 1U | (token.all_caps ? 1U : 0U);
    shape = shape << 1U | (opens ? 1U : 0U);
    shape = shape << 1U | (word.find('-') != std::string_view::npos ? 1U : 0U);
    shape = shape << 1U | (std::any_of(word.begin(), word.end(), is_digit) ? 1U : 0U);
    constexpr std::size_t long_word = 3;  // bytes
    return shape << 2U | static_cast<std::uint32_t>(std::min(word.size(), long_word));
}

struct Word {
    std::uint32_t whole = 0, one = 0, two = 0, three = 0, shape = 0;
};

constexpr WordClass auxiliary = WordClass::be | WordClass::have | WordClass::modal;

/// The words of one sentence with two empty ones at either end.
std::vector<Word> words_of(const SegmentedText& text, std::int32_t first, std::int32_t end) {
    std::vector<Word> words(static_cast<std::size_t>(end - first) + 4);
    for (std::int32_t t = first; t < end; ++t) {
        const Token& token = text.tokens[static_cast<std::size_t>(t)];
        const std::string_view printed = text.at(token.span);
        words[static_cast<std::size_t>(t - first) + 2] = {
            hash_of(printed), hash_of(last_bytes(printed, 1)), hash_of(last_bytes(printed, 2)),
            hash_of(last_bytes(printed, 3)), shape_of(token, printed, t == first)};
    }
    return words;
}

}  // namespace

std::array<std::uint32_t, TokenFeatures::tagged_count> TokenFeatures::after(
    Part before, Part second) const noexcept {
    const auto one = static_cast<std::uint32_t>(before);
    const auto two =
        one * static_cast<std::uint32_t>(part_count) + static_cast<std::uint32_t>(second);
    return {mix(101, one), mix(102, two), mix(mix(103, one), word), mix(mix(104, two), ending),
            mix(mix(105, one), next)};
}

std::vector<TokenFeatures> features_of(const SegmentedText& text, std::int32_t first,
                                       std::int32_t end) {
    const std::vector<Word> words = words_of(text, first, end);
    std::vector<TokenFeatures> out(static_cast<std::size_t>(end - first));
    std::uint32_t helper = 0;  // the auxiliary with nothing but adverbs behind it
    for (std::int32_t t = first; t < end; ++t) {
        const auto at = static_cast<std::size_t>(t - first);
        const Word& w = words[at + 2];
        const Word& left = words[at + 1];
        const Word& right = words[at + 3];
        const bool helps = text.tokens[static_cast<std::size_t>(t)].is(auxiliary);
        std::uint32_t behind = 0;  // an auxiliary's adverbs
        if (helps) {
            std::int32_t k = t + 1;
            while (k < end && is_adverb(text, k)) ++k;
            behind = mix(w.whole, words[static_cast<std::size_t>(k - first) + 2].two);
        }
        TokenFeatures& features = out[at];
        features.word = w.whole;
        features.ending = w.two;
        features.next = right.whole;
        features.fixed = {mix(1, 0),
                          mix(2, w.whole),
                          mix(3, w.one),
                          mix(4, w.two),
                          mix(5, w.three),
                          mix(6, w.shape),
                          mix(7, left.whole),
                          mix(8, right.whole),
                          mix(9, words[at].whole),
                          mix(10, words[at + 4].whole),
                          mix(11, left.three),
                          mix(12, right.three),
                          mix(mix(16, helper), w.two),
                          mix(17, behind),
                          mix(mix(18, w.shape), right.shape),
                          mix(mix(20, w.three), w.shape)};
        if (helps) {
            helper = w.whole;
        } else if (!is_adverb(text, t)) {
            helper = 0;
        }
    }
    return out;
}

}  // namespace framelens
