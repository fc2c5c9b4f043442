// Who says a quotation, as told behind it.
#include "clause.hpp"

namespace framelens::quotes_detail {
namespace {

constexpr std::size_t reach_behind = 16;  // pieces between a quotation and the cue behind it
constexpr std::size_t reach_insert = 40;  // and where what sets the subject apart is long

}  // namespace

/// "...," X said; "...," said X; "...", according to X.
std::optional<Attribution> Clause::behind(std::size_t at) const {
    std::size_t from = at + 1;
    const bool comma =
        from < size() && (is_mark(from, U',') || is_mark(from, 0x2014) || is_mark(from, 0x2013));
    if (comma) ++from;
    if (from >= size() || is_quote(from) || token(from).kind == TokenKind::punctuation ||
        is(from, WordClass::conjunction | WordClass::relative)) {
        return std::nullopt;
    }
    const Span words = marked_words(text_, *pieces_[at].mark);
    const char last = text_.text[static_cast<std::size_t>(words.end - 1)];
    const bool starts = at == 0 || is_quote(at - 1) || token(at - 1).kind == TokenKind::punctuation;
    const bool closed = comma || last == ',' || last == '?' || last == '!' ||
                        static_cast<unsigned char>(last) >= 0x80;
    if (!closed && !starts) return inverted_behind(from);
    if (auto phrase = according_to(from)) {
        return Attribution{phrase, attribution_range(from), starts};
    }
    const std::size_t end = std::min(size(), from + reach_insert);
    for (std::size_t i = from; i < end && (!is_quote(i) || is_in_name(i)); ++i) {
        if (is_mark(i, U';') || is_mark(i, U':')) break;
        if (i >= from + reach_behind && !is_mark(i - 1, U',')) continue;
        if (i > from && is_relative(i) && !is_restrictive(i)) {
            while (i + 1 < end && !is_quote(i + 1) && !is_mark(i + 1, U',')) ++i;  // an insert
            continue;
        }
        if (!is_verbal_cue(i)) continue;
        const bool inverted = i == from || (i == from + 1 && is_adverbial(from));
        if (inverted && is(i, WordClass::cue_participle)) break;  // "...," signaling a thaw
        auto phrase = inverted ? phrase_from(i + 1, std::min(size(), i + 9)) : subject_in(from, i);
        if (phrase && inverted) {
            const auto head = piece_of(phrase->tokens.end - 1);
            if (head) phrase = in_apposition(*phrase, *head + 1, size());
        }
        if (!phrase && inverted) phrase = plain_phrase(i + 1, phrase_end(i + 1));
        if (!phrase && !inverted) phrase = plain_phrase(from, i);
        if (!phrase && inverted && !starts) break;  // "noting “it was late,” added:"
        if (!phrase && !inverted) continue;
        return Attribution{phrase, cue_range(i), starts};
    }
    return starts && (comma || last == ',') ? any_verb_behind(from) : std::nullopt;
}

/// "...," X fired back; "...," laughed X: where a comma leads on to who said it, any verb is one of
/// saying.
std::optional<Attribution> Clause::any_verb_behind(std::size_t from) const {
    if (is_plain_past(from) && from + 1 < size()) {
        const auto name = phrase_at(from + 1);
        if (name && name->tokens.first == pieces_[from + 1].token) {
            return Attribution{name, cue_range(from), true};
        }
    }
    const std::size_t end = std::min(size(), from + reach_behind);
    for (std::size_t i = from + 1; i < end && !is_quote(i) && !is_mark(i, U';'); ++i) {
        const auto near = phrase_ending_at(i - 1);
        if (near && near->tokens.first == pieces_[from].token && is_verb_of_comma(i)) {
            return Attribution{near, cue_range(i), true};
        }
        if (grammar_.part(pieces_[i].token) != Part::finite_verb) continue;
        const auto subject = grammar_.subject(pieces_[i].token);
        if (!subject || *subject < pieces_[from].token) return std::nullopt;
        const auto phrase = phrase_around(*subject);
        if (!phrase || (phrase->reference == nullptr && !is_definite(*phrase))) return std::nullopt;
        return Attribution{phrase, cue_range(i), true};
    }
    return std::nullopt;
}

/// "shot back", "cut in": a verb, or what stands before no more than a particle.
bool Clause::is_verb_of_comma(std::size_t at) const {
    if (token(at).kind != TokenKind::word || token(at).capital || token(at).is_known())
        return false;
    if (grammar_.is_verb(pieces_[at].token)) return true;
    return at + 1 < size() && is(at + 1, WordClass::adverb | WordClass::preposition) &&
           (at + 2 >= size() ||
            (!is_quote(at + 2) && token(at + 2).kind == TokenKind::punctuation));
}

/// The swap was “bittersweet” said X: a second verb of the clause, with who says it behind it.
std::optional<Attribution> Clause::inverted_behind(std::size_t at) const {
    if (!is_verbal_cue(at) || is(at, WordClass::cue_participle) || at + 1 >= size()) {
        return std::nullopt;
    }
    const auto phrase = phrase_at(at + 1);
    if (!phrase || phrase->tokens.first > pieces_[at + 1].token) return std::nullopt;
    const auto last = piece_of(phrase->tokens.end - 1);
    const bool closes = last && (*last + 1 >= size() || is_quote(*last + 1) ||
                                 token(*last + 1).kind == TokenKind::punctuation);
    if (!closes) return std::nullopt;
    constexpr std::size_t reach = 10;
    for (std::size_t i = at - 1; i-- > 0 && at - i <= reach && !bounds_clause(i);) {
        const Part part = grammar_.part(pieces_[i].token);
        if (part == Part::finite_verb || part == Part::auxiliary) {
            return Attribution{phrase, cue_range(at), false};
        }
    }
    return std::nullopt;
}

}  // namespace framelens::quotes_detail
