#include "finder.hpp"

namespace framelens::quotes_detail {
namespace {

/// Where what is said ends, in pieces; a clause or no more than a noun phrase.
struct End {
    std::size_t at = 0;
    bool is_clause = false;
};

/// ", and held talks", ", slamming the premier": what else the speaker did.
bool begins_another_verb(const Clause& clause, std::size_t at) {
    if (at >= clause.size() || clause.is_quote(at)) return false;
    if (clause.is(at, WordClass::conjunction)) {
        return at + 1 < clause.size() && clause.is_plain_past(at + 1);
    }
    if (clause.is(at, WordClass::cue_participle)) return true;
    const Token& word = clause.token(at);
    return !word.is_known() && !word.capital && clause.inflection().gerund.fits(clause.printed(at));
}

/// A clause runs on to the end of the sentence; a noun phrase ends where the writer's own clause
/// begins: "condemned the raid | after troops stormed the port", "hailed it | , and held talks".
End content_end(const Clause& clause, std::size_t from) {
    constexpr WordClass finite = WordClass::be | WordClass::have | WordClass::modal;
    bool is_clause =
        from < clause.size() &&
        clause.is(from, WordClass::subordinator | WordClass::relative | WordClass::subject_pronoun);
    std::size_t end = from;
    for (; end < clause.size() && !clause.is_mark(end, U';'); ++end) {
        is_clause = is_clause || clause.is(end, finite) || clause.is_plain_past(end);
        if (is_clause) continue;
        if (clause.is(end, WordClass::subordinator)) break;
        if (clause.is_mark(end, U',') &&
            (begins_another_verb(clause, end + 1) || clause.is_non_restrictive(end + 1))) {
            break;
        }
    }
    while (end > from && !clause.is_quote(end - 1) &&
           clause.token(end - 1).kind == TokenKind::punctuation) {
        --end;
    }
    return {end, is_clause};
}

/// "dijo ella": the one who speaks, not what is said.
bool is_bare_subject(const Clause& clause, std::size_t at) {
    return clause.is(at, WordClass::article) ||
           (clause.is(at, WordClass::subject_pronoun) && !clause.is(at, WordClass::object_pronoun));
}

/// "claimed in an interview that": where the clause begins, a few words behind the cue.
std::optional<std::size_t> find_that(const Clause& clause, std::size_t from) {
    constexpr std::size_t reach = 10;
    const std::size_t end = std::min(clause.size(), from + reach);
    for (std::size_t i = from; i < end && !clause.is_quote(i); ++i) {
        if (clause.token(i).kind == TokenKind::punctuation) break;
        if (clause.is(i, WordClass::be | WordClass::have | WordClass::modal)) break;
        if (clause.is(i, WordClass::topic) && clause.is(i, WordClass::relative)) return i;
    }
    return std::nullopt;
}

}  // namespace

/// "Maduro claimed that ..."; "..., Maduro said."; "According to Maduro, ...".
void QuoteFinder::find_indirect(const Clause& clause) {
    for (std::size_t i = 0; i < clause.size(); ++i) {
        if (clause.is(i, WordClass::cue_noun_of) && find_by_noun(clause, i)) continue;
        const bool according = clause.attributes(i);
        if (!according && !clause.is(i, WordClass::cue | WordClass::cue_of_it)) continue;
        if (!according &&
            (!clause.is_verbal_cue(i) || clause.is_complement_of_noun(i) || clause.is_refused(i))) {
            continue;
        }
        const auto closing = according ? std::nullopt : clause.closing_speaker(i);
        const auto speaker = according ? clause.according_to(i)
                             : closing ? closing
                                       : clause.subject_of(i);
        if (!speaker || clause.is_generic(*speaker) || clause.is_impersonal(*speaker)) continue;
        const auto content = according ? content_around(clause, i, *speaker)
                             : closing ? std::optional(Content{pieces_span(clause, 0, i - 1)})
                                       : content_of(clause, i);
        if (!content) continue;
        const std::int32_t head = clause.pieces()[i].token;
        add_indirect(*content, *speaker,
                     according ? clause.attribution_range(i) : TokenRange{head, head + 1});
    }
}

void QuoteFinder::add_indirect(const Content& content, const NounPhrase& speaker, TokenRange cue) {
    Quotation quotation;
    quotation.kind = QuoteKind::indirect;
    quotation.span = content.span;
    quotation.is_clause = content.is_clause;
    quotation.speaker = speaker_of(speaker);
    if (content.span.contains(*quotation.speaker->words)) return;  // "Maduro, 57, spoke"
    quotation.cue = cue_of(cue);
    const Zone* zone = zone_at(text_.zones, content.span.start);
    if (zone != nullptr) quotation.zone = zone->kind;
    indirect_.push_back(std::move(quotation));
}

/// "Moore's claim that the port is shut"
bool QuoteFinder::find_by_noun(const Clause& clause, std::size_t at) {
    if (at + 2 >= clause.size() || !clause.is(at + 1, Marker::complement) ||
        clause.is_quote(at + 2)) {
        return false;
    }
    const auto found = clause.owner_of_noun(at);
    if (!found || !found->speaker || clause.is_generic(*found->speaker)) return false;
    const std::size_t end = content_end(clause, at + 1).at;
    if (end <= at + 2) return false;
    add_indirect(Content{pieces_span(clause, at + 1, end)}, *found->speaker, *found->cue);
    return true;
}

Span QuoteFinder::pieces_span(const Clause& clause, std::size_t from, std::size_t end) const {
    const Piece& last = clause.pieces()[end - 1];
    const Piece& first = clause.pieces()[from];
    return {first.mark ? mark(*first.mark).outer.start : token(first.token).span.start,
            last.mark ? mark(*last.mark).outer.end : token(last.token).span.end};
}

/// What the cue at `at` introduces, encloses ("last year, aides said, he ...") or closes.
std::optional<Content> QuoteFinder::content_of(const Clause& clause, std::size_t at) const {
    if (clause.order().clauses_set_off) {
        if (const auto from = clause.set_off_clause(at)) {
            return Content{pieces_span(clause, *from, content_end(clause, *from).at)};
        }
        const bool behind = at > 0 && clause.is_mark(at - 1, U',');  // "..., sagte Moore"
        return behind ? content_before(clause, at) : std::nullopt;
    }
    if (const auto that = find_that(clause, at + 1)) {
        return Content{pieces_span(clause, *that, content_end(clause, *that).at)};
    }
    const std::size_t from = clause.behind_addressee(at);
    if (from < clause.size() && opens_content(clause, from)) {
        const End end = content_end(clause, from);
        if (end.at == from + 1 && is_bare_subject(clause, from)) return std::nullopt;
        const bool infinitive = clause.is(at, WordClass::addressing) && clause.is_infinitive(from);
        if (!end.is_clause && !infinitive && clause.is(at, WordClass::clause_cue)) {
            return std::nullopt;
        }
        return Content{pieces_span(clause, from, end.at), end.is_clause};
    }
    return content_before(clause, at);
}

/// What the cue at `at` encloses or closes: "..., aides said".
std::optional<Content> QuoteFinder::content_before(const Clause& clause, std::size_t at) const {
    if (at + 1 < clause.size() && clause.is_mark(at + 1, U':')) return std::nullopt;
    const bool comma = at + 1 < clause.size() && clause.is_mark(at + 1, U',');
    const bool last = content_end(clause, at + 1).at <= at + 3;
    if (!comma && !last) return std::nullopt;
    for (std::size_t i = at; i-- > 0;) {
        if (!clause.is_mark(i, U',')) continue;
        if (i == 0 || clause.is_quote(i - 1)) return std::nullopt;
        if (!comma || last) return Content{pieces_span(clause, 0, i)};
        if (clause.is_quote(at + 2)) return std::nullopt;
        return Content{pieces_span(clause, at + 2, content_end(clause, at + 2).at)};
    }
    return std::nullopt;
}

/// A clause, a noun phrase, or a preposition that leads to a topic.
bool QuoteFinder::opens_content(const Clause& clause, std::size_t at) const {
    if (clause.is_quote(at)) return false;
    const Token& word = clause.token(at);
    if (word.kind != TokenKind::word) return false;
    if (word.is(WordClass::topic)) return at + 1 < clause.size() && !clause.is_quote(at + 1);
    return !word.is(WordClass::preposition | WordClass::conjunction | WordClass::attribution |
                    WordClass::weekday);
}

/// "Laut Moore sei der Hafen zu", "Der Hafen sei laut Moore seit gestern zu": no comma parts what is
/// said from whose word it is; what stands before that or behind it, whichever is longer.
std::optional<Content> QuoteFinder::longer_side(const Clause& clause, std::size_t at,
                                                const NounPhrase& speaker) const {
    const std::size_t first = std::min(at, clause.first_from(speaker.tokens.first));
    std::size_t from = std::max(at + 1, clause.first_from(speaker.tokens.end));
    if (from < clause.size() && clause.is_mark(from, U',')) ++from;
    const std::size_t end = from < clause.size() ? content_end(clause, from).at : from;
    if (end > from && end - from >= first) {
        if (clause.is_quote(from)) return std::nullopt;
        return Content{pieces_span(clause, from, end)};
    }
    if (first == 0 || clause.is_quote(first - 1)) return std::nullopt;
    return Content{pieces_span(clause, 0, first)};
}

std::optional<Content> QuoteFinder::content_around(const Clause& clause, std::size_t at,
                                                   const NounPhrase& speaker) const {
    if (at > 1 && clause.is_mark(at - 1, U',')) {
        if (clause.is_quote(at - 2)) return std::nullopt;
        return Content{pieces_span(clause, 0, at - 1)};
    }
    if (clause.order().verb_second) return longer_side(clause, at, speaker);
    for (std::size_t i = at + 1; i + 1 < clause.size(); ++i) {
        if (clause.pieces()[i].token < speaker.tokens.end || !clause.is_mark(i, U',')) continue;
        if (clause.is_quote(i + 1)) return std::nullopt;
        return Content{pieces_span(clause, i + 1, content_end(clause, i + 1).at)};
    }
    if (at == 0) return std::nullopt;
    return Content{pieces_span(clause, 0, at)};
}

}  // namespace framelens::quotes_detail
