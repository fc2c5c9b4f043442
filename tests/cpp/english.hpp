// English as it ships, and one article read with it.
#pragma once

#include "framelens/annotations.hpp"
#include "framelens/grammar_tagger.hpp"
#include "framelens/json_io.hpp"
#include "framelens/types.hpp"
#include "large.hpp"

#include <cstddef>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace framelens::testing {

/// A file of the source tree's resources; FRAMELENS_RESOURCES is defined by CMake.
inline std::string resource(const std::string& path) {
    std::ifstream file(FRAMELENS_RESOURCES "/" + path, std::ios::binary);
    if (!file) throw std::runtime_error("no " + path + " in " FRAMELENS_RESOURCES);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// A language as it ships, put together from its folder.
inline Language shipped(const std::string& code) {
    std::string json = R"({"version": ")";
    json.append(language_version).append(R"(", "code": ")").append(code).append("\"");
    for (const std::string part :
         {"cues", "roles", "nations", "names", "function_words", "zones", "grammar"}) {
        json.append(", \"").append(part).append("\": ");
        json += resource("languages/" + code + "/" + part + ".json");
    }
    json += ", \"references\": " + resource("languages/en/references.json");
    if (code == "en") json += ", \"speakers\": " + resource("languages/en/speakers.json");
    Language language = language_from_json(json + "}");
    const std::string tagger = "languages/" + code + "/tagger.bin";
    if (std::ifstream(FRAMELENS_RESOURCES "/" + tagger)) {
        language.tagger = std::make_shared<const Tagger>(Tagger::from_bytes(resource(tagger)));
    }
    return language;
}

/// Read once.
inline const std::shared_ptr<const Language>& english() {
    static const auto language = std::make_shared<const Language>(shipped("en"));
    return language;
}

/// The rules of labels that are shipped, read once.
inline const LabelRules& label_rules() {
    static const LabelRules rules = [] {
        std::ifstream file(FRAMELENS_RESOURCES "/rules/labels.json", std::ios::binary);
        if (!file) throw std::runtime_error("no labels.json in " FRAMELENS_RESOURCES);
        const std::string json{std::istreambuf_iterator<char>(file), {}};
        return label_rules_from_json(json);
    }();
    return rules;
}

/// Texts of one source, read as a corpus.
inline std::unique_ptr<Annotations> annotate_all(std::vector<std::string> texts) {
    const std::vector<std::string> sources(texts.size(), "A");
    return annotate(std::move(texts), {sources}, english(), Run{});
}

inline std::string_view slice(std::string_view text, Span span) {
    return text.substr(static_cast<std::size_t>(span.start), static_cast<std::size_t>(span.size()));
}

/// Pieces that are hard on every room: marks, stops, accents, emoji, combining marks, NUL, lines.
inline const std::vector<std::string>& awkward_pieces() {
    static const std::vector<std::string> pieces = {"“",          "”",
                                                    "\"",         "'",
                                                    "’",          "‘",
                                                    " ",          " ",
                                                    "\n",         "\n\n",
                                                    ".",          ",",
                                                    "said",       "he said",
                                                    "Ana",        "Mr. Ruiz",
                                                    "Maria Ruiz", "the",
                                                    "président",  "president",
                                                    "é",          "e\u0301",
                                                    "🙂",         "👩‍👩‍👧",
                                                    "\u0301",     std::string(1, '\0'),
                                                    "«",          "»",
                                                    "U.S.",       "3.5",
                                                    "-",          "called",
                                                    "Peruvian",   "her",
                                                    "regime",     "(AP)",
                                                    "…",          "語。",
                                                    "By "};
    return pieces;
}

}  // namespace framelens::testing
