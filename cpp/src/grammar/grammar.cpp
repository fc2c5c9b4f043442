#include "framelens/grammar.hpp"

#include "framelens/language.hpp"

#include <string_view>

namespace framelens {
namespace {

constexpr WordClass auxiliary = WordClass::be | WordClass::have | WordClass::modal;

/// Steps through one sentence.
class Reader {
public:
    Reader(const SegmentedText& text, std::int32_t of) : text_(text), of_(of) {}

    [[nodiscard]] const Token* at(std::int32_t t) const noexcept {
        if (t < 0 || t >= static_cast<std::int32_t>(text_.tokens.size())) return nullptr;
        const Token& token = text_.tokens[static_cast<std::size_t>(t)];
        const Token& of = text_.tokens[static_cast<std::size_t>(of_)];
        return token.sentence == of.sentence ? &token : nullptr;
    }
    [[nodiscard]] bool is(std::int32_t t, WordClass any) const noexcept {
        const Token* token = at(t);
        return token != nullptr && token->is(any);
    }

private:
    const SegmentedText& text_;
    std::int32_t of_;
};

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

VerbGroup verb_group(const SegmentedText& text, std::int32_t verb) noexcept {
    const Reader read(text, verb);
    VerbGroup group;
    group.first = verb;
    for (std::int32_t t = verb - 1; read.at(t) != nullptr; --t) {
        const Token& token = *read.at(t);
        const bool coordinated = token.is(WordClass::conjunction) && t + 1 < verb &&
                                 read.at(t - 1) != nullptr && is_adverb(text, t + 1) &&
                                 is_adverb(text, t - 1);  // "repeatedly and openly called"
        if (token.is(auxiliary)) {
            group.passive = group.passive || (!group.auxiliary && token.is(WordClass::be));
            group.auxiliary = true;
        } else if (!is_adverb(text, t) && !coordinated) {
            break;
        }
        group.negated = group.negated || token.is(WordClass::negation);
        group.hypothetical = group.hypothetical || token.is(WordClass::conditional);
        group.first = t;
    }
    // "refused to call"
    const std::int32_t to = group.first - 1;
    const bool infinitive = read.is(to, WordClass::preposition) && !group.auxiliary;
    group.negated = group.negated || (infinitive && read.is(to - 1, WordClass::denial));
    return group;
}

}  // namespace framelens
