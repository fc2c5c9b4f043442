#include "framelens/reference_weights.hpp"

#include <algorithm>
#include <bit>
#include <iterator>

namespace framelens {
namespace {

constexpr std::string_view names[] = {
    "here_subject",
    "here_opening",
    "here_acting",
    "here_owner",
    "here_governed",
    "here_other",
    "near_subject",
    "near_opening",
    "near_acting",
    "near_owner",
    "near_governed",
    "near_other",
    "far_subject",
    "far_opening",
    "far_acting",
    "far_owner",
    "far_governed",
    "far_other",
    "two_back",
    "some_back",
    "many_back",
    "both_subjects",
    "both_objects",
    "both_owners",
    "subject_then_owner",
    "owner_then_subject",
    "object_then_subject",
    "subject_then_object",
    "by_pronoun",
    "by_description",
    "by_full_name",
    "by_pronoun_here",
    "by_pronoun_near",
    "apposed",
    "bracketed",
    "nearest",
    "nearest_subject",
    "leads_sentence",
    "second_mention",
    "some_mentions",
    "many_mentions",
    "most_mentions",
    "last_pronoun",
    "last_pronoun_subject",
    "last_pronoun_same",
    "alone_near",
    "nearest_lead",
    "near_paragraph",
    "pronoun_here",
    "subject_before",
    "opens_text",
    "same_paragraph",
    "other_subject_between",
    "given_name_agrees",
    "given_name_differs",
    "pronoun_agrees",
    "pronoun_differs",
    "title_agrees",
    "noun_agrees",
    "noun_differs",
    "same_surname",
    "only_fits",
    "unknown_kind",
    "unknown_single",
    "unknown_governed",
    "behind_article",
    "behind_nation",
    "before_nation",
    "unknown_opening",
    "unknown_verb",
    "unlike_name",
    "own_clause_object",
    "own_clause_nearest",
    "own_clause_owner",
    "own_clause_subject",
    "beside_verb",
    "says_this",
    "joined",
    "ahead",
    "ahead_unnamed",
    "other_voice",
    "quoted_near",
    "quoted_far",
    "quoted_subject",
    "quoted_lead",
    "quoted_alone",
    "quoted_most",
    "said_last",
    "said_both",
    "said_here",
    "said_near",
    "said_far",
    "said_alone",
    "said_by_pronoun",
    "said_lead",
    "said_most",
    "said_many",
    "said_subject",
    "nobody",
    "nobody_alone",
    "nobody_few",
    "nobody_many",
    "nobody_here",
    "nobody_noun_here",
    "nobody_noun_subject",
    "nobody_noun_near",
    "nobody_noun_agrees",
    "nobody_noun_differs",
    "nobody_in_quote",
    "nobody_said",
    "nobody_subject",
    "nobody_owner",
    "nobody_relative",
    "nobody_opens_text",
    "nobody_pronoun_here",
};
static_assert(std::size(names) == clue_count);

}  // namespace

std::string_view name_of(Clue clue) noexcept {
    return names[static_cast<std::size_t>(clue)];
}

std::optional<Clue> clue_named(std::string_view name) noexcept {
    const auto* const at = std::find(std::begin(names), std::end(names), name);
    if (at == std::end(names)) return std::nullopt;
    return static_cast<Clue>(at - std::begin(names));
}

double ReferenceWeights::score(Clues clues) const noexcept {
    double sum = 0;
    for (std::size_t part = 0; part < clues.bits.size(); ++part) {
        for (std::uint64_t rest = clues.bits[part]; rest != 0; rest &= rest - 1) {
            sum += of[64 * part + static_cast<std::size_t>(std::countr_zero(rest))];
        }
    }
    return sum;
}

}  // namespace framelens
