// Parts of speech: by the tagger, or by word classes where a language has none.
#include "framelens/grammar.hpp"
#include "framelens/language.hpp"

#include <span>

namespace framelens {
namespace {

Part part_by_class(const SegmentedText& text, std::int32_t t) {
    const Token& word = text.tokens[static_cast<std::size_t>(t)];
    if (word.kind == TokenKind::punctuation) return Part::punctuation;
    if (word.kind == TokenKind::possessive) return Part::particle;
    if (word.kind == TokenKind::number || word.is(WordClass::number)) return Part::number;
    if (word.kind == TokenKind::contraction ||
        word.is(WordClass::be | WordClass::have | WordClass::modal)) {
        return Part::auxiliary;
    }
    if (word.is(WordClass::article | WordClass::determiner)) return Part::determiner;
    if (word.is(WordClass::subject_pronoun | WordClass::object_pronoun |
                WordClass::possessive_pronoun | WordClass::reflexive | WordClass::relative)) {
        return Part::pronoun;
    }
    if (word.is(WordClass::preposition)) return Part::adposition;
    if (word.is(WordClass::conjunction)) return Part::conjunction;
    if (word.is(WordClass::subordinator)) return Part::subordinator;
    if (is_adverb(text, t)) return Part::adverb;
    if (word.is(WordClass::role | WordClass::institution | WordClass::people)) return Part::noun;
    if (word.is(WordClass::cue_participle)) return Part::ing_verb;
    if (word.is(WordClass::cue | WordClass::naming_verb | WordClass::denial)) {
        return Part::finite_verb;
    }
    if (word.is(WordClass::demonym)) return Part::adjective;
    return word.capital ? Part::proper_noun : Part::noun;
}

}  // namespace

void Grammar::read_sentence_of(std::int32_t t) const {
    const auto sentence = static_cast<std::size_t>(token(t).sentence);
    if (read_.empty()) {
        read_.resize(text_.segments.sentences.size());
        parts_.resize(text_.tokens.size());
        phrase_of_.resize(text_.tokens.size(), -1);
    }
    if (read_[sentence]) return;
    read_[sentence] = true;
    const std::int32_t first = text_.first_token[sentence];
    const std::int32_t end = text_.first_token[sentence + 1];
    const auto count = static_cast<std::size_t>(end - first);
    if (text_.language->tagger) {
        text_.language->tagger->tag(
            text_, first, std::span(parts_).subspan(static_cast<std::size_t>(first), count));
    } else {
        for (std::int32_t i = first; i < end; ++i) {
            parts_[static_cast<std::size_t>(i)] = part_by_class(text_, i);
        }
    }
    find_phrases(first, end);
}

Part Grammar::part(std::int32_t t) const {
    read_sentence_of(t);
    return parts_[static_cast<std::size_t>(t)];
}

bool Grammar::is_noun(std::int32_t t) const {
    const Part found = part(t);
    return found == Part::noun || found == Part::proper_noun;
}

bool Grammar::is_verb(std::int32_t t) const {
    const Part found = part(t);
    return found >= Part::finite_verb && found <= Part::ing_verb;
}

bool Grammar::in_sentence(std::int32_t t, std::int32_t of) const {
    return t >= 0 && t < static_cast<std::int32_t>(text_.tokens.size()) &&
           token(t).sentence == token(of).sentence;
}

bool Grammar::is_part(std::int32_t t, std::int32_t of, Part wanted) const {
    return in_sentence(t, of) && part(t) == wanted;
}

bool Grammar::is_mark(std::int32_t t, std::int32_t of, char32_t mark) const {
    return in_sentence(t, of) && token(t).mark == mark;
}

}  // namespace framelens
