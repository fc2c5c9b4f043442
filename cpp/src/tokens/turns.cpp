#include "turns.hpp"

#include "framelens/language.hpp"
#include "framelens/marks_blocks.hpp"
#include "framelens/unicode.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace framelens {
namespace turns_detail {
namespace {

/// Marks what is said in the turns that `labels` begin.
class TurnMarker {
public:
    TurnMarker(SegmentedText& text, const Paragraphs& paragraphs, const std::vector<Label>& labels,
               std::vector<MarkedSpan>& added)
        : text_(text), paragraphs_(paragraphs), labels_(labels), added_(added) {
        for (const Label& label : labels) keys_.insert(label.key);
        const std::size_t from = labels.front().paragraph;
        dense_ = labels.size() * 4 >= labels.back().paragraph - from + 1;
    }

    void run() {
        std::size_t next = 0;
        std::int32_t turn = 0;
        bool open = false;  // the paragraph may go on with `turn`
        for (std::size_t p = labels_.front().paragraph; p < paragraphs_.size(); ++p) {
            if (next < labels_.size() && labels_[next].paragraph == p) {
                longest_ = std::max(longest_, std::exchange(run_, 0));
                marked_ = labels_[next].marked;
                turn = begin(labels_[next++]);
                open = true;
                continue;
            }
            if (!open || !is_spoken(p)) continue;
            open = goes_on(p, next < labels_.size());
            if (open && speaks(turn)) {
                ++run_;
                add(paragraphs_.first(p), paragraphs_.end(p), turn);
            }
        }
        std::erase_if(text_.zones, [&](const Zone& zone) {
            return std::binary_search(begun_.begin(), begun_.end(), zone.span.start);
        });
    }

private:
    [[nodiscard]] bool speaks(std::int32_t turn) const {
        const TurnVoice voice = text_.turns[static_cast<std::size_t>(turn)].voice;
        return voice == TurnVoice::named || voice == TurnVoice::answer;
    }

    std::int32_t begin(const Label& label) {
        const auto turn = static_cast<std::int32_t>(text_.turns.size());
        text_.turns.push_back(label.turn);
        std::int32_t from = label.turn.end;
        const std::int32_t end = paragraphs_.end(label.paragraph);
        while (from < end && token(from).mark == U'*') ++from;
        awaited_ = from >= end;
        if (!awaited_ && speaks(turn)) add(from, end, turn);
        begun_.push_back(text_.segments.paragraphs[label.paragraph].start);
        return turn;
    }

    /// Running text, and no stage direction: "(APPLAUSE)".
    [[nodiscard]] bool is_spoken(std::size_t p) const {
        const Zone* zone = zone_at(text_.zones, text_.segments.paragraphs[p].start);
        if (zone != nullptr && zone->kind != ZoneKind::subhead) return false;
        const char32_t first = token(paragraphs_.first(p)).mark;
        const char32_t last = token(paragraphs_.end(p) - 1).mark;
        return !((first == U'(' || first == U'[') && (last == U')' || last == U']'));
    }

    /// The paragraph belongs to the turn before it, and is not the writer's.
    bool goes_on(std::size_t p, bool more) {
        if (std::exchange(awaited_, false)) return true;
        const char32_t first = token(paragraphs_.first(p)).mark;
        if (marked_) return first == 0x201C || first == U'"';  // all that is said has marks
        bool talks = false;
        for (std::int32_t t = paragraphs_.first(p); t < paragraphs_.end(p); ++t) {
            const Token& word = token(t);
            talks = talks || word.is(WordClass::first_person) || word.mark == U'?';
            if (word.kind == TokenKind::word && tells_who_speaks(p, t)) return false;
        }
        if (more) return dense_;
        constexpr std::size_t more_paragraphs = 2;
        return dense_ && run_ < longest_ + (talks ? more_paragraphs : 0);
    }

    /// "Rem said", "said Rem": the writer tells of those who speak.
    [[nodiscard]] bool tells_who_speaks(std::size_t p, std::int32_t t) const {
        const Token& word = token(t);
        if (!word.is(WordClass::cue) || word.capital || word.is(WordClass::cue_noun)) return false;
        const auto speaker = [&](std::int32_t i) {
            return i >= paragraphs_.first(p) && i < paragraphs_.end(p) && token(i).capital &&
                   keys_.contains(fold(text_.at(token(i).span)));
        };
        return speaker(t - 1) || speaker(t + 1);
    }

    /// The marks of a whole paragraph are the turn's own.
    void add(std::int32_t from, std::int32_t end, std::int32_t turn) {
        const Span words = text_.span_of(from, end);
        const auto mark = std::lower_bound(
            text_.marks.begin(), text_.marks.end(), words.start,
            [](const MarkedSpan& m, std::int64_t at) { return m.outer.start < at; });
        if (mark != text_.marks.end() && mark->outer.start == words.start &&
            mark->outer.end >= words.end) {
            mark->turn = turn;
            return;
        }
        added_.push_back({words, words, std::nullopt, 0, false, turn});
    }

    const Token& token(std::int32_t t) const { return text_.tokens[static_cast<std::size_t>(t)]; }

    SegmentedText& text_;
    const Paragraphs& paragraphs_;
    const std::vector<Label>& labels_;
    std::vector<MarkedSpan>& added_;
    std::unordered_set<std::string> keys_;  // last words of those who speak
    std::vector<std::int64_t> begun_;       // starts of the lines that begin turns
    bool dense_ = false;                    // a fourth of the paragraphs begin turns
    bool marked_ = false;                   // the words of the last label are in quotation marks
    bool awaited_ = false;                  // the label stands in a line of its own
    std::size_t run_ = 0;                   // paragraphs in which the turn goes on
    std::size_t longest_ = 0;               // the most of them in a turn that another follows
};

/// A line may be a turn if it is running text, or a title by form alone.
bool may_be_turn(const SegmentedText& text, std::size_t p, std::int64_t title_end,
                 const Label& label) {
    const Span line = text.segments.paragraphs[p];
    if (p == 0 && title_end > 0) return false;
    const Zone* zone = zone_at(text.zones, line.start);
    if (zone != nullptr && zone->kind != ZoneKind::headline && zone->kind != ZoneKind::subhead) {
        return false;
    }
    return (zone == nullptr && p > 0) || label.sentence || label.capitals;
}

std::vector<Label> read_labels(const SegmentedText& text, const Paragraphs& paragraphs,
                               const LabelReader& reader, std::int64_t title_end) {
    std::vector<Label> labels;
    for (std::size_t p = 0; p < paragraphs.size(); ++p) {
        auto label = reader.read(p);
        if (label && may_be_turn(text, p, title_end, *label)) labels.push_back(std::move(*label));
    }
    return labels;
}

/// A headline above a transcript says of others what they say; one that ends as speech does is a
/// turn like the rest.
void drop_title(const SegmentedText& text, const Paragraphs& paragraphs,
                std::vector<Label>& labels) {
    if (labels.empty() || labels.front().paragraph > 0) return;
    const std::int32_t last = paragraphs.end(0) - 1;
    if (text.tokens[static_cast<std::size_t>(last)].kind == TokenKind::punctuation) return;
    const auto stopped = std::count_if(labels.begin(), labels.end(), [&](const Label& label) {
        const auto end = static_cast<std::size_t>(paragraphs.end(label.paragraph)) - 1;
        return text.tokens[end].kind == TokenKind::punctuation;
    });
    if (stopped > 0) labels.erase(labels.begin());
}

/// Signatures come behind labels; names are read in the order of the text.
void put_in_order(SegmentedText& text, std::vector<MarkedSpan>& added) {
    std::vector<std::int32_t> order(text.turns.size());
    std::iota(order.begin(), order.end(), 0);
    const auto turn = [&](std::int32_t i) { return text.turns[static_cast<std::size_t>(i)]; };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::int32_t a, std::int32_t b) { return turn(a).first < turn(b).first; });
    std::vector<Turn> turns;
    std::vector<std::int32_t> place(order.size());
    for (const std::int32_t old : order) {
        place[static_cast<std::size_t>(old)] = static_cast<std::int32_t>(turns.size());
        turns.push_back(turn(old));
    }
    const auto renumber = [&](std::vector<MarkedSpan>& marks) {
        for (MarkedSpan& mark : marks) {
            if (mark.turn) mark.turn = place[static_cast<std::size_t>(*mark.turn)];
        }
    };
    renumber(text.marks);
    renumber(added);
    text.turns = std::move(turns);
}

}  // namespace
}  // namespace turns_detail

void find_turns(SegmentedText& text, std::string_view source, std::int64_t title_end) {
    using namespace turns_detail;
    if (text.language->code.empty()) return;
    const Paragraphs paragraphs(text);
    const LabelReader reader(text, paragraphs, source);
    std::vector<Label> labels = read_labels(text, paragraphs, reader, title_end);
    drop_title(text, paragraphs, labels);
    LabelJudge(text, labels).keep_turns();
    std::vector<MarkedSpan> added;
    if (!labels.empty()) TurnMarker(text, paragraphs, labels, added).run();
    find_signatures(text, paragraphs, reader, added);
    put_in_order(text, added);
    marks_detail::insert(added, text.marks);
}

}  // namespace framelens
