// Plain texts and the way back to those that were given: framelens._core.PlainTexts.
#include "border.hpp"
#include "framelens/unicode.hpp"
#include "framelens/unicode_plain.hpp"

#include <pybind11/stl.h>
#include <unordered_map>

namespace py = pybind11;
using namespace framelens;

namespace {

/// A text that had to be rewritten.
struct Rewritten {
    std::string plain;
    GivenText given;
};

/// Both texts' code points.
struct Places {
    explicit Places(const Rewritten& text)
        : given(&text.given), before(text.given.text(text.plain)), after(text.plain) {}

    [[nodiscard]] Span place_of(Span plain) const noexcept {
        const Span place = given->place_of({after.to_byte(plain.start), after.to_byte(plain.end)});
        return {before.to_code_point(place.start), before.to_code_point(place.end)};
    }

    const GivenText* given;
    CodePointIndex before;
    CodePointIndex after;
};

class PlainTexts {
public:
    explicit PlainTexts(const py::object& texts) {
        const border::TextViews input = border::views_from_python(texts, "texts");
        texts_ = input.strings;
        for (std::size_t i = 0; i < input.views.size(); ++i) {
            if (is_plain(input.views[i])) continue;
            const auto at = static_cast<py::ssize_t>(i);
            Rewritten text{border::texts_from_python(py::make_tuple(texts_[at]), "texts").front(),
                           {}};
            text.given = make_plain(text.plain);
            if (text.given.is_plain()) continue;
            texts_[at] = py::str(text.plain);
            rewritten_.emplace(static_cast<std::int64_t>(i), std::move(text));
        }
    }

    [[nodiscard]] py::list texts() const { return texts_; }

    using Numbers = py::array_t<std::int64_t, py::array::c_style | py::array::forcecast>;

    [[nodiscard]] py::tuple given_spans(const Numbers& doc, const Numbers& start,
                                        const Numbers& end) const {
        const auto docs = border::to_span(doc);
        const auto starts = border::to_span(start);
        const auto ends = border::to_span(end);
        if (starts.size() != docs.size() || ends.size() != docs.size()) {
            throw py::value_error("doc, start and end differ in length");
        }
        std::vector<std::int64_t> from(starts.begin(), starts.end());
        std::vector<std::int64_t> to(ends.begin(), ends.end());
        std::unordered_map<std::int64_t, Places> places;
        for (std::size_t i = 0; i < docs.size(); ++i) {
            const auto found = rewritten_.find(docs[i]);
            if (found == rewritten_.end()) continue;
            const Places& of_text = places.try_emplace(docs[i], found->second).first->second;
            const Span span = of_text.place_of({from[i], to[i]});
            from[i] = span.start;
            to[i] = span.end;
        }
        return py::make_tuple(border::to_array(std::move(from)), border::to_array(std::move(to)));
    }

private:
    py::list texts_;
    std::unordered_map<std::int64_t, Rewritten> rewritten_;
};

}  // namespace

void bind_plain(py::module_& module) {
    py::class_<PlainTexts>(module, "PlainTexts",
                           "Texts in NFC, without what is not seen, and with equal spaces.")
        .def_static(
            "of", [](const py::object& texts) { return PlainTexts(texts); }, py::arg("texts"),
            "The plain texts of an iterable of str.")
        // A pointer to a member would be called for None, too.
        .def_property_readonly(
            "texts", [](const PlainTexts& plain) { return plain.texts(); },
            "The plain texts; a text that is plain is the given object itself.")
        .def(
            "given_spans",
            [](const PlainTexts& plain, const PlainTexts::Numbers& doc,
               const PlainTexts::Numbers& start,
               const PlainTexts::Numbers& end) { return plain.given_spans(doc, start, end); },
            py::arg("doc"), py::arg("start"), py::arg("end"),
            "Where spans of the plain texts stand in those that were given: (start, end).");
}
