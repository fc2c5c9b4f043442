// What ICU reports, as exceptions. Internal to the room `unicode`.
#pragma once

#include <unicode/utypes.h>
#include <new>
#include <stdexcept>
#include <string>

namespace framelens {

/// Errors: bad_alloc where ICU has no memory, runtime_error for what else fails.
inline void check_icu(UErrorCode status) {
    if (status == U_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
    if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU: ") + u_errorName(status));
}

}  // namespace framelens
