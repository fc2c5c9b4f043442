#include "forms.hpp"

#include "framelens/unicode.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <unordered_map>

namespace framelens {
namespace {

std::string join_words(const std::vector<std::string>& words) {
    std::string key;
    for (const std::string& word : words) {
        if (!key.empty()) key += ' ';
        key += word;
    }
    return key;
}

void add_entity(Form& form, const Entity& entity, const DocumentNames& document,
                std::int32_t nations) {
    if (form.words != entity.words) form.words = entity.words;
    if (entity.kind == EntityKind::person) ++form.as_person;
    if (entity.kind == EntityKind::organisation) ++form.as_organisation;
    form.spellings[entity.name] += entity.count;
    form.count += entity.count;
    ++form.documents;
    if (entity.gender == Gender::masculine) ++form.masculine;
    if (entity.gender == Gender::feminine) ++form.feminine;
    if (entity.titled) form.titled += *entity.titled == Gender::feminine ? 1 : -1;
    for (const NationTie& tie : entity.nations) {
        if (tie.nation < nations) {
            ++form.nations[tie.nation];
        } else {
            ++form.places[document.places[static_cast<std::size_t>(tie.nation - nations)]];
        }
    }
    for (const std::string& role : entity.roles) ++form.roles[role];
}

/// A person in a fifth of the articles is one in all, since not all tell; what fewer say is an error:
/// "Mr. White House".
EntityKind kind_of(const Form& form) {
    constexpr std::int64_t fewest = 5;
    if (form.as_person * fewest >= form.documents) return EntityKind::person;
    if (form.as_organisation * fewest >= form.documents) return EntityKind::organisation;
    return EntityKind::other;
}

/// The first bytes of a key as a number that sorts as they do.
std::uint64_t first_bytes(const std::string& key) {
    std::string bytes = key.substr(0, sizeof(std::uint64_t));
    bytes.resize(sizeof(std::uint64_t));
    std::uint64_t number = 0;
    for (const char c : bytes) number = (number << 8U) | static_cast<unsigned char>(c);
    return number;
}

/// Makes a form of each key, in order, and gives the entities the forms' places for the keys'.
void sort_forms(const std::vector<std::string>& keys, Forms& forms, Watch& watch) {
    std::vector<std::tuple<std::uint64_t, std::string_view, std::int32_t>> order;
    for (const std::string& key : keys) {
        order.emplace_back(first_bytes(key), key, std::ssize(order));
    }
    watched_sort(order, watch);
    std::vector<std::int32_t> rank(order.size());
    forms.all.resize(order.size());
    std::int32_t next = 0;
    Pace pace(watch);
    for (const auto& [bytes, key, id] : order) {
        pace.step();
        forms.all[static_cast<std::size_t>(next)].key = key;
        rank[static_cast<std::size_t>(id)] = next++;
    }
    for (auto& ids : forms.of) {
        for (std::int32_t& id : ids) id = rank[static_cast<std::size_t>(id)];
    }
}

}  // namespace

bool is_in_capitals(std::string_view name) {
    bool upper = false;
    for (std::int64_t pos = 0; pos < std::ssize(name);) {
        const CodePoint c = decode(name, pos);
        if (is_lower(c.value)) return false;
        upper = upper || is_upper(c.value);
        pos += c.bytes;
    }
    return upper;
}

std::optional<std::int32_t> Forms::find(std::string_view key) const {
    const auto found = std::lower_bound(
        all.begin(), all.end(), key,
        [](const Form& form, std::string_view wanted) { return form.key < wanted; });
    if (found == all.end() || found->key != key) return std::nullopt;
    return static_cast<std::int32_t>(found - all.begin());
}

Forms collect_forms(const std::vector<const DocumentNames*>& documents, std::int32_t nations,
                    Watch& watch) {
    Forms forms;
    std::vector<std::string> keys;
    std::unordered_map<std::string, std::int32_t> id_of;
    for (const DocumentNames* document : documents) {
        watch.look();
        auto& ids = forms.of.emplace_back();
        ids.reserve(document->entities.size());
        for (const Entity& entity : document->entities) {
            const auto next = static_cast<std::int32_t>(keys.size());
            const auto [at, added] = id_of.try_emplace(join_words(entity.words), next);
            if (added) keys.push_back(at->first);
            ids.push_back(at->second);
        }
    }
    sort_forms(keys, forms, watch);
    for (std::size_t d = 0; d < documents.size(); ++d) {
        watch.look();
        for (std::size_t e = 0; e < forms.of[d].size(); ++e) {
            add_entity(forms.all[static_cast<std::size_t>(forms.of[d][e])],
                       documents[d]->entities[e], *documents[d], nations);
        }
    }
    for (Form& form : forms.all) form.kind = kind_of(form);
    return forms;
}

}  // namespace framelens
