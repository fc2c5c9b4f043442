#include "unmarked.hpp"

#include "framelens/marks_blocks.hpp"
#include "framelens/unicode.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace framelens {
namespace {

/// Paragraphs of a text as ranges of tokens, and what of them is quoted.
class Unmarked {
public:
    explicit Unmarked(const SegmentedText& text) : text_(text) {
        const auto& sentences = text.segments.sentences;
        first_.assign(text.segments.paragraphs.size() + 1, std::ssize(text.tokens));
        for (std::size_t s = sentences.size(); s-- > 0;) {
            first_[static_cast<std::size_t>(sentences[s].paragraph)] = text.first_token[s];
        }
        for (const MarkedSpan& mark : text.marks) {
            if (mark.turn) told_.push_back(mark.outer.start);
        }
    }

    /// Numbers of the paragraphs that are set off, ascending.
    [[nodiscard]] std::vector<std::size_t> find_set_off() const {
        std::vector<std::size_t> found;
        for (std::size_t p = 0; p + 2 < first_.size(); ++p) {
            if (!leads_in(p) || !may_be_quoted(p + 1)) continue;
            found.push_back(++p);
            if (!blank_between(p - 1)) continue;
            while (p + 2 < first_.size() && !blank_between(p) && may_be_quoted(p + 1)) {
                found.push_back(++p);
            }
        }
        return found;
    }

    /// The end of a paragraph whose closing mark has lost the opening one, if it has.
    [[nodiscard]] std::optional<MarkedSpan> find_unopened(
        std::size_t p, const std::vector<std::int64_t>& mark_starts) const {
        const std::int64_t last = first_[p + 1] - 1;
        if (last <= first_[p] || !is_closing(token(last).mark)) return std::nullopt;
        const char32_t before = token(last - 1).mark;
        if (before != U'.' && before != U'!' && before != U'?') return std::nullopt;
        if (!in_body(p) || count_unpaired(p, mark_starts) != 1) return std::nullopt;
        const auto from = quoted_from(p, last, mark_starts);
        if (!from || last - *from < min_quoted_tokens) return std::nullopt;
        const Span mark = token(last).span;
        const std::int64_t start = token(*from).span.start;
        return MarkedSpan{{start, mark.start}, {start, mark.end}, std::nullopt, 0, false};
    }

    /// What stands behind the ">" of a mail's or page's quoted line.
    [[nodiscard]] std::optional<MarkedSpan> find_quoted_line(std::size_t p) const {
        if (!is_quoted_line(p) || !is_introduced(p)) return std::nullopt;
        std::int64_t from = first_[p];
        while (from < first_[p + 1] && token(from).mark == U'>') ++from;
        if (from == first_[p + 1]) return std::nullopt;
        const Span line = text_.segments.paragraphs[p];
        return MarkedSpan{{token(from).span.start, line.end}, line, std::nullopt, 0, false};
    }

private:
    static constexpr std::int64_t min_quoted_tokens =
        5;  // fewer may be a link or an item of a list

    [[nodiscard]] bool is_quoted_line(std::size_t p) const {
        return first_[p + 1] > first_[p] && token(first_[p]).mark == U'>' && in_body(p);
    }

    /// Somebody is said to write it, more such lines stand beside it, or it ends as a sentence does:
    /// pages print ">" before links too.
    [[nodiscard]] bool is_introduced(std::size_t p) const {
        if (p > 0 && (is_quoted_line(p - 1) || ends_in(p - 1, U':'))) return true;
        const bool more = p + 2 < first_.size() && is_quoted_line(p + 1);
        return more || ends_in(p, U'.') || ends_in(p, U'!') || ends_in(p, U'?');
    }

    [[nodiscard]] bool ends_in(std::size_t p, char32_t mark) const {
        return first_[p + 1] > first_[p] && token(first_[p + 1] - 1).mark == mark;
    }

    static bool is_closing(char32_t mark) { return mark == 0x201D || mark == U'"'; }

    int count_unpaired(std::size_t p, const std::vector<std::int64_t>& mark_starts) const {
        int count = 0;
        for (std::int64_t t = first_[p]; t < first_[p + 1]; ++t) {
            const bool is_double = is_closing(token(t).mark) || token(t).mark == 0x201C;
            if (is_double && !is_paired_mark(mark_starts, token(t).span.start)) ++count;
        }
        return count;
    }

    /// The first token that the mark at `last` quotes: what a verb of saying in its sentence says,
    /// else the sentence. Behind another quotation only "and said ..." begins a new one.
    std::optional<std::int64_t> quoted_from(std::size_t p, std::int64_t last,
                                            const std::vector<std::int64_t>& mark_starts) const {
        std::int64_t first = last;
        while (first > first_[p] && token(first - 1).sentence == token(last).sentence) --first;
        std::int64_t from = last;
        while (from > first && !is_paired_mark(mark_starts, token(from - 1).span.start)) --from;
        const bool behind_another = from > first;
        if (behind_another && !token(from).is(WordClass::conjunction)) return std::nullopt;
        const auto begin = text_.tokens.begin();
        // what follows "I told them" is part of what is quoted, no words of the writer's
        const auto self = std::find_if(begin + from, begin + last, [](const Token& word) {
            return word.is(WordClass::first_person);
        });
        for (std::int64_t t = std::min(last, self - begin) - 1; t > from; --t) {
            if (!is_verb_of_saying(p, t)) continue;
            for (std::int64_t that = t + 1; that < last; ++that) {
                if (token(that).is(WordClass::subordinator)) return that + 1;
            }
            return t + 1;
        }
        if (behind_another) return std::nullopt;
        return from;
    }

    const Token& token(std::int64_t t) const { return text_.tokens[static_cast<std::size_t>(t)]; }

    /// The paragraph ends in a verb of saying and a colon; little may stand between them.
    bool leads_in(std::size_t p) const {
        constexpr std::int64_t max_lead_in_tokens = 9;  // "wrote on her page this morning:"
        const std::int64_t colon = first_[p + 1] - 1;
        if (colon <= first_[p] || token(colon).mark != U':' || !in_body(p)) return false;
        for (std::int64_t t = colon - 1; t > std::max(first_[p], colon - max_lead_in_tokens); --t) {
            if (token(t).kind == TokenKind::punctuation) return false;
            if (is_verb_of_saying(p, t)) return may_stand_before_colon(t + 1, colon);
        }
        return false;
    }

    bool is_verb_of_saying(std::size_t p, std::int64_t t) const {
        if (!token(t).is(WordClass::cue)) return false;
        const Token& before = token(t - 1);
        if (token(t).is(WordClass::cue_participle)) {  // "..., writing"
            return before.kind == TokenKind::punctuation || before.is(WordClass::conjunction);
        }
        if (before.is(WordClass::be | WordClass::article | WordClass::determiner |
                      WordClass::possessive_pronoun | WordClass::demonym)) {
            return false;
        }
        if (before.kind == TokenKind::possessive) return false;
        if (!token(t).is(WordClass::cue_noun)) return true;
        // "the paper reports", "CNN reports"; but "from media reports"
        return before.capital || before.is(WordClass::subject_pronoun | WordClass::relative) ||
               (t - 2 >= first_[p] && token(t - 2).is(WordClass::article));
    }

    /// "wrote that:", "said the following:", "told reporters:", "wrote on her page:".
    bool may_stand_before_colon(std::int64_t from, std::int64_t colon) const {
        if (from == colon) return true;
        const Token& first = token(from);
        const auto known = [](const Token& word) { return word.is_known(); };
        const auto begin = text_.tokens.begin();
        if (first.is(WordClass::preposition)) {
            return !first.is(WordClass::topic) && !first.is(Marker::toward);
        }
        constexpr WordClass small = WordClass::subordinator | WordClass::determiner |
                                    WordClass::article | WordClass::object_pronoun |
                                    WordClass::people | WordClass::weekday | WordClass::adverb;
        return first.is(small) && std::all_of(begin + from, begin + colon, known);
    }

    /// A line of running text: no item of a list, no turn of a dialogue, and it sets nothing off.
    bool may_be_quoted(std::size_t p) const {
        const std::int64_t from = first_[p];
        const std::int64_t end = first_[p + 1];
        const std::int64_t start = text_.segments.paragraphs[p].start;
        if (std::binary_search(told_.begin(), told_.end(), start)) return false;
        if (end - from < min_quoted_tokens || !in_body(p) || token(end - 1).mark == U':')
            return false;
        const char32_t opening = token(from).mark;
        if (token(from).kind == TokenKind::punctuation && opening != U'[' && opening != U'(' &&
            opening != U'.' && opening != 0x2026) {
            return false;
        }
        const auto begin = text_.tokens.begin();
        return std::none_of(begin + from, begin + from + min_quoted_tokens,
                            [](const Token& word) { return word.mark == U':'; });
    }

    bool in_body(std::size_t p) const {
        return zone_at(text_.zones, text_.segments.paragraphs[p].start) == nullptr;
    }

    /// A blank line stands between the paragraph and the next.
    bool blank_between(std::size_t p) const {
        const auto& paragraphs = text_.segments.paragraphs;
        const std::string_view between = text_.at({paragraphs[p].end, paragraphs[p + 1].start});
        return std::count(between.begin(), between.end(), '\n') > 1;
    }

    const SegmentedText& text_;
    std::vector<std::int64_t> first_;  // token of each paragraph; one more entry than paragraphs
    std::vector<std::int64_t> told_;   // where the words of turns begin, ascending
};

}  // namespace

void add_unmarked_quotations(SegmentedText& text, const std::vector<std::int64_t>& mark_starts) {
    const Unmarked reader(text);
    std::vector<MarkedSpan> added;
    for (const std::size_t p : reader.find_set_off()) {
        const Span block = text.segments.paragraphs[p];
        added.push_back({block, block, std::nullopt, 0, false});
    }
    for (std::size_t p = 0; p < text.segments.paragraphs.size(); ++p) {
        if (const auto span = reader.find_unopened(p, mark_starts)) added.push_back(*span);
        if (const auto line = reader.find_quoted_line(p)) added.push_back(*line);
    }
    marks_detail::insert(added, text.marks);
}

}  // namespace framelens
