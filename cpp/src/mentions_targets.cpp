#include "framelens/error.hpp"
#include "framelens/mentions.hpp"
#include "framelens/unicode.hpp"

#include <algorithm>

namespace framelens {
namespace {

/// How well an entity fits a name: 2 the same words or more of them, 1 a short form.
int fit(const std::vector<std::string>& words, const CorpusEntity& entity) {
    if (entity.words == words) return 3;
    if (entity.kind == EntityKind::organisation) return 0;
    if (is_short_form(words, entity.words)) return 2;
    if (words.size() > 1 && is_short_form(entity.words, words)) return 1;
    return 0;
}

/// Entities that the name fits. A single word that fits several bearers takes the most frequent.
std::vector<std::int32_t> entities_of(const std::vector<std::string>& words,
                                      const CorpusNames& corpus) {
    std::vector<std::int32_t> found;
    std::optional<std::int32_t> most;
    for (std::size_t e = 0; e < corpus.entities.size(); ++e) {
        const CorpusEntity& entity = corpus.entities[e];
        // a short form ends or begins as the full one does
        if (entity.words.empty() ||
            (entity.words.back() != words.back() && entity.words.front() != words.front())) {
            continue;
        }
        const int quality = fit(words, entity);
        if (quality == 0) continue;
        const auto id = static_cast<std::int32_t>(e);
        if (quality == 2 && words.size() == 1) {
            if (!most || corpus.entities[static_cast<std::size_t>(*most)].count < entity.count) {
                most = id;
            }
        } else {
            found.push_back(id);
        }
    }
    if (most) found.push_back(*most);
    return found;
}

/// Hands out entities. One that full names of two targets fit in part ("Ryan", "Romney-Ryan") is
/// nobody's; one that an alias of each fits is the user's error.
class Claims {
public:
    Claims(const std::vector<Target>& targets, const CorpusNames& corpus, TargetTable& table)
        : targets_(targets), corpus_(corpus), table_(table), disputed_(corpus.entities.size()) {}

    void claim(std::int32_t id) {
        const Target& target = targets_[static_cast<std::size_t>(id)];
        for (const std::string& name : target.proper_names()) {
            const auto words = words_of_name(fold(name));
            if (words.empty()) throw ValueError("a target or an alias of it is empty");
            for (const std::int32_t e : entities_of(words, corpus_)) give(e, words, id);
        }
    }

private:
    void give(std::int32_t e, const std::vector<std::string>& words, std::int32_t id) {
        const auto at = static_cast<std::size_t>(e);
        auto& owner = table_.of_entity[at];
        const bool exact = words.size() == 1 || fit(words, corpus_.entities[at]) == 3;
        if (!owner || *owner == id) {
            if (!disputed_[at] || exact) owner = id;
            return;
        }
        if (exact) {
            throw ValueError("\"" + corpus_.entities[at].name +
                             "\" is an alias of two targets: \"" +
                             targets_[static_cast<std::size_t>(*owner)].name + "\" and \"" +
                             targets_[static_cast<std::size_t>(id)].name + "\"");
        }
        owner = std::nullopt;
        disputed_[at] = true;
    }

    const std::vector<Target>& targets_;
    const CorpusNames& corpus_;
    TargetTable& table_;
    std::vector<bool> disputed_;
};

void claim_nations(const Target& target, std::int32_t id, const CorpusNames& corpus,
                   const Language& language, TargetTable& table) {
    for (const std::string& word : target.describes) {
        const std::string folded = fold(word);
        const WordEntry* entry = language.find(folded);
        const auto place = corpus.places.find(folded);
        if (entry != nullptr && entry->nation) {
            table.of_nation[static_cast<std::size_t>(*entry->nation)] = id;
        } else if (place != corpus.places.end()) {
            table.of_nation[static_cast<std::size_t>(place->second)] = id;
        } else {
            throw ValueError("target \"" + target.name + "\": \"" + word +
                             "\" in describes is no nation word of the language, and no word "
                             "that the corpus puts before an office");
        }
    }
}

/// A target may be a nation: "Venezuela" is described by "Venezuelan".
void claim_own_nations(const Target& target, std::int32_t id, const Language& language,
                       TargetTable& table) {
    for (const std::string& name : target.proper_names()) {
        const WordEntry* entry = language.find(fold(name));
        if (entry == nullptr || !entry->nation || entry->is(WordClass::demonym)) continue;
        const auto nation = static_cast<std::size_t>(*entry->nation);
        table.that_nation[nation] = id;
        if (!table.of_nation[nation]) table.of_nation[nation] = id;
    }
}

/// The person whom titles tie to each nation or place, the most named one where several are.
std::vector<std::optional<std::size_t>> strongest_ties(const CorpusNames& corpus) {
    std::vector<std::optional<std::size_t>> strongest(
        static_cast<std::size_t>(corpus.nation_count + corpus.place_count));
    for (std::size_t e = 0; e < corpus.entities.size(); ++e) {
        const CorpusEntity& entity = corpus.entities[e];
        if (entity.kind != EntityKind::person) continue;
        const auto tie = [&](std::int32_t nation) {
            auto& best = strongest[static_cast<std::size_t>(nation)];
            if (!best || corpus.entities[*best].count < entity.count) best = e;
        };
        if (entity.nation) tie(*entity.nation);
        for (const std::int32_t place : entity.places) tie(place);
    }
    return strongest;
}

}  // namespace

std::vector<std::string> Target::proper_names() const {
    std::vector<std::string> names;
    const auto add = [&](const std::string& word) {
        if (std::find(nouns.begin(), nouns.end(), word) == nouns.end()) names.push_back(word);
    };
    add(name);
    for (const std::string& alias : aliases) add(alias);
    return names;
}

bool concerns(const DocumentNames& names, const std::vector<std::int32_t>& entities,
              const TargetTable& targets) {
    const auto has = [](const std::vector<std::optional<std::int32_t>>& of, std::int32_t id) {
        return of[static_cast<std::size_t>(id)].has_value();
    };
    return !targets.nouns.empty() ||
           std::any_of(entities.begin(), entities.end(),
                       [&](std::int32_t id) { return has(targets.of_entity, id); }) ||
           std::any_of(
               names.nations.begin(), names.nations.end(),
               [&](const NationMention& nation) { return has(targets.of_nation, nation.nation); });
}

TargetTable match_targets(const std::vector<Target>& targets, const CorpusNames& corpus,
                          const Language& language) {
    TargetTable table;
    table.of_entity.resize(corpus.entities.size());
    table.of_nation.resize(static_cast<std::size_t>(corpus.nation_count + corpus.place_count));
    Claims claims(targets, corpus, table);
    for (std::size_t t = 0; t < targets.size(); ++t) {
        const auto id = static_cast<std::int32_t>(t);
        claims.claim(id);
        claim_nations(targets[t], id, corpus, language, table);
        for (const std::string& noun : targets[t].nouns) table.nouns.add(noun, id, language);
    }
    table.that_nation.resize(table.of_nation.size());
    for (std::size_t t = 0; t < targets.size(); ++t) {
        claim_own_nations(targets[t], static_cast<std::int32_t>(t), language, table);
    }
    for (const auto& strongest : strongest_ties(corpus)) {
        table.tied.push_back(strongest ? table.of_entity[*strongest] : std::nullopt);
    }
    return table;
}

}  // namespace framelens
