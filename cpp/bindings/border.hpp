// What every binding needs at the border to Python: texts in, arrays out, runs that can be stopped.
#pragma once

#include "framelens/parallel.hpp"
#include "framelens/types.hpp"

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace framelens::border {

namespace py = pybind11;

/// Copies an iterable of `str` into UTF-8. `what` names the argument in messages.
/// Errors: ValueError for a bare `str` and for a missing value (None, NaN, NA), TypeError for
/// bytes and other types, EncodingError for a lone surrogate; each names the position, and the
/// offset of EncodingError is a code point. Exceptions of the iterable pass through.
[[nodiscard]] std::vector<std::string> texts_from_python(py::handle texts, const char* what);

/// Views of the characters of an iterable of `str`, as they lie in Python's memory; the strings are
/// kept alive with it. Made and dropped with the GIL, read without.
struct TextViews {
    py::list strings;
    std::vector<std::shared_ptr<void>> owners;  // of Arrow's buffers
    std::vector<TextView> views;
};

/// Errors: as texts_from_python, but for surrogates, which only show when the text is read.
[[nodiscard]] TextViews views_from_python(py::handle texts, const char* what);

/// The same of what has `__arrow_c_stream__` or `__arrow_c_array__`: strings of any layout, also in a dictionary.
/// Errors: TypeError for other values, ValueError for a missing one, each with its row. Bytes that
/// are not UTF-8 only show when the text is read.
[[nodiscard]] TextViews views_from_arrow(py::handle source);

/// Threads and progress of a run. `n_jobs` is joblib's: None is one thread, -1 all, -2 all but one.
/// While the engine runs, with the GIL released, the calling thread looks for signals every
/// `report_interval` and calls `progress(done, total)` unless it is None; what either raises ends the run.
/// Errors: ValueError if n_jobs is 0, TypeError if `progress` cannot be called.
[[nodiscard]] Run run_from_python(std::optional<int> n_jobs, const py::object& progress);

/// Looks for signals in a long loop that holds the GIL, every `report_interval`.
class Signals {
public:
    /// Errors: what a signal's handler raises.
    void look() {
        const auto now = std::chrono::steady_clock::now();
        if (now < next_) return;
        next_ = now + report_interval;
        if (PyErr_CheckSignals() != 0) throw py::error_already_set();
    }

private:
    std::chrono::steady_clock::time_point next_ = std::chrono::steady_clock::now();
};

/// An array that owns the vector's buffer. Shapes: (values.size(),).
template <class Value>
[[nodiscard]] py::array_t<Value> to_array(std::vector<Value>&& values) {
    auto owner = std::make_unique<std::vector<Value>>(std::move(values));
    const auto& kept = *owner;
    const py::capsule base{owner.get(),
                           [](void* data) { delete static_cast<std::vector<Value>*>(data); }};
    owner.release();
    return py::array_t<Value>(static_cast<py::ssize_t>(kept.size()), kept.data(), base);
}

/// The same with rows. Shapes: (rows, values.size() / rows), row by row.
/// Errors: ValueError if the values do not fill the rows.
template <class Value>
[[nodiscard]] py::array_t<Value> to_matrix(std::vector<Value>&& values, std::int64_t rows,
                                           std::int64_t columns) {
    if (static_cast<std::int64_t>(values.size()) != rows * columns) {
        throw py::value_error("the values do not fill the matrix");
    }
    return to_array(std::move(values)).reshape({rows, columns});
}

/// A boolean array that owns the buffer of zeros and ones.
[[nodiscard]] py::array to_bool_array(std::vector<std::uint8_t>&& values);

/// Integers of which some are missing: (values int64, missing bool); a missing value is stored as 0.
[[nodiscard]] py::tuple to_optional_pair(const std::vector<std::optional<std::int64_t>>& values);

/// Texts of which some are missing: a list of `str` or None.
[[nodiscard]] py::list to_optional_texts(const std::vector<std::optional<std::string>>& values);

/// The values of a contiguous one-dimensional array, valid while the array lives.
/// Errors: ValueError if the array has another number of dimensions.
template <class Value, int flags>
[[nodiscard]] std::span<const Value> to_span(const py::array_t<Value, flags>& values) {
    static_assert((flags & py::array::c_style) != 0, "the array must be contiguous");
    if (values.ndim() != 1) throw py::value_error("the array must have one dimension");
    return {values.data(), static_cast<std::size_t>(values.size())};
}

}  // namespace framelens::border
