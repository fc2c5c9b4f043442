#include "clause.hpp"

#include "framelens/unicode.hpp"

namespace framelens::quotes_detail {
namespace {

constexpr std::size_t reach_before = 14;  // between a cue and the comma that leads in

constexpr WordClass begins_noun =
    WordClass::article | WordClass::determiner | WordClass::possessive_pronoun;

}  // namespace

/// who, whom, whose, which; "that" and "when" open other clauses too.
bool Clause::is_relative(std::size_t at) const {
    if (!is(at, WordClass::relative) || is(at, WordClass::subordinator)) return false;
    return at + 1 >= size() || is_quote(at + 1) || !token(at + 1).is(Marker::genitive);
}

/// "was accused", "accused by": the one who speaks is not the subject.
bool Clause::is_passive(std::size_t at) const {
    return grammar_.is_passive(pieces_[at].token);
}

/// "bombing alleged smuggling boats", "so called", "a blog called harbour.net": what a noun is, or is
/// named, and nothing that somebody says.
bool Clause::is_modifier(std::size_t at) const {
    if (at == 0 || is_quote(at - 1) || !is(at, WordClass::cue) ||
        is(at, WordClass::cue_participle) || !inflection().past.fits(printed(at))) {
        return false;
    }
    const std::int32_t t = pieces_[at].token;
    if (is(at, WordClass::naming_verb)) {
        if (is(at - 1, WordClass::conjunction) && is(at - 1, WordClass::adverb)) return true;
        const bool near = token(at - 1).kind == TokenKind::word && !token(at - 1).capital;
        return near && !token(at - 1).is_known() && grammar_.part(t) == Part::past_participle &&
               !grammar_.verb_group(t).auxiliary;
    }
    constexpr WordClass opens = begins_noun | WordClass::preposition | WordClass::subordinator |
                                WordClass::subject_pronoun | WordClass::object_pronoun |
                                WordClass::conjunction | WordClass::adverb | WordClass::be |
                                WordClass::have | WordClass::modal | WordClass::weekday;
    if (at + 1 >= size() || is_quote(at + 1) || token(at + 1).kind != TokenKind::word ||
        token(at + 1).capital || is(at + 1, opens)) {
        return false;
    }
    const auto around = grammar_.phrase(t);
    return around && around->head > t;
}

/// "Said Comey, ..."
bool Clause::opens_inverted(std::size_t at) const {
    const auto phrase = at + 1 < size() ? phrase_at(at + 1) : std::nullopt;
    return phrase && phrase->tokens.first == pieces_[at + 1].token;
}

bool Clause::is_verbal_cue(std::size_t at) const {
    const bool of_it = is(at, WordClass::cue_of_it) && at + 1 < size() &&
                       is(at + 1, WordClass::neuter) && is(at + 1, WordClass::object_pronoun);
    if (!is(at, WordClass::cue) && !of_it) return false;
    const Token& word = token(at);
    if (word.capital && at > 0 && !word.is(WordClass::cue_participle)) return false;
    if (at == 0 && word.capital && opens_inverted(at)) return true;
    if (name_at(names_, pieces_[at].token) != nullptr) return false;
    if (word.is(WordClass::role_prefix) && at + 1 < size() && is(at + 1, WordClass::role)) {
        return false;  // "press secretary"
    }
    if (is_passive(at) || is_modifier(at) || lacks_prefix(at) || is_passive_in_clause(at)) {
        return false;
    }
    if (at == 0) return word.is(WordClass::cue_participle);
    if (is_quote(at - 1)) return true;
    const Token& before = token(at - 1);
    if ((before.is(begins_noun) && !before.is(WordClass::relative)) ||
        before.kind == TokenKind::possessive)
        return false;
    if (const NationMention* nation = nation_at(names_, pieces_[at - 1].token)) {
        if (nation->adjective) return false;
    }
    if (!word.is(WordClass::cue_noun) || closing_speaker(at)) return true;
    // "claims", "report": a verb only where somebody stands before it
    std::size_t left = at;
    while (left > 0 && is_adverbial(left - 1)) --left;
    if (left < at && is(left, WordClass::modal)) return true;
    if (left == 0) return false;
    if (is(left - 1, Marker::infinitive) || is_relative(left - 1)) return true;
    const auto phrase =
        is_mark(left - 1, U',') ? across_insert(left - 1) : phrase_ending_at(left - 1);
    return phrase && !(phrase->reference != nullptr && phrase->reference->possessor);
}

std::optional<NounPhrase> Clause::closing_speaker(std::size_t at) const {
    if (at < 2 || !is_mark(at - 1, U',') || is_quote(at - 2) || !is(at, WordClass::cue) ||
        is(at, WordClass::cue_participle) || has_subject_before_insert(at)) {
        return std::nullopt;
    }
    const auto phrase = phrase_from(at + 1, std::min(size(), at + 9));
    if (!phrase) return std::nullopt;
    const auto first = piece_of(phrase->tokens.first);
    const auto last = piece_of(phrase->tokens.end - 1);
    if (!first || !last || *first != at + 1) return std::nullopt;
    const bool closes = *last + 1 >= size() ||
                        (!is_quote(*last + 1) && token(*last + 1).kind == TokenKind::punctuation &&
                         (!is_mark(*last + 1, U',') || is_only_beside(*last + 2)));
    return closes ? phrase : std::nullopt;
}

/// "..., says Kell, | a judge in Nordell.": nothing up to the end but what stands beside a name.
bool Clause::is_only_beside(std::size_t from) const {
    constexpr std::size_t longest = 25;  // pieces
    if (from >= size() || size() - from > longest) return false;
    for (std::size_t i = from; i < size() && !is_relative(i); ++i) {
        if (is_quote(i)) return false;
        const Part part = grammar_.part(pieces_[i].token);
        if (part == Part::finite_verb || part == Part::auxiliary) return false;
    }
    return true;
}

bool Clause::has_subject_before_insert(std::size_t at) const {
    std::size_t opens = at - 1;
    while (opens > 0 && !is_mark(opens - 1, U',')) --opens;
    if (opens < 2) return false;
    const auto has_verb = [&](std::size_t from, std::size_t end) {
        for (std::size_t i = from; i < end; ++i) {
            if (!is_quote(i) && may_be_verb(i)) return true;
        }
        return false;
    };
    constexpr std::size_t reach = 40;
    const bool insert = is_relative(opens) || !has_verb(opens, at - 1);
    return insert && !has_verb(opens > reach ? opens - reach : 0, opens - 1);
}

std::optional<NounPhrase> Clause::according_to(std::size_t at) const {
    if (!attributes(at) || !is_closing_attribution(at)) return std::nullopt;
    if (is_by_word_of(at)) return named_after(at + 1);
    if (is(at, Marker::postposed)) return named_before(at);
    if (order().verb_second) return named_after(at);
    const auto from = at + static_cast<std::size_t>(attribution_range(at).size());
    if (from > at + 1 && from < size()) {
        if (auto whole = whole_phrase(from)) return whole;
    }
    return phrase_from(at + 1, std::min(size(), at + 10));
}

TokenRange Clause::attribution_range(std::size_t at) const {
    const bool two = at + 1 < size() && (is(at + 1, WordClass::preposition) || is_by_word_of(at));
    return {pieces_[at].token, pieces_[at].token + (two ? 2 : 1)};
}

/// "Me dijo Juan", "Later said Jane": nothing but pronouns of objects and adverbs before the verb.
bool Clause::is_inverted(std::size_t at) const {
    if (is(at, WordClass::cue_participle)) return at == 0;
    std::size_t first = at;
    while (first > 0 && (is_clitic(first - 1) || is_adverbial(first - 1))) --first;
    return first == 0;
}

std::optional<Attribution> Clause::attribute(std::size_t at) const {
    if (order().verb_second && at > 0 && is_mark(at - 1, U':') && has_cue_before(at - 1)) {
        if (auto found = leading_in(at); found && found->speaker && found->cue) return found;
    }
    if (auto found = behind(at)) return found;
    if (auto found = leading_in(at)) return found;
    if (auto found = cue_behind(at)) return found;
    if (auto found = governing(at)) return found;
    if (auto found = trailing(at)) return found;
    if (auto found = named_in_front(at)) return found;
    if (auto found = named_behind(at)) return found;
    return by_noun(at);
}

/// X said, "..."; X told reporters: "..."; X: "...".
/// "Jane Roe: City 'better off' without cars", as headlines have it.
std::optional<Attribution> Clause::named_in_front(std::size_t at) const {
    for (std::size_t i = 1; i < at; ++i) {
        if (!is_mark(i, U':')) continue;
        const auto phrase = phrase_ending_at(i - 1);
        if (!phrase || phrase->tokens.first != pieces_[0].token || !is_speaker(*phrase)) break;
        return Attribution{phrase, std::nullopt, false};
    }
    return std::nullopt;
}

/// "asked by Jane Roe": whom a passive cue names.
std::optional<NounPhrase> Clause::agent_of(std::size_t at, std::size_t end) const {
    constexpr std::size_t reach = 8;
    if (!is(at, WordClass::cue) || at + 2 >= end || !is(at + 1, Marker::agent) || !is_passive(at)) {
        return std::nullopt;
    }
    return phrase_from(at + 2, std::min(end, at + reach));
}

/// "regulators who are tough": no comma sets the clause off.
bool Clause::is_restrictive(std::size_t relative) const {
    return relative > 0 && !is_quote(relative - 1) && token(relative - 1).kind == TokenKind::word;
}

std::optional<Attribution> Clause::leading_in(std::size_t at) const {
    if (at < 2 || is_quote(at - 1)) return std::nullopt;
    const bool colon = is_mark(at - 1, U':');
    if (!colon && !is_mark(at - 1, U',')) {
        if (!is_verbal_cue(at - 1)) return std::nullopt;
        const bool alone =
            at + 1 >= size() || is_quote(at + 1) || token(at + 1).kind == TokenKind::punctuation;
        return Attribution{subject_of(at - 1), cue_range(at - 1), alone};
    }
    const std::size_t stop = at - 1 > reach_before ? at - 1 - reach_before : 0;
    for (std::size_t i = at - 1; i-- > stop;) {
        if (is_quote(i) || is_mark(i, U';')) break;
        if (is_relative(i) && !is_restrictive(i)) break;
        if (auto agent = agent_of(i, at)) return Attribution{agent, cue_range(i), true};
        if (is_verbal_cue(i)) {
            if (is_embedded_participle(i) && i + 2 < at) continue;
            const bool goes_on = i >= 2 && is_mark(i - 1, U',') && is_quote(i - 2);
            if (order().verb_second && goes_on) break;  // "...", sagte Moore, "..."
            auto subject = is_inverted(i) ? phrase_from(i + 1, at - 1) : subject_of(i);
            return outermost(Attribution{subject, cue_range(i), true}, i);
        }
        if (attributes(i) && is_closing_attribution(i)) {
            return Attribution{according_to(i), attribution_range(i), true};
        }
    }
    if (!colon) return std::nullopt;
    if (const auto phrase = phrase_ending_at(at - 2);
        phrase && (phrase->tokens.first == pieces_[0].token || is_speaker(*phrase))) {
        return Attribution{phrase, std::nullopt, true};
    }
    if (order().verb_second) {
        const auto speaker = colon_speaker(at - 1);
        if (!speaker) return std::nullopt;
        const auto verb = verb_beside(*speaker);
        return Attribution{speaker, verb ? std::optional(cue_range(*verb)) : std::nullopt, true};
    }
    return colon_sentence(at - 1);
}

/// "fears comparing": the object of another verb, not a clause that a comma sets off.
bool Clause::is_embedded_participle(std::size_t at) const {
    return is(at, WordClass::cue_participle) && at > 0 && !is_quote(at - 1) &&
           token(at - 1).kind != TokenKind::punctuation && !is(at - 1, WordClass::conjunction);
}

/// "X delivered a blunt message: ...": what follows the subject is the cue, whatever verb it is.
std::optional<Attribution> Clause::colon_sentence(std::size_t colon) const {
    const auto subject = main_subject(colon);
    if (!subject || after_preposition(*subject)) return std::nullopt;
    const auto last = piece_of(subject->tokens.end - 1);
    if (!last) return std::nullopt;
    std::size_t verb = *last + 1;
    while (verb < colon && is_adverbial(verb)) ++verb;
    if (verb >= colon || is_quote(verb) || token(verb).kind != TokenKind::word ||
        token(verb).capital || token(verb).is_known()) {
        return std::nullopt;
    }
    return Attribution{subject, cue_range(verb), true};
}

/// "he said that he hopes": the inner verb is part of what the outer one says.
bool Clause::is_told_by(std::size_t outer, std::size_t inner,
                        const std::optional<NounPhrase>& inner_subject) const {
    if (!inner_subject || inner_subject->reference == nullptr ||
        inner_subject->reference->form != ReferenceForm::pronoun) {
        return false;
    }
    const auto subject = subject_of(outer);
    if (!subject || subject->reference == nullptr) return false;
    const auto first = piece_of(inner_subject->tokens.first);
    if (!first || *first < outer) return false;
    for (std::size_t i = outer + 1; i < inner; ++i) {
        if (is_quote(i) || is_mark(i, U';') || is_mark(i, U',')) return false;
    }
    const auto inner_entity = inner_subject->reference->entity;
    return !inner_entity || inner_entity == subject->reference->entity;
}

/// A cue further to the left whose clause the quotation belongs to.
std::optional<Attribution> Clause::governing(std::size_t at) const {
    std::optional<Attribution> weak;  // a participle that may belong to a finite verb before it
    bool other_between = false;
    for (std::size_t i = at; i-- > 0;) {
        if (is_quote(i)) {
            other_between = true;
            continue;
        }
        if (is_mark(i, U';') || is_relative_that(i)) return weak;
        if (is_verbal_cue(i)) {
            if (has_own_complement(i, at)) continue;
            auto subject = subject_of(i);
            Attribution found{subject, cue_range(i), false};
            if (!subject) return weak || other_between ? weak : found;
            if (!is_embedded_participle(i) || i + 1 == at) return outermost(found, i);
            if (!weak) weak = found;
            continue;
        }
        if (auto agent = agent_of(i, at)) return Attribution{agent, cue_range(i), false};
        if (attributes(i)) {
            if (auto phrase = according_to(i)) {
                return Attribution{phrase, attribution_range(i), false};
            }
        }
        if (is_relative(i) && !is_restrictive(i)) return weak;
    }
    return weak;
}

/// "told a woman who suggested that some may not vote that “...”": the second "that" is no part of
/// what the inner verb says.
bool Clause::has_own_complement(std::size_t cue, std::size_t at) const {
    if (at < cue + 3 || !is(at - 1, Marker::complement) || !is(cue + 1, Marker::complement)) {
        return false;
    }
    std::size_t left = cue;
    while (left > 0 && is_adverbial(left - 1)) --left;
    return left > 0 && is_relative(left - 1);
}

/// Of "he said that he hopes" the first cue.
Attribution Clause::outermost(Attribution found, std::size_t inner) const {
    for (std::size_t i = inner; i-- > 0;) {
        if (is_quote(i) || is_mark(i, U';')) break;
        if (!is_verbal_cue(i) || is(i, WordClass::cue_participle)) continue;
        if (!is_told_by(i, inner, found.speaker)) break;
        found = Attribution{subject_of(i), cue_range(i), found.set_off};
        inner = i;
    }
    return found;
}

/// A "big facility" was hit, X said.
std::optional<Attribution> Clause::trailing(std::size_t at) const {
    for (std::size_t i = at + 1; i + 1 < size(); ++i) {
        if (is_quote(i) || is_mark(i, U';')) return std::nullopt;
        if (!is_mark(i, U',')) continue;
        if (auto phrase = according_to(i + 1)) {
            return Attribution{phrase, attribution_range(i + 1), false};
        }
        const std::size_t end = std::min(size(), i + 8);
        for (std::size_t c = i + 1; c < end && !bounds_clause(c); ++c) {
            if (!is_verbal_cue(c)) continue;
            auto phrase = c == i + 1 ? phrase_from(c + 1, end) : subject_in(i + 1, c);
            const bool last = c + 1 >= size() || token(c + 1).kind == TokenKind::punctuation ||
                              is(c + 1, WordClass::weekday | WordClass::preposition) || c == i + 1;
            if (phrase && last) return Attribution{phrase, cue_range(c), false};
            break;
        }
    }
    return std::nullopt;
}

}  // namespace framelens::quotes_detail
