// Document x term counts: framelens._core.count_terms, framelens._core.count_known_terms.
#include "border.hpp"
#include "framelens/counts.hpp"
#include "framelens/vocabulary.hpp"

#include <pybind11/stl.h>
#include <string_view>

namespace py = pybind11;
using namespace framelens;

namespace {

std::vector<std::string_view> views_of(const std::vector<std::string>& texts) {
    return {texts.begin(), texts.end()};
}

Vocabulary vocabulary_from_python(const py::object& terms, const char* what) {
    Vocabulary vocabulary;
    for (const std::string& term : border::texts_from_python(terms, what)) vocabulary.add(term);
    return vocabulary;
}

py::list terms_to_python(const StringColumn& terms) {
    py::list list(static_cast<py::size_t>(terms.size()));
    for (std::int64_t i = 0; i < terms.size(); ++i) {
        list[static_cast<py::size_t>(i)] = py::str(terms[i].data(), terms[i].size());
    }
    return list;
}

py::tuple rows_to_python(CsrRows<std::int32_t>&& rows) {
    return py::make_tuple(border::to_array(std::move(rows.indptr)),
                          border::to_array(std::move(rows.indices)),
                          border::to_array(std::move(rows.data)));
}

py::tuple count(const py::object& texts, TermRule rule, const py::object& stop_words,
                bool by_column, const Run& run) {
    const std::vector<std::string> input = border::texts_from_python(texts, "texts");
    const Vocabulary stops = vocabulary_from_python(stop_words, "stop_words");
    rule.stop_words = stops.size() == 0 ? nullptr : &stops;
    TermCounts counts;
    {
        const py::gil_scoped_release release;
        counts = count_terms(views_of(input), rule, run);
        if (by_column) {
            counts = sort_terms(counts);
            counts.rows = sort_entries(std::move(counts.rows));
        }
    }
    return py::make_tuple(terms_to_python(counts.terms), rows_to_python(std::move(counts.rows)));
}

py::tuple count_known(const py::object& texts, TermRule rule, const py::object& stop_words,
                      const py::object& terms, const Run& run) {
    const std::vector<std::string> input = border::texts_from_python(texts, "texts");
    const Vocabulary stops = vocabulary_from_python(stop_words, "stop_words");
    const Vocabulary known = vocabulary_from_python(terms, "terms");
    rule.stop_words = stops.size() == 0 ? nullptr : &stops;
    CsrRows<std::int32_t> rows;
    {
        const py::gil_scoped_release release;
        rows = count_known_terms(views_of(input), rule, known, run);
    }
    return rows_to_python(std::move(rows));
}

py::array_t<std::int32_t> sorted_positions_of(const py::object& terms) {
    StringColumn column;
    for (const std::string& term : border::texts_from_python(terms, "terms")) {
        column.push_back(term);
    }
    std::vector<std::int32_t> positions;
    {
        const py::gil_scoped_release release;
        positions = sorted_positions(column);
    }
    return border::to_array(std::move(positions));
}

}  // namespace

void bind_counts(py::module_& module) {
    module.def(
        "count_terms",
        [](const py::object& texts, bool lowercase, std::pair<int, int> ngram_range,
           const py::object& stop_words, bool by_column, std::optional<int> n_jobs,
           const py::object& progress) {
            return count(texts, {lowercase, ngram_range.first, ngram_range.second, nullptr},
                         stop_words, by_column, border::run_from_python(n_jobs, progress));
        },
        py::arg("texts"), py::kw_only(), py::arg("lowercase") = true,
        py::arg("ngram_range") = std::pair{1, 1}, py::arg("stop_words") = py::tuple(),
        py::arg("by_column") = true, py::arg("n_jobs") = py::none(),
        py::arg("progress") = py::none(),
        "Counts of scikit-learn's tokens: (terms, (indptr, indices, data)). Terms are sorted by "
        "code point and entries by column, or with by_column=False both by first occurrence.");
    module.def(
        "count_known_terms",
        [](const py::object& texts, const py::object& terms, bool lowercase,
           std::pair<int, int> ngram_range, const py::object& stop_words, std::optional<int> n_jobs,
           const py::object& progress) {
            return count_known(texts, {lowercase, ngram_range.first, ngram_range.second, nullptr},
                               stop_words, terms, border::run_from_python(n_jobs, progress));
        },
        py::arg("texts"), py::arg("terms"), py::kw_only(), py::arg("lowercase") = true,
        py::arg("ngram_range") = std::pair{1, 1}, py::arg("stop_words") = py::tuple(),
        py::arg("n_jobs") = py::none(), py::arg("progress") = py::none(),
        "Counts of the given terms alone, entries sorted by column: (indptr, indices, data).");
    module.def("sorted_positions", &sorted_positions_of, py::arg("terms"),
               "The position of each term when the terms are sorted by code point.");
}
