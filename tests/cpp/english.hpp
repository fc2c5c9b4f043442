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

/// Read once from the source tree; FRAMELENS_RESOURCES is defined by CMake.
inline const std::shared_ptr<const Language>& english() {
    static const std::shared_ptr<const Language> language = [] {
        std::ifstream file(FRAMELENS_RESOURCES "/languages/en.json", std::ios::binary);
        if (!file) throw std::runtime_error("no en.json in " FRAMELENS_RESOURCES);
        const std::string json{std::istreambuf_iterator<char>(file), {}};
        Language read = language_from_json(json);
        std::ifstream weights(FRAMELENS_RESOURCES "/languages/en/tagger.bin", std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(weights), {}};
        read.tagger = std::make_shared<const Tagger>(Tagger::from_bytes(bytes));
        return std::make_shared<const Language>(std::move(read));
    }();
    return language;
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
