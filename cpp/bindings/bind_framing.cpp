// Labels and scores: framelens._core.match_labels, framelens._core.score_labels.
#include "border.hpp"
#include "framelens/framing.hpp"
#include "framelens/framing_compare.hpp"
#include "framelens/unicode_plain.hpp"

#include <pybind11/stl.h>
#include <limits>
#include <optional>
#include <vector>

namespace py = pybind11;
using namespace framelens;

namespace {

py::object column_of(const py::dict& labels, const char* name) {
    if (!labels.contains(name)) {
        throw py::value_error(std::string("labels have no column '") + name + "'");
    }
    return labels[name];
}

template <class Value>
std::vector<Value> column(const py::dict& labels, const char* name) {
    using Array = py::array_t<Value, py::array::c_style | py::array::forcecast>;
    const auto values = column_of(labels, name).cast<Array>();
    const auto span = border::to_span(values);
    return {span.begin(), span.end()};
}

LabelObject label_object(const std::string& name) {
    for (const auto object : {LabelObject::any, LabelObject::person, LabelObject::institution}) {
        if (name_of(object) == name) return object;
    }
    throw py::value_error("object is any, person or institution, not '" + name + "'");
}

/// One number a score, NaN where it is missing.
template <class Get>
py::array_t<double> numbers(const std::vector<FramingScore>& scores, Get get) {
    std::vector<double> values;
    values.reserve(scores.size());
    for (const FramingScore& score : scores) {
        const std::optional<double> value = get(score);
        values.push_back(value.value_or(std::numeric_limits<double>::quiet_NaN()));
    }
    return border::to_array(std::move(values));
}

py::dict to_columns(const std::vector<FramingScore>& scores, std::int32_t poles) {
    std::vector<std::int64_t> counts;
    std::vector<std::int64_t> clusters;
    for (const FramingScore& score : scores) {
        counts.insert(counts.end(), score.counts.begin(), score.counts.end());
        clusters.push_back(score.clusters);
    }
    py::dict columns;
    columns["counts"] = border::to_matrix(std::move(counts), std::ssize(scores), poles + 1);
    columns["first"] = numbers(scores, [](const FramingScore& s) { return s.first; });
    columns["second"] = numbers(scores, [](const FramingScore& s) { return s.second; });
    columns["score"] = numbers(scores, [](const FramingScore& s) { return s.score; });
    columns["log_odds"] = numbers(scores, [](const FramingScore& s) { return s.log_odds; });
    columns["clusters"] = border::to_array(std::move(clusters));
    columns["correlation"] = numbers(scores, [](const FramingScore& s) { return s.correlation; });
    columns["design_effect"] =
        numbers(scores, [](const FramingScore& s) { return s.design_effect; });
    columns["effective_first"] =
        numbers(scores, [](const FramingScore& s) { return s.effective_first; });
    columns["effective_second"] =
        numbers(scores, [](const FramingScore& s) { return s.effective_second; });
    return columns;
}

py::dict score_columns(const py::dict& columns, std::vector<std::int32_t> family,
                       std::int32_t poles) {
    const CountedLabels labels{.group = column<std::int32_t>(columns, "group"),
                               .cluster = column<std::int64_t>(columns, "cluster"),
                               .pole = column<std::int32_t>(columns, "pole"),
                               .weight = column<double>(columns, "weight")};
    const FramingGroups groups{.family = std::move(family), .poles = poles};
    std::vector<FramingScore> scores;
    {
        const py::gil_scoped_release release;
        scores = score_labels(labels, groups);
    }
    return to_columns(scores, poles);
}

/// The column made plain: the engine matches plain texts, and Python has what was printed.
std::vector<std::string> plain_column(const py::dict& columns, const char* name) {
    auto texts = border::texts_from_python(column_of(columns, name), name);
    for (std::string& text : texts) (void)make_plain(text);
    return texts;
}

std::vector<LabelInContext> labels_from_python(const py::dict& columns) {
    auto term = plain_column(columns, "term");
    auto label = plain_column(columns, "label");
    auto before = plain_column(columns, "before");
    auto after = plain_column(columns, "after");
    const auto object = border::texts_from_python(column_of(columns, "object"), "object");
    if (label.size() != term.size() || before.size() != term.size() ||
        after.size() != term.size() || object.size() != term.size()) {
        throw py::value_error("term, label, before, after and object differ in length");
    }
    std::vector<LabelInContext> labels;
    labels.reserve(term.size());
    border::Signals signals;
    for (std::size_t i = 0; i < term.size(); ++i) {
        signals.look();
        labels.push_back({.term = std::move(term[i]),
                          .label = std::move(label[i]),
                          .before = std::move(before[i]),
                          .after = std::move(after[i]),
                          .object = label_object(object[i])});
    }
    return labels;
}

py::tuple match_columns(const Lexicon& lexicon, const py::dict& columns) {
    const std::vector<LabelInContext> labels = labels_from_python(columns);
    const Run run = border::run_from_python(std::nullopt, py::none());
    std::vector<std::optional<std::int64_t>> terms;
    {
        const py::gil_scoped_release release;
        for (const auto& term : match_labels(lexicon, labels, run)) terms.emplace_back(term);
    }
    return border::to_optional_pair(terms);
}

ComparedUnit compared_unit(const std::string& name) {
    if (name == "label") return ComparedUnit::label;
    if (name == "event") return ComparedUnit::event;
    throw py::value_error("weight is label or event, not '" + name + "'");
}

std::optional<double> permute_columns(const py::dict& columns, const std::string& unit,
                                      std::int64_t rounds, std::uint64_t seed) {
    const auto event = column<std::int32_t>(columns, "event");
    const auto second = column<bool>(columns, "second");
    const auto balance = column<double>(columns, "balance");
    const auto weight = column<double>(columns, "weight");
    if (second.size() != event.size() || balance.size() != event.size() ||
        weight.size() != event.size()) {
        throw py::value_error("event, second, balance and weight differ in length");
    }
    std::vector<ComparedDocument> documents;
    for (std::size_t i = 0; i < event.size(); ++i) {
        documents.push_back({event[i], second[i], balance[i], weight[i]});
    }
    const PermutationOptions options{compared_unit(unit), rounds, seed};
    const Run run = border::run_from_python(std::nullopt, py::none());
    const py::gil_scoped_release release;
    return permutation_p(std::move(documents), options, run);
}

}  // namespace

void bind_framing(py::module_& module) {
    module.def("permutation_p", &permute_columns, py::arg("documents"), py::arg("weight"),
               py::arg("rounds"), py::arg("seed"),
               "p of the difference between two sources, or None. `documents` has the columns "
               "event, second, balance and weight, one row a unit that is exchanged as a whole.");
    module.def("match_labels", &match_columns, py::arg("lexicon"), py::arg("labels"),
               "Which of the lexicon's terms each label is: (positions, missing). `labels` has the "
               "columns term (folded, singular), label, before and after (as printed, the text "
               "around the label) and object.");
    module.def("score_labels", &score_columns, py::arg("labels"), py::arg("family"),
               py::arg("poles"),
               "Scores of groups of labels. `labels` has the columns group, cluster, pole (the "
               "number of poles is neutral) and weight; `family` gives each group the family "
               "that shares its intraclass correlation. Returns columns, one row a group; NaN "
               "where a number is missing.");
}
