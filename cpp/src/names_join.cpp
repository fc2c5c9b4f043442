#include "framelens/names.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace framelens {
namespace {

bool word_fits(const std::string& word, const std::string& full) {
    if (word == full) return true;
    const bool initial = word.size() == 1 || (word.size() == 2 && word[1] == '.');
    return initial && !full.empty() && word[0] == full[0];
}

std::string join_words(const std::vector<std::string>& words) {
    std::string key;
    for (const std::string& word : words) {
        if (!key.empty()) key += ' ';
        key += word;
    }
    return key;
}

/// What the corpus knows of one folded full form.
struct Form {
    EntityKind kind = EntityKind::other;
    std::vector<std::string> words;
    std::map<std::string, std::int64_t> spellings;
    std::map<std::int32_t, std::int64_t> nations;
    std::set<std::string> roles;
    std::int64_t count = 0;
    std::int64_t masculine = 0;
    std::int64_t feminine = 0;
};
using Forms = std::map<std::string, Form>;

Forms collect_forms(const std::vector<const DocumentNames*>& documents) {
    Forms forms;
    for (const DocumentNames* document : documents) {
        for (const Entity& entity : document->entities) {
            Form& form = forms[join_words(entity.words)];
            form.words = entity.words;
            form.kind = std::max(form.kind, entity.kind, [](EntityKind a, EntityKind b) {
                // a person somewhere is a person everywhere
                return (a != EntityKind::person && b == EntityKind::person) ||
                       (a == EntityKind::other && b == EntityKind::organisation);
            });
            form.spellings[entity.name] += entity.count;
            form.count += entity.count;
            if (entity.gender == Gender::masculine) ++form.masculine;
            if (entity.gender == Gender::feminine) ++form.feminine;
            for (const NationTie& tie : entity.nations) form.nations[tie.nation] += tie.count;
            form.roles.insert(entity.roles.begin(), entity.roles.end());
        }
    }
    return forms;
}

/// For each form the longest other person's form that it is short for, if only one bearer fits.
std::map<std::string, std::string> find_homes(const Forms& forms) {
    std::map<std::string, std::vector<const std::string*>> by_word;
    for (const auto& [key, form] : forms) {
        if (form.kind != EntityKind::person || form.words.size() < 2) continue;
        by_word[form.words.back()].push_back(&key);
        by_word[form.words.front()].push_back(&key);
    }
    std::map<std::string, std::string> homes;
    for (const auto& [key, form] : forms) {
        const auto hit = by_word.find(form.words.back());
        if (hit == by_word.end() || form.kind == EntityKind::organisation) continue;
        std::vector<const std::string*> fits;
        for (const std::string* full : hit->second) {
            const Form& other = forms.at(*full);
            if (other.words.size() > form.words.size() && is_short_form(form.words, other.words)) {
                fits.push_back(full);
            }
        }
        std::sort(fits.begin(), fits.end(), [&](const std::string* a, const std::string* b) {
            return std::tuple(forms.at(*b).words.size(), *a) <
                   std::tuple(forms.at(*a).words.size(), *b);
        });
        const bool one_bearer =
            !fits.empty() && std::all_of(fits.begin(), fits.end(), [&](const std::string* fit) {
                return fit == fits.front() ||
                       is_short_form(forms.at(*fit).words, forms.at(*fits.front()).words);
            });
        if (one_bearer) homes[key] = *fits.front();
    }
    return homes;
}

std::string best_spelling(const std::map<std::string, std::int64_t>& spellings) {
    const auto best =
        std::max_element(spellings.begin(), spellings.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    return best->first;  // the map is in order of code points, and the first maximum is taken
}

CorpusEntity summarise(const Form& full, const std::vector<const Form*>& all) {
    CorpusEntity entity;
    entity.kind = full.kind;
    entity.words = full.words;
    entity.name = best_spelling(full.spellings);
    std::map<std::int32_t, std::int64_t> nations;
    std::set<std::string> roles;
    std::int64_t masculine = 0;
    std::int64_t feminine = 0;
    for (const Form* form : all) {
        entity.count += form->count;
        masculine += form->masculine;
        feminine += form->feminine;
        for (const auto& [nation, count] : form->nations) nations[nation] += count;
        roles.insert(form->roles.begin(), form->roles.end());
    }
    entity.roles.assign(roles.begin(), roles.end());
    if (masculine != feminine) {
        entity.gender = masculine > feminine ? Gender::masculine : Gender::feminine;
    }
    std::int64_t most = 0;
    for (const auto& [nation, count] : nations) {
        if (count > most) {
            most = count;
            entity.nation = nation;
        }
    }
    return entity;
}

}  // namespace

bool is_short_form(const std::vector<std::string>& words, const std::vector<std::string>& full) {
    if (words.empty() || words.size() > full.size()) return false;
    std::size_t at = 0;
    for (const std::string& word : words) {
        while (at < full.size() && !word_fits(word, full[at]) &&
               !(word.size() > 1 && word_fits(full[at], word))) {
            ++at;
        }
        if (at == full.size()) return false;
        ++at;
    }
    return words.back() == full.back() || (words.size() == 1 && words[0] == full[0]) ||
           (words.size() > 1 && words[0] == full[0]);
}

CorpusNames join_names(const std::vector<const DocumentNames*>& documents) {
    const Forms forms = collect_forms(documents);
    const std::map<std::string, std::string> homes = find_homes(forms);
    const auto home_of = [&](std::string key) {
        for (auto it = homes.find(key); it != homes.end(); it = homes.find(key)) key = it->second;
        return key;
    };
    std::map<std::string, std::vector<const Form*>> groups;
    for (const auto& [key, form] : forms) groups[home_of(key)].push_back(&form);

    CorpusNames joined;
    std::map<std::string, std::int32_t> index;
    for (const auto& [key, group] : groups) {
        index[key] = static_cast<std::int32_t>(joined.entities.size());
        joined.entities.push_back(summarise(forms.at(key), group));
    }
    for (const DocumentNames* document : documents) {
        auto& of = joined.of.emplace_back();
        for (const Entity& entity : document->entities) {
            of.push_back(index.at(home_of(join_words(entity.words))));
        }
    }
    return joined;
}

}  // namespace framelens
