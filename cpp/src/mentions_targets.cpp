#include "framelens/error.hpp"
#include "framelens/mentions.hpp"
#include "framelens/unicode.hpp"

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

void claim_entities(const Target& target, std::int32_t id, const std::vector<Target>& targets,
                    const CorpusNames& corpus, TargetTable& table) {
    std::vector<std::string> names = target.aliases;
    names.insert(names.begin(), target.name);
    for (const std::string& name : names) {
        const auto words = words_of_name(fold(name));
        if (words.empty()) throw ValueError("a target or an alias of it is empty");
        for (const std::int32_t e : entities_of(words, corpus)) {
            auto& owner = table.of_entity[static_cast<std::size_t>(e)];
            if (owner && *owner != id) {
                throw ValueError("\"" + corpus.entities[static_cast<std::size_t>(e)].name +
                                 "\" is an alias of two targets: \"" +
                                 targets[static_cast<std::size_t>(*owner)].name + "\" and \"" +
                                 target.name + "\"");
            }
            owner = id;
        }
    }
}

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

TargetTable match_targets(const std::vector<Target>& targets, const CorpusNames& corpus,
                          const Language& language) {
    TargetTable table;
    table.of_entity.resize(corpus.entities.size());
    table.of_nation.resize(static_cast<std::size_t>(corpus.nation_count + corpus.place_count));
    for (std::size_t t = 0; t < targets.size(); ++t) {
        const auto id = static_cast<std::int32_t>(t);
        claim_entities(targets[t], id, targets, corpus, table);
        claim_nations(targets[t], id, corpus, language, table);
    }
    const auto strongest = strongest_ties(corpus);
    for (std::size_t nation = 0; nation < strongest.size(); ++nation) {
        if (strongest[nation] && !table.of_nation[nation]) {
            table.of_nation[nation] = table.of_entity[*strongest[nation]];
        }
    }
    return table;
}

}  // namespace framelens
