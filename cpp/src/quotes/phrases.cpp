// Noun phrases that speak, by the grammar of their sentence.
#include "clause.hpp"

#include "framelens/unicode.hpp"

#include <algorithm>

namespace framelens::quotes_detail {

/// The phrase that begins at `at`, whatever noun heads it: "the report", "Moore critic Tom Bray".
std::optional<NounPhrase> Clause::whole_phrase(std::size_t at) const {
    if (is_quote(at)) return std::nullopt;
    const auto found = grammar_.whole_phrase_from(pieces_[at].token);
    if (!found) return std::nullopt;
    if (auto phrase = phrase_around(found->head)) {
        const bool named = phrase->reference != nullptr;
        if (named || may_speak(*found)) return phrase;
    }
    return std::nullopt;
}

/// No bare noun, as in "according to plan".
bool Clause::may_speak(const Phrase& phrase) const {
    const Token& head = text_.tokens[static_cast<std::size_t>(phrase.head)];
    return phrase.definite || phrase.plural || phrase.owner || head.is(WordClass::people) ||
           text_.tokens[static_cast<std::size_t>(phrase.first)].is(WordClass::article |
                                                                   WordClass::number);
}

/// The phrase with this head: a reference, or a plain noun with what stands before it.
std::optional<NounPhrase> Clause::phrase_around(std::int32_t head) const {
    const auto found = grammar_.phrase(head);
    if (!found) return std::nullopt;
    const Reference* reference = references_.at(head);
    if (reference != nullptr && !reference->compound && !reference->possessor) {
        return NounPhrase{reference->tokens, reference};
    }
    if (const auto name = grammar_.apposition(head); name && *name == found->end) {
        const Reference* beside = references_.at(*name);
        if (beside != nullptr && !beside->possessor) return NounPhrase{beside->tokens, beside};
    }
    return NounPhrase{{found->first, found->head + 1}, nullptr};
}

std::optional<NounPhrase> Clause::plain_around(std::int32_t head) const {
    const auto found = grammar_.phrase(head);
    if (!found) return std::nullopt;
    return NounPhrase{{found->first, head + 1}, nullptr};
}

bool Clause::is_definite(const NounPhrase& phrase) const {
    const auto found = grammar_.phrase(phrase.tokens.end - 1);
    return found && may_speak(*found);
}

/// "Moore critic Tom Bray", "a Moore spokesman": the noun that a name before it belongs to.
std::optional<std::size_t> Clause::modified_by(const Reference& name) const {
    constexpr std::size_t most = 3;  // nouns: "campaign chief strategist"
    if (name.form != ReferenceForm::name || name.possessor) return std::nullopt;
    const auto last = piece_of(name.tokens.end - 1);
    if (!last) return std::nullopt;
    std::size_t noun = *last + 1;
    const auto is_plain = [&](std::size_t i) {
        return i < size() && !is_quote(i) && token(i).kind == TokenKind::word &&
               !token(i).capital &&
               (!token(i).is_known() || token(i).is(WordClass::role) ||
                token(i).is(WordClass::people | WordClass::organisation));
    };
    while (noun - *last <= most && is_plain(noun)) ++noun;
    if (noun == *last + 1 || noun - *last > most + 1) return std::nullopt;
    const bool named =
        noun < size() && !is_quote(noun) && name_at(names_, pieces_[noun].token) != nullptr;
    const std::int32_t first = name.tokens.first;
    const bool opened =
        first > 0 && text_.tokens[static_cast<std::size_t>(first - 1)].is(
                         WordClass::article | WordClass::number | WordClass::determiner);
    if (!named && !opened) return std::nullopt;
    if (named && is_inverted_before(name.tokens.first)) return noun - 1;
    for (std::size_t i = *last + 1; i < noun; ++i) {
        if (!grammar_.is_noun(pieces_[i].token) &&
            grammar_.part(pieces_[i].token) != Part::adjective) {
            return std::nullopt;
        }
    }
    const auto around = grammar_.phrase(pieces_[noun - 1].token);
    const auto head = around ? piece_of(around->head) : std::nullopt;
    return head && *head >= noun && !named ? head : std::optional(noun - 1);
}

/// "Minister for Health | Nicky Mordan", "Housing and Communities Secretary | Nicky Mordan": a title of
/// several words that begins at `at`, and the name right behind it.
std::optional<NounPhrase> Clause::bearer_of_title(std::size_t at) const {
    constexpr std::size_t reach = 9;  // pieces: "General for England and Wales"
    if (is_quote(at) || !token(at).capital) return std::nullopt;
    const Reference* own = references_.at(pieces_[at].token);
    if (own != nullptr && is_person(own->head)) return std::nullopt;
    bool office = is(at, WordClass::role);
    std::optional<std::size_t> complement;  // "for Health", "and Communities"
    for (std::size_t i = at + 1; i < size() && i - at <= reach && !is_quote(i); ++i) {
        if (token(i).kind != TokenKind::word) return std::nullopt;
        const bool of = is(i, Marker::genitive | Marker::belonging);
        if (of && !office) return std::nullopt;
        if (of || is(i, WordClass::conjunction)) {
            complement = i;
            continue;
        }
        if (is(i, WordClass::article) && complement) continue;
        if (!token(i).capital) return std::nullopt;
        if (is_person(pieces_[i].token)) {
            const Reference* name = references_.at(pieces_[i].token);
            const bool titled = complement && office && *complement + 1 < i && name != nullptr;
            if (!titled || name->possessor || name->compound) return std::nullopt;
            return NounPhrase{name->tokens, name};
        }
        const bool another = is(i, WordClass::role) && complement && *complement + 1 == i;
        if (another && !office) return std::nullopt;  // "Moore and Judge Lund"
        office = office || is(i, WordClass::role);
    }
    return std::nullopt;
}

bool Clause::is_person(std::int32_t name) const {
    const NameMention* mention = name_at(names_, name);
    return mention != nullptr && mention->kind == EntityKind::person;
}

/// “...,” said | Moore: what stands here is who speaks, and no verb.
bool Clause::is_inverted_before(std::int32_t name) const {
    const auto at = piece_of(name);
    return at && *at > 1 && is(*at - 1, WordClass::cue) &&
           (is_quote(*at - 2) || token(*at - 2).kind == TokenKind::punctuation);
}

/// The subject of the verb that a second one or a participle goes with: "laughed | and said",
/// "granted them a delay, | saying". Somebody before a thing. A clause that a subordinator opens is not gone on with.
std::optional<NounPhrase> Clause::governing_subject(std::size_t before) const {
    constexpr std::size_t reach = 40;  // pieces
    std::optional<NounPhrase> thing;
    for (std::size_t i = before; i-- > 1 && before - i <= reach;) {
        if (is_quote(i) || is_mark(i, U';')) continue;
        const Part part = grammar_.part(pieces_[i].token);
        if (part != Part::finite_verb && part != Part::auxiliary) continue;
        std::size_t left = i;
        while (left > 0 && is_adverbial(left - 1)) --left;
        auto phrase = left > 0 ? phrase_ending_at(left - 1) : std::nullopt;
        if (phrase && (phrase->reference == nullptr || after_preposition(*phrase))) phrase.reset();
        if (!phrase) {
            const auto subject = grammar_.subject(pieces_[i].token);
            if (subject && grammar_.part(*subject) != Part::number)
                phrase = phrase_around(*subject);
        }
        if (!phrase || (phrase->reference != nullptr && phrase->reference->possessor)) continue;
        const auto first = piece_of(phrase->tokens.first);
        const bool depends =
            !first || is(*first, WordClass::relative) ||
            (*first > 0 && is(*first - 1, WordClass::relative | WordClass::subordinator));
        if (depends) continue;
        if (speaks_by_nature(*phrase)) return phrase;
        if (!thing) thing = phrase;
    }
    return thing;
}

/// Somebody, rather than a thing: "a deal Germany struck, calling ...".
bool Clause::speaks_by_nature(const NounPhrase& phrase) const {
    if (phrase.reference != nullptr && phrase.reference->form != ReferenceForm::name) return true;
    constexpr WordClass speaking =
        WordClass::people | WordClass::role | WordClass::organisation | WordClass::institution;
    const Token& head = text_.tokens[static_cast<std::size_t>(phrase.tokens.end - 1)];
    return is_speaker(phrase) || head.is(speaking | WordClass::subject_pronoun);
}

/// "for Moore | to tweet", "prompting Bray | to reply"
std::optional<NounPhrase> Clause::infinitive_subject(std::size_t to) const {
    if (to < 2) return std::nullopt;
    const auto phrase = phrase_ending_at(to - 1);
    const auto first = phrase ? piece_of(phrase->tokens.first) : std::nullopt;
    if (!first || *first == 0 || is_quote(*first - 1)) return std::nullopt;
    const std::size_t lead = *first - 1;
    const bool asked = is(lead, WordClass::cue) || (lead > 0 && is(lead - 1, WordClass::cue));
    if (asked) return std::nullopt;  // "called for Moore to say"
    const bool led = (is(lead, Marker::belonging) && !is(lead, Marker::toward)) ||
                     grammar_.is_verb(pieces_[lead].token);
    return led ? phrase : std::nullopt;
}

/// Her commitment “to stay”, Moore's claim that “it was late”, made the statement “it is late”.
std::optional<Attribution> Clause::by_noun(std::size_t at) const {
    constexpr WordClass between = WordClass::subordinator | WordClass::preposition |
                                  WordClass::relative | WordClass::be | WordClass::article;
    constexpr std::size_t reach = 4;  // pieces
    for (std::size_t i = at; i-- > 0 && at - i <= reach;) {
        if (is_quote(i)) return std::nullopt;
        if (is(i, WordClass::cue_noun_of)) return owner_of_noun(i);
        const bool comma = is_mark(i, U',') && i + 1 == at;
        if (!is(i, between) && !comma) return std::nullopt;
    }
    return std::nullopt;
}

std::optional<Attribution> Clause::owner_of_noun(std::size_t at) const {
    const std::int32_t noun = pieces_[at].token;
    const auto around = grammar_.phrase(noun);
    if (!around || around->head != noun) return std::nullopt;
    const TokenRange cue = cue_range(at);
    if (around->owner) {
        const Reference* owner = references_.at(*around->owner);
        const auto plain = grammar_.phrase(*around->owner);
        if (owner != nullptr) return Attribution{NounPhrase{owner->tokens, owner}, cue, false};
        if (!plain || plain->head != *around->owner) return std::nullopt;
        return Attribution{NounPhrase{{plain->first, plain->head + 1}, nullptr}, cue, false};
    }
    const auto first = piece_of(around->first);
    if (!first || *first == 0 || is_quote(*first - 1)) return std::nullopt;
    const std::int32_t verb = pieces_[*first - 1].token;
    if (!grammar_.is_verb(verb) || grammar_.verb_group(verb).passive) return std::nullopt;
    const auto subject = grammar_.subject(verb);
    auto speaker = subject ? phrase_around(*subject) : governing_subject(*first - 1);
    if (!speaker || is_generic(*speaker)) return std::nullopt;
    return Attribution{speaker, cue, false};
}

std::size_t Clause::behind_addressee(std::size_t cue) const {
    if (!is(cue, WordClass::addressing) || cue + 1 >= size() || is_quote(cue + 1)) return cue + 1;
    if (is(cue + 1, WordClass::object_pronoun) && !is(cue + 1, WordClass::possessive_pronoun)) {
        return cue + 2;
    }
    std::size_t next = cue + 1;
    if (is(next, WordClass::people)) {
        ++next;
    } else if (const auto object = grammar_.whole_phrase_from(pieces_[next].token)) {
        while (next < size() && pieces_[next].token < object->end) ++next;
    } else {
        return next;
    }
    // "told lawmakers on the coast | they must go"
    const bool goes_on = next + 1 < size() && is(next, WordClass::preposition) &&
                         !is(next, WordClass::topic | WordClass::subordinator) &&
                         !is_quote(next + 1);
    const auto beside =
        goes_on ? grammar_.whole_phrase_from(pieces_[next + 1].token) : std::nullopt;
    while (beside && next < size() && pieces_[next].token < beside->end) ++next;
    return next;
}

bool Clause::is_generic(const NounPhrase& speaker) const {
    const Token& head = text_.tokens[static_cast<std::size_t>(speaker.tokens.end - 1)];
    const Token& first = text_.tokens[static_cast<std::size_t>(speaker.tokens.first)];
    if (first.is(WordClass::negation)) return true;
    if (!head.is(WordClass::subject_pronoun) || speaker.tokens.size() > 1) return false;
    const bool third = head.is(WordClass::masculine | WordClass::feminine | WordClass::neuter);
    const bool they = head.is(WordClass::plural) && !head.is(WordClass::first_person);
    const bool one = head.is(WordClass::first_person) && !head.is(WordClass::plural);
    return !third && !they && !one;  // "we", "you"
}

bool Clause::is_infinitive(std::size_t to) const {
    return is(to, Marker::infinitive) && to + 1 < size() && !is_quote(to + 1) &&
           grammar_.part(pieces_[to + 1].token) == Part::base_verb;
}

/// "a Moore spokesman", where nobody but Moore was found for it.
bool Clause::is_named_after(const Reference& description) const {
    if (description.form != ReferenceForm::description || !description.entity ||
        description.head == 0 || !is_person(description.head - 1)) {
        return false;
    }
    const auto& words =
        references_.corpus().entities[static_cast<std::size_t>(*description.entity)].words;
    const Token& name = text_.tokens[static_cast<std::size_t>(description.head - 1)];
    return !words.empty() && words.back() == fold(text_.at(name.span));
}

bool Clause::is_refused(std::size_t cue) const {
    return cue > 1 && is(cue - 1, Marker::infinitive) && is(cue - 2, WordClass::denial);
}

/// Asks the grammar last: most sentences behind a quotation are no such thing.
bool Clause::is_bare_attribution() const {
    constexpr std::size_t longest = 25;  // pieces of a subject with what stands beside it
    std::size_t cue = 1;
    while (cue < size() && cue < longest && !is_quote(cue) && !is_verbal_cue(cue)) {
        if (is_mark(cue, U':') || is_mark(cue, U';')) return false;
        ++cue;
    }
    if (cue >= size() || cue >= longest || is_quote(cue)) return false;
    const bool other = is(cue, WordClass::clause_cue) && !is(cue, WordClass::addressing);
    if (other || is(cue, WordClass::denial | WordClass::cue_participle) || !subject_of(cue) ||
        !says_nothing_behind(cue)) {
        return false;
    }
    for (std::size_t i = 0; i < cue; ++i) {
        const Part part = grammar_.part(pieces_[i].token);
        if (part == Part::finite_verb || part == Part::auxiliary) return false;
    }
    return true;
}

/// Behind the cue and whom it tells stands no more than when, where and to whom.
bool Clause::says_nothing_behind(std::size_t cue) const {
    std::size_t next = behind_addressee(cue);
    while (next < size() && (is_adverbial(next) || is(next, WordClass::weekday))) ++next;
    if (next >= size()) return true;
    if (is_quote(next)) return false;
    if (token(next).kind == TokenKind::punctuation) {
        return !is_mark(next, U':') && !is_mark(next, U',');
    }
    if (is(next, Marker::toward)) {
        return next + 1 >= size() || is_quote(next + 1) ||
               grammar_.part(pieces_[next + 1].token) != Part::base_verb;
    }
    constexpr WordClass opens = WordClass::topic | WordClass::subordinator | WordClass::relative;
    return is(next, WordClass::preposition) && !is(next, opens);
}

}  // namespace framelens::quotes_detail
