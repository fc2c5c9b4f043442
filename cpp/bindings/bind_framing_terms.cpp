// Terms of an axis in running text: framelens._core.find_terms.
#include "annotated.hpp"
#include "framelens/framing_terms.hpp"

namespace py = pybind11;
using namespace framelens;

namespace {

using border::GivenPlaces;

py::dict terms(const Annotations& annotations, const Lexicon& lexicon) {
    border::SpanColumns spans;
    std::vector<std::int32_t> position;
    std::vector<std::uint8_t> negated, reported;
    py::list labels, voices, zone_names;
    TermFinder finder(lexicon);
    border::for_documents(annotations, [&](std::size_t i, const AnnotatedDocument& document,
                                           const GivenPlaces& given) {
        for (const TermHit& hit : finder.find(document)) {
            spans.add(i, given, hit.span);
            position.push_back(hit.term);
            labels.append(given.at(hit.span));
            negated.push_back(hit.negated ? 1 : 0);
            voices.append(hit.quoted != nullptr ? "quoted" : "own");
            reported.push_back(hit.reported != nullptr ? 1 : 0);
            zone_names.append(name_of(hit.zone));
        }
    });
    py::dict out;
    out["position"] = border::to_array(std::move(position));
    out["label"] = labels;
    out["voice"] = voices;
    out["reported"] = border::to_bool_array(std::move(reported));
    out["negated"] = border::to_bool_array(std::move(negated));
    spans.move_into(out);
    out["zone"] = zone_names;
    return out;
}

}  // namespace

void bind_framing_terms(py::module_& module) {
    module.def("find_terms", &terms, py::arg("annotations"), py::arg("lexicon"),
               "Terms of an axis, whomever they name: position (of the term), label, voice, "
               "reported, negated, doc, start, end, zone.");
}
