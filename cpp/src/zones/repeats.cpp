#include "repeats.hpp"

#include "framelens/types_hash.hpp"
#include "framelens/unicode.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <unordered_set>
#include <utility>

namespace framelens {
namespace {

// Chosen: shorter passages are stock phrases that articles share without being boilerplate.
constexpr std::int64_t min_passage_words = 10;

bool is_ascii_alnum(unsigned char byte) {
    return (byte >= '0' && byte <= '9') || ((byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z');
}

class Hash {
public:
    void add(std::uint64_t value) { value_ = mix(value_ ^ value, golden); }
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

constexpr int start_letters = 24;             // ten words have more
constexpr std::size_t max_start_bytes = 256;  // of these letters and the signs between them

constexpr std::string_view ellipsis = "…";

/// Bytes at which a sign that ends sentences may begin. A look at the table costs a tenth of what
/// std::string_view::find_first_of does.
constexpr std::array<bool, 256> may_stop = [] {
    std::array<bool, 256> all{};
    for (const char c : {'.', '!', '?', ellipsis[0]}) all[static_cast<unsigned char>(c)] = true;
    return all;
}();

/// Behind the next sign that ends sentences, or the end.
std::size_t past_stop(std::string_view line, std::size_t at) {
    for (; at < line.size(); ++at) {
        if (!may_stop[static_cast<unsigned char>(line[at])]) continue;
        if (line[at] != ellipsis[0]) return at + 1;
        if (line.substr(at).starts_with(ellipsis)) return at + ellipsis.size();
    }
    return line.size();
}

/// A hash of the first letters from `at` on, folded; nothing where the sentence has fewer.
std::optional<std::uint64_t> hash_start(std::string_view line, std::size_t at) {
    constexpr std::uint64_t prime = 0x100000001B3ULL;
    std::uint64_t hash = 0xCBF29CE484222325ULL;  // FNV-1a
    int letters = 0;
    const std::size_t end = std::min(line.size(), at + max_start_bytes);
    while (at < end) {
        const auto byte = static_cast<unsigned char>(line[at]);
        if (byte >= 0x80) {
            const CodePoint c = decode(line, static_cast<std::int64_t>(at));
            const auto size = static_cast<std::size_t>(c.bytes);
            if (is_alnum(c.value)) {
                for (const char folded : fold(line.substr(at, size)))
                    hash = (hash ^ static_cast<unsigned char>(folded)) * prime;
                ++letters;
            }
            at += size;
        } else {
            if (is_ascii_alnum(byte)) {
                hash = (hash ^ (byte >= 'A' ? byte | 0x20U : byte)) * prime;
                ++letters;
            }
            ++at;
        }
        if (letters == start_letters) return hash;
    }
    return std::nullopt;
}

/// Words stand between white space; without spaces, two signs of Chinese or Japanese are one.
class PassageReader {
public:
    Passage read(std::string_view folded) {
        for (std::size_t at = 0; at < folded.size(); ++at) {
            const auto byte = static_cast<unsigned char>(folded[at]);
            if (is_ascii_alnum(byte)) {
                add(byte >= 'A' && byte <= 'Z' ? static_cast<unsigned char>(byte | 0x20U) : byte);
                continue;
            }
            if (byte >= 0x80) {
                at += add_or_skip(folded, at);
                continue;
            }
            end_part();
            if (byte == ' ' || byte == '\t') {
                end_word();
            } else if (byte == '.' || byte == '!' || byte == '?') {
                stopped_ = true;
            }
        }
        end_part();
        end_word();
        end_sentence();
        out_.whole = whole_.value();
        return std::move(out_);
    }

private:
    void add(unsigned char byte) {
        constexpr std::uint64_t prime = 0x100000001B3ULL;  // FNV-1a
        part_ = (part_ ^ byte) * prime;
    }
    /// Letters between other signs, so that "port—after" is "port — after".
    void end_part() {
        if (part_ == 0) return;
        whole_.add(part_);
        sentence_.add(part_);
        part_ = 0;
        inside_ = true;
        stopped_ = false;
    }
    /// Returns the bytes of the sign behind its first one.
    std::size_t add_or_skip(std::string_view folded, std::size_t at) {
        constexpr char32_t first_wide = 0x3041;
        constexpr char32_t last_wide = 0x9FFF;
        const CodePoint c = decode(folded, static_cast<std::int64_t>(at));
        const auto size = static_cast<std::size_t>(c.bytes);
        if (!is_alnum(c.value)) {
            end_part();
            if (c.value == 0x2026) stopped_ = true;  // …
            return size - 1;
        }
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
    std::uint64_t part_ = 0;
    std::int64_t words_ = 0;
    std::int64_t wide_ = 0;  // signs of Chinese or Japanese
    bool inside_ = false;    // a word
    bool stopped_ = false;   // a sign that ends sentences, and no letter since
};

}  // namespace

void SentenceStarts::add(std::string_view line) {
    std::size_t at = 0;
    while (at < line.size()) {
        if (const auto hash = hash_start(line, at)) hashes_.push_back(*hash);
        at = past_stop(line, at);
    }
}

bool SentenceStarts::come_again() {
    std::sort(hashes_.begin(), hashes_.end());
    return std::adjacent_find(hashes_.begin(), hashes_.end()) != hashes_.end();
}

Passage read_passage(std::string_view line) {
    return must_be_folded(line) ? PassageReader().read(fold(line)) : PassageReader().read(line);
}

std::vector<bool> find_copies(const std::vector<Passage>& passages) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < passages.size(); ++i) {
        if (passages[i].words >= min_passage_words) order.push_back(i);
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
                    (passage.longest >= min_passage_words &&
                     std::all_of(passage.sentences.begin(), passage.sentences.end(), known));
        printed.insert(passage.whole);
        printed.insert(passage.sentences.begin(), passage.sentences.end());
    }
    return copies;
}

}  // namespace framelens
