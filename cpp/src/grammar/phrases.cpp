// Noun phrases: from each head leftwards over what modifies it.
#include "framelens/grammar.hpp"
#include "framelens/language.hpp"
#include "framelens/unicode.hpp"

#include <algorithm>
#include <string_view>

namespace framelens {
namespace {

constexpr std::int32_t longest = 30;        // tokens before a head
constexpr std::int32_t longest_quoted = 8;  // tokens between quotation marks in a phrase

/// Whether nothing stands between a mark and the words beside it: "U.S.-led", no dash.
bool is_tight(const SegmentedText& text, std::int32_t mark) {
    const auto at = static_cast<std::size_t>(mark);
    return at > 0 && at + 1 < text.tokens.size() &&
           text.tokens[at - 1].span.end == text.tokens[at].span.start &&
           text.tokens[at].span.end == text.tokens[at + 1].span.start;
}

bool is_quotation_mark(char32_t mark) noexcept {
    return mark == U'"' || mark == 0x2018 || mark == 0x2019 || mark == 0x201C || mark == 0x201D;
}

/// A mark that stands at a word behind it and apart from the one before it.
bool opens_quotation(const SegmentedText& text, std::int32_t mark) {
    const auto at = static_cast<std::size_t>(mark);
    const Token& here = text.tokens[at];
    if (here.mark == 0x2018 || here.mark == 0x201C) return true;
    return here.mark == U'"' && at + 1 < text.tokens.size() &&
           text.tokens[at + 1].span.start == here.span.end &&
           (at == 0 || text.tokens[at - 1].span.end != here.span.start);
}

}  // namespace

/// Phrases from right to left, so that an owner is found before what it owns is closed.
void Grammar::find_phrases(std::int32_t first, std::int32_t end) const {
    for (std::int32_t t = end; t-- > first;) {
        if (phrase_of_[static_cast<std::size_t>(t)] >= 0 || !may_head(t)) continue;
        Phrase phrase = phrase_with_head(t, first);
        const bool poor = parts_[static_cast<std::size_t>(t)] == Part::adjective;
        if (poor && parts_[static_cast<std::size_t>(phrase.first)] != Part::determiner) continue;
        std::int32_t clitic = t;
        while (clitic > phrase.first && !is_clitic_of_owner(clitic)) --clitic;
        std::int32_t own = phrase.first;
        if (clitic > phrase.first) {
            const Phrase owner = phrase_with_head(clitic - 1, first);
            phrase.owner = owner.head;
            phrase.definite = true;
            own = clitic;
        }
        const auto index = static_cast<std::int32_t>(phrases_.size());
        phrases_.push_back(phrase);
        for (; own < phrase.end; ++own) phrase_of_[static_cast<std::size_t>(own)] = index;
    }
}

/// A noun, a pronoun, a number or determiner alone; an adjective, for "the poor".
bool Grammar::may_head(std::int32_t t) const {
    switch (parts_[static_cast<std::size_t>(t)]) {
        case Part::noun:
        case Part::proper_noun:
        case Part::pronoun:
        case Part::number:
        case Part::determiner:
        case Part::adjective:
            return true;
        default:
            return false;
    }
}

bool Grammar::is_clitic_of_owner(std::int32_t t) const {
    return token(t).kind == TokenKind::possessive &&
           parts_[static_cast<std::size_t>(t)] == Part::particle;
}

Phrase Grammar::phrase_with_head(std::int32_t head, std::int32_t from) const {
    Phrase phrase;
    phrase.head = head;
    phrase.end = head + 1;
    phrase.first = first_of_modifiers(head, from);
    const Part here = parts_[static_cast<std::size_t>(head)];
    const Part opening = parts_[static_cast<std::size_t>(phrase.first)];
    const bool one = token(phrase.first).is(Marker::indefinite);
    phrase.definite = here == Part::proper_noun || opening == Part::pronoun ||
                      (opening == Part::determiner && !one);
    if (opening == Part::pronoun && phrase.first < head) phrase.owner = phrase.first;
    const std::string_view noun = text_.at(token(head).span);
    const bool ends_so = inflection_of(text_).plural.fits(noun);
    phrase.plural = token(head).is(WordClass::plural) || (ends_so && here != Part::pronoun);
    return phrase;
}

/// The first token of what stands before a head, to its article or owner.
std::int32_t Grammar::first_of_modifiers(std::int32_t head, std::int32_t from) const {
    const Part here = parts_[static_cast<std::size_t>(head)];
    if (here == Part::pronoun || here == Part::determiner) return head;
    // "the talks | today"
    if (here == Part::noun && token(head).is(WordClass::adverb)) return head;
    std::int32_t t = head;
    while (t > from && head - t < longest) {
        const Part left = parts_[static_cast<std::size_t>(t - 1)];
        if (left == Part::determiner || is_owner_pronoun(t - 1)) {
            --t;
            const bool before =
                t > from &&
                (parts_[static_cast<std::size_t>(t - 1)] == Part::determiner ||
                 (token(t - 1).is(WordClass::determiner) && !token(t - 1).is(WordClass::relative)));
            return before ? t - 1 : t;  // "all the"
        }
        // "in Texas | last week"
        const bool opened = parts_[static_cast<std::size_t>(t)] == Part::adjective && t < head &&
                            token(t).is(WordClass::adverb);
        if (opened) break;
        const bool joins = is_clitic_of_owner(t - 1) || modifies(t - 1, head, from);
        if (!joins) break;
        --t;
    }
    while (t < head && !may_open(t)) ++t;
    std::int32_t number = t;  // "least 40 people"
    while (number < head && number - t < 2 &&
           parts_[static_cast<std::size_t>(number)] != Part::number) {
        ++number;
    }
    const bool counted = parts_[static_cast<std::size_t>(number)] == Part::number;
    return counted ? std::min(t, with_approximator(number, from)) : t;
}

/// "At least | six weeks", "over | 40 people". One word that may be a preposition of its own is none
/// behind a verb or a noun: "talked about six weeks".
std::int32_t Grammar::with_approximator(std::int32_t number, std::int32_t from) const {
    for (const auto& words : text_.language->approximators) {
        const auto count = static_cast<std::int32_t>(words.size());
        const std::int32_t first = number - count;
        if (first < from) continue;
        bool same = true;
        for (std::int32_t i = 0; same && i < count; ++i) {
            same = fold(text_.at(token(first + i).span)) == words[static_cast<std::size_t>(i)];
        }
        if (!same) continue;
        const Part left =
            first > from ? parts_[static_cast<std::size_t>(first - 1)] : Part::punctuation;
        const bool governed = left == Part::noun || left == Part::proper_noun ||
                              left == Part::adjective ||
                              (left >= Part::finite_verb && left <= Part::ing_verb);
        const bool alone = count == 1 && token(first).is(WordClass::preposition);
        return alone && governed ? number : first;
    }
    return number;
}

/// "Only good news" has no "only": an adverb opens a phrase that tells how much its adjective is so.
bool Grammar::may_open(std::int32_t t) const {
    const Part here = parts_[static_cast<std::size_t>(t)];
    if (here == Part::conjunction || here == Part::punctuation) return token(t).mark == U'$';
    if (here != Part::adverb || parts_[static_cast<std::size_t>(t + 1)] == Part::number)
        return true;
    return token(t).is(Marker::degree) || !token(t).is(WordClass::adverb);
}

/// The quotation marks inside a phrase: a “brutal” dictator, the “Free Port” bill.
bool Grammar::is_quoted_in(std::int32_t t, std::int32_t from) const {
    std::int32_t open = t;
    if (!opens_quotation(text_, t)) {
        while (--open >= from && t - open <= longest_quoted && !opens_quotation(text_, open)) {
        }
        if (open < from || t - open > longest_quoted) return false;
    }
    if (open <= from) return false;
    const Part left = parts_[static_cast<std::size_t>(open - 1)];
    return left == Part::determiner || left == Part::adjective || is_owner_pronoun(open - 1) ||
           is_clitic_of_owner(open - 1);
}

/// "his", "whose"
bool Grammar::is_owner_pronoun(std::int32_t t) const {
    const Part here = parts_[static_cast<std::size_t>(t)];
    return here == Part::pronoun && token(t).is(WordClass::possessive_pronoun);
}

/// Whether a token belongs to the phrase that goes on right behind it.
bool Grammar::modifies(std::int32_t t, std::int32_t head, std::int32_t from) const {
    const auto part_at = [&](std::int32_t i) {
        return i < from ? Part::other : parts_[static_cast<std::size_t>(i)];
    };
    const Part behind = part_at(t + 1);
    const bool counts = part_at(head) == Part::number;
    switch (part_at(t)) {
        case Part::adjective:
            return true;
        case Part::number:
            return true;
        case Part::proper_noun:
            return !counts && !token(t).is(WordClass::adverb | WordClass::determiner);
        case Part::noun:
            return !counts && !is_named_behind(t, from);
        case Part::adverb:
            if (is_clitic_of_owner(t + 1)) return true;  // "today's game"
            return !token(t).is(WordClass::subordinator | WordClass::relative) &&
                   (behind == Part::adjective || behind == Part::number ||
                    behind == Part::past_participle);
        case Part::past_participle:
        case Part::ing_verb:
            return !counts && is_modifying_verb(t, from);
        case Part::conjunction:
            return (behind == part_at(t - 1) &&
                    (behind == Part::adjective || behind == Part::number)) ||
                   (token(t).kind == TokenKind::punctuation && behind == Part::proper_noun);
        case Part::punctuation:
            if (token(t).mark == U'$') return behind == Part::number;
            if (token(t).mark == U'%') return part_at(t - 1) == Part::number;
            if (token(t).mark == U'-') return is_tight(text_, t);
            if (token(t).mark == U'#' || token(t).mark == U'@') return true;
            if (is_quotation_mark(token(t).mark)) return is_quoted_in(t, from);
            return token(t).mark == U',' && behind == Part::adjective &&
                   part_at(t - 1) == Part::adjective;
        default:
            return false;
    }
}

/// "his brother | Olaf Lund", "the talks | Monday": a noun with an article of its own and a name are
/// two phrases.
bool Grammar::is_named_behind(std::int32_t t, std::int32_t from) const {
    const bool name = parts_[static_cast<std::size_t>(t + 1)] == Part::proper_noun;
    if (!name || !token(t + 1).capital) return false;
    if (token(t + 1).is(WordClass::month | WordClass::weekday | WordClass::honorific)) return true;
    for (std::int32_t left = t - 1; left >= from && t - left <= longest; --left) {
        switch (parts_[static_cast<std::size_t>(left)]) {
            case Part::determiner:
                return true;
            case Part::adjective:
            case Part::number:
            case Part::noun:
                continue;
            default:
                return is_owner_pronoun(left) || is_clitic_of_owner(left);
        }
    }
    return false;
}

/// A participle that stands where an adjective may: "the ruling party", "of armed men".
bool Grammar::is_modifying_verb(std::int32_t t, std::int32_t from) const {
    const bool past = parts_[static_cast<std::size_t>(t)] == Part::past_participle;
    std::int32_t left = t - 1;
    // "the continued reduced capability"
    while (left >= from && t - left <= longest &&
           (parts_[static_cast<std::size_t>(left)] == Part::adverb ||
            parts_[static_cast<std::size_t>(left)] == Part::past_participle)) {
        --left;
    }
    if (left < from) return past;
    switch (parts_[static_cast<std::size_t>(left)]) {
        case Part::determiner:
        case Part::adjective:
        case Part::number:
            return true;
        case Part::particle:
            return is_clitic_of_owner(left);
        case Part::pronoun:
            return is_owner_pronoun(left);
        case Part::adposition:
        case Part::finite_verb:
        case Part::base_verb:
        case Part::ing_verb:
            return past;
        case Part::punctuation:
            return past && token(left).mark != U',';
        default:
            return false;
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

std::optional<Phrase> Grammar::whole_phrase_from(std::int32_t t) const {
    auto found = phrase(t);
    while (found && in_sentence(found->end, t) && is_clitic_of_owner(found->end)) {
        found = phrase(found->end);
    }
    return found && found->first == t ? found : std::nullopt;
}

}  // namespace framelens
