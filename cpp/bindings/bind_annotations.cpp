// Annotated corpora: framelens._core.annotate and framelens._core.Annotations.
#include "annotated.hpp"

namespace py = pybind11;
using namespace framelens;

namespace {

using Texts = std::vector<std::optional<std::string>>;
using Positions = std::vector<std::optional<std::int64_t>>;

using border::for_documents;
using border::shown;
using border::SpanColumns;
using border::speaker_name;
using border::targets_from_python;

py::dict zones(const Annotations& annotations) {
    SpanColumns spans;
    py::list kinds;
    std::vector<std::uint8_t> duplicate;
    for_documents(annotations, [&](std::size_t i, const AnnotatedDocument& document,
                                   const CodePointIndex& index) {
        for (const Zone& zone : document.segmented.zones) {
            spans.add(i, index, zone.span);
            kinds.append(name_of(zone.kind));
            duplicate.push_back(zone.duplicate ? 1 : 0);
        }
    });
    py::dict out;
    spans.move_into(out);
    out["zone"] = kinds;
    out["duplicate"] = border::to_bool_array(std::move(duplicate));
    return out;
}

py::dict sentences(const Annotations& annotations) {
    SpanColumns spans;
    for_documents(annotations, [&](std::size_t i, const AnnotatedDocument& document,
                                   const CodePointIndex& index) {
        for (const Sentence& sentence : document.segmented.segments.sentences) {
            spans.add(i, index, sentence.span);
        }
    });
    py::dict out;
    spans.move_into(out);
    return out;
}

py::array words(const Annotations& annotations) {
    std::vector<std::int64_t> counts;
    for (const auto& document : annotations.documents) {
        counts.push_back(count_words(document->segmented));
    }
    return border::to_array(std::move(counts));
}

/// The columns of a quotation's speaker and cue.
struct AttributionColumns {
    Texts speaker, cue, lemma, stance;
    Positions speaker_start, speaker_end, cue_start, cue_end;

    static void add_span(Positions& starts, Positions& ends, const CodePointIndex& index,
                         std::optional<Span> span) {
        starts.push_back(span ? std::optional(index.to_code_point(span->start)) : std::nullopt);
        ends.push_back(span ? std::optional(index.to_code_point(span->end)) : std::nullopt);
    }
    void add(const Quotation& quotation, const SegmentedText& text, const CodePointIndex& index) {
        const auto& who = quotation.speaker;
        const auto& verb = quotation.cue;
        speaker.push_back(who ? shown(who->name) : std::nullopt);
        add_span(speaker_start, speaker_end, index, who ? who->words : std::nullopt);
        cue.push_back(verb ? std::optional(std::string(text.at(verb->words))) : std::nullopt);
        lemma.push_back(verb ? std::optional(verb->lemma) : std::nullopt);
        stance.push_back(verb ? std::optional(std::string(name_of(verb->stance))) : std::nullopt);
        add_span(cue_start, cue_end, index, verb ? std::optional(verb->words) : std::nullopt);
    }
    void move_into(py::dict& out) const {
        out["speaker"] = border::to_optional_texts(speaker);
        out["speaker_start"] = border::to_optional_pair(speaker_start);
        out["speaker_end"] = border::to_optional_pair(speaker_end);
        out["cue"] = border::to_optional_texts(cue);
        out["lemma"] = border::to_optional_texts(lemma);
        out["stance"] = border::to_optional_texts(stance);
        out["cue_start"] = border::to_optional_pair(cue_start);
        out["cue_end"] = border::to_optional_pair(cue_end);
    }
};

py::dict quotes(const Annotations& annotations) {
    SpanColumns spans;
    AttributionColumns attribution;
    py::list kinds, zone_names, texts;
    std::vector<std::int32_t> nested;
    for_documents(annotations, [&](std::size_t i, const AnnotatedDocument& document,
                                   const CodePointIndex& index) {
        for (const Quotation& quotation : document.quotes) {
            spans.add(i, index, quotation.span);
            texts.append(document.segmented.at(quotation.span));
            kinds.append(name_of(quotation.kind));
            attribution.add(quotation, document.segmented, index);
            zone_names.append(name_of(quotation.zone));
            nested.push_back(quotation.depth);
        }
    });
    py::dict out;
    spans.move_into(out);
    out["text"] = texts;
    out["kind"] = kinds;
    attribution.move_into(out);
    out["zone"] = zone_names;
    out["nested"] = border::to_array(std::move(nested));
    return out;
}

py::dict voice(const Annotations& annotations) {
    SpanColumns spans;
    Texts speakers;
    for_documents(annotations, [&](std::size_t i, const AnnotatedDocument& document,
                                   const CodePointIndex& index) {
        for (const Quotation& quotation : document.quotes) {
            if (quotation.kind != QuoteKind::direct && quotation.kind != QuoteKind::partial) {
                continue;
            }
            const auto& marks = document.segmented.marks;
            spans.add(i, index, marks[static_cast<std::size_t>(*quotation.mark)].outer);
            speakers.push_back(quotation.speaker ? shown(quotation.speaker->name) : std::nullopt);
        }
    });
    py::dict out;
    spans.move_into(out);
    out["speaker"] = border::to_optional_texts(speakers);
    return out;
}

Annotated view_of(const AnnotatedDocument& document) {
    return {document.segmented, document.names, *document.references, document.quotes};
}

struct NamingColumns {
    SpanColumns spans;
    std::vector<std::int32_t> target;
    py::list term, label, object, rule, voice, zone;
    Texts modifiers, speaker, reported_by, distance;
    std::vector<std::uint8_t> reported;

    void add(std::size_t i, const Naming& naming, const SegmentedText& text,
             const CodePointIndex& index) {
        spans.add(i, index, naming.noun);
        target.push_back(naming.target);
        term.append(naming.term);
        label.append(text.at(naming.noun));
        modifiers.push_back(shown(naming.modifiers));
        object.append(name_of(naming.object));
        rule.append(name_of(naming.rule));
        voice.append(naming.quoted != nullptr ? "quoted" : "own");
        reported.push_back(is_reported(naming) ? 1 : 0);
        distance.push_back(naming.distance ? std::optional(std::string(name_of(*naming.distance)))
                                           : std::nullopt);
        zone.append(name_of(naming.zone));
    }
    static bool is_reported(const Naming& naming) {
        return naming.quoted == nullptr && (naming.reported != nullptr || naming.namer);
    }
    void move_into(py::dict& out) {
        out["target"] = border::to_array(std::move(target));
        out["term"] = term;
        out["label"] = label;
        out["modifiers"] = border::to_optional_texts(modifiers);
        out["object"] = object;
        out["rule"] = rule;
        out["voice"] = voice;
        out["speaker"] = border::to_optional_texts(speaker);
        out["reported"] = border::to_bool_array(std::move(reported));
        out["reported_by"] = border::to_optional_texts(reported_by);
        out["distance"] = border::to_optional_texts(distance);
        out["zone"] = zone;
        spans.move_into(out);
    }
};

py::dict namings(const Annotations& annotations, const py::list& target_list,
                 const std::vector<std::string>& terms) {
    const auto targets = targets_from_python(target_list);
    const TargetTable table = match_targets(targets, annotations.names, *annotations.language);
    const std::unordered_set<std::string> ruling(terms.begin(), terms.end());
    NamingColumns columns;
    for_documents(annotations, [&](std::size_t i, const AnnotatedDocument& document,
                                   const CodePointIndex& index) {
        for (const Naming& naming : find_namings(view_of(document), table, ruling)) {
            columns.add(i, naming, document.segmented, index);
            const auto speaker =
                naming.quoted != nullptr ? naming.quoted->speaker : std::optional<Speaker>{};
            const auto reporter = !NamingColumns::is_reported(naming) ? std::optional<Speaker>{}
                                  : naming.namer                      ? naming.namer
                                                                      : naming.reported->speaker;
            columns.speaker.push_back(speaker_name(speaker, table, targets));
            columns.reported_by.push_back(speaker_name(reporter, table, targets));
        }
    });
    py::dict out;
    columns.move_into(out);
    return out;
}

py::dict mentions(const Annotations& annotations, const py::list& target_list,
                  const std::vector<std::string>& terms) {
    const std::unordered_set<std::string> ruling(terms.begin(), terms.end());
    const auto targets = targets_from_python(target_list);
    const TargetTable table = match_targets(targets, annotations.names, *annotations.language);
    SpanColumns spans;
    std::vector<std::int32_t> target;
    std::vector<std::uint8_t> labelled;
    py::list forms, voices, zone_names;
    std::vector<std::uint8_t> reported;
    for_documents(annotations, [&](std::size_t i, const AnnotatedDocument& document,
                                   const CodePointIndex& index) {
        const Annotated view = view_of(document);
        const auto named = find_namings(view, table, ruling);
        for (const TargetMention& mention : find_mentions(view, table, named)) {
            target.push_back(mention.target);
            spans.add(i, index, mention.span);
            forms.append(name_of(mention.form));
            voices.append(mention.quoted != nullptr ? "quoted" : "own");
            reported.push_back(mention.reported != nullptr ? 1 : 0);
            zone_names.append(name_of(mention.zone));
            labelled.push_back(mention.labelled ? 1 : 0);
        }
    });
    py::dict out;
    out["target"] = border::to_array(std::move(target));
    spans.move_into(out);
    out["form"] = forms;
    out["voice"] = voices;
    out["reported"] = border::to_bool_array(std::move(reported));
    out["zone"] = zone_names;
    out["labelled"] = border::to_bool_array(std::move(labelled));
    return out;
}

py::dict names(const Annotations& annotations) {
    py::list shown_names, kinds;
    std::vector<std::int64_t> counts;
    for (const CorpusEntity& entity : annotations.names.entities) {
        shown_names.append(entity.name);
        kinds.append(name_of(entity.kind));
        counts.push_back(entity.count);
    }
    py::dict out;
    out["name"] = shown_names;
    out["kind"] = kinds;
    out["count"] = border::to_array(std::move(counts));
    return out;
}

std::unique_ptr<Annotations> annotate_from_python(const py::object& texts,
                                                  const py::object& sources,
                                                  const Language& language,
                                                  std::optional<int> n_jobs,
                                                  const py::object& progress) {
    auto read = border::texts_from_python(texts, "texts");
    const auto named = border::texts_from_python(sources, "sources");
    const Run run = border::run_from_python(n_jobs, progress);
    const auto kept = std::make_shared<const Language>(language);
    const py::gil_scoped_release release;
    return annotate(std::move(read), named, kept, run);
}

}  // namespace

void bind_annotations(py::module_& module) {
    py::class_<Annotations>(module, "Annotations", "Everything the engine read in a corpus.")
        .def("zones", &zones, "Marked lines: doc, start, end, zone, duplicate.")
        .def("words", &words, "Words and numbers of each document.")
        .def("sentences", &sentences, "Sentences: doc, start, end.")
        .def("quotes", &quotes, "Quotations and indirect speech, one row each.")
        .def("voice", &voice,
             "Direct and partial quotations with their marks: doc, start, end, "
             "speaker.")
        .def("namings", &namings, py::arg("targets"), py::arg("lexicon_terms"),
             "Labels of the targets, one row each.")
        .def("names", &names, "Bearers of names over the corpus: name, kind, count.")
        .def("mentions", &mentions, py::arg("targets"), py::arg("lexicon_terms"),
             "Places that refer to the targets: target, doc, start, end, form, voice, reported, "
             "zone, labelled.");
    module.def("annotate", &annotate_from_python, py::arg("texts"), py::arg("sources"),
               py::arg("language"), py::arg("n_jobs") = py::none(),
               py::arg("progress") = py::none(), "Reads a corpus.");
}
