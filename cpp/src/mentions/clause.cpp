// What the clause around a label says: whom it cannot mean, and whether it is denied or supposed.
#include "rules.hpp"

namespace framelens::mentions_detail {

/// "denied that he is a dictator".
bool Rules::is_denied(const Reference& subject) const {
    std::int32_t t = subject.tokens.first - 1;
    if (is_word(t, subject.head, WordClass::subordinator)) --t;
    return is_word(t, subject.head, WordClass::denial);
}

/// "if he were a dictator", "had he been a dictator,"
bool Rules::is_supposed(const Reference& subject) const {
    const std::int32_t t = subject.tokens.first - 1;
    return is_word(t, subject.head, WordClass::conditional) ||
           (is_word(t, subject.head, WordClass::have) && opens_clause(t));
}

/// Nothing or a mark stands before it.
bool Rules::opens_clause(std::int32_t t) const {
    return !in_text(t - 1, t) || token(t - 1).kind == TokenKind::punctuation;
}

/// "as a police officer pinned him down": the noun is the subject of a verb behind it.
bool Rules::begins_clause(std::int32_t noun) const {
    if (!in_text(noun + 1, noun) || token(noun + 1).capital) return false;
    return !token(noun + 1).is_known() && inflection().past.fits(folded(noun + 1));
}

/// "the lawyer for Ada Moore": somebody whom the article need not name.
bool Rules::is_of_a_person(std::int32_t noun) const {
    if (!is_word(noun + 1, noun, Marker::belonging)) return false;
    const Reference* whose = in_text(noun + 2, noun) ? document_.references.at(noun + 2) : nullptr;
    if (whose == nullptr || !whose->entity || whose->form != ReferenceForm::name) return false;
    const auto& corpus = document_.references.corpus();
    const auto& entity = corpus.entities[static_cast<std::size_t>(*whose->entity)];
    return entity.kind == EntityKind::person;
}

/// "was mocking reporters": the first word goes with "be". "considered the Democrats' Reagan": the noun
/// owns another.
bool Rules::is_no_predicate(std::int32_t first, std::int32_t noun) const {
    if (in_text(noun + 1, noun) && token(noun + 1).kind == TokenKind::possessive) return true;
    return first < noun && !token(first).is_known() && !token(first).capital &&
           inflection().gerund.fits(folded(first)) && grammar_.verb_group(first).auxiliary;
}

/// A lower-case word that lists know as a verb, or not at all.
bool Rules::may_be_verb(std::int32_t t) const {
    const Token& word = token(t);
    if (word.kind != TokenKind::word || word.capital) return false;
    return !word.is_known() || word.is(WordClass::cue | WordClass::naming_verb |
                                       WordClass::viewing_verb | WordClass::denial);
}

/// "Ada Moore thanked the premier", "met with the premier": the object of a verb is not its subject,
/// whatever the article calls her. What stands behind "as" or "like" may be.
const Reference* Rules::subject_of_object(const Reference& object) const {
    std::int32_t t = object.tokens.first - 1;
    if (is_word(t, object.head, Marker::comparing)) return nullptr;
    if (is_word(t, object.head, WordClass::preposition)) --t;
    if (!in_text(t, object.head) || !may_be_verb(t)) return nullptr;
    const VerbGroup group = grammar_.verb_group(t);
    const Reference* who = subject_before(group.first);
    if (who == nullptr || who->compound) return nullptr;
    if (object.possessor && !group.passive) return nullptr;  // "won the premier's seat"
    // "a spokesman for Moore thanked the premier"
    const std::int32_t before = who->tokens.first - 1;
    const bool begins = !in_text(before, object.head) ||
                        token(before).kind == TokenKind::punctuation ||
                        token(before).is(WordClass::conjunction | WordClass::subordinator |
                                         WordClass::relative | WordClass::adverb);
    return begins ? who : nullptr;
}

}  // namespace framelens::mentions_detail
