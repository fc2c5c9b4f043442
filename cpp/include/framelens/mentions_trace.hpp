// Why a noun is a label or none, and whom the expressions of its sentence mean.
#pragma once

#include "framelens/mentions.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace framelens {

enum class AttemptOutcome : std::uint8_t {
    label,    // the rule's answer is a target
    nobody,   // the rule's answer is that the noun names no target
    stopped,  // the rule does not fit
    skipped   // no rule was asked of the noun
};
[[nodiscard]] std::string_view name_of(AttemptOutcome outcome) noexcept;

/// One rule tried at one noun.
struct RuleAttempt {
    Span noun;
    std::string_view rule_id{};  // a view of the rules; empty where none was asked
    AttemptOutcome outcome = AttemptOutcome::stopped;
    std::string why{};                     // empty for a label
    std::optional<std::int32_t> target{};  // of a label
    Span phrase{};                         // likewise
};

/// A phrase of a sentence as the rules see it.
struct SentencePart {
    std::string_view kind;  // "name", "pronoun", "description", "noun phrase", "verb group"
    Span span;
    std::string note{};                    // of a verb group: "passive, negated"
    std::optional<std::int32_t> entity{};  // index into CorpusNames::entities
};

/// Somebody whom a pronoun or a description might mean.
struct Candidate {
    Span reference;  // the pronoun or description
    Span printed;    // where the candidate stands last before it
    std::int32_t entity = 0;
    bool meant = false;
    std::string why{};
};

struct Trace {
    std::vector<Span> sentences;
    std::vector<SentencePart> parts;
    std::vector<Candidate> candidates;
    std::vector<RuleAttempt> attempts;
};

/// Reads the document as `find_namings` does, and notes what concerns the asked tokens: the parts of
/// their sentences, the candidates of each pronoun and description there, and each rule tried at
/// each noun among them. Cost: that of find_namings.
[[nodiscard]] Trace trace_namings(const Annotated& document, const TargetTable& targets,
                                  const LabelRules& rules,
                                  const std::unordered_set<std::string>& ruling, TokenRange asked);

/// A table in which each bearer of the corpus is a target of its own, numbered as the entities.
[[nodiscard]] TargetTable every_bearer(const CorpusNames& corpus);

}  // namespace framelens
