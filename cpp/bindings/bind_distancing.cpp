// Distance from what is said: framelens._core.find_distancing, framelens._core.count_words.
#include "annotated.hpp"
#include "framelens/distancing.hpp"

namespace py = pybind11;
using namespace framelens;

namespace {

using border::GivenPlaces;

py::dict devices(const Annotations& annotations, const py::list& target_list) {
    const auto targets = border::targets_from_python(target_list);
    const TargetTable table = match_targets(targets, annotations.names, *annotations.language);
    border::SpanColumns spans;
    std::vector<std::int64_t> sentence_start, sentence_end;
    std::vector<std::optional<std::string>> terms, speakers;
    py::list kinds, texts, zones;
    border::for_documents(annotations, [&](std::size_t i, const AnnotatedDocument& document,
                                           const GivenPlaces& given) {
        for (const Distancing& device : find_distancing(document.segmented, document.quotes)) {
            spans.add(i, given, device.span);
            kinds.append(name_of(device.kind));
            texts.append(given.at(device.span));
            terms.push_back(border::shown(device.term));
            speakers.push_back(border::speaker_name(device.speaker, table, targets));
            const Span sentence = given.span(device.sentence);
            sentence_start.push_back(sentence.start);
            sentence_end.push_back(sentence.end);
            zones.append(name_of(device.zone));
        }
    });
    py::dict out;
    spans.move_into(out);
    out["kind"] = kinds;
    out["text"] = texts;
    out["term"] = border::to_optional_texts(terms);
    out["speaker"] = border::to_optional_texts(speakers);
    out["sentence_start"] = border::to_array(std::move(sentence_start));
    out["sentence_end"] = border::to_array(std::move(sentence_end));
    out["zone"] = zones;
    return out;
}

ZoneKind zone_from_python(const std::string& name) {
    for (const ZoneKind kind :
         {ZoneKind::headline, ZoneKind::byline, ZoneKind::dateline, ZoneKind::caption,
          ZoneKind::subhead, ZoneKind::body, ZoneKind::boilerplate}) {
        if (name_of(kind) == name) return kind;
    }
    throw py::value_error("no zone is called '" + name + "'");
}

py::array words(const Annotations& annotations, const std::vector<std::string>& names) {
    std::vector<ZoneKind> zones;
    for (const std::string& name : names) zones.push_back(zone_from_python(name));
    std::vector<std::int64_t> counts;
    border::Signals signals;
    for (const auto& document : annotations.documents) {
        signals.look();
        counts.push_back(count_words(document->segmented, zones));
    }
    return border::to_array(std::move(counts));
}

}  // namespace

void bind_distancing(py::module_& module) {
    module.def("find_distancing", &devices, py::arg("annotations"), py::arg("targets"),
               "Hedges, scare quotes and doubting cues in the outlets' own voice: doc, start, end, "
               "kind, text, term, speaker (the target's name where one is), sentence_start, "
               "sentence_end, zone.");
    module.def("count_words", &words, py::arg("annotations"), py::arg("zones"),
               "Words and numbers in the zones of each document, without duplicates.");
}
