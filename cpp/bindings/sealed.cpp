#include "sealed.hpp"

namespace py = pybind11;

namespace framelens::border {
namespace {

PyObject* refuse(PyTypeObject* type) {
    PyErr_Format(PyExc_TypeError, "cannot create '%.100s' instances: framelens makes them",
                 type->tp_name);
    return nullptr;
}

PyObject* refuse_call(PyTypeObject* type, PyObject* /*arguments*/, PyObject* /*keywords*/) {
    return refuse(type);
}

PyObject* refuse_new(PyObject* own_type, PyObject* /*arguments*/, PyObject* /*keywords*/) {
    return refuse(reinterpret_cast<PyTypeObject*>(own_type));
}

PyMethodDef new_method{"__new__",
                       reinterpret_cast<PyCFunction>(reinterpret_cast<void*>(&refuse_new)),
                       METH_VARARGS | METH_KEYWORDS, nullptr};

void seal(py::handle cls) {
    auto* const type = reinterpret_cast<PyTypeObject*>(cls.ptr());
    // copyreg looks for the `__new__` of the class itself before it would call that of a base.
    cls.attr("__new__") =
        py::reinterpret_steal<py::object>(PyCFunction_NewEx(&new_method, cls.ptr(), nullptr));
    // The slot, too: that of the base would else be called for a class that has a method of Python.
    type->tp_new = &refuse_call;
    type->tp_flags |= Py_TPFLAGS_IMMUTABLETYPE;
    PyType_Modified(type);
}

}  // namespace

void seal_classes(const py::module_& module) {
    for (const auto& [name, value] : py::dict(module.attr("__dict__"))) {
        const bool is_class = PyType_Check(value.ptr()) != 0;
        if (is_class && py::detail::get_type_info(reinterpret_cast<PyTypeObject*>(value.ptr()))) {
            seal(value);
        }
    }
}

}  // namespace framelens::border
