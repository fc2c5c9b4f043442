// What one thread does with documents: cut them, number their terms and tally these.
#pragma once

#include "entries.hpp"
#include "framelens/parallel_watch.hpp"
#include "framelens/token_pattern.hpp"
#include "framelens/unicode_words.hpp"
#include "framelens/vocabulary.hpp"
#include "table.hpp"
#include "tally.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace framelens {

/// Numbers of terms are the worker's own: a worker meets documents in ascending order, and numbers
/// terms in the order in which it meets them.
class Worker {
public:
    /// `watch` is asked while a document is counted.
    Worker(const TermRule& rule, std::size_t position, Watch& watch);
    /// One that knows the terms of another, and has counted nothing.
    Worker(const Worker& known, std::size_t position);

    /// Tallies a document.
    /// Errors: as TextCutter's.
    void count(const TextView& text);
    /// Appends its entries to `packed`, adds them to `totals`, and returns how many they are.
    std::uint32_t pack();
    /// In how many documents a term is, and how often in all.
    [[nodiscard]] TermTotals::Pair totals_of(std::size_t term) const noexcept {
        return totals.of(tally_, term);
    }

    [[nodiscard]] std::uint32_t stop_words() const noexcept { return stop_words_; }

    TermTable table;
    TermTotals totals;
    PackedEntries packed;
    std::size_t number;  // position in the pool
    std::int64_t last_begin = -1;

private:
    // So many look-ups are prepared before the first is made: their memory arrives meanwhile.
    static constexpr std::size_t batch_size = 128;
    struct Batch {
        std::array<std::uint64_t, batch_size> low;
        std::array<std::uint64_t, batch_size> high;
        std::array<const char*, batch_size> word;
        std::array<std::uint32_t, batch_size> size;
        std::array<const StringSlot*, batch_size> slot;
        std::array<std::uint32_t, batch_size> term;
    };

    void count_words(const TextView& text);
    void number_words(std::span<const std::uint32_t> bounds);
    void number_batch(std::span<const std::uint32_t> bounds);
    [[gnu::noinline]] std::uint32_t number_word(const Key& key, const char* text);
    void add_words(std::span<std::uint32_t> terms);
    void add_terms(std::span<const std::uint32_t> terms);
    void count_ngrams();
    void count_ngrams_of(int width);
    void count_characters(const TextView& text);
    void count_framed_words(const TextView& text);
    void learn_grams(std::string_view word);
    void add_gram(std::string_view gram);
    [[nodiscard]] bool long_enough(std::uint64_t first_bytes, std::string_view word) const noexcept;

    TermRule rule_;
    Watch& watch_;
    TextCutter cutter_;
    std::optional<WordCutter> word_cutter_;  // of unicode words
    Tally<TermCounter> tally_;
    std::uint64_t occurrences_ = 0;        // in the document
    std::uint32_t stop_words_ = 0;         // terms below are stop words
    std::vector<std::uint32_t> sequence_;  // terms of the document's words, where n-grams need them
    std::vector<std::uint32_t> prefixes_;  // of each place: the n-gram that begins there
    // Of `framed`: words between spaces, and the n-grams of each.
    TermTable framed_;
    Tally<Sum> framed_tally_;
    std::vector<std::uint32_t> grams_;
    std::vector<std::size_t> gram_begin_{0};
    std::vector<std::uint32_t> starts_;  // of characters, in bytes
    std::string frame_;
};

}  // namespace framelens
