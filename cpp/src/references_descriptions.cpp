// Descriptions of persons by a role: found, and told apart by what stands beside them.
#include "framelens/references.hpp"
#include "framelens/unicode.hpp"

namespace framelens {
namespace {

constexpr WordClass title_word =
    WordClass::role | WordClass::honorific | WordClass::role_prefix | WordClass::former;
constexpr WordClass opener = WordClass::article | WordClass::determiner;

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
    if (after.sentence != noun.sentence || after.kind != TokenKind::word || after.capital ||
        after.is_known()) {
        return false;
    }
    const std::string_view printed = text.at(after.span);
    return !printed.ends_with("ed") && !printed.ends_with("s") && !printed.ends_with("ly");
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
            const char initial = text_.text[static_cast<std::size_t>(word.span.start)];
            const bool indefinite = word.is(WordClass::article) && (initial | 0x20) == 'a';
            if (indefinite || word.is(WordClass::possessive_pronoun)) return false;
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
                             WordClass::polity | WordClass::number))) {
            break;
        } else {
            first = i;
        }
    }
    if (!definite) return false;
    found.tokens = {first, token + 1};
    found.term = role_term(text_, first, token);
    if (!found.nation) found.nation = nation_complement(text_, names_, token);
    found.foreign = has_foreign_complement(text_, names_, token);
    place(found);
    items_.push_back(std::move(found));
    return true;
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
            if (host && (items_[*host].tokens.first != *beside->right ||
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

}  // namespace framelens
