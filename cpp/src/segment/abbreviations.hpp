// Full stops that belong to an abbreviation, an initial or an enumerator.
#pragma once

#include "framelens/language.hpp"

#include <string_view>

namespace framelens {

/// What stands before a full stop, from the start of its sentence.
struct BeforeStop {
    std::string_view sentence;     // without the full stop
    bool closed_by_quote = false;  // a closing quotation mark follows the full stop
};

/// What stands after a full stop, its closing marks, white space and opening marks.
struct AfterStop {
    std::string_view rest;  // begins with the first sign
    bool digit = false;
    bool quoted = false;     // an opening quotation mark was passed
    bool bracketed = false;  // an opening bracket was passed
};

/// Whether the full stop is part of a word and the sentence goes on behind it.
[[nodiscard]] bool is_abbreviation_inside(const BeforeStop& before, const AfterStop& after,
                                          const Language& language);

}  // namespace framelens
