// One natural language, as data. Files are read in json_io; no room reads JSON.
#pragma once

#include "framelens/phrases.hpp"
#include "framelens/reference_weights.hpp"
#include "framelens/speaker_weights.hpp"
#include "framelens/word_endings.hpp"
#include "framelens/word_table.hpp"
#include "framelens/zone_words.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace framelens {

/// One language, built from its JSON file. Keys of `words` are folded by unicode's `fold`.
struct Language {
    std::string code;  // BCP 47, e.g. "en"
    std::string version;
    WordTable words;
    std::vector<std::string> nations;  // names as printed, e.g. "Venezuela"
    WordTable abbreviations;           // folded, with their full stop: "mr.", "u.s.", "jan."
    std::vector<std::string> demonym_endings;  // "-ian": makes an adjective of a place's name
    PhraseSet long_nations;                    // nation words of two words and more
    std::vector<std::string> consorts;  // roles of who is somebody's wife or child: "first lady"
    PhraseSet idioms;  // a role or institution noun that names nobody: "regime change"
    ZoneWords zones;
    Inflection inflection;
    WordOrder order;
    std::vector<std::vector<std::string>> approximators;  // words before a number: "at least"
    ReferenceWeights references;
    SpeakerWeights speakers;
    std::shared_ptr<const class Tagger> tagger;  // of parts of speech; null where there is none

    [[nodiscard]] const WordEntry* find(std::string_view folded) const noexcept {
        return words.find(folded);
    }
};

}  // namespace framelens
