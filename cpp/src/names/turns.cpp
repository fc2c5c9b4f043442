// Those who speak in a transcript, or sign what they say: persons, whatever else the words may be.
#include "finder.hpp"

namespace framelens::names_detail {

void Finder::add_speakers() {
    for (const Turn& turn : text_.turns) {
        if (turn.voice != TurnVoice::named || turn.generic || turn.meant) continue;
        Candidate found;
        found.tokens = {turn.name, turn.name_end};
        found.title = title_start(turn.name);
        if (found.title < turn.first) found.title = turn.name;
        judge(found);
        const bool organisation = found.title == turn.name && has_organisation_word(found.tokens);
        found.kind = organisation ? EntityKind::organisation : EntityKind::person;
        found.words = words_of_name(text_, found.tokens);
        if (!found.words.empty()) found_.push_back(std::move(found));
    }
}

/// The label or signature that holds the token.
const Turn* Finder::turn_at(std::int32_t i) const {
    auto after = std::upper_bound(text_.turns.begin(), text_.turns.end(), i,
                                  [](std::int32_t t, const Turn& turn) { return t < turn.first; });
    if (after == text_.turns.begin()) return nullptr;
    --after;
    return i < after->end ? &*after : nullptr;
}

}  // namespace framelens::names_detail
