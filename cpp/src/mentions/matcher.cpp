// Patterns of rules, matched at a noun and read outwards from it.
#include "rules.hpp"

namespace framelens::mentions_detail {

/// The label's noun, and the token before what belongs to it.
bool Rules::read_noun(PatternKind kind, Reading& read) const {
    const std::int32_t noun = read.noun;
    if (kind == PatternKind::office) {
        read.first = noun;
        read.left = noun - 1;
        return token(noun).is(WordClass::office);
    }
    read.first = phrase_start(noun);
    if (leads_others(noun) || is_no_predicate(read.first, noun)) return false;
    read.left = before_owner(read.first) - 1;
    if (opens_marks(read.left, noun)) {
        --read.left;
        // called him a “thug”, but no name: dubbed the “Butcher of Nordell”
        if (is_word(read.left, noun, WordClass::article) && !token(noun).capital) --read.left;
    }
    read.negated = is_word(read.first, noun, WordClass::negation);  // "is no dictator"
    return true;
}

bool Rules::read_before(const PatternElement& element, Reading& read) const {
    if (element.group.empty()) return read_one(element, read) || element.optional;
    Reading inside = read;
    for (const PatternElement& part : element.group) {
        if (!read_before(part, inside)) return element.optional;
    }
    read = inside;
    return true;
}

/// Changes nothing where the element does not fit.
bool Rules::read_one(const PatternElement& element, Reading& read) const {
    const std::int32_t t = read.left;
    switch (element.kind) {
        case PatternKind::adverbs:
            return read_adverbs(read);
        case PatternKind::word:
            if (!in_text(t, read.noun) || folded(t) != element.shown) return false;
            --read.left;
            return true;
        case PatternKind::be:
            return read_copula(WordClass::be, read);
        case PatternKind::linking:
            return read_copula(WordClass::linking, read);
        case PatternKind::naming:
        case PatternKind::naming_passive:
        case PatternKind::naming_apposed:
        case PatternKind::giving_passive:
            return read_verb(element.kind, read);
        case PatternKind::reflexive:
            if (!is_word(t, read.noun, WordClass::reflexive)) return false;
            read.self = true;
            --read.left;
            return true;
        case PatternKind::target:
        case PatternKind::object:
        case PatternKind::whom:
            return read_target(element.kind, read);
        case PatternKind::namer:
            read.namer = namer_between(
                document_.text.first_token[static_cast<std::size_t>(token(read.noun).sentence)],
                read.verb);
            return read.namer.has_value();
        case PatternKind::agent:
            return read_agent(read);
        case PatternKind::predicate:
        case PatternKind::office:
            break;
    }
    return false;
}

bool Rules::read_adverbs(Reading& read) const {
    while (in_text(read.left, read.noun) && is_adverb(document_.text, read.left)) {
        read.negated = read.negated || token(read.left).is(WordClass::negation);
        --read.left;
    }
    return true;
}

/// "has never been", "refused to be", "who may be": "be" with what stands between it and its subject.
bool Rules::read_copula(WordClass verb, Reading& read) const {
    const std::int32_t noun = read.noun;
    if (!is_word(read.left, noun, verb)) return false;
    constexpr WordClass between = WordClass::denial | WordClass::modal | WordClass::have |
                                  WordClass::be | WordClass::relative;
    read.copula = true;
    for (bool first = true; in_text(read.left, noun); first = false) {
        const Token& word = token(read.left);
        if (!first && !is_adverb(document_.text, read.left) && !word.is(between)) break;
        read.negated =
            read.negated || word.is(WordClass::negation) || (!first && word.is(WordClass::denial));
        read.hypothetical = read.hypothetical || word.is(WordClass::conditional);
        const bool comma = !first && word.is(WordClass::relative) && in_text(read.left - 1, noun) &&
                           token(read.left - 1).mark == U',';
        read.left -= comma ? 2 : 1;
    }
    return true;
}

bool Rules::read_verb(PatternKind kind, Reading& read) const {
    const std::int32_t t = read.left;
    if (!in_text(t, read.noun)) return false;
    const bool gives = kind == PatternKind::giving_passive;
    if (gives ? !is_participle(t) : !token(t).is(WordClass::naming_verb)) return false;
    const VerbGroup group = grammar_.verb_group(t);
    if (kind != PatternKind::naming) {
        const std::string word = folded(t);
        if (inflection().third_person.may_fit(word) || inflection().gerund.fits(word)) return false;
        const bool apposed = kind == PatternKind::naming_apposed;
        if (apposed ? group.passive || group.auxiliary : !group.passive) return false;
    }
    read.group = group;
    read.naming = !gives;
    read.verb = t;
    read.left = group.first - 1;
    return true;
}

/// "elected", "named": what may be the participle of a verb that gives an office.
bool Rules::is_participle(std::int32_t t) const {
    if (token(t).capital) return false;
    return token(t).is(WordClass::naming_verb) ||
           (!token(t).is_known() && token(t).kind == TokenKind::word &&
            inflection().past.fits(folded(t)));
}

bool Rules::read_target(PatternKind kind, Reading& read) const {
    const std::int32_t t = read.left;
    if (kind == PatternKind::whom) {
        read.target = relative_object(read.verb);
        if (read.target == nullptr) return false;
        read.namer = namer_between(read.target->tokens.end, read.verb);
        return true;
    }
    const Reference* who = in_text(t, read.noun) ? document_.references.at(t) : nullptr;
    if (who == nullptr) return false;
    if (kind == PatternKind::object) {
        // "called her a tyrant": no possessive
        const bool object_form =
            token(t).is(WordClass::object_pronoun) && is_word(t + 1, read.noun, WordClass::article);
        if (token(t).is(WordClass::reflexive) || (who->possessor && !object_form)) return false;
        read.object = true;
    } else if (who->possessor || (who->compound && read.copula) ||
               (who->tokens.end != t + 1 && !read.copula)) {
        return false;
    } else if (read.copula && who->form == ReferenceForm::pronoun &&
               !token(who->head).is(WordClass::subject_pronoun)) {
        return false;
    }
    read.target = who;
    read.left = who->tokens.first - 1;
    return true;
}

/// "described | by rivals | as"
bool Rules::read_agent(Reading& read) const {
    const std::int32_t t = read.left;
    if (!in_text(t, read.noun) || token(t).is(WordClass::naming_verb)) return false;
    const auto verb = verb_before_agent(t, read.noun);
    if (!verb) return false;
    read.namer = namer_between(*verb + 2, t + 1);
    read.agent = true;
    read.left = *verb;
    return true;
}

std::optional<Named> Rules::match(const LabelPattern& pattern, std::int32_t noun) const {
    Reading read;
    read.noun = noun;
    if (!read_noun(pattern.noun, read)) return stop("the noun's phrase is no such predicate");
    for (const PatternElement& element : pattern.before) {
        const std::int32_t at = read.left;
        if (!read_before(element, read)) return stop_at(element, at, noun);
    }
    for (const PatternElement& element : pattern.behind) {
        if (element.kind == PatternKind::agent && !read.agent && !read.namer) {
            read.namer = agent_behind(noun);
        }
        if (!read.namer && !element.optional) return stop_at(element, noun + 1, noun);
    }
    return named_by(read);
}

Named Rules::named_by(const Reading& read) const {
    Named named;
    named.target = target_of(*read.target);
    named.first = read.first;
    if (read.copula) {
        if (read.negated || is_denied(*read.target)) {
            named.distance = Distance::negated;
        } else if (is_asked(read.noun)) {
            named.distance = Distance::asked;
        } else if (read.hypothetical || is_supposed(*read.target)) {
            named.distance = Distance::hypothetical;
        }
    } else if (read.group) {
        if (read.group->negated) {
            named.distance = Distance::negated;
        } else if (read.group->hypothetical) {
            named.distance = Distance::hypothetical;
        }
    }
    if (read.naming) {
        named.namer = read.self ? speaker_of(*read.target) : read.namer.value_or(Speaker{});
    }
    if (read.object) {
        // "Lund called him a dictator": another man
        const Reference* subject = subject_before(read.group->first);
        const bool own = read.target->form == ReferenceForm::pronoun && subject != nullptr &&
                         read.target->entity && read.target->entity == subject->entity;
        if (own) named.target.reset();
    }
    return named;
}

std::nullopt_t Rules::stop_at(const PatternElement& element, std::int32_t at,
                              std::int32_t noun) const {
    if (notes_ == nullptr) return std::nullopt;
    notes_->why = element.shown;
    notes_->why += in_text(at, noun)
                       ? " is not at “" + std::string(document_.text.at(token(at).span)) + "”"
                       : " is not in the sentence";
    return std::nullopt;
}

}  // namespace framelens::mentions_detail
