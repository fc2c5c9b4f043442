// Who may speak where the rules are unsure: candidates, what is seen of them, scores.
#pragma once

#include "framelens/quotes.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace framelens {

/// What is seen of one who may speak: numbers of features below `speaker_feature_count`.
inline constexpr std::size_t speaker_features = 42;
inline constexpr std::uint16_t no_feature = 0xFFFF;  // at the end of those who have fewer
using SpeakerFeatures = std::array<std::uint16_t, speaker_features>;

/// One who may speak a quotation, or nobody, and what is seen of them.
struct SpeakerCandidate {
    TokenRange tokens;                     // none of nobody
    const Reference* reference = nullptr;  // none of a plain noun
    bool by_rule = false;                  // whom the rules found
    SpeakerFeatures features;

    SpeakerCandidate(TokenRange words, const Reference* who, bool found)
        : tokens(words), reference(who), by_rule(found) {
        features.fill(no_feature);
    }
    [[nodiscard]] bool is_nobody() const noexcept { return tokens.size() == 0; }
};

/// A quotation, and who may speak it, in text order, nobody at the end.
struct PossibleSpeakers {
    std::int32_t mark = 0;
    bool sure = false;  // the rules are
    std::vector<SpeakerCandidate> candidates;
};

enum class WhichQuotations : std::uint8_t { unsure, all };

/// Who may speak the quotations whose speaker the rules are unsure of: all but direct ones with a cue
/// near by, others with a cue right behind them, or one before that has its own subject or agent,
/// and what stands in turns of talk. Of one that goes on over paragraphs the first stands for
/// all. `quotes` is what the rules found, in text order.
/// Cost: linear in the text; a quotation looks at a bounded stretch around it.
[[nodiscard]] std::vector<PossibleSpeakers> possible_speakers(
    const SegmentedText& text, const DocumentNames& names, const References& references,
    std::span<const Quotation* const> quotes, WhichQuotations which = WhichQuotations::unsure);

}  // namespace framelens
