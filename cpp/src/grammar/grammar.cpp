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
        const bool helps = word.is(auxiliary);
        if (!helps && !is_adverb(text_, t) && !coordinated) break;
        extend(group, t, helps, word.is(WordClass::be));
    }
    return group;
}

}  // namespace framelens
