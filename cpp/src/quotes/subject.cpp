#include "clause.hpp"

#include "framelens/grammar.hpp"
#include "framelens/unicode.hpp"

#include <algorithm>

namespace framelens::quotes_detail {
namespace {

constexpr WordClass auxiliary =
    WordClass::be | WordClass::have | WordClass::modal | WordClass::negation;
constexpr WordClass speaking_noun =
    WordClass::people | WordClass::role | WordClass::organisation | WordClass::institution;
constexpr WordClass premodifier = WordClass::article | WordClass::determiner |
                                  WordClass::possessive_pronoun | WordClass::former |
                                  WordClass::role_prefix | WordClass::number | WordClass::role |
                                  WordClass::organisation | WordClass::hedge;

}  // namespace

std::optional<std::size_t> Clause::piece_of(std::int32_t token) const {
    const std::size_t found = first_from(token);
    if (found == size() || pieces_[found].token != token) return std::nullopt;
    return found;
}

bool Clause::is_plain_past(std::size_t at) const {
    if (is_quote(at) || token(at).kind != TokenKind::word || token(at).capital) return false;
    const bool verb = is(at, WordClass::cue) && !is(at, WordClass::cue_noun);
    if (token(at).is_known() && !is(at, WordClass::denial)) return verb;
    return verb || inflection().past.fits(printed(at));
}

bool Clause::is_title_case() const {
    int words = 0;
    int capitals = 0;
    for (std::size_t i = 0; i < size(); ++i) {
        if (is_quote(i) || token(i).kind != TokenKind::word) continue;
        if (token(i).is_known() && !token(i).capital) {
            if (token(i).is(WordClass::cue)) return false;  // headlines print their verbs large
            continue;
        }
        ++words;
        capitals += token(i).capital ? 1 : 0;
    }
    constexpr int fewest = 2;
    return words >= fewest && capitals == words && !is_mark(size() - 1, U'.');
}

/// Adverbs by class or by -ly, and what stands between them.
bool Clause::is_adverbial(std::size_t at) const {
    if (is_quote(at)) return false;
    const Token& word = token(at);
    if (word.kind == TokenKind::contraction) return true;
    if (word.kind != TokenKind::word) return false;
    if (word.capital && name_at(names_, pieces_[at].token) != nullptr) return false;  // Jo May
    return word.is(auxiliary) || is_adverb(text_, pieces_[at].token);
}

/// "Me" of "Me dijo": a pronoun that stands before the verb and is not its subject.
bool Clause::is_clitic(std::size_t at) const {
    return is(at, WordClass::object_pronoun | WordClass::reflexive) &&
           !is(at, WordClass::subject_pronoun | WordClass::possessive_pronoun | WordClass::article);
}

/// The phrase whose words cover the piece: a reference, or a plain noun for people who speak.
std::optional<NounPhrase> Clause::phrase_at(std::size_t at) const {
    if (is_quote(at) || token(at).kind != TokenKind::word) return std::nullopt;
    const std::int32_t index = pieces_[at].token;
    if (const Reference* reference = references_.at(index)) {
        if (reference->compound) return std::nullopt;
        if (const auto head = modified_by(*reference)) {
            return at < *head ? std::nullopt : phrase_around(pieces_[*head].token);
        }
        if (reference->form == ReferenceForm::pronoun &&
            !token(at).is(WordClass::subject_pronoun)) {
            return std::nullopt;
        }
        if (const auto titled = bearer_of_title(at)) return titled;
        if (is_named_after(*reference)) {
            return plain_around(reference->head);  // "a Moore spokesman"
        }
        return NounPhrase{reference->tokens, reference};
    }
    if (const NationMention* nation = nation_at(names_, index)) {
        if (nation->adjective) return std::nullopt;
        const Reference* behind = references_.at(nation->tokens.end);  // "Texas Governor Jo Reed"
        if (behind != nullptr && behind->tokens.first == nation->tokens.end &&
            behind->form == ReferenceForm::name && !behind->compound) {
            return NounPhrase{behind->tokens, behind};
        }
        return NounPhrase{nation->tokens, nullptr};
    }
    if (const auto titled = bearer_of_title(at)) return titled;
    if (is_it_that_speaks(at)) return NounPhrase{{index, index + 1}, nullptr};
    if (!token(at).is(speaking_noun)) return std::nullopt;
    if (at + 1 < size() && !is_quote(at + 1) && token(at + 1).kind == TokenKind::word &&
        token(at + 1).is(speaking_noun) && !is(at + 1, WordClass::cue)) {
        return std::nullopt;  // a modifier: "government officials"
    }
    std::int32_t first = index;
    while (first > 0) {
        const Token& before = text_.tokens[static_cast<std::size_t>(first - 1)];
        const bool joins =
            before.kind == TokenKind::word && (before.is(premodifier) || !before.is_known() ||
                                               nation_at(names_, first - 1) != nullptr);
        if (before.sentence != token(at).sentence || !joins || before.is(WordClass::cue)) break;
        --first;
        if (before.is(WordClass::article | WordClass::determiner)) break;
    }
    return NounPhrase{{first, index + 1}, nullptr};
}

/// "it said", "what it called": an organisation's pronoun, right before a cue.
bool Clause::is_it_that_speaks(std::size_t at) const {
    constexpr WordClass it = WordClass::neuter;
    if (!is(at, WordClass::subject_pronoun) || !is(at, it)) return false;
    std::size_t next = at + 1;
    while (next < size() && is(next, WordClass::adverb)) ++next;
    return next < size() && is(next, WordClass::cue);
}

std::optional<NounPhrase> Clause::phrase_ending_at(std::size_t at) const {
    auto phrase = phrase_at(at);
    if (phrase && phrase->tokens.end != pieces_[at].token + 1) return std::nullopt;
    return phrase;
}

bool Clause::after_preposition(const NounPhrase& phrase) const {
    auto at = piece_of(phrase.tokens.first);
    if (!at) return false;
    while (*at > 0) {
        --*at;
        if (is_quote(*at)) return false;
        const Token& word = token(*at);
        if (word.is(WordClass::preposition)) return true;
        const bool modifier = word.is(premodifier) || word.kind == TokenKind::possessive ||
                              nation_at(names_, pieces_[*at].token) != nullptr ||
                              (word.kind == TokenKind::word && !word.is_known());
        if (!modifier) return false;
    }
    return false;
}

std::optional<NounPhrase> Clause::phrase_from(std::size_t at, std::size_t end) const {
    for (std::size_t i = at; i < end; ++i) {
        auto phrase = phrase_at(i);
        if (!phrase) continue;
        if (phrase->reference != nullptr && phrase->reference->possessor) continue;
        return phrase;
    }
    return std::nullopt;
}

/// "that" behind a noun and before a verb opens a relative clause; before a noun phrase it opens
/// what somebody says.
bool Clause::is_relative_that(std::size_t at) const {
    if (is_quote(at) || at + 1 >= size() || is_quote(at + 1)) return false;
    if (!is(at, Marker::complement)) return false;
    if (at > 0 && (is(at - 1, WordClass::cue | WordClass::conjunction | WordClass::adverb) ||
                   is_mark(at - 1, U','))) {
        return false;
    }
    // a verb behind it: "regime that seeks"
    const Token& next = token(at + 1);
    if (next.capital || next.kind != TokenKind::word) return false;
    if (next.is(WordClass::be | WordClass::have | WordClass::modal)) return true;
    if (next.is_known()) return next.is(WordClass::cue) && !next.is(WordClass::people);
    constexpr std::size_t shortest = 4;  // bytes
    const std::string_view verb = printed(at + 1);
    return verb.size() >= shortest &&
           (inflection().third_person.may_fit(verb) || inflection().past.fits(verb));
}

bool Clause::bounds_clause(std::size_t at) const {
    if (is_quote(at)) return true;
    const Token& word = token(at);
    if (word.kind == TokenKind::punctuation) return word.mark != U'$' && word.mark != U'%';
    return word.is(WordClass::subordinator | WordClass::relative | WordClass::conjunction) &&
           !word.capital;
}

/// The first piece of the clause that ends before `end`.
std::size_t Clause::clause_start(std::size_t end) const {
    while (end > 0 && !bounds_clause(end - 1)) --end;
    return end;
}

/// "Democratic front-runner Hillary Clinton": the name at `at` belongs to the phrase behind it.
bool Clause::modifies_next(std::size_t at) const {
    const auto next = phrase_at(at + 1);
    return next && (next->reference == nullptr || next->reference->form != ReferenceForm::pronoun);
}

std::optional<NounPhrase> Clause::subject_in(std::size_t from, std::size_t end) const {
    std::optional<NounPhrase> fallback;
    for (std::size_t i = from; i < end; ++i) {
        auto phrase = phrase_at(i);
        if (!phrase) continue;
        const auto last = piece_of(phrase->tokens.end - 1);
        if (last) i = std::max(i, *last);
        if (phrase->reference != nullptr && phrase->reference->possessor) continue;
        if (i + 1 < end && token(i + 1).kind == TokenKind::possessive) continue;
        if (i + 1 < end && modifies_next(i)) continue;
        if (!after_preposition(*phrase)) return in_apposition(*phrase, i + 1, end);
        if (!fallback) fallback = phrase;
    }
    return fallback;
}

/// "the union's secretary, Jane Roe, told": the name, where the phrase resolves to nobody.
NounPhrase Clause::in_apposition(const NounPhrase& phrase, std::size_t comma,
                                 std::size_t end) const {
    if (phrase.reference != nullptr && phrase.reference->entity) return phrase;
    if (comma + 1 >= end || !is_mark(comma, U',')) return phrase;
    const auto name = phrase_at(comma + 1);
    if (!name || name->reference == nullptr || name->reference->form != ReferenceForm::name) {
        return phrase;
    }
    const auto last = piece_of(name->tokens.end - 1);
    const bool closed = last && (*last + 1 >= size() || is_quote(*last + 1) ||
                                 token(*last + 1).kind == TokenKind::punctuation);
    return closed ? *name : phrase;
}

/// Where a plain phrase that begins at `from` must end.
std::size_t Clause::phrase_end(std::size_t from) const {
    std::size_t end = from;
    while (end < size() && !bounds_clause(end)) ++end;
    return end;
}

/// Any short noun phrase from `from` to `end`: "the release", "it".
std::optional<NounPhrase> Clause::plain_phrase(std::size_t from, std::size_t end) const {
    while (end > from && (is_adverbial(end - 1) || is_clitic(end - 1))) --end;
    while (from < end && (is_adverbial(from) || is_clitic(from))) ++from;
    if (from >= end || end - from > 7) return std::nullopt;
    if (end - from == 1 && is(from, WordClass::article)) return std::nullopt;  // "Lo dijo"
    const Token& first = token(from);
    const WordClass begins = WordClass::article | WordClass::determiner | WordClass::neuter |
                             WordClass::possessive_pronoun | WordClass::number;
    if (!first.capital && !first.is(begins)) return std::nullopt;
    if (first.is(WordClass::preposition | WordClass::subordinator | WordClass::conjunction)) {
        return std::nullopt;
    }
    std::size_t last = from + 1;
    while (last < end && !is_quote(last) && token(last).kind != TokenKind::punctuation &&
           !is(last, WordClass::preposition | WordClass::relative)) {
        ++last;
    }
    return NounPhrase{{pieces_[from].token, pieces_[last - 1].token + 1}, nullptr};
}

/// The subject of the sentence: a person or organisation, before others.
std::optional<NounPhrase> Clause::main_subject(std::size_t before) const {
    const auto first = subject_in(0, before);
    if (!first || first->reference == nullptr || !first->reference->entity || is_speaker(*first)) {
        return first;
    }
    const auto last = piece_of(first->tokens.end - 1);
    if (!last || *last + 1 >= before) return first;
    const auto next = subject_in(*last + 1, before);
    return next && next->reference != nullptr && !after_preposition(*next) && is_speaker(*next)
               ? next
               : first;
}

bool Clause::is_speaker(const NounPhrase& phrase) const {
    if (phrase.reference == nullptr || !phrase.reference->entity) return false;
    const auto entity = static_cast<std::size_t>(*phrase.reference->entity);
    return references_.corpus().entities[entity].kind != EntityKind::other;
}

/// "Maduro, who drove the car, said": the phrase that ends before the insert closed by `comma`.
std::optional<NounPhrase> Clause::across_insert(std::size_t comma) const {
    for (std::size_t i = comma; i-- > 0;) {
        if (is_quote(i)) return std::nullopt;
        const bool opens =
            is_mark(i, U',') || is_mark(i, 0x2014) || is_mark(i, 0x2013) || is_mark(i, U'(');
        if (!opens || i == 0) continue;
        const auto inside = phrase_at(i + 1);
        if (inside && inside->tokens.end == pieces_[comma - 1].token + 1 && is_speaker(*inside) &&
            inside->reference->form == ReferenceForm::name) {
            return inside;  // "The spokeswoman for the union, Jane Roe, replied"
        }
        return phrase_ending_at(i - 1);
    }
    return std::nullopt;
}

/// "Moore said | the crews were tired and urged them ...": whoever says so goes on.
bool Clause::is_content_of_cue(const NounPhrase& subject) const {
    const auto first = piece_of(subject.tokens.first);
    if (!first || *first == 0) return false;
    const std::size_t before = *first - 1;
    return is(before, WordClass::cue) ||
           (before > 0 && is(before, Marker::complement) && is(before - 1, WordClass::cue));
}

std::optional<NounPhrase> Clause::subject_of(std::size_t at) const {
    if (auto behind = inverted_subject(at)) return behind;
    std::size_t left = at;
    while (left > 0 && is_adverbial(left - 1)) --left;
    if (left == 0) return std::nullopt;
    if (auto near = phrase_ending_at(left - 1)) {
        const bool possessor = near->reference != nullptr && near->reference->possessor;
        if (!possessor && !after_preposition(*near)) return near;
    }
    const bool participle = is(at, WordClass::cue_participle);
    if (auto near = phrase_ending_at(left - 1);
        near && participle && near->reference != nullptr && !near->reference->possessor) {
        return near;  // "with Jane Roe noting"
    }
    const bool infinitive = is(left - 1, WordClass::preposition);
    if (is(left - 1, Marker::infinitive)) {
        if (auto found = infinitive_subject(left - 1)) return found;
    }
    if (is(left - 1, WordClass::conjunction)) {
        auto found = governing_subject(left - 1);
        if (found && !is_content_of_cue(*found)) return found;
    }
    const std::size_t from = clause_start(left);
    if (!participle && !infinitive) {
        if (auto found = subject_in(from, left)) return found;
        if (auto found = plain_phrase(from, left)) return found;
    }
    if (from >= 2 && is_relative(from - 1)) {
        const std::size_t antecedent = is_mark(from - 2, U',') && from >= 3 ? from - 3 : from - 2;
        if (auto found = phrase_ending_at(antecedent)) return found;
    }
    const bool closes_insert = from == left && from > 0 &&
                               (is_mark(from - 1, U',') || is_mark(from - 1, 0x2014) ||
                                is_mark(from - 1, 0x2013) || is_mark(from - 1, U')'));
    if (closes_insert && !participle) {
        if (auto found = across_insert(from - 1)) return found;
    }
    if (participle) {
        if (auto found = governing_subject(at)) return found;
    }
    if (auto found = main_subject(at)) return found;
    if (is_quote(left - 1) || token(left - 1).kind != TokenKind::word ||
        token(left - 1).is_known()) {
        return std::nullopt;
    }
    const auto subject = grammar_.subject(pieces_[at].token);
    const auto plain = subject ? phrase_around(*subject) : std::nullopt;
    return plain && piece_of(plain->tokens.first) && is_definite(*plain) ? plain : std::nullopt;
}

}  // namespace framelens::quotes_detail
