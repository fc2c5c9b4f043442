// Marks without anybody who is said to speak: whether they quote somebody all the same.
#include "finder.hpp"

#include "framelens/unicode.hpp"

namespace framelens::quotes_detail {
namespace {

constexpr int fewest_words = 5;

/// What ends a sentence or leads on to who said it.
bool closes(char32_t mark) {
    return mark == U',' || mark == U'.' || mark == U'?' || mark == U'!' || mark == 0x2013 ||
           mark == 0x2014 || mark == 0x2026;
}

}  // namespace

/// Nobody's sentence is the outlet's: several words that end as a sentence does, or are one.
bool QuoteFinder::quotes_somebody(const Clause& clause, std::size_t at) const {
    const std::int32_t m = *clause.pieces()[at].mark;
    if (count_words(m) < fewest_words || is_coined_name(m)) return false;
    return is_closed(clause, at) || (is_sentence(m) && !is_modifier(clause, at));
}

/// American setting has the mark inside, British outside.
bool QuoteFinder::is_closed(const Clause& clause, std::size_t at) const {
    const Span words = marked_words(text_, *clause.pieces()[at].mark);
    if (closes(decode_before(text_.text, words.end).value)) return true;
    return at + 1 >= clause.size() ||
           (!clause.is_quote(at + 1) && closes(clause.token(at + 1).mark));
}

/// A sentence of its own, or what begins one in its place; but no complement: "that “we wait”".
bool QuoteFinder::can_stand_alone(const Clause& clause, std::size_t at) const {
    if (at > 0 && clause.is(at - 1, Marker::complement)) return false;
    const std::int32_t m = *clause.pieces()[at].mark;
    if (is_sentence(m)) return true;
    const bool opens =
        at == 0 || clause.is_quote(at - 1) || clause.token(at - 1).kind == TokenKind::punctuation;
    return opens && is_upper(decode(text_.text, marked_words(text_, m).start).value);
}

/// Holds a finite verb with its subject.
bool QuoteFinder::is_sentence(std::int32_t m) const {
    constexpr int reach = 40;  // tokens to the verb
    std::optional<std::int32_t> first;
    bool found = false;
    int seen = 0;
    for_tokens_inside(m, [&](std::int32_t t) {
        if (token(t).kind == TokenKind::punctuation && !first) return true;
        if (!first) first = t;
        const Part part = grammar_.part(t);
        const bool finite = part == Part::finite_verb || part == Part::auxiliary;
        found = finite && has_subject_inside(t, *first);
        return !found && ++seen < reach;
    });
    return found;
}

/// The verb's subject stands behind `first`, and nothing there makes its clause part of another.
bool QuoteFinder::has_subject_inside(std::int32_t t, std::int32_t first) const {
    constexpr WordClass depends = WordClass::relative | WordClass::subordinator;
    const auto subject = grammar_.subject(t);
    if (!subject || *subject < first || token(*subject).is(depends)) return false;
    const auto phrase = grammar_.phrase(*subject);
    for (std::int32_t i = first; phrase && i < phrase->first; ++i) {
        if (token(i).is(depends)) return false;
    }
    return true;
}

/// A “who cares if it rains” mood: words that stand as an adjective does.
bool QuoteFinder::is_modifier(const Clause& clause, std::size_t at) const {
    if (at + 1 >= clause.size() || clause.is_quote(at + 1)) return false;
    return grammar_.is_noun(clause.pieces()[at + 1].token);
}

/// "might as well have said": a modal and a perfect in the verb's group.
bool QuoteFinder::is_hypothetical(TokenRange cue) const {
    constexpr std::int32_t reach = 6;  // tokens of a verb's group
    bool perfect = false;
    for (std::int32_t t = cue.first - 1; t >= 0 && cue.first - t <= reach; --t) {
        const Token& word = token(t);
        if (word.sentence != token(cue.first).sentence) return false;
        perfect = perfect || word.is(WordClass::have);
        if (perfect && word.is(WordClass::conditional)) return true;
        const bool joins = word.is(WordClass::have | WordClass::adverb | WordClass::preposition) ||
                           word.is(WordClass::negation);
        if (!joins) return false;
    }
    return false;
}

}  // namespace framelens::quotes_detail
