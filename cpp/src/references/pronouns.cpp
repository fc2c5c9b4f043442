// Whom a pronoun means: the nearest person who fits, by the grammar of its sentence and of those before.
#include "framelens/references.hpp"

#include <algorithm>

namespace framelens {
namespace {

void add_once(std::vector<std::int32_t>& list, std::int32_t entity) {
    if (std::find(list.begin(), list.end(), entity) == list.end()) list.push_back(entity);
}

}  // namespace

bool References::fits_pronoun(const Reference& candidate, const Reference& pronoun,
                              std::optional<std::int32_t> except) const {
    if (!candidate.entity || candidate.compound || candidate.entity == except) return false;
    if (!sees(pronoun, candidate)) return false;
    const CorpusEntity& entity = corpus_.entities[static_cast<std::size_t>(*candidate.entity)];
    if (entity.kind != EntityKind::person) return false;
    const auto gender = entity.sure_gender();
    const Token& word = text_.tokens[static_cast<std::size_t>(pronoun.head)];
    return !gender || (*gender == Gender::feminine) == word.is(WordClass::feminine);
}

/// Persons who fit, the one who is meant first. Same sentence: a subject pronoun takes the nearest
/// subject, others the nearest person. Earlier sentences: the first subject of the nearest one that
/// names a person who fits, else its first person who possesses nothing, else any. Captions and
/// boilerplate are passed over.
std::vector<std::int32_t> References::antecedents(std::size_t index,
                                                  std::optional<std::int32_t> except) const {
    const Reference& pronoun = items_[index];
    const Token& word = text_.tokens[static_cast<std::size_t>(pronoun.head)];
    const bool as_subject = word.is(WordClass::subject_pronoun);
    std::vector<std::int32_t> found;
    std::optional<std::int32_t> chosen, subject, other, any;
    std::int32_t sentence = word.sentence;
    const auto choose = [&] {
        if (sentence != word.sentence) chosen = subject ? subject : other ? other : any;
        if (sentence == word.sentence && !chosen) chosen = other;
    };
    const std::size_t last = index - std::min(horizon, index);
    for (std::size_t i = index; i-- > last;) {
        const Reference& candidate = items_[i];
        const Token& head = text_.tokens[static_cast<std::size_t>(candidate.head)];
        const bool here = head.sentence == word.sentence;
        if (head.sentence != sentence) {
            choose();
            if (chosen) break;
            sentence = head.sentence;
            subject = other = any = std::nullopt;
        }
        const Zone* zone = zone_at(text_.zones, head.span.start);
        if (!here && zone != nullptr && zone->kind != ZoneKind::subhead) continue;
        if (!fits_pronoun(candidate, pronoun, except)) continue;
        if (found.size() < most_candidates) add_once(found, *candidate.entity);
        if (here && !chosen && (!as_subject || candidate.subject)) chosen = candidate.entity;
        if (candidate.subject) subject = candidate.entity;
        if (!candidate.possessor && !(here && other)) other = candidate.entity;
        any = candidate.entity;
    }
    choose();
    if (!chosen) return {};
    std::erase(found, *chosen);
    found.insert(found.begin(), *chosen);
    return found;
}

void References::resolve_pronoun(std::size_t index, std::optional<std::int32_t> speaker) {
    Reference& pronoun = items_[index];
    const Token& word = text_.tokens[static_cast<std::size_t>(pronoun.head)];
    pronoun.entity.reset();
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
    Reference& pronoun = items_[index];
    const auto found = antecedents(index, except);
    pronoun.candidates = found;
    if (found.empty()) return;
    pronoun.entity = found.front();
    pronoun.why = found.size() == 1 ? Because::only : Because::best;
}

}  // namespace framelens
