// Who is in a corpus, and where: framelens._core.find_actors.
#include "annotated.hpp"
#include "framelens/annotations_actors.hpp"
#include "framelens/language.hpp"

#include <algorithm>

namespace py = pybind11;
using namespace framelens;

namespace {

using border::GivenPlaces;

/// Counts as they are read, the highest first: "she 14, they 2"; None without any.
py::object shown(const Actor::Counts& counts) {
    if (counts.empty()) return py::none();
    std::vector<std::pair<std::string, std::int64_t>> order(counts.begin(), counts.end());
    std::stable_sort(order.begin(), order.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    std::string all;
    for (const auto& [form, count] : order) {
        if (!all.empty()) all += ", ";
        all += form + ' ' + std::to_string(count);
    }
    return py::str(all);
}

py::dict to_columns(const Actors& actors, const Language& language) {
    py::list names, kinds, forms, roles, pronouns, honorifics, nations;
    std::vector<std::int64_t> sources, documents, mentions;
    border::Signals signals;
    for (const Actor& actor : actors.all) {
        signals.look();
        names.append(actor.name);
        kinds.append(name_of(actor.kind));
        forms.append(shown(actor.forms));
        roles.append(shown(actor.roles));
        pronouns.append(shown(actor.pronouns));
        honorifics.append(shown(actor.honorifics));
        if (actor.nation) {
            nations.append(language.nations[static_cast<std::size_t>(*actor.nation)]);
        } else {
            nations.append(py::none());
        }
        sources.push_back(actor.sources);
        documents.push_back(actor.documents);
        mentions.push_back(actor.mentions);
    }
    py::dict out;
    out["name"] = names;
    out["kind"] = kinds;
    out["forms"] = forms;
    out["roles"] = roles;
    out["pronouns"] = pronouns;
    out["honorifics"] = honorifics;
    out["nation"] = nations;
    out["sources"] = border::to_array(std::move(sources));
    out["documents"] = border::to_array(std::move(documents));
    out["mentions"] = border::to_array(std::move(mentions));
    return out;
}

py::dict to_mentions(const Annotations& annotations, const Actors& actors) {
    border::SpanColumns spans;
    py::list kinds, texts, forms, names, candidates, reasons;
    std::vector<std::optional<std::int64_t>> numbers;
    const auto name = [&](std::int32_t actor) {
        return actors.all[static_cast<std::size_t>(actor)].name;
    };
    border::for_documents(annotations,
                          [&](std::size_t i, const AnnotatedDocument&, const GivenPlaces& given) {
                              for (const ActorMention& mention : actors.mentions[i]) {
                                  spans.add(i, given, mention.span);
                                  kinds.append(name_of(mention.kind));
                                  texts.append(given.at(mention.span));
                                  forms.append(name_of(mention.form));
                                  numbers.emplace_back(mention.actor);
                                  if (mention.actor) {
                                      names.append(name(*mention.actor));
                                  } else {
                                      names.append(py::none());
                                  }
                                  py::list fitting;
                                  for (const std::int32_t candidate : mention.candidates)
                                      fitting.append(name(candidate));
                                  candidates.append(fitting);
                                  reasons.append(name_of(mention.why));
                              }
                          });
    py::dict out;
    spans.move_into(out);
    out["kind"] = kinds;
    out["text"] = texts;
    out["form"] = forms;
    out["actor"] = border::to_optional_pair(numbers);
    out["name"] = names;
    out["candidates"] = candidates;
    out["why"] = reasons;
    return out;
}

py::tuple find(const Annotations& annotations, const std::vector<std::int32_t>& sources,
               std::optional<int> n_jobs, const py::object& progress) {
    const Run run = border::run_from_python(n_jobs, progress);
    const Actors actors = [&] {
        const py::gil_scoped_release release;
        return find_actors(annotations, sources, run);
    }();
    return py::make_tuple(to_columns(actors, *annotations.language),
                          to_mentions(annotations, actors));
}

}  // namespace

void bind_annotations_actors(py::module_& module) {
    module.def("find_actors", &find, py::arg("annotations"), py::arg("sources"),
               py::arg("n_jobs") = py::none(), py::arg("progress") = py::none(),
               "Persons, organisations, nations and groups, one row each, and their mentions. "
               "`sources`: the number of each document's source.");
}
