// Terms that set groups of documents apart: framelens._core.log_odds.
#include "border.hpp"
#include "framelens/counts.hpp"
#include "framelens/keyness.hpp"

#include <pybind11/stl.h>

namespace py = pybind11;
using namespace framelens;

namespace {

template <class Value>
using Array = py::array_t<Value, py::array::c_style>;

}  // namespace

void bind_keyness(py::module_& module) {
    module.def(
        "log_odds",
        [](const Array<std::int64_t>& indptr, const Array<std::int32_t>& indices,
           const Array<std::int32_t>& data, const Array<std::int32_t>& group_of,
           std::int64_t columns, std::int32_t groups, double prior_size, std::int64_t min_count,
           std::optional<int> n_jobs, const py::object& progress) {
            const CsrView<std::int32_t> counts{border::to_span(indptr), border::to_span(indices),
                                               border::to_span(data), columns};
            const auto group_span = border::to_span(group_of);
            const Run run = border::run_from_python(n_jobs, progress);
            KeynessTable table;
            {
                const py::gil_scoped_release release;
                check_rows(counts.indptr, counts.indices, counts.data.size(), columns);
                table = log_odds(counts, group_span, groups, {prior_size, min_count}, run);
            }
            return py::dict(py::arg("group") = border::to_array(std::move(table.group)),
                            py::arg("term") = border::to_array(std::move(table.term)),
                            py::arg("count") = border::to_array(std::move(table.count)),
                            py::arg("rate") = border::to_array(std::move(table.rate)),
                            py::arg("score") = border::to_array(std::move(table.score)),
                            py::arg("z") = border::to_array(std::move(table.z)),
                            py::arg("error") = border::to_array(std::move(table.error)),
                            py::arg("degrees") = border::to_array(std::move(table.degrees)));
        },
        py::arg("indptr"), py::arg("indices"), py::arg("data"), py::arg("group_of"), py::kw_only(),
        py::arg("columns"), py::arg("groups"), py::arg("prior_size") = 500.0,
        py::arg("min_count") = 1, py::arg("n_jobs") = py::none(), py::arg("progress") = py::none(),
        "Log odds with an informative Dirichlet prior of each group against the others: columns "
        "group, term, count, rate, score, z, error, degrees.");
}
