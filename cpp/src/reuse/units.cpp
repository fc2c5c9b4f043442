#include "units.hpp"

#include <algorithm>
#include <cstddef>

namespace framelens {
namespace {

constexpr int words_of_a_clause = 4;
constexpr char32_t em_dash = 0x2014;
constexpr char32_t en_dash = 0x2013;

/// Tokens [first, last); `core` is the first after a conjunction or dash.
struct Piece {
    std::int32_t first = 0;
    std::int32_t core = 0;
    std::int32_t last = 0;
};

class UnitReader {
public:
    UnitReader(const SegmentedText& text, WordNumbers& table) : text_(text), table_(table) {}

    void read(const Quotation& quote, const Unit& like, std::vector<Unit>& units) {
        const auto begin = std::lower_bound(
            text_.tokens.begin(), text_.tokens.end(), quote.span.start,
            [](const Token& token, std::int64_t start) { return token.span.start < start; });
        auto first = static_cast<std::int32_t>(begin - text_.tokens.begin());
        std::int32_t last = first;
        for (; in(last) && token(last).span.end <= quote.span.end; ++last) {
            if (last > first && token(last).sentence != token(first).sentence) {
                read_sentence(first, last, like, units);
                first = last;
            }
        }
        if (last > first) read_sentence(first, last, like, units);
    }

private:
    bool in(std::int32_t i) const { return static_cast<std::size_t>(i) < text_.tokens.size(); }
    const Token& token(std::int32_t i) const { return text_.tokens[static_cast<std::size_t>(i)]; }
    bool is_sign(std::int32_t i) const { return token(i).kind == TokenKind::punctuation; }

    /// A piece ends before token `i`.
    bool breaks_before(std::int32_t i) const {
        const char32_t before = token(i - 1).mark;
        if (before == U';') return true;
        if (token(i).mark == em_dash || token(i).mark == en_dash) return true;
        return before == U',' && token(i).is(WordClass::conjunction);
    }

    std::vector<Piece> pieces(std::int32_t first, std::int32_t last) const {
        std::vector<Piece> found;
        std::int32_t begin = first;
        for (std::int32_t i = first + 1; i <= last; ++i) {
            if (i < last && !breaks_before(i)) continue;
            std::int32_t core = begin;
            if (begin > first) {
                while (core < i && (is_sign(core) || token(core).is(WordClass::conjunction)))
                    ++core;
            }
            found.push_back({begin, core, i});
            begin = i;
        }
        return found;
    }

    /// Enough words, and a verb that tells it from a list's last item.
    bool stands_alone(std::int32_t first, std::int32_t last) const {
        int words = 0;
        bool verb = false;
        for (std::int32_t i = first; i < last; ++i) {
            words += is_sign(i) ? 0 : 1;
            verb = verb || token(i).is(WordClass::be | WordClass::have | WordClass::modal);
        }
        return verb && words >= words_of_a_clause;
    }

    void read_sentence(std::int32_t first, std::int32_t last, const Unit& like,
                       std::vector<Unit>& units) {
        std::vector<Piece> unit;
        for (const Piece& piece : pieces(first, last)) {
            if (!unit.empty() && stands_alone(unit.front().core, piece.first) &&
                stands_alone(piece.core, piece.last)) {
                add(unit, like, units);
                unit.clear();
            }
            unit.push_back(piece);
        }
        add(unit, like, units);
    }

    void add(const std::vector<Piece>& pieces, const Unit& like, std::vector<Unit>& units) {
        Unit unit = like;
        unit.sentence = token(pieces.front().first).sentence;
        for (std::size_t k = 0; k < pieces.size(); ++k) {
            const Piece& piece = pieces[k];
            if (piece.core >= piece.last) continue;
            unit.segments.push_back({{token(piece.core).span.start, token(piece.last - 1).span.end},
                                     static_cast<std::int32_t>(unit.words.size())});
            for (std::int32_t i = k == 0 ? piece.core : piece.first; i < piece.last; ++i) {
                if (!is_sign(i)) unit.words.push_back(table_.add(text_, i));
            }
        }
        if (!unit.words.empty()) units.push_back(std::move(unit));
    }

    const SegmentedText& text_;
    WordNumbers& table_;
};

}  // namespace

void add_units(const QuotedText& document, std::int32_t doc, WordNumbers& table,
               std::vector<Unit>& units) {
    UnitReader reader(*document.text, table);
    const std::size_t first = units.size();
    Span outer{-1, -1};
    for (std::size_t i = 0; i < document.quotes.size(); ++i) {
        const Quotation& quote = *document.quotes[i];
        if (outer.contains(quote.span)) continue;
        outer = quote.span;
        Unit like;
        like.doc = doc;
        like.quote = static_cast<std::int32_t>(i);
        like.name = quote.kind == QuoteKind::name;
        like.whole = quote.kind == QuoteKind::direct;
        if (quote.speaker) like.speaker = quote.speaker->name;
        reader.read(quote, like, units);
    }
    for (std::size_t i = first; i < units.size(); ++i) {
        units[i].order = static_cast<std::int32_t>(i - first);
    }
}

}  // namespace framelens
