// One utterance as several documents print it, and text that documents share.
#pragma once

#include "framelens/parallel.hpp"
#include "framelens/quotes.hpp"
#include "framelens/tokens.hpp"
#include "framelens/types.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace framelens {

/// What one wording does to another.
enum class EditKind : std::uint8_t {
    cut,           // words left out
    insertion,     // words added
    substitution,  // words replaced
    reordering,    // words that stand elsewhere
    ellipsis,      // words left out, and the place marked: "..."
    bracket,       // words added in brackets
    punctuation,   // the same words, other signs between them
};
[[nodiscard]] std::string_view name_of(EditKind kind) noexcept;

/// One edit: `span` in the variant, `base` in the base wording; one of them may be empty, and then
/// is the place where words are missing.
struct Edit {
    EditKind kind = EditKind::cut;
    Span span;
    Span base;
};

/// One document's quotations to compare. Documents of different events are not compared.
struct QuotedText {
    const SegmentedText* text = nullptr;
    std::vector<const Quotation*> quotes;  // in text order
    std::int32_t event = -1;               // none known: compared with the like
    std::string_view source;
    std::string_view id;
};

/// One printed form of an utterance.
struct Variant {
    std::int32_t utterance = 0;
    std::int32_t doc = 0;
    std::int32_t quote = 0;  // index into `QuotedText::quotes`
    Span span;               // the aligned part
    std::int64_t base = 0;   // index of the variant that is the base wording
    double similarity = 1;   // to the base wording, by weight of the words in both
    std::vector<Edit> edits;
};

/// Clusters quotations, by sentence or clause, that are one utterance in two documents or more.
/// Candidates share a pair of words that few wordings have; they are the same utterance if enough
/// of their words align, more where the speakers are unknown or differ. A fragment joins the first
/// utterance that contains it. The base wording is the one that most documents print, then the
/// longest, then the first by its words, as folded and as printed, its source and its id.
/// Shapes: by utterance, then document, then text order; utterances by number of documents.
/// Errors: `Interrupted`. Cost: near-linear in the quotations; a table of words for each pair of
/// candidates. Results do not depend on threads, nor on the order of documents if no two have the
/// same source and id.
[[nodiscard]] std::vector<Variant> find_variants(const std::vector<QuotedText>& documents,
                                                 const Run& run);

/// A passage that two texts share, over small edits; equal words are at both its ends.
struct SharedSpan {
    Span a;
    Span b;
};

/// Two documents that share copy.
struct SharedText {
    std::int32_t a = 0;  // before b
    std::int32_t b = 0;
    std::int64_t words_a = 0;  // words of each document
    std::int64_t words_b = 0;
    std::int64_t shared_a = 0;  // those that stand in a passage both have
    std::int64_t shared_b = 0;
    std::vector<SharedSpan> spans;  // in text order of a
};

struct ShareOptions {
    double threshold = 0.5;  // least share of the shorter document's words
    int run = 5;             // equal words in a row that a passage begins with
};

/// Pairs of texts that share copy: runs of words that are equal when folded, and what follows them
/// over edits of at most three words.
/// Shapes: by a, then b. Units: spans are in units of the text: bytes of UTF-8, else code points.
/// Errors: EncodingError with the text's number for a surrogate; `Interrupted`.
/// Cost: near-linear, one pass over the texts; fingerprints (winnowing, Schleimer, Wilkerson and
/// Aiken 2003) choose the pairs, and those are compared word by word.
[[nodiscard]] std::vector<SharedText> find_shared(std::span<const TextView> texts,
                                                  const ShareOptions& options, const Run& run);

}  // namespace framelens
