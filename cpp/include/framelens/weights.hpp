// Weighting schemes over document x term counts: TF-IDF as scikit-learn defines it.
#pragma once

#include "framelens/parallel.hpp"
#include "framelens/types.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace framelens {

enum class Norm : std::uint8_t { none, l1, l2 };

/// tf is a count, or 1 + ln of it if sublinear; idf is ln(n / df) + 1, with 1 added to n and df
/// if smooth; then each row is divided by its norm.
struct TfidfOptions {
    Norm norm = Norm::l2;
    bool use_idf = true;
    bool smooth_idf = true;
    bool sublinear_tf = false;
};

/// ln(n / df) + 1. Infinite where df is 0 and `smooth` is false. Units: natural logarithm.
[[nodiscard]] std::vector<double> inverse_document_frequencies(
    std::span<const std::int64_t> frequencies, std::int64_t documents, bool smooth);

/// The entries of `rows` times the idf of their columns (`idf` empty: times 1), each row divided
/// by its norm, which is summed in the row's order; rows of zeros stay as they are.
/// Shapes: `idf` is empty or has one entry a column; the result has one entry a non-zero.
/// Errors: ValueError for another length of `idf`.
template <class Value>
[[nodiscard]] std::vector<Value> weigh(CsrView<Value> rows, std::span<const Value> idf, Norm norm,
                                       const Run& run);

/// A row to be weighed where it stands: each value, a count, becomes `tf_of_count[count]` (empty: it
/// stays), times the idf of its column (empty: times 1), and the row is divided by its norm.
/// The spans belong to the caller. Shapes: `idf` has one entry a column, `tf_of_count` one more
/// than the largest count.
template <class Value>
[[nodiscard]] std::function<void(std::span<const std::int32_t>, std::span<Value>)> row_weigher(
    std::span<const Value> tf_of_count, std::span<const Value> idf, Norm norm);

/// TF-IDF of counts, with the idf of these very documents.
[[nodiscard]] CsrRows<double> tfidf(CsrView<std::int32_t> counts, const TfidfOptions& options,
                                    const Run& run);

}  // namespace framelens
