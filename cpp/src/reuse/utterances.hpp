// Wordings joined into utterances, and which units of which documents print each.
#pragma once

#include "framelens/types_positions.hpp"

#include "forest.hpp"
#include "units.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

namespace framelens {

/// Joins cost no more than the smaller of the two, so that an utterance of many wordings takes
/// time linear in them, but for a logarithm.
class Utterances {
public:
    /// `units_of` are the units of each wording. Views of what the caller keeps alive.
    Utterances(const std::vector<Unit>& units, std::vector<std::span<const std::int32_t>> units_of)
        : units_(&units),
          units_of_(std::move(units_of)),
          forest_(units_of_.size()),
          by_document_(units_of_.size()) {}

    /// The number of the utterance that a wording belongs to.
    [[nodiscard]] std::int32_t find(std::int32_t wording) { return forest_.find(wording); }

    void join(std::int32_t a, std::int32_t b) {
        a = find(a);
        b = find(b);
        if (a == b) return;
        ByDocument& first = documents_of(a);
        ByDocument& second = documents_of(b);
        if (first.size() < second.size()) first.swap(second);
        for (const auto& [document, units] : second) {
            auto& own = first[document];
            own.insert(own.end(), units.begin(), units.end());
        }
        auto all = std::move(by_document_[at(a)]);
        by_document_[at(b)].reset();
        forest_.join(a, b);
        by_document_[at(find(a))] = std::move(all);
    }

    /// True if `clash(unit of a, unit of b)` for two units of one document.
    template <class Clash>
    [[nodiscard]] bool any_in_one_document(std::int32_t a, std::int32_t b, const Clash& clash) {
        const ByDocument& first = documents_of(find(a));
        const ByDocument& second = documents_of(find(b));
        const bool fewer = first.size() < second.size();
        const ByDocument& more = fewer ? second : first;
        for (const auto& [document, units] : fewer ? first : second) {
            const auto found = more.find(document);
            if (found == more.end()) continue;
            for (const std::int32_t unit : units) {
                for (const std::int32_t other : found->second) {
                    if (fewer ? clash(unit, other) : clash(other, unit)) return true;
                }
            }
        }
        return false;
    }

private:
    using ByDocument = std::unordered_map<std::int32_t, std::vector<std::int32_t>>;

    /// Made when first asked for: most wordings are never joined.
    ByDocument& documents_of(std::int32_t root) {
        auto& made = by_document_[at(root)];
        if (!made) {
            made = std::make_unique<ByDocument>();
            for (const std::int32_t unit : units_of_[at(root)]) {
                (*made)[(*units_)[at(unit)].doc].push_back(unit);
            }
        }
        return *made;
    }

    const std::vector<Unit>* units_;
    std::vector<std::span<const std::int32_t>> units_of_;
    Forest forest_;
    std::vector<std::unique_ptr<ByDocument>> by_document_;
};

}  // namespace framelens
