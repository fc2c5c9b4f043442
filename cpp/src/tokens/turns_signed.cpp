// Signatures: a dash and a name behind or below what somebody says.
#include "framelens/unicode.hpp"
#include "turns.hpp"

#include <algorithm>

namespace framelens::turns_detail {
namespace {

constexpr std::int32_t max_signature_tokens = 40;  // bounds the look back for the dash
constexpr std::int32_t max_name_tokens = 10;       // between the dash and a handle

constexpr WordClass small = WordClass::article | WordClass::preposition | WordClass::conjunction |
                            WordClass::possessive_pronoun | WordClass::determiner;

bool is_dash(char32_t mark) {
    return mark == U'-' || (mark >= 0x2012 && mark <= 0x2015);
}

struct Signature {
    Turn turn;
    bool handle = false;  // "(@annakell)"
};

class SignatureReader {
public:
    SignatureReader(SegmentedText& text, const Paragraphs& paragraphs, const LabelReader& reader,
                    std::vector<MarkedSpan>& added)
        : text_(text), paragraphs_(paragraphs), reader_(reader), added_(added) {
        for (const MarkedSpan& mark : added) told_.push_back(mark.outer.start);
    }

    void run() {
        for (std::size_t p = 0; p < paragraphs_.size(); ++p) {
            const auto dash = dash_of(p);
            if (!dash) continue;
            const auto signature = read(*dash, paragraphs_.end(p));
            if (!signature) continue;
            if (*dash > paragraphs_.first(p)) {
                sign(*signature, paragraphs_.first(p), *dash, p);
            } else if (const auto above = signed_by(p, signature->handle)) {
                sign(*signature, paragraphs_.first(*above), paragraphs_.end(*above), *above);
            }
        }
    }

private:
    /// The last dash of the paragraph, if it stands near its end: the first of "--".
    [[nodiscard]] std::optional<std::int32_t> dash_of(std::size_t p) const {
        const std::int32_t first = paragraphs_.first(p);
        const std::int32_t end = paragraphs_.end(p);
        for (std::int32_t t = end - 1; t >= std::max(first, end - max_signature_tokens); --t) {
            if (!is_dash(token(t).mark)) continue;
            return t > first && token(t - 1).mark == token(t).mark ? t - 1 : t;
        }
        return std::nullopt;
    }

    [[nodiscard]] std::optional<Signature> read(std::int32_t dash, std::int32_t end) const {
        std::int32_t at = dash + 1;
        if (at < end && token(at).mark == token(dash).mark) ++at;
        if (at >= end) return std::nullopt;
        Signature found;
        found.turn.first = dash;
        found.turn.end = end;
        for (std::int32_t t = at; t + 1 < std::min(end, at + max_name_tokens); ++t) {
            if (token(t).mark != U'@' || token(t + 1).kind != TokenKind::word) continue;
            const bool bracket = t > at && token(t - 1).mark == U'(';
            if (!bracket && t > at) return std::nullopt;
            found.handle = true;
            found.turn.name = at;
            const auto name = t > at ? reader_.name_end(at, t - 1) : std::nullopt;
            found.turn.name_end = name ? *name : t - 1;
            if (!name && (t <= at || !all_words(at, t - 1))) {
                found.turn.name = t + 1;
                found.turn.name_end = t + 2;
            }
            return found;
        }
        while (at + 1 < end && token(at).capital &&
               token(at).is(WordClass::role | WordClass::honorific | WordClass::role_prefix)) {
            ++at;
        }
        const auto name = token(at).capital ? reader_.name_end(at, end) : std::nullopt;
        if (!name || !closes(*name, end)) return std::nullopt;
        found.turn.name = at;
        found.turn.name_end = *name;
        return found;
    }

    [[nodiscard]] bool all_words(std::int32_t from, std::int32_t end) const {
        for (std::int32_t t = from; t < end; ++t) {
            if (token(t).kind != TokenKind::word) return false;
        }
        return from < end;
    }

    /// Nothing behind the name, or who that is: ", trader in Lund", "(34)".
    [[nodiscard]] bool closes(std::int32_t name_end, std::int32_t end) const {
        if (name_end == end || (name_end + 1 == end && token(name_end).mark == U'.')) return true;
        const char32_t mark = token(name_end).mark;
        return (mark == U',' || mark == U'(' || mark == U'|') &&
               reader_.describes(name_end + 1, end);
    }

    /// The paragraph above a signature, links passed over. A dash before it, or before the line behind
    /// the signature, makes a list.
    [[nodiscard]] std::optional<std::size_t> signed_by(std::size_t p, bool handle) const {
        constexpr std::size_t links = 2;
        const auto begins = [&](std::size_t other) {
            return other < paragraphs_.size() && is_dash(token(paragraphs_.first(other)).mark);
        };
        if (!handle && begins(p + 1)) return std::nullopt;
        std::size_t above = p;
        for (std::size_t n = 0; above > 0 && n <= links; ++n) {
            --above;
            if (is_link(above)) continue;
            const bool leads = token(paragraphs_.end(above) - 1).mark == U':';
            return begins(above) || leads ? std::nullopt : std::optional(above);
        }
        return std::nullopt;
    }

    [[nodiscard]] bool is_link(std::size_t p) const {
        const std::string_view line = text_.at(text_.segments.paragraphs[p]);
        return line.find(' ') == line.npos && line.find('/') != line.npos;
    }

    /// Gives the signature to what stands in the tokens of one paragraph: a quotation that is all of
    /// it, or with a handle whatever it is.
    void sign(const Signature& signature, std::int32_t from, std::int32_t end, std::size_t p) {
        if (from >= end) return;
        const Zone* zone = zone_at(text_.zones, text_.segments.paragraphs[p].start);
        const bool read =
            zone == nullptr || zone->kind == ZoneKind::headline || zone->kind == ZoneKind::subhead;
        if (!read) return;
        const auto mark = whole_mark(from, end);
        const Span words = text_.span_of(from, end);
        if (std::binary_search(told_.begin(), told_.end(), words.start)) return;
        if (!mark && !signature.handle) return;
        if (mark && !signature.handle && !is_utterance(text_.marks[*mark].inner)) return;
        const auto turn = static_cast<std::int32_t>(text_.turns.size());
        text_.turns.push_back(signature.turn);
        if (mark) {
            text_.marks[*mark].turn = turn;
        } else {
            added_.push_back({words, words, std::nullopt, 0, false, turn});
        }
    }

    /// The marks that hold all the tokens, a comma or full stop behind them left out; behind a
    /// finished sentence the last one.
    [[nodiscard]] std::optional<std::size_t> whole_mark(std::int32_t from, std::int32_t end) const {
        while (end > from + 1 && (token(end - 1).mark == U',' || token(end - 1).mark == U'.'))
            --end;
        const Span words = text_.span_of(from, end);
        auto mark = std::lower_bound(
            text_.marks.begin(), text_.marks.end(), words.start,
            [](const MarkedSpan& m, std::int64_t at) { return m.outer.start < at; });
        if (mark == text_.marks.end() || mark->depth > 0 || mark->turn) return std::nullopt;
        if (mark->outer.start != words.start || mark->outer.end != words.end) return std::nullopt;
        return static_cast<std::size_t>(mark - text_.marks.begin());
    }

    /// Somebody's words and no title of a work: a sentence, or a word of substance in lower case.
    [[nodiscard]] bool is_utterance(Span inner) const {
        const auto size = static_cast<std::int32_t>(text_.tokens.size());
        for (std::int32_t t = text_.token_from(inner.start);
             t < size && token(t).span.start < inner.end; ++t) {
            const Token& word = token(t);
            if (word.kind == TokenKind::word && !word.capital && !word.is(small)) return true;
            if (word.mark == U'.' || word.mark == U'!' || word.mark == U'?') return true;
        }
        return false;
    }

    const Token& token(std::int32_t t) const { return text_.tokens[static_cast<std::size_t>(t)]; }

    SegmentedText& text_;
    const Paragraphs& paragraphs_;
    const LabelReader& reader_;
    std::vector<MarkedSpan>& added_;
    std::vector<std::int64_t> told_;  // where what is said in turns begins, ascending
};

}  // namespace

void find_signatures(SegmentedText& text, const Paragraphs& paragraphs, const LabelReader& reader,
                     std::vector<MarkedSpan>& added) {
    SignatureReader(text, paragraphs, reader, added).run();
}

}  // namespace framelens::turns_detail
