#include "framelens/reuse.hpp"
#include "framelens/unicode.hpp"

#include <algorithm>
#include <cstdint>
#include <unordered_map>

namespace framelens {
namespace {

// A fingerprint that more documents have is a phrase of the trade, not copy of one another; each
// document is then compared with the next few only.
constexpr std::size_t common_print = 48;
constexpr std::size_t neighbours = 4;
constexpr std::uint64_t base = 0x9E3779B97F4A7C15ULL;

std::uint64_t mix(std::uint64_t value) {
    value = (value ^ (value >> 32U)) * 0xd6e8feb86659fd93ULL;
    return value ^ (value >> 32U);
}

struct HashedText {
    std::vector<std::uint32_t> words;   // hashes of folded words
    std::vector<Span> spans;            // of the words
    std::vector<std::uint64_t> prints;  // winnowed hashes of runs of words, sorted, each once
};

std::uint32_t hash_of(std::string_view word) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return static_cast<std::uint32_t>(mix(hash) >> 16U);
}

bool is_ascii_word(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Words are runs of letters and digits, folded; ASCII is lower-cased in place of folding.
void read_words(std::string_view text, HashedText& out) {
    std::string word;
    const auto size = static_cast<std::int64_t>(text.size());
    for (std::int64_t i = 0; i < size;) {
        const std::int64_t start = i;
        word.clear();
        bool ascii = true;
        while (i < size) {
            const auto c = static_cast<unsigned char>(text[static_cast<std::size_t>(i)]);
            if (c < 128) {
                if (!is_ascii_word(c)) break;
                word += static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20U : c);
                ++i;
                continue;
            }
            const CodePoint point = decode(text, i);
            if (!is_alnum(point.value)) break;
            ascii = false;
            word.append(
                text.substr(static_cast<std::size_t>(i), static_cast<std::size_t>(point.bytes)));
            i += point.bytes;
        }
        if (i == start) {
            i += decode(text, i).bytes;
            continue;
        }
        out.words.push_back(hash_of(ascii ? std::string_view(word) : std::string_view(fold(word))));
        out.spans.push_back({start, i});
    }
}

/// Hashes of all runs of `length` words.
std::vector<std::uint64_t> runs_of(const std::vector<std::uint32_t>& words, std::size_t length) {
    std::vector<std::uint64_t> runs;
    if (words.size() < length) return runs;
    runs.reserve(words.size() - length + 1);
    std::uint64_t top = 1;
    for (std::size_t i = 1; i < length; ++i) top *= base;
    std::uint64_t hash = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i >= length) hash -= top * words[i - length];
        hash = hash * base + words[i];
        if (i + 1 >= length) runs.push_back(mix(hash));
    }
    return runs;
}

/// The least hash of every window: a run of window + length - 1 shared words shares a print.
std::vector<std::uint64_t> winnow(const std::vector<std::uint64_t>& runs, std::size_t window) {
    std::vector<std::uint64_t> prints;
    std::size_t least = 0;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (i == 0 || runs[i] <= runs[least]) {
            least = i;
        } else if (i - least >= window) {
            least = i + 1 - window;
            for (std::size_t k = least; k <= i; ++k) {
                if (runs[k] <= runs[least]) least = k;
            }
        }
        if (i + 1 >= std::min(window, runs.size())) prints.push_back(runs[least]);
    }
    std::sort(prints.begin(), prints.end());
    prints.erase(std::unique(prints.begin(), prints.end()), prints.end());
    return prints;
}

/// Pairs of documents that share prints, with how many, packed as a << 32 | b.
std::vector<std::uint64_t> pairs_of(const std::vector<HashedText>& texts, double threshold) {
    std::vector<std::pair<std::uint64_t, std::int32_t>> postings;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        for (const std::uint64_t print : texts[i].prints) {
            postings.emplace_back(print, static_cast<std::int32_t>(i));
        }
    }
    std::sort(postings.begin(), postings.end());
    std::vector<std::uint64_t> packed;
    for (std::size_t first = 0, last = 0; first < postings.size(); first = last) {
        while (last < postings.size() && postings[last].first == postings[first].first) ++last;
        const std::size_t reach = last - first <= common_print ? common_print : neighbours;
        for (std::size_t i = first; i < last; ++i) {
            for (std::size_t j = i + 1; j < std::min(last, i + 1 + reach); ++j) {
                packed.push_back((static_cast<std::uint64_t>(postings[i].second) << 32U) |
                                 static_cast<std::uint64_t>(postings[j].second));
            }
        }
    }
    std::sort(packed.begin(), packed.end());
    std::vector<std::uint64_t> pairs;
    for (std::size_t i = 0, next = 0; i < packed.size(); i = next) {
        while (next < packed.size() && packed[next] == packed[i]) ++next;
        const auto prints = [&](std::uint64_t doc) {
            return texts[static_cast<std::size_t>(doc)].prints.size();
        };
        const auto least = std::min(prints(packed[i] >> 32U), prints(packed[i] & 0xFFFFFFFFU));
        // Half of what is asked for is left to chance in the choice of prints.
        const double needed = 0.5 * threshold * static_cast<double>(least);
        if (static_cast<double>(next - i) >= needed) pairs.push_back(packed[i]);
    }
    return pairs;
}

/// Where runs of b's words stand in a; the first of equal ones.
class Comparison {
public:
    Comparison(const HashedText& a, const HashedText& b, std::size_t length)
        : a_(a), b_(b), length_(length), in_a_(a.words.size(), 0), in_b_(b.words.size(), 0) {}

    SharedText compare() {
        std::unordered_map<std::uint64_t, std::size_t> first;
        const auto runs_a = runs_of(a_.words, length_);
        const auto runs_b = runs_of(b_.words, length_);
        first.reserve(runs_b.size());
        for (std::size_t j = 0; j < runs_b.size(); ++j) first.try_emplace(runs_b[j], j);
        SharedText shared;
        for (std::size_t i = 0; i < runs_a.size();) {
            const auto found = first.find(runs_a[i]);
            if (found == first.end() || !equal(i, found->second)) {
                ++i;
                continue;
            }
            i = extend(i, found->second, shared);
        }
        shared.words_a = static_cast<std::int64_t>(a_.words.size());
        shared.words_b = static_cast<std::int64_t>(b_.words.size());
        shared.shared_a = std::count(in_a_.begin(), in_a_.end(), 1);
        shared.shared_b = std::count(in_b_.begin(), in_b_.end(), 1);
        return shared;
    }

private:
    bool equal(std::size_t i, std::size_t j) const {
        return std::equal(a_.words.begin() + static_cast<std::ptrdiff_t>(i),
                          a_.words.begin() + static_cast<std::ptrdiff_t>(i + length_),
                          b_.words.begin() + static_cast<std::ptrdiff_t>(j));
    }

    /// Follows equal words to their end; returns the position in a after them.
    std::size_t extend(std::size_t i, std::size_t j, SharedText& shared) {
        std::size_t size = 0;
        while (i + size < a_.words.size() && j + size < b_.words.size() &&
               a_.words[i + size] == b_.words[j + size]) {
            in_a_[i + size] = 1;
            in_b_[j + size] = 1;
            ++size;
        }
        shared.spans.push_back({{a_.spans[i].start, a_.spans[i + size - 1].end},
                                {b_.spans[j].start, b_.spans[j + size - 1].end}});
        return i + size;
    }

    const HashedText& a_;
    const HashedText& b_;
    std::size_t length_;
    std::vector<std::uint8_t> in_a_;
    std::vector<std::uint8_t> in_b_;
};

double share_of(const SharedText& shared) {
    const bool a_is_shorter = shared.words_a <= shared.words_b;
    const auto words = static_cast<double>(a_is_shorter ? shared.words_a : shared.words_b);
    const auto both = static_cast<double>(a_is_shorter ? shared.shared_a : shared.shared_b);
    return words > 0 ? both / words : 0;
}

}  // namespace

std::vector<SharedText> find_shared(const std::vector<std::string>& texts,
                                    const ShareOptions& options, const Run& run) {
    const auto length = static_cast<std::size_t>(options.run);
    std::vector<HashedText> hashed(texts.size());
    const auto for_each = [&](std::size_t count, std::int64_t grain, const auto& body) {
        parallel_for(static_cast<std::int64_t>(count), run, grain,
                     [&](std::int64_t begin, std::int64_t end) {
                         for (std::int64_t i = begin; i < end; ++i) {
                             body(static_cast<std::size_t>(i));
                         }
                     });
    };
    for_each(texts.size(), 16, [&](std::size_t i) {
        read_words(texts[i], hashed[i]);
        hashed[i].prints = winnow(runs_of(hashed[i].words, length), length);
    });
    const auto pairs = pairs_of(hashed, options.threshold);
    std::vector<SharedText> compared(pairs.size());
    for_each(pairs.size(), 4, [&](std::size_t i) {
        const auto a = static_cast<std::size_t>(pairs[i] >> 32U);
        const auto b = static_cast<std::size_t>(pairs[i] & 0xFFFFFFFFU);
        compared[i] = Comparison(hashed[a], hashed[b], length).compare();
        compared[i].a = static_cast<std::int32_t>(a);
        compared[i].b = static_cast<std::int32_t>(b);
    });
    std::erase_if(compared,
                  [&](const SharedText& shared) { return share_of(shared) < options.threshold; });
    return compared;
}

}  // namespace framelens
