#include "framelens/names.hpp"

#include "forms.hpp"
#include "framelens/language.hpp"
#include "surnames.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>

namespace framelens {
namespace {

// What fewer than one in so many documents says of a bearer does not hold.
constexpr std::int64_t rare_tie = 100;
// So many times the documents of another form.
constexpr std::int64_t far_more = 2;

bool word_fits(const std::string& word, const std::string& full) {
    if (word == full) return true;
    const bool initial = word.size() == 1 || (word.size() == 2 && word[1] == '.');
    return initial && !full.empty() && word[0] == full[0];
}

/// The name at the end of `form` that far more documents print alone: the words in front are none of
/// it then, as in "Elect Jo Reed". Given names are.
std::optional<std::int32_t> name_within(const Form& form, const Forms& forms,
                                        const Language& language) {
    constexpr std::size_t most_words = 16;
    if (form.kind != EntityKind::person || form.words.size() < 3 ||
        form.words.size() > most_words) {
        return std::nullopt;
    }
    std::optional<std::int32_t> best;
    std::size_t from = 0;
    bool given = true;
    for (std::size_t i = 0; i + 2 < form.words.size(); ++i) {
        from += form.words[i].size() + 1;
        const WordEntry* entry = language.find(form.words[i]);
        given = given && entry != nullptr && entry->is(WordClass::given_name);
        if (given) continue;
        const auto end = forms.find(std::string_view{form.key}.substr(from));
        if (!end || forms.at(*end).documents <= far_more * form.documents) continue;
        if (!best || forms.at(*end).documents > forms.at(*best).documents) best = end;
    }
    return best;
}

std::string best_spelling(const std::map<std::string, std::int64_t>& spellings) {
    const auto best =
        std::max_element(spellings.begin(), spellings.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    return best->first;  // the map is in order of code points, and the first maximum is taken
}

/// Transcripts print those who speak in capitals, and nobody is called so.
std::string best_of_person(std::map<std::string, std::int64_t> spellings) {
    const std::string best = best_spelling(spellings);
    std::erase_if(spellings, [](const auto& spelling) { return is_in_capitals(spelling.first); });
    return spellings.empty() ? best : best_spelling(spellings);
}

/// Mostly printed in capitals, and short: "GOP" is nobody's surname.
bool is_acronym(const Form& form) {
    constexpr std::size_t longest = 5;  // letters
    const std::string printed = best_spelling(form.spellings);
    return printed.size() <= longest &&
           std::all_of(printed.begin(), printed.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// The longest other person's form that `form` is short for, if one bearer fits best. Names that are
/// hardly ever printed in full are no short ones: "CNN" of "CNN Desk".
std::optional<std::int32_t> home_of(const Form& form, const std::vector<std::int32_t>& persons,
                                    const Forms& forms) {
    std::vector<std::int32_t> fits;
    for (const std::int32_t full : persons) {
        const Form& other = forms.at(full);
        // of two with as many words, "J. Reed" and "Jo Reed", the common one
        const bool fuller =
            other.words.size() > form.words.size() || (other.words.size() == form.words.size() &&
                                                       other.documents > form.documents * far_more);
        if (fuller && is_short_form(form.words, other.words)) fits.push_back(full);
    }
    std::sort(fits.begin(), fits.end(), [&](std::int32_t a, std::int32_t b) {
        return std::tuple(forms.at(b).words.size(), a) < std::tuple(forms.at(a).words.size(), b);
    });
    const auto bearer = bearer_of(fits, forms);
    if (!bearer || form.words.size() > 1) return bearer;
    if (is_acronym(form)) return std::nullopt;
    std::int64_t documents = 0;
    for (const std::int32_t fit : fits) documents += forms.at(fit).documents;
    return documents * seldom < form.documents ? std::nullopt : bearer;
}

/// For each form the one that it goes back to, itself where it is short for none, and where articles
/// must tell: "Velt" is the first lady or who has the office.
std::vector<std::int32_t> find_homes(const Forms& forms, const Language& language, Watch& watch) {
    std::unordered_map<std::string_view, std::vector<std::int32_t>> by_word;
    const auto size = static_cast<std::int32_t>(forms.all.size());
    for (std::int32_t id = 0; id < size; ++id) {
        const Form& form = forms.at(id);
        if (form.kind != EntityKind::person || form.words.size() < 2) continue;
        if (form.within) continue;
        by_word[form.words.back()].push_back(id);
        if (form.words.front() != form.words.back()) by_word[form.words.front()].push_back(id);
    }
    std::vector<std::int32_t> homes(forms.all.size());
    for (std::int32_t id = size; id-- > 0;) {
        watch.look();
        const Form& form = forms.at(id);
        homes[static_cast<std::size_t>(id)] = form.within.value_or(id);
        if (form.within) continue;
        const auto hit = by_word.find(form.words.back());
        if (hit == by_word.end() || form.kind == EntityKind::organisation) continue;
        const auto home = home_of(form, hit->second, forms);
        const bool told =
            home && form.words.size() == 1 && is_consort(forms.at(*home), language.consorts);
        if (home && !told) {
            homes[static_cast<std::size_t>(id)] = *home;
        }
    }
    for (std::int32_t& home : homes) {  // homes may have homes
        while (homes[static_cast<std::size_t>(home)] != home) {
            home = homes[static_cast<std::size_t>(home)];
        }
    }
    return homes;
}

/// Of the forms of one bearer the one with most words that is not rare among them.
const Form& fullest(const std::vector<const Form*>& all) {
    const auto common = [](const Form* a, const Form* b) {
        const auto rank = [](const Form* form) {
            return std::tuple(form->words.size() > 1 ? form->documents : 0, form->documents);
        };
        return rank(a) < rank(b);
    };
    const auto full = [](const Form* a, const Form* b) {
        return std::tuple(a->words.size(), a->documents) <
               std::tuple(b->words.size(), b->documents);
    };
    const Form* best = *std::max_element(all.begin(), all.end(), common);
    const std::int64_t most = best->documents;
    for (const Form* form : all) {
        const bool rare = form->within || form->documents * seldom < most;
        if (!rare && full(best, form)) best = form;
    }
    return *best;
}

/// What enough documents say of a bearer, sorted: one of hundreds errs, or says it of somebody else,
/// and whom most call the president few mean by "the candidate".
template <class Said>
std::vector<Said> common_of(const std::map<Said, std::int64_t>& said, std::int64_t documents) {
    std::int64_t most = 0;
    for (const auto& [what, count] : said) most = std::max(most, count);
    std::vector<Said> common;
    for (const auto& [what, count] : said) {
        if (count * rare_tie > documents && count * seldom >= most) common.push_back(what);
    }
    return common;
}

CorpusEntity summarise(const std::vector<const Form*>& all,
                       const std::map<std::string, std::int32_t>& places) {
    const Form& full = fullest(all);
    CorpusEntity entity;
    entity.kind = full.kind;
    entity.words = full.words;
    entity.name = full.kind == EntityKind::person ? best_of_person(full.spellings)
                                                  : best_spelling(full.spellings);
    std::map<std::int32_t, std::int64_t> nations;
    std::map<std::string, std::int64_t> roles;
    std::map<std::int32_t, std::int64_t> tied;
    std::int64_t documents = 0;
    std::int64_t masculine = 0;
    std::int64_t feminine = 0;
    std::int64_t titled = 0;  // documents with feminine titles less those with masculine ones
    for (const Form* form : all) {
        entity.count += form->count;
        documents += form->documents;
        masculine += form->masculine;
        feminine += form->feminine;
        titled += form->titled;
        for (const auto& [nation, count] : form->nations) nations[nation] += count;
        for (const auto& [role, count] : form->roles) roles[role] += count;
        for (const auto& [place, count] : form->places) {
            if (const auto at = places.find(place); at != places.end()) tied[at->second] += count;
        }
    }
    entity.places = common_of(tied, documents);
    entity.roles = common_of(roles, documents);
    if (masculine != feminine) {
        entity.gender = masculine > feminine ? Gender::masculine : Gender::feminine;
    }
    if (titled != 0) entity.titled = titled > 0 ? Gender::feminine : Gender::masculine;
    std::int64_t most = documents / rare_tie;
    for (const auto& [nation, count] : nations) {
        if (count > most) {
            most = count;
            entity.nation = nation;
        }
    }
    return entity;
}

}  // namespace

void settle_names(DocumentNames& document, const CorpusNames& corpus) {
    std::erase_if(document.nations, [&](NationMention& mention) {
        if (mention.nation < corpus.nation_count) return false;
        const auto local = static_cast<std::size_t>(mention.nation - corpus.nation_count);
        const auto at = corpus.places.find(document.places[local]);
        if (at == corpus.places.end()) return true;
        mention.nation = at->second;
        return false;
    });
    std::vector<Entity>().swap(document.entities);
    std::vector<std::string>().swap(document.places);
}

bool is_short_form(const std::vector<std::string>& words, const std::vector<std::string>& full) {
    if (words.empty() || words.size() > full.size()) return false;
    std::size_t at = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        // "John" is the J. of "J. Reed", not that of "Paul J. Reed"
        while (at < full.size() && !word_fits(words[i], full[at]) &&
               !(words[i].size() > 1 && i == at && word_fits(full[at], words[i]))) {
            ++at;
        }
        if (at == full.size()) return false;
        ++at;
    }
    return words.back() == full.back() || (words.size() == 1 && words[0] == full[0]) ||
           (words.size() > 1 && words[0] == full[0]);
}

CorpusNames join_names(const std::vector<const DocumentNames*>& documents, const Language& language,
                       const Run& run) {
    Watch watch(run);
    Pace pace(watch);
    CorpusNames joined;
    joined.nation_count = static_cast<std::int32_t>(language.nations.size());
    Forms forms = collect_forms(documents, joined.nation_count, watch);
    for (Form& form : forms.all) {
        pace.step();
        form.within = name_within(form, forms, language);
    }
    join_places(documents, forms, language.demonym_endings, joined, watch);
    const std::vector<std::int32_t> homes = find_homes(forms, language, watch);
    std::vector<std::vector<const Form*>> groups(forms.all.size());
    for (std::size_t id = 0; id < homes.size(); ++id) {
        groups[static_cast<std::size_t>(homes[id])].push_back(&forms.all[id]);
    }
    std::vector<std::int32_t> index(forms.all.size());
    for (std::size_t id = 0; id < groups.size(); ++id) {
        pace.step();
        if (groups[id].empty()) continue;
        index[id] = static_cast<std::int32_t>(joined.entities.size());
        joined.entities.push_back(summarise(groups[id], joined.places));
    }
    const Surnames surnames(forms, language.consorts);
    for (std::size_t d = 0; d < forms.of.size(); ++d) {
        watch.look();
        const auto& ids = forms.of[d];
        auto& of = joined.of.emplace_back();
        const std::vector<std::int32_t> suffixed = suffixed_in(*documents[d], ids);
        for (std::size_t e = 0; e < ids.size(); ++e) {
            const auto& roles = documents[d]->entities[e].roles;
            const bool open = homes[static_cast<std::size_t>(ids[e])] == ids[e];
            const std::int32_t bearer =
                open ? surnames.bearer(ids, ids[e], roles, suffixed) : ids[e];
            of.push_back(index[static_cast<std::size_t>(homes[static_cast<std::size_t>(bearer)])]);
        }
    }
    return joined;
}

}  // namespace framelens
