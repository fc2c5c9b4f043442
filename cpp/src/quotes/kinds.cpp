#include "finder.hpp"

#include "framelens/unicode.hpp"

namespace framelens::quotes_detail {
namespace {

constexpr WordClass small_word = WordClass::article | WordClass::preposition |
                                 WordClass::conjunction | WordClass::be |
                                 WordClass::possessive_pronoun;
constexpr int longest_name = 30;  // words: titles of books with what stands behind a colon

}  // namespace

void QuoteFinder::read_sentence(Pieces pieces, std::optional<Said>& last_attributed) {
    const Clause clause(text_, names_, references_, grammar_, pieces);
    const bool only_quotes = holds_only_quotes(pieces);
    std::optional<Said> said_here;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (!pieces[i].mark) continue;
        const std::int32_t m = *pieces[i].mark;
        if (mark(m).turn) {
            of_mark_[static_cast<std::size_t>(m)] = turn_quotation(m);
            continue;
        }
        Quotation quotation = start_quotation(m);
        const bool real = classify(clause, i, quotation);
        const bool unsaid = real && !quotation.speaker && quotation.kind != QuoteKind::name;
        if (unsaid && (only_quotes || count_words(m) >= 5)) {
            follow_on(quotation, last_attributed, only_quotes);
        }
        if (real && quotation.kind == QuoteKind::scare && quotes_somebody(clause, i)) {
            const bool whole = can_stand_alone(clause, i);
            quotation.kind = whole ? QuoteKind::direct : QuoteKind::partial;
        }
        if (quotation.kind != QuoteKind::name && quotation.speaker) {
            said_here = last_attributed = Said{quotation.speaker, quotation.cue};
        }
        if (mark(m).is_set_off() && !quotation.cue) continue;  // nothing says that it is quoted
        of_mark_[static_cast<std::size_t>(m)] = std::move(quotation);
    }
    if (pieces.empty() || references_.mark_of(pieces[0].token)) return;
    const std::size_t before = indirect_.size();
    find_indirect(clause);
    find_headline_voice(clause);
    if (!said_here && indirect_.size() > before) {
        last_attributed = Said{indirect_[before].speaker, indirect_[before].cue};
    }
}

Span marked_words(const SegmentedText& text, std::int32_t mark) {
    const Span inner = text.marks[static_cast<std::size_t>(mark)].inner;
    Span words = inner;
    while (words.start < words.end) {
        const CodePoint first = decode(text.text, words.start);
        if (!is_space(first.value)) break;
        words.start += first.bytes;
    }
    while (words.start < words.end) {
        const CodePoint last = decode_before(text.text, words.end);
        if (!is_space(last.value)) break;
        words.end -= last.bytes;
    }
    return words.size() > 0 ? words : inner;
}

Quotation QuoteFinder::start_quotation(std::int32_t m) const {
    Quotation quotation;
    quotation.span = marked_words(text_, m);
    quotation.depth = mark(m).depth;
    quotation.mark = m;
    const Zone* zone = zone_at(text_.zones, quotation.span.start);
    if (zone != nullptr) quotation.zone = zone->kind;
    return quotation;
}

/// False where nobody said it: "might as well have said".
bool QuoteFinder::classify(const Clause& clause, std::size_t at, Quotation& quotation) const {
    const std::int32_t m = *clause.pieces()[at].mark;
    if (is_inscription(clause, at)) {
        quotation.kind = QuoteKind::name;
        return true;
    }
    const auto found = clause.attribute(at);
    if (found && found->cue && is_hypothetical(*found->cue)) return false;
    const bool set_off = found && found->set_off;
    const bool coined = at > 0 && !clause.is_title_case() && is_coined_name(m);
    if (coined && (set_off ? is_called(clause, at) : !(found && is_nickname(*found, clause, at)))) {
        quotation.kind = QuoteKind::name;
    } else if (found && (found->speaker || found->cue || set_off)) {
        quotation.kind = set_off ? QuoteKind::direct : QuoteKind::partial;
        if (found->speaker) quotation.speaker = speaker_of(*found->speaker);
        if (found->cue) quotation.cue = cue_of(*found->cue);
    } else if (stands_alone(clause, at)) {
        quotation.kind = QuoteKind::direct;
    } else if (closing_sentence(clause.pieces()[at]) > token(clause.pieces()[at].token).sentence) {
        quotation.kind = QuoteKind::partial;  // whole sentences are somebody's
    }
    return true;
}

/// "A group called" before a name: no verb of somebody's, as in "what they called".
bool QuoteFinder::is_called(const Clause& clause, std::size_t at) const {
    if (at < 2 || !clause.is(at - 1, WordClass::naming_verb) || clause.is_quote(at - 2))
        return false;
    const Token& before = clause.token(at - 2);
    return before.kind == TokenKind::word && !before.capital &&
           !before.is(WordClass::subject_pronoun | WordClass::be | WordClass::have);
}

/// "Called the mayor", "referred to him as" before a name: somebody's word for him.
bool QuoteFinder::is_nickname(const Attribution& found, const Clause& clause,
                              std::size_t at) const {
    constexpr std::int32_t farthest = 6;  // tokens from the verb
    if (!found.speaker || !found.cue || !token(found.cue->first).is(WordClass::naming_verb)) {
        return false;
    }
    const std::int32_t from = found.cue->end;
    const std::int32_t end = clause.pieces()[at].token;
    if (from >= end || end - from > farthest) return false;
    for (std::int32_t t = from; t < end; ++t) {
        if (token(t).kind == TokenKind::punctuation || token(t).kind == TokenKind::possessive ||
            token(t).is(WordClass::conjunction | WordClass::cue)) {
            return false;
        }
        if (token(t).is(WordClass::preposition) && !leads_to_name(t)) return false;
    }
    if (token(end - 1).is(Marker::definite)) {
        return false;  // "called the “Iron Dome”"
    }
    return at + 1 >= clause.size() || clause.is_quote(at + 1) ||
           clause.token(at + 1).kind == TokenKind::punctuation ||
           clause.is(at + 1, WordClass::preposition | WordClass::conjunction);
}

/// "as", and the "to" of "referred to".
bool QuoteFinder::leads_to_name(std::int32_t t) const {
    return token(t).is(Marker::predicative) ||
           (token(t).is(Marker::toward) && token(t - 1).is(WordClass::naming_verb));
}

/// A quotation without a cue takes the speaker before it in its paragraph.
void QuoteFinder::follow_on(Quotation& quotation, std::optional<Said> last_attributed,
                            bool alone) const {
    if (!last_attributed) return;
    quotation.speaker = last_attributed->speaker;
    quotation.kind = alone ? QuoteKind::direct : QuoteKind::partial;
    if (!quotation.cue) quotation.cue = last_attributed->cue;
}

/// Nothing but quotations in the sentence, and four words or more in this one.
bool QuoteFinder::stands_alone(const Clause& clause, std::size_t at) const {
    for (std::size_t i = 0; i < clause.size(); ++i) {
        if (!clause.is_quote(i) && clause.token(i).kind != TokenKind::punctuation) return false;
    }
    return count_words(*clause.pieces()[at].mark) >= 4;
}

int QuoteFinder::count_words(std::int32_t m) const {
    int words = 0;
    for_tokens_inside(m, [&](std::int32_t t) {
        words += token(t).kind == TokenKind::word ? 1 : 0;
        return words < 8;
    });
    return words;
}

/// Every word of substance is capitalised, and not only because it always is.
bool QuoteFinder::is_coined_name(std::int32_t m) const {
    int words = 0;
    bool coined = false;
    bool capitals = true;
    for_tokens_inside(m, [&](std::int32_t t) {
        const Token& word = token(t);
        if (word.kind != TokenKind::word) return true;
        ++words;
        if (!word.capital && !word.is(small_word)) capitals = false;
        const bool proper = nation_at(names_, t) != nullptr || word.is(WordClass::demonym) ||
                            word.is(WordClass::subject_pronoun);
        if (word.capital && !proper) coined = true;
        return capitals && words <= longest_name;
    });
    return capitals && coined && words > 0 && words <= longest_name;
}

/// Marked words behind "slogan", "titled", "reads": what a thing is called or bears.
bool QuoteFinder::is_inscription(const Clause& clause, std::size_t at) const {
    const std::size_t stop = at > 3 ? at - 3 : 0;
    for (std::size_t i = at; i-- > stop;) {
        if (clause.is_quote(i)) return false;
        if (clause.is(i, WordClass::be | WordClass::article)) return false;
        if (!clause.is(i, WordClass::inscription)) continue;
        const std::int32_t m = *clause.pieces()[at].mark;
        if (!clause.is(i, WordClass::cue)) return is_coined_name(m) || count_words(m) <= 6;
        return is_coined_name(m);
    }
    return false;
}

Speaker QuoteFinder::speaker_of(const NounPhrase& phrase) const {
    Speaker speaker;
    TokenRange words = phrase.tokens;
    speaker.words = text_.span_of(words.first, words.end);
    if (phrase.reference != nullptr) {
        speaker.entity = phrase.reference->entity;
        if (speaker.entity) {
            speaker.name =
                references_.corpus().entities[static_cast<std::size_t>(*speaker.entity)].name;
            return speaker;
        }
        if (phrase.reference->form == ReferenceForm::pronoun) return speaker;
    }
    if (words.size() == 1 && token(words.first).is(WordClass::subject_pronoun)) return speaker;
    while (words.first + 1 < words.end &&
           token(words.first).is(WordClass::article | WordClass::determiner)) {
        ++words.first;
    }
    speaker.name = std::string(text_.at(text_.span_of(words.first, words.end)));
    return speaker;
}

Cue QuoteFinder::cue_of(TokenRange range) const {
    const Token& head = token(range.first);
    Cue cue;
    cue.words = {head.span.start, token(range.end - 1).span.end};
    cue.lemma = head.entry->lemma.empty() ? fold(text_.at(cue.words)) : head.entry->lemma;
    cue.stance = head.entry->stance;
    return cue;
}

}  // namespace framelens::quotes_detail
