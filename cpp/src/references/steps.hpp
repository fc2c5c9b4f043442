// How far apart a reference and a pronoun stand, counted in sentences.
#pragma once

#include "framelens/references.hpp"

#include <cstdint>
#include <optional>

namespace framelens {

/// Counts backwards from a pronoun. Left out are sentences that quote somebody else; what the
/// pronoun's own quotation says before it is one, and so is whatever one of several says at once who
/// talk with each other. Cost: bounded.
class Steps {
public:
    Steps(const References& references, const Reference& pronoun);

    /// Call for references farther and farther back. Up to eight are counted.
    [[nodiscard]] std::int32_t from(const Reference& reference);

private:
    [[nodiscard]] bool is_hidden(const References::SentenceVoice& voice) const;
    [[nodiscard]] bool is_own_voice(const References::SentenceVoice& voice) const;
    [[nodiscard]] std::optional<std::int32_t> turn_of(const References::SentenceVoice& voice) const;

    const References& all_;
    const SegmentedText& text_;
    const Reference& pronoun_;
    std::int32_t sentence_;       // the pronoun's
    std::int32_t passed_;         // a sentence: those behind it are counted
    std::int32_t steps_ = 0;      // of them
    std::int32_t own_steps_ = 0;  // and those in the pronoun's own marks
    std::optional<std::int32_t> last_turn_;
};

}  // namespace framelens
