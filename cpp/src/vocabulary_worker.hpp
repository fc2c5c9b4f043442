// What one thread does with documents: cut them, number their terms and tally these.
#pragma once

#include "framelens/token_pattern.hpp"
#include "framelens/unicode_words.hpp"
#include "framelens/vocabulary.hpp"
#include "vocabulary_table.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace framelens {

struct Entry {
    std::uint32_t term = 0;
    std::uint32_t count = 0;
};

/// Entries of the document at hand in order of first occurrence. A slot's stamp is the place of its
/// entry; what was stamped before this document began lies below `base`, so nothing is cleared.
class Tally {
public:
    /// Makes room for `more` entries.
    void reserve(std::size_t more) {
        if (entries_.size() < count_ + more) entries_.resize(2 * (count_ + more));
    }
    /// Counts a term some times. Requires room. Whether a term is new to a document cannot be
    /// foretold, so nothing branches on it.
    template <class Slot>
    void add(Slot& slot, std::uint32_t term, std::uint32_t times = 1) noexcept {
        const std::uint32_t is_new = slot.stamp < base_ ? 1 : 0;
        const std::uint32_t is_known = is_new - 1;  // all bits, or none
        const std::uint32_t place = ((slot.stamp - base_) & is_known) | (count_ & ~is_known);
        Entry& entry = entries_[place];
        entry.term = term;
        entry.count = (entry.count & is_known) + times;
        slot.stamp = base_ + place;
        count_ += is_new;
    }
    [[nodiscard]] std::span<const Entry> entries() const noexcept {
        return {entries_.data(), count_};
    }
    /// Starts the next document; true if stamps must be cleared before.
    [[nodiscard]] bool restart() noexcept {
        base_ += count_;
        count_ = 0;
        if (base_ < last_base) return false;
        base_ = 1;
        return true;
    }

private:
    // No document has as many distinct terms as there are stamps above this.
    static constexpr std::uint32_t last_base = std::uint32_t{1} << 31U;

    std::uint32_t base_ = 1;
    std::uint32_t count_ = 0;
    std::vector<Entry> entries_;
};

/// Numbers of terms are the worker's own: a worker meets documents in ascending order, and numbers
/// terms in the order in which it meets them.
class Worker {
public:
    Worker(const TermRule& rule, std::size_t position);

    /// Tallies a document. The entries are valid until the next one.
    /// Errors: as TextCutter's.
    std::span<const Entry> count(const TextView& text);

    TermTable table;
    std::size_t number;  // position in the pool
    std::int64_t last_begin = -1;

private:
    // Terms that are the same text may be cut in different ways, which have a slot each.
    struct Stamp {
        std::uint32_t stamp = 0;
    };
    struct Word {
        std::uint32_t begin = 0;
        std::uint32_t size = 0;
    };
    // So many look-ups are prepared before the first is made: their memory arrives meanwhile.
    static constexpr std::size_t batch_size = 64;
    struct Batch {
        std::array<std::uint64_t, batch_size> low;
        std::array<std::uint64_t, batch_size> high;
        std::array<std::uint64_t, batch_size> hash;
        std::array<std::uint32_t, batch_size> size;
        std::array<std::uint32_t, batch_size> begin;
    };

    void count_words(const TextView& text);
    void number_words(std::span<const std::uint32_t> bounds);
    void number_batch(std::span<const Word> batch);
    void count_ngrams();
    void count_ngrams_of(int width);
    void count_characters(const TextView& text);
    void count_framed_words(const TextView& text);
    void learn_grams(std::string_view word);
    void add_gram(std::string_view gram);
    [[nodiscard]] bool long_enough(std::uint64_t first_bytes, std::string_view word) const noexcept;

    TermRule rule_;
    Batch batch_{};
    TextCutter cutter_;
    std::optional<WordCutter> word_cutter_;  // of unicode words
    Tally tally_;
    std::uint32_t stop_words_ = 0;         // terms below are stop words
    std::vector<std::uint32_t> sequence_;  // terms of the document's words, where n-grams need them
    std::vector<std::uint32_t> prefixes_;  // of each place: the n-gram that begins there
    // Of `framed`: words between spaces, and the n-grams of each.
    TermTable framed_;
    Tally framed_tally_;
    std::vector<std::uint32_t> grams_;
    std::vector<std::size_t> gram_begin_{0};
    std::vector<Stamp> gram_stamps_;
    std::vector<std::uint32_t> starts_;  // of characters, in bytes
    std::string frame_;
};

}  // namespace framelens
