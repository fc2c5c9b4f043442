// Folding and versions: framelens._core.fold, framelens._core.unicode_versions.
#include "border.hpp"
#include "framelens/unicode.hpp"
#include "framelens/unicode_words.hpp"

#include <pybind11/stl.h>

namespace py = pybind11;
using namespace framelens;

namespace {

std::vector<std::string> fold_texts(const py::object& texts, std::optional<int> n_jobs,
                                    const py::object& progress) {
    const auto input = border::texts_from_python(texts, "texts");
    const Run run = border::run_from_python(n_jobs, progress);
    std::vector<std::string> folded(input.size());
    const py::gil_scoped_release release;
    parallel_for(std::ssize(input), run, 1, [&](std::int64_t begin, std::int64_t end) {
        for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
            folded[i] = fold(input[i]);
        }
    });
    return folded;
}

std::vector<std::string> words_of(const std::string& text, const std::string& locale) {
    std::vector<std::string> words;
    for (const Span word : unicode_words(text, locale)) {
        words.push_back(text.substr(static_cast<std::size_t>(word.start),
                                    static_cast<std::size_t>(word.size())));
    }
    return words;
}

py::tuple word_forms(const py::object& texts, const std::string& locale, std::optional<int> n_jobs,
                     const py::object& progress) {
    const auto input = border::texts_from_python(texts, "texts");
    const Run run = border::run_from_python(n_jobs, progress);
    WordForms found;
    std::vector<std::int64_t> starts;
    std::vector<std::int64_t> ends;
    {
        const py::gil_scoped_release release;
        found = find_words(input, locale, run);
        starts.reserve(found.words.size());
        ends.reserve(found.words.size());
        for (std::size_t w = 0; w < found.words.size();) {
            const std::int64_t text = found.texts[w];
            const CodePointIndex index(input[static_cast<std::size_t>(text)]);
            for (; w < found.words.size() && found.texts[w] == text; ++w) {
                starts.push_back(index.to_code_point(found.words[w].start));
                ends.push_back(index.to_code_point(found.words[w].end));
            }
        }
    }
    const py::dict columns(py::arg("text") = border::to_array(std::move(found.texts)),
                           py::arg("start") = border::to_array(std::move(starts)),
                           py::arg("end") = border::to_array(std::move(ends)),
                           py::arg("form") = border::to_array(std::move(found.form)));
    return py::make_tuple(columns, py::cast(found.forms));
}

}  // namespace

void bind_unicode(py::module_& module) {
    module.def("fold", &fold_texts, py::arg("texts"), py::arg("n_jobs") = py::none(),
               py::arg("progress") = py::none(),
               "The form of each text that is used for matching: NFKC, case-folded, without "
               "accents, with plain quotes, apostrophes, dashes and spaces.");
    module.def(
        "unicode_words",
        [](const py::object& text, const std::string& locale) {
            const auto texts = border::texts_from_python(py::make_tuple(text), "text");
            return words_of(texts.front(), locale);
        },
        py::arg("text"), py::arg("locale") = "", "Words of UAX #29, by ICU's rules for a locale.");
    module.def("find_words", &word_forms, py::arg("texts"), py::arg("locale") = "",
               py::arg("n_jobs") = py::none(), py::arg("progress") = py::none(),
               "Words of UAX #29 of each text, in text order: columns text, start, end (code "
               "points) and form, and the list of forms, each once, as printed.");
    module.def(
        "unicode_versions",
        [] {
            const UnicodeVersions versions = unicode_versions();
            return py::dict(py::arg("ICU") = versions.icu, py::arg("Unicode") = versions.unicode);
        },
        "Versions of ICU and of Unicode that the engine uses.");
}
