// Counts of the terms of one document, and how they come out in order.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace framelens {

/// What a document has of a term.
struct Sum {
    std::uint32_t sum = 0;
};

/// Sums by key, taken in ascending order of the keys. A bit a key tells which have one, and a bit
/// of the level above where such bits are, so that nothing is sorted, or cleared as a whole.
/// A counter is a `Sum`, and may hold what else is to be at hand when it is taken.
template <class Counter>
class Tally {
public:
    /// Makes room for keys below `keys`.
    void reserve(std::size_t keys) {
        if (keys <= counters_.size()) return;
        counters_.resize(std::max(keys, 2 * counters_.size()));
        low_.resize(counters_.size() / 64 + 1);
        high_.resize(low_.size() / 64 + 1);
    }
    /// Adds to the sum of a key. Requires room.
    void add(std::size_t key, std::uint32_t count) noexcept {
        counters_[key].sum += count;
        low_[key / 64] |= std::uint64_t{1} << (key % 64);
        high_[key / 4096] |= std::uint64_t{1} << (key / 64 % 64);
    }
    /// Calls `use(key, counter)` in ascending order of the keys with a sum, and sets these to 0.
    template <class Use>
    void take(const Use& use) {
        for (std::size_t top = 0; top < high_.size(); ++top) {
            if (high_[top] == 0) continue;
            for (std::uint64_t blocks = high_[top]; blocks != 0; blocks &= blocks - 1) {
                const std::size_t block = 64 * top + lowest(blocks);
                std::uint64_t keys = low_[block];
                do {
                    const std::size_t key = 64 * block + lowest(keys);
                    use(key, counters_[key]);
                    counters_[key].sum = 0;
                    keys &= keys - 1;
                } while (keys != 0);
                low_[block] = 0;
            }
            high_[top] = 0;
        }
    }
    [[nodiscard]] std::vector<Counter>& counters() noexcept { return counters_; }

private:
    static std::size_t lowest(std::uint64_t bits) noexcept {
        return static_cast<std::size_t>(std::countr_zero(bits));
    }

    std::vector<Counter> counters_;
    std::vector<std::uint64_t> low_;
    std::vector<std::uint64_t> high_;
};

/// In how many documents a term is and how often in all, since the last of `TermTotals::fold`:
/// half as wide as what they are folded into, and beside the sum of the document at hand.
struct TermCounter : Sum {
    std::uint32_t documents = 0;
    std::uint32_t occurrences = 0;
};

/// Terms of one worker: in how many documents, and how often in all.
class TermTotals {
public:
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
    /// Adds what the counters hold, and sets them to 0.
    void fold(Tally<TermCounter>& tally) {
        std::vector<TermCounter>& counters = tally.counters();
        documents_.resize(counters.size());
        occurrences_.resize(counters.size());
        for (std::size_t term = 0; term < counters.size(); ++term) {
            documents_[term] += counters[term].documents;
            occurrences_[term] += counters[term].occurrences;
            counters[term].documents = 0;
            counters[term].occurrences = 0;
        }
        recent_ = 0;
    }
    [[nodiscard]] std::uint32_t largest_count() const noexcept { return largest_; }
    /// Of the terms that were folded.
    [[nodiscard]] std::span<const std::int64_t> documents() const noexcept { return documents_; }
    [[nodiscard]] std::span<const std::int64_t> occurrences() const noexcept {
        return occurrences_;
    }

private:
    std::vector<std::int64_t> documents_;
    std::vector<std::int64_t> occurrences_;
    std::uint64_t recent_ = 0;
    std::uint32_t largest_ = 0;
};

}  // namespace framelens
