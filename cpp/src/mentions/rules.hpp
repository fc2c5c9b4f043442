// The rules by which a noun names a target. Internal to the room `mentions`.
#pragma once

#include "framelens/grammar.hpp"
#include "framelens/mentions.hpp"
#include "framelens/mentions_trace.hpp"
#include "meant.hpp"
#include "nouns.hpp"
#include "reading.hpp"

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace framelens::mentions_detail {

/// What a rule says of a noun: whom it names; no target where it names somebody else.
struct Named {
    std::optional<std::int32_t> target;
    LabelStep step = LabelStep::description;  // of a rule without a pattern
    std::int32_t first = 0;                   // first token of the noun phrase
    std::optional<Speaker> namer{};
    std::optional<Distance> distance{};
    std::string term{};                // of a group's noun
    std::vector<std::int32_t> also{};  // more targets: "dictators such as Moore and Lund"
    const LabelRule* by = nullptr;     // the rule whose answer it is
};

/// Zone of a position, or nothing where it gives no evidence.
[[nodiscard]] std::optional<ZoneKind> evidence_zone(const SegmentedText& text, std::int64_t pos);

/// The singular of a folded noun: as the language lists it, else without a plural's ending.
[[nodiscard]] std::string singular_of(const std::string& folded, const Language& language);

/// What a reader who asks why is told.
struct Notes {
    std::vector<RuleAttempt> attempts;
    std::string why{};  // the rule tried last stopped
};

/// Reads one document from start to end: call `apply` in the order of tokens.
class Rules {
public:
    Rules(const Annotated& document, const TargetTable& targets, const LabelRules& rules,
          Ruling& ruling);

    [[nodiscard]] const LabelNouns& nouns() const noexcept { return nouns_; }

    /// What the noun at `noun` names: the answer of the first rule that has one.
    [[nodiscard]] std::optional<Named> apply(std::int32_t noun);

    /// What a group's noun names, if that rule is asked: "illegal aliens", "the caravan".
    [[nodiscard]] std::optional<Named> group(const GroupNouns::Match& match) const;

    /// Notes each rule that is tried from now on; null: no more.
    void note_to(Notes* notes) noexcept { notes_ = notes; }

    /// The words before the noun that modify it, as printed, without those in `term`.
    [[nodiscard]] std::string modifiers(std::int32_t noun, const std::string& term) const;

    [[nodiscard]] std::optional<std::int32_t> target_of(std::optional<std::int32_t> entity) const;

    [[nodiscard]] const Grammar& grammar() const noexcept { return grammar_; }

    /// Why a label does not count, by its own words: "so-called", scare quotes.
    [[nodiscard]] std::optional<Distance> distance(std::int32_t noun) const;

private:
    /// Rules that one reading of the noun answers together.
    enum class Family : std::uint8_t {
        institution_owner,
        institution_of,
        institution_alone,
        title,
        apposition,
        question,
        as_role,
        joined,
        description,
        group
    };
    /// No answer, and why: static text.
    std::nullopt_t stop(std::string_view why) const {
        if (notes_ != nullptr) notes_->why = why;
        return std::nullopt;
    }
    [[nodiscard]] std::optional<Named> match(const LabelPattern& pattern, std::int32_t noun) const;
    [[nodiscard]] bool may_stand(const LabelPattern& pattern, std::int32_t noun) const;
    [[nodiscard]] bool read_noun(PatternKind kind, Reading& read) const;
    [[nodiscard]] bool read_before(const PatternElement& element, Reading& read) const;
    [[nodiscard]] bool read_one(const PatternElement& element, Reading& read) const;
    [[nodiscard]] bool read_adverbs(Reading& read) const;
    [[nodiscard]] bool read_copula(WordClass verb, Reading& read) const;
    [[nodiscard]] bool read_verb(PatternKind kind, Reading& read) const;
    [[nodiscard]] bool read_target(PatternKind kind, Reading& read) const;
    [[nodiscard]] bool read_agent(Reading& read) const;
    [[nodiscard]] bool is_of_relative(std::int32_t verb, std::int32_t noun) const;
    [[nodiscard]] const Reference* subject_of_copula(const Reference* near,
                                                     const Reading& read) const;
    [[nodiscard]] bool read_behind(const PatternElement& element, Reading& read) const;
    [[nodiscard]] bool read_plural(PatternKind kind, Reading& read) const;
    [[nodiscard]] bool read_list(PatternKind kind, bool behind, Reading& read) const;
    [[nodiscard]] std::optional<Named> apposed_with_complement(std::int32_t noun) const;
    [[nodiscard]] bool goes_on_as_list(std::int32_t noun) const;
    [[nodiscard]] bool is_participle(std::int32_t t) const;
    [[nodiscard]] Named named_by(const Reading& read) const;
    std::nullopt_t stop_at(const PatternElement& element, std::int32_t at, std::int32_t noun) const;
    void note(std::int32_t noun, const LabelRule& rule, const std::optional<Named>& answer) const;
    std::nullopt_t skip(std::int32_t noun, std::string_view why) const;
    [[nodiscard]] bool is_surname(std::int32_t noun) const;
    [[nodiscard]] static Family family_of(LabelStep step);
    [[nodiscard]] std::optional<Named> read_as(Family family, std::int32_t noun);
    [[nodiscard]] std::optional<Named> title(std::int32_t noun) const;
    [[nodiscard]] std::optional<Named> marked_title(std::int32_t noun) const;
    [[nodiscard]] std::optional<Named> apposition(std::int32_t noun) const;
    [[nodiscard]] std::optional<Named> question(std::int32_t noun) const;
    [[nodiscard]] bool is_asked(std::int32_t noun) const;
    [[nodiscard]] bool ends_in_question(std::int32_t noun) const;
    [[nodiscard]] bool is_denied(const Reference& subject) const;
    [[nodiscard]] bool leads_to_title(std::int32_t noun, std::int32_t name) const;
    [[nodiscard]] bool governs(std::int32_t noun, TokenRange name) const;
    [[nodiscard]] bool begins_clause(std::int32_t noun) const;
    [[nodiscard]] bool is_of_a_person(std::int32_t noun) const;
    [[nodiscard]] bool is_no_predicate(std::int32_t first, std::int32_t noun) const;
    [[nodiscard]] bool may_be_verb(std::int32_t t) const;
    [[nodiscard]] const Reference* subject_of_object(const Reference& object) const;
    [[nodiscard]] bool is_supposed(const Reference& subject) const;
    [[nodiscard]] bool opens_clause(std::int32_t t) const;
    [[nodiscard]] bool leads_others(std::int32_t noun) const;
    [[nodiscard]] std::int32_t before_owner(std::int32_t first) const;
    [[nodiscard]] bool opens_marks(std::int32_t t, std::int32_t noun) const;
    [[nodiscard]] const Reference* subject_before(std::int32_t t) const;
    [[nodiscard]] std::optional<Speaker> agent_behind(std::int32_t noun) const;
    [[nodiscard]] const Reference* relative_object(std::int32_t t) const;
    [[nodiscard]] std::optional<std::int32_t> verb_before_agent(std::int32_t last,
                                                                std::int32_t noun) const;
    [[nodiscard]] Speaker speaker_of(const Reference& namer) const;
    [[nodiscard]] std::optional<Speaker> namer_between(std::int32_t first, std::int32_t end) const;
    [[nodiscard]] std::optional<Named> as_role(std::int32_t noun) const;
    [[nodiscard]] std::optional<Named> coordinated(std::int32_t noun) const;
    [[nodiscard]] std::optional<Named> description(std::int32_t noun) const;
    [[nodiscard]] bool names_officials(std::int32_t noun) const;
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
    [[nodiscard]] bool is_word(std::int32_t t, std::int32_t of, Marker any) const {
        return in_text(t, of) && token(t).is(any);
    }
    [[nodiscard]] const Inflection& inflection() const noexcept;
    [[nodiscard]] std::string folded(std::int32_t t) const;
    void remember(std::int32_t noun, const Named& named);

    const Annotated& document_;
    Grammar grammar_;
    const TargetTable& targets_;
    const LabelRules& rules_;
    Ruling& ruling_;
    Notes* notes_ = nullptr;
    Meant meant_;
    LabelNouns nouns_;
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
