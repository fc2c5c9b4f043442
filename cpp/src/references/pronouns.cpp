// Whom a pronoun means: who fits by far best, or nobody.
#include "framelens/language.hpp"
#include "framelens/references.hpp"

namespace framelens {

void References::resolve_pronoun(std::size_t index, std::optional<std::int32_t> speaker) {
    Reference& pronoun = items_[index];
    const Token& word = text_.tokens[static_cast<std::size_t>(pronoun.head)];
    pronoun.entity.reset();
    pronoun.candidates.clear();
    pronoun.shares.clear();
    pronoun.why = Because::none;
    if (word.is(WordClass::plural)) return;
    if (word.is(WordClass::first_person)) {
        pronoun.entity = speaker;
        if (speaker) pronoun.why = Because::speaker;
    } else if (word.is(WordClass::masculine | WordClass::feminine)) {
        resolve_third_person(index, speaker);
    }
}

void References::resolve_third_person(std::size_t index, std::optional<std::int32_t> except) {
    constexpr double unlikely = 0.02;  // a share
    Reference& pronoun = items_[index];
    const std::vector<Candidacy> rated = rate(index, except);
    for (const Candidacy& candidate : rated) {
        if (!candidate.entity || candidate.share < unlikely) break;
        if (pronoun.candidates.size() == most_candidates) break;
        pronoun.candidates.push_back(*candidate.entity);
        pronoun.shares.push_back(static_cast<float>(candidate.share));
    }
    if (pronoun.candidates.empty()) return;
    pronoun.why = Because::several;
    const ReferenceWeights& weights = text_.language->references;
    const bool alone = rated.front().clues.has(Clue::only_fits);
    if (rated.front().share < (alone ? weights.least_alone : weights.least)) return;
    pronoun.entity = rated.front().entity;
    pronoun.why = pronoun.candidates.size() == 1 ? Because::only : Because::best;
}

}  // namespace framelens
