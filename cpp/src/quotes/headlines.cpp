// Whose words a headline gives without marks: "Kell: Port is shut", "Port is shut: Kell".
#include "finder.hpp"

#include "framelens/names_caseless.hpp"
#include "framelens/unicode.hpp"

namespace framelens::quotes_detail {
namespace {

constexpr WordClass finite = WordClass::be | WordClass::have | WordClass::modal;
constexpr WordClass speaks_of_itself = WordClass::first_person;

bool is_dash(char32_t mark) {
    return mark == 0x2013 || mark == 0x2014 || mark == U'-';
}

}  // namespace

/// Where no article makes it a noun.
bool Clause::may_be_verb(std::size_t at) const {
    const Token& word = token(at);
    if (is(at, finite | WordClass::cue | WordClass::linking | WordClass::denial)) return true;
    if (word.kind != TokenKind::word || word.is_known() || word.capital || at == 0) return false;
    const bool noun =
        is_quote(at - 1) ||
        is(at - 1, WordClass::article | WordClass::determiner | WordClass::possessive_pronoun |
                       WordClass::preposition | WordClass::number) ||
        token(at - 1).kind == TokenKind::number;
    return !noun && ends_as_verb(at);
}

/// A title or surname, a role or people who speak, and nothing else from `from` to `end`.
std::optional<NounPhrase> Clause::whole_speaker(std::size_t from, std::size_t end) const {
    if (from >= end) return std::nullopt;
    std::size_t last = end - 1;
    if (const auto topic = topic_of_speaker(from, end)) last = *topic - 1;  // "Kell on Varga"
    const auto phrase = phrase_ending_at(last);
    if (!phrase) return std::nullopt;
    auto first = piece_of(phrase->tokens.first);
    if (!first || *first < from) return std::nullopt;
    while (*first > from &&
           is(*first - 1, WordClass::article | WordClass::former | WordClass::role_prefix |
                              WordClass::role | WordClass::organisation | WordClass::demonym |
                              WordClass::nation)) {
        --*first;
    }
    if (*first != from) return std::nullopt;
    if (phrase->reference != nullptr && phrase->reference->entity) {
        const auto entity = static_cast<std::size_t>(*phrase->reference->entity);
        if (references_.corpus().entities[entity].kind != EntityKind::person) return std::nullopt;
        return phrase->reference->form == ReferenceForm::pronoun ? std::nullopt : phrase;
    }
    return is(last, WordClass::people | WordClass::role) ? phrase : std::nullopt;
}

/// The "on" of "Kell on Varga", the "to" of "Kell to Varga".
std::optional<std::size_t> Clause::topic_of_speaker(std::size_t from, std::size_t end) const {
    for (std::size_t i = from + 1; i + 1 < end; ++i) {
        if (is_quote(i)) return std::nullopt;
        if (!is(i, WordClass::preposition)) continue;
        return is(i, Marker::about) ? std::optional(i) : std::nullopt;
    }
    return std::nullopt;
}

bool Clause::ends_as_verb(std::size_t at) const {
    constexpr std::size_t shortest = 4;  // bytes
    const std::string word = fold(printed(at));
    return word.size() >= shortest &&
           (inflection().past.fits(word) || inflection().third_person.fits(word));
}

/// What somebody says, and not what he is ("Varga: tyrant of the coast") or what it is about
/// ("Varga: the man who shut the port", "Varga: why he left"): it speaks of somebody else, of itself,
/// or states something of a thing.
bool Clause::is_said_by(const NounPhrase& speaker, std::size_t from, std::size_t end) const {
    constexpr WordClass asks = WordClass::relative | WordClass::subordinator;
    if (from >= end || is_apposition_from(from, end)) return false;
    const Reference* whole = is_quote(from) ? nullptr : references_.at(pieces_[from].token);
    if (whole != nullptr && whole->tokens.end > pieces_[end - 1].token) {
        return false;  // "Director: Ada Moore"
    }
    if (speaker.reference == nullptr) return true;  // "Officials: ..." is no topic
    if (is(from, asks) || is(from, Marker::asks_what | Marker::asks_other)) return false;
    const auto he = WordClass::masculine | WordClass::feminine;
    const bool himself =
        !is_quote(from) && (is(from, WordClass::role) ||
                            (is(from, WordClass::subject_pronoun | WordClass::possessive_pronoun) &&
                             is(from, he) && !is(from, WordClass::given_name)));
    bool states = false;
    for (std::size_t i = from; i < end; ++i) {
        if (is_quote(i)) return true;
        if (is(i, speaks_of_itself)) return true;
        const Reference* other = references_.at(pieces_[i].token);
        if (other != nullptr && other->form == ReferenceForm::name &&
            other->entity != speaker.reference->entity) {
            return true;
        }
        states = states || is(i, finite);
    }
    return states && !himself;
}

/// A role noun with its modifiers, and what it is of, without a verb.
bool Clause::is_apposition_from(std::size_t from, std::size_t end) const {
    for (std::size_t i = from; i < end; ++i) {
        if (is_quote(i) || may_be_verb(i)) return false;
        if (!is(i, WordClass::role) || is(i, WordClass::plural)) continue;
        const auto beside = apposition_of(text_, pieces_[i].token);
        return beside && beside->phrase.first == pieces_[from].token;
    }
    return false;
}

std::optional<HeadlineVoice> Clause::headline_voice() const {
    std::size_t from = 0;
    for (std::size_t i = 1; i + 1 < size(); ++i) {
        if (!is_mark(i, U':')) continue;
        if (const auto speaker = whole_speaker(from, i)) {
            const std::size_t end = without_stop(i + 1);
            if (!is_said_by(*speaker, i + 1, end)) return std::nullopt;
            return HeadlineVoice{*speaker, i + 1, end};
        }
        from = i + 1;
    }
    return voice_behind();
}

/// "Port is shut: Kell", "Port is shut – minister": a clause, and behind its last mark nobody but one
/// who speaks.
std::optional<HeadlineVoice> Clause::voice_behind() const {
    const std::size_t end = without_stop(0);
    for (std::size_t i = end; i-- > 1;) {
        if (is_quote(i)) return std::nullopt;
        const bool sets_off = is_mark(i, U':') || (!is_quote(i) && is_dash(token(i).mark));
        if (!sets_off) continue;
        const auto speaker = whole_speaker(i + 1, end);
        if (!speaker) return std::nullopt;
        std::size_t from = 0;
        bool clause = false;
        for (std::size_t t = 0; t < i; ++t) {
            if (is_mark(t, U':')) from = t + 1;  // behind "Opinion:"
            // A verb has its subject before it: "Cast: Kell" says nothing.
            clause = t >= from && (clause || (t > from && !is_quote(t) && may_be_verb(t)));
        }
        return clause ? std::optional(HeadlineVoice{*speaker, from, i}) : std::nullopt;
    }
    return std::nullopt;
}

/// "‘Port is shut’: Kell", "City ‘better off’ without cars – Kell".
std::optional<Attribution> Clause::named_behind(std::size_t at) const {
    if (!is_headline(text_, token(0).sentence)) return std::nullopt;
    const std::size_t end = without_stop(at + 1);
    for (std::size_t i = end; i-- > at + 1;) {
        if (is_quote(i)) return std::nullopt;
        if (!is_mark(i, U':') && !is_dash(token(i).mark)) continue;
        const auto speaker = whole_speaker(i + 1, end);
        if (!speaker) return std::nullopt;
        return Attribution{speaker, std::nullopt, at == 0 && i == 1};
    }
    return std::nullopt;
}

/// The end of the pieces from `from`, the marks that close the sentence left out.
std::size_t Clause::without_stop(std::size_t from) const {
    std::size_t end = size();
    while (end > from && !is_quote(end - 1) && token(end - 1).kind == TokenKind::punctuation) --end;
    return end;
}

void QuoteFinder::find_headline_voice(const Clause& clause) {
    if (!is_headline(text_, clause.token(0).sentence)) return;
    const auto voice = clause.headline_voice();
    if (!voice || voice->from >= voice->end) return;
    const bool marked = voice->end == voice->from + 1 && clause.is_quote(voice->from);
    if (marked) return;  // its marks tell
    Quotation quotation;
    quotation.kind = QuoteKind::indirect;
    quotation.span = pieces_span(clause, voice->from, voice->end);
    quotation.speaker = speaker_of(voice->speaker);
    const Zone* zone = zone_at(text_.zones, quotation.span.start);
    if (zone != nullptr) quotation.zone = zone->kind;
    indirect_.push_back(std::move(quotation));
}

}  // namespace framelens::quotes_detail
