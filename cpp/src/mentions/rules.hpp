// The rules by which a noun names a target. Internal to the room `mentions`.
#pragma once

#include "framelens/grammar.hpp"
#include "framelens/mentions.hpp"
#include "meant.hpp"

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace framelens::mentions_detail {

/// What a rule says of a noun: whom it names; no target where it names somebody else.
struct Named {
    std::optional<std::int32_t> target;
    NamedObject object = NamedObject::person;
    NamingRule rule = NamingRule::title;
    std::int32_t first = 0;  // first token of the noun phrase
    std::optional<Speaker> namer;
    std::optional<Distance> distance;
    std::string term{};  // of a group's noun
};

/// Reads one document from start to end: call `apply` in the order of tokens.
class Rules {
public:
    Rules(const Annotated& document, const TargetTable& targets, Ruling& ruling);

    /// What the role or institution noun at `noun` names, if any rule applies.
    [[nodiscard]] std::optional<Named> apply(std::int32_t noun);

    /// What a group's noun names: "illegal aliens", "the caravan".
    [[nodiscard]] Named group(const GroupNouns::Match& match) const;

    /// The words before the noun that modify it, as printed, without those in `term`.
    [[nodiscard]] std::string modifiers(std::int32_t noun, const std::string& term) const;

    /// Why a label does not count, by its own words: "so-called", scare quotes.
    [[nodiscard]] std::optional<Distance> distance(std::int32_t noun) const;

private:
    [[nodiscard]] std::optional<Named> title(std::int32_t noun) const;
    [[nodiscard]] std::optional<Named> marked_title(std::int32_t noun) const;
    [[nodiscard]] std::optional<Named> apposition(std::int32_t noun) const;
    [[nodiscard]] std::optional<Named> copula(std::int32_t noun) const;
    [[nodiscard]] std::optional<Named> question(std::int32_t noun) const;
    [[nodiscard]] bool is_asked(std::int32_t noun) const;
    [[nodiscard]] bool is_denied(const Reference& subject) const;
    [[nodiscard]] bool leads_to_title(std::int32_t noun, std::int32_t name) const;
    [[nodiscard]] bool governs(std::int32_t noun, TokenRange name) const;
    [[nodiscard]] bool begins_clause(std::int32_t noun) const;
    [[nodiscard]] bool is_of_a_person(std::int32_t noun) const;
    [[nodiscard]] bool is_no_predicate(std::int32_t first, std::int32_t noun) const;
    [[nodiscard]] bool may_be_verb(std::int32_t t) const;
    [[nodiscard]] const Reference* subject_of_object(const Reference& object) const;
    [[nodiscard]] bool is_supposed(const Reference& subject) const;
    [[nodiscard]] std::optional<Named> naming_verb(std::int32_t noun, std::int32_t before) const;
    [[nodiscard]] bool leads_others(std::int32_t noun) const;
    [[nodiscard]] std::int32_t before_owner(std::int32_t first) const;
    [[nodiscard]] bool opens_marks(std::int32_t t, std::int32_t noun) const;
    [[nodiscard]] std::optional<Named> reflexive(std::int32_t noun, std::int32_t t) const;
    [[nodiscard]] const Reference* subject_before(std::int32_t t) const;
    [[nodiscard]] const Reference* passive_subject(std::int32_t t, const VerbGroup& group) const;
    [[nodiscard]] std::optional<Speaker> agent_behind(std::int32_t noun) const;
    [[nodiscard]] const Reference* relative_object(std::int32_t t) const;
    [[nodiscard]] std::optional<std::int32_t> verb_before_agent(std::int32_t last,
                                                                std::int32_t noun) const;
    [[nodiscard]] Speaker speaker_of(const Reference& namer) const;
    [[nodiscard]] std::optional<Speaker> namer_between(std::int32_t first, std::int32_t end) const;
    [[nodiscard]] std::optional<Named> as_role(std::int32_t noun) const;
    [[nodiscard]] std::optional<Named> given_office(std::int32_t noun) const;
    [[nodiscard]] std::optional<Named> coordinated(std::int32_t noun) const;
    [[nodiscard]] std::optional<Named> description(std::int32_t noun) const;
    [[nodiscard]] std::optional<Named> institution(std::int32_t noun);
    [[nodiscard]] std::optional<Named> institution_owner(std::int32_t noun) const;
    [[nodiscard]] std::optional<Named> institution_of(std::int32_t noun) const;
    [[nodiscard]] std::optional<Named> institution_alone(std::int32_t noun) const;

    [[nodiscard]] std::int32_t phrase_start(std::int32_t noun) const;
    [[nodiscard]] bool is_modifier(std::int32_t noun) const;
    [[nodiscard]] bool is_idiom(std::int32_t noun) const;
    [[nodiscard]] bool has_foreign_complement(std::int32_t noun) const;
    [[nodiscard]] std::optional<std::int32_t> nation_complement(std::int32_t noun) const;
    [[nodiscard]] std::optional<std::int32_t> target_of(const Reference& who) const {
        return meant_.by(who);
    }
    [[nodiscard]] std::optional<std::int32_t> target_of(std::optional<std::int32_t> entity) const;
    [[nodiscard]] std::optional<std::int32_t> target_of_nation(std::int32_t nation) const;
    [[nodiscard]] std::optional<std::int32_t> main_person(const std::string& term,
                                                          std::int32_t noun) const;
    [[nodiscard]] std::optional<std::int32_t> last_insulted(std::int32_t noun) const;
    [[nodiscard]] std::optional<std::int32_t> nearest_person(std::int32_t noun) const;
    [[nodiscard]] std::optional<std::int32_t> ruler(std::int32_t noun) const;
    [[nodiscard]] const Token& token(std::int32_t t) const {
        return document_.text.tokens[static_cast<std::size_t>(t)];
    }
    [[nodiscard]] bool in_text(std::int32_t t, std::int32_t of) const;
    [[nodiscard]] bool is_word(std::int32_t t, std::int32_t of, WordClass any) const {
        return in_text(t, of) && token(t).is(any);
    }
    [[nodiscard]] bool reads(std::int32_t t, std::int32_t of, std::string_view word) const;
    [[nodiscard]] std::string folded(std::int32_t t) const;
    void remember(std::int32_t noun, const Named& named);

    const Annotated& document_;
    Grammar grammar_;
    const TargetTable& targets_;
    Ruling& ruling_;
    Meant meant_;
    /// A noun that another may be joined to by "and".
    struct Joinable {
        std::int32_t noun = 0;
        Named named;
    };
    std::optional<Joinable> joinable_;
    std::optional<std::int32_t> main_;  // most mentioned person
    std::set<std::int32_t> named_;      // targets that the article names
    std::unordered_map<std::string, std::optional<std::int32_t>> last_owner_;  // by institution
    std::unordered_map<std::string, std::int32_t> modified_;  // target last described by a word
};

}  // namespace framelens::mentions_detail
