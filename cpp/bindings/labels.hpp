// What the bindings of labels share: columns of few texts, and the documents that have labels.
#pragma once

#include "annotated.hpp"
#include "framelens/annotations_labels.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace framelens::border {

using Texts = std::vector<std::optional<std::string>>;

/// A column of few different texts: each is made once.
class NameColumn {
public:
    void push_back(std::string_view name) {
        const auto found = made_.find(name);
        if (found != made_.end()) {
            column_.append(found->second);
            return;
        }
        py::str text(name.data(), name.size());
        column_.append(text);
        made_.emplace(name, std::move(text));
    }
    [[nodiscard]] const py::list& list() const noexcept { return column_; }

private:
    py::list column_;
    std::unordered_map<std::string_view, py::str> made_;  // views of what outlives the column
};

[[nodiscard]] inline std::optional<std::string> shown(std::optional<Distance> distance) {
    return distance ? std::optional(std::string(name_of(*distance))) : std::nullopt;
}

/// Calls `visit(i, labels, given)` for the documents that say something of the targets.
template <class Visit>
void for_labels(TargetLabels& labels, const std::vector<std::string>& terms, Visit visit) {
    const Run run = run_from_python(std::nullopt, py::none());
    const auto& found = labels.find({terms.begin(), terms.end()}, run);
    Signals signals;
    for (std::size_t i = 0; i < found.size(); ++i) {
        signals.look();
        if (found[i].namings.empty() && found[i].mentions.empty()) continue;
        const AnnotatedDocument& document = *labels.annotations().documents[i];
        visit(i, found[i], GivenPlaces(document));
    }
}

}  // namespace framelens::border
