// Appositions: nouns that a comma sets off beside a name.
#include "rules.hpp"

namespace framelens::mentions_detail {
namespace {

constexpr WordClass opener =
    WordClass::article | WordClass::determiner | WordClass::possessive_pronoun;

}  // namespace

/// "Kim Jong Un, the North Korean dictator," and "its leader, Kim Jong Un".
std::optional<Named> Rules::apposition(std::int32_t noun) const {
    if (leads_others(noun)) return stop("it heads something that is no nation");
    const auto beside = apposition_of(document_.text, noun);
    if (!beside && !nouns_.concerns(noun)) return stop("no comma or dash sets the phrase off");
    if (goes_on_as_list(noun)) return stop("the phrase is one of a list");
    if (!beside) return apposed_with_complement(noun);
    const auto named = [&](const Reference& who, LabelStep step) {
        return Named{target_of(who), step, beside->phrase.first, std::nullopt,
                     is_asked(noun) ? std::optional(Distance::asked) : std::nullopt};
    };
    if (beside->left) {
        const Reference* who = document_.references.at(*beside->left);
        if (who != nullptr && who->tokens.end == *beside->left + 1 && who->entity &&
            !who->possessor && who->form != ReferenceForm::pronoun) {
            return named(*who, LabelStep::apposed_behind);
        }
    }
    if (!beside->right) return apposed_with_complement(noun);
    const Reference* who = document_.references.at(*beside->right);
    if (who == nullptr || who->tokens.first != *beside->right || who->possessor ||
        who->form != ReferenceForm::name || !stands_apart(document_.text, who->tokens.end)) {
        return stop("no name stands apart behind the comma");
    }
    return named(*who, LabelStep::apposed_before);
}

/// "Moore, the man responsible for the leak,": what follows the noun belongs to it.
std::optional<Named> Rules::apposed_with_complement(std::int32_t noun) const {
    const std::int32_t behind = noun + 1;
    if (!nouns_.concerns(noun) || !in_text(behind, noun)) {
        return stop("no comma or dash sets the phrase off");
    }
    const std::int32_t first = phrase_start(noun);
    const Reference* who = in_text(first - 2, noun) ? document_.references.at(first - 2) : nullptr;
    if (who == nullptr || who->tokens.end != first - 1 || who->form != ReferenceForm::name ||
        who->possessor || token(first - 1).mark != U',') {
        return stop("no person stands in front of the comma");
    }
    const Part part = grammar_.part(behind);
    const auto beside = grammar_.apposition(who->head);
    const bool belongs =
        beside == behind ||
        (beside == noun && (part == Part::adjective || part == Part::past_participle));
    if (!belongs) {
        return stop("what follows the noun does not belong to it");
    }
    return Named{target_of(*who), LabelStep::apposed_behind, first};
}

/// "Moore, her sister, her agent and two dancers": more phrases of the kind, the last behind "and",
/// and no comma that would end an apposition.
bool Rules::goes_on_as_list(std::int32_t noun) const {
    constexpr std::int32_t most = 8;  // phrases
    std::int32_t t = noun + 1;
    const bool owned = is_word(phrase_start(noun), noun, WordClass::possessive_pronoun);
    for (std::int32_t count = 0; count < most; ++count) {
        if (!in_text(t, noun) || token(t).mark != U',') return false;
        const bool last = is_word(t + 1, noun, WordClass::conjunction);
        if (last) ++t;
        if (!is_word(t + 1, noun, opener | WordClass::number) ||
            is_word(t + 1, noun, WordClass::relative)) {
            return false;
        }
        const auto phrase = grammar_.whole_phrase_from(t + 1);
        if (!phrase) return false;
        t = phrase->end;
        if (last && count == 0 && !owned) return false;  // "Moore, a senator, and one of"
        if (last) return !in_text(t, noun) || token(t).mark != U',';
        if (!is_word(t, noun, WordClass::conjunction)) continue;
        const auto joined = in_text(t + 1, noun) ? grammar_.whole_phrase_from(t + 1) : std::nullopt;
        return joined && (!in_text(joined->end, noun) || token(joined->end).mark != U',');
    }
    return false;
}

}  // namespace framelens::mentions_detail
