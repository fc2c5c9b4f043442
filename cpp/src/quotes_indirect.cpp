#include "quotes_finder.hpp"

namespace framelens::quotes_detail {

/// "Maduro claimed that ..."; "..., Maduro said."; "According to Maduro, ...".
void QuoteFinder::find_indirect(const Clause& clause) {
    for (std::size_t i = 0; i < clause.size(); ++i) {
        if (clause.is_quote(i)) continue;
        const bool according = clause.is(i, WordClass::attribution);
        if (!according && !clause.is_verbal_cue(i)) continue;
        const auto speaker = according ? clause.according_to(i) : clause.subject_of(i);
        if (!speaker) continue;
        const auto content =
            according ? content_around(clause, i, *speaker) : content_of(clause, i);
        if (!content) continue;
        Quotation quotation;
        quotation.kind = QuoteKind::indirect;
        quotation.span = *content;
        quotation.speaker = speaker_of(*speaker);
        const std::int32_t head = clause.pieces()[i].token;
        quotation.cue = cue_of({head, head + (according ? 2 : 1)});
        const Zone* zone = zone_at(text_.zones, content->start);
        if (zone != nullptr) quotation.zone = zone->kind;
        indirect_.push_back(std::move(quotation));
        break;
    }
}

Span QuoteFinder::pieces_span(const Clause& clause, std::size_t from, std::size_t end) const {
    const Piece& last = clause.pieces()[end - 1];
    const Piece& first = clause.pieces()[from];
    return {first.mark ? mark(*first.mark).outer.start : token(first.token).span.start,
            last.mark ? mark(*last.mark).outer.end : token(last.token).span.end};
}

/// The clause that the cue at `at` introduces or closes, unless it is a quotation.
std::optional<Span> QuoteFinder::content_of(const Clause& clause, std::size_t at) const {
    std::size_t end = clause.size();
    while (end > at + 1 && !clause.is_quote(end - 1) &&
           clause.token(end - 1).kind == TokenKind::punctuation) {
        --end;
    }
    if (end > at + 1 && opens_content(clause, at + 1)) return pieces_span(clause, at + 1, end);
    if (end > at + 3) return std::nullopt;
    for (std::size_t i = at; i-- > 0;) {  // "..., X said."
        if (!clause.is_mark(i, U',')) continue;
        const bool only_quote = i == 1 && clause.is_quote(0);
        if (i == 0 || only_quote || clause.is_quote(i - 1)) return std::nullopt;
        return pieces_span(clause, 0, i);
    }
    return std::nullopt;
}

bool QuoteFinder::opens_content(const Clause& clause, std::size_t at) const {
    if (clause.is_quote(at)) return false;
    const Token& word = clause.token(at);
    if (word.kind == TokenKind::punctuation) return false;
    const WordClass opens = WordClass::subordinator | WordClass::article | WordClass::determiner |
                            WordClass::subject_pronoun | WordClass::possessive_pronoun |
                            WordClass::people | WordClass::relative | WordClass::neuter |
                            WordClass::number;
    return word.capital || word.is(opens);
}

std::optional<Span> QuoteFinder::content_around(const Clause& clause, std::size_t at,
                                                const NounPhrase& speaker) const {
    if (at > 1 && clause.is_mark(at - 1, U',')) {
        if (clause.is_quote(at - 2)) return std::nullopt;
        return pieces_span(clause, 0, at - 1);
    }
    for (std::size_t i = at + 1; i + 1 < clause.size(); ++i) {
        if (clause.pieces()[i].token < speaker.tokens.end || !clause.is_mark(i, U',')) continue;
        if (clause.is_quote(i + 1)) return std::nullopt;
        std::size_t end = clause.size();
        while (end > i + 2 && !clause.is_quote(end - 1) &&
               clause.token(end - 1).kind == TokenKind::punctuation) {
            --end;
        }
        return pieces_span(clause, i + 1, end);
    }
    return std::nullopt;
}

}  // namespace framelens::quotes_detail
