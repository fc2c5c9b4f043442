// Quotations: spans, kinds, speakers and cues; and indirect speech.
#pragma once

#include "framelens/names.hpp"
#include "framelens/references.hpp"
#include "framelens/tokens.hpp"
#include "framelens/types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace framelens {

/// direct: a whole utterance. partial: a fragment with a speaker. scare: nobody is quoted.
/// name: a title, slogan, coined name or inscription. indirect: reported without marks.
enum class QuoteKind : std::uint8_t { direct, partial, scare, name, indirect };
[[nodiscard]] std::string_view name_of(QuoteKind kind) noexcept;
[[nodiscard]] std::string_view name_of(Stance stance) noexcept;

/// Who speaks: the words next to the cue, and whom they mean.
struct Speaker {
    std::optional<Span> words;           // none where a headline borrows the speaker
    std::optional<std::int32_t> entity;  // index into CorpusNames::entities
    std::string name;                    // canonical name; a plain noun as printed; "" if unknown
};

/// The verb (or preposition) that attributes.
struct Cue {
    Span words;
    std::string lemma;
    Stance stance = Stance::neutral;
};

/// One who may speak where the rules are unsure, or nobody, and how likely that is.
struct RatedSpeaker {
    Span words;       // empty of nobody
    float share = 0;  // of 1
};

struct Quotation {
    Span span;  // without the marks, if it has any; of indirect speech its content
    QuoteKind kind = QuoteKind::scare;
    std::optional<Speaker> speaker;
    std::optional<Cue> cue;
    ZoneKind zone = ZoneKind::body;
    std::int32_t depth = 0;             // 1 and more: nested in another quotation
    std::optional<std::int32_t> mark;   // index into SegmentedText::marks; none for indirect speech
    std::vector<RatedSpeaker> rated{};  // the likeliest, where the rules were unsure
    bool is_clause = true;  // of indirect speech: not only an object, "thanked the pope"
};

/// All quotations and indirect speech of one article, in text order. Resolves `references`
/// inside each quotation as soon as its speaker is known.
[[nodiscard]] std::vector<Quotation> find_quotes(const SegmentedText& text,
                                                 const DocumentNames& names,
                                                 References& references);

/// The innermost direct or partial quotation that holds the span as a whole, or null: the voice.
[[nodiscard]] const Quotation* quotation_at(const std::vector<Quotation>& quotes, Span span);

/// The innermost indirect clause that holds the span as a whole, or null. What a verb of saying has
/// as its object ("accused the mayor of theft") is the writer's own description.
[[nodiscard]] const Quotation* reported_at(const std::vector<Quotation>& quotes, Span span);

/// The innermost scare quotation that holds the span as a whole, or null.
[[nodiscard]] const Quotation* scare_at(const std::vector<Quotation>& quotes, Span span);

}  // namespace framelens
