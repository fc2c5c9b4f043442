// What speaks for and against whom a pronoun may mean, and how much: no words, and both genders alike.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace framelens {

/// What is seen of one who may be meant. "Last" is where he was meant last before the pronoun.
enum class Clue : std::uint8_t {
    // Where he stood last: in this sentence, in the one before it, farther back.
    here_subject,
    here_opening,
    here_acting,
    here_owner,
    here_governed,
    here_other,
    near_subject,
    near_opening,
    near_acting,
    near_owner,
    near_governed,
    near_other,
    far_subject,
    far_opening,
    far_acting,
    far_owner,
    far_governed,
    far_other,
    // Distance in sentences.
    two_back,
    some_back,
    many_back,
    // He stood as the pronoun does.
    both_subjects,
    both_objects,
    both_owners,
    subject_then_owner,
    owner_then_subject,
    object_then_subject,
    subject_then_object,
    // How he was meant last.
    by_pronoun,
    by_description,
    by_full_name,
    by_pronoun_here,
    by_pronoun_near,
    apposed,
    bracketed,
    // Among the others.
    nearest,
    nearest_subject,
    leads_sentence,
    second_mention,
    some_mentions,
    many_mentions,
    most_mentions,
    last_pronoun,
    last_pronoun_subject,
    last_pronoun_same,
    alone_near,
    nearest_lead,
    near_paragraph,
    pronoun_here,
    subject_before,
    opens_text,
    same_paragraph,
    other_subject_between,
    // What he is.
    given_name_agrees,
    given_name_differs,
    pronoun_agrees,
    pronoun_differs,
    title_agrees,
    noun_agrees,
    noun_differs,
    same_surname,
    only_fits,
    unknown_kind,
    unknown_single,
    unknown_governed,
    behind_article,
    behind_nation,
    before_nation,
    unknown_opening,
    unknown_verb,
    unlike_name,
    // His clause.
    own_clause_object,
    own_clause_nearest,
    own_clause_owner,
    own_clause_subject,
    beside_verb,
    says_this,
    joined,
    ahead,
    ahead_unnamed,
    other_voice,
    quoted_near,
    quoted_far,
    quoted_subject,
    quoted_lead,
    quoted_alone,
    quoted_most,
    // Who says something, and a pronoun that does: "he said".
    said_last,
    said_both,
    said_here,
    said_near,
    said_far,
    said_alone,
    said_by_pronoun,
    said_lead,
    said_most,
    said_many,
    said_subject,
    // Nobody: what else stands around.
    nobody,
    nobody_alone,
    nobody_few,
    nobody_many,
    nobody_here,
    nobody_noun_here,
    nobody_noun_subject,
    nobody_noun_near,
    nobody_noun_agrees,
    nobody_noun_differs,
    nobody_in_quote,
    nobody_said,
    nobody_subject,
    nobody_owner,
    nobody_relative,
    nobody_opens_text,
    nobody_pronoun_here,
};
inline constexpr std::size_t clue_count = static_cast<std::size_t>(Clue::nobody_pronoun_here) + 1;
static_assert(clue_count <= 128);

[[nodiscard]] std::string_view name_of(Clue clue) noexcept;
[[nodiscard]] std::optional<Clue> clue_named(std::string_view name) noexcept;

/// A set of clues.
struct Clues {
    std::array<std::uint64_t, 2> bits{};

    void set(Clue clue, bool holds = true) noexcept {
        const auto at = static_cast<unsigned>(clue);
        if (holds) bits[at / 64] |= 1ULL << at % 64;
    }
    [[nodiscard]] bool has(Clue clue) const noexcept {
        const auto at = static_cast<unsigned>(clue);
        return ((bits[at / 64] >> at % 64) & 1ULL) != 0;
    }
};

/// A log-linear model of whom a pronoun means: each who may be meant, and nobody, has a score, the sum
/// of the weights of his clues; his share is its exponential among those of all.
/// tools/fit_references.py learns it. Without weights only one who fits alone is meant.
struct ReferenceWeights {
    std::array<double, clue_count> of{};
    double least = 0.5;        // the share of one who is meant
    double least_alone = 0.5;  // the same, where everybody else near is of the other sex

    [[nodiscard]] double score(Clues clues) const noexcept;
};

}  // namespace framelens
