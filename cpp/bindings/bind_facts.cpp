// Figures and dates: framelens._core.FactLanguage, find_figures and find_dates.
#include "annotated.hpp"
#include "border.hpp"
#include "framelens/annotations.hpp"
#include "framelens/facts.hpp"
#include "framelens/json_io.hpp"
#include "framelens/unicode.hpp"

#include <pybind11/stl.h>
#include <array>
#include <iterator>
#include <limits>

namespace py = pybind11;
using namespace framelens;

namespace {

using Positions = std::vector<std::optional<std::int64_t>>;

/// What is found in each document, in the documents' order. A language other than the one that
/// the corpus was read in reads the texts anew, without word classes.
template <class Found, class Find>
std::vector<std::vector<Found>> find_in(const Annotations& annotations, const FactLanguage& facts,
                                        std::optional<int> n_jobs, Find find) {
    const Run run = border::run_from_python(n_jobs, py::none());
    std::vector<std::vector<Found>> found(annotations.documents.size());
    const py::gil_scoped_release release;
    const Language plain;
    const bool same = facts.code == annotations.language->code;
    parallel_for(
        static_cast<std::int64_t>(found.size()), run, 16,
        [&](std::int64_t begin, std::int64_t end) {
            for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
                const AnnotatedDocument& document = *annotations.documents[i];
                found[i] = same ? find(document.segmented) : find(read_text(document.text, plain));
            }
        });
    return found;
}

Span trimmed(const std::string& text, Span span) {
    while (span.end > span.start && text[static_cast<std::size_t>(span.end - 1)] == ' ') --span.end;
    return span;
}

std::string bytes_at(const std::string& text, Span span) {
    return text.substr(static_cast<std::size_t>(span.start), static_cast<std::size_t>(span.size()));
}

std::optional<std::string> shown(std::string text) {
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

py::dict figures(const Annotations& annotations, const FactLanguage& facts,
                 std::optional<int> n_jobs) {
    const auto found = find_in<Figure>(annotations, facts, n_jobs, [&](const SegmentedText& text) {
        return find_figures(text, facts, find_dates(text, facts));
    });
    border::SpanColumns spans;
    py::list texts, comparators;
    std::vector<double> values, uppers;
    std::vector<std::optional<std::string>> units, nouns;
    border::Signals signals;
    for (std::size_t i = 0; i < found.size(); ++i) {
        signals.look();
        const std::string& text = annotations.documents[i]->text;
        const border::GivenPlaces given(*annotations.documents[i]);
        for (const Figure& figure : found[i]) {
            const Span span = trimmed(text, figure.span);
            spans.add(i, given, span);
            texts.append(given.at(span));
            comparators.append(name_of(figure.comparator));
            values.push_back(figure.value);
            uppers.push_back(figure.upper.value_or(std::numeric_limits<double>::quiet_NaN()));
            units.push_back(shown(figure.unit));
            nouns.push_back(figure.noun ? shown(bytes_at(text, *figure.noun)) : std::nullopt);
        }
    }
    py::dict out;
    spans.move_into(out);
    out["text"] = texts;
    out["comparator"] = comparators;
    out["value"] = border::to_array(std::move(values));
    out["upper"] = border::to_array(std::move(uppers));
    out["unit"] = border::to_optional_texts(units);
    out["noun"] = border::to_optional_texts(nouns);
    return out;
}

std::optional<std::int64_t> wide(std::optional<int> value) {
    return value ? std::optional<std::int64_t>(*value) : std::nullopt;
}

/// What is known of each date, a column each.
class DateColumns {
public:
    void add(const DateMention& date) {
        values_.push_back(shown(partial_iso(date)));
        senses_.push_back(date.sense ? shown(std::string(name_of(*date.sense))) : std::nullopt);
        orders_.push_back(date.order ? shown(std::string(name_of(*date.order))) : std::nullopt);
        impossible_.push_back(date.impossible ? 1 : 0);
        const std::optional<int> parts[] = {date.year,    date.month,      date.day,
                                            date.last,    date.last_month, date.last_year,
                                            date.weekday, date.offset,     date.year_shift};
        for (std::size_t i = 0; i < std::size(names); ++i) parts_[i].push_back(wide(parts[i]));
    }

    void move_into(py::dict& out) {
        out["value"] = border::to_optional_texts(values_);
        for (std::size_t i = 0; i < std::size(names); ++i) {
            out[names[i]] = border::to_optional_pair(parts_[i]);
        }
        out["sense"] = border::to_optional_texts(senses_);
        out["order"] = border::to_optional_texts(orders_);
        out["impossible"] = border::to_array(std::move(impossible_));
    }

private:
    static constexpr const char* names[] = {"year",    "month",      "day",
                                            "last",    "last_month", "last_year",
                                            "weekday", "offset",     "year_shift"};
    std::vector<std::optional<std::string>> values_, senses_, orders_;
    std::array<Positions, std::size(names)> parts_;
    std::vector<std::uint8_t> impossible_;
};

py::dict dates(const Annotations& annotations, const FactLanguage& facts,
               std::optional<int> n_jobs) {
    const auto found =
        find_in<DateMention>(annotations, facts, n_jobs,
                             [&](const SegmentedText& text) { return find_dates(text, facts); });
    border::SpanColumns spans;
    py::list texts;
    DateColumns columns;
    border::Signals signals;
    for (std::size_t i = 0; i < found.size(); ++i) {
        signals.look();
        const border::GivenPlaces given(*annotations.documents[i]);
        for (const DateMention& date : found[i]) {
            spans.add(i, given, date.span);
            texts.append(given.at(date.span));
            columns.add(date);
        }
    }
    py::dict out;
    spans.move_into(out);
    out["text"] = texts;
    columns.move_into(out);
    return out;
}

FactLanguage facts_from_python(const py::object& text) {
    return facts_from_json(border::texts_from_python(py::make_tuple(text), "text").front());
}

}  // namespace

void bind_facts(py::module_& module) {
    py::class_<FactLanguage>(module, "FactLanguage", "The words of figures and dates.")
        .def_static("from_json", &facts_from_python, py::arg("text"),
                    "Reads the words; SchemaError says where the JSON breaks a rule.")
        .def_readonly("code", &FactLanguage::code, "BCP 47 code.")
        .def_property_readonly(
            "order", [](const FactLanguage& facts) { return name_of(facts.order); },
            "Which number of 3/4/2025 comes first: day_first, month_first or either.")
        .def_property_readonly(
            "synonyms",
            [](const FactLanguage& facts) {
                py::dict out;
                for (const auto& [word, first] : facts.synonyms) out[py::str(word)] = first;
                return out;
            },
            "Folded words that name one thing, to the first of them.");
    module.def("find_figures", &figures, py::arg("annotations"), py::arg("language"),
               py::arg("n_jobs") = py::none(), "Numbers with what they count, one row each.");
    module.def("find_dates", &dates, py::arg("annotations"), py::arg("language"),
               py::arg("n_jobs") = py::none(), "Dates as printed, one row each.");
}
