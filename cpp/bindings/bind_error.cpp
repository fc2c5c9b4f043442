// The engine's errors as Python exceptions.
#include "framelens/error.hpp"

#include <pybind11/gil_safe_call_once.h>
#include <pybind11/pybind11.h>

namespace py = pybind11;

namespace {

using ErrorType = py::gil_safe_call_once_and_store<py::object>;
PYBIND11_CONSTINIT ErrorType encoding_error;
PYBIND11_CONSTINIT ErrorType schema_error;

// A subclass of ValueError whose attributes are None until somebody sets them.
void add_error(py::module_& module, ErrorType& store, const char* name, const char* doc,
               std::initializer_list<const char*> attributes) {
    store.call_once_and_store_result([&] {
        const std::string full = py::str(module.attr("__name__")).cast<std::string>() + "." + name;
        py::dict namespace_;
        for (const char* attribute : attributes) namespace_[attribute] = py::none();
        return py::reinterpret_steal<py::object>(
            PyErr_NewExceptionWithDoc(full.c_str(), doc, PyExc_ValueError, namespace_.ptr()));
    });
    module.attr(name) = store.get_stored();
}

void translate(std::exception_ptr pointer) {
    try {
        if (pointer) std::rethrow_exception(pointer);
    } catch (const framelens::EncodingError& error) {
        const py::object value = encoding_error.get_stored()(error.what());
        value.attr("document") = error.document();
        value.attr("offset") = error.offset();
        PyErr_SetObject(encoding_error.get_stored().ptr(), value.ptr());
    } catch (const framelens::SchemaError& error) {
        const py::object value = schema_error.get_stored()(error.what());
        value.attr("pointer") = error.pointer();
        PyErr_SetObject(schema_error.get_stored().ptr(), value.ptr());
    } catch (const framelens::Interrupted&) {
        PyErr_SetNone(PyExc_KeyboardInterrupt);
    }
}

}  // namespace

void bind_error(py::module_& module) {
    add_error(module, encoding_error, "EncodingError",
              "Text that is not valid Unicode; `document` is its position in the input and "
              "`offset` the place: a code point in a str, a byte in bytes.",
              {"document", "offset"});
    add_error(module, schema_error, "SchemaError",
              "JSON that is malformed, of another version or of another shape; `pointer` is the "
              "RFC 6901 pointer to the value.",
              {"pointer"});
    py::register_exception_translator(&translate);
}
