#include "names_finder.hpp"

#include <algorithm>

namespace framelens::names_detail {

/// Finds the words of names that the article's running text prints.
void Finder::find_known(TokenRange range) {
    if (!known_ready_) index_known();
    for (std::int32_t i = range.first; i < range.end; ++i) {
        if (!is_word(i) || !token(i).capital || nation_at(names_, i) != nullptr) continue;
        const auto words = words_of_name(folded(i));
        const auto hit = words.empty() ? known_.end() : known_.find(words.front());
        if (hit == known_.end()) continue;
        for (const std::size_t source : hit->second) {
            if (add_known(i, range.end, found_[source])) break;
        }
        if (found_.back().tokens.end > i) i = found_.back().tokens.end - 1;
    }
}

void Finder::index_known() {
    known_ready_ = true;
    for (std::size_t k = 0; k < found_.size(); ++k) {
        if (found_[k].kind == EntityKind::other) continue;
        known_[found_[k].words.front()].push_back(k);
        if (found_[k].words.size() > 1 && found_[k].kind == EntityKind::person) {
            known_[found_[k].words.back()].push_back(k);
        }
    }
    for (auto& [word, sources] : known_) {
        std::stable_sort(sources.begin(), sources.end(), [&](std::size_t a, std::size_t b) {
            return found_[a].words.size() > found_[b].words.size();
        });
    }
}

bool Finder::add_known(std::int32_t at, std::int32_t limit, const Candidate& source) {
    std::vector<std::string> printed;
    std::int32_t end = at;
    while (end < limit && is_word(end) &&
           (printed.size() < source.words.size() || token(end).is(WordClass::name_suffix))) {
        printed = words_of_name(text_, {at, ++end});
    }
    const bool whole = printed == source.words;
    const bool suffixed = at + 1 < limit && token(at + 1).is(WordClass::name_suffix);
    const bool surname =
        source.kind == EntityKind::person && !suffixed && folded(at) == source.words.back();
    if (!whole && !surname) return false;
    Candidate found;
    found.kind = source.kind;
    found.tokens = {at, whole ? end : at + 1};
    found.words = whole ? source.words : std::vector<std::string>{source.words.back()};
    found.title = title_start(at);
    found_.push_back(std::move(found));
    return true;
}

}  // namespace framelens::names_detail
