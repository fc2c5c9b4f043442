// Classes of words that stand before a name or a role noun. Internal to the room `references`.
#pragma once

#include "framelens/word_class.hpp"

namespace framelens {

inline constexpr WordClass title_word =
    WordClass::role | WordClass::honorific | WordClass::role_prefix | WordClass::former;
inline constexpr WordClass opener = WordClass::article | WordClass::determiner;

}  // namespace framelens
