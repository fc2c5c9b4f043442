#include "nouns.hpp"

#include "framelens/language.hpp"
#include "framelens/unicode.hpp"

#include <algorithm>

namespace framelens::mentions_detail {
namespace {

constexpr WordClass listed = WordClass::role | WordClass::institution;
constexpr WordClass opener =
    WordClass::article | WordClass::determiner | WordClass::possessive_pronoun;
constexpr WordClass calling = WordClass::naming_verb | WordClass::viewing_verb;
constexpr std::int32_t reach = 8;  // tokens between a person and what is said of them

bool sets_off(const Token& mark) noexcept {
    return mark.mark == U',' || mark.mark == U'(';
}

}  // namespace

LabelNouns::LabelNouns(const Annotated& document, const Grammar& grammar, const Meant& meant)
    : document_(document),
      grammar_(grammar),
      all_(document.references.nouns()),
      concerned_(document.text.segments.sentences.size()) {
    for (const Reference& who : document.references.items()) {
        if (!meant.by(who)) continue;
        concerned_[static_cast<std::size_t>(token(who.head).sentence)] = true;
        if (!who.possessor && !who.compound) add_beside(who);
    }
    std::sort(all_.begin(), all_.end());
    all_.erase(std::unique(all_.begin(), all_.end()), all_.end());
}

bool LabelNouns::has(std::int32_t token) const {
    return std::binary_search(all_.begin(), all_.end(), token);
}

bool LabelNouns::concerns(std::int32_t t) const {
    return concerned_[static_cast<std::size_t>(token(t).sentence)];
}

bool LabelNouns::is_plural(std::int32_t noun) const {
    if (token(noun).is(listed)) return token(noun).is(WordClass::plural);
    return inflection_of(document_.text).plural.fits(document_.text.at(token(noun).span));
}

bool LabelNouns::in_sentence(std::int32_t t, std::int32_t of) const {
    return t >= 0 && t < static_cast<std::int32_t>(document_.text.tokens.size()) &&
           token(t).sentence == token(of).sentence;
}

std::int32_t LabelNouns::over_adverbs(std::int32_t t) const {
    const std::int32_t first = t;
    while (in_sentence(t, first) && t - first < reach && is_adverb(document_.text, t)) ++t;
    return t;
}

/// Over "by critics" and "as".
std::int32_t LabelNouns::over_agent(std::int32_t t) const {
    const std::int32_t verb = t - 1;
    if (is_word(t, verb, Marker::agent)) {
        while (in_sentence(t, verb) && t - verb <= reach && !token(t).is(Marker::predicative)) ++t;
    }
    return is_word(t, verb, Marker::predicative) ? t + 1 : t;
}

void LabelNouns::add_beside(const Reference& who) {
    add_apposed(who);
    add_predicate(who);
    add_called(who);
}

/// "Moore, the leaker,", "Moore, widely branded a leaker,"; "The leaker, Moore,".
void LabelNouns::add_apposed(const Reference& who) {
    const std::int32_t mark = who.tokens.end;
    if (in_sentence(mark, who.head) && sets_off(token(mark))) {
        std::int32_t t = over_adverbs(mark + 1);
        const bool called = is_word(t, who.head, calling);
        if (called) t = over_agent(t + 1);
        const bool number = is_word(t, who.head, WordClass::number);  // "one of the oligarchs"
        const bool may_be = is_word(t, who.head, opener) || number || called;
        if (may_be && in_sentence(t, who.head) &&
            (called || number || grammar_.apposition(who.head))) {
            add_from(t);
        }
    }
    add_exemplified(who.tokens.first - 1);
    const std::int32_t comma = who.tokens.first - 1;
    if (who.form != ReferenceForm::name || !in_sentence(comma - 1, who.head)) return;
    if (token(comma).mark != U',' || token(comma - 1).is_known()) return;
    const auto phrase = grammar_.phrase(comma - 1);
    if (phrase && phrase->head == comma - 1 && !in_sentence(phrase->first - 1, who.head)) {
        add_from(phrase->first);
    }
}

/// "oligarchs such as | Moore", "oligarchs, including | Moore".
void LabelNouns::add_exemplified(std::int32_t t) {
    if (t < 2 || !token(t).is(Marker::predicative | Marker::including)) return;
    if (token(t).is(Marker::predicative)) {
        --t;
        if (!is_word(t, t + 1, WordClass::determiner)) return;
    }
    --t;
    if (in_sentence(t, t + 1) && token(t).mark == U',') --t;
    if (in_sentence(t, t + 1) && is_unlisted_label(t) && is_plural(t)) all_.push_back(t);
}

/// "Moore has never been a patriot", "Moore is widely seen as a patriot"; "Is Moore a patriot?".
void LabelNouns::add_predicate(const Reference& who) {
    constexpr WordClass copula = WordClass::be | WordClass::linking;
    constexpr WordClass between =
        copula | WordClass::have | WordClass::modal | WordClass::denial | WordClass::relative;
    std::int32_t t = who.tokens.end;
    bool joined = is_word(who.tokens.first - 1, who.head, WordClass::be);
    if (in_sentence(t, who.head) && token(t).mark == U',' &&
        is_word(t + 1, who.head, WordClass::relative)) {
        ++t;
    }
    for (; in_sentence(t, who.head) && t - who.tokens.end < reach; ++t) {
        if (!token(t).is(between) && !is_adverb(document_.text, t)) break;
        joined = joined || token(t).is(copula);
    }
    if (!joined || !in_sentence(t, who.head)) return;
    if (token(t).is(calling) && !token(t).is(WordClass::cue_participle)) t = over_agent(t + 1);
    if (in_sentence(t, who.head)) add_from(t);
}

/// "called Moore a patriot", "saw Moore as a patriot", "thought of Moore as a patriot".
void LabelNouns::add_called(const Reference& who) {
    std::int32_t verb = who.tokens.first - 1;
    if (is_word(verb, who.head, Marker::genitive)) --verb;
    if (!is_word(verb, who.head, calling)) return;
    std::int32_t t = who.tokens.end;
    if (is_word(t, who.head, Marker::predicative)) {
        ++t;
    } else if (!token(verb).is(WordClass::naming_verb)) {
        return;
    }
    if (in_sentence(t, who.head)) add_from(t);
}

/// Adds the head of the phrase that begins at a token, and of those joined to it. Without an article
/// only behind "and".
void LabelNouns::add_from(std::int32_t t, bool bare) {
    constexpr std::int32_t most = 6;  // nouns joined
    for (std::int32_t count = 0; count < most; ++count, bare = true) {
        t = over_adverbs(t);
        if (in_sentence(t + 1, t) && token(t).kind == TokenKind::punctuation) ++t;  // a mark
        if (is_word(t + 1, t, Marker::genitive) && token(t).is(WordClass::number)) t += 2;
        if (t >= static_cast<std::int32_t>(document_.text.tokens.size())) return;
        const bool owned = nation_at(document_.names, t) != nullptr;
        if (!bare && !owned && !token(t).is(opener | WordClass::negation)) return;
        const auto phrase = grammar_.whole_phrase_from(t);
        if (!phrase) return;
        if (is_unlisted_label(phrase->head)) all_.push_back(phrase->head);
        std::int32_t joint = phrase->end;
        if (in_sentence(joint, t) && token(joint).mark == U',') ++joint;
        if (!is_word(joint, t, WordClass::conjunction) || !in_sentence(joint + 1, t)) return;
        t = joint + 1;
    }
}

bool LabelNouns::is_unlisted_label(std::int32_t noun) const {
    const Token& word = token(noun);
    constexpr WordClass none = listed | WordClass::vague | WordClass::number | WordClass::month |
                               WordClass::weekday | WordClass::people | WordClass::demonym |
                               WordClass::be | WordClass::modal;
    if (word.kind != TokenKind::word || word.capital || word.is(none)) return false;
    if (word.is(WordClass::cue) && !word.is(WordClass::cue_noun)) return false;  // "many believe"
    if (is_word(noun - 1, noun, WordClass::role)) return false;  // "the man responsible"
    if (grammar_.part(noun) != Part::noun || name_at(document_.names, noun) != nullptr)
        return false;
    if (!in_sentence(noun + 1, noun)) return true;
    // "the dictator's voice", "a tea | party-aligned Republican"
    const Part behind = grammar_.part(noun + 1);
    return token(noun + 1).kind != TokenKind::possessive && behind != Part::noun &&
           behind != Part::proper_noun &&
           (behind != Part::adjective || !in_sentence(noun + 2, noun) ||
            !grammar_.is_noun(noun + 2));
}

}  // namespace framelens::mentions_detail
