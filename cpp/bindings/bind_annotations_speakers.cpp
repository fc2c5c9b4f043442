// Who may speak where the rules are unsure: framelens._core.possible_speakers and rated_speakers.
#include "annotated.hpp"
#include "framelens/quotes_speakers.hpp"
#include "framelens/speaker_weights.hpp"

namespace py = pybind11;
using namespace framelens;

namespace {

using border::for_documents;
using border::GivenPlaces;
using border::SpanColumns;

/// A row each candidate; `quotation_start` tells whose.
py::dict possible(const Annotations& annotations) {
    SpanColumns spans;
    std::vector<std::int64_t> start, end;
    std::vector<std::uint8_t> by_rule, sure;
    std::vector<std::uint16_t> features;
    for_documents(annotations, [&](std::size_t i, const AnnotatedDocument& document,
                                   const GivenPlaces& given) {
        std::vector<const Quotation*> quotes;
        for (const Quotation& quote : document.quotes) quotes.push_back(&quote);
        const SegmentedText& text = document.segmented;
        for (const PossibleSpeakers& found : possible_speakers(
                 text, document.names, *document.references, quotes, WhichQuotations::all)) {
            const Span held = text.marks[static_cast<std::size_t>(found.mark)].inner;
            const Span quotation = given.span(held);
            for (const SpeakerCandidate& who : found.candidates) {
                spans.add(i, given,
                          who.is_nobody() ? Span{held.start, held.start}
                                          : text.span_of(who.tokens.first, who.tokens.end));
                start.push_back(quotation.start);
                end.push_back(quotation.end);
                by_rule.push_back(who.by_rule ? 1 : 0);
                sure.push_back(found.sure ? 1 : 0);
                features.insert(features.end(), who.features.begin(), who.features.end());
            }
        }
    });
    py::dict out;
    const auto rows = static_cast<std::int64_t>(start.size());
    spans.move_into(out);
    out["quotation_start"] = border::to_array(std::move(start));
    out["quotation_end"] = border::to_array(std::move(end));
    out["by_rule"] = border::to_bool_array(std::move(by_rule));
    out["sure"] = border::to_bool_array(std::move(sure));
    out["feature_count"] = speaker_feature_count;
    out["no_feature"] = no_feature;
    out["unit"] = speaker_weight_unit;
    out["features"] =
        border::to_matrix(std::move(features), rows, static_cast<std::int64_t>(speaker_features));
    return out;
}

/// Of one document; a row each who is likely, the best first; none of whom the rules are sure.
py::dict rated(const Annotations& annotations, std::size_t doc) {
    if (doc >= annotations.documents.size()) throw py::index_error("no such document");
    const AnnotatedDocument& document = *annotations.documents[doc];
    const GivenPlaces given(document);
    std::vector<std::int64_t> quotation, start, end;
    std::vector<double> shares;
    for (const Quotation& quote : document.quotes) {
        for (const RatedSpeaker& who : quote.rated) {
            const bool nobody = who.words.start == who.words.end;
            const Span words = given.span(nobody ? quote.span : who.words);
            quotation.push_back(given.span(quote.span).start);
            start.push_back(words.start);
            end.push_back(nobody ? words.start : words.end);
            shares.push_back(static_cast<double>(who.share));
        }
    }
    py::dict out;
    out["quotation_start"] = border::to_array(std::move(quotation));
    out["start"] = border::to_array(std::move(start));
    out["end"] = border::to_array(std::move(end));
    out["share"] = border::to_array(std::move(shares));
    return out;
}

}  // namespace

void bind_annotations_speakers(py::module_& module) {
    module.def("possible_speakers", &possible, py::arg("annotations"),
               "Who may speak each quotation, and what is seen of each of them: "
               "what weights are learned from, where the language has none.");
    module.def(
        "rated_speakers", &rated, py::arg("annotations"), py::arg("doc"),
        "The likeliest of those who may speak the quotations of a document, and their shares.");
}
