// What the bindings of annotated corpora share: columns of spans, targets, speakers as shown.
#pragma once

#include "border.hpp"
#include "framelens/annotations.hpp"
#include "framelens/mentions.hpp"
#include "framelens/unicode.hpp"

#include <pybind11/stl.h>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace framelens::border {

/// Places of a document as they are shown: in the text that was given, in code points.
class GivenPlaces {
public:
    explicit GivenPlaces(const AnnotatedDocument& document)
        : given_(&document.given), text_(document.given.text(document.text)), index_(text_) {}

    [[nodiscard]] Span span(Span plain) const noexcept {
        const Span place = given_->place_of(plain);
        return {index_.to_code_point(place.start), index_.to_code_point(place.end)};
    }
    /// A span of the given text.
    [[nodiscard]] Span code_points(Span given) const noexcept {
        return {index_.to_code_point(given.start), index_.to_code_point(given.end)};
    }
    /// What was printed there.
    [[nodiscard]] std::string_view at(Span plain) const noexcept {
        const Span place = given_->place_of(plain);
        return text_.substr(static_cast<std::size_t>(place.start),
                            static_cast<std::size_t>(place.size()));
    }

private:
    const GivenText* given_;
    std::string_view text_;
    CodePointIndex index_;
};

/// Columns that every table of spans has, filled document by document in code points.
struct SpanColumns {
    std::vector<std::int32_t> doc;
    std::vector<std::int64_t> start;
    std::vector<std::int64_t> end;

    void add(std::size_t document, const GivenPlaces& given, Span plain) {
        const Span span = given.span(plain);
        doc.push_back(static_cast<std::int32_t>(document));
        start.push_back(span.start);
        end.push_back(span.end);
    }
    void move_into(py::dict& out) {
        out["doc"] = to_array(std::move(doc));
        out["start"] = to_array(std::move(start));
        out["end"] = to_array(std::move(end));
    }
};

/// Calls `visit(i, document, index)` with the GIL; signals are heard between documents.
template <class Visit>
void for_documents(const Annotations& annotations, Visit visit) {
    Signals signals;
    for (std::size_t i = 0; i < annotations.documents.size(); ++i) {
        signals.look();
        const AnnotatedDocument& document = *annotations.documents[i];
        visit(i, document, GivenPlaces(document));
    }
}

/// A text, missing where it is empty.
[[nodiscard]] inline std::optional<std::string> shown(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

[[nodiscard]] inline std::vector<Target> targets_from_python(const py::list& targets) {
    std::vector<Target> out;
    for (const py::handle item : targets) {
        const auto target = py::cast<py::dict>(item);
        out.push_back({py::cast<std::string>(target["name"]),
                       py::cast<std::vector<std::string>>(target["aliases"]),
                       py::cast<std::vector<std::string>>(target["describes"]),
                       py::cast<std::vector<std::string>>(target["nouns"])});
    }
    return out;
}

/// The speaker as shown: the target's name where the speaker is one.
[[nodiscard]] inline std::optional<std::string> speaker_name(const std::optional<Speaker>& speaker,
                                                             const TargetTable& table,
                                                             const std::vector<Target>& targets) {
    if (!speaker) return std::nullopt;
    if (speaker->entity) {
        const auto target = table.of_entity[static_cast<std::size_t>(*speaker->entity)];
        if (target) return targets[static_cast<std::size_t>(*target)].name;
    }
    return shown(speaker->name);
}

}  // namespace framelens::border
