// Counts in hashed columns: framelens._core.hashed_rows.
#include "border.hpp"
#include "framelens/vocabulary.hpp"
#include "rows.hpp"

#include <pybind11/stl.h>
#include <algorithm>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace py = pybind11;
using namespace framelens;

namespace {

// What becomes of the sums of a row: 1 each if only presence counts, then divided by their norm.
template <class Value>
RowFinish<Value> hashed_finish(bool /*binary*/, Norm /*norm*/) {
    return nullptr;
}
template <std::floating_point Value>
RowFinish<Value> hashed_finish(bool binary, Norm norm) {
    return [binary, weigh = row_weigher<Value>({}, {}, norm)](auto columns, auto values) {
        if (binary) std::fill(values.begin(), values.end(), Value{1});
        weigh(columns, values);
    };
}

struct HashedRows {
    Hashing hashing;
    bool binary = false;
    Norm norm = Norm::none;
};

template <class Value>
py::tuple fill_hashed_rows(CountedTexts& counted, const HashedRows& options, const Run& run) {
    std::vector<std::int64_t> starts;
    {
        const py::gil_scoped_release release;
        starts = counted.hash_rows(options.hashing, run);
    }
    return border::filled_rows<Value>(std::move(starts), [&](auto begins, auto indices, auto data) {
        counted.fill_hashed<Value>(begins, indices, data,
                                   hashed_finish<Value>(options.binary, options.norm), run);
    });
}

py::tuple hashed_rows(CountedTexts& counted, const HashedRows& options, const py::dtype& dtype,
                      const Run& run) {
    const bool whole = dtype.kind() == 'i';
    if (whole && (options.binary || options.norm != Norm::none)) {
        throw py::value_error("only float32 and float64 are made binary or divided by a norm");
    }
    if (dtype.is(py::dtype::of<std::int32_t>())) {
        return fill_hashed_rows<std::int32_t>(counted, options, run);
    }
    if (whole) return fill_hashed_rows<std::int64_t>(counted, options, run);
    if (dtype.is(py::dtype::of<float>())) return fill_hashed_rows<float>(counted, options, run);
    return fill_hashed_rows<double>(counted, options, run);
}

}  // namespace

void bind_hashing(py::module_& module) {
    module.def(
        "hashed_rows",
        [](CountedTexts& counted, std::int64_t columns, bool alternate_sign, const py::dtype& dtype,
           bool binary, const std::optional<std::string>& norm, std::optional<int> n_jobs) {
            if (columns < 1 || columns > std::numeric_limits<std::int32_t>::max()) {
                throw py::value_error("n_features must be in [1, 2^31)");
            }
            const HashedRows options{
                {columns, alternate_sign}, binary, border::norm_from_python(norm)};
            return hashed_rows(counted, options, dtype,
                               border::run_from_python(n_jobs, py::none()));
        },
        py::arg("counted"), py::kw_only(), py::arg("columns"), py::arg("alternate_sign"),
        py::arg("dtype"), py::arg("binary") = false, py::arg("norm") = py::none(),
        py::arg("n_jobs") = py::none(),
        "Sums in scikit-learn's hashed columns, each 1 if binary, each row divided by its norm: "
        "(indptr, indices, data). They can be taken once.");
}
