// Who is in a corpus: persons, organisations, nations and groups, and where each is meant.
#pragma once

#include "framelens/annotations.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace framelens {

enum class ActorKind : std::uint8_t { person, organisation, nation, group };
[[nodiscard]] std::string_view name_of(ActorKind kind) noexcept;

/// A title is a name with what stands before it: "President Reed", "Mr. Reed".
enum class ActorForm : std::uint8_t { name, title, description, pronoun };
[[nodiscard]] std::string_view name_of(ActorForm form) noexcept;

/// What a corpus prints of somebody, with counts by form.
struct Actor {
    using Counts = std::map<std::string, std::int64_t>;
    ActorKind kind = ActorKind::person;
    std::string name;
    std::optional<std::int32_t> nation;  // index into Language::nations
    Counts forms;                        // names as printed, titles off
    Counts roles;                        // lemmas
    Counts pronouns;                     // of the third person, in the subject's case
    Counts honorifics;                   // as printed
    std::int64_t sources = 0;
    std::int64_t documents = 0;
    std::int64_t mentions = 0;
};

/// A place that means somebody, or that means nobody who is known.
struct ActorMention {
    ActorKind kind = ActorKind::person;
    std::optional<std::int32_t> actor;  // index into the actors
    Span span;
    ActorForm form = ActorForm::name;
    Because why = Because::printed;
    std::vector<std::int32_t> candidates;  // indices into the actors
    const Reference* reference = nullptr;  // of persons and organisations; the document's
};

struct Actors {
    std::vector<Actor> all;  // in order of kind, then as the corpus has them
    std::vector<std::vector<ActorMention>> mentions;  // by document, in text order
};

/// Finds every actor and mention outside boilerplate and duplicates. A pronoun that no person in sight
/// can be ("you", "we", "they" of many) is no mention.
/// Shapes: `sources` has one entry a document, numbers from 0 on.
/// Errors: ValueError if the lengths differ, `Interrupted`. Cost: linear. Independent of threads.
[[nodiscard]] Actors find_actors(const Annotations& annotations,
                                 const std::vector<std::int32_t>& sources, const Run& run = {});

}  // namespace framelens
