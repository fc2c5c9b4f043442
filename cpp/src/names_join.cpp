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
    std::set<std::string> places;
    std::set<std::string> roles;
    std::int64_t count = 0;
    std::int64_t masculine = 0;
    std::int64_t feminine = 0;
};
using Forms = std::map<std::string, Form>;

Forms collect_forms(const std::vector<const DocumentNames*>& documents, std::int32_t nations) {
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
            for (const NationTie& tie : entity.nations) {
                if (tie.nation < nations) {
                    form.nations[tie.nation] += tie.count;
                } else {
                    form.places.insert(
                        document->places[static_cast<std::size_t>(tie.nation - nations)]);
                }
            }
            form.roles.insert(entity.roles.begin(), entity.roles.end());
        }
    }
    return forms;
}

/// The bearer whom all forms name, or whom they name far more often than all others; else null.
const std::string* bearer_of(const std::vector<const std::string*>& fits, const Forms& forms) {
    constexpr std::int64_t far_more = 4;
    std::vector<std::pair<const std::string*, std::int64_t>> bearers;
    std::int64_t total = 0;
    for (const std::string* fit : fits) {
        const Form& form = forms.at(*fit);
        total += form.count;
        const auto same = std::find_if(bearers.begin(), bearers.end(), [&](const auto& bearer) {
            return is_short_form(form.words, forms.at(*bearer.first).words);
        });
        if (same == bearers.end()) {
            bearers.emplace_back(fit, form.count);
        } else {
            same->second += form.count;
        }
    }
    for (const auto& [bearer, count] : bearers) {
        if (count >= far_more * (total - count)) return bearer;
    }
    return nullptr;
}

/// For each form the longest other person's form that it is short for, if one bearer fits best.
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
        if (const std::string* bearer = bearer_of(fits, forms)) homes[key] = *bearer;
    }
    return homes;
}

std::string best_spelling(const std::map<std::string, std::int64_t>& spellings) {
    const auto best =
        std::max_element(spellings.begin(), spellings.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    return best->first;  // the map is in order of code points, and the first maximum is taken
}

CorpusEntity summarise(const Form& full, const std::vector<const Form*>& all,
                       const std::map<std::string, std::int32_t>& places) {
    CorpusEntity entity;
    entity.kind = full.kind;
    entity.words = full.words;
    entity.name = best_spelling(full.spellings);
    std::map<std::int32_t, std::int64_t> nations;
    std::set<std::string> roles;
    std::set<std::int32_t> tied;
    std::int64_t masculine = 0;
    std::int64_t feminine = 0;
    for (const Form* form : all) {
        entity.count += form->count;
        masculine += form->masculine;
        feminine += form->feminine;
        for (const auto& [nation, count] : form->nations) nations[nation] += count;
        roles.insert(form->roles.begin(), form->roles.end());
        for (const std::string& place : form->places) {
            if (const auto at = places.find(place); at != places.end()) tied.insert(at->second);
        }
    }
    entity.places.assign(tied.begin(), tied.end());
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

/// "Carsavia" of "Carsavian", "Nordell" of "Nordellian": where the corpus prints both.
template <class Known>
std::string place_of_adjective(const std::string& key, const std::vector<std::string>& endings,
                               const Known& is_known) {
    constexpr std::size_t shortest = 3;  // letters of a place
    for (const std::string& ending : endings) {
        if (key.size() < ending.size() + shortest || !key.ends_with(ending)) continue;
        const std::string stem = key.substr(0, key.size() - ending.size());
        for (const char* vowel : {"", "a", "ia", "e", "y", "o"}) {
            if (stem + vowel != key && is_known(stem + vowel)) return stem + vowel;
        }
    }
    return key;
}

/// Numbers the places that are no person's name; an adjective has its place's number.
void join_places(const std::vector<const DocumentNames*>& documents, const Forms& forms,
                 const std::vector<std::string>& endings, CorpusNames& joined) {
    std::set<std::string> persons;
    for (const auto& [key, form] : forms) {
        if (form.kind != EntityKind::person) continue;
        persons.insert(key);
        persons.insert(form.words.front());
        persons.insert(form.words.back());
    }
    std::set<std::string> keys;
    for (const DocumentNames* document : documents) {
        for (const std::string& place : document->places) {
            if (!persons.contains(place)) keys.insert(place);
        }
    }
    const auto is_known = [&](const std::string& place) {
        return keys.contains(place) || (forms.contains(place) && !persons.contains(place));
    };
    std::map<std::string, std::int32_t> numbers;
    for (const std::string& key : keys) {
        const std::string place = place_of_adjective(key, endings, is_known);
        const auto [at, added] = numbers.emplace(place, joined.nation_count + joined.place_count);
        if (added) ++joined.place_count;
        joined.places[key] = at->second;
        joined.places[place] = at->second;
    }
}

}  // namespace

void number_places(DocumentNames& document, const CorpusNames& corpus) {
    std::erase_if(document.nations, [&](NationMention& mention) {
        if (mention.nation < corpus.nation_count) return false;
        const auto local = static_cast<std::size_t>(mention.nation - corpus.nation_count);
        const auto at = corpus.places.find(document.places[local]);
        if (at == corpus.places.end()) return true;
        mention.nation = at->second;
        return false;
    });
}

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

CorpusNames join_names(const std::vector<const DocumentNames*>& documents,
                       const Language& language) {
    CorpusNames joined;
    joined.nation_count = static_cast<std::int32_t>(language.nations.size());
    const Forms forms = collect_forms(documents, joined.nation_count);
    join_places(documents, forms, language.demonym_endings, joined);
    const std::map<std::string, std::string> homes = find_homes(forms);
    const auto home_of = [&](std::string key) {
        for (auto it = homes.find(key); it != homes.end(); it = homes.find(key)) key = it->second;
        return key;
    };
    std::map<std::string, std::vector<const Form*>> groups;
    for (const auto& [key, form] : forms) groups[home_of(key)].push_back(&form);

    std::map<std::string, std::int32_t> index;
    for (const auto& [key, group] : groups) {
        index[key] = static_cast<std::int32_t>(joined.entities.size());
        joined.entities.push_back(summarise(forms.at(key), group, joined.places));
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
