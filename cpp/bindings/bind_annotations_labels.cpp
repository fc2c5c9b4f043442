// What a corpus calls its targets, and where it mentions them: framelens._core.TargetLabels.
#include "annotated.hpp"
#include "framelens/annotations_labels.hpp"

#include <memory>
#include <unordered_map>

namespace py = pybind11;
using namespace framelens;

namespace {

using border::GivenPlaces;

using Texts = std::vector<std::optional<std::string>>;

/// A column of few different texts: each is made once.
class NameColumn {
public:
    void push_back(std::string_view name) {
        const auto found = made_.find(name);
        if (found != made_.end()) {
            column_.append(found->second);
            return;
        }
        py::str text(name.data(), name.size());
        column_.append(text);
        made_.emplace(name, std::move(text));
    }
    [[nodiscard]] const py::list& list() const noexcept { return column_; }

private:
    py::list column_;
    std::unordered_map<std::string_view, py::str> made_;  // views of what outlives the column
};

bool is_reported(const Naming& naming) {
    return naming.quoted == nullptr && (naming.reported != nullptr || naming.namer);
}

struct NamingColumns {
    border::SpanColumns spans;
    std::vector<std::int32_t> target;
    py::list label;
    NameColumn term, object, rule, rule_id, voice, zone;
    Texts modifiers, speaker, reported_by, distance;
    std::vector<std::uint8_t> reported;

    void add(std::size_t i, const Naming& naming, const GivenPlaces& given) {
        spans.add(i, given, naming.noun);
        target.push_back(naming.target);
        term.push_back(naming.term);
        label.append(given.at(naming.noun));
        modifiers.push_back(border::shown(naming.modifiers));
        object.push_back(name_of(naming.object));
        rule.push_back(name_of(naming.rule));
        rule_id.push_back(naming.rule_id);
        voice.push_back(naming.quoted != nullptr ? "quoted" : "own");
        reported.push_back(is_reported(naming) ? 1 : 0);
        distance.push_back(naming.distance ? std::optional(std::string(name_of(*naming.distance)))
                                           : std::nullopt);
        zone.push_back(name_of(naming.zone));
    }
    void move_into(py::dict& out) {
        out["target"] = border::to_array(std::move(target));
        out["term"] = term.list();
        out["label"] = label;
        out["modifiers"] = border::to_optional_texts(modifiers);
        out["object"] = object.list();
        out["rule"] = rule.list();
        out["rule_id"] = rule_id.list();
        out["voice"] = voice.list();
        out["speaker"] = border::to_optional_texts(speaker);
        out["reported"] = border::to_bool_array(std::move(reported));
        out["reported_by"] = border::to_optional_texts(reported_by);
        out["distance"] = border::to_optional_texts(distance);
        out["zone"] = zone.list();
        spans.move_into(out);
    }
};

/// Calls `visit(i, labels, given)` for the documents that say something of the targets.
template <class Visit>
void for_labels(TargetLabels& labels, const std::vector<std::string>& terms, Visit visit) {
    const Run run = border::run_from_python(std::nullopt, py::none());
    const auto& found = labels.find({terms.begin(), terms.end()}, run);
    border::Signals signals;
    for (std::size_t i = 0; i < found.size(); ++i) {
        signals.look();
        if (found[i].namings.empty() && found[i].mentions.empty()) continue;
        const AnnotatedDocument& document = *labels.annotations().documents[i];
        visit(i, found[i], GivenPlaces(document));
    }
}

py::dict namings(TargetLabels& labels, const std::vector<std::string>& terms) {
    NamingColumns columns;
    const auto shown = [&](const std::optional<Speaker>& speaker) {
        return border::speaker_name(speaker, labels.table(), labels.targets());
    };
    for_labels(labels, terms,
               [&](std::size_t i, const DocumentLabels& document, const GivenPlaces& given) {
                   for (const Naming& naming : document.namings) {
                       columns.add(i, naming, given);
                       const auto speaker = naming.quoted != nullptr ? naming.quoted->speaker
                                                                     : std::optional<Speaker>{};
                       const auto reporter = !is_reported(naming) ? std::optional<Speaker>{}
                                             : naming.namer       ? naming.namer
                                                                  : naming.reported->speaker;
                       columns.speaker.push_back(shown(speaker));
                       columns.reported_by.push_back(shown(reporter));
                   }
               });
    py::dict out;
    columns.move_into(out);
    return out;
}

py::dict mentions(TargetLabels& labels, const std::vector<std::string>& terms) {
    border::SpanColumns spans;
    std::vector<std::int32_t> target;
    std::vector<std::uint8_t> labelled, reported;
    NameColumn forms, voices, zones;
    for_labels(labels, terms,
               [&](std::size_t i, const DocumentLabels& document, const GivenPlaces& given) {
                   for (const TargetMention& mention : document.mentions) {
                       target.push_back(mention.target);
                       spans.add(i, given, mention.span);
                       forms.push_back(name_of(mention.form));
                       voices.push_back(mention.quoted != nullptr ? "quoted" : "own");
                       reported.push_back(mention.reported != nullptr ? 1 : 0);
                       zones.push_back(name_of(mention.zone));
                       labelled.push_back(mention.labelled ? 1 : 0);
                   }
               });
    py::dict out;
    out["target"] = border::to_array(std::move(target));
    spans.move_into(out);
    out["form"] = forms.list();
    out["voice"] = voices.list();
    out["reported"] = border::to_bool_array(std::move(reported));
    out["zone"] = zones.list();
    out["labelled"] = border::to_bool_array(std::move(labelled));
    return out;
}

}  // namespace

void bind_annotations_labels(py::module_& module) {
    py::class_<TargetLabels>(module, "TargetLabels",
                             "Labels and mentions of targets, kept from one axis to the next.")
        .def_static(
            "of",
            [](const Annotations& annotations, const py::list& targets, const LabelRules& rules) {
                return std::make_unique<TargetLabels>(annotations,
                                                      border::targets_from_python(targets), rules);
            },
            py::keep_alive<0, 1>(), py::arg("annotations"), py::arg("targets"), py::arg("rules"))
        .def("namings", &namings, py::arg("lexicon_terms"), "Labels of the targets, one row each.")
        .def("mentions", &mentions, py::arg("lexicon_terms"),
             "Places that refer to the targets: target, doc, start, end, form, voice, reported, "
             "zone, labelled.");
}
