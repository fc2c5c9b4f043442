#include "surnames.hpp"

#include <algorithm>
#include <tuple>

namespace framelens {
namespace {

bool contains(const FormIds& ids, std::int32_t id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

FormIds named_in(const FormIds& document, const FormIds& persons) {
    FormIds named;
    for (const std::int32_t person : persons) {
        if (contains(document, person)) named.push_back(person);
    }
    return named;
}

}  // namespace

std::optional<std::int32_t> bearer_of(const FormIds& fits, const Forms& forms) {
    constexpr std::int64_t outweighs = 4;
    struct Bearer {
        std::int32_t longest;
        std::int32_t commonest;
        std::int64_t count;
    };
    std::vector<Bearer> bearers;
    std::int64_t total = 0;
    for (const std::int32_t fit : fits) {
        const Form& form = forms.at(fit);
        total += form.count;
        const auto same = std::find_if(bearers.begin(), bearers.end(), [&](const auto& bearer) {
            return is_short_form(form.words, forms.at(bearer.longest).words);
        });
        if (same == bearers.end()) {
            bearers.push_back({fit, fit, form.count});
            continue;
        }
        same->count += form.count;
        if (form.documents > forms.at(same->commonest).documents) same->commonest = fit;
    }
    for (const Bearer& bearer : bearers) {
        if (bearer.count >= outweighs * (total - bearer.count)) return bearer.commonest;
    }
    return std::nullopt;
}

FormIds suffixed_in(const DocumentNames& document, const FormIds& forms) {
    FormIds kept;
    for (const NameMention& mention : document.mentions) {
        const auto& words = document.entities[static_cast<std::size_t>(mention.entity)].words;
        if (without_suffix(words.back()) == words.back()) continue;
        const auto whole = static_cast<std::int32_t>(words.size()) + 1;
        if (mention.tokens.size() > 1 && mention.tokens.size() < whole) {
            kept.push_back(forms[static_cast<std::size_t>(mention.entity)]);
        }
    }
    return kept;
}

bool is_consort(const Form& form, const std::vector<std::string>& consorts) {
    std::int64_t as_consort = 0;
    std::int64_t all = 0;
    for (const auto& [role, count] : form.roles) {
        all += count;
        if (std::find(consorts.begin(), consorts.end(), role) != consorts.end())
            as_consort += count;
    }
    return as_consort > 0 && 2 * as_consort >= all;
}

Surnames::Surnames(const Forms& forms, const std::vector<std::string>& consorts)
    : forms_(forms), consorts_(consorts) {
    for (std::size_t id = 0; id < forms.all.size(); ++id) {
        const Form& form = forms.all[id];
        if (form.kind != EntityKind::person) continue;
        const std::string& last = form.words.back();
        const std::string_view bare = without_suffix(last);
        if (form.words.size() > 1) by_last_[last].push_back(static_cast<std::int32_t>(id));
        if (bare != last) by_bare_[bare].push_back(static_cast<std::int32_t>(id));
    }
}

std::int32_t Surnames::bearer(const FormIds& document, std::int32_t form,
                              const std::vector<std::string>& roles,
                              const FormIds& suffixed) const {
    const auto& words = forms_.at(form).words;
    if (words.size() > 1 || forms_.at(form).kind == EntityKind::organisation) return form;
    const auto known = by_last_.find(words.back());
    if (known == by_last_.end()) return bare(document, form, roles, suffixed);
    const FormIds named = named_in(document, known->second);
    if (const auto most = most_named(called(named, roles))) return *most;
    if (!roles.empty()) {
        const auto best = bearer_of(called(known->second, roles), forms_);
        if (best && forms_.at(*best).documents * seldom >= forms_.at(form).documents) {
            return *best;
        }
    }
    FormIds others = named;
    if (!roles.empty())
        std::erase_if(others, [&](std::int32_t p) { return is_consort(forms_.at(p), consorts_); });
    return most_named(others).value_or(form);
}

std::int32_t Surnames::bare(const FormIds& document, std::int32_t form,
                            const std::vector<std::string>& roles, const FormIds& suffixed) const {
    const auto known = by_bare_.find(forms_.at(form).words.back());
    if (known == by_bare_.end()) return form;
    FormIds named = named_in(document, known->second);
    std::erase_if(named, [&](std::int32_t person) { return contains(suffixed, person); });
    named = called(named, roles);
    return named.size() == 1 ? named.front() : form;
}

FormIds Surnames::called(const FormIds& persons, const std::vector<std::string>& roles) const {
    if (roles.empty()) return persons;
    FormIds kept;
    for (const std::int32_t person : persons) {
        const auto& held = forms_.at(person).roles;
        const bool shared = std::any_of(roles.begin(), roles.end(),
                                        [&](const auto& role) { return held.contains(role); });
        if (shared) kept.push_back(person);
    }
    return kept;
}

std::optional<std::int32_t> Surnames::most_named(const FormIds& persons) const {
    const auto most =
        std::max_element(persons.begin(), persons.end(), [&](std::int32_t a, std::int32_t b) {
            return std::tuple(forms_.at(a).count, b) < std::tuple(forms_.at(b).count, a);
        });
    return most == persons.end() ? std::nullopt : std::optional(*most);
}

}  // namespace framelens
