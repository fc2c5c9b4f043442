// Grammar of a document, read where somebody asks: parts of speech, noun phrases, verb groups, and
// what belongs to a verb.
#pragma once

#include "framelens/grammar_tagger.hpp"
#include "framelens/tokens.hpp"
#include "framelens/word_endings.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace framelens {

/// How the text's language inflects.
[[nodiscard]] const Inflection& inflection_of(const SegmentedText& text) noexcept;

/// "also", "never", "not", and by its form "openly". Errors: none.
[[nodiscard]] bool is_adverb(const SegmentedText& text, std::int32_t token) noexcept;

/// A verb with the words before it that belong to it: "has never been openly | called".
struct VerbGroup {
    std::int32_t first = 0;     // token; the verb itself where nothing stands before it
    bool auxiliary = false;     // a form of "be" or "have", or a modal
    bool passive = false;       // "be" is the auxiliary next to it: "was called", "has been called"
    bool negated = false;       // "not", "never", "didn't", "refused to"
    bool hypothetical = false;  // "would", "might"
};

/// A noun with what stands before it and the words of its name: "the late | Socialist leader".
struct Phrase {
    std::int32_t first = 0;  // tokens
    std::int32_t head = 0;   // its last noun
    std::int32_t end = 0;
    bool definite = false;                // "the", "this", an owner, or a name
    bool plural = false;                  // by its form
    std::optional<std::int32_t> owner{};  // head of "Moore's", "his"
};

/// The grammar of one document. A sentence is read when somebody first asks for a word of it, by the
/// language's tagger, or by its word classes where it has none.
/// Views of what the caller keeps alive. One thread's: answers are kept as they are asked for.
/// Cost: a document linear in its words; a sentence in memory five bytes a token of the document.
class Grammar {
public:
    explicit Grammar(const SegmentedText& text) : text_(text) {}

    [[nodiscard]] Part part(std::int32_t token) const;
    /// A noun or a proper noun.
    [[nodiscard]] bool is_noun(std::int32_t token) const;
    /// A verb in any form; no auxiliary.
    [[nodiscard]] bool is_verb(std::int32_t token) const;

    /// The noun phrase around a token; none where the token is in none. A pronoun is one of its own,
    /// and so is an owner: "Moore" in "Moore's office".
    [[nodiscard]] std::optional<Phrase> phrase(std::int32_t token) const;
    /// The phrase that begins with a token, with what its owner owns: "Moore's | office".
    [[nodiscard]] std::optional<Phrase> whole_phrase_from(std::int32_t token) const;

    /// The group of a verb, leftwards in its sentence. A participle alone is no passive: who has
    /// called the dictator is no dictator. Cost: linear in the group, bounded by the sentence.
    [[nodiscard]] VerbGroup verb_group(std::int32_t verb) const;
    /// "was accused", and "accused by Olaf Lund" without a form of "be".
    [[nodiscard]] bool is_passive(std::int32_t verb) const;

    /// The head of a verb's own subject, of its clause: "who" of "the man who came", none of the
    /// second verb of "came and went".
    [[nodiscard]] std::optional<std::int32_t> subject(std::int32_t verb) const;
    /// The head of the phrase right behind a verb in the active: "called | the premier".
    [[nodiscard]] std::optional<std::int32_t> object(std::int32_t verb) const;
    /// The head of whom a participle names as who acts: "called a tyrant by | Olaf Lund".
    [[nodiscard]] std::optional<std::int32_t> agent(std::int32_t verb) const;
    /// A noun that a form of "be" says of a subject: "is not a | dictator".
    [[nodiscard]] bool is_predicate(std::int32_t noun) const;
    /// The head of the phrase that stands in apposition behind a phrase: "Moore, the | mayor,".
    [[nodiscard]] std::optional<std::int32_t> apposition(std::int32_t head) const;

private:
    void read_sentence_of(std::int32_t token) const;
    void find_phrases(std::int32_t first, std::int32_t end) const;
    [[nodiscard]] bool may_head(std::int32_t t) const;
    [[nodiscard]] bool is_clitic_of_owner(std::int32_t t) const;
    [[nodiscard]] bool is_owner_pronoun(std::int32_t t) const;
    [[nodiscard]] bool is_named_behind(std::int32_t t, std::int32_t from) const;
    [[nodiscard]] bool is_modifying_verb(std::int32_t t, std::int32_t from) const;
    [[nodiscard]] Phrase phrase_with_head(std::int32_t head, std::int32_t from) const;
    [[nodiscard]] std::int32_t first_of_modifiers(std::int32_t head, std::int32_t from) const;
    [[nodiscard]] bool may_open(std::int32_t t) const;
    [[nodiscard]] std::int32_t with_approximator(std::int32_t number, std::int32_t from) const;
    [[nodiscard]] bool is_quoted_in(std::int32_t t, std::int32_t from) const;
    [[nodiscard]] bool modifies(std::int32_t t, std::int32_t head, std::int32_t from) const;

    [[nodiscard]] const Token& token(std::int32_t t) const {
        return text_.tokens[static_cast<std::size_t>(t)];
    }
    [[nodiscard]] bool in_sentence(std::int32_t t, std::int32_t of) const;
    [[nodiscard]] bool is_part(std::int32_t t, std::int32_t of, Part part) const;
    [[nodiscard]] bool is_mark(std::int32_t t, std::int32_t of, char32_t mark) const;
    [[nodiscard]] std::optional<Phrase> phrase_ending_in(std::int32_t t) const;

    [[nodiscard]] bool is_form_of_be(std::int32_t t) const;
    [[nodiscard]] bool makes_passive(std::int32_t t) const;
    [[nodiscard]] bool may_be_participle(std::int32_t verb) const;
    [[nodiscard]] bool is_perfect(const VerbGroup& group, std::int32_t verb) const;
    [[nodiscard]] VerbGroup group_by_tags(std::int32_t verb) const;
    [[nodiscard]] VerbGroup group_by_class(std::int32_t verb) const;
    [[nodiscard]] bool is_auxiliary(std::int32_t t) const;
    [[nodiscard]] bool is_only_verb(std::int32_t verb) const;
    [[nodiscard]] bool joins_group(std::int32_t t) const;
    void extend(VerbGroup& group, std::int32_t t, bool helps, bool be) const;
    [[nodiscard]] bool may_be_passive(std::int32_t verb) const;
    [[nodiscard]] bool is_asked_passive(const VerbGroup& group) const;
    [[nodiscard]] bool is_name_of(const Phrase& phrase, std::int32_t t) const;
    [[nodiscard]] bool may_have_subject(std::int32_t verb, const VerbGroup& group) const;
    [[nodiscard]] std::optional<std::int32_t> subject_before(std::int32_t t,
                                                             std::int32_t verb) const;
    [[nodiscard]] Phrase first_joined(const Phrase& phrase) const;
    [[nodiscard]] std::optional<std::int32_t> before_clause(std::int32_t verb) const;
    [[nodiscard]] std::optional<std::int32_t> before_insert(std::int32_t mark) const;
    [[nodiscard]] std::optional<std::int32_t> subject_behind(std::int32_t verb,
                                                             const VerbGroup& group) const;

    [[nodiscard]] bool opens_question(std::int32_t be) const;
    [[nodiscard]] bool is_inverted(std::int32_t be) const;
    [[nodiscard]] std::int32_t behind_brackets(std::int32_t t) const;
    [[nodiscard]] std::int32_t behind_complements(std::int32_t t) const;
    [[nodiscard]] bool is_closed(std::int32_t end, std::int32_t mark) const;

    const SegmentedText& text_;
    mutable std::vector<Part> parts_;              // a token; of sentences that were read
    mutable std::vector<std::int32_t> phrase_of_;  // a token: index into phrases_, or -1
    mutable std::vector<bool> read_;               // a sentence
    mutable std::vector<Phrase> phrases_;
};

}  // namespace framelens
