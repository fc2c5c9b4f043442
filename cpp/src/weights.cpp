#include "framelens/weights.hpp"

#include "framelens/counts.hpp"
#include "framelens/error.hpp"

#include <cmath>
#include <cstddef>

namespace framelens {
namespace {

constexpr std::int64_t rows_per_chunk = 256;

// scikit-learn multiplies in the type of the values and sums in double.
template <class Value>
double norm_of(std::span<const Value> row, Norm norm) {
    double sum = 0.0;
    for (const Value value : row) {
        sum += static_cast<double>(norm == Norm::l1 ? std::abs(value) : value * value);
    }
    return norm == Norm::l1 ? sum : std::sqrt(sum);
}

template <class Value>
void divide(std::span<Value> row, double norm) {
    if (norm == 0.0) {
        return;
    }
    for (Value& value : row) {
        value = static_cast<Value>(static_cast<double>(value) / norm);
    }
}

template <class Value>
void weigh_row(std::span<const std::int32_t> columns, std::span<Value> row,
               std::span<const Value> idf, Norm norm) {
    for (std::size_t i = 0; !idf.empty() && i < row.size(); ++i) {
        row[i] *= idf[static_cast<std::size_t>(columns[i])];
    }
    if (norm != Norm::none) divide(row, norm_of<Value>(row, norm));
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
