// What belongs to a verb: its group, subject, object and agent.
#include "framelens/grammar.hpp"
#include "framelens/language.hpp"

#include <string_view>

namespace framelens {
namespace {

constexpr std::int32_t reach = 40;  // tokens from a verb to its subject or agent, or over an insert
constexpr WordClass helping = WordClass::be | WordClass::have | WordClass::modal;

bool is_dash(char32_t mark) noexcept {
    return mark == 0x2013 || mark == 0x2014;
}

}  // namespace

/// The lists know adverbs and "not" better than the tagger, which takes some for auxiliaries.
bool Grammar::is_auxiliary(std::int32_t t) const {
    return part(t) == Part::auxiliary && !is_adverb(text_, t);
}

/// Whether a token stands in a verb's group without being a verb: an auxiliary, an adverb, "not".
bool Grammar::joins_group(std::int32_t t) const {
    return is_auxiliary(t) || part(t) == Part::adverb || is_adverb(text_, t);
}

/// An auxiliary, with the clitic of "it's".
bool Grammar::is_form_of_be(std::int32_t t) const {
    return is_auxiliary(t) &&
           (token(t).is(WordClass::be) || token(t).kind == TokenKind::possessive);
}

/// "Got | fired"
bool Grammar::makes_passive(std::int32_t t) const {
    return is_form_of_be(t) || token(t).is(Marker::becoming);
}

VerbGroup Grammar::verb_group(std::int32_t verb) const {
    VerbGroup group = text_.language->tagger ? group_by_tags(verb) : group_by_class(verb);
    // "refused to call"
    const std::int32_t to = group.first - 1;
    const bool infinitive =
        in_sentence(to, verb) && token(to).is(WordClass::preposition) && !group.auxiliary;
    group.negated = group.negated || (infinitive && in_sentence(to - 1, verb) &&
                                      token(to - 1).is(WordClass::denial));
    return group;
}

/// Takes the token before a group into it.
void Grammar::extend(VerbGroup& group, std::int32_t t, bool helps, bool be) const {
    group.passive = group.passive || (helps && be && !group.auxiliary);
    group.auxiliary = group.auxiliary || helps;
    group.negated = group.negated || token(t).is(WordClass::negation);
    group.hypothetical = group.hypothetical || token(t).is(WordClass::conditional);
    group.first = t;
}

VerbGroup Grammar::group_by_tags(std::int32_t verb) const {
    VerbGroup group{.first = verb};
    for (std::int32_t t = verb - 1; in_sentence(t, verb); --t) {
        // "repeatedly and openly called"
        const bool pair = token(t).is(WordClass::conjunction) && t + 1 < verb &&
                          in_sentence(t - 1, verb) && joins_group(t - 1) && joins_group(t + 1) &&
                          !is_auxiliary(t - 1);
        // "has ... been called": whatever the tagger takes "has" for, so far from its participle
        const bool helps = is_auxiliary(t) || (group.auxiliary && token(t).is(helping)) ||
                           (!group.auxiliary && makes_passive(t));
        if (!joins_group(t) && !pair && !helps) break;
        extend(group, t, helps, makes_passive(t));
    }
    group.passive = (group.passive || is_asked_passive(group)) && may_be_participle(verb) &&
                    !is_perfect(group, verb);
    return group;
}

/// The tagger takes some participles for past tenses, which no form of "be" has behind it, and some
/// for adjectives: "infested by", "frequented mostly by".
bool Grammar::may_be_participle(std::int32_t verb) const {
    const Part form = part(verb);
    if (form == Part::past_participle) return true;
    const bool fits = inflection_of(text_).past.fits(text_.at(token(verb).span));
    if (!fits || form != Part::adjective) return fits && form == Part::finite_verb;
    const std::int32_t by = verb + (is_part(verb + 1, verb, Part::adverb) ? 2 : 1);
    return in_sentence(by, verb) && token(by).is(Marker::agent);
}

/// "He's garnered praise": the clitic is "has" before an object, unless the verb names somebody.
bool Grammar::is_perfect(const VerbGroup& group, std::int32_t verb) const {
    std::int32_t t = verb - 1;
    while (t > group.first && !is_auxiliary(t)) --t;
    if (token(t).kind != TokenKind::possessive) return false;
    if (token(verb).is(WordClass::be) || token(verb).is(Marker::becoming)) return true;
    if (token(verb).is(WordClass::naming_verb) || !in_sentence(verb + 1, verb)) return false;
    const auto object = whole_phrase_from(verb + 1);
    return object && !token(object->head).is(WordClass::role);  // "he's elected president"
}

/// "Was the mayor | called": a form of "be" before a phrase that has a question's place.
bool Grammar::is_asked_passive(const VerbGroup& group) const {
    const std::int32_t t = group.first - 1;
    if (group.auxiliary || !in_sentence(t, group.first)) return false;
    const auto own = phrase_ending_in(t);
    if (!own || !in_sentence(own->first - 1, t)) return false;
    const std::int32_t be = own->first - 1;
    const bool opens = !in_sentence(be - 1, t) || part(be - 1) == Part::punctuation ||
                       part(be - 1) == Part::adverb ||
                       token(be - 1).is(WordClass::relative | WordClass::subordinator);
    return opens && is_form_of_be(be);
}

/// Whether the words near a verb leave a passive possible: a form of "be" before it, or "by" behind it.
/// Most cues have neither, and their sentences need not be tagged.
bool Grammar::may_be_passive(std::int32_t verb) const {
    const auto in_clause = [&](std::int32_t t) {
        return in_sentence(t, verb) && token(t).kind != TokenKind::punctuation;
    };
    bool near = true;  // "it's widely called", but not "Moore's aide called"
    for (std::int32_t t = verb - 1; verb - t <= reach && in_clause(t); --t) {
        const Token& word = token(t);
        if (word.is(WordClass::be) || word.is(Marker::becoming) ||
            (near && word.kind == TokenKind::possessive))
            return true;
        near = near && (is_adverb(text_, t) || word.is(helping | WordClass::conjunction));
    }
    for (std::int32_t t = verb + 1; t - verb <= reach && in_clause(t); ++t) {
        if (token(t).is(Marker::agent)) return true;
        if (token(t).is(helping | WordClass::conjunction | WordClass::relative)) return false;
    }
    return false;
}

/// Words that are a third person's or an -ing form are no participles of a passive.
bool Grammar::is_passive(std::int32_t verb) const {
    const std::string_view word = text_.at(token(verb).span);
    const bool third = inflection_of(text_).third_person.fits(word);
    if (third || token(verb).is(WordClass::cue_participle)) return false;
    if (!text_.language->tagger) return verb_group(verb).passive;
    return may_be_passive(verb) && (verb_group(verb).passive || agent(verb).has_value());
}

/// Finite, or with an auxiliary that makes it so: no infinitive, no participle of its own.
bool Grammar::may_have_subject(std::int32_t verb, const VerbGroup& group) const {
    const auto own = phrase(verb);
    if (own && own->head != verb) return false;  // "the ruling party"
    if (part(verb) == Part::finite_verb) return true;
    const std::int32_t t = group.first - 1;
    if (is_part(t, verb, Part::particle)) return false;
    if (group.auxiliary || !in_sentence(t, verb)) return group.auxiliary;
    // "Did the mayor | call?"
    const auto asked = phrase_ending_in(t);
    const std::int32_t helper = asked ? asked->first - 1 : t;
    if (in_sentence(helper, verb) && (is_auxiliary(helper) || token(helper).is(WordClass::modal))) {
        return true;
    }
    return part(verb) == Part::past_participle && is_only_verb(verb);
}

/// Whether nothing else in the sentence may be its verb: "The mayor, a friend, | resigned."
bool Grammar::is_only_verb(std::int32_t verb) const {
    for (std::int32_t t = verb - reach; t <= verb + reach; ++t) {
        if (!in_sentence(t, verb)) continue;
        if (part(t) == Part::finite_verb || is_auxiliary(t)) return false;
    }
    return true;
}

std::optional<std::int32_t> Grammar::subject(std::int32_t verb) const {
    const bool helps = is_auxiliary(verb);
    if (!is_verb(verb) && !helps) return std::nullopt;
    const VerbGroup group = verb_group(verb);
    if (!helps && !may_have_subject(verb, group)) return std::nullopt;
    const auto found = subject_before(group.first - 1, verb);
    const bool there = token(verb).is(WordClass::be) || token(verb).kind == TokenKind::possessive;
    if (found && there) {  // "There are | protests"
        const auto behind =
            in_sentence(verb + 1, verb) ? whole_phrase_from(verb + 1) : std::nullopt;
        return behind ? std::optional(behind->head) : std::nullopt;
    }
    return found ? found : subject_behind(verb, group);
}

/// Leftwards from `t`: over prepositional phrases, inserts and relative clauses.
std::optional<std::int32_t> Grammar::subject_before(std::int32_t t, std::int32_t verb) const {
    std::optional<std::int32_t> next = t;
    while (next && in_sentence(*next, verb) && verb - *next <= reach) {
        t = *next;
        const Part here = part(t);
        if (const auto phrase = phrase_ending_in(t)) {
            const Phrase first = first_joined(*phrase);
            const std::int32_t before = first.first - 1;
            if (is_part(before, verb, Part::adposition)) {
                next = before - 1;
            } else if (const auto host = in_sentence(before, verb) && is_verb(before)
                                             ? before_clause(before)
                                             : std::nullopt) {
                next = host;
            } else {
                return first.head;
            }
        } else if (here == Part::adverb || here == Part::particle || here == Part::adjective) {
            next = t - 1;
        } else if (here == Part::punctuation) {
            next = before_insert(t);
        } else if (is_verb(t)) {
            next = before_clause(t);
        } else {
            return std::nullopt;
        }
    }
    return std::nullopt;
}

/// The first of phrases joined by commas and "and", or of a noun and the name behind it: "Ada Moore,
/// Olaf Lund and a judge", "his brother Olaf Lund".
Phrase Grammar::first_joined(const Phrase& phrase) const {
    Phrase first = phrase;
    bool joined = token(phrase.head).is(WordClass::subject_pronoun);
    if (joined) return first;
    while (phrase.head - first.first <= reach) {
        std::int32_t t = first.first - 1;
        const bool conjunction = is_part(t, phrase.head, Part::conjunction);
        const bool comma = is_mark(t, phrase.head, U',');
        if (in_sentence(t, phrase.head) && is_name_of(first, t)) {
            first = *phrase_ending_in(t);
            continue;
        }
        if (!(conjunction && !joined) && !(comma && joined)) return first;
        --t;
        if (conjunction && is_mark(t, phrase.head, U',')) --t;
        const auto before = in_sentence(t, phrase.head) ? phrase_ending_in(t) : std::nullopt;
        if (!before) return first;
        const std::int32_t opens = before->first - 1;
        const bool object = in_sentence(opens, phrase.head) && is_verb(opens);
        if (object) return first;
        first = *before;
        joined = true;
    }
    return first;
}

/// Whether a phrase is the name of the noun that ends at `t`: "his brother | Olaf Lund".
bool Grammar::is_name_of(const Phrase& phrase, std::int32_t t) const {
    return part(t) == Part::noun && part(phrase.first) == Part::proper_noun &&
           !token(phrase.first).is(WordClass::month | WordClass::weekday) &&
           phrase_ending_in(t).has_value();
}

/// The token before the relative clause or the participle that the verb is of: "the man | who came".
std::optional<std::int32_t> Grammar::before_clause(std::int32_t verb) const {
    const VerbGroup group = verb_group(verb);
    std::int32_t t = group.first - 1;
    const Part form = part(verb);
    if (!group.auxiliary && (form == Part::ing_verb || form == Part::past_participle)) return t;
    if (!in_sentence(t, verb)) return std::nullopt;
    // "whom the minister called"
    if (const auto own = phrase_ending_in(t); own && !token(t).is(WordClass::relative)) {
        t = own->first - 1;
    }
    if (!in_sentence(t, verb) || !token(t).is(WordClass::relative)) return std::nullopt;
    return is_mark(t - 1, verb, U',') ? t - 2 : t - 1;
}

/// The token before the insert that a mark closes: "Moore, | the mayor of Nordell,".
std::optional<std::int32_t> Grammar::before_insert(std::int32_t mark) const {
    const char32_t closing = token(mark).mark;
    const char32_t opening = closing == U')' ? U'(' : closing;
    if (closing != U',' && closing != U')' && !is_dash(closing)) return std::nullopt;
    for (std::int32_t t = mark - 1; in_sentence(t, mark) && mark - t <= reach; --t) {
        if (token(t).mark == opening) return t - 1;
    }
    return std::nullopt;
}

/// "said Ada Moore", where a mark or nothing stands before the verb.
std::optional<std::int32_t> Grammar::subject_behind(std::int32_t verb,
                                                    const VerbGroup& group) const {
    const std::int32_t before = group.first - 1;
    const bool opens = !in_sentence(before, verb) || part(before) == Part::punctuation;
    if (!opens || !token(verb).is(WordClass::cue) || !in_sentence(verb + 1, verb)) {
        return std::nullopt;
    }
    const auto found = whole_phrase_from(verb + 1);
    return found ? std::optional(found->head) : std::nullopt;
}

std::optional<std::int32_t> Grammar::object(std::int32_t verb) const {
    if (!is_verb(verb) || verb_group(verb).passive) return std::nullopt;
    std::int32_t t = verb + 1;
    while (in_sentence(t, verb) && part(t) == Part::adverb) ++t;
    if (!in_sentence(t, verb)) return std::nullopt;
    const auto found = whole_phrase_from(t);
    return found ? std::optional(found->head) : std::nullopt;
}

/// Behind "by", before the clause ends.
std::optional<std::int32_t> Grammar::agent(std::int32_t verb) const {
    if (!is_part(verb, verb, Part::past_participle)) return std::nullopt;
    const VerbGroup group = verb_group(verb);
    if (group.auxiliary && !group.passive) return std::nullopt;
    for (std::int32_t t = verb + 1; in_sentence(t, verb) && t - verb <= reach; ++t) {
        const Part here = part(t);
        if (here == Part::adposition && token(t).is(Marker::agent)) {
            const auto found = in_sentence(t + 1, verb) ? whole_phrase_from(t + 1) : std::nullopt;
            if (!found || token(found->head).is(WordClass::month | WordClass::weekday)) {
                return std::nullopt;
            }
            return found->head;
        }
        const bool ends = is_verb(t) || here == Part::auxiliary || here == Part::conjunction ||
                          here == Part::subordinator || here == Part::punctuation ||
                          token(t).is(WordClass::relative);
        if (ends) return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace framelens
