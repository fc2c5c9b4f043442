// Who may speak a quotation, and what is seen of each: where they stand, not which words they are.
#include "feature_row.hpp"
#include "speaking.hpp"

#include "framelens/speaker_weights.hpp"
#include "framelens/unicode.hpp"

#include <algorithm>

namespace framelens {
namespace quotes_detail {
namespace {

constexpr std::int32_t reach_before = 300;  // tokens
constexpr std::int32_t reach_behind = 80;
constexpr std::int32_t paragraphs_before = 4;
constexpr std::int32_t paragraphs_behind = 2;
constexpr std::size_t most_before = 16;  // candidates
constexpr std::size_t most_behind = 10;
constexpr std::int32_t sure_distance = 12;   // tokens between a direct quotation and its cue
constexpr std::int32_t near_mark = 2;        // tokens between a quotation and what belongs to it
constexpr std::int32_t near_complement = 5;  // tokens between a verb and what it has said

/// How a quotation stands in its paragraph.
enum class Shape : std::uint8_t { alone, opening, small, capital };
enum class Closing : std::uint8_t { comma, stop, other };

bool overlap(TokenRange a, TokenRange b) {
    return a.first < b.end && b.first < a.end;
}

/// One quotation of the text, and who stands around it.
class Ranked {
public:
    Ranked(const Speaking& all, std::size_t number) : all_(all), quote_(*all.marked()[number]) {
        const auto& mark = all_.text().marks[static_cast<std::size_t>(*quote_.mark)];
        tokens_ = all_.tokens_of(mark.outer);
        last_ = std::max(tokens_.first, tokens_.end - 1);
        paragraph_ = all_.paragraph_of(tokens_.first);
        said_ = words_of(quote_);
        if (number > 0) before_ = all.marked()[number - 1];
        if (number + 1 < all.marked().size()) next_ = words_of(*all.marked()[number + 1]);
    }

    /// Somebody is quoted, and no label of a turn tells who.
    [[nodiscard]] bool is_said() const {
        const auto& mark = all_.text().marks[static_cast<std::size_t>(*quote_.mark)];
        const bool said = quote_.kind == QuoteKind::direct || quote_.kind == QuoteKind::partial;
        return said && !mark.turn && tokens_.size() > 0;
    }
    [[nodiscard]] bool is_sure() const {
        if (!quote_.cue) return false;
        const TokenRange cue = all_.tokens_of(quote_.cue->words);
        const bool direct = quote_.kind == QuoteKind::direct;
        if (cue.first >= tokens_.end) {
            return cue.first - tokens_.end <= (direct ? sure_distance : near_mark);
        }
        const bool same = all_.token(cue.first).sentence == all_.token(tokens_.first).sentence;
        if (same) return has_agent(cue) || leads_in(cue);
        return direct && tokens_.first - cue.end <= sure_distance;
    }

    [[nodiscard]] PossibleSpeakers candidates(bool sure) {
        find_shape();
        find_candidates();
        PossibleSpeakers found{*quote_.mark, sure, {}};
        for (std::size_t i = 0; i < may_.size(); ++i) {
            found.candidates.push_back({may_[i].tokens, may_[i].reference, agrees(may_[i])});
            FeatureRow row(found.candidates.back().features);
            see(i, row);
        }
        found.candidates.push_back({{}, nullptr, !said_});
        see_nobody(found.candidates.back().features);
        return found;
    }

private:
    [[nodiscard]] std::optional<TokenRange> words_of(const Quotation& quote) const {
        if (!quote.speaker || !quote.speaker->words) return std::nullopt;
        return all_.tokens_of(*quote.speaker->words);
    }
    void find_shape();
    void find_candidates();
    void add_rule();
    void see(std::size_t i, FeatureRow& row) const;
    void see_nobody(SpeakerFeatures& features) const;
    struct Place;
    [[nodiscard]] Place place_of(std::size_t i) const;
    void see_neighbours(const Place& at, FeatureRow& row) const;
    void see_cues(const Place& at, FeatureRow& row) const;
    void see_rules(const Place& at, FeatureRow& row) const;
    [[nodiscard]] bool opens_paragraph(std::int32_t t) const;
    /// "Moore | said", "for Moore to | say", near the quotation.
    [[nodiscard]] bool leads_in(TokenRange cue) const {
        const std::int32_t before = cue.first - 1;
        const bool infinitive = before >= 0 && all_.token(before).is(Marker::infinitive);
        return said_ && said_->end == (infinitive ? before : cue.first) &&
               tokens_.first - cue.end <= near_complement;
    }
    /// "described by Moore as".
    [[nodiscard]] bool has_agent(TokenRange cue) const {
        const std::int32_t by = cue.end;
        return said_ && said_->first == by + 1 && all_.token(by).is(Marker::agent) &&
               tokens_.first - said_->end <= near_mark;
    }
    [[nodiscard]] bool agrees(const MaySpeak& who) const {
        return said_ && overlap(who.tokens, *said_);
    }
    [[nodiscard]] static bool is_one(const MaySpeak& who, const Quotation* quote);

    const Speaking& all_;
    const Quotation& quote_;
    TokenRange tokens_;
    std::int32_t last_ = 0;
    std::int32_t paragraph_ = 0;
    std::optional<TokenRange> said_;
    std::optional<TokenRange> next_;
    const Quotation* before_ = nullptr;
    Shape shape_ = Shape::small;
    Closing closing_ = Closing::other;
    std::vector<MaySpeak> may_;
};

bool Ranked::is_one(const MaySpeak& who, const Quotation* quote) {
    return quote != nullptr && quote->speaker && quote->speaker->entity &&
           who.reference != nullptr && who.reference->entity == quote->speaker->entity;
}

/// Where a candidate stands, seen from the quotation.
struct Ranked::Place {
    MaySpeak who;
    int form = 0;
    int side = 0;      // 1: behind the quotation
    int distance = 0;  // tokens
    int paragraphs = 0;
    int sentences = 0;
    int rank = 0;    // candidates between
    int saying = 0;  // of them who say something
    bool says = false;
    bool first = false;  // of the candidates of its sentence
    std::int32_t paragraph = 0;
    std::int32_t from = 0;  // tokens between
    std::int32_t end = 0;
};

void Ranked::find_shape() {
    constexpr std::int32_t reach = 4;  // marks around a quotation
    const auto only_marks = [&](std::int32_t t, std::int32_t step) {
        for (std::int32_t seen = 0; seen < reach; ++seen, t += step) {
            if (t < 0 || t >= all_.size() || all_.paragraph_of(t) != paragraph_) return true;
            if (all_.token(t).kind != TokenKind::punctuation) return false;
        }
        return false;
    };
    const Span words = quote_.span;
    const char32_t close = decode_before(all_.text().text, words.end).value;
    if (close == U',') closing_ = Closing::comma;
    if (close == U'.' || close == U'?' || close == U'!') closing_ = Closing::stop;
    if (only_marks(tokens_.first - 1, -1)) {
        shape_ = only_marks(tokens_.end, 1) ? Shape::alone : Shape::opening;
    } else {
        shape_ =
            is_upper(decode(all_.text().text, words.start).value) ? Shape::capital : Shape::small;
    }
}

/// The nearest on both sides, in text order.
void Ranked::find_candidates() {
    const auto& everybody = all_.everybody();
    const auto at =
        std::lower_bound(everybody.begin(), everybody.end(), tokens_.first,
                         [](const MaySpeak& who, std::int32_t t) { return who.tokens.first < t; });
    auto from = at;
    while (from != everybody.begin() && static_cast<std::size_t>(at - from) < most_before) {
        const std::int32_t t = std::prev(from)->tokens.first;
        if (tokens_.first - t > reach_before ||
            paragraph_ - all_.paragraph_of(t) > paragraphs_before) {
            break;
        }
        --from;
    }
    auto end = at;
    while (end != everybody.end() && static_cast<std::size_t>(end - at) < most_behind) {
        const std::int32_t t = end->tokens.first;
        if (t - last_ > reach_behind || all_.paragraph_of(t) - paragraph_ > paragraphs_behind) {
            break;
        }
        ++end;
    }
    may_.assign(from, end);
    add_rule();
}

/// Whom the rules found, if he is none of them.
void Ranked::add_rule() {
    if (!said_) return;
    if (std::any_of(may_.begin(), may_.end(), [&](const MaySpeak& who) { return agrees(who); })) {
        return;
    }
    const auto& everybody = all_.everybody();
    auto far =
        std::lower_bound(everybody.begin(), everybody.end(), said_->first,
                         [](const MaySpeak& who, std::int32_t t) { return who.tokens.end <= t; });
    const bool known = far != everybody.end() && overlap(far->tokens, *said_);
    const MaySpeak who = known ? *far : MaySpeak{*said_, nullptr, SpeakerForm::rule};
    may_.insert(std::lower_bound(may_.begin(), may_.end(), who,
                                 [](const MaySpeak& a, const MaySpeak& b) {
                                     return a.tokens.first < b.tokens.first;
                                 }),
                who);
}

Ranked::Place Ranked::place_of(std::size_t i) const {
    Place at;
    at.who = may_[i];
    const TokenRange who = at.who.tokens;
    at.form = static_cast<int>(at.who.form);
    at.side = who.first >= tokens_.first ? 1 : 0;
    at.paragraph = all_.paragraph_of(who.first);
    at.from = at.side == 0 ? who.end : tokens_.end;
    at.end = at.side == 0 ? tokens_.first : who.first;
    at.distance = std::max(0, at.end - at.from);
    const std::int32_t sentence = all_.token(who.first).sentence;
    const std::int32_t own = all_.token(at.side == 0 ? tokens_.first : last_).sentence;
    at.paragraphs = std::abs(paragraph_ - at.paragraph);
    at.sentences = std::abs(own - sentence);
    at.says = all_.says_something(who);
    at.first = i == 0 || all_.token(may_[i - 1].tokens.first).sentence != sentence;
    for (std::size_t k = 0; k < may_.size(); ++k) {
        const std::int32_t t = may_[k].tokens.first;
        if (t < at.from || t >= at.end) continue;
        ++at.rank;
        at.saying += all_.says_something(may_[k].tokens) ? 1 : 0;
    }
    return at;
}

void Ranked::see(std::size_t i, FeatureRow& row) const {
    constexpr auto most = FeatureRow::at_most;
    const Place at = place_of(i);
    const int side = at.side;
    const int near = most(at.sentences, 2);
    const int shape = static_cast<int>(shape_);
    const int closing = static_cast<int>(closing_);
    row.add(at.form, form_count);
    row.add(side, 2);
    row.add(2 * bucket(at.distance) + side, 2 * buckets);
    row.add(2 * most(at.paragraphs, 4) + side, 10);
    row.add(2 * most(at.sentences, 4) + side, 10);
    row.add(2 * most(at.rank, 6) + side, 14);
    row.add((2 * near + side) * 2 + at.says, 12);
    row.add(2 * most(all_.marks_between(at.from, at.end), 3) + side, 8);
    row.add(2 * most(all_.cues_between(at.from, at.end), 3) + side, 8);
    row.add(((closing * 3 + near) * 2 + most(at.paragraphs, 1)) * 2 + side, 36);
    row.add(((shape * 3 + near) * 3 + most(at.paragraphs, 2)) * 2 + side, 72);
    row.add(shape * form_count + at.form, 4 * form_count);
    row.add((at.form * 2 + most(at.sentences, 1)) * 2 + side, 4 * form_count);
    row.add(at.distance > 40 ? 1 : 0, 2);
    row.add(at.sentences > 0 ? 2 : at.first ? 1 : 0, 3);
    see_neighbours(at, row);
    see_cues(at, row);
    see_rules(at, row);
}

/// Its features are the last ones.
void Ranked::see_nobody(SpeakerFeatures& features) const {
    const int partial = quote_.kind == QuoteKind::partial ? 1 : 0;
    const int cue = quote_.cue ? 1 : 0;
    const int kind = (static_cast<int>(shape_) * 2 + partial) * 2 + cue;
    features[0] = static_cast<std::uint16_t>(speaker_feature_count - 1);
    features[1] = static_cast<std::uint16_t>(static_cast<int>(speaker_feature_count) - 2 - kind);
}

void Ranked::see_neighbours(const Place& at, FeatureRow& row) const {
    const TokenRange who = at.who.tokens;
    const auto beside = [&](std::int32_t t) {
        return static_cast<int>(all_.beside(t, at.paragraph));
    };
    const int behind = beside(who.end);
    const int before = beside(who.first - 1);
    row.add(behind, beside_count);
    row.add(before, beside_count);
    row.add(2 * behind + at.side, 2 * beside_count);
    row.add(2 * before + at.side, 2 * beside_count);
    row.add(beside(who.end + 1), beside_count);
    row.add(beside(who.first - 2), beside_count);
    row.add(before * beside_count + behind, beside_count * beside_count);
    const int cues = FeatureRow::at_most(all_.cues_between(at.from, at.end), 2);
    row.add((behind * 3 + cues) * 2 + at.side, 6 * beside_count);
    const Reference* reference = at.who.reference;
    const int standing = reference != nullptr ? 1 + static_cast<int>(reference->standing) : 0;
    row.add((standing * 3 + FeatureRow::at_most(at.sentences, 2)) * 2 + at.side, 42);
    const int edge =
        static_cast<int>(all_.beside(at.side == 0 ? tokens_.first - 1 : tokens_.end, paragraph_));
    row.add(((edge * 2 + FeatureRow::at_most(at.sentences, 1)) * 2 + at.side) * 2 + at.says,
            8 * beside_count);
    row.add(behind == static_cast<int>(Beside::possessive) ? 1 : 0, 2);
    row.add((2 * FeatureRow::at_most(at.paragraphs, 2) + at.side) * 2 +
                (opens_paragraph(who.first) ? 1 : 0),
            12);
}

bool Ranked::opens_paragraph(std::int32_t t) const {
    return t == 0 || all_.paragraph_of(t - 1) != all_.paragraph_of(t);
}

/// The nearest cue, and on which side of the candidate.
void Ranked::see_cues(const Place& at, FeatureRow& row) const {
    constexpr std::int32_t reach = 9;
    const TokenRange who = at.who.tokens;
    int distance = reach;
    int behind = 0;
    for (std::int32_t d = reach - 1; d >= 0; --d) {
        const std::int32_t left = who.first - 1 - d;
        const std::int32_t right = who.end + d;
        if (left >= 0 && all_.is_cue(left)) {
            distance = d;
            behind = 0;
        }
        if (right < all_.size() && all_.is_cue(right)) {
            distance = d;
            behind = 1;
        }
    }
    row.add(2 * distance + behind, 2 * (reach + 1));
    const int near = FeatureRow::at_most(distance, 5);
    row.add(((near * 2 + behind) * 2 + FeatureRow::at_most(at.sentences, 1)) * 2 + at.side, 48);
}

/// What the rules say of the candidate, and of the quotations around.
void Ranked::see_rules(const Place& at, FeatureRow& row) const {
    constexpr auto most = FeatureRow::at_most;
    const int agree = agrees(at.who) ? 1 : 0;
    const int partial = quote_.kind == QuoteKind::partial ? 1 : 0;
    const int cue = quote_.cue ? 1 : 0;
    const int shape = static_cast<int>(shape_);
    const int near = most(at.sentences, 2);
    row.add(agree, 2);
    row.add((agree * 2 + partial) * 2 + cue, 8);
    row.add(is_one(at.who, &quote_) ? 1 : 0, 2);
    row.add((agree * 3 + near) * 2 + at.side, 12);
    const auto before = before_ != nullptr ? words_of(*before_) : std::nullopt;
    const int said_before = before && overlap(at.who.tokens, *before) ? 1 : 0;
    row.add((said_before * 4 + shape) * 3 + most(at.paragraphs, 2), 24);
    row.add(shape * 2 + (is_one(at.who, before_) ? 1 : 0), 8);
    row.add(shape * 2 + (next_ && overlap(at.who.tokens, *next_) ? 1 : 0), 8);
    row.add((said_ ? 4 : 0) + agree * 2 + (at.says ? 1 : 0), 8);
    row.add((partial * 3 + near) * 2 + at.side, 12);
    const int headline = quote_.zone == ZoneKind::body ? 0 : 1;
    row.add((headline * 2 + partial) * form_count + at.form, 4 * form_count);
    row.add((headline * 3 + near) * 2 + at.side, 12);
    const int saying = at.says ? 1 + most(at.saying, 2) : 0;
    row.add((saying * 4 + shape) * 2 + at.side, 32);
    row.add(most(all_.times_said(at.who), 3) * 2 + at.side, 8);
}

}  // namespace
}  // namespace quotes_detail

std::vector<PossibleSpeakers> possible_speakers(const SegmentedText& text,
                                                const DocumentNames& names,
                                                const References& references,
                                                std::span<const Quotation* const> quotes,
                                                WhichQuotations which) {
    std::vector<PossibleSpeakers> found;
    quotes_detail::Speaking all(text, names, quotes);
    const std::size_t size = all.marked().size();
    bool asked = false;
    for (std::size_t i = 0; i < size;) {
        const std::size_t end = all.end_of_chain(i);
        bool sure = false;
        for (std::size_t k = i; k < end && !sure; ++k) {
            sure = quotes_detail::Ranked(all, k).is_sure();
        }
        quotes_detail::Ranked first(all, i);
        if (first.is_said() && (!sure || which == WhichQuotations::all)) {
            if (!asked) all.find_everybody(references);
            asked = true;
            found.push_back(first.candidates(sure));
        }
        i = end;
    }
    return found;
}

}  // namespace framelens
