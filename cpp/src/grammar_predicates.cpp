// Nouns that are said of a noun: predicates and appositions.
#include "framelens/grammar.hpp"

namespace framelens {
namespace {

constexpr std::int32_t longest = 15;  // tokens of an apposition

bool sets_off(const Token& mark) noexcept {
    return mark.mark == U',' || mark.mark == 0x2013 || mark.mark == 0x2014;
}

}  // namespace

bool Grammar::is_predicate(std::int32_t noun) const {
    if (!is_noun(noun)) return false;
    const auto own = phrase(noun);
    if (!own || own->head != noun) return false;
    std::int32_t t = own->first - 1;
    while (in_sentence(t, noun) && (part(t) == Part::adverb || token(t).is(WordClass::negation)) &&
           !token(t).is(WordClass::be)) {
        --t;
    }
    if (!in_sentence(t, noun)) return false;
    // "Is he a dictator?"
    if (part(t) == Part::pronoun && is_part(t - 1, noun, Part::auxiliary)) --t;
    if (!token(t).is(WordClass::be) || part(t) != Part::auxiliary) {
        return token(t).kind == TokenKind::contraction && part(t) == Part::auxiliary &&
               text_.at(token(t).span).size() > 1 && !token(t).is(WordClass::have | WordClass::modal);
    }
    const std::int32_t before = t - 1;
    if (!in_sentence(before, noun)) return false;
    const bool asked = token(before).is(WordClass::relative) && !in_sentence(before - 1, noun);
    return !asked;
}

/// A phrase that ends where the mark in front of its apposition stands, and one that a mark closes.
std::optional<std::int32_t> Grammar::apposition(std::int32_t head) const {
    if (!is_noun(head)) return std::nullopt;
    const auto host = phrase(head);
    if (!host || host->head != head) return std::nullopt;
    const std::int32_t mark = host->end;
    if (!in_sentence(mark, head) || !sets_off(token(mark)) || !in_sentence(mark + 1, head)) {
        return std::nullopt;
    }
    const auto beside = whole_phrase_from(mark + 1);
    if (!beside || !is_noun(beside->head)) return std::nullopt;
    const bool name = part(head) == Part::proper_noun;
    const bool named = part(beside->head) == Part::proper_noun;
    if (name == named) return std::nullopt;
    for (std::int32_t t = beside->end; t - mark <= longest; ++t) {
        if (!in_sentence(t, head)) return beside->head;
        const Part here = part(t);
        if (here == Part::punctuation) return beside->head;
        if (here == Part::conjunction || here == Part::auxiliary) return std::nullopt;
        if (is_verb(t) && here == Part::finite_verb) {
            return token(t - 1).is(WordClass::relative) ? std::optional(beside->head) : std::nullopt;
        }
    }
    return std::nullopt;
}

}  // namespace framelens
