// What speaks for each who may have said a quotation: speakers.json. Internal to the room `json_io`.
#pragma once

#include "framelens/speaker_weights.hpp"
#include "reader.hpp"

namespace framelens {

[[nodiscard]] SpeakerWeights read_speakers(const JsonNode& node);

}  // namespace framelens
