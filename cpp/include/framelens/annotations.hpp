// A corpus read once: zones, sentences, names, references and quotations of every document.
#pragma once

#include "framelens/names.hpp"
#include "framelens/names_caseless.hpp"
#include "framelens/parallel.hpp"
#include "framelens/quotes.hpp"
#include "framelens/references.hpp"
#include "framelens/segment_wrapping.hpp"
#include "framelens/tokens.hpp"
#include "framelens/unicode_plain.hpp"
#include "framelens/zones.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace framelens {

/// What a page put into a line of the caller's text.
struct LeftOut {
    Span given;           // in the caller's text
    std::int64_t at = 0;  // where it would stand in the text that is read
    ZoneKind kind = ZoneKind::boilerplate;
};

/// What the engine knows of one document. Parts view each other: it is made in place and stays.
struct AnnotatedDocument {
    std::string text;                    // plain: spans of all parts point into it
    GivenText given;                     // what the caller's text was
    std::vector<SoftBreak> soft_breaks;  // of the caller's text: line ends inside paragraphs
    std::vector<LeftOut> left_out;       // what the caller's text has and `text` has not
    SegmentedText segmented;
    DocumentNames names;
    std::optional<References> references;
    std::vector<Quotation> quotes;
};

struct Annotations {
    std::shared_ptr<const Language> language;
    std::vector<std::unique_ptr<AnnotatedDocument>> documents;
    CorpusNames names;
    KnownNames known;  // of the words in lines in which case says nothing
};

/// What is known of each document beside its text.
/// Shapes: one entry a document; `title_ends` may be empty: no titles are known.
struct KnownOfTexts {
    std::vector<std::string> sources;
    std::vector<std::int64_t> title_ends{};  // bytes at the start that are its title, 0 for none
};

/// Reads all documents, each made plain, its lines paragraphs, without what a page put into them.
/// Lines that a source repeats are boilerplate, and its texts tell how its inserts end; a known title
/// is a headline. Names are joined over the corpus, so a surname alone finds its bearer.
/// Errors: ValueError if the lengths differ or a title is longer than its text, `Interrupted`.
/// Results do not depend on threads.
[[nodiscard]] std::unique_ptr<Annotations> annotate(std::vector<std::string> texts,
                                                    const KnownOfTexts& known,
                                                    std::shared_ptr<const Language> language,
                                                    const Run& run);

}  // namespace framelens
