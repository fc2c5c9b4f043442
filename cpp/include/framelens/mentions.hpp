// Where a target is named, and what it is called.
#pragma once

#include "framelens/names.hpp"
#include "framelens/quotes.hpp"
#include "framelens/references.hpp"
#include "framelens/tokens.hpp"
#include "framelens/types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace framelens {

/// Whom to follow, as the user gave it. `describes` are nation words that describe the target.
struct Target {
    std::string name;
    std::vector<std::string> aliases;
    std::vector<std::string> describes;
};

enum class NamingRule : std::uint8_t {
    title,        // President Nicolás Maduro
    apposition,   // Kim Jong Un, the North Korean dictator,
    copula,       // Maduro is a dictator; called Maduro a strongman
    description,  // the Venezuelan dictator; the Venezuelan regime
    possessive,   // his regime; Maduro's government
    compound      // the Trump administration
};
enum class NamedObject : std::uint8_t { person, institution };
enum class Distance : std::uint8_t { scare, negated, so_called };
[[nodiscard]] std::string_view name_of(NamingRule rule) noexcept;
[[nodiscard]] std::string_view name_of(NamedObject object) noexcept;
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
    const Quotation* quoted = nullptr;    // innermost direct or partial quotation around it
    const Quotation* reported = nullptr;  // innermost indirect speech around it
    std::optional<Speaker> namer;         // of "X called Maduro a dictator": X
    std::optional<Distance> distance;
    ZoneKind zone = ZoneKind::body;
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

/// Which entities and nations of the corpus stand for which target.
struct TargetTable {
    std::vector<std::optional<std::int32_t>> of_entity;  // target of each corpus entity
    std::vector<std::optional<std::int32_t>> of_nation;  // target tied to each nation
};

/// Errors: ValueError if a target is empty, or a name fits two targets.
[[nodiscard]] TargetTable match_targets(const std::vector<Target>& targets,
                                        const CorpusNames& corpus, const Language& language);

/// What one annotated document offers to mentions; views of what the caller keeps alive.
struct Annotated {
    const SegmentedText& text;
    const DocumentNames& names;
    const References& references;
    const std::vector<Quotation>& quotes;
};

/// Labels of the targets in text order; boilerplate and duplicated captions give none.
/// `ruling` are folded terms whose definite descriptions may go to the story's main person when
/// nobody else in the text fits.
[[nodiscard]] std::vector<Naming> find_namings(const Annotated& document,
                                               const TargetTable& targets,
                                               const std::unordered_set<std::string>& ruling);

/// Names, descriptions and pronouns of the targets in text order, among them the descriptions in
/// `namings` of the same document; boilerplate and duplicated captions give none.
[[nodiscard]] std::vector<TargetMention> find_mentions(const Annotated& document,
                                                       const TargetTable& targets,
                                                       const std::vector<Naming>& namings);

}  // namespace framelens
