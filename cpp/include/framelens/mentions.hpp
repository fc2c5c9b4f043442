// Where a target is named, and what it is called.
#pragma once

#include "framelens/mentions_patterns.hpp"
#include "framelens/names.hpp"
#include "framelens/names_caseless.hpp"
#include "framelens/quotes.hpp"
#include "framelens/references.hpp"
#include "framelens/tokens.hpp"
#include "framelens/types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace framelens {

/// Whom to follow, as the user gave it. `describes` are nation words that describe the target,
/// `nouns` the common nouns that it goes by; a name among them is no proper one.
struct Target {
    std::string name;
    std::vector<std::string> aliases{};
    std::vector<std::string> describes{};
    std::vector<std::string> nouns{};

    /// The name and the aliases but for common nouns.
    [[nodiscard]] std::vector<std::string> proper_names() const;
};

enum class Distance : std::uint8_t { scare, negated, so_called, asked, hypothetical };
[[nodiscard]] std::string_view name_of(Distance distance) noexcept;

/// One noun that names a target.
struct Naming {
    std::int32_t target = 0;
    Span noun;
    Span phrase;            // the noun with its modifiers and article
    std::string term;       // folded singular with office prefixes: "vice president"
    std::string modifiers;  // as printed, "Socialist Venezuelan"; "" if none
    NamedObject object = NamedObject::person;
    NamingRule rule = NamingRule::title;
    std::string_view rule_id;             // "copula.is"; a view of the rules
    const Quotation* quoted = nullptr;    // innermost direct or partial quotation around it
    const Quotation* reported = nullptr;  // innermost indirect speech around it
    std::optional<Speaker> namer;         // of "X called Maduro a dictator": X
    std::optional<Distance> distance;
    bool self_reported = false;  // the writer's noun in what the target says: "said his regime"
    ZoneKind zone = ZoneKind::body;

    /// "Lund said President Moore left": his word, or the writer's.
    [[nodiscard]] bool is_ambiguous() const noexcept {
        return rule == NamingRule::title && reported != nullptr && !namer;
    }
};

/// One place that refers to a target.
struct TargetMention {
    std::int32_t target = 0;
    Span span;
    ReferenceForm form = ReferenceForm::name;
    const Quotation* quoted = nullptr;    // innermost direct or partial quotation around it
    const Quotation* reported = nullptr;  // innermost indirect speech around it, if not quoted
    ZoneKind zone = ZoneKind::body;
    bool labelled = false;  // with a noun: a title, a description, "the Trump administration"
};

/// Common nouns by which targets go: "migrants", "asylum seekers". One look-up a token finds them.
class GroupNouns {
public:
    struct Match {
        std::int32_t target = 0;
        std::int32_t head = 0;  // token
        bool plural = false;
        std::string term;  // folded, singular
    };

    /// Errors: ValueError if it is empty, or another target's. Singular and plural are one.
    void add(const std::string& noun, std::int32_t target, const Language& language);

    /// The longest noun that begins at the token and does not modify the next one.
    [[nodiscard]] std::optional<Match> match(const SegmentedText& text, std::int32_t token) const;
    [[nodiscard]] bool empty() const noexcept { return by_first_.empty(); }

private:
    struct Noun {
        std::vector<std::string> words;  // folded, the last one singular
        std::int32_t target = 0;
    };
    [[nodiscard]] static bool modifies(const SegmentedText& text, std::int32_t head);

    std::unordered_map<std::string, std::vector<Noun>> by_first_;
};

/// Which entities, nations and nouns of the corpus stand for which target.
struct TargetTable {
    struct Name {
        std::int32_t target = 0;
        std::vector<std::string> words;
    };
    using Names = std::vector<Name>;

    std::vector<std::optional<std::int32_t>> of_entity;    // target of each corpus entity
    std::unordered_map<std::int32_t, Names> shared;        // entities that names of several fit
    std::vector<std::optional<std::int32_t>> of_nation;    // target that each nation describes
    std::vector<std::optional<std::int32_t>> tied;         // target that titles tie to each nation
    std::vector<std::optional<std::int32_t>> that_nation;  // target that is the nation itself
    GroupNouns nouns;
};

/// A longer name goes to its own bearer, a shorter one to another: of "Jo Reed" and "Jo Reed Jr." each
/// has its own, also where the corpus takes both for one.
/// Errors: ValueError if a target is empty, if two have one name, or if a surname has no other bearer
/// than the one whom another target names in full.
[[nodiscard]] TargetTable match_targets(const std::vector<Target>& targets,
                                        const CorpusNames& corpus, const Language& language);

/// A target's name in a line in which case says nothing, that only the question tells.
struct AskedName {
    TokenRange tokens;
    std::int32_t title = 0;  // first token of the titles before it; tokens.first if there is none
    std::int32_t target = 0;
    std::vector<std::string> words;  // folded
};

/// Full names, aliases and surnames of targets; a surname of two of them is nobody's. A view of
/// `known`, which must outlive it.
class AskedNames {
public:
    AskedNames(const std::vector<Target>& targets, const KnownNames& known,
               const Language& language);

    /// False where no line in which case says nothing has a word of them.
    [[nodiscard]] bool may_be_found() const noexcept { return !targets_.empty(); }
    /// Where such lines have one, outside of the names that are known there.
    [[nodiscard]] std::vector<AskedName> find(const SegmentedText& text,
                                              const DocumentNames& names) const;

private:
    [[nodiscard]] bool may_begin(std::string_view printed) const;
    [[nodiscard]] std::optional<AskedName> longest_at(const SegmentedText& text,
                                                      const DocumentNames& names,
                                                      TokenRange rest) const;

    const KnownNames& known_;
    std::unordered_map<std::string, std::optional<std::int32_t>> targets_;  // by key
    std::unordered_set<std::string> first_words_;
};

/// What one annotated document offers to mentions; views of what the caller keeps alive.
struct Annotated {
    const SegmentedText& text;
    const DocumentNames& names;
    const References& references;
    const std::vector<Quotation>& quotes;
};

/// False where the document has no name, nation or noun of a target: it has no label and no mention.
/// `entities` are those of the document, as indices into CorpusNames::entities.
[[nodiscard]] bool concerns(const DocumentNames& names, const std::vector<std::int32_t>& entities,
                            const TargetTable& targets);

/// Folded terms whose definite descriptions may go to the story's main person when nobody else in
/// the text fits. Remembers which terms were asked for: with other answers to none of these, the
/// labels are the same.
class Ruling {
public:
    explicit Ruling(const std::unordered_set<std::string>& terms) : terms_(terms) {}

    [[nodiscard]] bool contains(const std::string& term) {
        asked_.push_back(term);
        return terms_.contains(term);
    }
    [[nodiscard]] const std::vector<std::string>& asked() const noexcept { return asked_; }

private:
    const std::unordered_set<std::string>& terms_;
    std::vector<std::string> asked_;
};

/// Labels of the targets in text order, by these rules, which must outlive them; boilerplate and
/// passages printed before give none.
[[nodiscard]] std::vector<Naming> find_namings(const Annotated& document,
                                               const TargetTable& targets, const LabelRules& rules,
                                               Ruling& ruling);
[[nodiscard]] std::vector<Naming> find_namings(const Annotated& document,
                                               const TargetTable& targets, const LabelRules& rules,
                                               const std::unordered_set<std::string>& ruling);

/// Names, descriptions and pronouns of the targets in text order, among them the descriptions in
/// `namings` of the same document; boilerplate and passages printed before give none.
[[nodiscard]] std::vector<TargetMention> find_mentions(const Annotated& document,
                                                       const TargetTable& targets,
                                                       const std::vector<Naming>& namings);

}  // namespace framelens
