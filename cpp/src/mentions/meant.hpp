// Which target a reference means where names of several share a bearer. Internal to `mentions`.
#pragma once

#include "framelens/mentions.hpp"

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace framelens::mentions_detail {

/// The targets that the references of one document mean.
/// A bearer is mostly one target's. "Ana Ruiz" and "Ana Ruiz Lopez" may be one to the corpus and two
/// to the user: then a name means the one whose words it has, and what the words leave open means
/// whom a name of that bearer meant last.
class Meant {
public:
    Meant(const Annotated& document, const TargetTable& targets);

    /// Requires a reference of the document.
    [[nodiscard]] std::optional<std::int32_t> by(const Reference& reference) const;

private:
    [[nodiscard]] std::optional<std::int32_t> by_words(const Reference& reference,
                                                       const TargetTable::Names& names) const;

    const Annotated& document_;
    const TargetTable& targets_;
    std::vector<std::optional<std::int32_t>> of_shared_;  // by reference; empty if none is shared
};

}  // namespace framelens::mentions_detail
