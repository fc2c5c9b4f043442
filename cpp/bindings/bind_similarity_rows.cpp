// Similarity of single rows: framelens._core.pairwise, pairwise_above and nearest.
#include "border.hpp"
#include "framelens/counts.hpp"
#include "framelens/similarity_rows.hpp"
#include "framelens/types_names.hpp"

#include <pybind11/stl.h>
#include <array>
#include <string_view>

namespace py = pybind11;
using namespace framelens;

namespace {

template <class Value>
using Array = py::array_t<Value, py::array::c_style>;
using Rows = std::tuple<Array<std::int64_t>, Array<std::int32_t>, Array<double>>;

constexpr std::array<std::pair<std::string_view, Measure>, 14> measures{{
    {"dot", Measure::dot},
    {"cosine", Measure::cosine},
    {"jaccard", Measure::jaccard},
    {"dice", Measure::dice},
    {"ejaccard", Measure::ejaccard},
    {"edice", Measure::edice},
    {"correlation", Measure::correlation},
    {"simple_matching", Measure::simple_matching},
    {"hamann", Measure::hamann},
    {"euclidean", Measure::euclidean},
    {"manhattan", Measure::manhattan},
    {"canberra", Measure::canberra},
    {"jensen_shannon", Measure::jensen_shannon},
    {"hellinger", Measure::hellinger},
}};
static_assert(measures.size() == count_enumerators<Measure>());

Measure measure_from_python(const std::string& name) {
    for (const auto& [known, measure] : measures) {
        if (known == name) return measure;
    }
    throw py::value_error("no measure is called '" + name + "'");
}

CsrView<double> view(const Rows& rows, std::int64_t columns) {
    return {border::to_span(std::get<0>(rows)), border::to_span(std::get<1>(rows)),
            border::to_span(std::get<2>(rows)), columns};
}

RowPair pair_from_python(const Rows& first, const std::optional<Rows>& second,
                         std::int64_t columns) {
    return {view(first, columns), view(second ? *second : first, columns), !second};
}

void check(const RowPair& rows) {
    for (const CsrView<double>& side : {rows.first, rows.second}) {
        check_rows(side.indptr, side.indices, side.data.size(), side.columns);
    }
}

py::tuple to_tuple(CsrRows<double>&& rows) {
    return py::make_tuple(border::to_array(std::move(rows.indptr)),
                          border::to_array(std::move(rows.indices)),
                          border::to_array(std::move(rows.data)));
}

py::array_t<double> all_pairs(const Rows& first, const std::optional<Rows>& second,
                              std::int64_t columns, const std::string& measure,
                              std::optional<int> n_jobs, const py::object& progress) {
    const RowPair rows = pair_from_python(first, second, columns);
    const Measure kind = measure_from_python(measure);
    const Run run = border::run_from_python(n_jobs, progress);
    // Not a vector: its zeros would be written before the values.
    py::array_t<double> values(std::array<py::ssize_t, 2>{rows.first.rows(), rows.second.rows()});
    const std::span<double> out{values.mutable_data(), static_cast<std::size_t>(values.size())};
    {
        const py::gil_scoped_release release;
        check(rows);
        pairwise(rows, kind, out, run);
    }
    return values;
}

py::tuple pairs_above(const Rows& first, const std::optional<Rows>& second, std::int64_t columns,
                      const std::string& measure, double threshold, std::optional<int> n_jobs,
                      const py::object& progress) {
    const RowPair rows = pair_from_python(first, second, columns);
    const Measure kind = measure_from_python(measure);
    const Run run = border::run_from_python(n_jobs, progress);
    CsrRows<double> found;
    {
        const py::gil_scoped_release release;
        check(rows);
        found = pairwise_above(rows, kind, threshold, run);
    }
    return to_tuple(std::move(found));
}

py::tuple nearest_rows(const Rows& first, const std::optional<Rows>& second, std::int64_t columns,
                       const std::string& measure, std::int64_t n, std::optional<double> threshold,
                       bool include_self, std::optional<int> n_jobs, const py::object& progress) {
    const RowPair rows = pair_from_python(first, second, columns);
    const Measure kind = measure_from_python(measure);
    const Run run = border::run_from_python(n_jobs, progress);
    CsrRows<double> found;
    {
        const py::gil_scoped_release release;
        check(rows);
        found = nearest(rows, kind, {n, threshold, include_self}, run);
    }
    return to_tuple(std::move(found));
}

}  // namespace

void bind_similarity_rows(py::module_& module) {
    module.def("pairwise", &all_pairs, py::arg("first"), py::arg("second"), py::kw_only(),
               py::arg("columns"), py::arg("measure"), py::arg("n_jobs") = py::none(),
               py::arg("progress") = py::none(),
               "Every row of the first matrix against every row of the second (None: itself).");
    module.def("pairwise_above", &pairs_above, py::arg("first"), py::arg("second"), py::kw_only(),
               py::arg("columns"), py::arg("measure"), py::arg("threshold"),
               py::arg("n_jobs") = py::none(), py::arg("progress") = py::none(),
               "The pairs that reach a threshold, as compressed sparse rows.");
    module.def("nearest", &nearest_rows, py::arg("first"), py::arg("second"), py::kw_only(),
               py::arg("columns"), py::arg("measure"), py::arg("n"), py::arg("threshold"),
               py::arg("include_self"), py::arg("n_jobs") = py::none(),
               py::arg("progress") = py::none(),
               "The n most alike rows of each row, best first, as compressed sparse rows.");
}
