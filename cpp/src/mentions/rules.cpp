#include "rules.hpp"

#include "framelens/language.hpp"
#include "framelens/phrases_longest.hpp"
#include "framelens/unicode.hpp"
#include "viewpoint.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace framelens::mentions_detail {
namespace {

constexpr WordClass opener =
    WordClass::article | WordClass::determiner | WordClass::possessive_pronoun;
constexpr WordClass office =
    WordClass::role | WordClass::role_prefix | WordClass::former | WordClass::honorific;

}  // namespace

Rules::Rules(const Annotated& document, const TargetTable& targets, const LabelRules& rules,
             Ruling& ruling)
    : document_(document),
      grammar_(document.text),
      targets_(targets),
      rules_(rules),
      ruling_(ruling),
      meant_(document, targets),
      nouns_(document, grammar_, meant_) {
    std::vector<std::int32_t> named;
    const auto& corpus = document.references.corpus();
    for (const Reference& reference : document.references.items()) {
        if (reference.form != ReferenceForm::name || !reference.entity) continue;
        if (const auto target = target_of(reference)) named_.insert(*target);
        const auto& entity = corpus.entities[static_cast<std::size_t>(*reference.entity)];
        if (entity.kind == EntityKind::person) named.push_back(*reference.entity);
    }
    std::sort(named.begin(), named.end());
    std::ptrdiff_t most = 0;
    for (auto first = named.begin(); first != named.end();) {
        const auto last = std::upper_bound(first, named.end(), *first);
        if (last - first > most) {
            most = last - first;
            main_ = *first;
        }
        first = last;
    }
}

bool Rules::in_text(std::int32_t t, std::int32_t of) const {
    return t >= 0 && t < static_cast<std::int32_t>(document_.text.tokens.size()) &&
           token(t).sentence == token(of).sentence;
}

std::string Rules::folded(std::int32_t t) const {
    return fold(document_.text.at(token(t).span));
}

const Inflection& Rules::inflection() const noexcept {
    return inflection_of(document_.text);
}

std::optional<std::int32_t> Rules::target_of(std::optional<std::int32_t> entity) const {
    if (!entity) return std::nullopt;
    return targets_.of_entity[static_cast<std::size_t>(*entity)];
}

/// Whom a title ties to a nation is its ruler where the article names him: others come before and
/// after him.
std::optional<std::int32_t> Rules::target_of_nation(std::int32_t nation) const {
    const auto at = static_cast<std::size_t>(nation);
    if (targets_.of_nation[at]) return targets_.of_nation[at];
    const auto tied = targets_.tied[at];
    return tied && named_.contains(*tied) ? tied : std::nullopt;
}

std::optional<Named> Rules::apply(std::int32_t noun) {
    if (is_surname(noun)) return skip(noun, "is somebody's surname");
    const bool plural = nouns_.is_plural(noun);
    if (plural && !nouns_.concerns(noun)) return skip(noun, "is a plural with no target near");
    if (is_modifier(noun)) return skip(noun, "modifies the noun behind it");
    if (is_idiom(noun)) return skip(noun, "is part of a fixed phrase");
    const LabelRule* read = nullptr;  // the step whose family gave `answer`
    std::optional<Named> answer;
    for (const LabelRule& rule : rules_.rules) {
        const bool institution = token(noun).is(WordClass::institution);
        const bool fits = rule.object == NamedObject::institution
                              ? institution
                              : !institution || token(noun).is(WordClass::role);
        if (!fits || rule.pattern.is_plural() != plural) continue;
        if (!rule.step) {
            read = nullptr;
            answer = match(rule.pattern, noun);
        } else if (const Family family = family_of(*rule.step);
                   read == nullptr || family_of(*read->step) != family) {
            read = &rule;
            stop("the words around it are others");
            answer = read_as(family, noun);
        }
        note(noun, rule, answer);
        if (!answer || (rule.step && answer->step != rule.step)) continue;
        answer->by = &rule;
        if (!answer->namer && rule.rule != NamingRule::title) {
            answer->namer = viewpoint(document_, grammar_, noun, rule.rule == NamingRule::copula);
        }
        if (plural) return answer;  // says of several what later nouns do not go on from
        remember(noun, *answer);
        return answer;
    }
    return std::nullopt;
}

/// "King" of "Anton King"
bool Rules::is_surname(std::int32_t noun) const {
    const Reference* who = document_.references.at(noun);
    if (who == nullptr || who->form != ReferenceForm::name || who->head != noun || !who->entity) {
        return false;
    }
    const auto& entity =
        document_.references.corpus().entities[static_cast<std::size_t>(*who->entity)];
    return entity.kind == EntityKind::person && !token(noun).is(WordClass::institution);
}

Rules::Family Rules::family_of(LabelStep step) {
    if (step <= LabelStep::owner_institution) return Family::institution_owner;
    if (step <= LabelStep::institution_of_other) return Family::institution_of;
    if (step <= LabelStep::ruler_institution) return Family::institution_alone;
    if (step <= LabelStep::title_in_marks) return Family::title;
    if (step <= LabelStep::apposed_before) return Family::apposition;
    if (step <= LabelStep::headline_question) return Family::question;
    if (step <= LabelStep::as_first) return Family::as_role;
    if (step <= LabelStep::joined_predicate) return Family::joined;
    return step == LabelStep::group ? Family::group : Family::description;
}

std::optional<Named> Rules::read_as(Family family, std::int32_t noun) {
    switch (family) {
        case Family::institution_owner:
            return institution_owner(noun);
        case Family::institution_of:
            return institution_of(noun);
        case Family::institution_alone:
            return institution_alone(noun);
        case Family::title:
            return title(noun);
        case Family::apposition:
            return apposition(noun);
        case Family::question:
            return question(noun);
        case Family::as_role:
            return as_role(noun);
        case Family::joined:
            return coordinated(noun);
        case Family::description:
            return description(noun);
        case Family::group:
            break;
    }
    return std::nullopt;
}

/// "a lawyer and politician", "a former minister and the owner of a bank": says the same of the
/// same person as the noun that it is joined to.
std::optional<Named> Rules::coordinated(std::int32_t noun) const {
    constexpr std::int32_t reach = 8;  // tokens of what the noun before is of
    if (!joinable_ || leads_others(noun))
        return stop("no noun before it is a predicate or an apposition");
    constexpr WordClass verb = WordClass::be | WordClass::have | WordClass::modal | WordClass::cue;
    if (is_word(noun + 1, noun, verb)) return stop("a verb follows: a new clause");
    const std::int32_t first = phrase_start(noun);
    std::int32_t t = first - 1;
    if (is_word(t, noun, WordClass::adverb)) --t;
    if (!is_word(t, noun, WordClass::conjunction))
        return stop("no conjunction stands before the phrase");
    const bool opposed = token(t).is(Marker::opposing);
    --t;
    if (in_text(t, noun) && token(t).mark == U',') --t;
    for (; t > joinable_->noun && joinable_->noun + reach > t; --t) {
        if (token(t).kind == TokenKind::punctuation || token(t).is(verb | WordClass::relative)) {
            return stop("a verb or a mark stands between the two nouns");
        }
        if (t == joinable_->noun + 1 && !token(t).is(WordClass::preposition))
            return stop("the words between the two nouns belong to neither");
    }
    if (t != joinable_->noun || !in_text(t, noun)) return stop("the noun before is too far");
    Named named = joinable_->named;
    named.first = first;
    // "no tyrant but a reformer"
    if (opposed && named.distance == Distance::negated) named.distance.reset();
    named.step = named.by->rule == NamingRule::apposition ? LabelStep::joined_apposition
                                                          : LabelStep::joined_predicate;
    return named;
}

std::optional<Named> Rules::group(const GroupNouns::Match& match) const {
    const LabelRule* rule = rules_.find(LabelStep::group);
    if (rule == nullptr) return std::nullopt;
    Named named{match.target, LabelStep::group, phrase_start(match.head)};
    named.term = match.term;
    named.by = rule;
    note(match.head, *rule, named);
    return named;
}

void Rules::note(std::int32_t noun, const LabelRule& rule,
                 const std::optional<Named>& answer) const {
    if (notes_ == nullptr) return;
    RuleAttempt attempt{token(noun).span, rule.id};
    if (answer && (!rule.step || answer->step == rule.step)) {
        attempt.outcome = answer->target ? AttemptOutcome::label : AttemptOutcome::nobody;
        if (!answer->target) attempt.why = "the rule fits, but whom it names is no target";
        attempt.target = answer->target;
        attempt.phrase = document_.text.span_of(answer->first, noun + 1);
    } else {
        attempt.why = answer ? "is read as " + std::string(id_of(answer->step)) : notes_->why;
    }
    notes_->attempts.push_back(attempt);
}

std::nullopt_t Rules::skip(std::int32_t noun, std::string_view why) const {
    if (notes_ != nullptr) {
        notes_->attempts.push_back(
            {token(noun).span, "", AttemptOutcome::skipped, std::string(why)});
    }
    return std::nullopt;
}

/// "socialist" in "the socialist regime", "Socialist Venezuelan President", "rebel leader".
bool Rules::is_modifier(std::int32_t noun) const {
    if (is_word(noun + 1, noun, WordClass::role | WordClass::institution)) return true;
    if (!in_text(noun + 1, noun)) return false;
    const NationMention* nation = nation_at(document_.names, noun + 1);
    return nation != nullptr && nation->adjective && nation->tokens.first == noun + 1 &&
           is_word(nation->tokens.end, noun, WordClass::role | WordClass::institution);
}

/// Later bare descriptions lean on what was said before.
void Rules::remember(std::int32_t noun, const Named& named) {
    // "threatened to destroy his regime": who "he" is is not sure enough for what follows
    const bool doubtful = token(noun).is(WordClass::epithet) &&
                          token(phrase_start(noun)).is(WordClass::possessive_pronoun);
    if (named.by->object == NamedObject::institution && !doubtful) {
        last_owner_[token(noun).entry->lemma] = named.target;
    }
    joinable_.reset();
    if (named.by->rule == NamingRule::apposition || named.by->rule == NamingRule::copula) {
        joinable_ = Joinable{noun, named};
    }
    if (!named.target) return;
    for (std::int32_t t = phrase_start(noun); t < noun; ++t) {
        if (token(t).kind == TokenKind::word && !token(t).is(opener) &&
            nation_at(document_.names, t) == nullptr) {
            modified_[folded(t)] = *named.target;
        }
    }
}

bool Rules::is_idiom(std::int32_t noun) const {
    constexpr std::int32_t longest = 5;  // words of an idiom
    if (!token(noun).is(WordClass::in_idiom)) return false;
    const PhraseSet& idioms = document_.text.language->idioms;
    for (std::int32_t first = noun - longest + 1; first <= noun; ++first) {
        if (!in_text(first, noun)) continue;
        if (!idioms.may_start(document_.text.at(token(first).span))) continue;
        const auto add = [&](std::int32_t at, std::string& key) {
            if (!in_text(at, noun)) return false;
            append_word(key, folded(at));
            return true;
        };
        const auto find = [&](const std::string& key, std::int32_t next) {
            return next > noun && idioms.has(key) ? std::optional(next) : std::nullopt;
        };
        if (find_longest(first, first + longest, add, find)) return true;
    }
    return false;
}

/// First token of the noun phrase: modifiers, nation, article. Unknown words count only where
/// an article, a nation or the sentence's begin bounds them.
std::int32_t Rules::phrase_start(std::int32_t noun) const {
    std::int32_t sure = noun;
    std::int32_t i = noun - 1;
    for (; in_text(i, noun) && noun - i <= 6; --i) {
        const Token& word = token(i);
        if (const NationMention* nation = nation_at(document_.names, i)) {
            sure = i = nation->tokens.first;
        } else if (word.is(opener)) {
            return i;
        } else if (is_adverb(document_.text, i) && is_word(i - 1, noun, opener)) {
            return i - 1;  // "the only candidate"
        } else if (word.is(office | WordClass::distance | WordClass::hedge)) {
            sure = i;
        } else if (word.kind == TokenKind::possessive) {
            if (nation_at(document_.names, i - 1) == nullptr) return i + 1;
        } else if (word.is(WordClass::number | WordClass::organisation | WordClass::place)) {
            continue;  // "the first national security adviser", "the Democratic nominee"
        } else if (word.kind != TokenKind::word || word.is_known() ||
                   name_at(document_.names, i) != nullptr) {
            break;
        }
    }
    const bool bounded = !in_text(i, noun) || token(i).kind == TokenKind::punctuation ||
                         token(i).is(WordClass::preposition | WordClass::conjunction |
                                     WordClass::subordinator | WordClass::be);
    return bounded ? i + 1 : sure;
}

std::string Rules::modifiers(std::int32_t noun, const std::string& term) const {
    std::string words;
    const auto in_term = static_cast<std::int32_t>(std::count(term.begin(), term.end(), ' '));
    for (std::int32_t t = phrase_start(noun); t < noun - in_term; ++t) {
        if (token(t).is(opener)) continue;
        if (!words.empty() && token(t).kind == TokenKind::word) words += ' ';
        words += document_.text.at(token(t).span);
    }
    return words;
}

std::optional<Distance> Rules::distance(std::int32_t noun) const {
    for (std::int32_t t = phrase_start(noun); t < noun; ++t) {
        if (token(t).is(WordClass::distance)) return Distance::so_called;
    }
    if (scare_at(document_.quotes, token(noun).span) != nullptr) return Distance::scare;
    return std::nullopt;
}

std::optional<std::int32_t> Rules::nation_complement(std::int32_t noun) const {
    return framelens::nation_complement(document_.text, document_.names, noun);
}

/// "a leader of the cartel": a head of what is no nation. Offices and relations are labels with
/// whatever they are of: "director of the museum", "an aide of the mayor".
bool Rules::leads_others(std::int32_t noun) const {
    return token(noun).is(WordClass::head) && has_foreign_complement(noun);
}

bool Rules::has_foreign_complement(std::int32_t noun) const {
    return framelens::has_foreign_complement(document_.text, document_.names, noun);
}

}  // namespace framelens::mentions_detail
