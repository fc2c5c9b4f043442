#include "finder.hpp"
#include "forms.hpp"
#include "framelens/language.hpp"

#include <algorithm>
#include <tuple>

namespace framelens::names_detail {

std::string joined(const std::vector<std::string>& words) {
    std::string key;
    for (const std::string& word : words) key += word + ' ';
    return key;
}

void Finder::gather_entities() {
    for (const Candidate& found : found_) {
        if (found.words.size() > 1) ++full_count_[joined(found.words)];
    }
    // Running text first: a headline uses the short forms of what it introduces.
    std::vector<const Candidate*> order;
    order.reserve(found_.size());
    for (const Candidate& found : found_) order.push_back(&found);
    std::stable_partition(order.begin(), order.end(), [&](const Candidate* found) {
        return zone_at(text_.zones, token(found->tokens.first).span.start) == nullptr;
    });
    for (const Candidate* candidate : order) {
        const Candidate& found = *candidate;
        std::optional<std::int32_t> home = find_home(found);
        if (!home) {
            home = static_cast<std::int32_t>(names_.entities.size());
            names_.entities.emplace_back();
            names_.entities.back().kind = found.kind;
        }
        add_mention(found, *home);
        index_words(found.words, *home);
    }
    std::stable_sort(names_.mentions.begin(), names_.mentions.end(),
                     [](const auto& a, const auto& b) { return a.tokens.first < b.tokens.first; });
    names_.mentions.shrink_to_fit();  // they stay with the corpus
    names_.entities.shrink_to_fit();
}

/// "First Lady Mila Velt waved. President Velt left.": her surname with an office that is not hers.
bool Finder::is_of_family(const Entity& entity, const Candidate& found) const {
    if (found.words.size() > 1 || entity.words.size() < 2 || found.roles.empty()) return false;
    const auto holds = [&](const std::string& role) {
        return std::binary_search(entity.roles.begin(), entity.roles.end(), role);
    };
    const auto& consorts = text_.language->consorts;
    const bool consort =
        std::all_of(entity.roles.begin(), entity.roles.end(), [&](const auto& role) {
            return std::find(consorts.begin(), consorts.end(), role) != consorts.end();
        });
    if (entity.roles.empty() || !consort) return false;
    return std::none_of(found.roles.begin(), found.roles.end(), holds);
}

/// The last one named comes last.
void Finder::index_words(const std::vector<std::string>& words, std::int32_t entity) {
    for (const std::string& word : words) {
        auto& list = by_word_[word];
        if (!list.empty() && list.back() == entity) continue;
        std::erase(list, entity);
        list.push_back(entity);
    }
}

std::optional<std::int32_t> Finder::find_home(const Candidate& found) const {
    const auto hit = by_word_.find(found.words.back());
    if (hit == by_word_.end()) return std::nullopt;
    std::optional<std::int32_t> best;
    for (auto it = hit->second.rbegin(); it != hit->second.rend(); ++it) {
        const Entity& entity = names_.entities[static_cast<std::size_t>(*it)];
        if (entity.words == found.words) return *it;
        const bool persons = entity.kind == EntityKind::person && found.kind == EntityKind::person;
        // A surname that came first may be another's than the full name that follows it: "President
        // Trump and Melania Trump". The corpus tells.
        if (entity.words.size() == 1 && found.words.size() > 1) continue;
        if (!persons || (entity.gender && found.gender && entity.gender != found.gender)) continue;
        if (is_of_family(entity, found)) continue;
        if (!is_short_form(found.words, entity.words) &&
            !is_short_form(entity.words, found.words)) {
            continue;
        }
        if (!best || is_more_prominent(*it, *best)) best = *it;
    }
    return best;
}

/// Families share a surname: alone it means whom the article names in full most often, then who
/// has an office, then who came first.
bool Finder::is_more_prominent(std::int32_t one, std::int32_t other) const {
    const auto rank = [&](std::int32_t id) {
        const Entity& entity = names_.entities[static_cast<std::size_t>(id)];
        const auto full = full_count_.find(joined(entity.words));
        return std::tuple(full == full_count_.end() ? 0 : full->second, !entity.roles.empty(), -id);
    };
    return rank(one) > rank(other);
}

void Finder::add_mention(const Candidate& found, std::int32_t home) {
    Entity& entity = names_.entities[static_cast<std::size_t>(home)];
    ++entity.count;
    if (found.gender && !entity.gender) entity.gender = found.gender;
    if (found.titled && !entity.titled) entity.titled = found.titled;
    const auto printed = [&] {
        return text_.at(text_.span_of(found.tokens.first, found.tokens.end));
    };
    if (found.words.size() > entity.words.size()) {
        entity.words = found.words;
        entity.name = printed_name(found.tokens);
    }
    if (entity.kind == EntityKind::person && found.words == entity.words &&
        is_in_capitals(entity.name) && !is_in_capitals(printed())) {
        entity.name = printed_name(found.tokens);
    }
    for (const std::int32_t nation : found.nations) {
        const auto tie = std::find_if(entity.nations.begin(), entity.nations.end(),
                                      [&](const NationTie& t) { return t.nation == nation; });
        if (tie == entity.nations.end()) {
            entity.nations.push_back({nation, 1});
        } else {
            ++tie->count;
        }
    }
    for (const std::string& role : found.roles) {
        const auto at = std::lower_bound(entity.roles.begin(), entity.roles.end(), role);
        if (at == entity.roles.end() || *at != role) entity.roles.insert(at, role);
    }
    names_.mentions.push_back({found.tokens, found.title, home, entity.kind});
}

}  // namespace framelens::names_detail
