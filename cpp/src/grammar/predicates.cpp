// Nouns that are said of a noun: predicates and appositions.
#include "framelens/grammar.hpp"

namespace framelens {
namespace {

constexpr std::int32_t longest = 15;  // tokens of an apposition
constexpr WordClass asking = WordClass::relative | WordClass::subordinator;

bool sets_off(const Token& mark) noexcept {
    return mark.mark == U',' || mark.mark == U'(' || mark.mark == 0x2013 || mark.mark == 0x2014;
}

bool is_quotation_mark(const Token& mark) noexcept {
    return mark.mark == U'"' || mark.mark == 0x201C || mark.mark == 0x2018;
}

}  // namespace

bool Grammar::is_predicate(std::int32_t noun) const {
    if (!is_noun(noun)) return false;
    const auto own = phrase(noun);
    if (!own || own->head != noun) return false;
    const bool goes_on = in_sentence(own->end, noun) &&
                         (is_clitic_of_owner(own->end) || part(own->end) == Part::adjective);
    if (goes_on) return false;  // "is Moore's office", "is ten feet high"
    std::int32_t t = own->first - 1;
    while (in_sentence(t, noun) && !is_auxiliary(t) &&
           (part(t) == Part::adverb || is_adverb(text_, t) || is_quotation_mark(token(t))) &&
           !token(t).is(asking)) {
        --t;
    }
    if (!in_sentence(t, noun)) return false;
    if (is_form_of_be(t)) return !is_inverted(t);
    // "Is the mayor | a dictator?"
    const auto subject = phrase_ending_in(t);
    return subject && in_sentence(subject->first - 1, noun) && t + 1 == own->first &&
           opens_question(subject->first - 1);
}

/// A form of "be" that opens its sentence: "Is the mayor ...".
bool Grammar::opens_question(std::int32_t be) const {
    if (!is_form_of_be(be) || token(be).kind == TokenKind::possessive) return false;
    return !in_sentence(be - 1, be) || is_quotation_mark(token(be - 1));
}

/// A form of "be" whose subject stands behind it: "Is Lund ...", "What is the point?", "Here is the
/// list", "Attached is the letter".
bool Grammar::is_inverted(std::int32_t be) const {
    if (opens_question(be)) return true;
    const std::int32_t t = be - 1;
    if (token(t).is(Marker::asks_what | Marker::asks_other)) return true;
    const bool opens = !in_sentence(t - 1, be) || part(t - 1) == Part::punctuation;
    return opens && (token(t).is(Marker::of_persons | Marker::presenting) ||
                     part(t) == Part::past_participle);
}

/// A noun and the name right behind it; or two phrases, one of them a name, that a mark parts and
/// another one closes: "Moore, the mayor,", "the mayor of Nordell, Ada Moore,".
std::optional<std::int32_t> Grammar::apposition(std::int32_t head) const {
    if (!is_noun(head)) return std::nullopt;
    const auto host = phrase(head);
    if (!host || host->head != head || !in_sentence(host->end, head)) return std::nullopt;
    std::int32_t mark = host->end;
    if (const auto name = phrase(mark); name && name->first == mark && is_name_of(*name, head)) {
        return name->head;
    }
    const bool named = part(head) == Part::proper_noun;
    mark = named ? behind_brackets(mark) : behind_complements(mark);
    if (!in_sentence(mark + 1, head) || !sets_off(token(mark))) return std::nullopt;
    const auto beside = whole_phrase_from(mark + 1);
    if (!beside || !is_noun(beside->head)) return std::nullopt;
    const bool name = part(beside->head) == Part::proper_noun;
    const bool of_office = token(head).is(WordClass::role);
    const bool fits =
        named ? !name || of_office || token(beside->head).is(WordClass::role) : name && of_office;
    return fits && is_closed(beside->end, mark) ? std::optional(beside->head) : std::nullopt;
}

/// The token behind "(1920-1999)".
std::int32_t Grammar::behind_brackets(std::int32_t t) const {
    if (token(t).mark != U'(') return t;
    for (std::int32_t i = t + 1; in_sentence(i, t) && i - t <= longest; ++i) {
        if (token(i).mark == U')')
            return in_sentence(i + 1, t) && sets_off(token(i + 1)) ? i + 1 : t;
    }
    return t;
}

/// The token behind prepositional phrases: "the mayor | of the city of Nordell".
std::int32_t Grammar::behind_complements(std::int32_t t) const {
    const std::int32_t from = t;
    while (in_sentence(t + 1, from) && t - from <= longest && part(t) == Part::adposition) {
        const auto complement = whole_phrase_from(t + 1);
        if (!complement || !in_sentence(complement->end, from)) break;
        t = complement->end;
    }
    return t;
}

/// Whether a mark or the sentence ends what begins behind `mark`, and no list or clause goes on:
/// "a lawyer and diplomat," is no list, "Lund and Reed," is one.
bool Grammar::is_closed(std::int32_t end, std::int32_t mark) const {
    bool relative = false;
    for (std::int32_t t = end; t - mark <= longest; ++t) {
        if (!in_sentence(t, mark) || part(t) == Part::punctuation) return true;
        if (t == end && part(t) == Part::conjunction) {
            const bool another = !in_sentence(t + 1, mark) || part(t + 1) == Part::proper_noun ||
                                 part(t + 1) == Part::determiner || is_verb(t + 1);
            if (another || part(t - 1) == Part::proper_noun) return false;
        }
        relative = relative || token(t).is(WordClass::relative);
        if (part(t) == Part::auxiliary || part(t) == Part::finite_verb) return relative;
    }
    return false;
}

}  // namespace framelens
