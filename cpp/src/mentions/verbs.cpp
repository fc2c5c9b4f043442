// Verbs that call somebody something: "called Maduro a strongman", "described as a tyrant".
#include "rules.hpp"

namespace framelens::mentions_detail {
namespace {

constexpr std::int32_t reach = 8;  // tokens between a verb and what belongs to it

}  // namespace

/// The mark in front of a label that somebody else's words are: called him “a tyrant”.
bool Rules::opens_marks(std::int32_t t, std::int32_t noun) const {
    if (!in_text(t, noun) || token(t).kind != TokenKind::punctuation) return false;
    const auto mark = document_.references.mark_of(noun);
    return mark &&
           document_.text.marks[static_cast<std::size_t>(*mark)].outer.start == token(t).span.start;
}

/// First token of what owns the phrase: "called | Europe's last dictator".
std::int32_t Rules::before_owner(std::int32_t first) const {
    if (!in_text(first - 2, first) || token(first - 1).kind != TokenKind::possessive) return first;
    std::int32_t owner = first - 2;
    for (std::int32_t t = owner; in_text(t, first) && first - t <= reach; --t) {
        if (token(t).kind != TokenKind::word) break;
        if (token(t).is(WordClass::article | WordClass::determiner)) return t;
        if (!token(t).capital && t < first - 2) break;
        owner = t;
    }
    return owner;
}

/// "served as president", "his year as president", "sees him as a dictator"; "As president, Maduro".
std::optional<Named> Rules::as_role(std::int32_t noun) const {
    const std::int32_t first = phrase_start(noun);
    if (!is_word(first - 1, noun, Marker::predicative) || leads_others(noun) ||
        begins_clause(noun)) {
        return stop("no “as” stands before the phrase, or a clause begins with it");
    }
    const bool definite =
        is_word(first, noun,
                WordClass::article | WordClass::determiner | WordClass::possessive_pronoun) &&
        !token(first).is(Marker::indefinite);
    if (definite) return stop("the phrase is definite");
    Named named{std::nullopt, LabelStep::as_role, first};
    std::int32_t t = first - 2;
    if (!in_text(t, noun) || token(t).kind == TokenKind::punctuation) {
        const std::int32_t comma = noun + 1;
        if (!in_text(comma + 1, noun) || token(comma).mark != U',')
            return stop("no comma and subject follow");
        const Reference* who = document_.references.at(comma + 1);
        if (who == nullptr || who->tokens.first != comma + 1)
            return stop("nobody stands behind the comma");
        named.target = target_of(*who);
        named.step = LabelStep::as_first;
        return named;
    }
    constexpr std::int32_t longest = 3;  // words between: "his first year"
    for (; in_text(t, noun) && first - 2 - t <= longest; --t) {
        if (t < first - 2 && token(t).mark == U',' && in_text(t - 1, noun)) --t;  // ", known as"
        if (const Reference* who = document_.references.at(t)) {
            named.target = target_of(*who);
            for (std::int32_t v = who->tokens.first - 1; who->tokens.first - v <= longest; --v) {
                if (is_word(v, noun, WordClass::negation)) named.distance = Distance::negated;
            }
            return named;
        }
        const bool plain =
            token(t).kind == TokenKind::possessive ||
            (token(t).kind == TokenKind::word &&
             (!token(t).is_known() || token(t).is(WordClass::number | WordClass::adverb)));
        if (!plain) return stop("between “as” and the person stand other words");
    }
    return std::nullopt;
}

/// Whom a reference that ends where a verb's group begins means.
const Reference* Rules::subject_before(std::int32_t t) const {
    const std::int32_t subject = t - 1;
    const Reference* who = in_text(subject, t) ? document_.references.at(subject) : nullptr;
    return who != nullptr && !who->possessor && who->tokens.end == subject + 1 ? who : nullptr;
}

/// "a dictator | by Olaf Lund"
std::optional<Speaker> Rules::agent_behind(std::int32_t noun) const {
    if (!is_word(noun + 1, noun, Marker::agent)) return std::nullopt;
    std::int32_t end = noun + 2;
    while (in_text(end, noun) && end - noun <= reach && token(end).kind != TokenKind::punctuation &&
           !token(end).is(WordClass::relative | WordClass::subordinator)) {
        ++end;
    }
    return namer_between(noun + 2, end);
}

/// "Petrova, whom the minister calls": whom the relative clause around the verb at `t` is about.
const Reference* Rules::relative_object(std::int32_t t) const {
    for (std::int32_t i = t - 1; in_text(i, t) && t - i <= reach; --i) {
        if (token(i).kind == TokenKind::punctuation) return nullptr;
        if (!token(i).is(WordClass::relative)) continue;
        std::int32_t subject = i + 1;
        while (subject < t &&
               token(subject).is(WordClass::be | WordClass::have | WordClass::adverb)) {
            ++subject;
        }
        std::int32_t host = i - 1;
        const bool comma = in_text(host, t) && token(host).mark == U',';
        if (subject == t && !(comma && t > i + 1)) return nullptr;  // "who calls": the subject
        if (comma) --host;
        const Reference* who = in_text(host, t) ? document_.references.at(host) : nullptr;
        return who != nullptr && who->tokens.end == host + 1 && !who->possessor ? who : nullptr;
    }
    return nullptr;
}

/// "described by rivals | as": the naming verb in front of "by".
std::optional<std::int32_t> Rules::verb_before_agent(std::int32_t last, std::int32_t noun) const {
    for (std::int32_t t = last; in_text(t - 1, noun) && last - t < reach; --t) {
        if (token(t).kind == TokenKind::punctuation) return std::nullopt;
        if (is_word(t, noun, Marker::agent)) {
            const bool calls =
                is_word(t - 1, noun, WordClass::naming_verb | WordClass::viewing_verb);
            return calls ? std::optional(t - 1) : std::nullopt;
        }
    }
    return std::nullopt;
}

Speaker Rules::speaker_of(const Reference& namer) const {
    const Span words = document_.text.span_of(namer.tokens.first, namer.tokens.end);
    return {words, namer.entity, std::string(document_.text.at(words))};
}

/// The last one between two tokens who may have named somebody.
std::optional<Speaker> Rules::namer_between(std::int32_t first, std::int32_t end) const {
    for (std::int32_t s = end - 1; s >= first; --s) {
        if (token(s).is(WordClass::plural | WordClass::people) &&
            token(s).is(WordClass::role | WordClass::people)) {
            if (token(s).is(WordClass::determiner)) return Speaker{};  // "Many call him"
            const Span word = token(s).span;                           // "Critics call him"
            return Speaker{word, std::nullopt, std::string(document_.text.at(word))};
        }
        const Reference* namer = document_.references.at(s);
        if (namer == nullptr || namer->possessor || namer->compound) continue;
        return speaker_of(*namer);
    }
    return std::nullopt;
}

}  // namespace framelens::mentions_detail
