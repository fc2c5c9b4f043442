// Counts of the terms of one document, and how they come out in order.
#pragma once

#include "framelens/bits.hpp"
#include "framelens/huge_pages.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <vector>

namespace framelens {

/// What a document has of a term.
struct Sum {
    std::uint32_t sum = 0;
};

/// Sums by key, taken in ascending order of the keys. A byte a key marks which have one, and a byte
/// of the level above where such marks are, so that nothing is sorted, or cleared as a whole. Bytes
/// are only written: to set a bit, one would have to wait for the bit set before it.
/// A counter is a `Sum`, and may hold what else is to be at hand when it is taken.
template <class Counter>
class Tally {
public:
    /// Makes room for keys below `keys`.
    void reserve(std::size_t keys) {
        if (keys <= counters_.size()) return;
        counters_.resize(std::max(keys, 2 * counters_.size()));
        const std::size_t ranges = (counters_.size() + mark_range - 1) / mark_range;
        marks_.resize(ranges * mark_range);
        blocks_.resize(marks_.size() / block_size);
    }
    /// Adds to the sum of a key. Requires room.
    void add(std::size_t key, std::uint32_t count) noexcept {
        counters_[key].sum += count;
        marks_[key] = 1;
        blocks_[key / block_size] = 1;
    }
    /// Adds 1 to the sum of each key. Requires room.
    void add_ones(std::span<const std::uint32_t> keys) noexcept {
        // What a mark is written to might be one of the pointers, as far as the language goes.
        Counter* const counters = counters_.data();
        std::uint8_t* const marks = marks_.data();
        std::uint8_t* const blocks = blocks_.data();
        for (const std::uint32_t key : keys) {
            ++counters[key].sum;
            marks[key] = 1;
            blocks[key / block_size] = 1;
        }
    }
    /// Calls `use(key, counter)` in ascending order of the keys with a sum, and sets these to 0.
    template <class Use>
    void take(const Use& use) {
        std::array<std::uint32_t, mark_range + bit_slack> keys;
        for (std::size_t first = 0; first < marks_.size(); first += mark_range) {
            std::uint8_t* const blocks = blocks_.data() + first / block_size;
            if (!any(blocks)) continue;
            const std::uint32_t* const end = kernels_->take_marks(
                marks_.data() + first, blocks, static_cast<std::uint32_t>(first), keys.data());
            for (const std::uint32_t* key = keys.data(); key != end; ++key) {
                Counter& counter = counters_[*key];
                use(std::size_t{*key}, counter);
                counter.sum = 0;
            }
        }
    }
    [[nodiscard]] std::span<Counter> counters() noexcept { return counters_; }
    [[nodiscard]] std::span<const Counter> counters() const noexcept { return counters_; }

private:
    static constexpr std::size_t block_size = 64;

    // Whether one of a range's blocks has a mark.
    static bool any(const std::uint8_t* blocks) noexcept {
        std::array<std::uint64_t, mark_range / block_size / sizeof(std::uint64_t)> words;
        std::memcpy(words.data(), blocks, sizeof(words));
        std::uint64_t all = 0;
        for (const std::uint64_t word : words) all |= word;
        return all != 0;
    }

    const BitKernels* kernels_ = &bit_kernels(false);
    HugePageVector<Counter> counters_;
    HugePageVector<std::uint8_t> marks_;
    std::vector<std::uint8_t> blocks_;
};

/// In how many documents a term is and how often in all, since the last of `TermTotals::fold`:
/// half as wide as the sums of both, and beside the sum of the document at hand.
struct TermCounter : Sum {
    std::uint32_t documents = 0;
    std::uint32_t occurrences = 0;
};

/// Terms of one worker: in how many documents, and how often in all.
class TermTotals {
public:
    struct Pair {
        std::int64_t documents = 0;
        std::int64_t occurrences = 0;
    };

    /// Begins a document with so many occurrences, below 2^32.
    void begin(Tally<TermCounter>& tally, std::uint64_t occurrences) {
        if (recent_ + occurrences > std::numeric_limits<std::uint32_t>::max()) fold(tally);
        recent_ += occurrences;
    }
    void add(TermCounter& term) noexcept {
        ++term.documents;
        term.occurrences += term.sum;
        largest_ = std::max(largest_, term.sum);
    }
    /// Of a term, with what the counters hold.
    [[nodiscard]] Pair of(const Tally<TermCounter>& tally, std::size_t term) const noexcept {
        Pair pair = term < folded_.size() ? folded_[term] : Pair{};
        if (term < tally.counters().size()) add(pair, tally.counters()[term]);
        return pair;
    }
    [[nodiscard]] std::uint32_t largest_count() const noexcept { return largest_; }

private:
    static void add(Pair& pair, const TermCounter& counter) noexcept {
        pair.documents += counter.documents;
        pair.occurrences += counter.occurrences;
    }
    // Adds what the counters hold, and sets them to 0.
    void fold(Tally<TermCounter>& tally) {
        folded_.resize(tally.counters().size());
        for (std::size_t term = 0; term < folded_.size(); ++term) {
            TermCounter& counter = tally.counters()[term];
            add(folded_[term], counter);
            counter.documents = 0;
            counter.occurrences = 0;
        }
        recent_ = 0;
    }

    std::vector<Pair> folded_;
    std::uint64_t recent_ = 0;
    std::uint32_t largest_ = 0;
};

}  // namespace framelens
