#include "framelens/weights.hpp"

#include "framelens/counts.hpp"
#include "framelens/error.hpp"
#include "kernels/machine.hpp"

#include <cmath>
#include <cstddef>

namespace framelens {
namespace {

constexpr std::int64_t rows_per_chunk = 256;

// Replaces each value by what `change` makes of it and its place, and returns the norm of the row.
// scikit-learn multiplies in the type of the values and sums in double.
template <Norm norm, class Value, class Change>
double change_row(std::span<Value> row, const Change& change) {
    double sum = 0.0;
    for (std::size_t i = 0; i < row.size(); ++i) {
        const Value value = change(row[i], i);
        row[i] = value;
        if (norm == Norm::l1) sum += static_cast<double>(std::abs(value));
        if (norm == Norm::l2) sum += static_cast<double>(value * value);
    }
    return norm == Norm::l2 ? std::sqrt(sum) : sum;
}

template <class Value, class Change>
double change_row(std::span<Value> row, Norm norm, const Change& change) {
    switch (norm) {
        case Norm::l1:
            return change_row<Norm::l1>(row, change);
        case Norm::l2:
            return change_row<Norm::l2>(row, change);
        default:
            return change_row<Norm::none>(row, change);
    }
}

FRAMELENS_BY_MACHINE void divide_all(double* values, std::size_t count, double norm) {
    for (std::size_t i = 0; i < count; ++i) values[i] /= norm;
}
FRAMELENS_BY_MACHINE void divide_all(float* values, std::size_t count, double norm) {
    for (std::size_t i = 0; i < count; ++i) {
        values[i] = static_cast<float>(static_cast<double>(values[i]) / norm);
    }
}

template <class Value>
void weigh_row(std::span<const std::int32_t> columns, std::span<Value> row,
               std::span<const Value> idf, Norm norm) {
    const double length =
        idf.empty() ? change_row(row, norm, [](Value value, std::size_t /*i*/) { return value; })
                    : change_row(row, norm, [&](Value value, std::size_t i) {
                          return value * idf[static_cast<std::size_t>(columns[i])];
                      });
    if (norm != Norm::none && length != 0.0) divide_all(row.data(), row.size(), length);
}

}  // namespace

std::vector<double> inverse_document_frequencies(std::span<const std::int64_t> frequencies,
                                                 std::int64_t documents, bool smooth) {
    const double extra = smooth ? 1.0 : 0.0;
    const double count = static_cast<double>(documents) + extra;
    std::vector<double> idf;
    idf.reserve(frequencies.size());
    for (const std::int64_t frequency : frequencies) {
        idf.push_back(std::log(count / (static_cast<double>(frequency) + extra)) + 1.0);
    }
    return idf;
}

template <class Value>
std::vector<Value> weigh(CsrView<Value> rows, std::span<const Value> idf, Norm norm,
                         const Run& run) {
    if (!idf.empty() && static_cast<std::int64_t>(idf.size()) != rows.columns) {
        throw ValueError("there must be one idf for each column");
    }
    std::vector<Value> weighed(rows.data.begin(), rows.data.end());
    parallel_for(rows.rows(), run, rows_per_chunk, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t r = begin; r < end; ++r) {
            const auto first = static_cast<std::size_t>(rows.indptr[static_cast<std::size_t>(r)]);
            const auto last =
                static_cast<std::size_t>(rows.indptr[static_cast<std::size_t>(r) + 1]);
            const std::span<Value> row{weighed.data() + first, last - first};
            weigh_row(rows.indices.subspan(first, last - first), row, idf, norm);
        }
    });
    return weighed;
}

template std::vector<double> weigh(CsrView<double>, std::span<const double>, Norm, const Run&);
template std::vector<float> weigh(CsrView<float>, std::span<const float>, Norm, const Run&);

template <class Value>
std::function<void(std::span<const std::int32_t>, std::span<Value>)> row_weigher(
    std::span<const Value> tf_of_count, std::span<const Value> idf, Norm norm) {
    return [=](std::span<const std::int32_t> columns, std::span<Value> row) {
        for (std::size_t i = 0; !tf_of_count.empty() && i < row.size(); ++i) {
            row[i] = tf_of_count[static_cast<std::size_t>(row[i])];
        }
        weigh_row(columns, row, idf, norm);
    };
}

template std::function<void(std::span<const std::int32_t>, std::span<double>)> row_weigher(
    std::span<const double>, std::span<const double>, Norm);
template std::function<void(std::span<const std::int32_t>, std::span<float>)> row_weigher(
    std::span<const float>, std::span<const float>, Norm);

CsrRows<double> tfidf(CsrView<std::int32_t> counts, const TfidfOptions& options, const Run& run) {
    CsrRows<double> weights;
    weights.indptr.assign(counts.indptr.begin(), counts.indptr.end());
    weights.indices.assign(counts.indices.begin(), counts.indices.end());
    weights.columns = counts.columns;
    weights.data.reserve(counts.data.size());
    for (const std::int32_t count : counts.data) {
        const auto tf = static_cast<double>(count);
        weights.data.push_back(options.sublinear_tf ? std::log(tf) + 1.0 : tf);
    }
    std::vector<double> idf;
    if (options.use_idf) {
        idf = inverse_document_frequencies(document_frequencies(counts), counts.rows(),
                                           options.smooth_idf);
    }
    weights.data = weigh<double>(weights, idf, options.norm, run);
    return weights;
}

}  // namespace framelens
