#include "border.hpp"

#include "framelens/error.hpp"
#include "framelens/unicode_encode.hpp"

#include <algorithm>
#include <cmath>
#include <thread>

namespace framelens::border {
namespace {

// How much text is copied, in some 20 ms, before looking whether Ctrl-C was pressed.
constexpr std::size_t bytes_between_signals = std::size_t{1} << 24U;

std::string place(const char* what, std::int64_t position) {
    return std::string(what) + "[" + std::to_string(position) + "]";
}

std::string type_name(py::handle value) {
    return Py_TYPE(value.ptr())->tp_name;
}

// None, NaN, and the missing values of pandas (NA, NaT), which are not imported for this.
bool is_missing(py::handle value) {
    if (value.is_none()) return true;
    if (PyFloat_Check(value.ptr())) return std::isnan(PyFloat_AS_DOUBLE(value.ptr()));
    const std::string name = type_name(value);
    return name.ends_with("NAType") || name.ends_with("NaTType");
}

[[noreturn]] void refuse(py::handle value, const char* what, std::int64_t position) {
    if (is_missing(value)) throw py::value_error(place(what, position) + " is missing");
    std::string message = place(what, position) + " is " + type_name(value) + ", not str";
    if (PyBytes_Check(value.ptr())) message += ": decode it first";
    throw py::type_error(message);
}

// Encodes the characters of a string, which has units of 1, 2 or 4 bytes. Python's own encoder
// would keep a second copy of the text inside each string.
template <class Unit>
std::string encode(const Unit* units, Py_ssize_t length, const char* what, std::int64_t position) {
    std::size_t bytes = 0;
    for (Py_ssize_t i = 0; i < length; ++i) {
        const Py_UCS4 c = units[i];
        if (c >= 0xD800 && c <= 0xDFFF) {
            throw EncodingError(
                place(what, position) + " has a lone surrogate at code point " + std::to_string(i),
                position, i);
        }
        bytes += static_cast<std::size_t>(utf8_size(c));
    }
    std::string text(bytes, '\0');
    char* out = text.data();
    for (Py_ssize_t i = 0; i < length; ++i) out = put_utf8(units[i], out);
    return text;
}

std::string text_from_python(py::handle value, const char* what, std::int64_t position) {
    PyObject* string = value.ptr();
    const Py_ssize_t length = PyUnicode_GET_LENGTH(string);
    const void* data = PyUnicode_DATA(string);
    if (PyUnicode_IS_ASCII(string)) {
        return {static_cast<const char*>(data), static_cast<std::size_t>(length)};
    }
    switch (PyUnicode_KIND(string)) {
        case PyUnicode_1BYTE_KIND:
            return encode(static_cast<const Py_UCS1*>(data), length, what, position);
        case PyUnicode_2BYTE_KIND:
            return encode(static_cast<const Py_UCS2*>(data), length, what, position);
        default:
            return encode(static_cast<const Py_UCS4*>(data), length, what, position);
    }
}

int threads_from(std::optional<int> n_jobs) {
    if (!n_jobs) return 1;
    if (*n_jobs == 0) throw py::value_error("n_jobs is 0; give None, a positive number or -1");
    if (*n_jobs > 0) return *n_jobs;
    const int all = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    return std::max(1, all + 1 + *n_jobs);
}

void check_iterable(py::handle texts, const char* what) {
    if (PyUnicode_Check(texts.ptr())) {
        throw py::value_error("Iterable over raw text documents expected, string object received.");
    }
    if (PyBytes_Check(texts.ptr()) || !py::isinstance<py::iterable>(texts)) {
        throw py::type_error(std::string(what) + " must be an iterable of str, not " +
                             type_name(texts));
    }
}

TextView view_of(PyObject* string) noexcept {
    const auto length = static_cast<std::int64_t>(PyUnicode_GET_LENGTH(string));
    const void* data = PyUnicode_DATA(string);
    if (PyUnicode_IS_ASCII(string)) return {data, length, Units::utf8};
    switch (PyUnicode_KIND(string)) {
        case PyUnicode_1BYTE_KIND:
            return {data, length, Units::ucs1};
        case PyUnicode_2BYTE_KIND:
            return {data, length, Units::ucs2};
        default:
            return {data, length, Units::ucs4};
    }
}

}  // namespace

TextViews views_from_python(py::handle texts, const char* what) {
    check_iterable(texts, what);
    TextViews result;
    result.strings = py::list(py::reinterpret_borrow<py::object>(texts));
    // A list is taken as it is by py::list: what its owner does to it must not reach us.
    if (result.strings.ptr() == texts.ptr()) {
        result.strings = py::reinterpret_steal<py::list>(
            PyList_GetSlice(texts.ptr(), 0, PyList_GET_SIZE(texts.ptr())));
        if (!result.strings) throw py::error_already_set();
    }
    const auto count = PyList_GET_SIZE(result.strings.ptr());
    result.views.reserve(static_cast<std::size_t>(count));
    for (Py_ssize_t i = 0; i < count; ++i) {
        PyObject* value = PyList_GET_ITEM(result.strings.ptr(), i);
        if (!PyUnicode_Check(value)) refuse(value, what, i);
        result.views.push_back(view_of(value));
    }
    return result;
}

std::vector<std::string> texts_from_python(py::handle texts, const char* what) {
    check_iterable(texts, what);
    std::vector<std::string> result;
    if (const Py_ssize_t hint = PyObject_LengthHint(texts.ptr(), 0); hint > 0) {
        result.reserve(static_cast<std::size_t>(hint));
    } else if (hint < 0) {
        throw py::error_already_set();
    }
    std::size_t unchecked = 0;
    for (const py::handle value : py::iter(texts)) {
        const auto position = static_cast<std::int64_t>(result.size());
        if (!PyUnicode_Check(value.ptr())) refuse(value, what, position);
        result.push_back(text_from_python(value, what, position));
        unchecked += result.back().size();
        if (unchecked > bytes_between_signals) {
            if (PyErr_CheckSignals() != 0) throw py::error_already_set();
            unchecked = 0;
        }
    }
    return result;
}

Run run_from_python(std::optional<int> n_jobs, const py::object& progress) {
    if (!progress.is_none() && PyCallable_Check(progress.ptr()) == 0) {
        throw py::type_error("progress must be a callable or None, not " + type_name(progress));
    }
    // The engine may copy and drop the callback without the GIL: only this owner touches the
    // reference count.
    const std::shared_ptr<py::object> callback{new py::object(progress), [](py::object* object) {
                                                   const py::gil_scoped_acquire gil;
                                                   delete object;
                                               }};
    return {threads_from(n_jobs), [callback](std::int64_t done, std::int64_t total) {
                const py::gil_scoped_acquire gil;
                if (PyErr_CheckSignals() != 0) throw py::error_already_set();
                if (!callback->is_none()) (*callback)(done, total);
                return true;
            }};
}

py::array to_bool_array(std::vector<std::uint8_t>&& values) {
    return to_array(std::move(values)).attr("view")(py::dtype::of<bool>());
}

py::tuple to_optional_pair(const std::vector<std::optional<std::int64_t>>& values) {
    std::vector<std::int64_t> known;
    std::vector<std::uint8_t> missing;
    known.reserve(values.size());
    missing.reserve(values.size());
    for (const auto& value : values) {
        known.push_back(value.value_or(0));
        missing.push_back(value.has_value() ? 0 : 1);
    }
    return py::make_tuple(to_array(std::move(known)), to_bool_array(std::move(missing)));
}

py::list to_optional_texts(const std::vector<std::optional<std::string>>& values) {
    constexpr std::size_t values_between_looks = 1024;
    py::list result(values.size());
    Signals signals;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i % values_between_looks == 0) signals.look();
        if (values[i]) {
            result[i] = py::str(*values[i]);
        } else {
            result[i] = py::none();
        }
    }
    return result;
}

}  // namespace framelens::border
