// Who speaks where the rules are unsure: whoever is ahead by the language's weights, or nobody.
#include "finder.hpp"
#include "framelens/language.hpp"

#include <cmath>
#include <numeric>

namespace framelens::quotes_detail {
namespace {

std::int32_t score_of(const SpeakerCandidate& candidate, const SpeakerWeights& weights) {
    return std::accumulate(candidate.features.begin(), candidate.features.end(), std::int32_t{0},
                           [&](std::int32_t sum, std::uint16_t feature) {
                               return feature == no_feature ? sum : sum + weights.of[feature];
                           });
}

}  // namespace

void QuoteFinder::rank_speakers() {
    if (text_.language->speakers.of.empty()) return;
    std::vector<const Quotation*> quotes;
    bool marked = false;
    for (const auto& quotation : of_mark_) {
        if (quotation) quotes.push_back(&*quotation);
        marked = marked || quotation;
    }
    if (!marked) return;
    for (const Quotation& quotation : indirect_) quotes.push_back(&quotation);
    for (const auto& possible : possible_speakers(text_, names_, references_, quotes)) {
        rank(possible, quotes);
        share_from(possible.mark);
    }
}

void QuoteFinder::rank(const PossibleSpeakers& possible,
                       const std::vector<const Quotation*>& quotes) {
    const SpeakerWeights& weights = text_.language->speakers;
    const auto& all = possible.candidates;
    std::vector<std::int32_t> scores;
    for (const auto& candidate : all) scores.push_back(score_of(candidate, weights));
    std::vector<std::size_t> order(all.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
    Quotation& quotation = *of_mark_[static_cast<std::size_t>(possible.mark)];
    keep_likeliest(quotation, possible, scores, order);
    const SpeakerCandidate& best = all[order[0]];
    const auto by_rule =
        std::find_if(order.begin(), order.end(), [&](std::size_t i) { return all[i].by_rule; });
    const bool found = by_rule != order.end() && !all[*by_rule].is_nobody();
    if (best.by_rule || (found && scores[order[0]] - scores[*by_rule] < weights.least)) return;
    if (best.is_nobody()) {
        quotation.speaker.reset();
    } else {
        let_speak(quotation, best, quotes);
    }
}

void QuoteFinder::keep_likeliest(Quotation& quotation, const PossibleSpeakers& possible,
                                 const std::vector<std::int32_t>& scores,
                                 const std::vector<std::size_t>& order) const {
    constexpr std::size_t shown = 5;
    const auto odds = [&](std::size_t i) {
        return std::exp(static_cast<double>(scores[i] - scores[order[0]]) / speaker_weight_unit);
    };
    double total = 0;
    for (std::size_t i = 0; i < scores.size(); ++i) total += odds(i);
    for (std::size_t k = 0; k < std::min(shown, order.size()); ++k) {
        const SpeakerCandidate& who = possible.candidates[order[k]];
        const Span words =
            who.is_nobody() ? Span{} : text_.span_of(who.tokens.first, who.tokens.end);
        quotation.rated.push_back({words, static_cast<float>(odds(order[k]) / total)});
    }
}

/// What goes on over the paragraphs has one speaker.
void QuoteFinder::share_from(std::int32_t first) {
    const auto size = static_cast<std::int32_t>(of_mark_.size());
    const Quotation& said = *of_mark_[static_cast<std::size_t>(first)];
    bool goes_on = mark(first).open_ended;
    for (std::int32_t m = first + 1; m < size && goes_on; ++m) {
        auto& quotation = of_mark_[static_cast<std::size_t>(m)];
        if (mark(m).depth > 0) continue;
        if (!quotation) return;
        quotation->speaker = said.speaker;
        quotation->cue = said.cue;
        goes_on = mark(m).open_ended;
    }
}

/// With the cue of what else he is found to say, or the one beside him, or else the one that is there.
void QuoteFinder::let_speak(Quotation& quotation, const SpeakerCandidate& who,
                            const std::vector<const Quotation*>& quotes) const {
    const Span words = text_.span_of(who.tokens.first, who.tokens.end);
    const auto other = std::find_if(quotes.begin(), quotes.end(), [&](const Quotation* said) {
        return said != &quotation && said->cue && said->speaker && said->speaker->words &&
               said->speaker->words->overlaps(words);
    });
    quotation.speaker = speaker_of(phrase_of(who));
    if (auto beside = cue_beside(who.tokens)) {
        quotation.cue = std::move(beside);
    } else if (other != quotes.end()) {
        quotation.cue = (*other)->cue;
    }
}

NounPhrase QuoteFinder::phrase_of(const SpeakerCandidate& who) const {
    if (who.reference != nullptr) return {who.tokens, who.reference};
    if (token(who.tokens.first).is(WordClass::relative)) {
        if (const auto before = antecedent_of(who.tokens.first)) return *before;
    }
    const auto around = grammar_.phrase(who.tokens.first);
    if (!around || around->head != who.tokens.first) return {who.tokens, nullptr};
    return {{around->first, who.tokens.end}, nullptr};
}

/// "Ada Moore of the Harbour Party, | who".
std::optional<NounPhrase> QuoteFinder::antecedent_of(std::int32_t relative) const {
    constexpr int most = 4;  // phrases: "of", "in" ...
    const auto sentence = token(relative).sentence;
    const auto is_here = [&](std::int32_t t) { return t >= 0 && token(t).sentence == sentence; };
    std::int32_t t = relative - 1;
    if (is_here(t) && token(t).kind == TokenKind::punctuation) --t;
    std::optional<NounPhrase> found;
    for (int i = 0; i < most && is_here(t); ++i) {
        const Reference* reference = references_.at(t);
        const auto around = grammar_.phrase(t);
        if (reference == nullptr && !around) break;
        const std::int32_t first = std::min(reference != nullptr ? reference->tokens.first : t,
                                            around ? around->first : t);
        found = reference != nullptr ? NounPhrase{reference->tokens, reference}
                                     : NounPhrase{{first, t + 1}, nullptr};
        if (!is_here(first - 1) || !token(first - 1).is(WordClass::preposition)) break;
        t = first - 2;
    }
    return found;
}

/// "Moore later | said", "said | Moore".
std::optional<Cue> QuoteFinder::cue_beside(TokenRange who) const {
    constexpr std::int32_t reach = 3;  // tokens
    const auto size = static_cast<std::int32_t>(text_.tokens.size());
    const auto sentence = token(who.first).sentence;
    for (std::int32_t d = 0; d < reach; ++d) {
        for (const std::int32_t t : {who.end + d, who.first - 1 - d}) {
            if (t < 0 || t >= size || token(t).sentence != sentence) continue;
            if (token(t).is(WordClass::cue) && !references_.mark_of(t)) return cue_of({t, t + 1});
        }
    }
    return std::nullopt;
}

}  // namespace framelens::quotes_detail
