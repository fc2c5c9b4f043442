// The grammar of a language: grammar.json. Internal to the room `json_io`.
#pragma once

#include "framelens/language.hpp"
#include "reader.hpp"

namespace framelens {

/// Comes behind the words: a marker is a word that another list has.
void read_grammar(const JsonNode& node, Language& language);

}  // namespace framelens
