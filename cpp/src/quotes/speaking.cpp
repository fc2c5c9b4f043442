#include "speaking.hpp"

#include "framelens/grammar.hpp"

#include <algorithm>

namespace framelens::quotes_detail {
namespace {

bool is_quotation_mark(char32_t mark) {
    static constexpr char32_t marks[] = {U'"',   U'\'',  U'`',   0x2018, 0x2019, 0x201C,
                                         0x201D, 0x201E, 0x201A, 0xAB,   0xBB};
    return std::find(std::begin(marks), std::end(marks), mark) != std::end(marks);
}

Beside beside_mark(char32_t mark) {
    if (is_quotation_mark(mark)) return Beside::mark;
    switch (mark) {
        case U',':
            return Beside::comma;
        case U'.':
        case U'?':
        case U'!':
            return Beside::stop;
        case U':':
        case U';':
            return Beside::colon;
        case U'-':
        case 0x2013:
        case 0x2014:
            return Beside::dash;
        case U'(':
        case U')':
            return Beside::bracket;
        default:
            return Beside::other_mark;
    }
}

constexpr WordClass opens_noun =
    WordClass::article | WordClass::determiner | WordClass::possessive_pronoun;

}  // namespace

Speaking::Speaking(const SegmentedText& text, const DocumentNames& names,
                   std::span<const Quotation* const> quotes)
    : text_(text), names_(names) {
    find_marks(quotes);
}

void Speaking::find_marks(std::span<const Quotation* const> quotes) {
    const std::size_t tokens = text_.tokens.size();
    inside_.resize(tokens);
    says_.resize(tokens);
    openings_.assign(tokens + 1, 0);
    for (const Quotation* quote : quotes) {
        if (quote->depth > 0) continue;
        if (quote->speaker && quote->speaker->words && quote->cue) {
            const TokenRange who = tokens_of(*quote->speaker->words);
            std::fill(says_.begin() + who.first, says_.begin() + who.end, true);
        }
        if (quote->speaker && quote->speaker->entity) ++times_[*quote->speaker->entity];
        if (!quote->mark) continue;
        const TokenRange held =
            tokens_of(text_.marks[static_cast<std::size_t>(*quote->mark)].outer);
        std::fill(inside_.begin() + held.first, inside_.begin() + held.end, true);
        if (held.first < held.end) openings_[static_cast<std::size_t>(held.first) + 1] = 1;
        marked_.push_back(quote);
    }
    cues_.assign(tokens + 1, 0);
    for (std::size_t t = 0; t < tokens; ++t) {
        const bool cue = text_.tokens[t].is(WordClass::cue) && !inside_[t];
        cues_[t + 1] = cues_[t] + (cue ? 1 : 0);
        openings_[t + 1] += openings_[t];
    }
}

std::size_t Speaking::end_of_chain(std::size_t first) const {
    std::size_t end = first + 1;
    while (end < marked_.size() &&
           text_.marks[static_cast<std::size_t>(*marked_[end - 1]->mark)].open_ended) {
        ++end;
    }
    return end;
}

int Speaking::times_said(const MaySpeak& who) const {
    if (who.reference == nullptr || !who.reference->entity) return 0;
    const auto found = times_.find(*who.reference->entity);
    return found == times_.end() ? 0 : found->second;
}

bool Speaking::says_something(TokenRange tokens) const {
    for (std::int32_t t = tokens.first; t < tokens.end; ++t) {
        if (says_[static_cast<std::size_t>(t)]) return true;
    }
    return false;
}

SpeakerForm Speaking::form_of(const Reference& reference) const {
    if (reference.form == ReferenceForm::description) return SpeakerForm::description;
    if (reference.form == ReferenceForm::pronoun) {
        return reference.possessor ? SpeakerForm::owner : SpeakerForm::pronoun;
    }
    const NameMention* name = name_at(names_, reference.head);
    if (name == nullptr || name->kind != EntityKind::person) return SpeakerForm::thing;
    return name->title < name->tokens.first ? SpeakerForm::titled : SpeakerForm::person;
}

/// "analysts | said", "said | analysts", "according to a | report".
bool Speaking::is_beside_cue(std::int32_t t) const {
    const auto leads = [&](std::int32_t i) {
        return i >= 0 && (is_cue(i) || token(i).is(WordClass::attribution));
    };
    return (t + 1 < size() && is_cue(t + 1)) || leads(t - 1) || leads(t - 2) || leads(t - 3);
}

/// Of a word that is no reference: what it may be, or none where it cannot speak.
std::optional<SpeakerForm> Speaking::form_of(std::int32_t t) const {
    const Token& word = token(t);
    if (word.kind != TokenKind::word) return std::nullopt;
    if (word.is(WordClass::relative) && word.is(Marker::of_persons)) return SpeakerForm::relative;
    if (word.is(WordClass::subject_pronoun)) {
        constexpr WordClass of_persons = WordClass::masculine | WordClass::feminine |
                                         WordClass::plural | WordClass::first_person;
        return word.is(of_persons) ? SpeakerForm::pronoun : SpeakerForm::neuter;
    }
    if (word.is(WordClass::people)) return SpeakerForm::people;
    if (nation_at(names_, t) != nullptr) return SpeakerForm::nation;
    constexpr WordClass body = WordClass::role | WordClass::institution | WordClass::organisation;
    if (word.is(body) && !word.is(WordClass::cue)) return SpeakerForm::role;
    if (word.is_known()) return std::nullopt;
    const bool opens = t == 0 || token(t - 1).sentence != word.sentence;
    if (word.capital && !opens) return SpeakerForm::capital;
    const bool noun = word.span.end - word.span.start > 2 && is_beside_cue(t) &&
                      !is_adverb(text_, t) && !inflection_of(text_).past.fits(text_.at(word.span));
    return noun ? std::optional(SpeakerForm::word) : std::nullopt;
}

void Speaking::find_everybody(const References& references) {
    const auto& items = references.items();
    std::size_t next = 0;
    for (std::int32_t t = 0; t < size();) {
        while (next < items.size() && items[next].tokens.end <= t) ++next;
        const bool named = next < items.size() && items[next].tokens.first <= t;
        const std::int32_t end = named ? items[next].tokens.end : t + 1;
        if (!inside_[static_cast<std::size_t>(t)]) {
            if (named) {
                everybody_.push_back({items[next].tokens, &items[next], form_of(items[next])});
            } else if (const auto form = form_of(t)) {
                everybody_.push_back({{t, t + 1}, nullptr, *form});
            }
        }
        t = end;
    }
}

Beside Speaking::beside(std::int32_t t, std::int32_t paragraph) const {
    if (t < 0 || t >= size() || paragraph_of(t) != paragraph) return Beside::bound;
    const Token& word = token(t);
    if (word.kind == TokenKind::possessive) return Beside::possessive;
    if (word.kind == TokenKind::punctuation) return beside_mark(word.mark);
    if (word.kind == TokenKind::number) return Beside::number;
    if (word.is(WordClass::cue_participle)) return Beside::participle;
    if (word.is(WordClass::cue)) return Beside::cue;
    if (word.is(WordClass::subordinator | WordClass::relative)) return Beside::opens_clause;
    if (word.is(WordClass::preposition)) return Beside::preposition;
    if (word.is(WordClass::conjunction)) return Beside::conjunction;
    if (word.is(opens_noun)) return Beside::article;
    if (word.is(WordClass::be | WordClass::have | WordClass::modal)) return Beside::auxiliary;
    if (word.is(WordClass::subject_pronoun | WordClass::object_pronoun)) return Beside::pronoun;
    if (word.capital) return Beside::capital;
    if (!word.is_known() && inflection_of(text_).past.fits(text_.at(word.span))) {
        return Beside::past;
    }
    return Beside::word;
}

}  // namespace framelens::quotes_detail
