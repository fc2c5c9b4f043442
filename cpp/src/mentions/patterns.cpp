#include "framelens/mentions_patterns.hpp"

#include "framelens/error.hpp"
#include "framelens/types_names.hpp"

#include <algorithm>
#include <iterator>

namespace framelens {
namespace {

constexpr std::string_view ids[] = {"description.nation-institution",
                                    "compound.name-institution",
                                    "possessive.pronoun",
                                    "possessive.owner",
                                    "description.institution-of-nation",
                                    "possessive.institution-of-name",
                                    "description.institution-of-other",
                                    "description.institution-described",
                                    "description.institution-again",
                                    "description.institution-of-ruler",
                                    "title.before-name",
                                    "title.in-marks",
                                    "apposition.after-name",
                                    "apposition.before-name",
                                    "copula.question",
                                    "copula.headline-question",
                                    "copula.as",
                                    "copula.as-first",
                                    "apposition.joined",
                                    "copula.joined",
                                    "description.nation",
                                    "description.definite",
                                    "description.main-person",
                                    "description.group"};
static_assert(std::size(ids) == static_cast<std::size_t>(LabelStep::group) + 1);

}  // namespace

std::string_view name_of(NamingRule rule) noexcept {
    static constexpr std::string_view names[] = {"title",       "apposition", "copula",
                                                 "description", "possessive", "compound"};
    return name_in(names, rule);
}

std::string_view name_of(NamedObject object) noexcept {
    static constexpr std::string_view names[] = {"person", "institution"};
    return name_in(names, object);
}

std::string_view id_of(LabelStep step) noexcept {
    return name_in(ids, step);
}

std::optional<LabelStep> step_of(std::string_view id) noexcept {
    const auto* found = std::find(std::begin(ids), std::end(ids), id);
    if (found == std::end(ids)) return std::nullopt;
    return static_cast<LabelStep>(found - std::begin(ids));
}

LabelRules LabelRules::only(const std::vector<std::string>& ids) const {
    for (const std::string& id : ids) {
        const auto is_it = [&](const LabelRule& rule) { return rule.id == id; };
        if (std::none_of(rules.begin(), rules.end(), is_it)) {
            throw ValueError("no rule has the id \"" + id + "\"");
        }
    }
    LabelRules kept;
    for (const LabelRule& rule : rules) {
        if (std::find(ids.begin(), ids.end(), rule.id) != ids.end()) kept.rules.push_back(rule);
    }
    return kept;
}

const LabelRule* LabelRules::find(LabelStep step) const noexcept {
    for (const LabelRule& rule : rules) {
        if (rule.step == step) return &rule;
    }
    return nullptr;
}

}  // namespace framelens
