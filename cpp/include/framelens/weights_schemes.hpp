// Weights of counts beyond TF-IDF: the schemes of SMART and quanteda, and BM25.
#pragma once

#include "framelens/parallel.hpp"
#include "framelens/types.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace framelens {

/// What a count f becomes; sum, largest and mean are those of its row, over counts above 0.
enum class TermFrequency : std::uint8_t {
    count,             // f
    boolean,           // 1
    share,             // f / sum
    share_of_largest,  // f / largest
    logarithm,         // 1 + log f
    double_logarithm,  // 1 + log (1 + log f)
    log_average,       // (1 + log f) / (1 + log mean)
    log_smoothed,      // log (f + smoothing)
    augmented,         // k + (1 - k) f / largest
};

/// Source: Manning, Raghavan, Schütze 2008, fig. 6.15 (SMART); Benoit et al. 2018 (quanteda).
struct TermFrequencyRule {
    TermFrequency kind = TermFrequency::count;
    double base = 10.0;  // of the logarithms
    double k = 0.5;
    double smoothing = 0.5;
};

/// The length that a row is divided by. With a pivot it is (1 - slope) pivot + slope length.
/// Source: Singhal, Buckley, Mitra 1996 (pivoted lengths).
enum class RowLength : std::uint8_t {
    none,
    euclidean,     // root of the sum of squares
    unique_terms,  // terms that weigh something, pivoted
    characters,    // of all occurrences, each one longer than its term, pivoted
};

struct RowRule {
    RowLength kind = RowLength::none;
    double pivot = 0.0;
    double slope = 1.0;
};

/// Shapes: `factors` (of documents) and `characters` (of terms; only for RowLength::characters)
/// have one entry a column.
struct CountScheme {
    TermFrequencyRule frequency;
    std::span<const double> factors;
    RowRule row;
    std::span<const std::int32_t> characters;
};

/// Each count above 0 as its term frequency times the factor of its column, rows divided by their
/// length; 0 stays 0. Reckoned in double; sums run in order of columns, whatever the row's order.
/// Errors: ValueError for other shapes, or a base of a logarithm that is not above 0 or is 1.
template <class Value>
[[nodiscard]] std::vector<Value> weigh_counts(CsrView<Value> counts, const CountScheme& scheme,
                                              const Run& run);

/// With n = 1 - b + b (row's sum of counts / mean sum):
enum class Bm25 : std::uint8_t {
    saturated,  // f / (f + k1 n): Robertson et al. 1994, Lucene
    atire,      // (k1 + 1) f / (f + k1 n): Trotman et al. 2012
    bm25l,      // (k1 + 1) (f / n + delta) / (k1 + f / n + delta): Lv, Zhai 2011
    bm25plus,   // (k1 + 1) f / (f + k1 n) + delta: Lv, Zhai 2011
};

struct Bm25Options {
    Bm25 kind = Bm25::saturated;
    double k1 = 1.5;
    double b = 0.75;
    double delta = 0.5;
    double mean_length = 1.0;
};

/// What a term that a document lacks scores there, in units of its idf; 0 but for the last two.
/// Source: Lù 2024 (bm25s): what absent terms score is taken off, so that the rest is sparse.
[[nodiscard]] double bm25_of_absent(const Bm25Options& options);

/// Each count above 0 as idf x (term frequency - what it is for an absent term); 0 stays 0.
/// Shapes: `idf` has one entry a column. Errors: ValueError if it has not.
template <class Value>
[[nodiscard]] std::vector<Value> weigh_bm25(CsrView<Value> counts, std::span<const double> idf,
                                            const Bm25Options& options, const Run& run);

}  // namespace framelens
