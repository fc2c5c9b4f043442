// The rules by which nouns name targets, as their file states them: resources/rules/labels.json.
#pragma once

#include "framelens/types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace framelens {

enum class NamingRule : std::uint8_t {
    title,        // President Nicolás Maduro
    apposition,   // Kim Jong Un, the North Korean dictator,
    copula,       // Maduro is a dictator; called Maduro a strongman
    description,  // the Venezuelan dictator; the Venezuelan regime
    possessive,   // his regime; Maduro's government
    compound      // the Trump administration
};
enum class NamedObject : std::uint8_t { person, institution };
[[nodiscard]] std::string_view name_of(NamingRule rule) noexcept;
[[nodiscard]] std::string_view name_of(NamedObject object) noexcept;

/// What an element of a pattern reads. A pattern stands in reading order around the label's noun, and
/// is read outwards from it: "[NP:target] [VG be] adv* [NP predicate]".
enum class PatternKind : std::uint8_t {
    predicate,  // [NP predicate]: the label's noun, its phrase, whatever owns it, marks
    office,     // [office]: the label's noun, an office without an article
    plural,     // [NP plural]: the label's noun, of several
    others,     // [NP others]: likewise, with "other"
    target,     // [NP:target]: whom the noun names, a subject
    object,     // [NP:target object]: the object of a verb
    whom,       // [NP:target whom]: whom the relative clause of the verb is about
    listed,     // [NP:target listed]: a name, or each of those joined by "and"
    several,    // [NP:targets]: each of two names and more
    namer,      // [NP:namer]: the last in the sentence before the verb who may call somebody so
    agent,      // [agent]: by Olaf Lund
    be,         // [VG be]: with modals, negations, adverbs, "who"
    linking,    // [VG linking]: become, remain, likewise
    naming,     // [VG naming]: call, describe, in any form
    naming_passive,   // [VG naming passive]
    naming_apposed,   // [VG naming apposed]: a participle without its "be"
    viewing,          // [VG viewing]: see, regard, or a naming verb, in any form
    viewing_passive,  // [VG viewing passive]
    viewing_apposed,  // [VG viewing apposed]
    giving_passive,   // [VG giving passive]: was elected
    reflexive,        // [reflexive]: herself
    including,        // [including]: before some of many
    adverbs,          // adv*: any number, also none
    word              // itself, folded; a comma
};

struct PatternElement {
    PatternKind kind = PatternKind::word;
    bool optional = false;
    std::string shown{};                  // as the pattern has it
    std::vector<PatternElement> group{};  // outwards; then kind says nothing
};

struct LabelPattern {
    PatternKind noun = PatternKind::predicate;
    std::vector<PatternElement> before{};  // from the noun outwards
    std::vector<PatternElement> behind{};

    [[nodiscard]] bool empty() const noexcept { return before.empty() && behind.empty(); }
    /// Of nouns that name several at once.
    [[nodiscard]] bool is_plural() const noexcept {
        return noun == PatternKind::plural || noun == PatternKind::others;
    }
};

/// Errors: ValueError for an element that is none, a bracket that is not closed, no or two nouns, and
/// no or two targets.
[[nodiscard]] LabelPattern parse_pattern(std::string_view text);

/// What the engine does for a rule without a pattern. The table in mentions_patterns.cpp has the id of each.
enum class LabelStep : std::uint8_t {
    nation_institution,     // the Venezuelan government
    name_institution,       // the Trump administration
    pronoun_institution,    // his regime
    owner_institution,      // Maduro's government
    institution_of_nation,  // the government of Venezuela
    institution_of_name,    // the regime of Nicolás Maduro
    institution_of_other,   // the regime of the warden: nobody's
    described_institution,  // the socialist regime, where that word described a target before
    same_institution,       // the regime, whose it was before
    ruler_institution,      // the regime, of the story's main person
    title_before_name,      // President Maduro
    title_in_marks,         // ‘Dictator’ Maduro
    apposed_behind,         // Maduro, the dictator,
    apposed_before,         // its leader, Maduro
    question,               // Is Maduro a dictator?
    headline_question,      // Maduro a dictator?
    as_role,                // Maduro served as president
    as_first,               // As president, Maduro
    joined_apposition,      // Maduro, a lawyer and politician
    joined_predicate,       // Maduro is a lawyer and politician
    nation_description,     // the Venezuelan dictator
    description,            // the dictator
    main_description,       // the dictator, of the story's main person
    group                   // the migrants
};

/// The id of a step's rule, "copula.is".
[[nodiscard]] std::string_view id_of(LabelStep step) noexcept;
/// The step of the rule of that id, or nothing.
[[nodiscard]] std::optional<LabelStep> step_of(std::string_view id) noexcept;

/// One rule: how a noun names a target.
struct LabelRule {
    std::string id;  // "copula.is": the rule that it gives, and what tells it from others
    NamingRule rule = NamingRule::title;
    NamedObject object = NamedObject::person;
    std::optional<LabelStep> step{};
    LabelPattern pattern{};  // empty where there is a step
};

/// Rules in the order in which they are tried; the first that knows whom a noun names is the answer.
struct LabelRules {
    std::vector<LabelRule> rules;

    /// The rules whose ids these are, in their own order. Errors: ValueError for an id that is none.
    [[nodiscard]] LabelRules only(const std::vector<std::string>& ids) const;
    /// The rule of that step, or null.
    [[nodiscard]] const LabelRule* find(LabelStep step) const noexcept;
};

}  // namespace framelens
