// Annotated corpora: framelens._core.annotate and framelens._core.Annotations.
#include "annotated.hpp"
#include "framelens/language.hpp"
#include "framelens/unicode.hpp"

#include <limits>

namespace py = pybind11;
using namespace framelens;

namespace {

using Texts = std::vector<std::optional<std::string>>;
using Positions = std::vector<std::optional<std::int64_t>>;

using border::for_documents;
using border::GivenPlaces;
using border::shown;
using border::SpanColumns;

struct ZoneRow {
    Span given;  // bytes of the given text
    ZoneKind kind;
    bool duplicate;
};

/// The zones of one document, cut where something of another kind was left out of a line.
class ZoneRows {
public:
    explicit ZoneRows(const AnnotatedDocument& document)
        : document_(document),
          given_(document.given.text(document.text)),
          next_(document.left_out.begin()) {
        for (const Zone& zone : document.segmented.zones) add_zone(zone);
        add_left_out_until(std::numeric_limits<std::int64_t>::max());
    }
    [[nodiscard]] const std::vector<ZoneRow>& all() const noexcept { return rows_; }

private:
    void add_zone(const Zone& zone) {
        Span rest = zone.span;
        add_left_out_until(rest.start + 1);
        while (next_ != document_.left_out.end() && next_->at < rest.end) {
            add_part({rest.start, next_->at}, zone);
            rest.start = next_->at;
            add_left_out_until(rest.start + 1);
            while (rest.size() > 0 && document_.segmented.at(rest).front() == ' ') ++rest.start;
        }
        add_part(rest, zone);
    }
    void add_part(Span plain, const Zone& zone) {
        add({document_.given.place_of(plain), zone.kind, zone.duplicate});
    }
    void add_left_out_until(std::int64_t end) {
        for (; next_ != document_.left_out.end() && next_->at < end; ++next_) {
            add({next_->given, next_->kind, false});
        }
    }
    /// Parts of one kind, with blanks between them, are one.
    void add(const ZoneRow& row) {
        if (row.given.size() == 0) return;
        const bool same = !rows_.empty() && rows_.back().kind == row.kind &&
                          rows_.back().duplicate == row.duplicate;
        if (same && is_blank(rows_.back().given.end, row.given.start)) {
            rows_.back().given.end = row.given.end;
        } else {
            rows_.push_back(row);
        }
    }
    [[nodiscard]] bool is_blank(std::int64_t start, std::int64_t end) const {
        for (std::int64_t at = start; at < end;) {
            const CodePoint c = decode(given_, at);
            if (!is_space(c.value) || c.value == '\n' || c.value == '\r') return false;
            at += c.bytes;
        }
        return true;
    }

    const AnnotatedDocument& document_;
    std::string_view given_;
    std::vector<LeftOut>::const_iterator next_;
    std::vector<ZoneRow> rows_;
};

py::dict zones(const Annotations& annotations) {
    SpanColumns spans;
    py::list kinds;
    std::vector<std::uint8_t> duplicate;
    for_documents(annotations,
                  [&](std::size_t i, const AnnotatedDocument& document, const GivenPlaces& given) {
                      const ZoneRows rows(document);
                      for (const ZoneRow& row : rows.all()) {
                          const Span printed = given.code_points(row.given);
                          spans.doc.push_back(static_cast<std::int32_t>(i));
                          spans.start.push_back(printed.start);
                          spans.end.push_back(printed.end);
                          kinds.append(name_of(row.kind));
                          duplicate.push_back(row.duplicate ? 1 : 0);
                      }
                  });
    py::dict out;
    spans.move_into(out);
    out["zone"] = kinds;
    out["duplicate"] = border::to_bool_array(std::move(duplicate));
    return out;
}

py::dict soft_breaks(const Annotations& annotations) {
    std::vector<std::int32_t> doc;
    std::vector<std::int64_t> start, end;
    std::vector<std::uint8_t> joins_word;
    for (std::size_t i = 0; i < annotations.documents.size(); ++i) {
        const AnnotatedDocument& document = *annotations.documents[i];
        if (document.soft_breaks.empty()) continue;
        const CodePointIndex index(document.given.text(document.text));
        for (const SoftBreak& found : document.soft_breaks) {
            doc.push_back(static_cast<std::int32_t>(i));
            start.push_back(index.to_code_point(found.span.start));
            end.push_back(index.to_code_point(found.span.end));
            joins_word.push_back(found.joins_word ? 1 : 0);
        }
    }
    py::dict out;
    out["doc"] = border::to_array(std::move(doc));
    out["start"] = border::to_array(std::move(start));
    out["end"] = border::to_array(std::move(end));
    out["joins_word"] = border::to_bool_array(std::move(joins_word));
    return out;
}

py::dict sentences(const Annotations& annotations) {
    SpanColumns spans;
    std::vector<std::int32_t> paragraphs;
    for_documents(annotations,
                  [&](std::size_t i, const AnnotatedDocument& document, const GivenPlaces& given) {
                      for (const Sentence& sentence : document.segmented.segments.sentences) {
                          spans.add(i, given, sentence.span);
                          paragraphs.push_back(sentence.paragraph);
                      }
                  });
    py::dict out;
    spans.move_into(out);
    out["paragraph"] = border::to_array(std::move(paragraphs));
    return out;
}

py::array words(const Annotations& annotations) {
    std::vector<std::int64_t> counts;
    border::Signals signals;
    for (const auto& document : annotations.documents) {
        signals.look();
        counts.push_back(count_words(document->segmented));
    }
    return border::to_array(std::move(counts));
}

/// The columns of a quotation's speaker and cue.
struct AttributionColumns {
    Texts speaker, cue, lemma, stance;
    Positions speaker_start, speaker_end, cue_start, cue_end;

    static void add_span(Positions& starts, Positions& ends, const GivenPlaces& given,
                         std::optional<Span> plain) {
        const auto span = plain ? std::optional(given.span(*plain)) : std::nullopt;
        starts.push_back(span ? std::optional(span->start) : std::nullopt);
        ends.push_back(span ? std::optional(span->end) : std::nullopt);
    }
    void add(const Quotation& quotation, const GivenPlaces& given) {
        const auto& who = quotation.speaker;
        const auto& verb = quotation.cue;
        speaker.push_back(who ? shown(who->name) : std::nullopt);
        add_span(speaker_start, speaker_end, given, who ? who->words : std::nullopt);
        cue.push_back(verb ? std::optional(std::string(given.at(verb->words))) : std::nullopt);
        lemma.push_back(verb ? std::optional(verb->lemma) : std::nullopt);
        stance.push_back(verb ? std::optional(std::string(name_of(verb->stance))) : std::nullopt);
        add_span(cue_start, cue_end, given, verb ? std::optional(verb->words) : std::nullopt);
    }
    void move_into(py::dict& out) const {
        out["speaker"] = border::to_optional_texts(speaker);
        out["speaker_start"] = border::to_optional_pair(speaker_start);
        out["speaker_end"] = border::to_optional_pair(speaker_end);
        out["cue"] = border::to_optional_texts(cue);
        out["lemma"] = border::to_optional_texts(lemma);
        out["stance"] = border::to_optional_texts(stance);
        out["cue_start"] = border::to_optional_pair(cue_start);
        out["cue_end"] = border::to_optional_pair(cue_end);
    }
};

py::dict quotes(const Annotations& annotations) {
    SpanColumns spans;
    AttributionColumns attribution;
    py::list kinds, zone_names, texts;
    std::vector<std::int32_t> nested;
    for_documents(annotations,
                  [&](std::size_t i, const AnnotatedDocument& document, const GivenPlaces& given) {
                      for (const Quotation& quotation : document.quotes) {
                          spans.add(i, given, quotation.span);
                          texts.append(given.at(quotation.span));
                          kinds.append(name_of(quotation.kind));
                          attribution.add(quotation, given);
                          zone_names.append(name_of(quotation.zone));
                          nested.push_back(quotation.depth);
                      }
                  });
    py::dict out;
    spans.move_into(out);
    out["text"] = texts;
    out["kind"] = kinds;
    attribution.move_into(out);
    out["zone"] = zone_names;
    out["nested"] = border::to_array(std::move(nested));
    return out;
}

py::dict voice(const Annotations& annotations) {
    SpanColumns spans;
    Texts speakers;
    for_documents(annotations, [&](std::size_t i, const AnnotatedDocument& document,
                                   const GivenPlaces& given) {
        for (const Quotation& quotation : document.quotes) {
            if (quotation.kind != QuoteKind::direct && quotation.kind != QuoteKind::partial) {
                continue;
            }
            const auto& marks = document.segmented.marks;
            spans.add(i, given, marks[static_cast<std::size_t>(*quotation.mark)].outer);
            speakers.push_back(quotation.speaker ? shown(quotation.speaker->name) : std::nullopt);
        }
    });
    py::dict out;
    spans.move_into(out);
    out["speaker"] = border::to_optional_texts(speakers);
    return out;
}

py::dict reported(const Annotations& annotations) {
    SpanColumns spans;
    for_documents(annotations,
                  [&](std::size_t i, const AnnotatedDocument& document, const GivenPlaces& given) {
                      for (const Quotation& quotation : document.quotes) {
                          // What a verb of saying has as its object is the writer's own words.
                          if (quotation.kind == QuoteKind::indirect && quotation.is_clause) {
                              spans.add(i, given, quotation.span);
                          }
                      }
                  });
    py::dict out;
    spans.move_into(out);
    return out;
}

py::dict names(const Annotations& annotations) {
    py::list shown_names, kinds;
    std::vector<std::int64_t> counts;
    border::Signals signals;
    for (const CorpusEntity& entity : annotations.names.entities) {
        signals.look();
        shown_names.append(entity.name);
        kinds.append(name_of(entity.kind));
        counts.push_back(entity.count);
    }
    py::dict out;
    out["name"] = shown_names;
    out["kind"] = kinds;
    out["count"] = border::to_array(std::move(counts));
    return out;
}

std::unique_ptr<Annotations> annotate_from_python(
    const py::object& texts, const py::object& sources, const Language& language,
    std::optional<int> n_jobs, const py::object& progress, std::vector<std::int64_t> title_ends) {
    auto read = border::texts_from_python(texts, "texts");
    const KnownOfTexts known{border::texts_from_python(sources, "sources"), std::move(title_ends)};
    const Run run = border::run_from_python(n_jobs, progress);
    const auto kept = std::make_shared<const Language>(language);
    const py::gil_scoped_release release;
    return annotate(std::move(read), known, kept, run);
}

}  // namespace

void bind_annotations(py::module_& module) {
    py::class_<Annotations>(module, "Annotations", "Everything the engine read in a corpus.")
        .def("zones", &zones, "Marked lines: doc, start, end, zone, duplicate.")
        .def("soft_breaks", &soft_breaks,
             "Line ends inside paragraphs: doc, start, end, joins_word.")
        .def("words", &words, "Words and numbers of each document.")
        .def("sentences", &sentences,
             "Sentences: doc, start, end, paragraph (counts from 0 in its document).")
        .def("quotes", &quotes, "Quotations and indirect speech, one row each.")
        .def("voice", &voice,
             "Direct and partial quotations with their marks: doc, start, end, "
             "speaker.")
        .def("reported", &reported, "Clauses of indirect speech: doc, start, end.")
        .def("names", &names, "Bearers of names over the corpus: name, kind, count.");
    module.def("annotate", &annotate_from_python, py::arg("texts"), py::arg("sources"),
               py::arg("language"), py::arg("n_jobs") = py::none(),
               py::arg("progress") = py::none(), py::kw_only(),
               py::arg("title_ends") = std::vector<std::int64_t>{},
               "Reads a corpus. `title_ends`: bytes at the start of each text that are its title.");
}
