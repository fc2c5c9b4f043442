// Languages, lexicons and rules from JSON. The only door to nlohmann/json.
#pragma once

#include "framelens/facts.hpp"
#include "framelens/language.hpp"
#include "framelens/lexicon.hpp"
#include "framelens/mentions_patterns.hpp"

#include <string_view>

namespace framelens {

/// The versions that are read; a file states its own in "version".
inline constexpr std::string_view language_version = "framelens-language/2";
inline constexpr std::string_view lexicon_version = "framelens-lexicon/1";
inline constexpr std::string_view facts_version = "framelens-facts/1";
inline constexpr std::string_view label_rules_version = "framelens-label-rules/1";

/// Containers may nest this deep in any file.
inline constexpr int max_json_depth = 16;

/// Reads a language: an object with the files of its folder under their names (cues, roles, ...),
/// and its version and code. The schemas in resources/languages/schemas document the files.
/// Errors: SchemaError with the RFC 6901 pointer of the first value that breaks a rule: text that
/// is not UTF-8 or not JSON, a repeated key, too deep, another version, a key missing or unknown,
/// another type, an empty text, an unknown choice, a word with two base forms or two nations.
/// Cost: linear, two passes.
[[nodiscard]] Language language_from_json(std::string_view json);

/// Reads a lexicon. The format is documented by resources/lexicons/lexicon.schema.json.
/// Errors: SchemaError as above; also for poles other than one or two, an unknown pole, a weight
/// that is not finite and above 0, a term listed twice for one object.
/// Cost: linear but for the search for repeated terms, n log n.
[[nodiscard]] Lexicon lexicon_from_json(std::string_view json);

/// Reads the words of figures and dates: the facts.json of a language. What it leaves out the
/// language does not have.
/// Errors: SchemaError as above; also for lists that are not 12 months or 7 weekdays, a holiday
/// that is no day of the year, a comparator that is none.
/// Cost: linear.
[[nodiscard]] FactLanguage facts_from_json(std::string_view json);

/// Reads the rules of labels. The format is documented by resources/rules/labels.schema.json.
/// Errors: SchemaError as above; also for an id that is no rule of the engine or stands twice, fewer
/// than two examples or counter-examples, an example without its label in braces.
/// Cost: linear.
[[nodiscard]] LabelRules label_rules_from_json(std::string_view json);

}  // namespace framelens
