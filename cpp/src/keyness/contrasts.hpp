// One term in two sides: every measure, its errors and its p where words are drawn one by one.
#pragma once

#include "framelens/keyness.hpp"
#include "framelens/resample.hpp"
#include "kernels/machine.hpp"

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace framelens {

/// Sums over the documents of a side; each is an integer, and exact in a double below 2^53.
struct TermSums {
    double count = 0.0;         // sum of y, the occurrences in a document
    double squares = 0.0;       // sum of y^2
    double count_length = 0.0;  // sum of y n, with n the length of the document

    TermSums& operator+=(const TermSums& other) noexcept {
        count += other.count;
        squares += other.squares;
        count_length += other.count_length;
        return *this;
    }
    friend TermSums operator-(TermSums a, const TermSums& b) noexcept {
        return {a.count - b.count, a.squares - b.squares, a.count_length - b.count_length};
    }
};

struct LengthSums {
    double documents = 0.0;
    double length = 0.0;
    double squares = 0.0;  // sum of n^2

    void add(double document) noexcept {
        documents += 1.0;
        length += document;
        squares += document * document;
    }
    friend LengthSums operator-(LengthSums a, const LengthSums& b) noexcept {
        return {a.documents - b.documents, a.length - b.length, a.squares - b.squares};
    }
};

// Rows lie far apart: one is asked for while others are summed.
constexpr std::size_t rows_ahead = 4;
inline void fetch_row(CsrView<std::int32_t> counts, std::int64_t document) noexcept {
#ifdef __GNUC__
    constexpr std::int64_t numbers_in_line = 16;
    const std::int64_t end = counts.indptr[static_cast<std::size_t>(document) + 1];
    for (std::int64_t i = counts.indptr[static_cast<std::size_t>(document)]; i < end;
         i += numbers_in_line) {
        __builtin_prefetch(counts.indices.data() + i);
        __builtin_prefetch(counts.data.data() + i);
    }
#endif
}

/// Calls add(term, its sums) for each count of some documents; returns what their lengths sum up to.
template <class Add>
LengthSums sum_documents(CsrView<std::int32_t> counts, std::span<const double> document_lengths,
                         std::span<const std::int64_t> documents, const Add& add) {
    LengthSums lengths;
    for (std::size_t k = 0; k < documents.size(); ++k) {
        if (k + rows_ahead < documents.size()) fetch_row(counts, documents[k + rows_ahead]);
        const auto document = static_cast<std::size_t>(documents[k]);
        const double length = document_lengths[document];
        lengths.add(length);
        const auto end = static_cast<std::size_t>(counts.indptr[document + 1]);
        for (auto i = static_cast<std::size_t>(counts.indptr[document]); i < end; ++i) {
            const double y = counts.data[i];
            add(static_cast<std::size_t>(counts.indices[i]), TermSums{y, y * y, y * length});
        }
    }
    return lengths;
}

/// A term in the group and in the others.
struct Sides {
    TermSums own, rest;
    LengthSums own_lengths, rest_lengths;
    double prior = 0.0;       // of the term
    double prior_size = 0.0;  // of all terms
};

struct ContrastScore {
    double score = 0.0;
    double z, error, degrees, p_words;  // missing where the measure has none
};

[[nodiscard]] ContrastScore contrast(Contrast measure, const Sides& sides);

/// Sums of many terms, column by column.
struct SumColumns {
    std::vector<double> count, squares, count_length;

    [[nodiscard]] TermSums of(std::size_t term) const {
        return {count[term], squares[term], count_length[term]};
    }
};

/// How long the two sides are.
struct SideLengths {
    LengthSums own, rest;
};

/// Priors of many terms, and of all of them.
struct Priors {
    std::span<const double> terms;
    double size = 0.0;
};

/// What permutations are compared by: |score| / error, or |score| where there is no error; of many
/// terms at once. Shapes: `all`, the priors and `sizes` have an entry a term,
/// `own` has as many or more. Requires sides of `min_error_documents` or more.
void contrast_sizes(Contrast measure, const SumColumns& own, const SumColumns& all,
                    const SideLengths& lengths, const Priors& priors, std::span<double> sizes);

/// The same of one term.
[[nodiscard]] double contrast_size(Contrast measure, const Sides& sides);

/// Natural logarithm of a positive, normal number, within one unit in the last place. The same bytes
/// on every machine, and in loops several at once, as std::log is not.
/// Source: fdlibm, e_log.c (Sun Microsystems 1993).
[[nodiscard]] inline double log_of(double x) noexcept {
    // x = 2^k (1 + f), with 1 + f between the roots of 1/2 and 2.
    constexpr std::uint64_t root_half = 0x3FE6A09E667F3BCD;
    constexpr std::uint64_t one = 0x3FF0000000000000;
    const auto bits = std::bit_cast<std::uint64_t>(x);
    const std::uint64_t shifted = bits - root_half + one;
    const std::uint64_t exponent = shifted >> 52U;
    // As a double whose last bits are the whole number.
    const double k = std::bit_cast<double>(exponent | 0x4330000000000000U) - (0x1p52 + 1023.0);
    const double f = std::bit_cast<double>((shifted & 0x000FFFFFFFFFFFFFU) + root_half) - 1.0;
    const double s = f / (2.0 + f);
    const double z = s * s;
    const double w = z * z;
    const double odd = w * (3.999999999940941908e-01 +
                            w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
    const double even = z * (6.666666666666735130e-01 +
                             w * (2.857142874366239149e-01 +
                                  w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
    const double half = 0.5 * f * f;
    return k * 6.93147180369123816490e-01 -
           ((half - (s * (half + (odd + even)) + k * 1.90821492927058770002e-10)) - f);
}

/// Monroe's score of a smoothed count among all of its side, against that of the other side, and
/// its variance.
struct MonroeScore {
    double score, variance;
};
[[nodiscard]] inline MonroeScore monroe(double own, double own_all, double rest,
                                        double rest_all) noexcept {
    return {log_of(own * (rest_all - rest) / (rest * (own_all - own))),
            (own + rest) / (own * rest)};
}

/// Priors of the terms of a corpus, given how often each occurs.
/// Errors: ValueError for priors of another number, or a size or a prior that is not positive.
[[nodiscard]] std::vector<double> prior_counts(std::span<const double> counts,
                                               const KeynessOptions& options);

/// Documents that a side must have for errors and p.
constexpr double min_error_documents = 5.0;

}  // namespace framelens
