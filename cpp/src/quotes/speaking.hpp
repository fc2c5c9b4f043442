// A text as the ranker of speakers sees it. Internal to the room `quotes`.
#pragma once

#include "framelens/quotes_speakers.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace framelens::quotes_detail {

/// What stands next to somebody.
enum class Beside : std::uint8_t {
    bound,  // of the paragraph
    cue,
    participle,
    comma,
    stop,
    colon,
    dash,
    bracket,
    mark,  // a quotation mark
    possessive,
    other_mark,
    preposition,
    conjunction,
    opens_clause,
    article,
    auxiliary,
    pronoun,
    capital,
    number,
    past,
    word
};
inline constexpr int beside_count = static_cast<int>(Beside::word) + 1;

/// How somebody is named.
enum class SpeakerForm : std::uint8_t {
    person,
    titled,
    thing,  // a name that is no person's, or may be none
    pronoun,
    neuter,    // "it", "you"
    relative,  // "who"
    owner,
    description,
    people,
    role,
    nation,
    capital,
    word,  // beside a cue
    rule   // only the rules found him
};
inline constexpr int form_count = static_cast<int>(SpeakerForm::rule) + 1;

/// Somebody outside of all quotation marks.
struct MaySpeak {
    TokenRange tokens;
    const Reference* reference = nullptr;
    SpeakerForm form = SpeakerForm::word;
};

/// Tokens, quotations and everybody who may speak, each found once.
class Speaking {
public:
    Speaking(const SegmentedText& text, const DocumentNames& names,
             std::span<const Quotation* const> quotes);

    /// Cost: linear in the text, so that it waits for the first who asks.
    void find_everybody(const References& references);
    /// In text order, once they are found.
    [[nodiscard]] const std::vector<MaySpeak>& everybody() const noexcept { return everybody_; }
    /// Quotations in marks, outside of all others, in text order.
    [[nodiscard]] const std::vector<const Quotation*>& marked() const noexcept { return marked_; }

    /// Behind the last of the quotations that go on from one over the paragraphs, by their numbers.
    [[nodiscard]] std::size_t end_of_chain(std::size_t first) const;
    /// How many quotations and clauses the rules found that somebody says.
    [[nodiscard]] int times_said(const MaySpeak& who) const;

    [[nodiscard]] Beside beside(std::int32_t t, std::int32_t paragraph) const;
    /// A cue outside of quotation marks.
    [[nodiscard]] bool is_cue(std::int32_t t) const {
        return cues_[static_cast<std::size_t>(t) + 1] > cues_[static_cast<std::size_t>(t)];
    }
    [[nodiscard]] int cues_between(std::int32_t from, std::int32_t end) const {
        return count(cues_, from, end);
    }
    [[nodiscard]] int marks_between(std::int32_t from, std::int32_t end) const {
        return count(openings_, from, end);
    }
    /// The rules found that they are who says something by a cue.
    [[nodiscard]] bool says_something(TokenRange tokens) const;
    [[nodiscard]] TokenRange tokens_of(Span span) const {
        return {text_.token_from(span.start), text_.token_from(span.end)};
    }
    [[nodiscard]] std::int32_t paragraph_of(std::int32_t t) const {
        return text_.segments.sentences[static_cast<std::size_t>(token(t).sentence)].paragraph;
    }
    [[nodiscard]] const Token& token(std::int32_t t) const {
        return text_.tokens[static_cast<std::size_t>(t)];
    }
    [[nodiscard]] std::int32_t size() const { return static_cast<std::int32_t>(cues_.size()) - 1; }
    [[nodiscard]] const SegmentedText& text() const noexcept { return text_; }

private:
    void find_marks(std::span<const Quotation* const> quotes);
    [[nodiscard]] std::optional<SpeakerForm> form_of(std::int32_t t) const;
    [[nodiscard]] SpeakerForm form_of(const Reference& reference) const;
    [[nodiscard]] bool is_beside_cue(std::int32_t t) const;
    [[nodiscard]] static int count(const std::vector<std::int32_t>& sums, std::int32_t from,
                                   std::int32_t end) {
        if (end <= from) return 0;
        return sums[static_cast<std::size_t>(end)] - sums[static_cast<std::size_t>(from)];
    }

    const SegmentedText& text_;
    const DocumentNames& names_;
    std::vector<bool> inside_;            // a token: in quotation marks, with them
    std::vector<bool> says_;              // a token: of whom the rules found with a cue
    std::vector<std::int32_t> cues_;      // before a token
    std::vector<std::int32_t> openings_;  // of marks before a token
    std::vector<const Quotation*> marked_;
    std::vector<MaySpeak> everybody_;
    std::unordered_map<std::int32_t, int> times_;  // an entity says something
};

}  // namespace framelens::quotes_detail
