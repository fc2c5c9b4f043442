#include "framelens/reuse.hpp"
#include "prints.hpp"
#include "words.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>

namespace framelens {
namespace {

constexpr std::int64_t texts_at_once = 32;
constexpr std::int64_t pairs_at_once = 16;
// A passage goes on over an edit of at most 3 words on either side if at least 3 equal words follow.
constexpr std::size_t max_edit_words = 3;
constexpr std::size_t min_words_behind_edit = 3;

/// Hashes of a text's words, and where they begin.
struct Words {
    std::vector<std::uint32_t> hashes;
    std::vector<std::int64_t> starts;
    [[nodiscard]] std::size_t size() const noexcept { return hashes.size(); }
};

/// Finds where runs of b's words stand in a; keeps its memory from pair to pair.
class Comparer {
public:
    explicit Comparer(std::size_t length) : length_(length) {}

    SharedText compare(const Words& a, const Words& b) {
        hash_runs(a.hashes, length_, runs_a_);
        hash_runs(b.hashes, length_, runs_b_);
        in_a_.assign(a.size(), 0);
        in_b_.assign(b.size(), 0);
        passages_.clear();
        fill_table();
        for (std::size_t i = 0; i < runs_a_.size();) {
            const std::uint32_t slot = slot_of(runs_a_[i]);
            i += slot == 0 ? 1 : std::max<std::size_t>(extend(a, b, i, slot - 1), 1);
        }
        SharedText shared;
        shared.words_a = std::ssize(a.hashes);
        shared.words_b = std::ssize(b.hashes);
        shared.shared_a = std::count(in_a_.begin(), in_a_.end(), 1);
        shared.shared_b = std::count(in_b_.begin(), in_b_.end(), 1);
        return shared;
    }

    /// First word and number of words in a and in b.
    struct Passage {
        std::size_t first_a = 0;
        std::size_t size_a = 0;
        std::size_t first_b = 0;
        std::size_t size_b = 0;
    };
    /// Of the last two texts, in text order of a.
    [[nodiscard]] const std::vector<Passage>& passages() const noexcept { return passages_; }

private:
    /// The first of equal runs of b gets a slot.
    void fill_table() {
        slots_.assign(std::bit_ceil(2 * runs_b_.size() + 1), 0);
        for (std::size_t i = 0; i < runs_b_.size(); ++i) {
            std::uint32_t& slot = slot_of(runs_b_[i]);
            if (slot == 0) slot = static_cast<std::uint32_t>(i + 1);
        }
    }
    std::uint32_t& slot_of(std::uint64_t run) {
        const std::size_t mask = slots_.size() - 1;
        std::size_t at = (run ^ (run >> 32U)) & mask;
        while (slots_[at] != 0 && runs_b_[slots_[at] - 1] != run) at = (at + 1) & mask;
        return slots_[at];
    }

    /// Follows equal words, over small edits too, to their end; returns how many of a's words it
    /// went over, 0 if only the hashes of runs were equal.
    std::size_t extend(const Words& a, const Words& b, std::size_t i, std::size_t j) {
        const auto equal_from = [&](std::size_t x, std::size_t y) {
            std::size_t size = 0;
            while (x + size < a.size() && y + size < b.size() &&
                   a.hashes[x + size] == b.hashes[y + size]) {
                ++size;
            }
            return size;
        };
        std::size_t size = equal_from(i, j);
        if (size < length_) return 0;
        std::size_t x = i;
        std::size_t y = j;
        while (size > 0) {
            std::fill_n(in_a_.begin() + static_cast<std::ptrdiff_t>(x), size, std::uint8_t{1});
            std::fill_n(in_b_.begin() + static_cast<std::ptrdiff_t>(y), size, std::uint8_t{1});
            x += size;
            y += size;
            size = 0;
            for (std::size_t edit = 1; edit < 2 * max_edit_words && size == 0; ++edit) {
                for (std::size_t cut = std::min(edit, max_edit_words) + 1; cut-- > 0;) {
                    if (edit - cut > max_edit_words) break;
                    size = equal_from(x + cut, y + edit - cut);
                    if (size >= min_words_behind_edit) {
                        x += cut;
                        y += edit - cut;
                        break;
                    }
                    size = 0;
                }
            }
        }
        passages_.push_back({i, x - i, j, y - j});
        return x - i;
    }

    std::size_t length_;
    std::vector<std::uint64_t> runs_a_;
    std::vector<std::uint64_t> runs_b_;
    std::vector<std::uint32_t> slots_;  // position in b + 1; 0: empty
    std::vector<std::uint8_t> in_a_;
    std::vector<std::uint8_t> in_b_;
    std::vector<Passage> passages_;
};

double share_of(const SharedText& shared) {
    const bool a_is_shorter = shared.words_a <= shared.words_b;
    const auto words = static_cast<double>(a_is_shorter ? shared.words_a : shared.words_b);
    const auto both = static_cast<double>(a_is_shorter ? shared.shared_a : shared.shared_b);
    return words > 0 ? both / words : 0;
}

/// Where the words from `first` on are in the text.
Span span_of(const TextView& text, const Words& words, std::size_t first, std::size_t size) {
    const std::int64_t last = words.starts[first + size - 1];
    return {words.starts[first],
            with_words(text, [last](auto reader) { return reader.end_of(last); })};
}

Words words_of(const TextView& text) {
    Words words;
    const auto usual = static_cast<std::size_t>(text.length) / 6 + 1;
    words.hashes.reserve(usual);
    words.starts.reserve(usual);
    with_words(text, [&](auto reader) {
        reader.read([&](std::uint64_t hash, std::int64_t start) {
            words.hashes.push_back(static_cast<std::uint32_t>(hash >> 32U));
            words.starts.push_back(start);
        });
    });
    return words;
}

/// The words of those texts that are in a pair.
std::vector<Words> words_of(std::span<const TextView> texts, const std::vector<TextPair>& pairs,
                            const Run& run) {
    std::vector<std::uint8_t> compared(texts.size(), 0);
    for (const TextPair& pair : pairs) {
        compared[static_cast<std::size_t>(pair.a)] = 1;
        compared[static_cast<std::size_t>(pair.b)] = 1;
    }
    std::vector<Words> words(texts.size());
    parallel_for(std::ssize(texts), run, texts_at_once, [&](std::int64_t begin, std::int64_t end) {
        for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
            if (compared[i] == 0) continue;
            words[i] = words_of(texts[i]);
        }
    });
    return words;
}

}  // namespace

std::vector<SharedText> find_shared(std::span<const TextView> texts, const ShareOptions& options,
                                    const Run& run) {
    const auto length = static_cast<std::size_t>(options.run);
    const auto pairs = candidates_of(texts, length, options.threshold, run);
    const auto words = words_of(texts, pairs, run);
    std::vector<SharedText> found(pairs.size());
    const auto compare = [&](Comparer& comparer, std::size_t i) {
        const auto a = static_cast<std::size_t>(pairs[i].a);
        const auto b = static_cast<std::size_t>(pairs[i].b);
        found[i] = comparer.compare(words[a], words[b]);
        found[i].a = pairs[i].a;
        found[i].b = pairs[i].b;
        if (share_of(found[i]) < options.threshold) return;
        for (const auto& passage : comparer.passages()) {
            found[i].spans.push_back(
                {span_of(texts[a], words[a], passage.first_a, passage.size_a),
                 span_of(texts[b], words[b], passage.first_b, passage.size_b)});
        }
    };
    parallel_for(std::ssize(pairs), run, pairs_at_once, [&](std::int64_t begin, std::int64_t end) {
        Comparer comparer(length);
        for (std::int64_t i = begin; i < end; ++i) compare(comparer, static_cast<std::size_t>(i));
    });
    std::erase_if(found,
                  [&](const SharedText& shared) { return share_of(shared) < options.threshold; });
    return found;
}

}  // namespace framelens
