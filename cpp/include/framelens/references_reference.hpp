// One expression that refers to somebody, and whom it may mean.
#pragma once

#include "framelens/names.hpp"
#include "framelens/reference_weights.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace framelens {

enum class ReferenceForm : std::uint8_t { name, pronoun, description };
[[nodiscard]] std::string_view name_of(ReferenceForm form) noexcept;

/// Why a reference means whom it means, or nobody.
enum class Because : std::uint8_t {
    printed,  // a name
    speaker,  // "I" inside a quotation whose speaker is known
    beside,   // a name stands beside it: "its leader, Kim"
    only,     // nobody else fits
    best,     // the best of those who fit
    several,  // nobody: several fit about equally, or the only one not well
    none      // nobody: none fits
};
[[nodiscard]] std::string_view name_of(Because why) noexcept;

/// Where an expression stands in its clause, as far as the words next to it tell.
enum class Standing : std::uint8_t {
    subject,   // opens the clause, before a verb
    opening,   // opens it: a subject, or one of several
    acting,    // before a verb: "In May Lund left"
    owner,     // "Lund's", "his"
    governed,  // behind a preposition
    other      // an object, mostly
};

/// One expression that refers to somebody.
struct Reference {
    TokenRange tokens;      // with titles and modifiers: "the Venezuelan leader"
    std::int32_t head = 0;  // the last word of a name, the pronoun, the role noun
    ReferenceForm form = ReferenceForm::name;
    std::optional<std::int32_t> entity;  // index into CorpusNames::entities
    Standing standing = Standing::other;
    bool person = true;                  // of a name: nothing tells that it is no person's
    bool full = false;                   // a name of several words
    bool subject = false;                // opens its clause
    bool aside = false;                  // in a caption, a byline or boilerplate
    bool possessor = false;              // "Maduro's", "his"
    bool compound = false;               // "the Trump administration"
    std::optional<std::int32_t> mark;    // innermost marked span that holds it
    bool settled = false;                // a name beside it tells whom it means
    bool foreign = false;                // "the head of the cartel": of what is no nation
    std::optional<std::int32_t> nation;  // of a description: "the Venezuelan leader"
    std::string term;                    // of a description: its role with prefixes
    std::vector<std::string> called;     // every role in it with prefixes
    Because why = Because::none;
    std::vector<std::int32_t> candidates;  // who fits, the best first; none of a name
    std::vector<float> shares;             // of a pronoun: the candidates' shares, of 1
};

/// Somebody whom a pronoun may mean, or nobody.
struct Candidacy {
    std::optional<std::int32_t> entity;
    Clues clues;
    double share = 0;  // by the language's weights, of 1
};

}  // namespace framelens
