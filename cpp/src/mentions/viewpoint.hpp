// In whose eyes somebody is something. Internal to the room `mentions`.
#pragma once

#include "framelens/grammar.hpp"
#include "framelens/mentions.hpp"

#include <cstdint>
#include <optional>

namespace framelens::mentions_detail {

/// Whose judgement the clause of a noun gives: "In Lund's view, Moore is a tyrant", "Moore, in the
/// eyes of critics, is a tyrant", of predicates also "To Lund, Moore is a tyrant". Nothing where it is
/// the writer's.
[[nodiscard]] std::optional<Speaker> viewpoint(const Annotated& document, const Grammar& grammar,
                                               std::int32_t noun, bool predicate);

}  // namespace framelens::mentions_detail
