// How much speaks for each who may have said a quotation. No feature is a word.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace framelens {

inline constexpr int speaker_weight_unit = 16;  // a weight of 1 in the logit
inline constexpr std::size_t speaker_feature_count = 1561;

/// A linear model: the sum of the weights of a candidate's features is his score. Whole numbers, so
/// that scores are the same on every machine. tools/train_speakers.py learns them.
struct SpeakerWeights {
    std::vector<std::int8_t> of;  // a feature each; empty: the rules alone say who speaks
    std::int32_t least = 0;       // how far somebody must be ahead of whom the rules found
};

}  // namespace framelens
