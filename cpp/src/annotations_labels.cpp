#include "framelens/annotations_labels.hpp"

#include <algorithm>
#include <utility>

namespace framelens {

TargetLabels::TargetLabels(const Annotations& annotations, std::vector<Target> targets)
    : annotations_(annotations),
      targets_(std::move(targets)),
      table_(match_targets(targets_, annotations.names, *annotations.language)) {}

const std::vector<DocumentLabels>& TargetLabels::find(std::unordered_set<std::string> ruling,
                                                      const Run& run) {
    Watch watch(run);
    try {
        if (labels_.empty()) {
            ruling_ = std::move(ruling);
            read_all(watch);
            return labels_;
        }
        const std::vector<std::size_t> changed = changed_by(ruling);
        ruling_ = std::move(ruling);
        for (const std::size_t i : changed) {
            watch.look();
            read(i);
        }
    } catch (...) {
        labels_.clear();
        asked_by_.clear();
        throw;
    }
    return labels_;
}

void TargetLabels::read_all(Watch& watch) {
    labels_.resize(annotations_.documents.size());
    for (std::size_t i = 0; i < labels_.size(); ++i) {
        watch.look();
        if (concerns(annotations_.documents[i]->names, annotations_.names.of[i], table_)) read(i);
    }
}

void TargetLabels::read(std::size_t document) {
    const AnnotatedDocument& of = *annotations_.documents[document];
    const Annotated view{of.segmented, of.names, *of.references, of.quotes};
    Ruling ruling(ruling_);
    DocumentLabels& labels = labels_[document];
    labels.namings = find_namings(view, table_, ruling);
    labels.mentions = find_mentions(view, table_, labels.namings);
    for (const std::string& term : ruling.asked()) {
        auto& documents = asked_by_[term];
        const auto at = std::lower_bound(documents.begin(), documents.end(), document);
        if (at == documents.end() || *at != document) documents.insert(at, document);
    }
}

/// The documents that asked for a term of one of the two, and not of both.
std::vector<std::size_t> TargetLabels::changed_by(
    const std::unordered_set<std::string>& ruling) const {
    std::vector<std::size_t> changed;
    for (const auto& [term, documents] : asked_by_) {
        if (ruling.contains(term) == ruling_.contains(term)) continue;
        changed.insert(changed.end(), documents.begin(), documents.end());
    }
    std::sort(changed.begin(), changed.end());
    changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
    return changed;
}

}  // namespace framelens
