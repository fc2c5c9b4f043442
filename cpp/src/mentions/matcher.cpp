// Patterns of rules, matched at a noun and read outwards from it.
#include "lists.hpp"
#include "rules.hpp"

#include <algorithm>

namespace framelens::mentions_detail {
namespace {

constexpr WordClass opener = WordClass::article | WordClass::determiner;
constexpr WordClass calling = WordClass::naming_verb | WordClass::viewing_verb;

}  // namespace

/// The label's noun, and the token before what belongs to it.
bool Rules::read_noun(PatternKind kind, Reading& read) const {
    const std::int32_t noun = read.noun;
    read.right = noun + 1;
    if (kind == PatternKind::plural || kind == PatternKind::others) return read_plural(kind, read);
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

/// "the region's most brutal tyrants"; of "other tyrants" what stands before "other".
bool Rules::read_plural(PatternKind kind, Reading& read) const {
    const auto phrase = grammar_.phrase(read.noun);
    if (!phrase) return false;
    // "Senators Moore and Lund": the grammar takes a title for a part of the name
    read.first = phrase->head == read.noun ? phrase->first : phrase_start(read.noun);
    read.left = before_owner(read.first) - 1;
    return kind != PatternKind::others || token(phrase->first).is(Marker::others);
}

/// "Ada Moore, Olaf Lund and Jo Reed": those among them who are targets.
bool Rules::read_list(PatternKind kind, bool behind, Reading& read) const {
    const NameList list =
        behind ? names_from(document_, read.right) : names_before(document_, read.left);
    if (kind == PatternKind::several && !list.joined) return false;
    for (const Reference* who : list.names) {
        if (const auto target = target_of(*who)) read.listed.push_back(*target);
    }
    if (list.names.empty()) return false;
    read.target = list.names.front();
    // "from Moore and Lund, senators heard": an apposition opens with "both", "two"
    const bool apposed = !behind && in_text(read.left + 1, read.noun) &&
                         token(read.left + 1).mark == U',' && kind == PatternKind::several;
    if (apposed && !token(read.first).is(WordClass::determiner | WordClass::number)) return false;
    (behind ? read.right : read.left) = list.next;
    return true;
}

bool Rules::read_behind(const PatternElement& element, Reading& read) const {
    const std::int32_t t = read.right;
    switch (element.kind) {
        case PatternKind::word:
            if (!in_text(t, read.noun) || folded(t) != element.shown) return false;
            ++read.right;
            return true;
        case PatternKind::including:
            if (!is_word(t, read.noun, Marker::including)) return false;
            ++read.right;
            return true;
        case PatternKind::listed:
        case PatternKind::several:
            return read_list(element.kind, true, read);
        default:
            if (!read.agent && !read.namer) read.namer = agent_behind(read.noun);
            return read.namer.has_value();
    }
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
        case PatternKind::viewing:
        case PatternKind::viewing_passive:
        case PatternKind::viewing_apposed:
        case PatternKind::giving_passive:
            return read_verb(element.kind, read);
        case PatternKind::listed:
        case PatternKind::several:
            return read_list(element.kind, false, read);
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
        case PatternKind::including:
        case PatternKind::plural:
        case PatternKind::others:
        case PatternKind::predicate:
        case PatternKind::office:
            break;
    }
    return false;
}

bool Rules::read_adverbs(Reading& read) const {
    // "is nothing but a thug"
    const std::int32_t but = read.left;
    if (is_word(but, read.noun, Marker::opposing) &&
        is_word(but - 1, read.noun, WordClass::negation) &&
        !is_word(but - 1, read.noun, WordClass::determiner)) {
        read.left -= 2;
    }
    while (in_text(read.left, read.noun) && is_adverb(document_.text, read.left)) {
        // "is not just a senator"
        const bool focused = token(read.left + 1).is(Marker::focusing);
        read.negated = read.negated || (token(read.left).is(WordClass::negation) && !focused);
        --read.left;
    }
    return true;
}

/// "has never been", "refused to be", "who may be": "be" with what stands between it and its subject.
bool Rules::read_copula(WordClass verb, Reading& read) const {
    const std::int32_t noun = read.noun;
    if (!is_word(read.left, noun, verb)) return false;
    read.verb = read.left;
    const bool focused = token(read.left + 1).is(Marker::focusing);  // "isn't just a senator"
    constexpr WordClass between = WordClass::denial | WordClass::modal | WordClass::have |
                                  WordClass::be | WordClass::relative;
    read.copula = true;
    for (bool first = true; in_text(read.left, noun); first = false) {
        const Token& word = token(read.left);
        if (!first && !is_adverb(document_.text, read.left) && !word.is(between)) break;
        if (word.is(Marker::presenting)) return false;  // "had there been"
        read.negated = read.negated || (word.is(WordClass::negation) && !focused) ||
                       (!first && word.is(WordClass::denial));
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
    // "was seen as the clerk left"
    const std::int32_t behind = read.noun + 1;
    if (is_word(t + 1, read.noun, Marker::predicative) && in_text(behind, read.noun) &&
        grammar_.is_verb(behind) && !is_word(behind + 1, read.noun, WordClass::preposition)) {
        return false;
    }
    const bool views = kind == PatternKind::viewing || kind == PatternKind::viewing_passive ||
                       kind == PatternKind::viewing_apposed;
    const WordClass wanted = views ? calling : WordClass::naming_verb;
    if (gives ? !is_participle(t) : !token(t).is(wanted)) return false;
    const VerbGroup group = grammar_.verb_group(t);
    if (kind != PatternKind::naming && kind != PatternKind::viewing) {
        const std::string word = folded(t);
        if (inflection().third_person.may_fit(word) || inflection().gerund.fits(word)) return false;
        const bool apposed =
            kind == PatternKind::naming_apposed || kind == PatternKind::viewing_apposed;
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
    if (read.copula && kind == PatternKind::target) who = subject_of_copula(who, read);
    if (who == nullptr) return false;
    if (kind == PatternKind::object) {
        // "called her a tyrant", "saw her as a tyrant": no possessive
        const bool object_form = token(t).is(WordClass::object_pronoun) &&
                                 (is_word(t + 1, read.noun, WordClass::article) ||
                                  is_word(t + 1, read.noun, Marker::predicative));
        if (token(t).is(WordClass::reflexive) || (who->possessor && !object_form)) return false;
        read.object = true;
    } else if (who->possessor || (who->compound && read.copula) || who->tokens.end > read.noun ||
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

/// "who | met": the verb of a relative clause.
bool Rules::is_of_relative(std::int32_t verb, std::int32_t noun) const {
    std::int32_t t = verb - 1;
    while (in_text(t, noun) && is_adverb(document_.text, t)) --t;
    return is_word(t, noun, Marker::of_persons) && grammar_.is_verb(verb);
}

/// "Moore, in the eyes of critics, is", "the husband of Moore is": where the words before the verb are no
/// bare subject the grammar tells whose predicate it is.
const Reference* Rules::subject_of_copula(const Reference* near, const Reading& read) const {
    const std::int32_t t = read.left;
    if (near != nullptr) {
        const std::int32_t before = near->tokens.first - 1;
        const bool relative = is_word(near->tokens.end, read.noun, WordClass::relative) ||
                              is_word(near->tokens.end + 1, read.noun, WordClass::relative);
        // "the reporter who met Moore is"
        const bool governed =
            is_word(before, read.noun, WordClass::preposition) || is_of_relative(before, read.noun);
        if (relative || !governed ||
            is_word(before, read.noun, WordClass::subordinator | WordClass::conjunction)) {
            return near;
        }
        const auto subject = grammar_.subject(read.verb);
        return !subject || (*subject >= near->tokens.first && *subject < near->tokens.end)
                   ? near
                   : nullptr;
    }
    if (!in_text(t, read.noun) || !nouns_.concerns(t)) return nullptr;
    if (token(t).kind != TokenKind::punctuation) return nullptr;
    const auto subject = grammar_.subject(read.verb);
    if (!subject) return nullptr;
    const Reference* who = document_.references.at(*subject);
    return who != nullptr && who->form == ReferenceForm::name ? who : nullptr;
}

/// "described | by rivals | as"
bool Rules::read_agent(Reading& read) const {
    const std::int32_t t = read.left;
    if (!in_text(t, read.noun) || token(t).is(calling)) return false;
    const auto verb = verb_before_agent(t, read.noun);
    if (!verb) return false;
    read.namer = namer_between(*verb + 2, t + 1);
    read.agent = true;
    read.left = *verb;
    return true;
}

/// Whether what a pattern of a plural needs next to its noun is anywhere near: most sentences need not
/// be tagged.
bool Rules::may_stand(const LabelPattern& pattern, std::int32_t noun) const {
    constexpr std::int32_t reach = 10;  // tokens
    if (!pattern.behind.empty()) {
        const std::int32_t t = noun + 1;
        const bool including = is_word(t, noun, Marker::including) || is_word(t, noun, opener);
        return in_text(t, noun) && (including || token(t).mark == U',' || token(t).capital);
    }
    const auto near = [&](const auto& fits) {
        for (std::int32_t t = noun - 1; in_text(t, noun) && noun - t <= reach; --t) {
            if (fits(t)) return true;
        }
        return false;
    };
    if (pattern.noun == PatternKind::others &&
        !near([&](std::int32_t t) { return token(t).is(Marker::others); })) {
        return false;
    }
    return std::all_of(pattern.before.begin(), pattern.before.end(), [&](const auto& element) {
        if (element.optional || !element.group.empty()) return true;
        if (element.kind == PatternKind::be) {
            return near([&](std::int32_t t) { return token(t).is(WordClass::be); });
        }
        if (element.kind == PatternKind::several) {
            return near([&](std::int32_t t) { return token(t).is(WordClass::conjunction); });
        }
        return element.kind != PatternKind::word || near([&](std::int32_t t) {
                   return document_.text.at(token(t).span) == element.shown;
               });
    });
}

std::optional<Named> Rules::match(const LabelPattern& pattern, std::int32_t noun) const {
    Reading read;
    read.noun = noun;
    if (pattern.is_plural() && !may_stand(pattern, noun)) return stop("nothing like it is near");
    if (!read_noun(pattern.noun, read)) return stop("the noun's phrase is no such predicate");
    for (const PatternElement& element : pattern.before) {
        const std::int32_t at = read.left;
        if (!read_before(element, read)) return stop_at(element, at, noun);
    }
    for (const PatternElement& element : pattern.behind) {
        const std::int32_t at = read.right;
        if (!read_behind(element, read) && !element.optional) return stop_at(element, at, noun);
    }
    return named_by(read);
}

Named Rules::named_by(const Reading& read) const {
    Named named;
    named.target = target_of(*read.target);
    if (!read.listed.empty()) {
        named.target = read.listed.front();
        named.also.assign(read.listed.begin() + 1, read.listed.end());
    }
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
        const bool himself = !read.self && named.namer->entity == read.target->entity;
        if (himself) named.namer = Speaker{};  // somebody else must have called him so
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
