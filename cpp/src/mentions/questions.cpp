// What a sentence only asks: "Is Maduro a dictator?", "Maduro: dictator or saviour?"
#include "framelens/names_caseless.hpp"
#include "rules.hpp"

namespace framelens::mentions_detail {

/// True if the clause of the noun ends in a question mark and does not ask why or how it is so.
bool Rules::is_asked(std::int32_t noun) const {
    constexpr std::int32_t reach = 60;  // tokens
    std::int32_t t = noun + 1;
    for (; in_text(t, noun) && token(t).mark != U'?' && t - noun < reach; ++t) {
        if (token(t).mark == U';' || token(t).mark == U':' || token(t).mark == 0x2014) return false;
        const bool goes_on = token(t).mark == U',' || token(t).is(WordClass::conjunction);
        if (goes_on && is_word(t + 1, noun,
                               WordClass::modal | WordClass::be | WordClass::have |
                                   WordClass::subject_pronoun)) {
            return false;  // "Varga is a tyrant, but will he go?"
        }
    }
    if (!in_text(t, noun) || token(t).mark != U'?') return false;
    std::int32_t first = noun;
    while (in_text(first - 1, noun) && token(first - 1).mark != U':' && noun - first < reach) {
        --first;
    }
    while (first < noun && token(first).kind == TokenKind::punctuation) ++first;
    if (is_word(first, noun, Marker::asks_what)) {
        return is_word(first + 1, noun, Marker::supposing);
    }
    return !is_word(first, noun, Marker::asks_other);
}

/// "Why, were he a tyrant, would he go?"
bool Rules::ends_in_question(std::int32_t noun) const {
    constexpr std::int32_t reach = 60;  // tokens
    std::int32_t t = noun + 1;
    while (in_text(t, noun) && t - noun < reach && token(t).mark != U'?') ++t;
    return in_text(t, noun) && token(t).mark == U'?';
}

/// "Is Maduro a dictator?", "Were Maduro a dictator, he would stay", and a headline's "Maduro a dictator?"
std::optional<Named> Rules::question(std::int32_t noun) const {
    if (leads_others(noun)) return stop("it heads something that is no nation");
    const std::int32_t first = phrase_start(noun);
    std::int32_t t = first - 1;
    if (opens_marks(t, noun)) --t;
    while (in_text(t, noun) && token(t).is(WordClass::adverb | WordClass::negation)) --t;
    if (!in_text(t, noun)) return std::nullopt;
    const Reference* who = document_.references.at(t);
    if (who == nullptr || who->tokens.end != t + 1 || who->possessor || who->compound) {
        return stop("no subject stands right before the phrase");
    }
    if (who->form == ReferenceForm::pronoun && !token(who->head).is(WordClass::subject_pronoun)) {
        return stop("the pronoun is no subject");
    }
    const std::int32_t verb = who->tokens.first - 1;
    const bool inverted = is_word(verb, noun, WordClass::be);
    const bool elliptic = !in_text(verb, noun) && is_word(first, noun, WordClass::article) &&
                          is_headline(document_.text, token(noun).sentence);
    const bool asked = is_asked(noun);
    const bool supposed = inverted && !asked && opens_clause(verb) && !ends_in_question(noun);
    if (!(inverted || elliptic) || !(asked || supposed)) return stop("nothing is asked");
    const LabelStep step = inverted ? LabelStep::question : LabelStep::headline_question;
    return Named{target_of(who->entity), step, first, std::nullopt,
                 asked ? Distance::asked : Distance::hypothetical};
}

}  // namespace framelens::mentions_detail
