#include "framelens/quotes.hpp"

#include "framelens/unicode.hpp"
#include "quotes_clause.hpp"

#include <algorithm>

namespace framelens {
namespace {

using quotes_detail::Attribution;
using quotes_detail::Clause;
using quotes_detail::NounPhrase;
using quotes_detail::Piece;
using quotes_detail::Pieces;

constexpr WordClass small_word = WordClass::article | WordClass::preposition |
                                 WordClass::conjunction | WordClass::be |
                                 WordClass::possessive_pronoun;

class QuoteFinder {
public:
    QuoteFinder(const SegmentedText& text, const DocumentNames& names, References& references)
        : text_(text), names_(names), references_(references), of_mark_(text.marks.size()) {}

    std::vector<Quotation> run() {
        std::vector<Piece> pieces;
        std::optional<std::int32_t> previous;  // last attributed quotation of the paragraph before
        const auto size = static_cast<std::int32_t>(text_.tokens.size());
        for (std::int32_t t = 0; t < size;) {
            const std::int32_t paragraph = paragraph_of(t);
            if (!leads_in(pieces, t)) pieces.clear();
            for (; t < size && paragraph_of(t) == paragraph; ++t)
                add_piece(t, std::nullopt, pieces);
            if (t < size && leads_in(pieces, t)) continue;
            read_level(pieces, previous);
        }
        settle_headlines();
        carry_over_paragraphs();
        return collect();
    }

private:
    const Token& token(std::int32_t t) const { return text_.tokens[static_cast<std::size_t>(t)]; }
    const MarkedSpan& mark(std::int32_t m) const {
        return text_.marks[static_cast<std::size_t>(m)];
    }
    std::int32_t paragraph_of(std::int32_t t) const {
        return text_.segments.sentences[static_cast<std::size_t>(token(t).sentence)].paragraph;
    }

    // levels and sentences ----------------------------------------------------------------------

    /// True if the paragraph ends in a colon and the next one, at `next`, opens a quotation.
    bool leads_in(const Pieces& pieces, std::int32_t next) const {
        if (pieces.empty() || pieces.back().mark || token(pieces.back().token).mark != U':') {
            return false;
        }
        const auto inside = references_.mark_of(next);
        return inside && mark(*inside).outer.start == token(next).span.start;
    }

    /// Adds the token if it stands directly in `container`, or the quotation there that it opens.
    void add_piece(std::int32_t t, std::optional<std::int32_t> container, Pieces& pieces) const {
        const auto inside = references_.mark_of(t);
        if (inside == container) {
            pieces.push_back({t, std::nullopt});
            return;
        }
        if (!inside || mark(*inside).outer.start != token(t).span.start) return;
        if (mark(*inside).parent == container) pieces.push_back({t, inside});
    }

    /// Reads one paragraph, or the inside of one quotation, sentence by sentence. A paragraph of
    /// quotations alone takes the speaker of the paragraph before it.
    void read_level(const Pieces& pieces, std::optional<std::int32_t>& previous) {
        std::optional<std::int32_t> last_attributed;
        if (holds_only_quotes(pieces)) last_attributed = previous;
        std::size_t from = 0;
        while (from < pieces.size()) {
            std::size_t end = from + 1;
            while (end < pieces.size() && !breaks(pieces, end)) ++end;
            const Pieces sentence(pieces.begin() + static_cast<std::ptrdiff_t>(from),
                                  pieces.begin() + static_cast<std::ptrdiff_t>(end));
            read_sentence(sentence, last_attributed);
            from = end;
        }
        previous = last_attributed;
        for (const Piece& piece : pieces) {
            if (piece.mark) read_inside(*piece.mark);
        }
    }

    bool holds_only_quotes(const Pieces& pieces) const {
        return std::all_of(pieces.begin(), pieces.end(), [&](const Piece& piece) {
            return piece.mark || token(piece.token).kind == TokenKind::punctuation;
        });
    }

    void read_inside(std::int32_t m) {
        const auto& quotation = of_mark_[static_cast<std::size_t>(m)];
        std::optional<std::int32_t> speaker;
        if (quotation && quotation->speaker) speaker = quotation->speaker->entity;
        references_.resolve_inside(m, speaker);
        Pieces pieces;
        const Span inner = mark(m).inner;
        auto from =
            std::lower_bound(text_.tokens.begin(), text_.tokens.end(), inner.start,
                             [](const Token& t, std::int64_t pos) { return t.span.start < pos; });
        bool nested = false;
        for (auto it = from; it != text_.tokens.end() && it->span.start < inner.end; ++it) {
            add_piece(static_cast<std::int32_t>(it - text_.tokens.begin()), m, pieces);
            nested = nested || (!pieces.empty() && pieces.back().mark);
        }
        std::optional<std::int32_t> none;
        if (nested) read_level(pieces, none);
    }

    std::int32_t closing_sentence(const Piece& piece) const {
        if (!piece.mark) return token(piece.token).sentence;
        const std::int64_t end = mark(*piece.mark).outer.end - 1;
        auto after = std::upper_bound(
            text_.segments.sentences.begin(), text_.segments.sentences.end(), end,
            [](std::int64_t pos, const Sentence& sentence) { return pos < sentence.span.start; });
        return static_cast<std::int32_t>(after - text_.segments.sentences.begin()) - 1;
    }

    /// True if a new sentence of the writer begins at `at`. "Really?" he asked. goes on.
    bool breaks(const Pieces& pieces, std::size_t at) const {
        const Piece& left = pieces[at - 1];
        if (pieces[at].mark && !left.mark && token(left.token).mark == U':') return false;
        if (closing_sentence(left) == token(pieces[at].token).sentence) return false;
        if (!left.mark || pieces[at].mark) return true;
        const Span inner = mark(*left.mark).inner;
        const char last = text_.text[static_cast<std::size_t>(inner.end - 1)];
        if (last != '?' && last != '!') return true;
        const std::size_t end = std::min(pieces.size(), at + 8);
        const Pieces window(pieces.begin() + static_cast<std::ptrdiff_t>(at),
                            pieces.begin() + static_cast<std::ptrdiff_t>(end));
        const Clause clause(text_, names_, references_, window);
        for (std::size_t i = 1; i < window.size() && !window[i].mark; ++i) {
            if (token(window[i].token).kind == TokenKind::punctuation) break;
            if (clause.is_verbal_cue(i)) return false;
        }
        return true;
    }

    // attribution -------------------------------------------------------------------------------

    void read_sentence(const Pieces& pieces, std::optional<std::int32_t>& last_attributed) {
        const Clause clause(text_, names_, references_, pieces);
        const bool only_quotes = holds_only_quotes(pieces);
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            if (!pieces[i].mark) continue;
            const std::int32_t m = *pieces[i].mark;
            Quotation quotation = start_quotation(m);
            classify(clause, i, quotation);
            const bool unsaid = !quotation.speaker && quotation.kind != QuoteKind::name;
            if (unsaid && (only_quotes || count_words(m) >= 5)) {
                follow_on(quotation, last_attributed, only_quotes);
            }
            if (quotation.kind != QuoteKind::name && quotation.speaker) last_attributed = m;
            of_mark_[static_cast<std::size_t>(m)] = std::move(quotation);
        }
        if (!pieces.empty() && !references_.mark_of(pieces[0].token)) find_indirect(clause);
    }

    Quotation start_quotation(std::int32_t m) const {
        Quotation quotation;
        quotation.span = mark(m).inner;
        quotation.depth = mark(m).depth;
        quotation.mark = m;
        const Zone* zone = zone_at(text_.zones, quotation.span.start);
        if (zone != nullptr) quotation.zone = zone->kind;
        return quotation;
    }

    void classify(const Clause& clause, std::size_t at, Quotation& quotation) const {
        const std::int32_t m = *clause.pieces()[at].mark;
        if (is_inscription(clause, at)) {
            quotation.kind = QuoteKind::name;
            return;
        }
        const auto found = clause.attribute(at);
        const bool set_off = found && found->set_off;
        if (!set_off && is_coined_name(m) && at > 0) {
            quotation.kind = QuoteKind::name;
        } else if (found && (found->speaker || set_off)) {
            quotation.kind = set_off ? QuoteKind::direct : QuoteKind::partial;
            if (found->speaker) quotation.speaker = speaker_of(*found->speaker);
            if (found->cue) quotation.cue = cue_of(*found->cue);
        } else if (stands_alone(clause, at)) {
            quotation.kind = QuoteKind::direct;
        }
    }

    /// A quotation without a cue takes the speaker before it in its paragraph.
    void follow_on(Quotation& quotation, std::optional<std::int32_t> last_attributed,
                   bool alone) const {
        if (!last_attributed) return;
        const auto& before = of_mark_[static_cast<std::size_t>(*last_attributed)];
        quotation.kind = alone ? QuoteKind::direct : QuoteKind::partial;
        quotation.speaker = before->speaker;
        quotation.cue = before->cue;
    }

    /// Nothing but quotations in the sentence, and four words or more in this one.
    bool stands_alone(const Clause& clause, std::size_t at) const {
        for (std::size_t i = 0; i < clause.size(); ++i) {
            if (!clause.is_quote(i) && clause.token(i).kind != TokenKind::punctuation) return false;
        }
        return count_words(*clause.pieces()[at].mark) >= 4;
    }

    template <class Visit>
    void for_tokens_inside(std::int32_t m, Visit visit) const {
        const Span inner = mark(m).inner;
        auto it =
            std::lower_bound(text_.tokens.begin(), text_.tokens.end(), inner.start,
                             [](const Token& t, std::int64_t pos) { return t.span.start < pos; });
        for (; it != text_.tokens.end() && it->span.start < inner.end; ++it) {
            if (!visit(static_cast<std::int32_t>(it - text_.tokens.begin()))) return;
        }
    }

    int count_words(std::int32_t m) const {
        int words = 0;
        for_tokens_inside(m, [&](std::int32_t t) {
            words += token(t).kind == TokenKind::word ? 1 : 0;
            return words < 8;
        });
        return words;
    }

    /// Every word of substance is capitalised, and not only because it always is.
    bool is_coined_name(std::int32_t m) const {
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
            return capitals && words <= 8;
        });
        return capitals && coined && words > 0 && words <= 8;
    }

    /// Marked words behind "slogan", "titled", "reads": what a thing is called or bears.
    bool is_inscription(const Clause& clause, std::size_t at) const {
        const std::size_t stop = at > 3 ? at - 3 : 0;
        for (std::size_t i = at; i-- > stop;) {
            if (clause.is_quote(i)) return false;
            if (!clause.is(i, WordClass::inscription)) continue;
            const std::int32_t m = *clause.pieces()[at].mark;
            if (!clause.is(i, WordClass::cue)) return is_coined_name(m) || count_words(m) <= 6;
            return is_coined_name(m);
        }
        return false;
    }

    Speaker speaker_of(const NounPhrase& phrase) const {
        Speaker speaker;
        TokenRange words = phrase.tokens;
        speaker.words = Span{token(words.first).span.start, token(words.end - 1).span.end};
        if (phrase.reference != nullptr) {
            speaker.entity = phrase.reference->entity;
            if (speaker.entity) {
                speaker.name =
                    references_.corpus().entities[static_cast<std::size_t>(*speaker.entity)].name;
                return speaker;
            }
            if (phrase.reference->form == ReferenceForm::pronoun) return speaker;
        }
        while (words.first + 1 < words.end &&
               token(words.first).is(WordClass::article | WordClass::determiner)) {
            ++words.first;
        }
        speaker.name =
            std::string(text_.at({token(words.first).span.start, token(words.end - 1).span.end}));
        return speaker;
    }

    Cue cue_of(TokenRange range) const {
        const Token& head = token(range.first);
        Cue cue;
        cue.words = {head.span.start, token(range.end - 1).span.end};
        cue.lemma = head.entry == nullptr || head.entry->lemma.empty() ? fold(text_.at(cue.words))
                                                                       : head.entry->lemma;
        if (head.entry != nullptr) cue.stance = head.entry->stance;
        return cue;
    }

    // indirect speech ---------------------------------------------------------------------------

    /// "Maduro claimed that ..."; "..., Maduro said."; "According to Maduro, ...".
    void find_indirect(const Clause& clause) {
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

    Span pieces_span(const Clause& clause, std::size_t from, std::size_t end) const {
        const Piece& last = clause.pieces()[end - 1];
        const Piece& first = clause.pieces()[from];
        return {first.mark ? mark(*first.mark).outer.start : token(first.token).span.start,
                last.mark ? mark(*last.mark).outer.end : token(last.token).span.end};
    }

    /// The clause that the cue at `at` introduces or closes, unless it is a quotation.
    std::optional<Span> content_of(const Clause& clause, std::size_t at) const {
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

    bool opens_content(const Clause& clause, std::size_t at) const {
        if (clause.is_quote(at)) return false;
        const Token& word = clause.token(at);
        if (word.kind == TokenKind::punctuation) return false;
        const WordClass opens = WordClass::subordinator | WordClass::article |
                                WordClass::determiner | WordClass::subject_pronoun |
                                WordClass::possessive_pronoun | WordClass::people |
                                WordClass::relative | WordClass::neuter | WordClass::number;
        return word.capital || word.is(opens);
    }

    std::optional<Span> content_around(const Clause& clause, std::size_t at,
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

    // second thoughts ---------------------------------------------------------------------------

    /// Marked words of a headline or subhead that an attributed quotation contains are its
    /// speaker's.
    void settle_headlines() {
        for (auto& quotation : of_mark_) {
            if (!quotation || quotation->depth > 0) continue;
            if (quotation->zone != ZoneKind::headline && quotation->zone != ZoneKind::subhead) {
                continue;
            }
            const std::string words = fold(text_.at(quotation->span));
            for (const auto& other : of_mark_) {
                if (!other || !other->speaker || other->zone != ZoneKind::body) continue;
                if (!contains_words(fold(text_.at(other->span)), words)) continue;
                quotation->kind = QuoteKind::partial;
                quotation->speaker =
                    Speaker{std::nullopt, other->speaker->entity, other->speaker->name};
                quotation->cue.reset();
                break;
            }
        }
    }

    static bool contains_words(const std::string& text, const std::string& words) {
        const auto letter = [](char c) {
            return static_cast<unsigned char>(c) >= 0x80 ||
                   std::isalnum(static_cast<unsigned char>(c));
        };
        for (auto at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) {
            const std::size_t end = at + words.size();
            if ((at == 0 || !letter(text[at - 1])) && (end == text.size() || !letter(text[end]))) {
                return true;
            }
        }
        return false;
    }

    /// A quotation over several paragraphs has one speaker, named before or behind it.
    void carry_over_paragraphs() {
        std::vector<std::size_t> chain;
        for (std::size_t m = 0; m < of_mark_.size(); ++m) {
            if (!of_mark_[m] || text_.marks[m].depth > 0) continue;
            chain.push_back(m);
            if (text_.marks[m].open_ended) continue;
            share_speaker(chain);
            chain.clear();
        }
        share_speaker(chain);
    }

    void share_speaker(const std::vector<std::size_t>& chain) {
        if (chain.size() < 2) return;
        const auto known = std::find_if(chain.begin(), chain.end(), [&](std::size_t m) {
            return of_mark_[m]->speaker.has_value();
        });
        if (known == chain.end()) return;
        for (const std::size_t m : chain) {
            if (of_mark_[m]->speaker) continue;
            of_mark_[m]->kind = QuoteKind::direct;
            of_mark_[m]->speaker = of_mark_[*known]->speaker;
            of_mark_[m]->cue = of_mark_[*known]->cue;
        }
    }

    std::vector<Quotation> collect() {
        std::vector<Quotation> all;
        for (auto& quotation : of_mark_) {
            if (quotation) all.push_back(std::move(*quotation));
        }
        for (Quotation& quotation : indirect_) all.push_back(std::move(quotation));
        std::stable_sort(all.begin(), all.end(), [](const Quotation& a, const Quotation& b) {
            return a.span.start != b.span.start ? a.span.start < b.span.start
                                                : a.span.end > b.span.end;
        });
        return all;
    }

    const SegmentedText& text_;
    const DocumentNames& names_;
    References& references_;
    std::vector<std::optional<Quotation>> of_mark_;
    std::vector<Quotation> indirect_;
};

template <class Wanted>
const Quotation* innermost(const std::vector<Quotation>& quotes, Span span, Wanted wanted) {
    const Quotation* best = nullptr;
    for (const Quotation& quotation : quotes) {
        if (quotation.span.start > span.start) break;
        if (!quotation.span.contains(span) || !wanted(quotation.kind)) continue;
        if (best == nullptr || quotation.span.size() <= best->span.size()) best = &quotation;
    }
    return best;
}

}  // namespace

std::string_view name_of(QuoteKind kind) noexcept {
    constexpr std::string_view names[] = {"direct", "partial", "scare", "name", "indirect"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(Stance stance) noexcept {
    constexpr std::string_view names[] = {"neutral", "doubting", "assertive", "hostile"};
    return names[static_cast<std::size_t>(stance)];
}

std::vector<Quotation> find_quotes(const SegmentedText& text, const DocumentNames& names,
                                   References& references) {
    return QuoteFinder(text, names, references).run();
}

const Quotation* quotation_at(const std::vector<Quotation>& quotes, Span span) {
    return innermost(quotes, span, [](QuoteKind kind) {
        return kind == QuoteKind::direct || kind == QuoteKind::partial;
    });
}

const Quotation* reported_at(const std::vector<Quotation>& quotes, Span span) {
    return innermost(quotes, span, [](QuoteKind kind) { return kind == QuoteKind::indirect; });
}

const Quotation* scare_at(const std::vector<Quotation>& quotes, Span span) {
    return innermost(quotes, span, [](QuoteKind kind) { return kind == QuoteKind::scare; });
}

}  // namespace framelens
