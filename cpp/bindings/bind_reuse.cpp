// Variants of quotations and shared copy: framelens._core.find_variants and find_shared.
#include "annotated.hpp"
#include "framelens/reuse.hpp"
#include "framelens/unicode.hpp"

#include <pybind11/stl.h>

namespace py = pybind11;
using namespace framelens;

namespace {

template <class Value>
using Array = py::array_t<Value, py::array::c_style>;

/// A row of the table of quotations, as `Annotations.quotes` numbers them.
struct QuoteRows {
    std::vector<QuotedText> documents;
    std::vector<std::vector<std::int32_t>> rows;  // of each quotation of each document
};

/// What tells documents apart, one of each a document.
struct DocumentKeys {
    std::span<const std::int32_t> events;
    std::vector<std::string> sources;
    std::vector<std::string> ids;
};

QuoteRows quotes_to_compare(const Annotations& annotations, const DocumentKeys& keys,
                            std::span<const std::uint8_t> included) {
    QuoteRows out;
    const std::size_t count = annotations.documents.size();
    if (keys.events.size() != count || keys.sources.size() != count || keys.ids.size() != count) {
        throw py::value_error("one event, source and id a document is needed");
    }
    std::size_t row = 0;
    for (std::size_t i = 0; i < annotations.documents.size(); ++i) {
        const AnnotatedDocument& document = *annotations.documents[i];
        QuotedText quoted{&document.segmented, {}, keys.events[i], keys.sources[i], keys.ids[i]};
        out.rows.emplace_back();
        for (const Quotation& quotation : document.quotes) {
            if (row < included.size() && included[row] != 0) {
                quoted.quotes.push_back(&quotation);
                out.rows.back().push_back(static_cast<std::int32_t>(row));
            }
            ++row;
        }
        out.documents.push_back(std::move(quoted));
    }
    if (row != included.size()) throw py::value_error("one flag a quotation is needed");
    return out;
}

/// Columns of edits; `variant` is the row of the variant.
struct EditColumns {
    std::vector<std::int64_t> variant, start, end, base_start, base_end;
    py::list kind;

    void add(std::int64_t row, const Edit& edit, const border::GivenPlaces& given,
             const border::GivenPlaces& base) {
        const Span here = given.span(edit.span);
        const Span there = base.span(edit.base);
        variant.push_back(row);
        kind.append(name_of(edit.kind));
        start.push_back(here.start);
        end.push_back(here.end);
        base_start.push_back(there.start);
        base_end.push_back(there.end);
    }
    py::dict columns() {
        py::dict out;
        out["variant"] = border::to_array(std::move(variant));
        out["kind"] = kind;
        out["start"] = border::to_array(std::move(start));
        out["end"] = border::to_array(std::move(end));
        out["base_start"] = border::to_array(std::move(base_start));
        out["base_end"] = border::to_array(std::move(base_end));
        return out;
    }
};

/// Tables of variants and of their edits.
py::tuple variant_columns(const std::vector<Variant>& found, const QuoteRows& quotes,
                          const Annotations& annotations) {
    border::Signals signals;
    std::vector<border::GivenPlaces> given;
    for (const auto& document : annotations.documents) {
        signals.look();
        given.emplace_back(*document);
    }
    std::vector<std::int32_t> utterance, doc, quote;
    std::vector<std::int64_t> start, end, base;
    std::vector<double> similarity;
    py::list texts;
    EditColumns edits;
    for (const Variant& variant : found) {
        signals.look();
        const auto at = static_cast<std::size_t>(variant.doc);
        const Variant& origin = found[static_cast<std::size_t>(variant.base)];
        for (const Edit& edit : variant.edits) {
            edits.add(static_cast<std::int64_t>(utterance.size()), edit, given[at],
                      given[static_cast<std::size_t>(origin.doc)]);
        }
        utterance.push_back(variant.utterance);
        doc.push_back(variant.doc);
        quote.push_back(quotes.rows[at][static_cast<std::size_t>(variant.quote)]);
        const Span span = given[at].span(variant.span);
        start.push_back(span.start);
        end.push_back(span.end);
        base.push_back(variant.base);
        similarity.push_back(variant.similarity);
        texts.append(given[at].at(variant.span));
    }
    py::dict out;
    out["utterance"] = border::to_array(std::move(utterance));
    out["doc"] = border::to_array(std::move(doc));
    out["start"] = border::to_array(std::move(start));
    out["end"] = border::to_array(std::move(end));
    out["text"] = texts;
    out["similarity"] = border::to_array(std::move(similarity));
    out["quote"] = border::to_array(std::move(quote));
    out["base"] = border::to_array(std::move(base));
    return py::make_tuple(out, edits.columns());
}

py::tuple variants(const Annotations& annotations, const py::dict& documents,
                   const Array<std::uint8_t>& included, std::optional<int> n_jobs,
                   const py::object& progress) {
    const auto events = documents["event"].cast<Array<std::int32_t>>();
    const DocumentKeys keys{border::to_span(events),
                            border::texts_from_python(documents["source"], "source"),
                            border::texts_from_python(documents["id"], "id")};
    const QuoteRows quotes = quotes_to_compare(annotations, keys, border::to_span(included));
    const Run run = border::run_from_python(n_jobs, progress);
    std::vector<Variant> found;
    {
        const py::gil_scoped_release release;
        found = find_variants(quotes.documents, run);
    }
    return variant_columns(found, quotes, annotations);
}

struct SharedColumns {
    std::vector<std::int32_t> a, b;
    std::vector<std::int64_t> words_a, words_b, shared_a, shared_b;
    std::vector<std::int64_t> pair, start_a, end_a, start_b, end_b;

    void add(const SharedText& shared) {
        for (const SharedSpan& span : shared.spans) {
            pair.push_back(static_cast<std::int64_t>(a.size()));
            start_a.push_back(span.a.start);
            end_a.push_back(span.a.end);
            start_b.push_back(span.b.start);
            end_b.push_back(span.b.end);
        }
        a.push_back(shared.a);
        b.push_back(shared.b);
        words_a.push_back(shared.words_a);
        words_b.push_back(shared.words_b);
        shared_a.push_back(shared.shared_a);
        shared_b.push_back(shared.shared_b);
    }
    py::tuple columns() {
        py::dict pairs, spans;
        pairs["a"] = border::to_array(std::move(a));
        pairs["b"] = border::to_array(std::move(b));
        pairs["words_a"] = border::to_array(std::move(words_a));
        pairs["words_b"] = border::to_array(std::move(words_b));
        pairs["shared_a"] = border::to_array(std::move(shared_a));
        pairs["shared_b"] = border::to_array(std::move(shared_b));
        spans["pair"] = border::to_array(std::move(pair));
        spans["start_a"] = border::to_array(std::move(start_a));
        spans["end_a"] = border::to_array(std::move(end_a));
        spans["start_b"] = border::to_array(std::move(start_b));
        spans["end_b"] = border::to_array(std::move(end_b));
        return py::make_tuple(pairs, spans);
    }
};

py::tuple shared(const py::object& texts, double threshold, int run_length,
                 std::optional<int> n_jobs, const py::object& progress) {
    if (run_length < 2) throw py::value_error("run is 2 words or more");
    // Units of Python's strings are code points, and so are the spans.
    const border::TextViews input = border::views_from_python(texts, "texts");
    const Run run = border::run_from_python(n_jobs, progress);
    SharedColumns columns;
    {
        const py::gil_scoped_release release;
        for (const SharedText& pair : find_shared(input.views, {threshold, run_length}, run)) {
            columns.add(pair);
        }
    }
    return columns.columns();
}

}  // namespace

void bind_reuse(py::module_& module) {
    module.def("find_variants", &variants, py::arg("annotations"), py::arg("documents"),
               py::arg("included"), py::arg("n_jobs") = py::none(),
               py::arg("progress") = py::none(),
               "Quotations that are one utterance: a table of variants and one of their edits.");
    module.def("find_shared", &shared, py::arg("texts"), py::kw_only(), py::arg("threshold"),
               py::arg("run"), py::arg("n_jobs") = py::none(), py::arg("progress") = py::none(),
               "Pairs of texts that share copy: a table of pairs and one of shared spans.");
}
