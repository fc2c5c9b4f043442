// Counts of the terms of one document, and how they come out in order.
#pragma once

#include "framelens/bits.hpp"
#include "framelens/huge_pages.hpp"

#include <algorithm>
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

/// Sums by key, taken in ascending order of the keys.
/// A counter is a `Sum`, and may hold what else is to be at hand when it is taken.
template <class Counter>
class Tally {
public:
    /// Makes room for keys below `keys`.
    void reserve(std::size_t keys) {
        if (keys <= counters_.size()) return;
        counters_.resize(std::max(keys, 2 * counters_.size()));
        keys_.reserve(counters_.size());
    }
    /// Adds to the sum of a key. Requires room.
    void add(std::size_t key, std::uint32_t count) noexcept {
        counters_[key].sum += count;
        keys_.adder().add(key);
    }
    /// Adds 1 to the sum of each key. Requires room.
    void add_ones(std::span<const std::uint32_t> keys) noexcept {
        Counter* const counters = counters_.data();
        const KeySet::Adder adder = keys_.adder();
        for (const std::uint32_t key : keys) {
            ++counters[key].sum;
            adder.add(key);
        }
    }
    /// Calls `use(key, counter)` in ascending order of the keys with a sum, and sets these to 0.
    template <class Use>
    void take(const Use& use) {
        keys_.take([&](std::size_t key) {
            Counter& counter = counters_[key];
            use(key, counter);
            counter.sum = 0;
        });
    }
    [[nodiscard]] std::span<Counter> counters() noexcept { return counters_; }
    [[nodiscard]] std::span<const Counter> counters() const noexcept { return counters_; }

private:
    HugePageVector<Counter> counters_;
    KeySet keys_;
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
