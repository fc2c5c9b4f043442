// What a corpus calls its targets, and where it mentions them: framelens._core.TargetLabels.
#include "labels.hpp"

#include <algorithm>
#include <memory>
#include <unordered_map>

namespace py = pybind11;
using namespace framelens;

namespace {

using border::GivenPlaces;

using border::for_labels;
using border::NameColumn;
using border::Texts;

bool is_reported(const Naming& naming) {
    return naming.quoted == nullptr && (naming.reported != nullptr || naming.namer);
}

struct NamingColumns {
    border::SpanColumns spans;
    std::vector<std::int32_t> target;
    py::list label;
    NameColumn term, object, rule, rule_id, voice, zone;
    Texts modifiers, speaker, reported_by, distance;
    Texts scope;
    std::vector<std::uint8_t> reported, self_reported;
    std::vector<std::int32_t> phrase;

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
        self_reported.push_back(naming.self_reported ? 1 : 0);
        scope.push_back(naming.is_ambiguous() && naming.quoted == nullptr
                            ? std::optional<std::string>("ambiguous")
                            : std::nullopt);
        distance.push_back(border::shown(naming.distance));
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
        out["self_reported"] = border::to_bool_array(std::move(self_reported));
        out["scope"] = border::to_optional_texts(scope);
        out["distance"] = border::to_optional_texts(distance);
        out["zone"] = zone.list();
        out["phrase"] = border::to_array(std::move(phrase));
        spans.move_into(out);
    }
    /// Who is quoted there, or who says so.
    void add_voices(const Naming& naming, const TargetLabels& labels) {
        const auto shown = [&](const std::optional<Speaker>& who) {
            return border::speaker_name(who, labels.table(), labels.targets());
        };
        const auto quoted =
            naming.quoted != nullptr ? naming.quoted->speaker : std::optional<Speaker>{};
        const auto reporter = !is_reported(naming) ? std::optional<Speaker>{}
                              : naming.namer       ? naming.namer
                                                   : naming.reported->speaker;
        speaker.push_back(shown(quoted));
        reported_by.push_back(shown(reporter));
    }
};

py::dict namings(TargetLabels& labels, const std::vector<std::string>& terms) {
    NamingColumns columns;
    for_labels(labels, terms,
               [&](std::size_t i, const DocumentLabels& document, const GivenPlaces& given) {
                   for (std::size_t n = 0; n < document.namings.size(); ++n) {
                       columns.add(i, document.namings[n], given);
                       columns.add_voices(document.namings[n], labels);
                       columns.phrase.push_back(document.phrases.of_naming[n]);
                   }
               });
    py::dict out;
    columns.move_into(out);
    return out;
}

/// Columns of `namings`, with candidates: names, the best first.
py::dict unresolved(TargetLabels& labels, const std::vector<std::string>& terms) {
    const Run run = border::run_from_python(std::nullopt, py::none());
    const std::unordered_set<std::string> ruling(terms.begin(), terms.end());
    const auto& known = labels.find(ruling, run);
    const UnresolvedLabels found = labels.unresolved(ruling, known, run);
    const Annotations& annotations = labels.annotations();
    NamingColumns columns;
    py::list candidates;
    for (std::size_t i = 0; i < found.documents.size(); ++i) {
        if (found.documents[i].empty()) continue;
        const GivenPlaces given(*annotations.documents[i]);
        for (const UnresolvedLabel& label : found.documents[i]) {
            columns.add(i, label.naming, given);
            columns.add_voices(label.naming, labels);
            columns.phrase.push_back(0);
            py::list names;
            for (const std::int32_t entity : label.candidates) {
                names.append(annotations.names.entities[static_cast<std::size_t>(entity)].name);
            }
            candidates.append(py::tuple(names));
        }
    }
    py::dict out;
    columns.move_into(out);
    out["candidates"] = candidates;
    out["nobody"] = found.nobody;
    return out;
}

py::dict mentions(TargetLabels& labels, const std::vector<std::string>& terms) {
    border::SpanColumns spans;
    std::vector<std::int32_t> target;
    std::vector<std::int32_t> phrase;
    std::vector<std::uint8_t> labelled, reported;
    NameColumn forms, voices, zones;
    for_labels(labels, terms,
               [&](std::size_t i, const DocumentLabels& document, const GivenPlaces& given) {
                   const auto& numbers = document.phrases.of_mention;
                   phrase.insert(phrase.end(), numbers.begin(), numbers.end());
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
    out["phrase"] = border::to_array(std::move(phrase));
    return out;
}

/// The tokens that a span of the given text touches, in code points.
TokenRange tokens_at(const AnnotatedDocument& document, const GivenPlaces& given, Span asked) {
    const auto& tokens = document.segmented.tokens;
    TokenRange range{0, 0};
    for (std::size_t t = 0; t < tokens.size(); ++t) {
        const Span place = given.span(tokens[t].span);
        if (place.end <= asked.start) continue;
        if (place.start >= std::max(asked.end, asked.start + 1)) break;
        const auto at = static_cast<std::int32_t>(t);
        if (range.size() == 0) range.first = at;
        range.end = at + 1;
    }
    return range;
}

/// Rows of one kind of fact: where, what, and what is said of it.
struct TraceRows {
    std::vector<std::int64_t> start, end;
    py::list step, name, outcome, whom, why;

    void add(std::string_view kind, Span span) {
        start.push_back(span.start);
        end.push_back(span.end);
        step.append(py::str(kind.data(), kind.size()));
    }
    void say(std::string_view named, std::string_view came, std::string_view meant,
             std::string_view because) {
        const auto text = [](std::string_view of) -> py::object {
            return of.empty() ? py::object(py::none()) : py::object(py::str(of.data(), of.size()));
        };
        name.append(text(named));
        outcome.append(text(came));
        whom.append(text(meant));
        why.append(text(because));
    }
    [[nodiscard]] py::dict move() {
        py::dict out;
        out["step"] = step;
        out["start"] = border::to_array(std::move(start));
        out["end"] = border::to_array(std::move(end));
        out["name"] = name;
        out["outcome"] = outcome;
        out["whom"] = whom;
        out["why"] = why;
        return out;
    }
};

py::dict explain(const TargetLabels& labels, std::size_t doc, Span asked,
                 const std::vector<std::string>& terms) {
    const Annotations& annotations = labels.annotations();
    const AnnotatedDocument& document = *annotations.documents[doc];
    const GivenPlaces given(document);
    const Trace trace =
        labels.explain(doc, tokens_at(document, given, asked), {terms.begin(), terms.end()});
    const auto bearer = [&](std::optional<std::int32_t> entity) -> std::string_view {
        if (!entity) return {};
        const auto at = static_cast<std::size_t>(*entity);
        if (at >= annotations.names.entities.size()) return {};
        return annotations.names.entities[at].name;
    };
    TraceRows rows;
    for (const Span sentence : trace.sentences) {
        rows.add("sentence", given.span(sentence));
        rows.say({}, {}, {}, {});
    }
    for (const SentencePart& part : trace.parts) {
        rows.add("phrase", given.span(part.span));
        rows.say(part.kind, {}, bearer(part.entity), part.note);
    }
    for (const Candidate& candidate : trace.candidates) {
        rows.add("candidate", given.span(candidate.reference));
        rows.say(given.at(candidate.printed), candidate.meant ? "meant" : "not meant",
                 bearer(candidate.entity), candidate.why);
    }
    for (const RuleAttempt& attempt : trace.attempts) {
        rows.add("rule", given.span(attempt.noun));
        const auto whom =
            attempt.target
                ? std::string_view(labels.targets()[static_cast<std::size_t>(*attempt.target)].name)
                : std::string_view();
        rows.say(attempt.rule_id, name_of(attempt.outcome), whom, attempt.why);
    }
    return rows.move();
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
        .def("unresolved", &unresolved, py::arg("lexicon_terms"),
             "Labels of nobody that may be the targets': the columns of namings and candidates; "
             "nobody is how many descriptions nobody fits.")
        .def_static(
            "of_everybody",
            [](const Annotations& annotations, const LabelRules& rules) {
                return TargetLabels::of_everybody(annotations, rules);
            },
            py::keep_alive<0, 1>(), py::arg("annotations"), py::arg("rules"),
            "With each bearer of a name as a target.")
        .def(
            "explain",
            [](const TargetLabels& labels, std::size_t doc, std::int64_t start, std::int64_t end,
               const std::vector<std::string>& terms) {
                return explain(labels, doc, {start, end}, terms);
            },
            py::arg("doc"), py::arg("start"), py::arg("end"), py::arg("lexicon_terms"),
            "Why a span is a label or none: step, start, end, name, outcome, whom, why.")
        .def("mentions", &mentions, py::arg("lexicon_terms"),
             "Places that refer to the targets: target, doc, start, end, form, voice, reported, "
             "zone, labelled, phrase.");
}
