// Indirect speech around a noun. Internal to the room `mentions`.
#pragma once

#include "framelens/grammar.hpp"
#include "framelens/mentions.hpp"

#include <cstdint>

namespace framelens::mentions_detail {

/// The innermost indirect clause around a noun, or null. What goes on behind it is the writer's: "hailed
/// the victory, and held talks with | dictator Moore"; "says it did so, which | dictator Moore condemned".
[[nodiscard]] const Quotation* reported_around(const Annotated& document, const Grammar& grammar,
                                               std::int32_t noun);

}  // namespace framelens::mentions_detail
