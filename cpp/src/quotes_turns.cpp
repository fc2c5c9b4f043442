// Turns of a transcript or interview, and what is signed: who speaks is told before or behind.
#include "quotes_finder.hpp"

#include <set>

namespace framelens::quotes_detail {

Quotation QuoteFinder::turn_quotation(std::int32_t m) {
    Quotation quotation = start_quotation(m);
    quotation.kind = QuoteKind::direct;
    quotation.speaker = speaker_in(text_.turns[static_cast<std::size_t>(*mark(m).turn)]);
    return quotation;
}

std::optional<Speaker> QuoteFinder::speaker_in(const Turn& turn) {
    if (turn.voice == TurnVoice::answer) {
        if (!interviewee_) interviewee_ = interviewee();
        return *interviewee_;
    }
    const Reference* reference = references_.at(turn.name);
    if (reference == nullptr || reference->form == ReferenceForm::pronoun) {
        return speaker_of({{turn.name, turn.name_end}, nullptr});
    }
    return speaker_of({reference->tokens, reference});
}

/// Who answers "Q:": the only person whom the text names before the first question, or else the
/// only one of its headline, or of the paragraph right before the question.
std::optional<Speaker> QuoteFinder::interviewee() const {
    std::set<std::int32_t> all;
    std::set<std::int32_t> titled;
    std::set<std::int32_t> near;
    const std::int32_t first = text_.turns.front().first;
    for (const Reference& reference : references_.items()) {
        if (reference.head >= first) break;
        if (reference.form != ReferenceForm::name || !reference.entity) continue;
        const auto& entity =
            references_.corpus().entities[static_cast<std::size_t>(*reference.entity)];
        if (entity.kind != EntityKind::person) continue;
        const Zone* zone = zone_at(text_.zones, token(reference.head).span.start);
        const bool headline = zone != nullptr && zone->kind == ZoneKind::headline;
        if (zone != nullptr && !headline && zone->kind != ZoneKind::subhead) continue;
        all.insert(*reference.entity);
        if (headline) titled.insert(*reference.entity);
        if (paragraph_of(reference.head) + 1 == paragraph_of(first)) near.insert(*reference.entity);
    }
    for (const auto* persons : {&all, &titled, &near}) {
        if (persons->size() != 1) continue;
        const auto& entity = references_.corpus().entities[static_cast<std::size_t>(*persons->begin())];
        return Speaker{std::nullopt, *persons->begin(), entity.name};
    }
    return std::nullopt;
}

}  // namespace framelens::quotes_detail
