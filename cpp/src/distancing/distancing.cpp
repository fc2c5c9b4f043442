#include "framelens/distancing.hpp"

#include "framelens/grammar.hpp"
#include "framelens/language.hpp"
#include "framelens/types_names.hpp"
#include "framelens/unicode.hpp"

#include <algorithm>

namespace framelens {
namespace {

/// Asked at rising positions, tells the quotations of some kinds that hold a span.
template <class Wanted>
class Around {
public:
    Around(const std::vector<Quotation>& quotes, Wanted wanted)
        : quotes_(quotes), wanted_(wanted) {}

    /// The shortest one that holds the span as a whole, or null.
    const Quotation* at(Span span) {
        for (; next_ < quotes_.size() && quotes_[next_].span.start <= span.start; ++next_) {
            if (wanted_(quotes_[next_].kind)) open_.push_back(&quotes_[next_]);
        }
        std::erase_if(open_, [&](const Quotation* q) { return q->span.end <= span.start; });
        const Quotation* best = nullptr;
        for (const Quotation* quotation : open_) {
            if (!quotation->span.contains(span)) continue;
            if (best == nullptr || quotation->span.size() <= best->span.size()) best = quotation;
        }
        return best;
    }

private:
    const std::vector<Quotation>& quotes_;
    Wanted wanted_;
    std::size_t next_ = 0;
    std::vector<const Quotation*> open_;
};

/// The zone at rising positions, body where none is marked.
class ZoneWalk {
public:
    explicit ZoneWalk(const std::vector<Zone>& zones) : zones_(zones) {}

    const Zone& at(std::int64_t pos) {
        while (next_ < zones_.size() && zones_[next_].span.end <= pos) ++next_;
        const bool inside = next_ < zones_.size() && zones_[next_].span.start <= pos;
        return inside ? zones_[next_] : body_;
    }

private:
    const std::vector<Zone>& zones_;
    const Zone body_{};
    std::size_t next_ = 0;
};

/// Doubting cues and scare quotes; `cues` are the spans of all cues, sorted.
std::vector<Distancing> devices_of_quotes(const std::vector<Quotation>& quotes,
                                          std::vector<Span>& cues) {
    std::vector<Distancing> found;
    for (const Quotation& quotation : quotes) {
        if (quotation.kind == QuoteKind::scare) {
            found.push_back({DistancingKind::scare, quotation.span, "", std::nullopt, {}, {}});
        }
        if (!quotation.cue) continue;
        cues.push_back(quotation.cue->words);
        if (quotation.cue->stance == Stance::doubting) {
            found.push_back({DistancingKind::doubting,
                             quotation.cue->words,
                             quotation.cue->lemma,
                             quotation.speaker,
                             {},
                             {}});
        }
    }
    const auto earlier = [](Span a, Span b) { return a.start < b.start; };
    std::sort(cues.begin(), cues.end(), earlier);
    return found;
}

bool is_cue(const std::vector<Span>& cues, Span word) {
    const auto found =
        std::lower_bound(cues.begin(), cues.end(), word.start,
                         [](Span cue, std::int64_t start) { return cue.start < start; });
    return found != cues.end() && found->overlaps(word);
}

/// "The reported attack", "was believed to be", "accused of theft"; but not "the Post reported it",
/// "supposed to go". A participle that does none of these is a verb.
class Hedges {
public:
    explicit Hedges(const SegmentedText& text) : text_(text), grammar_(text) {}

    [[nodiscard]] bool at(std::size_t t) const {
        const Token& token = text_.tokens[t];
        if (!token.is(WordClass::hedge | WordClass::distance)) return false;
        const std::string word = fold(text_.at(token.span));
        if (!token.is(WordClass::hedge) || !inflection_of(text_).past.fits(word)) return true;
        const Token* next = neighbour(t, t + 1);
        if (next == nullptr || next->kind != TokenKind::word) return false;
        const std::string following = fold(text_.at(next->span));
        if (text_.language->idioms.has(word + ' ' + following)) return false;
        if (next->is(Marker::genitive)) return true;
        if (next->is(Marker::infinitive)) {
            return grammar_.verb_group(static_cast<std::int32_t>(t)).passive;
        }
        return stands_before_noun(t, *next);
    }

private:
    static constexpr WordClass function_word =
        WordClass::article | WordClass::determiner | WordClass::preposition |
        WordClass::conjunction | WordClass::subordinator | WordClass::relative |
        WordClass::subject_pronoun | WordClass::object_pronoun | WordClass::possessive_pronoun |
        WordClass::adverb | WordClass::weekday | WordClass::modal | WordClass::be;

    /// The token at `other` if it is in the sentence of the one at `t`, or null.
    [[nodiscard]] const Token* neighbour(std::size_t t, std::size_t other) const {
        const auto& tokens = text_.tokens;
        const bool inside = other < tokens.size() && tokens[other].sentence == tokens[t].sentence;
        return inside ? &tokens[other] : nullptr;
    }

    [[nodiscard]] bool stands_before_noun(std::size_t t, const Token& next) const {
        if (next.is(function_word)) return false;
        const Token* before = neighbour(t, t - 1);
        if (before == nullptr || before->kind == TokenKind::punctuation) return true;
        constexpr WordClass pronoun = WordClass::subject_pronoun | WordClass::object_pronoun;
        return before->kind == TokenKind::possessive || before->kind == TokenKind::number ||
               (before->is(function_word | WordClass::number | WordClass::demonym) &&
                !before->is(pronoun | WordClass::modal | WordClass::relative));
    }

    const SegmentedText& text_;
    Grammar grammar_;
};

void add_hedges(const SegmentedText& text, const std::vector<Span>& cues,
                std::vector<Distancing>& found) {
    const Hedges hedges(text);
    for (std::size_t t = 0; t < text.tokens.size(); ++t) {
        const Token& token = text.tokens[t];
        if (!hedges.at(t) || is_cue(cues, token.span)) continue;
        found.push_back(
            {DistancingKind::hedge, token.span, fold(text.at(token.span)), std::nullopt, {}, {}});
    }
}

Span sentence_at(const std::vector<Sentence>& sentences, std::int64_t pos) {
    const auto after = std::upper_bound(
        sentences.begin(), sentences.end(), pos,
        [](std::int64_t at, const Sentence& sentence) { return at < sentence.span.start; });
    return after == sentences.begin() ? Span{pos, pos} : std::prev(after)->span;
}

}  // namespace

std::string_view name_of(DistancingKind kind) noexcept {
    static constexpr std::string_view names[] = {"hedge", "scare", "doubting"};
    return name_in(names, kind);
}

std::vector<Distancing> find_distancing(const SegmentedText& text,
                                        const std::vector<Quotation>& quotes) {
    std::vector<Span> cues;
    std::vector<Distancing> found = devices_of_quotes(quotes, cues);
    add_hedges(text, cues, found);
    const auto earlier = [](const Distancing& a, const Distancing& b) {
        return a.span.start != b.span.start ? a.span.start < b.span.start : a.span.end < b.span.end;
    };
    std::stable_sort(found.begin(), found.end(), earlier);
    Around voice(quotes, [](QuoteKind kind) {
        return kind == QuoteKind::direct || kind == QuoteKind::partial;
    });
    Around reported(quotes, [](QuoteKind kind) { return kind == QuoteKind::indirect; });
    ZoneWalk zones(text.zones);
    std::vector<Distancing> kept;
    for (Distancing& device : found) {
        const bool again =
            !kept.empty() && kept.back().kind == device.kind && kept.back().span == device.span;
        if (again || voice.at(device.span) != nullptr) continue;
        const Zone& zone = zones.at(device.span.start);
        if (zone.duplicate) continue;
        const Quotation* around = reported.at(device.span);
        if (device.kind != DistancingKind::doubting && around != nullptr) {
            device.speaker = around->speaker;
        }
        device.sentence = sentence_at(text.segments.sentences, device.span.start);
        device.zone = zone.kind;
        kept.push_back(std::move(device));
    }
    return kept;
}

std::int64_t count_words(const SegmentedText& text, std::span<const ZoneKind> zones) {
    ZoneWalk walk(text.zones);
    return std::count_if(text.tokens.begin(), text.tokens.end(), [&](const Token& token) {
        if (token.kind != TokenKind::word && token.kind != TokenKind::number) return false;
        const Zone& zone = walk.at(token.span.start);
        return !zone.duplicate && std::find(zones.begin(), zones.end(), zone.kind) != zones.end();
    });
}

}  // namespace framelens
