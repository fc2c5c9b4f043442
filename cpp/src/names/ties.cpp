#include "finder.hpp"

#include <algorithm>

namespace framelens::names_detail {

/// "Tendai Moyo, the Zimbabwean leader," ties as "Zimbabwean leader Tendai Moyo" does.
void Finder::tie_appositions(TokenRange range) {
    const auto ending_at = [&](std::int32_t last) {
        return std::lower_bound(
            found_.begin(), found_.end(), last,
            [](const Candidate& c, std::int32_t t) { return c.tokens.end - 1 < t; });
    };
    for (std::int32_t i = range.first; i < range.end; ++i) {
        if (!token(i).is(WordClass::role) || token(i).is(WordClass::plural)) continue;
        const auto beside = apposition_of(text_, i);
        if (!beside) continue;
        if (beside->left) {
            const auto host = ending_at(*beside->left);
            if (host != found_.end() && host->tokens.end == *beside->left + 1) {
                tie(*host, i, beside->phrase);
                continue;
            }
        }
        if (!beside->right) continue;
        const auto host = ending_at(*beside->right);
        if (host != found_.end() && host->title == *beside->right &&
            stands_apart(text_, host->tokens.end)) {
            tie(*host, i, beside->phrase);
        }
    }
}

/// Who bears a role is a person; a place may end what stands before the comma: "in Velar, ...".
void Finder::tie(Candidate& found, std::int32_t noun, TokenRange phrase) {
    const std::int32_t before = found.title - 1;
    const bool place = token(found.tokens.end - 1).is(WordClass::place | WordClass::nation) ||
                       (is_word(before) && token(before).is(WordClass::preposition));
    if (found.kind == EntityKind::organisation) return;
    if (found.kind == EntityKind::other && place) return;
    found.kind = EntityKind::person;
    found.roles.push_back(role_term(text_, phrase.first, noun));
    for (std::int32_t t = phrase.first; t < noun; ++t) {
        const NationMention* nation = nation_at(names_, t);
        if (nation == nullptr) continue;
        found.nations.push_back(nation->nation);
        t = nation->tokens.end - 1;
    }
    if (const auto nation = nation_complement(text_, names_, noun)) {
        found.nations.push_back(*nation);
    }
}

}  // namespace framelens::names_detail
