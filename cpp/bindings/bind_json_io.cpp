// What is read from JSON: framelens._core.Language, Lexicon and LabelRules.
#include "border.hpp"
#include "framelens/grammar_tagger.hpp"
#include "framelens/json_io.hpp"
#include "framelens/unicode.hpp"

#include <pybind11/stl.h>
#include <memory>
#include <optional>
#include <string_view>

namespace py = pybind11;
using namespace framelens;

namespace {

std::string text_from_python(const py::object& text) {
    return border::texts_from_python(py::make_tuple(text), "text").front();
}

Language language_from_python(const py::object& text, const std::optional<py::bytes>& tagger) {
    Language language = language_from_json(text_from_python(text));
    if (tagger) {
        const std::string_view weights(*tagger);
        language.tagger = std::make_shared<const Tagger>(Tagger::from_bytes(weights));
    }
    return language;
}

py::str to_str(std::string_view text) {
    return {text.data(), text.size()};
}

py::object pole_name(const Lexicon& lexicon, const LexiconTerm& term) {
    if (!term.pole) return py::str("neutral");
    return py::str(lexicon.poles[static_cast<std::size_t>(*term.pole)]);
}

py::dict term_to_dict(const Lexicon& lexicon, const LexiconTerm& term) {
    return py::dict(py::arg("text") = term.text, py::arg("forms") = term.forms,
                    py::arg("pole") = pole_name(lexicon, term), py::arg("weight") = term.weight,
                    py::arg("object") = to_str(name_of(term.object)),
                    py::arg("match") = to_str(name_of(term.match)), py::arg("note") = term.note);
}

py::list terms_to_list(const Lexicon& lexicon) {
    py::list out;
    for (const LexiconTerm& term : lexicon.terms) out.append(term_to_dict(lexicon, term));
    return out;
}

std::vector<std::string> terms_for_matching(const Lexicon& lexicon) {
    std::vector<std::string> out;
    for (const LexiconTerm& term : lexicon.terms) {
        out.push_back(term.text);
        out.insert(out.end(), term.forms.begin(), term.forms.end());
    }
    return out;
}

/// Modifiers as dicts: text, forms, effect, pole (None where it says none), before, note.
py::list modifiers_to_list(const Lexicon& lexicon) {
    py::list out;
    for (const LexiconModifier& modifier : lexicon.modifiers) {
        py::object pole = py::none();
        if (modifier.pole) {
            pole = py::str(lexicon.poles[static_cast<std::size_t>(*modifier.pole)]);
        }
        out.append(py::dict(py::arg("text") = modifier.text, py::arg("forms") = modifier.forms,
                            py::arg("effect") = to_str(name_of(modifier.effect)),
                            py::arg("pole") = pole, py::arg("before") = modifier.before,
                            py::arg("note") = modifier.note));
    }
    return out;
}

LabelObject object_from_name(const std::string& name) {
    for (const auto object : {LabelObject::any, LabelObject::person, LabelObject::institution}) {
        if (name_of(object) == name) return object;
    }
    throw py::value_error("object is any, person or institution, not '" + name + "'");
}

py::object find_in(const Lexicon& lexicon, const py::object& term, const std::string& object) {
    const LexiconTerm* found =
        find_term(lexicon, fold(text_from_python(term)), object_from_name(object));
    if (found == nullptr) return py::none();
    return term_to_dict(lexicon, *found);
}

py::list rules_to_list(const LabelRules& rules) {
    py::list out;
    for (const LabelRule& rule : rules.rules) {
        out.append(py::dict(py::arg("id") = rule.id, py::arg("rule") = to_str(name_of(rule.rule)),
                            py::arg("object") = to_str(name_of(rule.object))));
    }
    return out;
}

}  // namespace

void bind_json_io(py::module_& module) {
    py::class_<Language>(module, "Language", "The word classes of one natural language.")
        .def_static(
            "from_json", &language_from_python, py::arg("text"), py::arg("tagger") = py::none(),
            "Reads a language and the weights of its tagger, if it has one; SchemaError says where "
            "they break a rule.")
        .def_readonly("code", &Language::code, "BCP 47 code.")
        .def_readonly("version", &Language::version, "Version of the format.");

    py::class_<LabelRules>(module, "LabelRules", "The rules by which nouns name targets.")
        .def_static(
            "from_json",
            [](const py::object& text) { return label_rules_from_json(text_from_python(text)); },
            py::arg("text"), "Reads the rules; SchemaError says where the JSON breaks a rule.")
        .def_property_readonly("rules", &rules_to_list,
                               "The rules as dicts, in the order in which they are tried: id, "
                               "rule, object.")
        .def("only", &LabelRules::only, py::arg("ids"), "Those of the rules that have these ids.");

    py::class_<Lexicon>(module, "Lexicon", "One axis of framing: poles and terms.")
        .def_static(
            "from_json",
            [](const py::object& text) { return lexicon_from_json(text_from_python(text)); },
            py::arg("text"), "Reads a lexicon; SchemaError says where the JSON breaks a rule.")
        .def_readonly("axis", &Lexicon::axis, "Name of the axis.")
        .def_readonly("version", &Lexicon::version, "Version of the format.")
        .def_readonly("language", &Lexicon::language, "BCP 47 code of its language.")
        .def_property_readonly(
            "poles", [](const Lexicon& lexicon) { return py::tuple(py::cast(lexicon.poles)); },
            "Names of the one or two poles; the first is `a` of the score.")
        .def_property_readonly("terms", &terms_to_list,
                               "The terms as dicts: text, forms, pole, weight, object, match, "
                               "note; texts are folded.")
        .def_property_readonly("modifiers", &modifiers_to_list,
                               "What words before a label do to it, as dicts: text, forms, "
                               "effect, pole, before, note; texts are folded.")
        .def_property_readonly(
            "counts", [](const Lexicon& lexicon) { return to_str(name_of(lexicon.counts)); },
            "What a score counts by default: label or all.")
        .def_property_readonly(
            "exclusions",
            [](const Lexicon& lexicon) { return py::tuple(py::cast(lexicon.exclusions)); },
            "Folded phrases in which a term does not count.")
        .def_readonly("notes", &Lexicon::notes, "What the axis is and how it was made.")
        .def("terms_for_matching", &terms_for_matching,
             "Every folded text and form of the terms, globs as patterns.")
        .def("find", &find_in, py::arg("term"), py::arg("object") = "any",
             "The term that a label belongs to, as a dict, or None.");
}
