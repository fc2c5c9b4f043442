// Who speaks, and what is said, in a language that puts the verb second and parts its clauses by
// commas: "In Nordell sagte gestern Ada Moore, der Hafen sei zu."
#include "clause.hpp"
#include "framelens/language.hpp"
#include "framelens/unicode.hpp"

#include <algorithm>

namespace framelens::quotes_detail {
namespace {

constexpr WordClass begins_subject =
    WordClass::article | WordClass::determiner | WordClass::possessive_pronoun;

}  // namespace

const WordOrder& ClauseView::order() const noexcept {
    return text_.language->order;
}

/// "stellte ... fest": a form that needs its prefix is a verb of saying only with it.
bool Clause::lacks_prefix(std::size_t at) const {
    constexpr std::size_t reach = 30;  // pieces
    if (order().separable.empty()) return false;
    const auto known = order().separable.find(fold(printed(at)));
    if (known == order().separable.end()) return false;
    const std::size_t end = std::min(size(), at + reach);
    for (std::size_t i = at + 1; i < end; ++i) {
        if (is_quote(i) || token(i).capital || token(i).kind != TokenKind::word) continue;
        const bool closes = i + 1 >= size() || is_quote(i + 1) ||
                            token(i + 1).kind == TokenKind::punctuation ||
                            is(i + 1, WordClass::conjunction);
        if (!closes) continue;
        const std::string word = fold(printed(i));
        const auto& prefixes = known->second;
        if (std::find(prefixes.begin(), prefixes.end(), word) != prefixes.end()) return false;
    }
    return true;
}

/// "wurde gestern gefunden": a clause has one finite verb, and with a form of "be" this is none.
bool Clause::is_passive_in_clause(std::size_t at) const {
    if (!order().verb_second) return false;
    const std::size_t from = clause_start(at);
    for (std::size_t i = from; i < size() && (i <= at || !bounds_clause(i)); ++i) {
        if (i != at && is(i, WordClass::be) && !is(i, WordClass::possessive_pronoun)) return true;
    }
    return false;
}

/// Something else than the subject stands before the verb, or nothing does.
bool Clause::has_other_front(std::size_t at) const {
    const std::size_t from = clause_start(at);
    if (from == at) return from == 0 || !is(from - 1, WordClass::conjunction);
    if (is(from, WordClass::subject_pronoun)) return false;
    if (token(from).kind == TokenKind::number) return true;  // "2008 erklärte er"
    if (is(from, WordClass::preposition | WordClass::adverb) || is(from, Marker::oblique)) {
        return true;
    }
    if (is(from, WordClass::subordinator) || is(from, WordClass::attribution)) return true;
    return is_adverbial(from) && !is(from, WordClass::negation);
}

/// "Gegenüber dem Boten | erklärte gestern | die Ministerin": the subject behind the verb.
std::optional<NounPhrase> Clause::inverted_subject(std::size_t at) const {
    constexpr std::size_t reach = 16;  // pieces
    if (!order().verb_second || is(at, WordClass::cue_participle) || !has_other_front(at)) {
        return std::nullopt;
    }
    bool other = false;  // inside a phrase that is no subject
    bool named = false;  // its noun was seen
    const std::size_t end = std::min(size(), at + reach);
    for (std::size_t i = at + 1; i < end && !is_quote(i); ++i) {
        const Token& word = token(i);
        if (word.kind == TokenKind::punctuation) break;
        if (is(i, WordClass::preposition) || is(i, Marker::oblique)) {
            other = true;
            named = false;
            continue;
        }
        const auto phrase = phrase_at(i);
        const bool titled = phrase && (is(i, WordClass::role | WordClass::honorific) ||
                                       (phrase->reference != nullptr && is_speaker(*phrase)));
        if (is(i, WordClass::subject_pronoun) && phrase) return phrase;
        if (other && !named) {
            named = word.capital;
            continue;
        }
        if (is(i, begins_subject)) {
            if (auto found = phrase_from(i, std::min(end, i + 8)); found && is_near(*found, i)) {
                return found;
            }
            return whole_phrase(i);
        }
        if (titled) return phrase;
        if (word.capital && !other) return phrase ? phrase : phrase_around(pieces_[i].token);
    }
    return std::nullopt;
}

/// True if nothing but what belongs to a phrase stands between `from` and it.
bool Clause::is_near(const NounPhrase& phrase, std::size_t from) const {
    const auto first = piece_of(phrase.tokens.first);
    if (!first) return false;
    for (std::size_t i = from; i < *first; ++i) {
        if (is_quote(i) || token(i).kind == TokenKind::punctuation ||
            is(i, WordClass::preposition)) {
            return false;
        }
    }
    return true;
}

/// "In Nordell zeigte sich die Ministerin zufrieden: ...": a pronoun, somebody with a name, or the
/// first noun phrase that may be a subject.
std::optional<NounPhrase> Clause::colon_speaker(std::size_t colon) const {
    std::size_t from = colon;
    while (from > 0 && !is_quote(from - 1) && !is_mark(from - 1, U';')) --from;
    std::optional<NounPhrase> named;
    std::optional<NounPhrase> plain;
    bool other = false;  // inside a phrase that is no subject
    for (std::size_t i = from; i < colon; ++i) {
        if (is(i, WordClass::preposition) || is(i, Marker::oblique)) {
            other = true;
            continue;
        }
        if (is(i, begins_subject) || token(i).kind == TokenKind::punctuation || !token(i).capital) {
            other = other && !is(i, begins_subject) && token(i).kind != TokenKind::punctuation &&
                    !may_be_verb(i) && !is_adverbial(i);
        }
        const auto phrase = phrase_at(i);
        if (is(i, WordClass::subject_pronoun) && !is(i, WordClass::neuter) && phrase) return phrase;
        if (other || !phrase) {
            if (!other && !plain && is(i, begins_subject)) plain = whole_phrase(i);
            continue;
        }
        if (!named && is_speaker(*phrase)) named = phrase;
        if (!plain) plain = phrase;
        if (const auto last = piece_of(phrase->tokens.end - 1)) i = std::max(i, *last);
    }
    return named ? named : plain;
}

/// "warb Obama", "Obama warb": a word right beside a subject that may be its verb.
std::optional<std::size_t> Clause::verb_beside(const NounPhrase& subject) const {
    const auto first = piece_of(subject.tokens.first);
    const auto last = piece_of(subject.tokens.end - 1);
    const auto may_be = [&](std::size_t i) {
        return !is_quote(i) && token(i).kind == TokenKind::word && !token(i).capital &&
               (!token(i).is_known() || is(i, WordClass::cue));
    };
    if (first && *first > 0 && may_be(*first - 1)) return *first - 1;
    if (last && *last + 1 < size() && may_be(*last + 1)) return *last + 1;
    return std::nullopt;
}

/// A verb of saying in the sentence, up to a colon.
bool Clause::has_cue_before(std::size_t colon) const {
    for (std::size_t i = colon; i-- > 0 && !is_quote(i);) {
        if (is_verbal_cue(i)) return true;
    }
    return false;
}

/// Where the clause begins that the verb at `at` introduces: behind a comma, opened by "dass" or in
/// the mood of what others say.
std::optional<std::size_t> Clause::set_off_clause(std::size_t at) const {
    constexpr std::size_t reach = 40;  // pieces
    const std::size_t end = std::min(size(), at + reach);
    for (std::size_t comma = at + 1; comma < end; ++comma) {
        if (is_quote(comma) || is_mark(comma, U':') || is_mark(comma, U';')) break;
        if (!is_mark(comma, U',') || comma + 1 >= size()) continue;
        if (is(comma + 1, Marker::complement)) return comma + 1;
        for (std::size_t i = comma + 1; i < size() && !is_mark(i, U',') && !is_quote(i); ++i) {
            if (is(i, Marker::reporting)) return comma + 1;
        }
    }
    return std::nullopt;
}

bool Clause::is_impersonal(const NounPhrase& speaker) const {
    if (!order().verb_second || speaker.tokens.size() != 1) return false;
    const Token& word = text_.tokens[static_cast<std::size_t>(speaker.tokens.first)];
    return word.is(WordClass::neuter) && word.is(WordClass::subject_pronoun);
}

/// ", so Ada Moore": an adverb that attributes does so at the end of a clause alone.
bool Clause::is_closing_attribution(std::size_t at) const {
    if (!is(at, WordClass::adverb)) return true;
    if (at == 0 || at + 1 >= size() || is_quote(at + 1)) return false;
    if (!is_quote(at - 1) && !is_mark(at - 1, U',')) return false;
    const auto phrase = named_after(at);
    if (!phrase || phrase->tokens.first < pieces_[at + 1].token) return false;
    const auto last = piece_of(phrase->tokens.end - 1);
    return last && (*last + 1 >= size() || is_quote(*last + 1) ||
                    token(*last + 1).kind == TokenKind::punctuation ||
                    is(*last + 1, begins_subject | WordClass::preposition));
}

/// "laut Robert-Koch-Institut": whom a word names that stands before it.
std::optional<NounPhrase> Clause::named_after(std::size_t at) const {
    std::size_t i = at + 1;
    if (i < size() && is(i, WordClass::preposition)) ++i;
    if (i >= size() || is_quote(i) || token(i).kind == TokenKind::punctuation) return std::nullopt;
    if (auto phrase = phrase_at(i)) return phrase;
    if (auto phrase = whole_phrase(i)) return phrase;
    const std::size_t first = i;
    while (i < size() && !is_quote(i) && token(i).kind == TokenKind::word && !token(i).capital) ++i;
    const std::size_t noun = i;
    while (i < size() && !is_quote(i) && token(i).kind == TokenKind::word && token(i).capital) ++i;
    constexpr std::size_t longest = 6;  // pieces
    if (i == noun || i - first > longest) return std::nullopt;
    return NounPhrase{{pieces_[first].token, pieces_[i - 1].token + 1}, nullptr};
}

/// "nach Angaben der Polizei", "nach Ansicht von Moore".
bool Clause::is_by_word_of(std::size_t at) const {
    return order().verb_second && is(at, WordClass::preposition) && at + 2 < size() &&
           is(at + 1, WordClass::viewpoint) &&
           (is(at + 2, begins_subject | WordClass::preposition) || is(at + 2, Marker::oblique));
}

/// "Als „...“ beurteilte Moore das Treffen", "hatte ihn als „...“ bezeichnet": the verb behind what it
/// says, in one clause.
std::optional<Attribution> Clause::cue_behind(std::size_t at) const {
    constexpr std::size_t reach = 7;  // pieces
    if (!order().verb_second) return std::nullopt;
    const std::size_t end = std::min(size(), at + reach);
    for (std::size_t i = at + 1; i < end && !is_quote(i); ++i) {
        if (token(i).kind == TokenKind::punctuation || is(i, WordClass::conjunction)) break;
        if (!is_verbal_cue(i)) continue;
        auto subject = inverted_subject(i);
        if (!subject) subject = colon_speaker(at);
        if (!subject) break;
        return Attribution{subject, cue_range(i), false};
    }
    return std::nullopt;
}

/// "Augenzeugen zufolge": whom a word names that stands behind it.
std::optional<NounPhrase> Clause::named_before(std::size_t at) const {
    if (at == 0 || is_quote(at - 1)) return std::nullopt;
    if (auto phrase = phrase_ending_at(at - 1)) return phrase;
    return phrase_around(pieces_[at - 1].token);
}

}  // namespace framelens::quotes_detail
