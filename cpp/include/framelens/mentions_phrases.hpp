// Which labels and mentions of a document are one: a name with its title, apposition or predicate.
#pragma once

#include "framelens/mentions.hpp"

#include <cstdint>
#include <vector>

namespace framelens {

/// Numbers of phrases; what has one number speaks of a target once. A label that stands with no
/// mention has a number of its own.
/// Shapes: one entry a label, one a mention.
struct PhraseNumbers {
    std::vector<std::int32_t> of_naming;
    std::vector<std::int32_t> of_mention;
};

/// "Karol Varga, the dictator, left" and "Dictator Karol Varga left" have one phrase each.
/// Shapes: labels and mentions of one document in text order. Cost: linear.
[[nodiscard]] PhraseNumbers number_phrases(const SegmentedText& text,
                                           const std::vector<Naming>& namings,
                                           const std::vector<TargetMention>& mentions);

}  // namespace framelens
