// Quotations cut into what may be an utterance: sentences, and clauses that stand alone.
#pragma once

#include "align.hpp"
#include "framelens/reuse.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace framelens {

/// A part of a unit that a comma with a conjunction, a semicolon or a dash sets off.
struct Segment {
    Span span;                    // with its last sign, without its conjunction
    std::int32_t first_word = 0;  // index into the words of its unit
};

/// A sentence or clause of a quotation.
struct Unit {
    std::int32_t doc = 0;
    std::int32_t quote = 0;
    std::int32_t order = 0;  // among the units of its document
    std::int32_t sentence = 0;
    bool name = false;
    bool whole = false;        // of a direct quotation, not of a fragment
    std::string_view speaker;  // "" if unknown
    Words words;
    std::vector<Segment> segments;
};

/// The units of one document's quotations, in text order; a quotation inside another is a part of
/// the outer one.
void add_units(const QuotedText& document, std::int32_t doc, WordNumbers& table,
               std::vector<Unit>& units);

}  // namespace framelens
