// Catch2's header is parsed once for all tests; this source owns the result.
#include "catch.hpp"
