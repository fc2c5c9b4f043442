// How quotations are read in one article, level by level. Internal to the room `quotes`.
#pragma once

#include "clause.hpp"
#include "framelens/quotes_speakers.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace framelens::quotes_detail {

/// Who said something last, and how: a quotation without a cue goes on from there.
struct Said {
    std::optional<Speaker> speaker;
    std::optional<Cue> cue;
};

/// What indirect speech says.
struct Content {
    Span span;
    bool is_clause = true;
};

class QuoteFinder {
public:
    QuoteFinder(const SegmentedText& text, const DocumentNames& names, References& references)
        : text_(text),
          names_(names),
          references_(references),
          grammar_(text),
          of_mark_(text.marks.size()) {}

    [[nodiscard]] std::vector<Quotation> run();

private:
    // quotes.cpp: paragraphs, sentences and the insides of quotations
    [[nodiscard]] bool leads_in(Pieces pieces, std::int32_t next) const;
    void add_piece(std::int32_t t, std::optional<std::int32_t> inside,
                   std::optional<std::int32_t> container, std::vector<Piece>& pieces) const;
    void read_level(Pieces pieces, std::optional<Said>& previous);
    [[nodiscard]] bool holds_only_quotes(Pieces pieces) const;
    void read_inside(std::int32_t m);
    [[nodiscard]] std::int32_t closing_sentence(const Piece& piece) const;
    [[nodiscard]] bool breaks(Pieces pieces, std::size_t at) const;
    std::vector<Quotation> collect();

    // kinds.cpp: what kind a quotation is, and whose
    void read_sentence(Pieces pieces, std::optional<Said>& last_attributed);
    [[nodiscard]] Quotation start_quotation(std::int32_t m) const;
    bool classify(const Clause& clause, std::size_t at, Quotation& quotation) const;
    [[nodiscard]] bool is_called(const Clause& clause, std::size_t at) const;
    [[nodiscard]] bool is_nickname(const Attribution& found, const Clause& clause,
                                   std::size_t at) const;
    [[nodiscard]] bool leads_to_name(std::int32_t t) const;
    void follow_on(Quotation& quotation, std::optional<Said> last_attributed, bool alone) const;
    [[nodiscard]] bool stands_alone(const Clause& clause, std::size_t at) const;
    [[nodiscard]] int count_words(std::int32_t m) const;
    [[nodiscard]] bool is_coined_name(std::int32_t m) const;
    [[nodiscard]] bool is_inscription(const Clause& clause, std::size_t at) const;
    [[nodiscard]] Speaker speaker_of(const NounPhrase& phrase) const;
    [[nodiscard]] Cue cue_of(TokenRange range) const;

    // unsaid.cpp: marks that nobody is said to speak in
    [[nodiscard]] bool quotes_somebody(const Clause& clause, std::size_t at) const;
    [[nodiscard]] bool is_closed(const Clause& clause, std::size_t at) const;
    [[nodiscard]] bool can_stand_alone(const Clause& clause, std::size_t at) const;
    [[nodiscard]] bool is_sentence(std::int32_t m) const;
    [[nodiscard]] bool has_subject_inside(std::int32_t t, std::int32_t first) const;
    [[nodiscard]] bool is_modifier(const Clause& clause, std::size_t at) const;
    [[nodiscard]] bool is_hypothetical(TokenRange cue) const;

    // indirect.cpp: indirect speech
    void find_indirect(const Clause& clause);
    bool find_by_noun(const Clause& clause, std::size_t at);
    void add_indirect(const Content& content, const NounPhrase& speaker, TokenRange cue);
    [[nodiscard]] Span pieces_span(const Clause& clause, std::size_t from, std::size_t end) const;
    [[nodiscard]] std::optional<Content> longer_side(const Clause& clause, std::size_t at,
                                                     const NounPhrase& speaker) const;
    [[nodiscard]] std::optional<Content> content_before(const Clause& clause, std::size_t at) const;
    [[nodiscard]] std::optional<Content> content_of(const Clause& clause, std::size_t at) const;
    [[nodiscard]] bool opens_content(const Clause& clause, std::size_t at) const;
    [[nodiscard]] std::optional<Content> content_around(const Clause& clause, std::size_t at,
                                                        const NounPhrase& speaker) const;

    // headlines.cpp: a colon instead of a verb
    void find_headline_voice(const Clause& clause);

    // turns.cpp: turns of a transcript, and signatures
    [[nodiscard]] Quotation turn_quotation(std::int32_t m);
    [[nodiscard]] std::optional<Speaker> speaker_in(const Turn& turn);
    [[nodiscard]] std::optional<Speaker> interviewee() const;
    [[nodiscard]] const CorpusEntity& entity_at(std::int32_t entity) const {
        return references_.corpus().entities[static_cast<std::size_t>(entity)];
    }

    // rank_speakers.cpp: who speaks where the rules are unsure
    void rank_speakers();
    void rank(const PossibleSpeakers& possible, const std::vector<const Quotation*>& quotes);
    void keep_likeliest(Quotation& quotation, const PossibleSpeakers& possible,
                        const std::vector<std::int32_t>& scores,
                        const std::vector<std::size_t>& order) const;
    void share_from(std::int32_t first);
    void let_speak(Quotation& quotation, const SpeakerCandidate& who,
                   const std::vector<const Quotation*>& quotes) const;
    [[nodiscard]] NounPhrase phrase_of(const SpeakerCandidate& who) const;
    [[nodiscard]] std::optional<NounPhrase> antecedent_of(std::int32_t relative) const;
    [[nodiscard]] std::optional<Cue> cue_beside(TokenRange who) const;

    // settle.cpp: what the whole article tells
    void settle_headlines();
    void take_from(const Quotation& said, std::size_t headline);
    void carry_over_paragraphs();
    void share_speaker(const std::vector<std::size_t>& chain);

    template <class Visit>
    void for_tokens_inside(std::int32_t m, Visit visit) const {
        const Span inner = mark(m).inner;
        const auto size = static_cast<std::int32_t>(text_.tokens.size());
        for (std::int32_t t = text_.token_from(inner.start);
             t < size && token(t).span.start < inner.end; ++t) {
            if (!visit(t)) return;
        }
    }

    const Token& token(std::int32_t t) const { return text_.tokens[static_cast<std::size_t>(t)]; }
    const MarkedSpan& mark(std::int32_t m) const {
        return text_.marks[static_cast<std::size_t>(m)];
    }
    std::int32_t paragraph_of(std::int32_t t) const {
        return text_.segments.sentences[static_cast<std::size_t>(token(t).sentence)].paragraph;
    }

    const SegmentedText& text_;
    const DocumentNames& names_;
    References& references_;
    Grammar grammar_;
    std::vector<std::optional<Quotation>> of_mark_;
    std::vector<Quotation> indirect_;
    std::optional<std::optional<Speaker>> interviewee_;  // once somebody asked
};

}  // namespace framelens::quotes_detail
