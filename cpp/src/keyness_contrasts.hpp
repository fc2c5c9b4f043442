// One term in two sides: every measure, its errors and its p where words are drawn one by one.
#pragma once

#include "framelens/keyness.hpp"
#include "framelens/resample.hpp"

#include <cmath>
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

    friend LengthSums operator-(LengthSums a, const LengthSums& b) noexcept {
        return {a.documents - b.documents, a.length - b.length, a.squares - b.squares};
    }
};

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

/// What permutations are compared by: |score| / error, or |score| where there is no error.
[[nodiscard]] double contrast_size(Contrast measure, const Sides& sides);

/// Monroe's score of a smoothed count among all of its side, against that of the other side, and
/// its variance.
struct MonroeScore {
    double score, variance;
};
[[nodiscard]] inline MonroeScore monroe(double own, double own_all, double rest,
                                        double rest_all) noexcept {
    return {std::log(own * (rest_all - rest) / (rest * (own_all - own))), 1.0 / own + 1.0 / rest};
}

/// Priors of the terms of a corpus, given how often each occurs.
/// Errors: ValueError for priors of another number, or a size or a prior that is not positive.
[[nodiscard]] std::vector<double> prior_counts(std::span<const double> counts,
                                               const KeynessOptions& options);

/// Documents that a side must have for errors and p.
constexpr double fewest_documents = 5.0;

}  // namespace framelens
