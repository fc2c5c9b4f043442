// Descriptions of persons by a role: found, and told apart by what stands beside them.
#include "framelens/language.hpp"
#include "framelens/references.hpp"
#include "framelens/unicode.hpp"
#include "word_kinds.hpp"

#include <algorithm>
#include <span>

namespace framelens {
namespace {

/// "Mr." and "Madam" tell the sex and no office.
bool is_address(const Token& word) {
    return word.is(WordClass::honorific) && !word.is(WordClass::role) &&
           word.is(WordClass::masculine | WordClass::feminine);
}

/// "the liberal media", "the Republican nomination": a noun that is an adjective too, before what
/// no list knows and what does not end as a verb. Offices are none.
bool modifies_next(const SegmentedText& text, std::int32_t token) {
    const auto next = static_cast<std::size_t>(token + 1);
    const Token& noun = text.tokens[static_cast<std::size_t>(token)];
    if (next >= text.tokens.size() ||
        noun.is(WordClass::office | WordClass::head | WordClass::epithet)) {
        return false;
    }
    const Token& after = text.tokens[next];
    return after.sentence == noun.sentence && may_be_noun(text, after);
}

/// A person of one nation is not meant by another's office. Places bind less: a speaker of the
/// House is also a party's leader.
bool is_of_another(const CorpusEntity& entity, std::int32_t nation, std::int32_t nation_count) {
    const bool tied = entity.nation.has_value() || !entity.places.empty();
    return tied && (nation < nation_count || !entity.nation);
}

bool has(const std::vector<std::int32_t>& list, std::int32_t entity) {
    return std::find(list.begin(), list.end(), entity) != list.end();
}

void add_once(std::vector<std::int32_t>& list, std::int32_t entity) {
    if (!has(list, entity)) list.push_back(entity);
}

/// "The attorney | general" is one description, by its last noun.
void add_longer(std::vector<Reference>& items, Reference found) {
    if (!items.empty() && items.back().form == ReferenceForm::description &&
        items.back().tokens.first >= found.tokens.first) {
        items.pop_back();
    }
    items.push_back(std::move(found));
}

}  // namespace

/// "the president", "the Venezuelan leader", "Venezuela's leader", "Venezuelan president".
bool References::add_description(std::int32_t token) {
    const Token& noun = text_.tokens[static_cast<std::size_t>(token)];
    if (noun.kind != TokenKind::word || !noun.is(WordClass::role)) return false;
    if (noun.is(WordClass::plural) || modifies_next(text_, token)) return false;
    Reference found;
    found.head = token;
    found.form = ReferenceForm::description;
    std::int32_t first = token;
    bool definite = false;
    for (std::int32_t i = token - 1, steps = 0; i >= 0 && steps < 5; --i, ++steps) {
        const Token& word = text_.tokens[static_cast<std::size_t>(i)];
        if (word.sentence != noun.sentence) break;
        if (const NationMention* nation = nation_at(names_, i)) {
            found.nation = nation->nation;
            first = i = nation->tokens.first;
            definite = true;
        } else if (word.is(opener | WordClass::possessive_pronoun)) {
            if (word.is(Marker::indefinite) || word.is(WordClass::possessive_pronoun)) return false;
            if (word.is(WordClass::determiner) && !word.is(WordClass::demonstrative)) return false;
            definite = true;
            first = i;
            break;
        } else if (i == token - 1 && is_scare_mark(i, noun)) {
            continue;
        } else if (word.kind == TokenKind::possessive) {
            if (!owns_office(i - 1)) break;
        } else if (noun.capital && is_address(word)) {
            definite = true;  // "Mr. President"
            first = i;
            break;
        } else if (word.kind != TokenKind::word || name_at(names_, i) != nullptr ||
                   (word.is_known() &&
                    !word.is(title_word | WordClass::hedge | WordClass::distance |
                             WordClass::polity | WordClass::number | WordClass::demonym))) {
            break;
        } else {
            first = i;
        }
    }
    if (!definite) return false;
    found.tokens = {first, token + 1};
    found.term = role_term(text_, first, token);
    if (!found.nation) found.nation = nation_complement(text_, names_, token);
    found.foreign = has_foreign_complement(text_, names_, token) || leads_a_part(first, token);
    place(found);
    add_longer(items_, std::move(found));
    return true;
}

/// "The Russian opposition leader", "the U.S. spy chief": who leads something of the nation's.
bool References::leads_a_part(std::int32_t first, std::int32_t noun) const {
    if (!text_.tokens[static_cast<std::size_t>(noun)].is(WordClass::head)) return false;
    bool of_nation = false;
    for (std::int32_t t = first; t < noun; ++t) {
        const Token& word = text_.tokens[static_cast<std::size_t>(t)];
        if (nation_at(names_, t) != nullptr) {
            of_nation = true;
        } else if (of_nation && word.kind == TokenKind::word &&
                   (!word.is_known() || word.is(WordClass::institution))) {
            return true;
        }
    }
    return false;
}

/// Venezuela's, the country's: what stands at the token has a president.
bool References::owns_office(std::int32_t token) const {
    return token >= 0 && (nation_at(names_, token) != nullptr ||
                          text_.tokens[static_cast<std::size_t>(token)].is(WordClass::polity));
}

/// The mark in front of the one word that it sets off: The “president” then dined.
bool References::is_scare_mark(std::int32_t token, const Token& noun) const {
    const auto mark = mark_of(token);
    return mark && text_.marks[static_cast<std::size_t>(*mark)].inner == noun.span;
}

/// "Kim, the North Korean dictator," and "its leader, Kim": the name is called so.
void References::settle_appositions() {
    for (const std::int32_t t : nouns_) {
        const Token& noun = text_.tokens[static_cast<std::size_t>(t)];
        if (!noun.is(WordClass::role) || noun.is(WordClass::plural)) continue;
        const auto own = index_at(t);
        if (own && items_[*own].form == ReferenceForm::name) continue;  // a title
        const auto beside = apposition_of(text_, t);
        if (!beside) continue;
        auto host = beside->left ? index_at(*beside->left) : std::nullopt;
        if (host && items_[*host].tokens.end != *beside->left + 1) host.reset();
        if (!host && beside->right) {
            host = index_at(*beside->right);
            // "the lawyer for Reed – Moore's former aide": no name of his
            if (host && (items_[*host].tokens.first != *beside->right || items_[*host].possessor ||
                         !stands_apart(text_, items_[*host].tokens.end))) {
                host.reset();
            }
        }
        if (!host || items_[*host].form != ReferenceForm::name) continue;
        Reference& name = items_[*host];
        if (corpus_.entities[static_cast<std::size_t>(*name.entity)].kind != EntityKind::person) {
            continue;
        }
        name.called.push_back(role_term(text_, beside->phrase.first, t));
        if (own && items_[*own].head == t && items_[*own].mark == name.mark) {
            items_[*own].entity = name.entity;
            items_[*own].settled = true;
            items_[*own].why = Because::beside;
        }
    }
}

/// The subject of the clause in which the description is something else: in "Park thanked the
/// premier" that is not Park (Chomsky's principle C).
std::optional<std::int32_t> References::subject_before(std::size_t index) const {
    const Reference& described = items_[index];
    if (index == 0 || described.subject) return std::nullopt;
    const Reference& near = items_[index - 1];
    if (!near.subject || !near.entity || near.mark != described.mark) return std::nullopt;
    if (near.form == ReferenceForm::description) return std::nullopt;
    const std::int32_t sentence = text_.tokens[static_cast<std::size_t>(described.head)].sentence;
    if (text_.tokens[static_cast<std::size_t>(near.head)].sentence != sentence) {
        return std::nullopt;
    }
    constexpr WordClass bound = WordClass::conjunction | WordClass::subordinator |
                                WordClass::relative | WordClass::be | WordClass::linking;
    for (std::int32_t t = near.tokens.end; t < described.tokens.first; ++t) {
        const Token& word = text_.tokens[static_cast<std::size_t>(t)];
        if (word.kind == TokenKind::punctuation || word.is(bound)) return std::nullopt;
    }
    return near.entity;
}

/// Whoever is of a nation may be called its leader or its dictator; its minister or its lawyer only
/// who is called so elsewhere, or an office of which none is known.
bool References::may_be_called(const CorpusEntity& entity, const std::string& term) const {
    if (entity.has_role(term)) return true;
    const auto has = [&](const std::string& words, WordClass any) {
        for (const std::string& word : words_of_name(words)) {
            const WordEntry* entry = text_.language->find(word);
            if (entry != nullptr && entry->is(any)) return true;
        }
        return false;
    };
    if (has(term, WordClass::head | WordClass::epithet)) return true;
    const bool holds_one =
        std::any_of(entity.roles.begin(), entity.roles.end(),
                    [&](const std::string& role) { return has(role, WordClass::office); });
    return has(term, WordClass::office) && !holds_one;
}

/// "Russian President Vladimir Putin", "France's president": told from the writer's own.
bool References::is_of_nation(const Reference& reference) const {
    if (reference.nation) return true;
    const std::int32_t first = reference.tokens.first;
    const std::int32_t sentence = text_.tokens[static_cast<std::size_t>(first)].sentence;
    for (std::int32_t t = first; t >= 0 && t >= first - 2; --t) {
        const Token& word = text_.tokens[static_cast<std::size_t>(t)];
        if (word.sentence != sentence) return false;
        if (nation_at(names_, t) != nullptr) return true;
        if (t < first && word.kind != TokenKind::possessive) return false;
    }
    return false;
}

/// "Republican" of "the Republican nominee": a capital adjective of no nation, by its first letters,
/// which "Democrat" and "Democratic" share.
std::string_view References::faction_of(const Reference& reference) const {
    constexpr std::size_t letters = 6;
    constexpr std::int32_t reach = 2;  // tokens before a title
    for (std::int32_t t = reference.head - 1; t >= std::max(0, reference.tokens.first - reach);
         --t) {
        const Token& word = text_.tokens[static_cast<std::size_t>(t)];
        if (word.sentence != text_.tokens[static_cast<std::size_t>(reference.head)].sentence) break;
        if (word.capital && word.is(WordClass::demonym) && nation_at(names_, t) == nullptr) {
            return text_.at(word.span).substr(0, letters);
        }
    }
    return {};
}

/// True if one of the reference's words is the description's term.
bool References::is_called(const Reference& reference, const Reference& description) {
    const auto& terms = reference.called;
    return std::find(terms.begin(), terms.end(), description.term) != terms.end();
}

/// Who was called the description's term before it, and who may be meant.
struct References::Called {
    std::vector<std::int32_t> all;
    std::vector<std::int32_t> bare;      // without a nation
    std::vector<std::int32_t> faction;   // with the faction of the description
    std::vector<std::int32_t> opposing;  // with another one
};

References::Called References::called_before(const Reference& description) const {
    Called called;
    const std::string_view own = faction_of(description);
    for (const Reference& reference : before(description.tokens.first)) {
        if (!reference.entity) continue;
        if (!own.empty() && reference.form == ReferenceForm::name) {
            const std::string_view faction = faction_of(reference);
            if (!faction.empty()) {
                add_once(faction == own ? called.faction : called.opposing, *reference.entity);
            }
        }
        if (!is_called(reference, description)) continue;
        add_once(called.all, *reference.entity);
        if (reference.form == ReferenceForm::name && !is_of_nation(reference)) {
            add_once(called.bare, *reference.entity);
        }
    }
    return called;
}

std::vector<std::int32_t> References::called_behind(const Reference& description) const {
    std::vector<std::int32_t> called;
    const auto seen = before(description.tokens.first);
    const Reference* const end = items_.data() + items_.size();
    const Reference* it = seen.data() + seen.size();
    for (std::size_t steps = 0; it != end && steps < horizon; ++it, ++steps) {
        if (it->entity && is_called(*it, description)) add_once(called, *it->entity);
    }
    return called;
}

/// The last one who was called so before the description; where no nation tells, who was called so
/// without one comes first: by "the president" an American writer means his own. Behind the one who
/// is meant stand those who fit as well.
std::vector<std::int32_t> References::last_called(const Reference& description,
                                                  const std::vector<std::int32_t>& except) const {
    const auto nation = description.nation;
    const std::string& term = description.term;
    const Called called = called_before(description);
    // Of many candidates and rivals the corpus cannot tell which one is meant, the article can.
    const bool is_office = text_.tokens[static_cast<std::size_t>(description.head)].is(
        WordClass::office | WordClass::head | WordClass::epithet);
    const auto behind =
        nation || is_office ? std::vector<std::int32_t>{} : called_behind(description);
    std::vector<std::int32_t> seen;
    std::vector<std::int32_t> foremost, untied, by_corpus;
    const std::span<const Reference> earlier = before(description.tokens.first);
    for (auto reference = earlier.rbegin(); reference != earlier.rend(); ++reference) {
        if (!reference->entity || has(except, *reference->entity)) continue;
        const std::int32_t id = *reference->entity;
        if (has(seen, id)) continue;
        seen.push_back(id);
        const CorpusEntity& entity = corpus_.entities[static_cast<std::size_t>(id)];
        if (entity.kind != EntityKind::person) continue;
        if (!has(called.faction, id) && (!called.faction.empty() || has(called.opposing, id))) {
            continue;  // "the Republican nominee" is no Democratic one
        }
        const bool was_called = has(called.all, id);
        if (nation && entity.is_of(*nation) && (was_called || may_be_called(entity, term))) {
            foremost.push_back(id);
            continue;
        }
        if (nation && is_of_another(entity, *nation, corpus_.nation_count)) continue;
        if (!nation && has(called.bare, id)) foremost.push_back(id);
        if (was_called) untied.push_back(id);  // whoever is of the nation comes first
        const bool known = entity.has_role(term) && (is_office || has(behind, id));
        if (!nation && known) by_corpus.push_back(id);
    }
    for (auto* tier : {&foremost, &untied, &by_corpus}) {
        if (!tier->empty()) return std::move(*tier);
    }
    return {};
}

void References::resolve_description(Reference& description,
                                     const std::vector<std::int32_t>& except) {
    auto fitting = last_called(description, except);
    if (fitting.size() > most_candidates) fitting.resize(most_candidates);
    description.candidates = fitting;
    description.entity.reset();
    description.why = Because::none;
    if (fitting.empty()) return;
    description.entity = fitting.front();
    description.why = fitting.size() == 1 ? Because::only : Because::best;
}

}  // namespace framelens
