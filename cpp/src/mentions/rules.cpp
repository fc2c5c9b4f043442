#include "rules.hpp"

#include "framelens/phrases_longest.hpp"
#include "framelens/unicode.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace framelens::mentions_detail {
namespace {

constexpr WordClass opener =
    WordClass::article | WordClass::determiner | WordClass::possessive_pronoun;
constexpr WordClass office =
    WordClass::role | WordClass::role_prefix | WordClass::former | WordClass::honorific;

}  // namespace

Rules::Rules(const Annotated& document, const TargetTable& targets, Ruling& ruling)
    : document_(document),
      grammar_(document.text),
      targets_(targets),
      ruling_(ruling),
      meant_(document, targets) {
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

bool Rules::reads(std::int32_t t, std::int32_t of, std::string_view word) const {
    return in_text(t, of) && folded(t) == word;
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
    if (token(noun).is(WordClass::plural) || is_modifier(noun) || is_idiom(noun)) {
        return std::nullopt;
    }
    std::optional<Named> named;
    if (token(noun).is(WordClass::institution)) named = institution(noun);
    if (!named && token(noun).is(WordClass::role)) {
        named = title(noun);
        if (!named) named = apposition(noun);
        if (!named) named = given_office(noun);
        if (!named) named = question(noun);
        if (!named) named = copula(noun);
        if (!named) named = as_role(noun);
        if (!named) named = coordinated(noun);
        if (!named) named = description(noun);
    }
    if (named) remember(noun, *named);
    return named;
}

/// "a lawyer and politician", "a former minister and the owner of a bank": says the same of the
/// same person as the noun that it is joined to.
std::optional<Named> Rules::coordinated(std::int32_t noun) const {
    constexpr std::int32_t reach = 8;  // tokens of what the noun before is of
    if (!joinable_ || leads_others(noun)) return std::nullopt;
    constexpr WordClass verb = WordClass::be | WordClass::have | WordClass::modal | WordClass::cue;
    if (is_word(noun + 1, noun, verb)) return std::nullopt;
    const std::int32_t first = phrase_start(noun);
    std::int32_t t = first - 1;
    if (is_word(t, noun, WordClass::adverb)) --t;
    if (!is_word(t, noun, WordClass::conjunction)) return std::nullopt;
    --t;
    if (in_text(t, noun) && token(t).mark == U',') --t;
    for (; t > joinable_->noun && joinable_->noun + reach > t; --t) {
        if (token(t).kind == TokenKind::punctuation || token(t).is(verb | WordClass::relative)) {
            return std::nullopt;
        }
        if (t == joinable_->noun + 1 && !token(t).is(WordClass::preposition)) return std::nullopt;
    }
    if (t != joinable_->noun || !in_text(t, noun)) return std::nullopt;
    Named named = joinable_->named;
    named.first = first;
    return named;
}

Named Rules::group(const GroupNouns::Match& match) const {
    return {match.target,
            NamedObject::person,
            NamingRule::description,
            phrase_start(match.head),
            std::nullopt,
            std::nullopt,
            match.term};
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
    if (named.object == NamedObject::institution && !doubtful) {
        last_owner_[token(noun).entry->lemma] = named.target;
    }
    joinable_.reset();
    if (named.rule == NamingRule::apposition || named.rule == NamingRule::copula) {
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

/// "Kim Jong Un, the North Korean dictator," and "its leader, Kim Jong Un".
std::optional<Named> Rules::apposition(std::int32_t noun) const {
    if (leads_others(noun)) return std::nullopt;
    const auto beside = apposition_of(document_.text, noun);
    if (!beside) return std::nullopt;
    const auto named = [&](const Reference& who) {
        return Named{
            target_of(who),         NamedObject::person,
            NamingRule::apposition, beside->phrase.first,
            std::nullopt,           is_asked(noun) ? std::optional(Distance::asked) : std::nullopt};
    };
    if (beside->left) {
        const Reference* who = document_.references.at(*beside->left);
        if (who != nullptr && who->tokens.end == *beside->left + 1 && who->entity &&
            !who->possessor && who->form != ReferenceForm::pronoun) {
            return named(*who);
        }
    }
    if (!beside->right) return std::nullopt;
    const Reference* who = document_.references.at(*beside->right);
    if (who == nullptr || who->tokens.first != *beside->right || who->possessor ||
        who->form != ReferenceForm::name || !stands_apart(document_.text, who->tokens.end)) {
        return std::nullopt;
    }
    return named(*who);
}

/// "Maduro is a dictator", "Maduro is not a dictator", "called Maduro a strongman".
std::optional<Named> Rules::copula(std::int32_t noun) const {
    if (leads_others(noun)) return std::nullopt;
    const std::int32_t first = phrase_start(noun);
    if (is_no_predicate(first, noun)) return std::nullopt;
    std::int32_t t = before_owner(first) - 1;
    if (opens_marks(t, noun)) {
        --t;
        // called him a “thug”, but no name: dubbed the “Butcher of Nordell”
        if (is_word(t, noun, WordClass::article) && !token(noun).capital) --t;
    }
    bool negated = is_word(first, noun, WordClass::negation);  // "is no dictator"
    while (in_text(t, noun) && is_adverb(document_.text, t)) {
        negated = negated || token(t).is(WordClass::negation);
        --t;
    }
    if (!in_text(t, noun)) return std::nullopt;
    if (!token(t).is(WordClass::be | WordClass::linking)) return naming_verb(noun, t);
    negated = negated || token(t).is(WordClass::negation);
    bool hypothetical = token(t).is(WordClass::conditional);
    std::int32_t subject = t - 1;
    while (in_text(subject, noun) &&
           (is_adverb(document_.text, subject) ||
            token(subject).is(WordClass::denial | WordClass::modal | WordClass::have |
                              WordClass::be | WordClass::relative))) {
        negated = negated || token(subject).is(WordClass::negation | WordClass::denial);
        hypothetical = hypothetical || token(subject).is(WordClass::conditional);
        if (token(subject).is(WordClass::relative) && in_text(subject - 1, noun) &&
            token(subject - 1).mark == U',') {
            --subject;
        }
        --subject;
    }
    if (!in_text(subject, noun)) return std::nullopt;
    const Reference* who = document_.references.at(subject);
    if (who == nullptr || who->possessor || who->compound) return std::nullopt;
    if (who->form == ReferenceForm::pronoun && !token(who->head).is(WordClass::subject_pronoun)) {
        return std::nullopt;
    }
    Named named{target_of(*who), NamedObject::person, NamingRule::copula,
                first,           std::nullopt,        std::nullopt};
    if (negated || is_denied(*who)) {
        named.distance = Distance::negated;
    } else if (is_asked(noun)) {
        named.distance = Distance::asked;
    } else if (hypothetical || is_supposed(*who)) {
        named.distance = Distance::hypothetical;
    }
    return named;
}

std::optional<Named> Rules::description(std::int32_t noun) const {
    const Reference* reference = document_.references.at(noun);
    if (reference == nullptr || reference->form != ReferenceForm::description ||
        reference->head != noun || reference->foreign || is_of_a_person(noun)) {
        return std::nullopt;
    }
    auto nation = reference->nation;
    if (!nation) nation = nation_complement(noun);
    Named named{target_of(*reference),   NamedObject::person, NamingRule::description,
                reference->tokens.first, std::nullopt,        std::nullopt};
    if (!reference->entity && ruling_.contains(reference->term)) {
        named.target = nation ? target_of_nation(*nation) : main_person(reference->term, noun);
    }
    const Reference* subject = named.target ? subject_of_object(*reference) : nullptr;
    if (subject != nullptr && target_of(*subject) == named.target) named.target.reset();
    return named;
}

/// The person the story names most, unless the noun is an office and the corpus gives that
/// person other offices only. An epithet goes on from an earlier one, and else means nobody where
/// another person stands nearer.
std::optional<std::int32_t> Rules::main_person(const std::string& term, std::int32_t noun) const {
    if (!main_) return std::nullopt;
    if (token(noun).is(WordClass::epithet)) {
        const auto last = last_insulted(noun);
        if (last) return target_of(last);
        const auto near = nearest_person(noun);
        return !near || near == main_ ? target_of(main_) : std::nullopt;
    }
    const auto& entity = document_.references.corpus().entities[static_cast<std::size_t>(*main_)];
    if (!entity.roles.empty() && !entity.has_role(term)) return std::nullopt;
    return target_of(main_);
}

/// Whom the article called a dictator or the like before: "the dictator Kim", then "the strongman".
std::optional<std::int32_t> Rules::last_insulted(std::int32_t noun) const {
    const std::span<const Reference> earlier = document_.references.before(noun);
    for (auto who = earlier.rbegin(); who != earlier.rend(); ++who) {
        if (!who->entity || who->called.empty()) continue;
        for (std::int32_t t = who->tokens.first; t < who->tokens.end; ++t) {
            if (token(t).is(WordClass::epithet)) return who->entity;
        }
    }
    return std::nullopt;
}

/// The last one whom the sentence or the one before it names.
std::optional<std::int32_t> Rules::nearest_person(std::int32_t noun) const {
    const auto& corpus = document_.references.corpus();
    const std::span<const Reference> earlier = document_.references.before(noun);
    for (auto who = earlier.rbegin(); who != earlier.rend(); ++who) {
        if (token(who->head).sentence + 1 < token(noun).sentence) break;
        if (!who->entity) continue;
        const auto& entity = corpus.entities[static_cast<std::size_t>(*who->entity)];
        if (entity.kind == EntityKind::person) return who->entity;
    }
    return std::nullopt;
}

}  // namespace framelens::mentions_detail
