#include "framelens/quotes.hpp"

#include "finder.hpp"
#include "framelens/types_names.hpp"

#include <algorithm>

namespace framelens {
namespace quotes_detail {
namespace {

// What no writer exceeds. Beyond it time would grow with the square of a text's length.
constexpr std::size_t longest_sentence = 500;  // pieces
constexpr std::int32_t deepest = 8;            // quotations inside each other

}  // namespace

std::vector<Quotation> QuoteFinder::run() {
    std::vector<Piece> pieces;
    std::optional<Said> previous;  // by the paragraph before
    References::MarkCursor marks(references_, 0);
    const auto size = static_cast<std::int32_t>(text_.tokens.size());
    for (std::int32_t t = 0; t < size;) {
        const std::int32_t paragraph = paragraph_of(t);
        if (!leads_in(pieces, t)) pieces.clear();
        for (; t < size && paragraph_of(t) == paragraph; ++t) {
            add_piece(t, marks.at(t), std::nullopt, pieces);
        }
        if (t < size && leads_in(pieces, t)) continue;
        read_level(pieces, previous);
    }
    carry_over_paragraphs();
    rank_speakers();
    const auto marked = static_cast<std::int32_t>(text_.marks.size());
    for (std::int32_t m = 0; m < marked; ++m) {
        if (mark(m).depth == 0) read_inside(m);
    }
    settle_headlines();
    return collect();
}

/// True if the paragraph ends in a colon and the next one, at `next`, opens a quotation.
bool QuoteFinder::leads_in(Pieces pieces, std::int32_t next) const {
    if (pieces.empty() || pieces.back().mark || token(pieces.back().token).mark != U':') {
        return false;
    }
    const auto inside = references_.mark_of(next);
    return inside && mark(*inside).outer.start == token(next).span.start;
}

/// Adds the token, which is `inside` a mark, if it stands directly in `container`, or the quotation
/// there that it opens.
void QuoteFinder::add_piece(std::int32_t t, std::optional<std::int32_t> inside,
                            std::optional<std::int32_t> container,
                            std::vector<Piece>& pieces) const {
    if (inside == container) {
        pieces.push_back({t, std::nullopt});
        return;
    }
    if (!inside || mark(*inside).outer.start != token(t).span.start) return;
    while (mark(*inside).parent != container && mark(*inside).parent &&
           mark(*mark(*inside).parent).outer.start == token(t).span.start) {
        inside = mark(*inside).parent;  // both begin here
    }
    if (mark(*inside).parent == container) pieces.push_back({t, inside});
}

/// Reads one paragraph, or the inside of one quotation, sentence by sentence. A paragraph of
/// quotations alone takes the speaker of the paragraph before it.
void QuoteFinder::read_level(Pieces pieces, std::optional<Said>& previous) {
    std::optional<Said> last_attributed;
    if (holds_only_quotes(pieces)) last_attributed = previous;
    std::size_t from = 0;
    while (from < pieces.size()) {
        std::size_t end = from + 1;
        while (end < pieces.size() && end - from < longest_sentence && !breaks(pieces, end)) ++end;
        read_sentence(pieces.subspan(from, end - from), last_attributed);
        from = end;
    }
    previous = last_attributed;
}

bool QuoteFinder::holds_only_quotes(Pieces pieces) const {
    return std::all_of(pieces.begin(), pieces.end(), [&](const Piece& piece) {
        return piece.mark || token(piece.token).kind == TokenKind::punctuation;
    });
}

void QuoteFinder::read_inside(std::int32_t m) {
    const auto& quotation = of_mark_[static_cast<std::size_t>(m)];
    std::optional<std::int32_t> speaker;
    if (quotation && quotation->speaker) speaker = quotation->speaker->entity;
    references_.resolve_inside(m, speaker);
    if (mark(m).depth >= deepest) return;
    std::vector<Piece> pieces;
    References::MarkCursor marks(references_, text_.token_from(mark(m).inner.start));
    bool nested = false;
    for_tokens_inside(m, [&](std::int32_t t) {
        add_piece(t, marks.at(t), m, pieces);
        nested = nested || (!pieces.empty() && pieces.back().mark);
        return true;
    });
    std::optional<Said> none;
    if (!nested) return;
    read_level(pieces, none);
    for (const Piece& piece : pieces) {
        if (piece.mark) read_inside(*piece.mark);
    }
}

std::int32_t QuoteFinder::closing_sentence(const Piece& piece) const {
    if (!piece.mark) return token(piece.token).sentence;
    const std::int64_t end = mark(*piece.mark).outer.end - 1;
    auto after = std::upper_bound(
        text_.segments.sentences.begin(), text_.segments.sentences.end(), end,
        [](std::int64_t pos, const Sentence& sentence) { return pos < sentence.span.start; });
    return static_cast<std::int32_t>(after - text_.segments.sentences.begin()) - 1;
}

/// True if a new sentence of the writer begins at `at`. "Really?" he asked. goes on.
bool QuoteFinder::breaks(Pieces pieces, std::size_t at) const {
    const Piece& left = pieces[at - 1];
    if (pieces[at].mark && !left.mark && token(left.token).mark == U':') return false;
    if (closing_sentence(left) == token(pieces[at].token).sentence) return false;
    if (!left.mark || pieces[at].mark) return true;
    const char last = text_.text[static_cast<std::size_t>(marked_words(text_, *left.mark).end - 1)];
    if (last != '?' && last != '!' && last != '.') return true;
    constexpr std::size_t reach = 40;  // pieces
    const std::int32_t sentence = token(pieces[at].token).sentence;
    std::size_t end = at;
    while (end < pieces.size() && end - at < reach &&
           token(pieces[end].token).sentence == sentence) {
        ++end;
    }
    const Clause whole(text_, names_, references_, grammar_, pieces.subspan(at, end - at));
    if (whole.is_bare_attribution()) return false;
    if (last == '.') return true;
    const Pieces window = pieces.subspan(at, std::min<std::size_t>(pieces.size() - at, 8));
    const Clause clause(text_, names_, references_, grammar_, window);
    for (std::size_t i = 1; i < window.size() && !window[i].mark; ++i) {
        if (token(window[i].token).kind == TokenKind::punctuation) break;
        if (clause.is_verbal_cue(i)) return false;
    }
    return true;
}

std::vector<Quotation> QuoteFinder::collect() {
    const auto marked = std::count_if(of_mark_.begin(), of_mark_.end(),
                                      [](const auto& quotation) { return quotation.has_value(); });
    std::vector<Quotation> all;
    all.reserve(static_cast<std::size_t>(marked) + indirect_.size());
    for (auto& quotation : of_mark_) {
        if (quotation) all.push_back(std::move(*quotation));
    }
    for (Quotation& quotation : indirect_) all.push_back(std::move(quotation));
    std::stable_sort(all.begin(), all.end(), [](const Quotation& a, const Quotation& b) {
        return a.span.start != b.span.start ? a.span.start < b.span.start : a.span.end > b.span.end;
    });
    return all;
}

}  // namespace quotes_detail

namespace {

template <class Wanted>
const Quotation* innermost(const std::vector<Quotation>& quotes, Span span, Wanted wanted) {
    constexpr int enough = 256;  // quotations that begin between a span and one that holds it
    const Quotation* best = nullptr;
    auto it = std::upper_bound(
        quotes.begin(), quotes.end(), span.start,
        [](std::int64_t pos, const Quotation& quotation) { return pos < quotation.span.start; });
    for (int seen = 0; it != quotes.begin() && seen < enough; ++seen) {
        --it;
        if (!it->span.contains(span) || !wanted(*it)) continue;
        if (best == nullptr || it->span.size() < best->span.size()) best = &*it;
    }
    return best;
}

}  // namespace

std::string_view name_of(QuoteKind kind) noexcept {
    static constexpr std::string_view names[] = {"direct", "partial", "scare", "name", "indirect"};
    return name_in(names, kind);
}

std::string_view name_of(Stance stance) noexcept {
    static constexpr std::string_view names[] = {"neutral", "doubting", "assertive", "hostile",
                                                 "denying"};
    return name_in(names, stance);
}

std::vector<Quotation> find_quotes(const SegmentedText& text, const DocumentNames& names,
                                   References& references) {
    return quotes_detail::QuoteFinder(text, names, references).run();
}

const Quotation* quotation_at(const std::vector<Quotation>& quotes, Span span) {
    return innermost(quotes, span, [](const Quotation& quote) {
        return quote.kind == QuoteKind::direct || quote.kind == QuoteKind::partial;
    });
}

const Quotation* reported_at(const std::vector<Quotation>& quotes, Span span) {
    return innermost(quotes, span, [](const Quotation& quote) {
        return quote.kind == QuoteKind::indirect && quote.is_clause;
    });
}

const Quotation* scare_at(const std::vector<Quotation>& quotes, Span span) {
    return innermost(quotes, span,
                     [](const Quotation& quote) { return quote.kind == QuoteKind::scare; });
}

}  // namespace framelens
