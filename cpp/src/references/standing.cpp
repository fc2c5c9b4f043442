// Where an expression stands in its clause, by the words next to it.
#include "framelens/grammar.hpp"
#include "framelens/language.hpp"
#include "framelens/references.hpp"
#include "word_kinds.hpp"

namespace framelens {

Standing References::standing_of(const Reference& reference) const {
    const Token& head = text_.tokens[static_cast<std::size_t>(reference.head)];
    if (reference.form == ReferenceForm::pronoun) {
        if (head.is(WordClass::subject_pronoun)) return Standing::subject;
        if (owns_what_follows(reference.head)) return Standing::owner;
    } else if (reference.possessor) {
        return Standing::owner;
    }
    std::int32_t before = reference.tokens.first - 1;
    const auto is = [&](std::int32_t t, WordClass any) {
        const auto at = static_cast<std::size_t>(t);
        return t >= 0 && text_.tokens[at].sentence == head.sentence && text_.tokens[at].is(any);
    };
    while (is(before, opener)) --before;
    if (is(before, WordClass::attribution)) return Standing::acting;  // "according to Lund"
    if (is(before, WordClass::preposition)) return Standing::governed;
    if (reference.form == ReferenceForm::pronoun) return Standing::other;
    if (is(before, WordClass::cue) && is_inverted(before)) return Standing::acting;
    const bool acts = before_verb(reference.tokens.end);
    if (reference.subject) return acts ? Standing::subject : Standing::opening;
    return acts ? Standing::acting : Standing::other;
}

/// ", said | Lund": what is said stands before its verb.
bool References::is_inverted(std::int32_t cue) const {
    if (cue == 0 || text_.tokens[static_cast<std::size_t>(cue)].is(WordClass::addressing))
        return false;
    const Token& before = text_.tokens[static_cast<std::size_t>(cue - 1)];
    return before.kind == TokenKind::punctuation;
}

/// "her" of "her boat", and not of "saw her in May": by the word behind it, as of "his".
bool References::owns_what_follows(std::int32_t pronoun) const {
    constexpr WordClass ends = WordClass::preposition | WordClass::conjunction |
                               WordClass::subordinator | WordClass::relative | opener |
                               WordClass::subject_pronoun | WordClass::be | WordClass::have |
                               WordClass::modal | WordClass::negation | WordClass::reflexive;
    const Token& word = text_.tokens[static_cast<std::size_t>(pronoun)];
    const auto next = static_cast<std::size_t>(pronoun) + 1;
    if (!word.is(WordClass::possessive_pronoun) || next >= text_.tokens.size()) return false;
    const Token& after = text_.tokens[next];
    return after.sentence == word.sentence && after.kind != TokenKind::punctuation &&
           after.kind != TokenKind::possessive && !after.is(ends);
}

/// Where a phrase between commas or in brackets ends that stands behind a name: "Lund, the mayor,"
std::int32_t References::behind_apposition(std::int32_t end) const {
    constexpr std::int32_t longest = 16;  // tokens
    if (end >= std::ssize(text_.tokens)) return end;
    const Token& opens = text_.tokens[static_cast<std::size_t>(end)];
    if (opens.mark != U',' && opens.mark != U'(') return end;
    const char32_t closes = opens.mark == U'(' ? U')' : U',';
    for (std::int32_t t = end + 1; t < std::ssize(text_.tokens) && t - end <= longest; ++t) {
        const Token& word = text_.tokens[static_cast<std::size_t>(t)];
        if (word.sentence != opens.sentence) return end;
        if (word.mark == closes) return t + 1;
    }
    return end;
}

/// True if a verb follows, adverbs aside, as its class or its ending tells.
bool References::before_verb(std::int32_t end) const {
    constexpr WordClass verb =
        WordClass::be | WordClass::have | WordClass::modal | WordClass::cue | WordClass::linking;
    constexpr std::int32_t most_adverbs = 2;
    const std::int32_t sentence = text_.tokens[static_cast<std::size_t>(end - 1)].sentence;
    end = behind_apposition(end);
    for (std::int32_t t = end; t < std::ssize(text_.tokens) && t - end <= most_adverbs; ++t) {
        const Token& word = text_.tokens[static_cast<std::size_t>(t)];
        if (word.sentence != sentence) return false;
        if (word.kind == TokenKind::contraction || word.is(verb)) return !word.capital;
        if (word.kind != TokenKind::word || word.capital) return false;
        if (is_adverb(text_, t)) continue;
        const std::string_view printed = text_.at(word.span);
        const Inflection& inflection = inflection_of(text_);
        return !word.is_known() &&
               (inflection.past.fits(printed) || inflection.third_person.fits(printed));
    }
    return false;
}

}  // namespace framelens
