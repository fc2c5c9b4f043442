#include "steps.hpp"

#include <algorithm>

namespace framelens {

Steps::Steps(const References& references, const Reference& pronoun)
    : all_(references),
      text_(references.text()),
      pronoun_(pronoun),
      sentence_(text_.tokens[static_cast<std::size_t>(pronoun.head)].sentence),
      passed_(sentence_) {}

/// True if nothing of a sentence is said in a voice that the pronoun's goes on from.
bool Steps::is_hidden(const References::SentenceVoice& voice) const {
    return voice.aside ||
           (!all_.sees(pronoun_.mark, voice.first) && !all_.sees(pronoun_.mark, voice.last));
}

/// True if all of a sentence stands in the marks around the pronoun.
bool Steps::is_own_voice(const References::SentenceVoice& voice) const {
    return pronoun_.mark && !voice.aside && voice.first == pronoun_.mark &&
           voice.last == pronoun_.mark;
}

/// The mark that holds what one of several says who talk with each other.
std::optional<std::int32_t> Steps::turn_of(const References::SentenceVoice& voice) const {
    return voice.last && all_.in_turn(*voice.last) ? voice.last : std::nullopt;
}

std::int32_t Steps::from(const Reference& reference) {
    constexpr std::int32_t enough = 8;
    const std::int32_t sentence = text_.tokens[static_cast<std::size_t>(reference.head)].sentence;
    for (; passed_ > sentence && steps_ < enough; --passed_) {
        const auto& voice = all_.voice_of(passed_);
        if (passed_ != sentence_ && is_hidden(voice)) continue;
        const auto turn = turn_of(voice);
        if (turn && turn == last_turn_) continue;  // whatever somebody says at once
        last_turn_ = turn;
        ++(is_own_voice(voice) ? own_steps_ : steps_);
    }
    if (last_turn_ && turn_of(all_.voice_of(sentence)) == last_turn_) return steps_ - 1;
    if (own_steps_ == 0) return steps_;
    const bool outside =
        !all_.one_voice(reference.mark, pronoun_.mark) && !all_.in_turn(*pronoun_.mark);
    return steps_ + (outside ? std::min(own_steps_, 1) : own_steps_);
}

}  // namespace framelens
