// Terms and their numbers: texts become term ids and each document's tally of them.
#pragma once

#include "framelens/parallel.hpp"
#include "framelens/types.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace framelens {

/// Is given a row's columns and its values, and may change the values.
template <class Value>
using RowFinish = std::function<void(std::span<const std::int32_t>, std::span<Value>)>;

/// A set of strings, numbered from 0 in the order in which they came. Cost: O(1) a look-up.
class Vocabulary {
public:
    Vocabulary() = default;
    /// Errors: ValueError if two terms are equal.
    explicit Vocabulary(const StringColumn& terms);

    /// The number of `term`, which is added if it is new.
    /// Errors: ValueError beyond 2^31 - 1 terms.
    std::int32_t add(std::string_view term);
    [[nodiscard]] std::optional<std::int32_t> find(std::string_view term) const noexcept;
    [[nodiscard]] const StringColumn& terms() const noexcept { return terms_; }
    [[nodiscard]] std::int32_t size() const noexcept {
        return static_cast<std::int32_t>(terms_.size());
    }

private:
    struct Slot {
        std::uint64_t hash = 0;
        std::int32_t number = 0;
        bool used = false;
    };
    [[nodiscard]] std::size_t locate(std::string_view term, std::uint64_t hash) const noexcept;
    void grow();

    std::vector<Slot> slots_;
    StringColumn terms_;
};

/// What terms are made of. `words`: runs of word characters, and n-grams of them joined by a
/// space. `characters`: n-grams of characters. `framed`: the same of each word between spaces, with
/// a space before and behind it. As scikit-learn's analyzers word, char and char_wb.
/// `unicode_words`: words of UAX #29, and n-grams of them.
enum class TermUnit : std::uint8_t { words, characters, framed, unicode_words };

/// Which terms of a text count: of lower-cased text, words of at least `min_characters` that are no
/// stop words; then all n-grams of ngram_min to ngram_max units.
struct TermRule {
    bool lowercase = true;
    int ngram_min = 1;
    int ngram_max = 1;
    const Vocabulary* stop_words = nullptr;  // may be null; belongs to the caller; words only
    TermUnit unit = TermUnit::words;
    int min_characters = 2;  // words only
    bool portable = false;   // as in CutRule
    std::string locale{};    // unicode_words only
    bool numbered = true;    // false: terms are for hashed rows only
};

/// scikit-learn's hashed columns: a term's is |h| modulo `columns`, h its MurmurHash3 of 32 bits with
/// seed 0. Where signs alternate it counts down if h < 0.
struct Hashing {
    std::int64_t columns = std::int64_t{1} << 20U;
    bool alternate_sign = true;
};

class Worker;
class TermTable;
struct Keyed;

/// The terms of some texts and how often each text has each.
/// Terms are numbered in order of their first occurrence, as in scikit-learn.
class CountedTexts {
public:
    CountedTexts(CountedTexts&&) noexcept;
    CountedTexts& operator=(CountedTexts&&) noexcept;
    ~CountedTexts();

    [[nodiscard]] std::int64_t documents() const noexcept { return documents_; }
    [[nodiscard]] std::int32_t size() const noexcept {
        return static_cast<std::int32_t>(table_terms_.size());
    }
    [[nodiscard]] std::uint32_t largest_count() const noexcept { return largest_count_; }
    /// Number of documents with each term, and of its occurrences. They are handed over, once.
    [[nodiscard]] std::vector<std::int64_t> take_frequencies() noexcept {
        return std::exchange(frequencies_, {});
    }
    [[nodiscard]] std::vector<std::int64_t> take_totals() noexcept {
        return std::exchange(totals_, {});
    }
    /// The terms in full.
    [[nodiscard]] StringColumn terms(const Run& run) const;
    /// Numbers of the terms in the order of their code points.
    [[nodiscard]] std::vector<std::int32_t> sorted(const Run& run) const;

    /// Where rows begin if only terms with a column are kept. Shapes: `columns` has one entry a
    /// term, -1 for none; the result documents + 1.
    [[nodiscard]] std::vector<std::int64_t> row_starts(std::span<const std::int32_t> columns) const;

    /// Frees what only rows are made of; terms and their statistics stay.
    void forget_rows() noexcept;

    /// Fills rows, once, since memory is freed on the way: the columns of each document's terms, in
    /// order of the terms' numbers or of their columns, and the counts. `finish` (may be empty) is
    /// given each row, from any thread.
    /// Shapes: `starts` as of `row_starts`; `indices` and `data` have one entry a non-zero; no two
    /// terms have the same column. Errors: ValueError for other shapes, or if the rows are gone.
    template <class Value>
    void fill(std::span<const std::int32_t> columns, bool by_column,
              std::span<const std::int64_t> starts, std::span<std::int32_t> indices,
              std::span<Value> data, const RowFinish<Value>& finish, const Run& run);

    /// Where rows begin if terms count in hashed columns, which then are what `fill_hashed` fills in.
    /// Sums of a column that are 0 stay. Errors: ValueError if there are no columns, more than 2^30
    /// are in use, or the rows are gone.
    [[nodiscard]] std::vector<std::int64_t> hash_rows(Hashing hashing, const Run& run);

    /// As `fill`, of the sums in hashed columns; entries ascend by column.
    template <class Value>
    void fill_hashed(std::span<const std::int64_t> starts, std::span<std::int32_t> indices,
                     std::span<Value> data, const RowFinish<Value>& finish, const Run& run);

private:
    struct Chunk;
    friend CountedTexts count_texts(std::span<const TextView>, const TermRule&, const Run&);
    CountedTexts();
    void number_terms(std::vector<std::unique_ptr<Worker>>& workers, const TermRule& rule,
                      const Run& run);
    void join_tables(const Run& run);
    void sum_tallies(std::vector<std::unique_ptr<Worker>>& workers, const Run& run);
    void number_counted();
    [[nodiscard]] const TermTable& table_of(std::size_t number) const noexcept;
    [[nodiscard]] std::uint32_t ordered_terms(bool by_column) const noexcept;
    void number_by_column(std::span<const std::int32_t> columns, bool by_column, const Run& run);
    [[nodiscard]] std::vector<std::uint32_t> rank_words(const Run& run) const;
    void hash_terms(Hashing hashing, const Run& run);
    void rank_columns(std::span<const Keyed> keyed);
    template <class Make>
    void for_each_row(std::int64_t keys, const Run& run, const Make& make);

    std::int64_t documents_ = 0;
    int longest_ = 1;  // in words
    std::uint32_t largest_count_ = 0;
    std::vector<std::int64_t> frequencies_;
    std::vector<std::int64_t> totals_;
    std::vector<TermTable> tables_;                   // of each worker
    std::uint32_t common_ = 0;                        // terms with which each table begins
    std::vector<std::vector<std::uint32_t>> joined_;  // of several: numbers across them
    std::vector<std::uint32_t> table_terms_;          // of each term: its number in its table
    std::vector<std::uint32_t> term_tables_;          // of several tables: which that is
    std::vector<std::vector<std::int32_t>> numbers_;  // of each worker's terms; -1 does not count
    std::vector<std::int32_t> hashed_columns_;        // in use, ascending
    std::vector<Chunk> chunks_;
};

/// Counts `texts` over threads; the same result at any number of them.
/// Errors: ValueError for a rule with ngram_min < 1, ngram_max < ngram_min or min_characters < 1,
/// or for more than 2^31 - 1 terms; EncodingError as TextCutter's, with the document.
/// Cost: linear in the text.
[[nodiscard]] CountedTexts count_texts(std::span<const TextView> texts, const TermRule& rule,
                                       const Run& run);

/// The same numbers of strings from elsewhere: what `CountedTexts::sorted` does.
[[nodiscard]] std::vector<std::int32_t> sorted_terms(const StringColumn& terms, const Run& run);

/// Terms of `texts` (valid UTF-8) in order of their first occurrence, and their counts.
/// Shapes: rows are documents in their order; a row's entries ascend by column.
/// Errors: as count_texts.
[[nodiscard]] TermCounts count_terms(std::span<const std::string_view> texts, const TermRule& rule,
                                     const Run& run);

}  // namespace framelens
