#include "forms.hpp"

#include <map>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

namespace framelens {
namespace {

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

}  // namespace

void join_places(const std::vector<const DocumentNames*>& documents, const Forms& forms,
                 const std::vector<std::string>& endings, CorpusNames& joined, Watch& watch) {
    Pace pace(watch);
    std::unordered_set<std::string> persons;
    for (const Form& form : forms.all) {
        pace.step();
        if (form.kind != EntityKind::person) continue;
        persons.insert(form.key);
        persons.insert(form.words.front());
        persons.insert(form.words.back());
    }
    std::set<std::string> keys;
    for (const DocumentNames* document : documents) {
        watch.look();
        for (const std::string& place : document->places) {
            if (!persons.contains(place)) keys.insert(place);
        }
    }
    const auto is_known = [&](const std::string& place) {
        return keys.contains(place) || (forms.contains(place) && !persons.contains(place));
    };
    std::map<std::string, std::int32_t> numbers;
    for (const std::string& key : keys) {
        pace.step();
        const std::string place = place_of_adjective(key, endings, is_known);
        const auto [at, added] = numbers.emplace(place, joined.nation_count + joined.place_count);
        if (added) ++joined.place_count;
        joined.places[key] = at->second;
        joined.places[place] = at->second;
    }
}

}  // namespace framelens
