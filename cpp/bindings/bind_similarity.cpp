// Similarity of groups of documents: framelens._core.compare_groups, compare_matched, map_to_plane.
#include "border.hpp"
#include "framelens/counts.hpp"
#include "framelens/similarity.hpp"

#include <pybind11/stl.h>

namespace py = pybind11;
using namespace framelens;

namespace {

template <class Value>
using Array = py::array_t<Value, py::array::c_style>;

Aggregate aggregate_from_python(const std::string& name) {
    if (name == "centroid") return Aggregate::centroid;
    if (name == "mean_pairwise") return Aggregate::mean_pairwise;
    throw py::value_error("no aggregate is called '" + name + "'");
}

void define_groups(py::module_& module) {
    module.def(
        "compare_groups",
        [](const Array<std::int64_t>& indptr, const Array<std::int32_t>& indices,
           const Array<double>& data, const Array<std::int32_t>& group_of,
           const Array<std::int32_t>& cluster_of, std::int64_t columns, std::int32_t groups,
           const std::string& aggregate, bool centre, std::optional<int> n_jobs,
           const py::object& progress) {
            const CsrView<double> rows{border::to_span(indptr), border::to_span(indices),
                                       border::to_span(data), columns};
            const auto group_span = border::to_span(group_of);
            const SimilarityOptions options{aggregate_from_python(aggregate), centre,
                                            border::to_span(cluster_of)};
            const Run run = border::run_from_python(n_jobs, progress);
            GroupSimilarity result;
            {
                const py::gil_scoped_release release;
                check_rows(rows.indptr, rows.indices, rows.data.size(), columns);
                result = compare_groups(rows, group_span, groups, options, run);
            }
            const auto square = [groups](std::vector<double>&& values) {
                return border::to_matrix(std::move(values), groups, groups);
            };
            return py::dict(py::arg("documents") = border::to_array(std::move(result.documents)),
                            py::arg("similarity") = square(std::move(result.similarity)),
                            py::arg("adjusted") = square(std::move(result.adjusted)),
                            py::arg("error") = square(std::move(result.error)),
                            py::arg("degrees") = square(std::move(result.degrees)));
        },
        py::arg("indptr"), py::arg("indices"), py::arg("data"), py::arg("group_of"),
        py::arg("cluster_of"), py::kw_only(), py::arg("columns"), py::arg("groups"),
        py::arg("aggregate"), py::arg("centre"), py::arg("n_jobs") = py::none(),
        py::arg("progress") = py::none(),
        "Compares groups of documents by their rows of weights: documents of each group and "
        "square matrices similarity, adjusted, error (standard error of adjusted), degrees.");
}

void define_matched(py::module_& module) {
    module.def(
        "compare_matched",
        [](const Array<std::int64_t>& indptr, const Array<std::int32_t>& indices,
           const Array<double>& data, const Array<std::int32_t>& group_of,
           const Array<std::int32_t>& event_of, std::int64_t columns, std::int32_t groups,
           std::int32_t events, std::optional<int> n_jobs, const py::object& progress) {
            const CsrView<double> rows{border::to_span(indptr), border::to_span(indices),
                                       border::to_span(data), columns};
            const auto group_span = border::to_span(group_of);
            const auto event_span = border::to_span(event_of);
            const Run run = border::run_from_python(n_jobs, progress);
            MatchedSimilarity result;
            {
                const py::gil_scoped_release release;
                check_rows(rows.indptr, rows.indices, rows.data.size(), columns);
                result = compare_matched(rows, group_span, groups, event_span, events, run);
            }
            const auto square = [groups](auto&& values) {
                return border::to_matrix(std::move(values), groups, groups);
            };
            return py::dict(py::arg("similarity") = square(std::move(result.similarity)),
                            py::arg("adjusted") = square(std::move(result.adjusted)),
                            py::arg("error") = square(std::move(result.error)),
                            py::arg("events") = square(std::move(result.events)));
        },
        py::arg("indptr"), py::arg("indices"), py::arg("data"), py::arg("group_of"),
        py::arg("event_of"), py::kw_only(), py::arg("columns"), py::arg("groups"),
        py::arg("events"), py::arg("n_jobs") = py::none(), py::arg("progress") = py::none(),
        "Compares groups by documents of the same event: square matrices similarity, adjusted, "
        "error (standard error of adjusted), events.");
}

void define_map(py::module_& module) {
    module.def(
        "map_to_plane",
        [](const Array<double>& distances, std::int64_t points) {
            PlaneMap map = map_to_plane(border::to_span(distances), points);
            return py::make_tuple(border::to_matrix(std::move(map.coordinates), points, 2),
                                  map.share);
        },
        py::arg("distances"), py::kw_only(), py::arg("points"),
        "Classical multidimensional scaling of square distances, row after row: coordinates, and "
        "the share of the variance that they show.");
}

}  // namespace

void bind_similarity(py::module_& module) {
    define_groups(module);
    define_matched(module);
    define_map(module);
}
