// One axis of framing, as data: its poles and the terms that stand for them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace framelens {

/// What a label may name for a term to fit it.
enum class LabelObject : std::uint8_t { any, person, institution };
[[nodiscard]] std::string_view name_of(LabelObject object) noexcept;

/// How a term's text is compared: as a word, as words in a row, or with `*` (any letters, or
/// none) and `?` (one letter).
enum class TermMatch : std::uint8_t { exact, phrase, glob };
[[nodiscard]] std::string_view name_of(TermMatch match) noexcept;

/// A term of an axis. Texts are folded as by unicode's `fold`.
struct LexiconTerm {
    std::string text;
    std::vector<std::string> forms;    // other forms that count as the same: plurals, spellings
    std::optional<std::int32_t> pole;  // index into Lexicon::poles; nothing: neutral
    double weight = 1.0;               // finite and above 0; of a neutral term 0
    LabelObject object = LabelObject::any;
    TermMatch match = TermMatch::exact;
    std::string note;  // why it is here
};

/// What a word before a label does to it.
enum class ModifierEffect : std::uint8_t {
    turn,    // gives it the modifier's pole: an illegitimate president
    voids,   // takes its weight: a self-declared president
    leave,   // says its own pole beside it: an unelected president
    neutral  // makes it neutral: the acting president
};
[[nodiscard]] std::string_view name_of(ModifierEffect effect) noexcept;

/// A modifier of an axis. Texts are folded as by unicode's `fold`.
struct LexiconModifier {
    std::string text;
    std::vector<std::string> forms;
    ModifierEffect effect = ModifierEffect::neutral;
    std::optional<std::int32_t> pole;  // of `turn` and `leave`
    std::vector<std::string> before;   // the labels it does so to; all where empty
    std::string note;
};

/// What a score counts by default: nouns, or adjectives too.
enum class CountedKind : std::uint8_t { label, all };
[[nodiscard]] std::string_view name_of(CountedKind kind) noexcept;

/// An axis, built from its JSON file.
struct Lexicon {
    std::string axis;
    std::string version;
    std::string language;            // BCP 47
    std::vector<std::string> poles;  // one or two names; the first is `a` of the score
    CountedKind counts = CountedKind::label;
    std::vector<LexiconTerm> terms;
    std::vector<LexiconModifier> modifiers;
    std::vector<std::string> exclusions;  // folded phrases in which a term does not count
    std::string notes;
};

/// The term that `folded` (a word or words in a row, folded) and the object belong to: by text or
/// form before glob, a term for this object before one for any, the earlier before the later.
/// Missing: null. `object` is any where it is not known; then terms of every object fit.
/// Cost: linear in the terms.
[[nodiscard]] const LexiconTerm* find_term(const Lexicon& lexicon, std::string_view folded,
                                           LabelObject object) noexcept;

}  // namespace framelens
