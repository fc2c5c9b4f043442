// A role beside a name, set off by a comma or dash, says what its bearer is.
#include "framelens/grammar.hpp"
#include "framelens/names.hpp"
#include "framelens/names_caseless.hpp"

namespace framelens {
namespace {

constexpr std::int32_t longest_phrase = 10;     // tokens in front of the noun
constexpr std::int32_t longest_complement = 8;  // "of the Federal Bureau of Investigation"
constexpr WordClass opener =
    WordClass::article | WordClass::determiner | WordClass::possessive_pronoun;
constexpr WordClass finite = WordClass::be | WordClass::have | WordClass::modal |
                             WordClass::subject_pronoun | WordClass::subordinator |
                             WordClass::relative;

/// Reads around one noun, in its sentence.
class NounPhrase {
public:
    NounPhrase(const SegmentedText& text, std::int32_t noun) : text_(text), noun_(noun) {}

    [[nodiscard]] const Token& token(std::int32_t i) const {
        return text_.tokens[static_cast<std::size_t>(i)];
    }
    [[nodiscard]] bool has(std::int32_t i) const {
        return i >= 0 && i < static_cast<std::int32_t>(text_.tokens.size()) &&
               token(i).sentence == token(noun_).sentence;
    }
    [[nodiscard]] bool sets_off(std::int32_t i) const {
        return has(i) &&
               (token(i).mark == U',' || token(i).mark == 0x2014 || token(i).mark == 0x2013);
    }

    /// With its owner and adverbs: "now the country's first female".
    [[nodiscard]] std::int32_t first() const {
        std::int32_t first = noun_;
        for (std::int32_t i = noun_ - 1; has(i) && noun_ - i <= longest_phrase; --i) {
            const Token& word = token(i);
            if (word.kind == TokenKind::possessive) continue;
            if (word.kind == TokenKind::punctuation || is_outside(word)) break;
            first = i;
            if (word.is(opener)) break;
        }
        while (has(first - 1) && token(first - 1).is(WordClass::adverb)) --first;
        return first;
    }

    /// Behind the noun and what it is of, where a mark ends that.
    [[nodiscard]] std::int32_t end() const {
        const std::int32_t plain = noun_ + 1;
        if (!has(plain) || !token(plain).is(WordClass::preposition)) return plain;
        for (std::int32_t i = plain; has(i) && i - noun_ <= longest_complement; ++i) {
            if (token(i).kind == TokenKind::punctuation) return i;
            if (is_verb(token(i))) break;
        }
        return plain;
    }

    /// "Kim: dictator of the North": the colon of a headline, and nothing behind it that says
    /// something; or in front of a name, "The dictator of the North: Kim".
    [[nodiscard]] bool is_colon(std::int32_t i) const {
        return has(i) && token(i).mark == U':' && is_headline(text_, token(noun_).sentence);
    }
    /// A headline's colon or dash: what follows it may be who says so, "Kim is a dictator – Park".
    [[nodiscard]] bool is_break(std::int32_t i) const {
        return is_colon(i) ||
               (sets_off(i) && token(i).mark != U',' && is_headline(text_, token(noun_).sentence));
    }
    [[nodiscard]] bool states_something(std::int32_t from) const {
        for (std::int32_t i = from; has(i) && !token(i).is(WordClass::relative); ++i) {
            if (token(i).kind == TokenKind::punctuation) return false;
            if (is_verb(token(i))) return true;
            if (!token(i).capital && !token(i).is_known() && token(i).kind == TokenKind::word &&
                token(i - 1).capital &&
                inflection_of(text_).third_person.may_fit(text_.at(token(i).span))) {
                return true;  // "president of Carsavia shuts"
            }
        }
        return false;
    }

    /// "the activist | and politician": not "the chancellor and the president", two persons.
    [[nodiscard]] bool joins_role(std::int32_t i) const {
        constexpr std::int32_t longest = 3;  // words before it: "and one-time boxer"
        if (!has(i + 1) || !token(i).is(WordClass::conjunction)) return false;
        for (std::int32_t t = i + 1; has(t) && t - i <= longest; ++t) {
            const Token& word = token(t);
            if (word.capital || word.kind != TokenKind::word) return false;
            if (word.is(WordClass::role)) return !word.is(WordClass::plural);
            if (word.is_known() && !word.is(WordClass::former | WordClass::distance)) return false;
        }
        return false;
    }

private:
    [[nodiscard]] static bool is_verb(const Token& word) {
        return word.is(finite) ||
               (word.is(WordClass::cue) && !word.is(WordClass::cue_noun | WordClass::role));
    }
    [[nodiscard]] static bool is_outside(const Token& word) {
        if (word.is(WordClass::former | WordClass::hedge | WordClass::distance | opener))
            return false;
        return word.is(WordClass::preposition | WordClass::conjunction) || is_verb(word);
    }

    const SegmentedText& text_;
    std::int32_t noun_;
};

/// The comma before an age or a party: "Kwame Adjei, 54, the minister", "Jo Reed, D-Ohio, ...".
std::int32_t before_insert(const SegmentedText& text, const NounPhrase& phrase,
                           std::int32_t comma) {
    if (!phrase.has(comma - 2) || !phrase.sets_off(comma - 2)) return comma;
    const Token& insert = phrase.token(comma - 1);
    const std::string_view printed = text.at(insert.span);
    const bool party = insert.capital && printed.size() > 2 && printed[1] == '-';
    return insert.kind == TokenKind::number || party ? comma - 2 : comma;
}

}  // namespace

std::optional<Apposition> apposition_of(const SegmentedText& text, std::int32_t noun) {
    const NounPhrase phrase(text, noun);
    Apposition found;
    found.phrase = {phrase.first(), phrase.end()};
    const std::int32_t after = found.phrase.end;
    const bool closed = !phrase.has(after) || phrase.token(after).kind == TokenKind::punctuation ||
                        phrase.token(after).is(WordClass::relative | WordClass::preposition) ||
                        phrase.joins_role(after);
    if (closed && phrase.sets_off(found.phrase.first - 1)) {
        const std::int32_t comma = before_insert(text, phrase, found.phrase.first - 1);
        if (phrase.has(comma - 1)) found.left = comma - 1;
    }
    const std::int32_t colon = found.phrase.first - 1;
    const bool joined = phrase.has(after) && phrase.token(after).is(WordClass::conjunction);
    if ((closed || joined) && phrase.is_colon(colon) && phrase.has(colon - 1) &&
        !phrase.states_something(after)) {
        found.left = colon - 1;
    }
    const bool opens = !phrase.has(found.phrase.first - 1);
    const bool sets_off = phrase.is_break(after) ? opens : phrase.sets_off(after);
    if (sets_off && phrase.has(after + 1)) found.right = after + 1;
    if (!found.left && !found.right) return std::nullopt;
    return found;
}

bool stands_apart(const SegmentedText& text, std::int32_t end) {
    const auto at = static_cast<std::size_t>(end);
    return at >= text.tokens.size() || text.tokens[at].sentence != text.tokens[at - 1].sentence ||
           text.tokens[at].kind == TokenKind::punctuation ||
           text.tokens[at].kind == TokenKind::possessive;
}

}  // namespace framelens
