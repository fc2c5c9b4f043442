// Term weights: framelens._core.weigh.
#include "border.hpp"
#include "framelens/counts.hpp"
#include "framelens/weights.hpp"
#include "rows.hpp"

#include <pybind11/stl.h>

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

}  // namespace

void bind_weights(py::module_& module) {
    define_weigh<double>(module);
    define_weigh<float>(module);
}
