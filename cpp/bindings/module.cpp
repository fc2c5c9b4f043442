// Registers every room with the Python module framelens._core.
#include "sealed.hpp"

#define FRAMELENS_ROOM(room) void bind_##room(pybind11::module_& module);
#include "rooms.inc"
#undef FRAMELENS_ROOM

PYBIND11_MODULE(_core, module, pybind11::mod_gil_not_used()) {
    module.doc() = "The engine of framelens: texts in, spans and numbers out.";
#define FRAMELENS_ROOM(room) bind_##room(module);
#include "rooms.inc"
#undef FRAMELENS_ROOM
    framelens::border::seal_classes(module);
}
