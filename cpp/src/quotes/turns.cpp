// Turns of a transcript or interview, and what is signed: who speaks is told before or behind.
#include "finder.hpp"

#include <map>
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
        std::optional<Speaker> speaker = *interviewee_;
        if (speaker) speaker->words = text_.span_of(turn.name, turn.name_end);  // "A"
        return speaker;
    }
    const Reference* reference = references_.at(turn.meant.value_or(turn.name));
    if (reference == nullptr || reference->form == ReferenceForm::pronoun) {
        return speaker_of({{turn.name, turn.name_end}, nullptr});
    }
    if (turn.meant) return speaker_of({{turn.name, turn.name_end}, reference});
    return speaker_of({reference->tokens, reference});
}

/// Who answers "Q:": the only person whom the headline names, or else whom the text before the first
/// question names more often than all others.
std::optional<Speaker> QuoteFinder::interviewee() const {
    std::map<std::int32_t, int> counts;
    std::set<std::int32_t> titled;
    int all = 0;
    for (const Reference& reference : references_.items()) {
        if (reference.head >= text_.turns.front().first) break;
        if (reference.form != ReferenceForm::name || !reference.entity) continue;
        if (entity_at(*reference.entity).kind != EntityKind::person) continue;
        const Zone* zone = zone_at(text_.zones, token(reference.head).span.start);
        const bool headline = zone != nullptr && zone->kind == ZoneKind::headline;
        if (zone != nullptr && !headline && zone->kind != ZoneKind::subhead) continue;
        ++counts[*reference.entity];
        ++all;
        if (headline) titled.insert(*reference.entity);
    }
    std::optional<std::int32_t> found;
    for (const auto& [entity, count] : counts) {
        if (count * 2 > all) found = entity;
    }
    if (titled.size() == 1) found = *titled.begin();
    if (!found) return std::nullopt;
    return Speaker{std::nullopt, *found, entity_at(*found).name};
}

}  // namespace framelens::quotes_detail
