// What attribution works on: the tokens of one sentence as its writer sees it, with each
// quotation in it as one opaque piece. Internal to the room `quotes`.
#pragma once

#include "clause_view.hpp"
#include "framelens/grammar.hpp"
#include "framelens/quotes.hpp"
#include "pieces.hpp"

#include <optional>
#include <string_view>

namespace framelens::quotes_detail {

/// One sentence and the tools to find who says what in it.
class Clause : public ClauseView {
public:
    using ClauseView::ClauseView;

    /// The attribution of the quotation at `at`: behind it, before it, or around it.
    [[nodiscard]] std::optional<Attribution> attribute(std::size_t at) const;

    /// A form of a verb of saying, used as a verb in the active.
    [[nodiscard]] bool is_verbal_cue(std::size_t at) const;

    /// The noun phrase that says what the cue at `at` introduces.
    [[nodiscard]] std::optional<NounPhrase> subject_of(std::size_t at) const;

    /// Most words are capitals, as in headlines: capitals say nothing.
    [[nodiscard]] bool is_title_case() const;

    /// "according to X": the phrase, if the pieces at `at` begin one.
    [[nodiscard]] std::optional<NounPhrase> according_to(std::size_t at) const;

    /// "Kell: Port is shut", "Port is shut: Kell": a colon instead of a verb.
    [[nodiscard]] std::optional<HeadlineVoice> headline_voice() const;

    /// "..., says Kell" at the end of the sentence: the phrase behind the cue at `at`.
    [[nodiscard]] std::optional<NounPhrase> closing_speaker(std::size_t at) const;

    /// "shuts", "jailed": a verb, or a word that no list knows and that ends as one.
    [[nodiscard]] bool may_be_verb(std::size_t at) const;

    /// "The regime, which shut a port, recalled its envoy": the cue at `at` has its subject in front
    /// of an insert.
    [[nodiscard]] bool has_subject_before_insert(std::size_t at) const;

    /// "Moore's claim", "made the statement": the noun at `at` and whose word it is.
    [[nodiscard]] std::optional<Attribution> owner_of_noun(std::size_t at) const;

    /// Behind the object of "told Moore | he must go": where what is said begins.
    [[nodiscard]] std::size_t behind_addressee(std::size_t cue) const;

    /// "you know", "no campaign says": nobody who speaks.
    [[nodiscard]] bool is_generic(const NounPhrase& speaker) const;

    /// "hieß es": nobody, where the language says so of what it leaves open.
    [[nodiscard]] bool is_impersonal(const NounPhrase& speaker) const;

    /// A preposition of attribution, or one with a noun: "nach Angaben".
    [[nodiscard]] bool attributes(std::size_t at) const {
        return is(at, WordClass::attribution) || is_by_word_of(at);
    }

    /// "accused of commanding": of somebody, not by him.
    [[nodiscard]] bool is_complement_of_noun(std::size_t cue) const {
        return cue > 0 && is(cue, WordClass::cue_participle) && is(cue - 1, Marker::genitive);
    }

    /// "to" before a verb.
    [[nodiscard]] bool is_infinitive(std::size_t to) const;

    /// "refused to confirm": nothing is said.
    [[nodiscard]] bool is_refused(std::size_t cue) const;

    /// ", which Moore calls late": a relative clause that adds something.
    [[nodiscard]] bool is_non_restrictive(std::size_t at) const {
        return at < size() && is_relative(at);
    }

    /// "Moore said to cheers.": a subject and a verb of saying, and nothing that is said.
    [[nodiscard]] bool is_bare_attribution() const;

    /// The word ends as a third person or a past tense does.
    [[nodiscard]] bool ends_as_verb(std::size_t at) const;

    /// The words of "according to", "per": one or two.
    [[nodiscard]] TokenRange attribution_range(std::size_t at) const;

    /// The first noun phrase at or after `at` and before `end` that may speak.
    [[nodiscard]] std::optional<NounPhrase> phrase_from(std::size_t at, std::size_t end) const;

    /// The first piece of a clause that a comma parts from the verb at `at`, which introduces it.
    [[nodiscard]] std::optional<std::size_t> set_off_clause(std::size_t at) const;

    /// A word that no list knows and that ends as a past tense does: "fired".
    [[nodiscard]] bool is_plain_past(std::size_t at) const;

private:
    [[nodiscard]] std::optional<NounPhrase> whole_speaker(std::size_t from, std::size_t end) const;
    [[nodiscard]] std::optional<std::size_t> topic_of_speaker(std::size_t from,
                                                              std::size_t end) const;
    [[nodiscard]] bool is_said_by(const NounPhrase& speaker, std::size_t from,
                                  std::size_t end) const;
    [[nodiscard]] bool is_apposition_from(std::size_t from, std::size_t end) const;
    [[nodiscard]] std::optional<HeadlineVoice> voice_behind() const;
    [[nodiscard]] std::optional<Attribution> named_behind(std::size_t at) const;
    [[nodiscard]] std::size_t without_stop(std::size_t from) const;
    [[nodiscard]] std::optional<Attribution> behind(std::size_t at) const;
    [[nodiscard]] std::optional<Attribution> by_noun(std::size_t at) const;
    [[nodiscard]] bool is_modifier(std::size_t at) const;
    [[nodiscard]] std::optional<Attribution> any_verb_behind(std::size_t from) const;
    [[nodiscard]] std::optional<Attribution> inverted_behind(std::size_t at) const;
    [[nodiscard]] bool is_only_beside(std::size_t from) const;
    [[nodiscard]] bool has_own_complement(std::size_t cue, std::size_t at) const;
    [[nodiscard]] std::optional<NounPhrase> whole_phrase(std::size_t at) const;
    [[nodiscard]] std::optional<NounPhrase> phrase_around(std::int32_t head) const;
    [[nodiscard]] std::optional<NounPhrase> plain_around(std::int32_t head) const;
    [[nodiscard]] bool is_definite(const NounPhrase& phrase) const;
    [[nodiscard]] bool may_speak(const Phrase& phrase) const;
    [[nodiscard]] std::optional<NounPhrase> governing_subject(std::size_t before) const;
    [[nodiscard]] std::optional<std::size_t> modified_by(const Reference& name) const;
    [[nodiscard]] std::optional<NounPhrase> bearer_of_title(std::size_t at) const;
    /// A nickname: Elena “Lena” Hoyt.
    [[nodiscard]] bool is_in_name(std::size_t at) const {
        return name_at(names_, pieces_[at].token) != nullptr;
    }
    [[nodiscard]] bool speaks_by_nature(const NounPhrase& phrase) const;
    [[nodiscard]] bool is_named_after(const Reference& description) const;
    [[nodiscard]] bool is_person(std::int32_t name) const;
    [[nodiscard]] bool says_nothing_behind(std::size_t cue) const;
    [[nodiscard]] bool is_inverted_before(std::int32_t name) const;
    [[nodiscard]] bool is_verb_of_comma(std::size_t at) const;
    [[nodiscard]] bool lacks_prefix(std::size_t at) const;
    [[nodiscard]] bool has_other_front(std::size_t at) const;
    [[nodiscard]] std::optional<NounPhrase> inverted_subject(std::size_t at) const;
    [[nodiscard]] std::optional<NounPhrase> colon_speaker(std::size_t colon) const;
    [[nodiscard]] std::optional<std::size_t> verb_beside(const NounPhrase& subject) const;
    [[nodiscard]] bool has_cue_before(std::size_t colon) const;
    [[nodiscard]] bool is_near(const NounPhrase& phrase, std::size_t from) const;
    [[nodiscard]] bool is_closing_attribution(std::size_t at) const;
    [[nodiscard]] bool is_passive_in_clause(std::size_t at) const;
    [[nodiscard]] std::optional<NounPhrase> named_after(std::size_t at) const;
    [[nodiscard]] bool is_by_word_of(std::size_t at) const;
    [[nodiscard]] std::optional<Attribution> cue_behind(std::size_t at) const;
    [[nodiscard]] std::optional<NounPhrase> named_before(std::size_t at) const;
    [[nodiscard]] std::optional<NounPhrase> infinitive_subject(std::size_t to) const;
    [[nodiscard]] std::optional<Attribution> leading_in(std::size_t at) const;
    [[nodiscard]] std::optional<Attribution> governing(std::size_t at) const;
    [[nodiscard]] bool is_told_by(std::size_t outer, std::size_t inner,
                                  const std::optional<NounPhrase>& inner_subject) const;
    [[nodiscard]] Attribution outermost(Attribution found, std::size_t inner) const;
    [[nodiscard]] std::optional<Attribution> trailing(std::size_t at) const;
    [[nodiscard]] bool is_adverbial(std::size_t at) const;
    [[nodiscard]] bool is_clitic(std::size_t at) const;
    [[nodiscard]] bool is_inverted(std::size_t at) const;
    [[nodiscard]] bool is_passive(std::size_t at) const;
    [[nodiscard]] bool is_relative(std::size_t at) const;
    [[nodiscard]] bool is_embedded_participle(std::size_t at) const;
    [[nodiscard]] std::optional<Attribution> colon_sentence(std::size_t colon) const;
    [[nodiscard]] bool opens_inverted(std::size_t at) const;
    [[nodiscard]] std::optional<NounPhrase> plain_phrase(std::size_t from, std::size_t end) const;
    [[nodiscard]] bool is_relative_that(std::size_t at) const;
    [[nodiscard]] bool bounds_clause(std::size_t at) const;
    [[nodiscard]] std::size_t clause_start(std::size_t end) const;
    [[nodiscard]] bool modifies_next(std::size_t at) const;
    [[nodiscard]] bool after_preposition(const NounPhrase& phrase) const;
    [[nodiscard]] std::optional<NounPhrase> phrase_at(std::size_t at) const;
    [[nodiscard]] std::optional<NounPhrase> phrase_ending_at(std::size_t at) const;
    [[nodiscard]] bool is_it_that_speaks(std::size_t at) const;
    [[nodiscard]] bool is_speaker(const NounPhrase& phrase) const;
    [[nodiscard]] bool is_content_of_cue(const NounPhrase& subject) const;
    [[nodiscard]] bool is_restrictive(std::size_t relative) const;
    [[nodiscard]] std::optional<NounPhrase> agent_of(std::size_t at, std::size_t end) const;
    [[nodiscard]] std::optional<Attribution> named_in_front(std::size_t at) const;
    [[nodiscard]] std::size_t phrase_end(std::size_t from) const;
    [[nodiscard]] std::optional<NounPhrase> main_subject(std::size_t before) const;
    [[nodiscard]] std::optional<NounPhrase> subject_in(std::size_t from, std::size_t end) const;
    [[nodiscard]] NounPhrase in_apposition(const NounPhrase& phrase, std::size_t comma,
                                           std::size_t end) const;
    [[nodiscard]] std::optional<NounPhrase> across_insert(std::size_t comma) const;
    [[nodiscard]] std::optional<std::size_t> piece_of(std::int32_t token) const;
    [[nodiscard]] TokenRange cue_range(std::size_t at) const {
        return {pieces_[at].token, pieces_[at].token + 1};
    }
};

}  // namespace framelens::quotes_detail
