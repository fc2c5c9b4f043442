#include "prints.hpp"

#include "framelens/error.hpp"
#include "framelens/parallel_watch.hpp"
#include "framelens/token_pattern.hpp"
#include "framelens/unicode.hpp"
#include "words.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string>

namespace framelens {
namespace {

// A shared run of window + length - 1 words always shares a fingerprint.
constexpr std::size_t window = 16;
// A fingerprint that more texts have is a phrase of the trade, or copy that very many print; each
// text is then compared with the next few, and with the shortest, of which copy is the largest part.
constexpr std::size_t common_print = 48;
constexpr std::size_t neighbours = 3;
// Part of the fingerprints asked for: edits spoil many runs while most words stay.
constexpr double share_of_prints = 0.35;
// Part of these that must be found in both where the rest may be among the common ones.
constexpr double share_found = 0.25;
constexpr std::int64_t texts_at_once = 32;

/// Letters and their accents apart, which the cutter takes for two words.
bool has_combining_marks(const TextView& text) {
    const auto length = static_cast<std::size_t>(text.length);
    const auto any = [length]<class Unit>(const Unit* units, std::uint32_t mask,
                                          std::uint32_t first) {
        std::uint32_t found = 0;
        for (std::size_t i = 0; i < length; ++i) found |= (units[i] & mask) == first ? 1U : 0U;
        return found != 0;
    };
    // U+0300 to U+036F, and in UTF-8 the bytes that begin them; some more are only slower.
    switch (text.units) {
        case Units::ucs1:
            return false;
        case Units::ucs2:
            return any(static_cast<const std::uint16_t*>(text.data), 0xFF80U, 0x300U);
        case Units::ucs4:
            return any(static_cast<const std::uint32_t*>(text.data), 0xFFFFFF80U, 0x300U);
        default:
            return any(static_cast<const std::uint8_t*>(text.data), 0xFEU, 0xCCU);
    }
}

/// The fingerprints of one text after another.
class PrintReader {
public:
    PrintReader(std::size_t length) : length_(length), cutter_({Cut::words, true, false}) {}

    std::vector<std::uint64_t> read(const TextView& text) {
        words_.clear();
        if (has_combining_marks(text)) {
            with_words(text, [this](auto reader) {
                reader.read([this](std::uint64_t hash, std::int64_t) { words_.push_back(hash); });
            });
        } else {
            cut_words(text);
        }
        hash_runs(words_, length_, runs_);
        return winnow();
    }

private:
    void cut_words(const TextView& text) {
        cutter_.start(text);
        while (cutter_.next()) {
            const char* piece = cutter_.text().data();
            const auto bounds = cutter_.bounds();
            for (std::size_t i = 0; i + 1 < bounds.size(); i += 2) {
                words_.push_back(hash_word({piece + bounds[i], bounds[i + 1] - bounds[i]}));
            }
        }
    }

    /// The least hash of every window, once for as long as it stays the least.
    std::vector<std::uint64_t> winnow() const {
        std::vector<std::uint64_t> prints;
        prints.reserve(runs_.size() / 5 + 1);
        const std::size_t first_whole = std::min(window, runs_.size());
        std::size_t least = 0;
        std::size_t told = runs_.size();
        for (std::size_t i = 0; i < runs_.size(); ++i) {
            if (runs_[i] < runs_[least]) {
                least = i;
            } else if (i - least >= window) {
                least = i + 1 - window;
                for (std::size_t k = least + 1; k <= i; ++k) {
                    if (runs_[k] < runs_[least]) least = k;
                }
            }
            if (i + 1 >= first_whole && least != told) {
                prints.push_back(runs_[least]);
                told = least;
            }
        }
        return prints;
    }

    std::size_t length_;
    TextCutter cutter_;
    std::vector<std::uint64_t> words_;
    std::vector<std::uint64_t> runs_;
};

using Prints = std::vector<std::vector<std::uint64_t>>;

Prints read_prints(std::span<const TextView> texts, std::size_t length, Watch& watch) {
    Prints prints(texts.size());
    parallel_for(
        std::ssize(texts), watch, texts_at_once, [&](std::int64_t begin, std::int64_t end) {
            PrintReader reader(length);
            for (std::int64_t i = begin; i < end; ++i) {
                const auto at = static_cast<std::size_t>(i);
                try {
                    prints[at] = reader.read(texts[at]);
                } catch (const EncodingError& error) {
                    throw EncodingError("texts[" + std::to_string(i) + "] has " + error.what(), i,
                                        error.offset());
                }
            }
        });
    return prints;
}

/// Which places of a table are hit once, and which again: nearly all fingerprints are of one text,
/// and need no sorting.
class Repeats {
public:
    Repeats(const Prints& prints, Watch& watch) {
        std::size_t count = 0;
        for (const auto& of_text : prints) count += of_text.size();
        const std::size_t words = std::bit_ceil(count / 4 + 1024);
        mask_ = 64 * words - 1;
        once_.resize(words);
        again_.resize(words);
        for (const auto& of_text : prints) {
            watch.look();
            for (const std::uint64_t print : of_text) add(print);
        }
    }
    [[nodiscard]] bool again(std::uint64_t print) const noexcept {
        const std::uint64_t slot = print & mask_;
        return ((again_[slot / 64] >> (slot % 64)) & 1U) != 0;
    }

private:
    void add(std::uint64_t print) noexcept {
        const std::uint64_t slot = print & mask_;
        const std::uint64_t bit = std::uint64_t{1} << (slot % 64);
        again_[slot / 64] |= once_[slot / 64] & bit;
        once_[slot / 64] |= bit;
    }

    std::uint64_t mask_ = 0;
    std::vector<std::uint64_t> once_;
    std::vector<std::uint64_t> again_;
};

struct Posting {
    std::uint64_t print = 0;
    std::int32_t text = 0;
    bool operator==(const Posting&) const = default;
    auto operator<=>(const Posting&) const = default;
};

/// Of the fingerprints that may be in two texts, each once a text, sorted.
std::vector<Posting> postings_of(const Prints& prints, Watch& watch) {
    const Repeats repeats(prints, watch);
    std::vector<Posting> postings;
    for (std::size_t i = 0; i < prints.size(); ++i) {
        watch.look();
        for (const std::uint64_t print : prints[i]) {
            if (repeats.again(print)) postings.push_back({print, static_cast<std::int32_t>(i)});
        }
    }
    watched_sort(postings, watch);
    postings.erase(std::unique(postings.begin(), postings.end()), postings.end());
    return postings;
}

std::size_t at(std::int32_t text) {
    return static_cast<std::size_t>(text);
}

/// Pairs of texts that share fingerprints.
struct SharedPrints {
    std::vector<std::uint64_t> pairs;   // once for each fingerprint: a << 32 | b, sorted
    std::vector<std::uint32_t> common;  // of each text: how many of its fingerprints are common
};

/// The pairs of the texts that have one fingerprint.
void pair_up(std::span<const Posting> texts, const Prints& prints, SharedPrints& shared) {
    const auto add = [&](std::int32_t a, std::int32_t b) {
        shared.pairs.push_back((static_cast<std::uint64_t>(std::min(a, b)) << 32U) |
                               static_cast<std::uint64_t>(std::max(a, b)));
    };
    const bool common = texts.size() > common_print;
    const std::size_t reach = common ? neighbours : texts.size();
    for (std::size_t i = 0; i < texts.size(); ++i) {
        for (std::size_t j = i + 1; j < std::min(texts.size(), i + 1 + reach); ++j) {
            add(texts[i].text, texts[j].text);
        }
    }
    if (!common) return;
    const auto shortest = static_cast<std::size_t>(
        std::min_element(texts.begin(), texts.end(),
                         [&](const Posting& a, const Posting& b) {
                             return prints[at(a.text)].size() < prints[at(b.text)].size();
                         }) -
        texts.begin());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        ++shared.common[at(texts[i].text)];
        const std::size_t apart = i < shortest ? shortest - i : i - shortest;
        if (apart > neighbours) add(texts[shortest].text, texts[i].text);
    }
}

SharedPrints shared_prints(const Prints& prints, Watch& watch) {
    const std::vector<Posting> postings = postings_of(prints, watch);
    SharedPrints shared;
    shared.common.resize(prints.size());
    Pace pace(watch);
    for (std::size_t first = 0, last = 0; first < postings.size(); first = last) {
        pace.step();
        while (last < postings.size() && postings[last].print == postings[first].print) ++last;
        pair_up(std::span(postings).subspan(first, last - first), prints, shared);
    }
    watched_sort(shared.pairs, watch);
    return shared;
}

}  // namespace

std::uint64_t hash_other_word(std::string_view word) {
    const bool ascii = std::all_of(word.begin(), word.end(),
                                   [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (ascii) return hash_text(word);
    std::string folded = fold(word);
    if (folded.size() > 16) return hash_text(folded);
    // What folding made ASCII is the same word as if it had been printed so.
    folded.resize(16, '\0');
    return hash_short(load8(folded.data()), load8(folded.data() + 8));
}

std::vector<TextPair> candidates_of(std::span<const TextView> texts, std::size_t length,
                                    double threshold, const Run& run) {
    Watch watch(run);
    const Prints prints = read_prints(texts, length, watch);
    const SharedPrints shared = shared_prints(prints, watch);
    const std::vector<std::uint64_t>& packed = shared.pairs;
    std::vector<TextPair> pairs;
    Pace pace(watch);
    for (std::size_t i = 0, next = 0; i < packed.size(); i = next) {
        pace.step();
        while (next < packed.size() && packed[next] == packed[i]) ++next;
        const TextPair pair{static_cast<std::int32_t>(packed[i] >> 32U),
                            static_cast<std::int32_t>(packed[i] & 0xFFFFFFFFU)};
        const std::size_t fewer = std::min(prints[at(pair.a)].size(), prints[at(pair.b)].size());
        const double needed = share_of_prints * threshold * static_cast<double>(fewer);
        const auto found = static_cast<double>(next - i);
        const double common = std::min(shared.common[at(pair.a)], shared.common[at(pair.b)]);
        if (found >= share_found * needed && found + common >= needed) pairs.push_back(pair);
    }
    return pairs;
}

}  // namespace framelens
