#include "framelens/annotations_labels.hpp"

#include "framelens/unicode.hpp"

#include <algorithm>
#include <utility>

namespace framelens {
namespace {

/// A target's name whose kind the corpus leaves open, and that is no place's.
bool tells_person(const CorpusNames& names, std::size_t entity) {
    const CorpusEntity& of = names.entities[entity];
    return of.kind == EntityKind::other && !names.places.contains(of.words.front());
}

/// True if one of them stands beside the colon of a headline.
bool may_speak(const AnnotatedDocument& document, const std::vector<std::int32_t>& of,
               const std::vector<bool>& told) {
    const auto& tokens = document.segmented.tokens;
    return std::any_of(
        document.names.mentions.begin(), document.names.mentions.end(),
        [&](const NameMention& name) {
            const auto first = static_cast<std::size_t>(name.title);
            const auto end = static_cast<std::size_t>(name.tokens.end);
            const bool colon = (end < tokens.size() && tokens[end].mark == U':') ||
                               (first > 0 && tokens[first - 1].mark == U':');
            return colon &&
                   told[static_cast<std::size_t>(of[static_cast<std::size_t>(name.entity)])] &&
                   is_headline(document.segmented, tokens[first].sentence);
        });
}

}  // namespace

TargetLabels::TargetLabels(const Annotations& annotations, std::vector<Target> targets,
                           LabelRules rules)
    : annotations_(annotations),
      targets_(std::move(targets)),
      rules_(std::move(rules)),
      table_(match_targets(targets_, annotations.names, *annotations.language)) {
    read_asked();
}

TargetLabels::TargetLabels(const Annotations& annotations, std::vector<Target> targets,
                           LabelRules rules, TargetTable table)
    : annotations_(annotations),
      targets_(std::move(targets)),
      rules_(std::move(rules)),
      table_(std::move(table)) {}

std::unique_ptr<TargetLabels> TargetLabels::of_everybody(const Annotations& annotations,
                                                         LabelRules rules) {
    std::vector<Target> targets;
    for (const CorpusEntity& entity : annotations.names.entities) targets.push_back({entity.name});
    return std::unique_ptr<TargetLabels>(new TargetLabels(
        annotations, std::move(targets), std::move(rules), every_bearer(annotations.names)));
}

Trace TargetLabels::explain(std::size_t document, TokenRange asked,
                            const std::unordered_set<std::string>& ruling) const {
    return trace_namings(view_of(document), table_, rules_, ruling, asked);
}

/// Headlines in Title Case or capitals may name a target whom no running text does; and before a
/// colon one may speak of whom nothing but the question tells that it is a person.
void TargetLabels::read_asked() {
    const AskedNames asked(targets_, annotations_.known, *annotations_.language);
    std::vector<bool> told(annotations_.names.entities.size());
    bool some = false;
    for (std::size_t e = 0; e < told.size(); ++e) {
        told[e] = table_.of_entity[e] && tells_person(annotations_.names, e);
        some = some || told[e];
    }
    if (!asked.may_be_found() && !some) return;
    std::vector<std::int32_t> bearers;
    for (std::size_t i = 0; i < annotations_.documents.size(); ++i) {
        const AnnotatedDocument& document = *annotations_.documents[i];
        const auto found = asked.find(document.segmented, document.names);
        const bool speaks = some && may_speak(document, annotations_.names.of[i], told);
        if (found.empty() && !speaks) continue;
        if (bearers.empty()) bearers = find_bearers(told);
        reread(i, found, bearers);
    }
}

/// The entity of each target: the one named most, or a new one where the corpus has none.
std::vector<std::int32_t> TargetLabels::find_bearers(const std::vector<bool>& told) {
    std::vector<std::optional<std::int32_t>> known(targets_.size());
    auto extended = std::make_unique<CorpusNames>(annotations_.names);
    auto& entities = extended->entities;
    for (std::size_t e = 0; e < entities.size(); ++e) {
        if (told[e]) entities[e].kind = EntityKind::person;
        if (!table_.of_entity[e]) continue;
        auto& best = known[static_cast<std::size_t>(*table_.of_entity[e])];
        if (!best || entities[static_cast<std::size_t>(*best)].count < entities[e].count) {
            best = static_cast<std::int32_t>(e);
        }
    }
    std::vector<std::int32_t> bearers;
    for (std::size_t t = 0; t < targets_.size(); ++t) {
        if (!known[t]) {
            known[t] = static_cast<std::int32_t>(entities.size());
            CorpusEntity& entity = entities.emplace_back();
            entity.kind = EntityKind::person;
            entity.name = targets_[t].name;
            entity.words = words_of_name(fold(entity.name));
            table_.of_entity.emplace_back(static_cast<std::int32_t>(t));
        }
        bearers.push_back(*known[t]);
    }
    extended_ = std::move(extended);
    return bearers;
}

void TargetLabels::reread(std::size_t document, const std::vector<AskedName>& asked,
                          const std::vector<std::int32_t>& bearers) {
    const AnnotatedDocument& read = *annotations_.documents[document];
    auto again = std::make_unique<Reread>();
    again->segmented = read.segmented;
    again->names = read.names;
    again->of = annotations_.names.of[document];
    auto& mentions = again->names.mentions;
    for (const AskedName& name : asked) {
        const auto entity = static_cast<std::int32_t>(again->of.size());
        again->of.push_back(bearers[static_cast<std::size_t>(name.target)]);
        mentions.push_back({name.tokens, name.title, entity, EntityKind::person});
    }
    std::stable_sort(mentions.begin(), mentions.end(),
                     [](const auto& a, const auto& b) { return a.tokens.first < b.tokens.first; });
    restore_case(again->segmented, again->names);
    again->references.emplace(again->segmented, again->names, *extended_, again->of);
    again->quotes = find_quotes(again->segmented, again->names, *again->references);
    reread_[document] = std::move(again);
}

Annotated TargetLabels::view_of(std::size_t document) const {
    if (const auto again = reread_.find(document); again != reread_.end()) {
        const Reread& of = *again->second;
        return {of.segmented, of.names, *of.references, of.quotes};
    }
    const AnnotatedDocument& of = *annotations_.documents[document];
    return {of.segmented, of.names, *of.references, of.quotes};
}

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
        const DocumentNames& names = annotations_.documents[i]->names;
        if (reread_.contains(i) || concerns(names, annotations_.names.of[i], table_)) read(i);
    }
}

void TargetLabels::read(std::size_t document) {
    const Annotated view = view_of(document);
    Ruling ruling(ruling_);
    DocumentLabels& labels = labels_[document];
    labels.namings = find_namings(view, table_, rules_, ruling);
    labels.mentions = find_mentions(view, table_, labels.namings);
    labels.phrases = number_phrases(view.text, labels.namings, labels.mentions);
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
