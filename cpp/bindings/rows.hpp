// Sparse rows and their norms at the border to Python.
#pragma once

#include "border.hpp"
#include "framelens/weights.hpp"

#include <pybind11/pybind11.h>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace framelens::border {

/// Errors: ValueError for a name that is none.
[[nodiscard]] inline Norm norm_from_python(const std::optional<std::string>& norm) {
    if (!norm) return Norm::none;
    if (*norm == "l1") return Norm::l1;
    if (*norm == "l2") return Norm::l2;
    throw py::value_error("norm is 'l1', 'l2' or None, not '" + *norm + "'");
}

/// Rows that begin at `starts`, filled in by `fill(starts, indices, data)` without the GIL:
/// (starts, indices, data).
template <class Value, class Fill>
[[nodiscard]] py::tuple filled_rows(std::vector<std::int64_t>&& starts, const Fill& fill) {
    py::array_t<std::int32_t> indices(static_cast<py::ssize_t>(starts.back()));
    py::array_t<Value> data(static_cast<py::ssize_t>(starts.back()));
    const std::span<std::int32_t> to_indices{indices.mutable_data(),
                                             static_cast<std::size_t>(indices.size())};
    const std::span<Value> to_data{data.mutable_data(), static_cast<std::size_t>(data.size())};
    {
        const py::gil_scoped_release release;
        fill(starts, to_indices, to_data);
    }
    return py::make_tuple(to_array(std::move(starts)), indices, data);
}

}  // namespace framelens::border
