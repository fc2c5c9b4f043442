// One term in two sides: every measure, its errors and its p where words are drawn one by one.
#pragma once

#include "framelens/keyness.hpp"
#include "framelens/resample.hpp"

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

    /// What permutations are compared by.
    [[nodiscard]] double size() const noexcept;
};

[[nodiscard]] ContrastScore contrast(Contrast measure, const Sides& sides);

/// Documents that a side must have for errors and p.
constexpr double fewest_documents = 5.0;

}  // namespace framelens
