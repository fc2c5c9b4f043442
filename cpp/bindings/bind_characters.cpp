// What tells that a text was read wrongly: framelens._core.find_undecoded and function_words.
#include "border.hpp"
#include "framelens/language.hpp"
#include "framelens/tokens_function_words.hpp"
#include "framelens/unicode_undecoded.hpp"

#include <pybind11/stl.h>

namespace py = pybind11;
using namespace framelens;

namespace {

py::array find_undecoded(const py::object& texts) {
    const border::TextViews input = border::views_from_python(texts, "texts");
    std::vector<std::int64_t> found;
    for (std::size_t i = 0; i < input.views.size(); ++i) {
        if (may_be_undecoded(input.views[i])) found.push_back(static_cast<std::int64_t>(i));
    }
    return border::to_array(std::move(found));
}

py::array function_words(const py::object& texts, const Language& language, py::ssize_t first) {
    const border::TextViews input = border::views_from_python(texts, "texts");
    py::list beginnings;
    for (const py::handle text : input.strings) {
        const auto beginning =
            py::reinterpret_steal<py::object>(PyUnicode_Substring(text.ptr(), 0, first));
        if (!beginning) throw py::error_already_set();
        beginnings.append(beginning);
    }
    std::vector<std::int64_t> counts;
    const auto read = border::texts_from_python(beginnings, "texts");
    for (const std::string& text : read) {
        const FunctionWords found = count_function_words(text, language);
        counts.insert(counts.end(), {found.words, found.function});
    }
    return border::to_matrix(std::move(counts), std::ssize(read), 2);
}

}  // namespace

void bind_characters(py::module_& module) {
    module.def("find_undecoded", &find_undecoded, py::arg("texts"),
               "Positions of texts that may have characters that were never decoded.");
    module.def("function_words", &function_words, py::arg("texts"), py::arg("language"),
               py::arg("first"),
               "Words and function words in the first code points of each text: one row a text.");
}
