// No list knows every place, party and firm that an office belongs to. One is learnt where it
// stands as a nation does: "the Carsavian premier", "Texas Governor Greg Abbott".
#include "finder.hpp"
#include "framelens/language.hpp"

#include <algorithm>

namespace framelens::names_detail {
namespace {

constexpr std::int32_t longest_place = 3;  // words

}  // namespace

/// Capitalised words right before an office or a ruling body: "Carsavian [military] strongman".
bool Finder::stands_before_office(TokenRange words) const {
    constexpr std::int32_t between = 2;
    if (words.size() > longest_place) return false;
    for (std::int32_t i = words.first; i < words.end; ++i) {
        if (!is_word(i) || token(i).is(WordClass::given_name | title_word)) return false;
    }
    for (std::int32_t i = words.end; i <= words.end + between && is_word(i); ++i) {
        const Token& word = token(i);
        if (word.sentence != token(words.first).sentence || word.capital) return false;
        if (word.is(WordClass::role | WordClass::institution)) {
            return !word.is(WordClass::plural | WordClass::cue);
        }
        if (word.is_known() && !word.is(title_word)) return false;
    }
    return false;
}

/// "Carsavia's president", "president of Carsavia", of a place that is known.
bool Finder::owns_office(TokenRange words) const {
    if (words.first > 1 && token(words.first - 1).is(WordClass::preposition) &&
        token(words.first - 2).is(WordClass::role | WordClass::institution)) {
        return true;
    }
    const std::int32_t next = words.end + 1;
    return is_word(next) && token(words.end).kind == TokenKind::possessive &&
           token(next).is(title_word | WordClass::institution);
}

std::string Finder::place_key(TokenRange words) const {
    std::string key = folded(words.first);
    for (std::int32_t i = words.first + 1; i < words.end; ++i) key += ' ' + folded(i);
    return key;
}

/// The place itself, or one whose adjective begins like it: "Carsavia", since "Carsavian" is known.
bool Finder::is_known_place(const std::string& key) const {
    const auto at = place_ids_.lower_bound(key);
    return at != place_ids_.end() && at->first.starts_with(key);
}

void Finder::add_place(TokenRange words) {
    if (nation_at(names_, words.first) != nullptr) return;
    const auto [at, added] =
        place_ids_.emplace(place_key(words), static_cast<std::int32_t>(names_.places.size()));
    if (added) names_.places.push_back(at->first);
    const auto known = static_cast<std::int32_t>(text_.language->nations.size());
    new_places_.push_back({words, known + at->second, false});
}

void Finder::find_places() {
    const auto may_be = [&](const Candidate& found) {
        return found.kind != EntityKind::person && found.title == found.tokens.first;
    };
    for (const TokenRange& words : before_titles_) add_place(words);
    for (const Candidate& found : found_) {
        if (may_be(found) && stands_before_office(found.tokens)) add_place(found.tokens);
    }
    for (const Candidate& found : found_) {
        if (may_be(found) && !stands_before_office(found.tokens) && owns_office(found.tokens) &&
            is_known_place(place_key(found.tokens))) {
            add_place(found.tokens);
        }
    }
    settle_places();
}

void Finder::settle_places() {
    names_.nations.insert(names_.nations.end(), new_places_.begin(), new_places_.end());
    std::stable_sort(names_.nations.begin(), names_.nations.end(),
                     [](const auto& a, const auto& b) { return a.tokens.first < b.tokens.first; });
    for (Candidate& found : found_) found.nations = tied_nations(found);
}

/// In lines in which case says nothing: what the article or the corpus has before an office elsewhere.
void Finder::find_known_places(const KnownNames& known) {
    for (const TokenRange line : names_.caseless) {
        for (std::int32_t i = line.first; i + 1 < line.end; ++i) {
            if (!is_word(i) || !token(i + 1).is(title_word | WordClass::institution)) continue;
            const std::string word = folded(i);
            if (place_ids_.contains(word) || known.is_place(word)) add_place({i, i + 1});
        }
    }
    settle_places();
}

}  // namespace framelens::names_detail
