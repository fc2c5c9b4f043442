#include "framelens/error.hpp"
#include "framelens/language.hpp"
#include "framelens/mentions.hpp"
#include "framelens/mentions_trace.hpp"
#include "framelens/unicode.hpp"

#include <algorithm>
#include <map>

namespace framelens {
namespace {

/// How an entity fits a name.
enum class Fit : std::uint8_t {
    none,
    shorter,  // it is a short form of the name
    longer,   // the name is a short form of it
    same
};

Fit fit(const std::vector<std::string>& words, const CorpusEntity& entity) {
    // a short form ends or begins as the full one does
    if (entity.words.empty() ||
        (entity.words.back() != words.back() && entity.words.front() != words.front())) {
        return Fit::none;
    }
    if (entity.words == words) return Fit::same;
    if (entity.kind == EntityKind::organisation) return Fit::none;
    if (is_short_form(words, entity.words)) return Fit::longer;
    if (words.size() > 1 && is_short_form(entity.words, words)) return Fit::shorter;
    return Fit::none;
}

/// Hands out entities. One that is exactly a target's is no other's single surname; one that several
/// names fit otherwise is shared: its mentions tell by their words.
class Claims {
public:
    Claims(const std::vector<Target>& targets, const CorpusNames& corpus, const Language& language)
        : targets_(targets), corpus_(corpus), exact_(corpus.entities.size()) {
        for (std::size_t t = 0; t < targets.size(); ++t) {
            for (const std::string& name : targets[t].proper_names()) {
                auto words = words_of_name(name, language);
                if (words.empty()) throw ValueError("a target or an alias of it is empty");
                names_.push_back({static_cast<std::int32_t>(t), std::move(words)});
            }
        }
    }

    void settle(TargetTable& table) {
        for (const TargetTable::Name& name : names_) claim_exact(name);
        for (const TargetTable::Name& name : names_) {
            if (name.words.size() > 1) claim_full(name);
        }
        for (const TargetTable::Name& name : names_) {
            if (name.words.size() == 1) claim_surname(name);
        }
        for (auto& [entity, names] : claims_) give(entity, std::move(names), table);
    }

private:
    void claim_exact(const TargetTable::Name& name) {
        for (std::size_t e = 0; e < exact_.size(); ++e) {
            if (fit(name.words, corpus_.entities[e]) != Fit::same) continue;
            if (exact_[e] && *exact_[e] != name.target) refuse(e, *exact_[e], name.target);
            exact_[e] = name.target;
            claims_[static_cast<std::int32_t>(e)].push_back(name);
        }
    }

    void claim_full(const TargetTable::Name& name) {
        for (std::size_t e = 0; e < exact_.size(); ++e) {
            const Fit how = fit(name.words, corpus_.entities[e]);
            if (how == Fit::none || how == Fit::same) continue;
            claims_[static_cast<std::int32_t>(e)].push_back(name);
        }
    }

    /// A single word that fits several bearers takes the most frequent whom no other target has.
    void claim_surname(const TargetTable::Name& name) {
        std::optional<std::size_t> most;
        std::optional<std::size_t> taken;
        for (std::size_t e = 0; e < exact_.size(); ++e) {
            if (fit(name.words, corpus_.entities[e]) != Fit::longer) continue;
            auto& best = is_anothers(e, name.target) ? taken : most;
            if (!best || corpus_.entities[*best].count < corpus_.entities[e].count) best = e;
        }
        if (most) {
            claims_[static_cast<std::int32_t>(*most)].push_back(name);
        } else if (taken && !has_own(name)) {
            refuse(*taken, claims_.at(static_cast<std::int32_t>(*taken)).front().target,
                   name.target);
        }
    }

    [[nodiscard]] bool is_anothers(std::size_t entity, std::int32_t target) const {
        const auto known = claims_.find(static_cast<std::int32_t>(entity));
        return known != claims_.end() &&
               std::none_of(known->second.begin(), known->second.end(),
                            [&](const TargetTable::Name& name) { return name.target == target; });
    }

    /// A bearer of whom the corpus prints no more than the word.
    [[nodiscard]] bool has_own(const TargetTable::Name& name) const {
        for (std::size_t e = 0; e < exact_.size(); ++e) {
            if (exact_[e] == name.target && corpus_.entities[e].words == name.words) return true;
        }
        return false;
    }

    void give(std::int32_t entity, TargetTable::Names names, TargetTable& table) {
        auto& owner = table.of_entity[static_cast<std::size_t>(entity)];
        const std::int32_t first = names.front().target;
        const bool one = std::all_of(names.begin(), names.end(),
                                     [&](const auto& name) { return name.target == first; });
        owner = one ? std::optional(first) : exact_[static_cast<std::size_t>(entity)];
        if (!one) table.shared.emplace(entity, std::move(names));
    }

    [[noreturn]] void refuse(std::size_t entity, std::int32_t one, std::int32_t other) const {
        throw ValueError("\"" + corpus_.entities[entity].name +
                         "\" is an alias of two targets: \"" +
                         targets_[static_cast<std::size_t>(one)].name + "\" and \"" +
                         targets_[static_cast<std::size_t>(other)].name + "\"");
    }

    const std::vector<Target>& targets_;
    const CorpusNames& corpus_;
    TargetTable::Names names_;
    std::vector<std::optional<std::int32_t>> exact_;  // by entity: whose name it is to the word
    std::map<std::int32_t, TargetTable::Names> claims_;
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
                       [&](std::int32_t id) {
                           return has(targets.of_entity, id) || targets.shared.contains(id);
                       }) ||
           std::any_of(
               names.nations.begin(), names.nations.end(),
               [&](const NationMention& nation) { return has(targets.of_nation, nation.nation); });
}

TargetTable match_targets(const std::vector<Target>& targets, const CorpusNames& corpus,
                          const Language& language) {
    TargetTable table;
    table.of_entity.resize(corpus.entities.size());
    table.of_nation.resize(static_cast<std::size_t>(corpus.nation_count + corpus.place_count));
    Claims(targets, corpus, language).settle(table);
    for (std::size_t t = 0; t < targets.size(); ++t) {
        const auto id = static_cast<std::int32_t>(t);
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

TargetTable every_bearer(const CorpusNames& corpus) {
    TargetTable table;
    for (std::size_t e = 0; e < corpus.entities.size(); ++e) {
        table.of_entity.emplace_back(static_cast<std::int32_t>(e));
    }
    table.of_nation.resize(static_cast<std::size_t>(corpus.nation_count + corpus.place_count));
    table.that_nation.resize(table.of_nation.size());
    for (const auto& strongest : strongest_ties(corpus)) {
        table.tied.push_back(strongest ? table.of_entity[*strongest] : std::nullopt);
    }
    return table;
}

}  // namespace framelens
