// Document x term counts: framelens._core.count_terms, framelens._core.CountedTexts,
// framelens._core.TermList.
#include "border.hpp"
#include "framelens/counts.hpp"
#include "framelens/unicode.hpp"
#include "framelens/vocabulary.hpp"
#include "framelens/weights.hpp"
#include "rows.hpp"

#include <pybind11/stl.h>
#include <limits>
#include <memory>
#include <mutex>
#include <string_view>

namespace py = pybind11;
using namespace framelens;

namespace {

template <class Value>
using Array = py::array_t<Value, py::array::c_style>;
using Columns = Array<std::int32_t>;

StringColumn column_from_python(const py::object& terms, const char* what) {
    StringColumn column;
    for (const std::string& term : border::texts_from_python(terms, what)) column.push_back(term);
    return column;
}

py::str term_to_python(const StringColumn& terms, std::int64_t i) {
    return py::str(terms[i].data(), terms[i].size());
}

py::list terms_to_python(const StringColumn& terms) {
    py::list list(static_cast<py::size_t>(terms.size()));
    for (std::int64_t i = 0; i < terms.size(); ++i) {
        list[static_cast<py::size_t>(i)] = term_to_python(terms, i);
    }
    return list;
}

// Terms in order of first occurrence, which Python strings are made of only when asked for.
struct TermList {
    explicit TermList(StringColumn terms) : column(std::move(terms)) {}

    // Two threads may look up in one list.
    const Vocabulary& vocabulary() {
        std::call_once(indexed, [this] { index = std::make_unique<Vocabulary>(column); });
        return *index;
    }

    StringColumn column;

private:
    std::once_flag indexed;
    std::unique_ptr<Vocabulary> index;  // made at the first look-up
};

py::dict dict_of(const TermList& terms, const Columns& columns) {
    py::dict dict;
    const auto column_of = border::to_span(columns);
    if (std::ssize(column_of) != terms.column.size()) throw py::value_error("one column a term");
    for (std::int64_t i = 0; i < terms.column.size(); ++i) {
        const std::int32_t column = column_of[static_cast<std::size_t>(i)];
        if (column >= 0) dict[term_to_python(terms.column, i)] = py::int_(column);
    }
    return dict;
}

// Whether a dict is still the one that `dict_of` makes.
bool is_dict_of(const TermList& terms, const Columns& columns, const py::dict& dict) {
    const auto column_of = border::to_span(columns);
    std::int64_t term = 0;
    PyObject* key = nullptr;
    PyObject* value = nullptr;
    Py_ssize_t place = 0;
    while (PyDict_Next(dict.ptr(), &place, &key, &value) != 0) {
        while (term < terms.column.size() && column_of[static_cast<std::size_t>(term)] < 0) ++term;
        if (term == terms.column.size() || !PyUnicode_Check(key) || !PyLong_CheckExact(value)) {
            return false;
        }
        Py_ssize_t size = 0;
        const char* text = PyUnicode_AsUTF8AndSize(key, &size);
        if (text == nullptr) {
            PyErr_Clear();
            return false;
        }
        int overflow = 0;
        const long column = PyLong_AsLongAndOverflow(value, &overflow);
        if (std::string_view{text, static_cast<std::size_t>(size)} != terms.column[term] ||
            overflow != 0 || column != column_of[static_cast<std::size_t>(term)]) {
            return false;
        }
        ++term;
    }
    while (term < terms.column.size() && column_of[static_cast<std::size_t>(term)] < 0) ++term;
    return term == terms.column.size();
}

py::tuple parts_of(const TermList& terms) {
    const std::vector<std::int64_t>& offsets = terms.column.offsets;
    return py::make_tuple(py::bytes(terms.column.bytes),
                          py::bytes(reinterpret_cast<const char*>(offsets.data()),
                                    offsets.size() * sizeof(std::int64_t)));
}

std::unique_ptr<TermList> terms_of_parts(const std::pair<py::bytes, py::bytes>& parts) {
    StringColumn column;
    column.bytes = std::string_view{parts.first};
    const std::string_view offsets{parts.second};
    column.offsets.resize(offsets.size() / sizeof(std::int64_t));
    std::copy_n(offsets.data(), column.offsets.size() * sizeof(std::int64_t),
                reinterpret_cast<char*>(column.offsets.data()));
    if (column.offsets.empty() || column.offsets.front() != 0 ||
        !std::is_sorted(column.offsets.begin(), column.offsets.end()) ||
        column.offsets.back() != std::ssize(column.bytes) || find_invalid_utf8(column.bytes)) {
        throw py::value_error("these are not the parts of a TermList");
    }
    return std::make_unique<TermList>(std::move(column));
}

// The number in `known` of each term of `terms`; -1 for none.
py::array_t<std::int32_t> numbers_in(TermList& known, const TermList& terms) {
    std::vector<std::int32_t> numbers;
    {
        const py::gil_scoped_release release;
        const Vocabulary& vocabulary = known.vocabulary();
        for (std::int64_t i = 0; i < terms.column.size(); ++i) {
            numbers.push_back(vocabulary.find(terms.column[i]).value_or(-1));
        }
    }
    return border::to_array(std::move(numbers));
}

// Terms of the one and then those of the other that are new: (terms, numbers of the other's).
py::tuple joined(const TermList& first, const TermList& second) {
    std::unique_ptr<TermList> both;
    std::vector<std::int32_t> numbers;
    {
        const py::gil_scoped_release release;
        Vocabulary vocabulary(first.column);
        for (std::int64_t i = 0; i < second.column.size(); ++i) {
            numbers.push_back(vocabulary.add(second.column[i]));
        }
        both = std::make_unique<TermList>(vocabulary.terms());
    }
    return py::make_tuple(std::move(both), border::to_array(std::move(numbers)));
}

template <class Value>
py::tuple fill_rows(CountedTexts& counted, const Columns& columns, bool by_column,
                    const std::function<RowFinish<Value>()>& finish, const Run& run) {
    const auto column_of = border::to_span(columns);
    std::vector<std::int64_t> starts;
    {
        const py::gil_scoped_release release;
        starts = counted.row_starts(column_of);
    }
    return border::filled_rows<Value>(std::move(starts), [&](auto begins, auto indices, auto data) {
        counted.fill<Value>(column_of, by_column, begins, indices, data, finish(), run);
    });
}

py::tuple rows_of(CountedTexts& counted, const Columns& columns, bool by_column,
                  const py::dtype& dtype, const Run& run) {
    if (dtype.is(py::dtype::of<std::int32_t>())) {
        return fill_rows<std::int32_t>(counted, columns, by_column, [] { return nullptr; }, run);
    }
    if (dtype.is(py::dtype::of<float>())) {
        return fill_rows<float>(counted, columns, by_column, [] { return nullptr; }, run);
    }
    if (dtype.is(py::dtype::of<double>())) {
        return fill_rows<double>(counted, columns, by_column, [] { return nullptr; }, run);
    }
    return fill_rows<std::int64_t>(counted, columns, by_column, [] { return nullptr; }, run);
}

template <class Value>
py::tuple weights_of(CountedTexts& counted, const Columns& columns, bool by_column,
                     const Array<Value>& tf_of_count, const Array<Value>& idf,
                     const std::optional<std::string>& norm, const Run& run) {
    const std::span<const Value> tf = border::to_span(tf_of_count);
    const std::span<const Value> factors = border::to_span(idf);
    const Norm kind = border::norm_from_python(norm);
    if (!tf.empty() && tf.size() <= counted.largest_count()) {
        throw py::value_error("tf_of_count must reach the largest count");
    }
    for (const std::int32_t column : border::to_span(columns)) {
        if (!factors.empty() && column >= std::ssize(factors)) {
            throw py::value_error("there must be one idf for each column");
        }
    }
    return fill_rows<Value>(
        counted, columns, by_column, [&] { return row_weigher<Value>(tf, factors, kind); }, run);
}

TermUnit unit_from_python(const std::string& analyzer) {
    if (analyzer == "word") return TermUnit::words;
    if (analyzer == "char") return TermUnit::characters;
    if (analyzer == "char_wb") return TermUnit::framed;
    if (analyzer == "unicode") return TermUnit::unicode_words;
    throw py::value_error("analyzer is 'word', 'char', 'char_wb' or 'unicode', not '" + analyzer +
                          "'");
}

std::unique_ptr<CountedTexts> count(const py::object& texts, TermRule rule,
                                    const py::object& stop_words, const Run& run) {
    const border::TextViews input =
        py::hasattr(texts, "__arrow_c_stream__") || py::hasattr(texts, "__arrow_c_array__")
            ? border::views_from_arrow(texts)
            : border::views_from_python(texts, "texts");
    Vocabulary stops;
    for (const std::string& word : border::texts_from_python(stop_words, "stop_words")) {
        stops.add(word);
    }
    rule.stop_words = stops.size() == 0 ? nullptr : &stops;
    const py::gil_scoped_release release;
    return std::make_unique<CountedTexts>(count_texts(input.views, rule, run));
}

py::tuple count_by_column(const py::object& texts, std::optional<int> n_jobs,
                          const py::object& progress) {
    const Run run = border::run_from_python(n_jobs, progress);
    const auto counted = count(texts, {}, py::tuple(), run);
    std::vector<std::int32_t> columns(static_cast<std::size_t>(counted->size()));
    StringColumn sorted;
    {
        const py::gil_scoped_release release;
        const StringColumn terms = counted->terms(run);
        for (const std::int32_t term : counted->sorted(run)) {
            columns[static_cast<std::size_t>(term)] = static_cast<std::int32_t>(sorted.size());
            sorted.push_back(terms[term]);
        }
    }
    const Columns column_of = border::to_array(std::move(columns));
    return py::make_tuple(
        terms_to_python(sorted),
        rows_of(*counted, column_of, true, py::dtype::of<std::int32_t>(), {run.threads, {}}));
}

Run quiet_run(std::optional<int> n_jobs) {
    return border::run_from_python(n_jobs, py::none());
}

constexpr const char* sorted_help = "Numbers of the terms in the order of their code points.";

template <class Sort>
py::array_t<std::int32_t> sorted_by(const Sort& sort, std::optional<int> n_jobs) {
    std::vector<std::int32_t> order;
    const Run run = quiet_run(n_jobs);
    {
        const py::gil_scoped_release release;
        order = sort(run);
    }
    return border::to_array(std::move(order));
}

void bind_term_list(py::module_& module) {
    py::class_<TermList>(module, "TermList", "Terms, as strings only when asked for.")
        .def_static(
            "of",
            [](const py::object& terms) {
                return std::make_unique<TermList>(column_from_python(terms, "terms"));
            },
            py::arg("terms"))
        .def_property_readonly("size", [](const TermList& terms) { return terms.column.size(); })
        .def("to_list", [](const TermList& terms) { return terms_to_python(terms.column); })
        .def("to_dict", &dict_of, py::arg("columns"),
             "A dict of each term and its entry in columns; terms with -1 are left out.")
        .def("is_dict", &is_dict_of, py::arg("columns"), py::arg("dict"))
        .def("numbers_of", &numbers_in, py::arg("terms"),
             "The number of each of the terms in this list; -1 for none.")
        .def("join", &joined, py::arg("other"),
             "(all terms, numbers in these of the other's): its new terms come last.")
        .def(
            "sorted",
            [](const TermList& terms, std::optional<int> n_jobs) {
                return sorted_by([&](const Run& run) { return sorted_terms(terms.column, run); },
                                 n_jobs);
            },
            py::kw_only(), py::arg("n_jobs") = py::none(), sorted_help)
        .def("parts", &parts_of,
             "The terms as (all of them end to end in UTF-8, where each begins and the last ends).")
        .def_static("of_parts", &terms_of_parts, py::arg("parts"));
}

void bind_counted_texts(py::module_& module) {
    py::class_<CountedTexts>(module, "CountedTexts",
                             "Counts of texts, whose terms are numbered by first occurrence.")
        // A pointer to a member would be called for None, too.
        .def_property_readonly("size", [](const CountedTexts& c) { return c.size(); })
        .def_property_readonly("documents", [](const CountedTexts& c) { return c.documents(); })
        .def_property_readonly("largest_count",
                               [](const CountedTexts& c) { return c.largest_count(); })
        .def("take_frequencies",
             [](CountedTexts& c) { return border::to_array(c.take_frequencies()); })
        .def("take_totals", [](CountedTexts& c) { return border::to_array(c.take_totals()); })
        .def(
            "terms",
            [](const CountedTexts& c, std::optional<int> n_jobs) {
                const Run run = quiet_run(n_jobs);
                const py::gil_scoped_release release;
                return std::make_unique<TermList>(c.terms(run));
            },
            py::kw_only(), py::arg("n_jobs") = py::none())
        .def(
            "sorted",
            [](const CountedTexts& c, std::optional<int> n_jobs) {
                return sorted_by([&](const Run& run) { return c.sorted(run); }, n_jobs);
            },
            py::kw_only(), py::arg("n_jobs") = py::none(), sorted_help)
        .def(
            "rows",
            [](CountedTexts& c, const Columns& columns, bool by_column, const py::dtype& dtype,
               std::optional<int> n_jobs) {
                return rows_of(c, columns, by_column, dtype, quiet_run(n_jobs));
            },
            py::arg("columns"), py::kw_only(), py::arg("by_column"), py::arg("dtype"),
            py::arg("n_jobs") = py::none(),
            "Counts in the given columns (-1: none): (indptr, indices, data). A row's entries are "
            "in order of the terms' numbers, or of their columns. They can be taken once.")
        .def(
            "forget_rows", [](CountedTexts& c) { c.forget_rows(); },
            "Frees what only rows are made of.");
}

template <class Value>
void bind_weights_of(py::module_& module) {
    module.def(
        "weigh_counted",
        [](CountedTexts& counted, const Columns& columns, const Array<Value>& tf_of_count,
           const Array<Value>& idf, bool by_column, const std::optional<std::string>& norm,
           std::optional<int> n_jobs) {
            return weights_of<Value>(counted, columns, by_column, tf_of_count, idf, norm,
                                     quiet_run(n_jobs));
        },
        py::arg("counted"), py::arg("columns"), py::arg("tf_of_count").noconvert(),
        py::arg("idf").noconvert(), py::kw_only(), py::arg("by_column"), py::arg("norm"),
        py::arg("n_jobs") = py::none(),
        "As CountedTexts.rows, each count replaced by its entry in tf_of_count (empty: kept), "
        "times the idf of its column (empty: 1), each row divided by its norm.");
}

}  // namespace

void bind_counts(py::module_& module) {
    bind_term_list(module);
    bind_counted_texts(module);
    bind_weights_of<double>(module);
    bind_weights_of<float>(module);
    module.def(
        "count_texts",
        [](const py::object& texts, const std::string& analyzer, bool lowercase,
           std::pair<int, int> ngram_range, int min_characters, const py::object& stop_words,
           const std::string& locale, bool portable, bool numbered, std::optional<int> n_jobs,
           const py::object& progress) {
            return count(texts,
                         {lowercase, ngram_range.first, ngram_range.second, nullptr,
                          unit_from_python(analyzer), min_characters, portable, locale, numbered},
                         stop_words, border::run_from_python(n_jobs, progress));
        },
        py::arg("texts"), py::kw_only(), py::arg("analyzer") = "word", py::arg("lowercase") = true,
        py::arg("ngram_range") = std::pair{1, 1}, py::arg("min_characters") = 2,
        py::arg("stop_words") = py::tuple(), py::arg("locale") = "", py::arg("portable") = false,
        py::arg("numbered") = true, py::arg("n_jobs") = py::none(),
        py::arg("progress") = py::none(),
        "Counts of scikit-learn's terms in each text; not numbered, they are for hashed rows "
        "only.");
    module.def(
        "count_terms", &count_by_column, py::arg("texts"), py::kw_only(),
        py::arg("n_jobs") = py::none(), py::arg("progress") = py::none(),
        "Counts of scikit-learn's default terms: (terms, (indptr, indices, data)). Terms are "
        "sorted by code point and entries by column.");
}
