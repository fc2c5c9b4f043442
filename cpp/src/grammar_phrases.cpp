// Noun phrases: from each head leftwards over what modifies it.
#include "framelens/grammar.hpp"

#include <string_view>

namespace framelens {
namespace {

constexpr char32_t dollar = U'$';

}  // namespace

/// Phrases from right to left, so that an owner is found before what it owns is closed.
void Grammar::find_phrases(std::int32_t first, std::int32_t end) const {
    const auto place = [&](const Phrase& phrase, std::int32_t from, std::int32_t until) {
        const auto index = static_cast<std::int32_t>(phrases_.size());
        phrases_.push_back(phrase);
        for (std::int32_t t = from; t < until; ++t) phrase_of_[static_cast<std::size_t>(t)] = index;
    };
    for (std::int32_t t = end; t-- > first;) {
        const Part here = parts_[static_cast<std::size_t>(t)];
        const bool noun = here == Part::noun || here == Part::proper_noun;
        const bool free = phrase_of_[static_cast<std::size_t>(t)] < 0;
        if (!free) continue;
        const bool alone = here == Part::pronoun || here == Part::number || here == Part::determiner;
        if (!noun && !alone && here != Part::adjective) continue;
        Phrase phrase = phrase_ending_at(t, first);
        if (here == Part::adjective && phrase.first == t) continue;
        if (here == Part::adjective &&
            parts_[static_cast<std::size_t>(phrase.first)] != Part::determiner) {
            continue;
        }
        // What an owner's clitic parts from the head is the owner's phrase, and opens this one.
        std::int32_t clitic = t;
        while (clitic > phrase.first && token(clitic).kind != TokenKind::possessive) --clitic;
        place(phrase, clitic > phrase.first ? clitic : phrase.first, phrase.end);
        if (clitic > phrase.first) {
            const auto outer = phrases_.size() - 1;
            const Phrase inner = phrase_ending_at(clitic - 1, first);
            phrases_[outer].first = inner.first;
            phrases_[outer].owner = inner.head;
            phrases_[outer].definite = true;
        }
    }
}

Phrase Grammar::phrase_ending_at(std::int32_t head, std::int32_t from) const {
    Phrase phrase;
    phrase.head = head;
    phrase.end = head + 1;
    const Part here = parts_[static_cast<std::size_t>(head)];
    if (here == Part::pronoun || here == Part::determiner) {
        phrase.first = head;
        phrase.definite = here == Part::pronoun;
        phrase.plural = token(head).is(WordClass::plural);
        return phrase;
    }
    phrase.first = first_of_modifiers(head, from);
    const Token& opens = token(phrase.first);
    const Part opening = parts_[static_cast<std::size_t>(phrase.first)];
    const std::string_view printed = text_.at(opens.span);
    const bool indefinite = opening != Part::determiner && opening != Part::pronoun;
    phrase.definite = !(indefinite || printed == "a" || printed == "an" || printed == "A" ||
                        printed == "An") ||
                      here == Part::proper_noun;
    if (opening == Part::pronoun && phrase.first < head) phrase.owner = phrase.first;
    const std::string_view noun = text_.at(token(head).span);
    phrase.plural = token(head).is(WordClass::plural) ||
                    (noun.ends_with('s') && !noun.ends_with("ss") && !noun.ends_with("us"));
    return phrase;
}

/// The first token of what stands before a head, to its article or owner.
std::int32_t Grammar::first_of_modifiers(std::int32_t head, std::int32_t from) const {
    std::int32_t t = head;
    while (t > from) {
        const std::int32_t left = t - 1;
        const Part here = parts_[static_cast<std::size_t>(left)];
        if (here == Part::determiner ||
            (here == Part::pronoun && token(left).is(WordClass::possessive_pronoun | WordClass::relative) &&
             t == left + 1)) {
            const bool pronoun = here == Part::pronoun && !token(left).is(WordClass::possessive_pronoun);
            if (pronoun && text_.at(token(left).span) != "whose") return t;
            t = left;
            const bool before = t > from && parts_[static_cast<std::size_t>(t - 1)] == Part::determiner;
            return before ? t - 1 : t;  // "all the"
        }
        if (token(left).kind == TokenKind::possessive) {
            t = left;
            continue;
        }
        if (!modifies(left, from)) break;
        t = left;
    }
    return t;
}

/// Whether a token belongs to the phrase that goes on right behind it.
bool Grammar::modifies(std::int32_t t, std::int32_t from) const {
    const auto part_at = [&](std::int32_t i) {
        return i < from ? Part::other : parts_[static_cast<std::size_t>(i)];
    };
    const Part behind = part_at(t + 1);
    switch (part_at(t)) {
        case Part::adjective:
        case Part::proper_noun:
        case Part::number: return true;
        case Part::noun: return behind != Part::adjective || part_at(t - 1) == Part::determiner;
        case Part::adverb:
            return behind == Part::adjective || behind == Part::number ||
                   behind == Part::past_participle;
        case Part::past_participle:
        case Part::ing_verb: {
            const Part before = part_at(t - 1);
            return before == Part::determiner || before == Part::adjective ||
                   before == Part::number || before == Part::particle ||
                   (before == Part::pronoun && token(t - 1).is(WordClass::possessive_pronoun));
        }
        case Part::conjunction:
            return behind == Part::adjective && part_at(t - 1) == Part::adjective;
        case Part::punctuation:
            if (token(t).mark == dollar) return behind == Part::number;
            if (token(t).mark == U'%') return part_at(t - 1) == Part::number;
            if (token(t).mark == U'-') return true;
            return token(t).mark == U',' && behind == Part::adjective &&
                   part_at(t - 1) == Part::adjective;
        default: return false;
    }
}

std::optional<Phrase> Grammar::phrase(std::int32_t t) const {
    read_sentence_of(t);
    const std::int32_t index = phrase_of_[static_cast<std::size_t>(t)];
    if (index < 0) return std::nullopt;
    return phrases_[static_cast<std::size_t>(index)];
}

/// The phrase that ends with a token.
std::optional<Phrase> Grammar::phrase_ending_in(std::int32_t t) const {
    const auto found = phrase(t);
    return found && found->end == t + 1 ? found : std::nullopt;
}

/// The phrase that begins with a token, with what its owner owns: "Moore's | office".
std::optional<Phrase> Grammar::whole_phrase_from(std::int32_t t) const {
    auto found = phrase(t);
    while (found && in_sentence(found->end, t) &&
           token(found->end).kind == TokenKind::possessive) {
        found = phrase(found->end);
    }
    return found && found->first == t ? found : std::nullopt;
}

}  // namespace framelens
