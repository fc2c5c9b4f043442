// Classes whose objects only the engine makes.
#pragma once

#include <pybind11/pybind11.h>

namespace framelens::border {

/// Makes Python refuse, with a TypeError, to make an object of any class of the module: one that no
/// function of the engine made has nothing inside, and using it would end the process. That are
/// calls of the class and of `__new__`, and so `copyreg` and `pickle`, also for subclasses; and a
/// change of `__class__`. None of the classes may have a constructor.
void seal_classes(const pybind11::module_& module);

}  // namespace framelens::border
