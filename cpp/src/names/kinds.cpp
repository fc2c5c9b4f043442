#include "finder.hpp"
#include "framelens/grammar.hpp"

namespace framelens::names_detail {

void Finder::judge(Candidate& found) const {
    const TokenRange name = found.tokens;
    for (std::int32_t i = found.title; i < name.first; ++i) {
        if (token(i).is(WordClass::role | WordClass::honorific)) {
            found.kind = EntityKind::person;
        }
        if (token(i).is(WordClass::role)) {
            found.roles.push_back(role_term(text_, found.title, i));
        }
        if (token(i).is(WordClass::masculine)) found.titled = Gender::masculine;
        if (token(i).is(WordClass::feminine)) found.titled = Gender::feminine;
    }
    found.gender = found.titled;
    const Token& first = token(name.first);
    const bool organisation = has_organisation_word(name);
    if (found.kind == EntityKind::other && organisation) {
        found.kind = EntityKind::organisation;
    } else if (first.is(WordClass::given_name) &&
               (name.size() >= 2 || !starts_sentence(name.first))) {
        if (!first.is(WordClass::place | WordClass::month) || name.size() >= 2) {
            found.kind = EntityKind::person;
        }
    } else if (found.kind == EntityKind::other && name.size() == 1 && first.all_caps &&
               first.span.size() <= 6 && !first.is(WordClass::place)) {
        found.kind = EntityKind::organisation;
    }
    if (first.is(WordClass::given_name) && found.kind == EntityKind::person) {
        const bool he = first.is(WordClass::masculine);
        const bool she = first.is(WordClass::feminine);
        if (he != she) found.gender = he ? Gender::masculine : Gender::feminine;
    }
}

bool Finder::has_organisation_word(TokenRange name) const {
    for (std::int32_t i = name.first; i < name.end; ++i) {
        if (token(i).is(WordClass::organisation)) return true;
    }
    return false;
}

/// What stands alone may still be a person: one that a title names elsewhere, or that speaks.
void Finder::settle_kinds() {
    for (const Candidate& found : found_) {
        if (found.kind == EntityKind::person) persons_.emplace(last_word(found), 0);
    }
    for (Candidate& found : found_) {
        if (found.kind != EntityKind::other) continue;
        const bool known = persons_.contains(last_word(found));
        if (known || acts_like_person(found)) {
            found.kind = EntityKind::person;
            if (!known) persons_.emplace(last_word(found), 0);
        }
    }
}

/// As printed: "trump-abe" of "the Trump-Abe summit" is nobody's surname though "abe" is.
std::string Finder::last_word(const Candidate& found) const {
    const std::string printed = folded(found.tokens.end - 1);
    return printed.find('-') == std::string::npos ? found.words.back() : printed;
}

/// A name of up to three words, no place, that says something or that "who" goes on about.
bool Finder::acts_like_person(const Candidate& found) const {
    const TokenRange name = found.tokens;
    if (name.size() > 3 || token(name.end - 1).is(WordClass::place | WordClass::nation)) {
        return false;
    }
    if (name.first > 0 && token(name.first - 1).is(WordClass::article)) return false;
    std::int32_t next = name.end;
    if (next < size() && token(next).mark == U',') ++next;
    if (next >= size() || token(next).sentence != token(name.first).sentence) return false;
    while (next < size() && is_adverb(text_, next)) ++next;
    if (next >= size()) return false;
    const bool who = token(next).is(Marker::of_persons);
    return who || (token(next).is(WordClass::cue) && !token(next).capital);
}

}  // namespace framelens::names_detail
