#include "zones_repeats.hpp"

#include "framelens/unicode.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_set>
#include <utility>

namespace framelens {
namespace {

constexpr std::int64_t fewest_words = 10;

bool is_ascii_alnum(unsigned char byte) {
    return (byte >= '0' && byte <= '9') || ((byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z');
}

class Hash {
public:
    void add(unsigned char byte) {
        constexpr std::uint64_t multiplier = 0x9E3779B97F4A7C15ULL;
        value_ = (value_ ^ byte) * multiplier;
        value_ ^= value_ >> 29U;
    }
    [[nodiscard]] std::uint64_t value() const { return value_; }

private:
    std::uint64_t value_ = 0;
};

/// Quotes, dashes and the like begin so in UTF-8; letters do not.
bool is_mark(std::string_view line, std::size_t at) {
    return static_cast<unsigned char>(line[at]) == 0xE2 && at + 2 < line.size() &&
           static_cast<unsigned char>(line[at + 1]) == 0x80;
}

/// Letters that must be folded are none of ASCII and no marks.
bool must_be_folded(std::string_view line) {
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (static_cast<unsigned char>(line[at]) < 0x80) continue;
        if (!is_mark(line, at)) return true;
        at += 2;
    }
    return false;
}

/// Words stand between white space; without spaces, two signs of Chinese or Japanese are one.
class PassageReader {
public:
    Passage read(std::string_view folded) {
        for (std::size_t at = 0; at < folded.size(); ++at) {
            const auto byte = static_cast<unsigned char>(folded[at]);
            if (byte == ' ' || byte == '\t') {
                end_word();
            } else if (byte == '.' || byte == '!' || byte == '?') {
                stopped_ = true;
            } else if (is_ascii_alnum(byte)) {
                add(byte >= 'A' && byte <= 'Z' ? static_cast<unsigned char>(byte | 0x20U) : byte);
            } else if (byte >= 0x80) {
                at += add_or_skip(folded, at);
            }
        }
        end_word();
        end_sentence();
        out_.whole = whole_.value();
        return std::move(out_);
    }

private:
    void add(unsigned char byte) {
        whole_.add(byte);
        sentence_.add(byte);
        inside_ = true;
        stopped_ = false;
    }
    /// Returns the bytes of the sign behind its first one.
    std::size_t add_or_skip(std::string_view folded, std::size_t at) {
        constexpr char32_t first_wide = 0x3041;
        constexpr char32_t last_wide = 0x9FFF;
        const CodePoint c = decode(folded, static_cast<std::int64_t>(at));
        const auto size = static_cast<std::size_t>(c.bytes);
        if (c.value == 0x2026) stopped_ = true;  // …
        if (!is_alnum(c.value)) return size - 1;
        for (std::size_t i = at; i < at + size; ++i) add(static_cast<unsigned char>(folded[i]));
        if (c.value >= first_wide && c.value <= last_wide) ++wide_;
        return size - 1;
    }
    void end_word() {
        if (inside_) ++words_;
        inside_ = false;
        if (stopped_) end_sentence();
        stopped_ = false;
    }
    void end_sentence() {
        words_ += wide_ / 2;
        wide_ = 0;
        if (words_ == 0) return;
        out_.sentences.push_back(sentence_.value());
        out_.words += words_;
        out_.longest = std::max(out_.longest, words_);
        words_ = 0;
        sentence_ = Hash();
    }

    Passage out_;
    Hash whole_;
    Hash sentence_;
    std::int64_t words_ = 0;
    std::int64_t wide_ = 0;  // signs of Chinese or Japanese
    bool inside_ = false;    // a word
    bool stopped_ = false;   // a sign that ends sentences, and no letter since
};

}  // namespace

Passage read_passage(std::string_view line) {
    return must_be_folded(line) ? PassageReader().read(fold(line)) : PassageReader().read(line);
}

std::vector<bool> find_copies(const std::vector<Passage>& passages) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < passages.size(); ++i) {
        if (passages[i].words >= fewest_words) order.push_back(i);
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const Passage& one = passages[a];
        const Passage& other = passages[b];
        return std::tuple(one.caption, other.words) < std::tuple(other.caption, one.words);
    });
    std::unordered_set<std::uint64_t> printed;
    std::vector<bool> copies(passages.size());
    for (const std::size_t i : order) {
        const Passage& passage = passages[i];
        const auto known = [&](std::uint64_t hash) { return printed.contains(hash); };
        copies[i] = known(passage.whole) ||
                    (passage.longest >= fewest_words &&
                     std::all_of(passage.sentences.begin(), passage.sentences.end(), known));
        printed.insert(passage.whole);
        printed.insert(passage.sentences.begin(), passage.sentences.end());
    }
    return copies;
}

}  // namespace framelens
