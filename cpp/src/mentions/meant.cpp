#include "meant.hpp"

#include <algorithm>
#include <string>

namespace framelens::mentions_detail {
namespace {

using Words = std::vector<std::string>;

/// The one target of the names that fit, or nothing.
template <class Fits>
std::optional<std::int32_t> only(const TargetTable::Names& names, const Fits& fits) {
    std::optional<std::int32_t> found;
    for (const TargetTable::Name& name : names) {
        if (!fits(name.words) || found == name.target) continue;
        if (found) return std::nullopt;
        found = name.target;
    }
    return found;
}

}  // namespace

Meant::Meant(const Annotated& document, const TargetTable& targets)
    : document_(document), targets_(targets) {
    if (targets.shared.empty()) return;
    const auto& items = document.references.items();
    of_shared_.resize(items.size());
    std::unordered_map<std::int32_t, std::optional<std::int32_t>> last;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!items[i].entity) continue;
        const auto names = targets.shared.find(*items[i].entity);
        if (names == targets.shared.end()) continue;
        auto& meant = last[*items[i].entity];
        if (items[i].form == ReferenceForm::name) {
            if (const auto named = by_words(items[i], names->second)) meant = named;
        }
        of_shared_[i] = meant;
    }
}

std::optional<std::int32_t> Meant::by(const Reference& reference) const {
    if (!reference.entity) return std::nullopt;
    if (targets_.shared.contains(*reference.entity)) {
        return of_shared_[static_cast<std::size_t>(&reference -
                                                   document_.references.items().data())];
    }
    return targets_.of_entity[static_cast<std::size_t>(*reference.entity)];
}

std::optional<std::int32_t> Meant::by_words(const Reference& reference,
                                            const TargetTable::Names& names) const {
    const NameMention* mention = name_at(document_.names, reference.head);
    if (mention == nullptr) return std::nullopt;
    const Words printed = words_of_name(document_.text, mention->tokens);
    const auto same = only(names, [&](const Words& name) { return name == printed; });
    if (same) return same;
    const auto shorter =
        only(names, [&](const Words& name) { return is_short_form(printed, name); });
    if (shorter) return shorter;
    return only(names, [&](const Words& name) { return is_short_form(name, printed); });
}

}  // namespace framelens::mentions_detail
