// What tells those apart whom a pronoun may mean, and what speaks for nobody of them.
#include "candidates.hpp"

#include <algorithm>

namespace framelens {

/// What only all of them together tell, and what each is.
void Candidates::compare() {
    int highest = 0;
    for (const Found& found : found_) highest = std::max(highest, found.mentions);
    const bool she = word_.is(WordClass::feminine);
    const auto beside = [&](const Found& one, const Found& other) {
        return sentence_of(*one.last) == sentence_of(*other.last);
    };
    for (Found& found : found_) {
        Clues& clues = found.clues;
        clues.set(Clue::leads_sentence, lead_ == found.entity);
        clues.set(Clue::second_mention, found.mentions == 2);
        clues.set(Clue::some_mentions, found.mentions > 2 && found.mentions <= 5);
        clues.set(Clue::many_mentions, found.mentions > 5);
        clues.set(Clue::most_mentions, found.mentions == highest);
        clues.set(Clue::opens_text, all_.items_.front().entity == found.entity);
        const CorpusEntity& of = entity(found.entity);
        const auto given = of.gender;
        clues.set(Clue::title_agrees, of.titled.has_value());
        clues.set(Clue::given_name_agrees, given && (*given == Gender::feminine) == she);
        clues.set(Clue::given_name_differs, given && (*given == Gender::feminine) != she);
        clues.set(Clue::pronoun_agrees, she ? found.feminine : found.masculine);
        clues.set(Clue::pronoun_differs, she ? found.masculine : found.feminine);
        clues.set(Clue::noun_agrees, found.noun_agrees);
        clues.set(Clue::noun_differs, found.noun_differs);
        clues.set(Clue::unknown_opening, of.kind != EntityKind::person && !found.elsewhere);
        clues.set(Clue::nearest_lead, &found == &found_.front() && lead_ == found.entity);
        clues.set(Clue::alone_near, beside(found, found_.front()) &&
                                        (found_.size() == 1 || !beside(found_[1], found)));
        clues.set(Clue::same_surname,
                  std::any_of(found_.begin(), found_.end(), [&](const Found& other) {
                      return other.entity != found.entity &&
                             entity(other.entity).words.back() == of.words.back();
                  }));
        compare_quoted(found);
        compare_speaking(found);
    }
    for (Found& found : found_) {
        const bool person = entity(found.entity).kind == EntityKind::person;
        found.clues.set(Clue::only_fits,
                        person && found.clues.has(Clue::given_name_agrees) && only_fits(found));
    }
}

/// What a quotation's pronoun tells: whom it means stands mostly in the words around.
void Candidates::compare_quoted(Found& found) const {
    if (!pronoun_.mark || all_.one_voice(found.last->mark, pronoun_.mark)) return;
    Clues& clues = found.clues;
    clues.set(Clue::quoted_near, found.back <= 1);
    clues.set(Clue::quoted_far, found.back > 2);
    clues.set(Clue::quoted_subject, is_subject(*found.last));
    clues.set(Clue::quoted_lead, lead_ == found.entity);
    clues.set(Clue::quoted_alone, clues.has(Clue::alone_near));
    clues.set(Clue::quoted_most, clues.has(Clue::most_mentions));
}

/// What a pronoun tells that says something: whom it means has mostly spoken before.
void Candidates::compare_speaking(Found& found) const {
    Clues& clues = found.clues;
    const bool spoke = speaks(*found.last);
    clues.set(Clue::said_last, spoke);
    if (!says_) return;
    clues.set(Clue::said_both, spoke);
    clues.set(Clue::said_here, found.back == 0);
    clues.set(Clue::said_near, found.back == 1);
    clues.set(Clue::said_far, found.back > 2);
    clues.set(Clue::said_alone, clues.has(Clue::alone_near));
    clues.set(Clue::said_by_pronoun, clues.has(Clue::by_pronoun));
    clues.set(Clue::said_many, clues.has(Clue::many_mentions));
    clues.set(Clue::said_lead, lead_ == found.entity);
    clues.set(Clue::said_most, clues.has(Clue::most_mentions));
    clues.set(Clue::said_subject, is_subject(*found.last));
}

/// True if everybody else who is near, and a person, is of the other sex.
bool Candidates::only_fits(const Found& found) const {
    return std::none_of(found_.begin(), found_.end(), [&](const Found& other) {
        return other.entity != found.entity && other.back <= found.back + 1 &&
               entity(other.entity).kind == EntityKind::person &&
               !other.clues.has(Clue::given_name_differs) &&
               !other.clues.has(Clue::pronoun_differs);
    });
}

/// What speaks for nobody of them.
Clues Candidates::nobody() const {
    Clues clues;
    clues.set(Clue::nobody);
    clues.set(Clue::nobody_alone, found_.size() == 1);
    clues.set(Clue::nobody_few, found_.size() > 1 && found_.size() <= 3);
    clues.set(Clue::nobody_many, found_.size() > 3);
    clues.set(Clue::nobody_here,
              !found_.empty() && sentence_of(*found_.front().last) != word_.sentence);
    clues.set(Clue::nobody_in_quote, pronoun_.mark.has_value());
    clues.set(Clue::nobody_said, says_);
    clues.set(Clue::nobody_subject, pronoun_.standing == Standing::subject);
    clues.set(Clue::nobody_owner, pronoun_.standing == Standing::owner);
    clues.set(Clue::nobody_relative, clause_ > 0 && token(clause_ - 1).is(WordClass::relative));
    clues.set(Clue::nobody_opens_text, word_.sentence == 0);
    see_others(clues);
    return clues;
}

/// Persons without a name: "the woman", and pronouns that mean nobody.
void Candidates::see_others(Clues& clues) const {
    constexpr std::size_t most_nouns = 16;
    const auto& nouns = all_.nouns_;
    auto at = std::lower_bound(nouns.begin(), nouns.end(), pronoun_.head);
    for (std::size_t steps = 0; at != nouns.begin() && steps < most_nouns; ++steps) {
        const std::int32_t t = *--at;
        const Token& noun = token(t);
        const std::int32_t back = word_.sentence - noun.sentence;
        if (back > 1) break;
        if (!noun.is(WordClass::role) || noun.is(WordClass::plural) || noun.capital) continue;
        const Reference* own = all_.at(t);
        if (own != nullptr && own->entity) continue;
        const bool she = noun.is(WordClass::feminine);
        const bool he = noun.is(WordClass::masculine);
        const bool wanted = word_.is(WordClass::feminine) ? she : he;
        if ((she || he) && !wanted) {
            clues.set(Clue::nobody_noun_differs);
            continue;
        }
        clues.set(Clue::nobody_noun_agrees, wanted);
        clues.set(Clue::nobody_noun_here, back == 0);
        clues.set(Clue::nobody_noun_near, back == 1);
        clues.set(Clue::nobody_noun_subject, own != nullptr ? own->subject : all_.opens_clause(t));
    }
    const std::size_t last = index_ - std::min<std::size_t>(4, index_);
    for (std::size_t i = index_; i-- > last;) {
        const Reference& other = all_.items_[i];
        if (sentence_of(other) != word_.sentence || other.form != ReferenceForm::pronoun) continue;
        const Token& said = token(other.head);
        const bool same = said.is(WordClass::masculine | WordClass::feminine) &&
                          said.is(WordClass::feminine) == word_.is(WordClass::feminine);
        clues.set(Clue::nobody_pronoun_here, same && !other.entity);
    }
}

}  // namespace framelens
