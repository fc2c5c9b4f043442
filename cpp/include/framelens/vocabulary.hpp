// Terms and their numbers: texts become term ids and each document's tally of them.
#pragma once

#include "framelens/parallel.hpp"
#include "framelens/types.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace framelens {

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

/// Which terms of a text count: lower-cased tokens of scikit-learn's default pattern without stop
/// words, then all n-grams of ngram_min to ngram_max tokens, joined by a space, shortest first.
struct TermRule {
    bool lowercase = true;
    int ngram_min = 1;
    int ngram_max = 1;
    const Vocabulary* stop_words = nullptr;  // may be null; belongs to the caller
};

/// Terms of `texts` (valid UTF-8) in order of their first occurrence, and their counts.
/// Shapes: rows are documents in their order; a row's entries ascend by column.
/// Errors: ValueError for a rule with ngram_min < 1 or ngram_max < ngram_min.
/// Cost: linear in the text, over threads; the same result at any number of them.
[[nodiscard]] TermCounts count_terms(std::span<const std::string_view> texts, const TermRule& rule,
                                     const Run& run);

/// Counts of the terms of `vocabulary` alone; columns are their numbers. Otherwise as count_terms.
[[nodiscard]] CsrRows<std::int32_t> count_known_terms(std::span<const std::string_view> texts,
                                                      const TermRule& rule,
                                                      const Vocabulary& vocabulary, const Run& run);

}  // namespace framelens
