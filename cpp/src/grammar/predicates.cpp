// Nouns that are said of a noun: predicates and appositions.
#include "framelens/grammar.hpp"

namespace framelens {
namespace {

constexpr std::int32_t longest = 15;  // tokens of an apposition

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
           (part(t) == Part::adverb || is_adverb(text_, t) || is_quotation_mark(token(t)))) {
        --t;
    }
    if (!in_sentence(t, noun)) return false;
    // "Is he a dictator?"
    if (part(t) == Part::pronoun && is_part(t - 1, noun, Part::auxiliary)) --t;
    if (!is_form_of_be(t)) return false;
    const bool asked = in_sentence(t - 1, noun) && token(t - 1).is(WordClass::relative) &&
                       !in_sentence(t - 2, noun);
    return !asked;
}

/// A phrase that ends where the mark in front of its apposition stands, and one that a mark closes;
/// or a noun and the name right behind it.
std::optional<std::int32_t> Grammar::apposition(std::int32_t head) const {
    if (!is_noun(head)) return std::nullopt;
    const auto host = phrase(head);
    if (!host || host->head != head || !in_sentence(host->end, head)) return std::nullopt;
    const std::int32_t mark = host->end;
    if (const auto name = phrase(mark); name && name->first == mark && is_name_of(*name, head)) {
        return name->head;
    }
    if (!sets_off(token(mark)) || !in_sentence(mark + 1, head)) return std::nullopt;
    const auto beside = whole_phrase_from(mark + 1);
    if (!beside || !is_noun(beside->head)) return std::nullopt;
    const bool name = part(head) == Part::proper_noun;
    const bool named = part(beside->head) == Part::proper_noun;
    if (name == named) return std::nullopt;
    return is_closed(beside->end, mark) ? std::optional(beside->head) : std::nullopt;
}

/// Whether a mark or the sentence ends what begins behind `mark`, and no list or clause goes on.
bool Grammar::is_closed(std::int32_t end, std::int32_t mark) const {
    for (std::int32_t t = end; t - mark <= longest; ++t) {
        if (!in_sentence(t, mark) || part(t) == Part::punctuation) return true;
        if (t == end && part(t) == Part::conjunction) return false;
        if (part(t) == Part::auxiliary || part(t) == Part::finite_verb) {
            return token(t - 1).is(WordClass::relative);
        }
    }
    return false;
}

}  // namespace framelens
