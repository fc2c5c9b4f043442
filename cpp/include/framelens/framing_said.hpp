// What the words of an axis say of targets beside the nouns: modifiers and predicates.
#pragma once

#include "framelens/annotations_labels.hpp"
#include "framelens/framing_terms.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace framelens {

enum class SaidKind : std::uint8_t { modifier, predication };
[[nodiscard]] std::string_view name_of(SaidKind kind) noexcept;

/// One adjective that is said of a target: "the brutal Moore", "Moore is brutal".
struct Said {
    std::int32_t target = 0;
    SaidKind kind = SaidKind::modifier;
    TermHit hit{};
    std::optional<Distance> distance{};  // negated, hypothetical
    std::int32_t phrase = 0;             // as in `DocumentLabels`
    NamedObject object = NamedObject::person;
    NamingRule rule = NamingRule::copula;  // of the label that a modifier stands before
};

/// What a document says of the targets, in text order; `hits` are those of its axis.
/// Cost: linear in hits, mentions and labels.
[[nodiscard]] std::vector<Said> find_said(const Annotated& document, const DocumentLabels& labels,
                                          const std::vector<TermHit>& hits);

}  // namespace framelens
