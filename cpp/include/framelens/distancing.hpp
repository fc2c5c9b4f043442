// Where an outlet keeps away from what it prints: hedges, scare quotes, doubting verbs.
#pragma once

#include "framelens/quotes.hpp"
#include "framelens/tokens.hpp"
#include "framelens/types.hpp"
#include "framelens/zones.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace framelens {

/// hedge: a word that leaves open whether it is so ("alleged") or takes a label back
/// ("so-called"). scare: marks that quote nobody. doubting: a cue verb of that stance ("claimed").
enum class DistancingKind : std::uint8_t { hedge, scare, doubting };
[[nodiscard]] std::string_view name_of(DistancingKind kind) noexcept;

/// One device in the outlet's own voice.
struct Distancing {
    DistancingKind kind = DistancingKind::hedge;
    Span span;                       // the word, what stands between the marks, the cue
    std::string term;                // a hedge folded, the cue's lemma; "" for scare quotes
    std::optional<Speaker> speaker;  // whose words: of a cue its subject, else of indirect speech
    Span sentence;                   // that it stands in
    ZoneKind zone = ZoneKind::body;
};

/// Devices in text order, those inside direct and partial quotations left out: they are the
/// speaker's. A cue of several quotations counts once, and is no hedge; passages printed before give
/// none. `quotes` are those of the text. Cost: linear in tokens and quotations.
[[nodiscard]] std::vector<Distancing> find_distancing(const SegmentedText& text,
                                                      const std::vector<Quotation>& quotes);

/// Words and numbers in the zones, without passages printed before: what rates are per.
[[nodiscard]] std::int64_t count_words(const SegmentedText& text, std::span<const ZoneKind> zones);

}  // namespace framelens
