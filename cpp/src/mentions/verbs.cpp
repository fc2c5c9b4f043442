// Verbs that call somebody something: "called Maduro a strongman", "described as a tyrant".
#include "rules.hpp"

namespace framelens::mentions_detail {
namespace {

constexpr std::int32_t reach = 8;  // tokens between a verb and what belongs to it

std::optional<Distance> distance_of(const VerbGroup& group) {
    if (group.negated) return Distance::negated;
    return group.hypothetical ? std::optional(Distance::hypothetical) : std::nullopt;
}

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

/// "called Maduro a strongman", "described him as a dictator", "is described as a tyrant".
std::optional<Named> Rules::naming_verb(std::int32_t noun, std::int32_t before) const {
    std::int32_t t = before;
    bool as = false;
    if (reads(t, noun, "as")) --t, as = true;
    if (!in_text(t, noun)) return std::nullopt;
    const Reference* who = document_.references.at(t);
    std::optional<Speaker> agent;
    if (as && !is_word(t, noun, WordClass::naming_verb)) {
        if (const auto verb = verb_before_agent(t, noun)) {
            agent = namer_between(*verb + 2, t + 1);
            t = *verb;
            who = nullptr;
        }
    }
    if (token(t).is(WordClass::reflexive)) return reflexive(noun, t);
    // "called her a tyrant": no possessive
    const bool object_form =
        token(t).is(WordClass::object_pronoun) && is_word(t + 1, noun, WordClass::article);
    if (who != nullptr && (!who->possessor || object_form)) t = who->tokens.first - 1;
    if (!is_word(t, noun, WordClass::naming_verb)) return std::nullopt;
    const VerbGroup group = grammar_.verb_group(t);
    const Reference* object = who != nullptr ? who : passive_subject(t, group);
    if (who == nullptr && object != nullptr && !agent) agent = agent_behind(noun);
    Named named{std::nullopt,       NamedObject::person, NamingRule::copula,
                phrase_start(noun), Speaker{},           std::nullopt};
    if (object == nullptr && who == nullptr) {
        object = relative_object(t);
        if (object != nullptr) agent = namer_between(object->tokens.end, t);
    }
    if (object == nullptr) return std::nullopt;
    named.target = target_of(*object);
    named.distance = distance_of(group);
    if (agent) {
        named.namer = agent;
    } else if (who != nullptr) {
        named.namer =
            namer_between(
                document_.text.first_token[static_cast<std::size_t>(token(noun).sentence)], t)
                .value_or(Speaker{});
        // "Lund called him a dictator": another man
        const Reference* subject = subject_before(group.first);
        const bool own = who->form == ReferenceForm::pronoun && subject != nullptr && who->entity &&
                         who->entity == subject->entity;
        if (own) named.target.reset();
    }
    return named;
}

/// "called herself a dictator", "describes himself as a liberal": whoever names is named.
std::optional<Named> Rules::reflexive(std::int32_t noun, std::int32_t t) const {
    if (!is_word(t - 1, noun, WordClass::naming_verb)) return std::nullopt;
    const VerbGroup group = grammar_.verb_group(t - 1);
    const Reference* who = subject_before(group.first);
    if (who == nullptr) return std::nullopt;
    return Named{target_of(*who),    NamedObject::person, NamingRule::copula,
                 phrase_start(noun), speaker_of(*who),    distance_of(group)};
}

/// "served as president", "his year as president", "sees him as a dictator"; "As president, Maduro".
std::optional<Named> Rules::as_role(std::int32_t noun) const {
    const std::int32_t first = phrase_start(noun);
    if (!reads(first - 1, noun, "as") || leads_others(noun) || begins_clause(noun)) {
        return std::nullopt;
    }
    const bool definite =
        is_word(first, noun,
                WordClass::article | WordClass::determiner | WordClass::possessive_pronoun) &&
        folded(first) != "a" && folded(first) != "an";
    if (definite) return std::nullopt;
    Named named{std::nullopt, NamedObject::person, NamingRule::copula,
                first,        std::nullopt,        std::nullopt};
    std::int32_t t = first - 2;
    if (!in_text(t, noun) || token(t).kind == TokenKind::punctuation) {
        const std::int32_t comma = noun + 1;
        if (!in_text(comma + 1, noun) || token(comma).mark != U',') return std::nullopt;
        const Reference* who = document_.references.at(comma + 1);
        if (who == nullptr || who->tokens.first != comma + 1) return std::nullopt;
        named.target = target_of(*who);
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
        if (!plain) return std::nullopt;
    }
    return std::nullopt;
}

/// "was elected president", "was named chairman": an office given, no opinion.
std::optional<Named> Rules::given_office(std::int32_t noun) const {
    const std::int32_t t = noun - 1;
    if (!token(noun).is(WordClass::office) || !in_text(t, noun) || token(t).capital) {
        return std::nullopt;
    }
    const bool participle =
        token(t).is(WordClass::naming_verb) ||
        (!token(t).is_known() && token(t).kind == TokenKind::word && folded(t).ends_with("ed"));
    const VerbGroup group = grammar_.verb_group(t);
    if (!participle || !group.passive) return std::nullopt;
    const Reference* who = passive_subject(t, group);
    if (who == nullptr) return std::nullopt;
    return Named{target_of(*who), NamedObject::person, NamingRule::copula, noun,
                 std::nullopt,    distance_of(group)};
}

/// Whom a reference that ends where a verb's group begins means.
const Reference* Rules::subject_before(std::int32_t t) const {
    const std::int32_t subject = t - 1;
    const Reference* who = in_text(subject, t) ? document_.references.at(subject) : nullptr;
    return who != nullptr && !who->possessor && who->tokens.end == subject + 1 ? who : nullptr;
}

/// "is described as", "Malenko, openly described as": whom the passive verb at `t` calls something.
/// Nobody where the verb is active: "Malenko has condemned the dictator".
const Reference* Rules::passive_subject(std::int32_t t, const VerbGroup& group) const {
    const std::string word = folded(t);
    if (word.ends_with('s') || word.ends_with("ing")) return nullptr;
    if (group.passive) return subject_before(group.first);
    if (group.auxiliary) return nullptr;
    const std::int32_t comma = group.first - 1;
    return in_text(comma, t) && token(comma).mark == U',' ? subject_before(comma) : nullptr;
}

/// "a dictator | by Olaf Lund"
std::optional<Speaker> Rules::agent_behind(std::int32_t noun) const {
    if (!reads(noun + 1, noun, "by")) return std::nullopt;
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
        if (reads(t, noun, "by")) {
            return is_word(t - 1, noun, WordClass::naming_verb) ? std::optional(t - 1)
                                                                : std::nullopt;
        }
    }
    return std::nullopt;
}

Speaker Rules::speaker_of(const Reference& namer) const {
    const Span words{token(namer.tokens.first).span.start, token(namer.tokens.end - 1).span.end};
    return {words, namer.entity, std::string(document_.text.at(words))};
}

/// The last one between two tokens who may have named somebody.
std::optional<Speaker> Rules::namer_between(std::int32_t first, std::int32_t end) const {
    for (std::int32_t s = end - 1; s >= first; --s) {
        if (token(s).is(WordClass::plural | WordClass::people) &&
            token(s).is(WordClass::role | WordClass::people)) {
            const Span word = token(s).span;  // "Critics call him"
            return Speaker{word, std::nullopt, std::string(document_.text.at(word))};
        }
        const Reference* namer = document_.references.at(s);
        if (namer == nullptr || namer->possessor || namer->compound) continue;
        return speaker_of(*namer);
    }
    return std::nullopt;
}

}  // namespace framelens::mentions_detail
