#include "framelens/grammar.hpp"

#include "framelens/language.hpp"

#include <string_view>

namespace framelens {
namespace {

constexpr WordClass auxiliary = WordClass::be | WordClass::have | WordClass::modal;

}  // namespace

const Inflection& inflection_of(const SegmentedText& text) noexcept {
    return text.language->inflection;
}

bool is_adverb(const SegmentedText& text, std::int32_t token) noexcept {
    const Token& word = text.tokens[static_cast<std::size_t>(token)];
    if (word.kind != TokenKind::word) return false;
    if (word.is(WordClass::adverb | WordClass::negation)) return !word.is(auxiliary);
    constexpr std::size_t shortest = 5;
    const std::string_view printed = text.at(word.span);
    const bool other = word.is_known() && !word.is(WordClass::hedge);  // "early"
    return !word.capital && !other && printed.size() >= shortest &&
           inflection_of(text).adverb.fits(printed);
}

/// By word classes, in a language without a tagger.
VerbGroup Grammar::group_by_class(std::int32_t verb) const {
    VerbGroup group{.first = verb};
    for (std::int32_t t = verb - 1; in_sentence(t, verb); --t) {
        const Token& word = token(t);
        const bool coordinated = word.is(WordClass::conjunction) && t + 1 < verb &&
                                 in_sentence(t - 1, verb) && is_adverb(text_, t + 1) &&
                                 is_adverb(text_, t - 1);  // "repeatedly and openly called"
        if (word.is(auxiliary)) {
            group.passive = group.passive || (!group.auxiliary && word.is(WordClass::be));
            group.auxiliary = true;
        } else if (!is_adverb(text_, t) && !coordinated) {
            break;
        }
        group.negated = group.negated || word.is(WordClass::negation);
        group.hypothetical = group.hypothetical || word.is(WordClass::conditional);
        group.first = t;
    }
    return group;
}

namespace {

/// Whether the words near a verb leave a passive possible: a form of "be" before it, or "by" behind it.
/// Most cues have neither, and their sentences need not be tagged.
bool may_be_passive(const SegmentedText& text, std::int32_t verb) {
    const auto& tokens = text.tokens;
    const std::int32_t sentence = tokens[static_cast<std::size_t>(verb)].sentence;
    constexpr std::int32_t reach = 40;  // tokens, as far as an agent is looked for
    const auto in_clause = [&](std::int32_t t) {
        if (t < verb - reach || t > verb + reach) return false;
        if (t < 0 || t >= static_cast<std::int32_t>(tokens.size())) return false;
        const Token& token = tokens[static_cast<std::size_t>(t)];
        return token.sentence == sentence && token.kind != TokenKind::punctuation;
    };
    bool near = true;  // "it's widely called", but not "Moore's aide called"
    for (std::int32_t t = verb - 1; in_clause(t); --t) {
        const Token& token = tokens[static_cast<std::size_t>(t)];
        if (token.is(WordClass::be) || (near && token.kind == TokenKind::possessive)) return true;
        near = near && (is_adverb(text, t) || token.is(auxiliary | WordClass::conjunction));
    }
    constexpr WordClass ends = auxiliary | WordClass::conjunction | WordClass::relative;
    for (std::int32_t t = verb + 1; in_clause(t); ++t) {
        const Token& token = tokens[static_cast<std::size_t>(t)];
        if (token.is(Marker::agent)) return true;
        if (token.is(ends)) return false;
    }
    return false;
}

}  // namespace

/// Words that are a third person's or an -ing form are no participles of a passive.
bool Grammar::is_passive(std::int32_t verb) const {
    const std::string_view word = text_.at(token(verb).span);
    const bool third = inflection_of(text_).third_person.fits(word);
    if (third || token(verb).is(WordClass::cue_participle)) return false;
    if (!text_.language->tagger) return verb_group(verb).passive;
    return may_be_passive(text_, verb) && (verb_group(verb).passive || agent(verb).has_value());
}

}  // namespace framelens
