// Where a text has the terms of an axis, whomever they name.
#pragma once

#include "framelens/annotations.hpp"
#include "framelens/lexicon.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace framelens {

/// One place with a term.
struct TermHit {
    Span span;
    std::int32_t term = 0;                // index into Lexicon::terms
    bool negated = false;                 // "not a crisis": a negation shortly before it
    const Quotation* quoted = nullptr;    // innermost direct or partial quotation around it
    const Quotation* reported = nullptr;  // innermost indirect speech around it, if not quoted
    ZoneKind zone = ZoneKind::body;
};

/// The terms of an axis, made ready to be found: one look-up a token, however many terms.
class TermFinder {
public:
    explicit TermFinder(const Lexicon& lexicon);

    /// Hits in text order, the longest where several begin at one word; none overlap. A term
    /// inside an exclusion, boilerplate or a passage printed before is none. Words of a phrase are
    /// separated by spaces or hyphens. Patterns match single words.
    /// `sentences` has one value a sentence, whether to look there; empty: everywhere.
    /// Cost: linear in the text; each distinct word is held against the patterns once.
    [[nodiscard]] std::vector<TermHit> find(const AnnotatedDocument& document,
                                            const std::vector<bool>& sentences = {});

private:
    using Terms = std::unordered_map<std::string, std::int32_t>;  // by words, joined by spaces
    struct Found {
        std::int32_t end = 0;  // token behind the last
        std::int32_t term = 0;
    };

    void add(const std::string& folded, std::int32_t term, Terms& terms);
    /// The longest that begins at the token.
    [[nodiscard]] std::optional<Found> longest_at(const std::vector<std::string>& words,
                                                  const SegmentedText& text, std::int32_t token,
                                                  const Terms& terms) const;
    [[nodiscard]] std::optional<std::int32_t> pattern_of(const std::string& folded);

    const Lexicon& lexicon_;
    Terms terms_;
    Terms exclusions_;
    std::unordered_map<std::string, std::int32_t> longest_;  // words of a phrase, by its first
    std::unordered_map<std::string, std::optional<std::int32_t>> patterns_;  // by word
    bool has_patterns_ = false;
};

}  // namespace framelens
