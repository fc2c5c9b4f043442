#include "framelens/annotations_labels.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace framelens {
namespace {

/// An item of the references, and the entity that it might mean.
struct Supposed {
    std::size_t item = 0;
    std::int32_t entity = 0;
};

/// A noun that may be a label stands in the sentence of the token.
bool has_noun_beside(const References& references, const SegmentedText& text, std::int32_t token) {
    const auto sentence = text.tokens[static_cast<std::size_t>(token)].sentence;
    const auto& nouns = references.nouns();
    const auto first = text.first_token[static_cast<std::size_t>(sentence)];
    const auto at = std::lower_bound(nouns.begin(), nouns.end(), first);
    return at != nouns.end() && text.tokens[static_cast<std::size_t>(*at)].sentence == sentence;
}

/// By target, the references that name nobody and may mean it.
std::map<std::int32_t, std::vector<Supposed>> supposed_in(const Annotated& document,
                                                          const TargetTable& table) {
    std::map<std::int32_t, std::vector<Supposed>> found;
    const auto& items = document.references.items();
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i].entity || items[i].candidates.empty()) continue;
        if (!has_noun_beside(document.references, document.text, items[i].head)) continue;
        for (const std::int32_t candidate : items[i].candidates) {
            const auto target = table.of_entity[static_cast<std::size_t>(candidate)];
            if (!target) continue;
            auto& own = found[*target];
            if (own.empty() || own.back().item != i) own.push_back({i, candidate});
        }
    }
    return found;
}

/// The supposed reference that stands nearest to the noun.
const Reference& nearest(const References& references, const std::vector<Supposed>& supposed,
                         std::int32_t noun) {
    const auto away = [&](const Supposed& one) {
        return std::abs(references.items()[one.item].head - noun);
    };
    const auto at = std::lower_bound(
        supposed.begin(), supposed.end(), noun,
        [&](const Supposed& one, std::int32_t t) { return references.items()[one.item].head < t; });
    const bool left =
        at == supposed.end() || (at != supposed.begin() && away(*std::prev(at)) <= away(*at));
    return references.items()[(left ? std::prev(at) : at)->item];
}

/// "the minister", of nobody in sight.
std::int64_t count_nobody(const Annotated& document) {
    const auto& items = document.references.items();
    return std::count_if(items.begin(), items.end(), [](const Reference& item) {
        return item.form == ReferenceForm::description && !item.entity && !item.foreign &&
               !item.settled && item.candidates.empty();
    });
}

}  // namespace

UnresolvedLabels TargetLabels::unresolved(const std::unordered_set<std::string>& ruling,
                                          const std::vector<DocumentLabels>& labels,
                                          const Run& run) const {
    Watch watch(run);
    UnresolvedLabels found;
    found.documents.resize(labels.size());
    for (std::size_t i = 0; i < labels.size(); ++i) {
        watch.look();
        const Annotated view = view_of(i);
        found.nobody += count_nobody(view);
        const auto taken = [&](const Naming& naming) {
            const auto& known = labels[i].namings;
            const auto at = std::lower_bound(
                known.begin(), known.end(), naming.noun.start,
                [](const Naming& one, std::int64_t start) { return one.noun.start < start; });
            return at != known.end() && at->noun.start == naming.noun.start;
        };
        for (const auto& [target, supposed] : supposed_in(view, table_)) {
            References references = view.references;
            for (const Supposed& one : supposed) references.suppose(one.item, one.entity);
            const Annotated other{view.text, view.names, references, view.quotes};
            for (Naming& naming : find_namings(other, table_, rules_, ruling)) {
                if (naming.target != target || taken(naming)) continue;
                const auto noun = view.text.token_from(naming.noun.start);
                auto candidates = nearest(view.references, supposed, noun).candidates;
                found.documents[i].push_back({std::move(naming), std::move(candidates)});
            }
        }
    }
    return found;
}

}  // namespace framelens
