// What a mention tells of somebody whom a pronoun may mean.
#include "candidates.hpp"

#include "framelens/grammar.hpp"

namespace framelens {
namespace {

Clue clue_at(Clue first, Standing standing) {
    return static_cast<Clue>(static_cast<unsigned>(first) + static_cast<unsigned>(standing));
}

}  // namespace

bool Candidates::is_in_clause(const Reference& reference) const {
    return reference.tokens.first >= clause_ && reference.head < pronoun_.head;
}

/// What the last mention tells.
void Candidates::last_seen(Found& found, const Reference& reference) {
    const std::int32_t back = found.back = back_;
    Clues& clues = found.clues;
    const Clue first = back == 0   ? Clue::here_subject
                       : back == 1 ? Clue::near_subject
                                   : Clue::far_subject;
    clues.set(clue_at(first, reference.standing));
    clues.set(Clue::two_back, back == 2);
    clues.set(Clue::some_back, back > 2 && back <= 5);
    clues.set(Clue::many_back, back > 5);
    const Standing own = pronoun_.standing;
    const bool subject = is_subject(reference);
    const bool owner = reference.standing == Standing::owner;
    const bool object = !subject && !owner;
    clues.set(Clue::both_subjects, own == Standing::subject && subject);
    clues.set(Clue::both_objects, own >= Standing::governed && object);
    clues.set(Clue::both_owners, own == Standing::owner && owner);
    clues.set(Clue::subject_then_owner, own == Standing::owner && subject);
    clues.set(Clue::owner_then_subject, own == Standing::subject && owner);
    clues.set(Clue::object_then_subject, own == Standing::subject && object);
    clues.set(Clue::subject_then_object, own >= Standing::governed && subject);
    clues.set(Clue::by_pronoun, reference.form == ReferenceForm::pronoun);
    clues.set(Clue::by_pronoun_here, back == 0 && reference.form == ReferenceForm::pronoun);
    clues.set(Clue::by_pronoun_near, back == 1 && reference.form == ReferenceForm::pronoun);
    clues.set(Clue::by_description, reference.form == ReferenceForm::description);
    clues.set(Clue::bracketed, is_bracketed(reference));
    clues.set(Clue::apposed, is_apposed(reference));
    clues.set(Clue::nearest, found_.size() == 1);
    if (subject && !nearest_subject_) {
        clues.set(Clue::nearest_subject);
        nearest_subject_ = true;
    }
    const std::int32_t paragraphs = paragraph(word_.sentence) - paragraph(sentence_of(reference));
    clues.set(Clue::same_paragraph, paragraphs == 0);
    clues.set(Clue::near_paragraph, paragraphs == 1);
    clues.set(Clue::other_subject_between, back == 0 && subject_between_);
    if (is_in_clause(reference)) {
        clues.set(Clue::own_clause_object, own >= Standing::governed && subject);
        clues.set(Clue::own_clause_owner, own == Standing::owner && subject);
        clues.set(Clue::own_clause_nearest,
                  own >= Standing::governed && subject && !subject_between_);
    }
    clues.set(Clue::beside_verb, back == 0 && own == Standing::subject && subject && index_ > 0 &&
                                     &reference == &all_.items_[index_ - 1]);
    clues.set(Clue::says_this, own == Standing::subject && says_this(reference));
    clues.set(Clue::joined, is_joined(reference));
    clues.set(Clue::other_voice, !all_.one_voice(reference.mark, pronoun_.mark));
}

/// What a printed name tells.
void Candidates::last_words(Found& found, const Reference& reference) const {
    Clues& clues = found.clues;
    const std::int32_t first = reference.tokens.first;
    clues.set(Clue::by_full_name, reference.full);
    if (entity(found.entity).kind == EntityKind::person) return;
    clues.set(Clue::unknown_kind);
    const bool single = entity(found.entity).words.size() == 1;
    clues.set(Clue::unknown_single, single);
    clues.set(Clue::unlike_name, !seems_named(reference));
    clues.set(Clue::unknown_governed, reference.standing == Standing::governed);
    const Standing standing = reference.standing;
    clues.set(Clue::unknown_verb, standing == Standing::subject || standing == Standing::acting);
    clues.set(Clue::behind_article, first > 0 && token(first - 1).is(WordClass::article));
    const std::int32_t behind = reference.tokens.end + 1;  // "Irving, Texas"
    clues.set(
        Clue::before_nation,
        has_mark(behind - 1, U',') && behind < std::ssize(text_.tokens) &&
            (nation_at(all_.names_, behind) != nullptr || token(behind).is(WordClass::place)));
    clues.set(Clue::behind_nation, first > 0 && nation_at(all_.names_, first - 1) != nullptr);
}

/// "The actress Ada Lund", "Lund, the widow of": nouns of one sex that say what somebody is.
void Candidates::see_nouns(Found& found, const Reference& reference) const {
    constexpr std::int32_t reach = 3;  // tokens
    constexpr WordClass of_one_sex = WordClass::masculine | WordClass::feminine;
    const std::int32_t sentence = sentence_of(reference);
    const auto see = [&](std::int32_t t) {
        const Token& noun = token(t);
        if (noun.sentence != sentence || !noun.is(WordClass::role) || !noun.is(of_one_sex)) return;
        const bool same = noun.is(WordClass::feminine) == word_.is(WordClass::feminine);
        (same ? found.noun_agrees : found.noun_differs) = true;
    };
    for (std::int32_t t = reference.tokens.first - 1; t >= 0 && t >= reference.tokens.first - reach;
         --t) {
        if (token(t).kind == TokenKind::possessive) break;
        if (token(t).kind != TokenKind::word && token(t).mark != U',') break;
        see(t);
    }
    const std::int32_t end = reference.tokens.end;
    if (end >= std::ssize(text_.tokens) || token(end).mark != U',') return;
    for (std::int32_t t = end + 1; t < std::ssize(text_.tokens) && t <= end + reach; ++t) {
        if (token(t).kind != TokenKind::word) break;
        see(t);
    }
}

/// "Vesey (William Hurt)": who plays somebody, or another name.
bool Candidates::is_bracketed(const Reference& reference) const {
    return has_mark(reference.tokens.first - 1, U'(') || has_mark(reference.tokens.end, U')');
}

/// "the mayor, Lund,": between commas.
bool Candidates::is_apposed(const Reference& reference) const {
    return has_mark(reference.tokens.first - 1, U',') && has_mark(reference.tokens.end, U',');
}

/// "Lund and Ruiz": one of several.
bool Candidates::is_joined(const Reference& reference) const {
    const auto is_and = [&](std::int32_t t) {
        return t >= 0 && t < std::ssize(text_.tokens) && token(t).is(WordClass::conjunction) &&
               token(t).sentence == sentence_of(reference);
    };
    const std::int32_t end = reference.tokens.end;
    const auto is_name = [&](std::int32_t t) { return name_at(all_.names_, t) != nullptr; };
    return (is_and(end) && is_name(end + 1)) ||
           (is_and(reference.tokens.first - 1) && is_name(reference.tokens.first - 2));
}

std::int32_t Candidates::paragraph(std::int32_t sentence) const {
    return text_.segments.sentences[static_cast<std::size_t>(sentence)].paragraph;
}

/// "Lund said", "said Lund", "Lund, the mayor, later said".
bool Candidates::speaks(const Reference& reference) const {
    constexpr std::int32_t most_adverbs = 2;
    const std::int32_t sentence = sentence_of(reference);
    std::int32_t before = reference.tokens.first - 1;
    if (before > 0 && token(before).kind == TokenKind::possessive) {  // "said Labour's Jane Roe"
        const Reference* owner = all_.at(before - 1);
        before = owner != nullptr ? owner->tokens.first - 1 : before - 2;
    }
    if (before >= 0 && token(before).sentence == sentence &&
        token(before).is(WordClass::cue | WordClass::attribution)) {
        return true;
    }
    const std::int32_t end = all_.behind_apposition(reference.tokens.end);
    for (std::int32_t t = end; t < std::ssize(text_.tokens) && t <= end + most_adverbs; ++t) {
        if (token(t).sentence != sentence || token(t).kind != TokenKind::word) return false;
        if (token(t).is(WordClass::cue)) return true;
        if (!is_adverb(text_, t)) return false;
    }
    return false;
}

/// "Lund said he", "Lund later said that he": the pronoun opens what somebody says.
bool Candidates::says_this(const Reference& reference) const {
    constexpr std::int32_t reach = 5;  // tokens
    const std::int32_t end = all_.behind_apposition(reference.tokens.end);
    if (sentence_of(reference) != word_.sentence || pronoun_.head - end > reach) return false;
    bool cue = false;
    for (std::int32_t t = end; t < pronoun_.head; ++t) {
        if (token(t).is(WordClass::cue)) cue = true;
        const bool between = token(t).is(WordClass::cue | WordClass::have) ||
                             token(t).is(Marker::complement) || is_adverb(text_, t);
        if (!between) return false;
    }
    return cue;
}

}  // namespace framelens
