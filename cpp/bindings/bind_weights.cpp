// Term weights: framelens._core.weigh, weigh_counts, weigh_bm25.
#include "border.hpp"
#include "framelens/counts.hpp"
#include "framelens/types_names.hpp"
#include "framelens/weights.hpp"
#include "framelens/weights_schemes.hpp"
#include "rows.hpp"

#include <pybind11/stl.h>
#include <array>
#include <string_view>
#include <utility>

namespace py = pybind11;
using namespace framelens;

namespace {

template <class Value>
using Array = py::array_t<Value, py::array::c_style>;

template <class Value>
py::array_t<Value> weigh_rows(const Array<std::int64_t>& indptr, const Array<std::int32_t>& indices,
                              const Array<Value>& data, const Array<Value>& idf,
                              std::int64_t columns, const std::optional<std::string>& norm,
                              std::optional<int> n_jobs) {
    const CsrView<Value> rows{border::to_span(indptr), border::to_span(indices),
                              border::to_span(data), columns};
    const Norm kind = border::norm_from_python(norm);
    const Run run = border::run_from_python(n_jobs, py::none());
    std::vector<Value> weighed;
    {
        const std::span<const Value> factors = border::to_span(idf);
        const py::gil_scoped_release release;
        check_rows(rows.indptr, rows.indices, rows.data.size(), columns);
        weighed = weigh<Value>(rows, factors, kind, run);
    }
    return border::to_array(std::move(weighed));
}

template <class Value>
void define_weigh(py::module_& module) {
    module.def("weigh", &weigh_rows<Value>, py::arg("indptr"), py::arg("indices"),
               py::arg("data").noconvert(), py::arg("idf").noconvert(), py::kw_only(),
               py::arg("columns"), py::arg("norm"), py::arg("n_jobs") = py::none(),
               "Entries of compressed sparse rows times the idf of their columns (an empty idf: "
               "times 1), each row divided by its norm: 'l1', 'l2' or None.");
}

template <class Kind, std::size_t n>
Kind named(const std::string& name, const std::array<std::pair<std::string_view, Kind>, n>& kinds) {
    for (const auto& [known, kind] : kinds) {
        if (known == name) return kind;
    }
    throw py::value_error("unknown scheme '" + name + "'");
}

constexpr std::array<std::pair<std::string_view, TermFrequency>, 9> frequencies{{
    {"count", TermFrequency::count},
    {"boolean", TermFrequency::boolean},
    {"prop", TermFrequency::share},
    {"propmax", TermFrequency::share_of_largest},
    {"logcount", TermFrequency::logarithm},
    {"doublelog", TermFrequency::double_logarithm},
    {"logave", TermFrequency::log_average},
    {"logsmooth", TermFrequency::log_smoothed},
    {"augmented", TermFrequency::augmented},
}};
static_assert(frequencies.size() == count_enumerators<TermFrequency>());

constexpr std::array<std::pair<std::string_view, RowLength>, 4> lengths{{
    {"none", RowLength::none},
    {"euclidean", RowLength::euclidean},
    {"unique", RowLength::unique_terms},
    {"characters", RowLength::characters},
}};
static_assert(lengths.size() == count_enumerators<RowLength>());

constexpr std::array<std::pair<std::string_view, Bm25>, 5> variants{{
    {"robertson", Bm25::saturated},
    {"lucene", Bm25::saturated},
    {"atire", Bm25::atire},
    {"bm25l", Bm25::bm25l},
    {"bm25+", Bm25::bm25plus},
}};

// Checked rows through `weigh`, without the GIL.
template <class Value, class Weigh>
py::array_t<Value> weighed(const CsrView<Value>& counts, const Weigh& weigh) {
    std::vector<Value> weights;
    {
        const py::gil_scoped_release release;
        check_rows(counts.indptr, counts.indices, counts.data.size(), counts.columns);
        weights = weigh();
    }
    return border::to_array(std::move(weights));
}

template <class Value>
void define_weigh_counts(py::module_& module) {
    module.def(
        "weigh_counts",
        [](const Array<std::int64_t>& indptr, const Array<std::int32_t>& indices,
           const Array<Value>& data, const Array<double>& factors, const std::string& frequency,
           double base, double k, double smoothing, const std::string& length, double pivot,
           double slope, const Array<std::int32_t>& characters, std::optional<int> n_jobs,
           const py::object& progress) {
            const CountScheme scheme{{named(frequency, frequencies), base, k, smoothing},
                                     border::to_span(factors),
                                     {named(length, lengths), pivot, slope},
                                     border::to_span(characters)};
            const CsrView<Value> counts{border::to_span(indptr), border::to_span(indices),
                                        border::to_span(data), std::ssize(scheme.factors)};
            const Run run = border::run_from_python(n_jobs, progress);
            return weighed(counts, [&] { return weigh_counts<Value>(counts, scheme, run); });
        },
        py::arg("indptr"), py::arg("indices"), py::arg("data").noconvert(), py::arg("factors"),
        py::kw_only(), py::arg("frequency"), py::arg("base"), py::arg("k"), py::arg("smoothing"),
        py::arg("length"), py::arg("pivot"), py::arg("slope"), py::arg("characters"),
        py::arg("n_jobs") = py::none(), py::arg("progress") = py::none(),
        "Counts of compressed sparse rows as term frequencies times the factors of their columns, "
        "each row divided by its length.");
}

template <class Value>
void define_weigh_bm25(py::module_& module) {
    module.def(
        "weigh_bm25",
        [](const Array<std::int64_t>& indptr, const Array<std::int32_t>& indices,
           const Array<Value>& data, const Array<double>& idf, const std::string& method, double k1,
           double b, double delta, double mean_length, std::optional<int> n_jobs,
           const py::object& progress) {
            const Bm25Options options{named(method, variants), k1, b, delta, mean_length};
            const std::span<const double> factors = border::to_span(idf);
            const CsrView<Value> counts{border::to_span(indptr), border::to_span(indices),
                                        border::to_span(data), std::ssize(factors)};
            const Run run = border::run_from_python(n_jobs, progress);
            return weighed(counts,
                           [&] { return weigh_bm25<Value>(counts, factors, options, run); });
        },
        py::arg("indptr"), py::arg("indices"), py::arg("data").noconvert(), py::arg("idf"),
        py::kw_only(), py::arg("method"), py::arg("k1"), py::arg("b"), py::arg("delta"),
        py::arg("mean_length"), py::arg("n_jobs") = py::none(), py::arg("progress") = py::none(),
        "Counts of compressed sparse rows as BM25 weights, less what absent terms score.");
}

}  // namespace

void bind_weights(py::module_& module) {
    define_weigh<double>(module);
    define_weigh<float>(module);
    define_weigh_counts<double>(module);
    define_weigh_counts<float>(module);
    define_weigh_bm25<double>(module);
    define_weigh_bm25<float>(module);
    module.def(
        "bm25_of_absent",
        [](const std::string& method, double k1, double b, double delta) {
            return bm25_of_absent({named(method, variants), k1, b, delta, 1.0});
        },
        py::arg("method"), py::kw_only(), py::arg("k1"), py::arg("b"), py::arg("delta"),
        "What a term that a document lacks scores there, in units of its idf.");
}
