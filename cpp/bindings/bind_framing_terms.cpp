// Terms of an axis in running text: framelens._core.find_terms.
#include "framelens/framing_said.hpp"
#include "framelens/framing_terms.hpp"
#include "labels.hpp"

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

/// The lexicon with those of its modifiers that say a pole as terms.
Lexicon with_modifiers(const Lexicon& lexicon) {
    Lexicon all = lexicon;
    for (const LexiconModifier& modifier : lexicon.modifiers) {
        if (modifier.effect == ModifierEffect::voids) continue;
        LexiconTerm term;
        term.text = modifier.text;
        term.forms = modifier.forms;
        term.pole = modifier.pole;
        term.weight = modifier.pole ? 1.0 : 0.0;
        all.terms.push_back(std::move(term));
    }
    return all;
}

/// What the words of a lexicon say of targets, one row each.
struct SaidColumns {
    border::SpanColumns spans;
    std::vector<std::int32_t> target, phrase;
    std::vector<double> weight;
    std::vector<std::uint8_t> reported;
    py::list label;
    border::NameColumn term, pole, kind, object, rule, voice, zone;
    border::Texts speaker, reported_by, distance;

    void add(std::size_t i, const Said& said, const Lexicon& lexicon, const GivenPlaces& given) {
        const LexiconTerm& of = lexicon.terms[static_cast<std::size_t>(said.hit.term)];
        spans.add(i, given, said.hit.span);
        target.push_back(said.target);
        phrase.push_back(said.phrase);
        weight.push_back(of.weight);
        term.push_back(of.text);
        label.append(given.at(said.hit.span));
        pole.push_back(of.pole ? std::string_view(lexicon.poles[static_cast<std::size_t>(*of.pole)])
                               : "neutral");
        kind.push_back(name_of(said.kind));
        object.push_back(name_of(said.object));
        rule.push_back(name_of(said.rule));
        voice.push_back(said.hit.quoted != nullptr ? "quoted" : "own");
        reported.push_back(said.hit.reported != nullptr ? 1 : 0);
        distance.push_back(border::shown(said.distance));
        zone.push_back(name_of(said.hit.zone));
    }
    void add_voices(const Said& said, const TargetLabels& labels) {
        const auto of = [&](const Quotation* quotation) {
            return quotation == nullptr
                       ? std::nullopt
                       : border::speaker_name(quotation->speaker, labels.table(), labels.targets());
        };
        speaker.push_back(of(said.hit.quoted));
        reported_by.push_back(of(said.hit.reported));
    }
    void move_into(py::dict& out) {
        out["target"] = border::to_array(std::move(target));
        out["phrase"] = border::to_array(std::move(phrase));
        out["weight"] = border::to_array(std::move(weight));
        out["term"] = term.list();
        out["label"] = label;
        out["pole"] = pole.list();
        out["kind"] = kind.list();
        out["object"] = object.list();
        out["rule"] = rule.list();
        out["voice"] = voice.list();
        out["speaker"] = border::to_optional_texts(speaker);
        out["reported"] = border::to_bool_array(std::move(reported));
        out["reported_by"] = border::to_optional_texts(reported_by);
        out["distance"] = border::to_optional_texts(distance);
        out["zone"] = zone.list();
        spans.move_into(out);
    }
};

/// Which sentences have a mention or a label.
std::vector<bool> sentences_of(const SegmentedText& text, const DocumentLabels& labels) {
    std::vector<bool> out(text.segments.sentences.size());
    const auto add = [&](Span span) {
        const auto token = static_cast<std::size_t>(text.token_from(span.start));
        if (token < text.tokens.size()) {
            out[static_cast<std::size_t>(text.tokens[token].sentence)] = true;
        }
    };
    for (const TargetMention& mention : labels.mentions) add(mention.span);
    for (const Naming& naming : labels.namings) add(naming.noun);
    return out;
}

py::dict said(TargetLabels& labels, const Lexicon& lexicon, const std::vector<std::string>& terms) {
    const Lexicon all = with_modifiers(lexicon);
    TermFinder finder(all);
    SaidColumns columns;
    border::for_labels(
        labels, terms, [&](std::size_t i, const DocumentLabels& found, const GivenPlaces& given) {
            const AnnotatedDocument& document = *labels.annotations().documents[i];
            const auto hits = finder.find(document, sentences_of(document.segmented, found));
            for (const Said& one : find_said(labels.view_of(i), found, hits)) {
                columns.add(i, one, all, given);
                columns.add_voices(one, labels);
            }
        });
    py::dict out;
    columns.move_into(out);
    return out;
}

}  // namespace

void bind_framing_terms(py::module_& module) {
    module.def("find_terms", &terms, py::arg("annotations"), py::arg("lexicon"),
               "Terms of an axis, whomever they name: position (of the term), label, voice, "
               "reported, negated, doc, start, end, zone.");
    module.def("find_said", &said, py::arg("labels"), py::arg("lexicon"), py::arg("lexicon_terms"),
               "Adjectives of an axis that are said of targets: the columns of namings, with kind, "
               "pole and weight.");
}
