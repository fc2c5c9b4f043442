// Who is meant: every name, pronoun and description of a person in an article, resolved.
#pragma once

#include "framelens/names.hpp"
#include "framelens/references_reference.hpp"
#include "framelens/tokens.hpp"
#include "framelens/types.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace framelens {

/// All references of one document in text order, and the tools to resolve them.
/// Views of what the caller keeps alive.
class References {
    /// Where the innermost marked span changes: a span for each token would take a fifth of what
    /// the tokens take.
    struct MarkChange {
        std::int32_t token = 0;  // the first that `mark` holds
        std::optional<std::int32_t> mark;
    };

public:
    /// Whose voice a sentence begins and ends with: marks, or none for the text around.
    struct SentenceVoice {
        std::optional<std::int32_t> first;
        std::optional<std::int32_t> last;
        bool aside = true;  // in a caption or boilerplate, in brackets, or without a word
    };

    /// Finds the references and resolves those outside quotation marks. `of` maps the document's
    /// entities to the corpus's.
    References(const SegmentedText& text, const DocumentNames& names, const CorpusNames& corpus,
               const std::vector<std::int32_t>& of);

    [[nodiscard]] const std::vector<Reference>& items() const noexcept { return items_; }

    /// The reference whose words cover the token, or null.
    [[nodiscard]] const Reference* at(std::int32_t token) const;

    /// Resolves the references directly inside one marked span, whose speaker is known or not:
    /// "I" is the speaker, "he" the last other person. Call for outer spans before inner ones.
    void resolve_inside(std::int32_t mark, std::optional<std::int32_t> speaker);

    /// Lets an item mean an entity, to see what would follow from it.
    void suppose(std::size_t item, std::int32_t entity) { items_[item].entity = entity; }

    /// The innermost marked span that holds the token.
    [[nodiscard]] std::optional<std::int32_t> mark_of(std::int32_t token) const;

    /// Follows ascending tokens from `first` on.
    class MarkCursor {
    public:
        MarkCursor(const References& references, std::int32_t first);
        /// The innermost marked span that holds the token.
        [[nodiscard]] std::optional<std::int32_t> at(std::int32_t token) {
            while (next_ < changes_.size() && changes_[next_].token <= token) {
                mark_ = changes_[next_++].mark;
            }
            return mark_;
        }

    private:
        const std::vector<MarkChange>& changes_;
        std::size_t next_ = 0;
        std::optional<std::int32_t> mark_;
    };

    /// Who may be meant by a pronoun of one man or woman, the best first, nobody at the end; not
    /// `except`, its speaker. Cost: bounded.
    [[nodiscard]] std::vector<Candidacy> rate(std::size_t index,
                                              std::optional<std::int32_t> except) const;

    /// Tokens that are role or institution nouns, in text order.
    [[nodiscard]] const std::vector<std::int32_t>& nouns() const noexcept { return nouns_; }

    /// The references that begin before `token`, the last thousand: nobody is meant from farther away.
    [[nodiscard]] std::span<const Reference> before(std::int32_t token) const;

    /// True if a mark holds what one of several says who talk with each other.
    [[nodiscard]] bool in_turn(std::int32_t mark) const;
    /// True if both stand in the text around, or one speaks in both marks, as far as is known.
    [[nodiscard]] bool one_voice(std::optional<std::int32_t> mark,
                                 std::optional<std::int32_t> other) const;
    /// True if what a mark holds, or the text around, goes on from the other: what others are quoted
    /// with is no place to look for an antecedent.
    [[nodiscard]] bool sees(std::optional<std::int32_t> from, std::optional<std::int32_t> to) const;

    [[nodiscard]] const SentenceVoice& voice_of(std::int32_t sentence) const {
        return voices_[static_cast<std::size_t>(sentence)];
    }
    [[nodiscard]] const SegmentedText& text() const noexcept { return text_; }
    [[nodiscard]] const CorpusNames& corpus() const noexcept { return corpus_; }

private:
    friend class Candidates;
    static constexpr std::size_t horizon = 1000;  // references
    static constexpr std::size_t most_candidates = 6;

    void find_marks();
    void find_nouns();
    void find_voices();
    void find_all(const DocumentNames& names, const std::vector<std::int32_t>& of);
    [[nodiscard]] bool may_be_person(TokenRange name, std::int32_t entity) const;
    void add_name(const NameMention& mention, std::int32_t entity);
    [[nodiscard]] bool owns_office(std::int32_t token) const;
    [[nodiscard]] bool is_scare_mark(std::int32_t token, const Token& noun) const;
    bool add_pronoun(std::int32_t token);
    bool add_description(std::int32_t token);
    [[nodiscard]] bool leads_a_part(std::int32_t first, std::int32_t noun) const;
    void settle_appositions();
    [[nodiscard]] std::optional<std::size_t> index_at(std::int32_t token) const;
    [[nodiscard]] std::optional<std::int32_t> subject_before(std::size_t index) const;
    void place(Reference& reference) const;
    [[nodiscard]] Standing standing_of(const Reference& reference) const;
    [[nodiscard]] bool owns_what_follows(std::int32_t pronoun) const;
    [[nodiscard]] bool is_inverted(std::int32_t cue) const;
    [[nodiscard]] bool is_inside_elsewhere(std::int32_t entity) const;
    void find_inside();
    [[nodiscard]] std::int32_t behind_apposition(std::int32_t end) const;
    [[nodiscard]] bool before_verb(std::int32_t end) const;
    [[nodiscard]] bool opens_clause(std::int32_t first) const;
    void resolve(std::size_t index, std::optional<std::int32_t> speaker);
    void resolve_pronoun(std::size_t index, std::optional<std::int32_t> speaker);
    void resolve_third_person(std::size_t index, std::optional<std::int32_t> except);
    [[nodiscard]] bool may_be_called(const CorpusEntity& entity, const std::string& term) const;
    [[nodiscard]] bool is_of_nation(const Reference& reference) const;
    [[nodiscard]] std::string_view faction_of(const Reference& reference) const;
    struct Called;
    [[nodiscard]] static bool is_called(const Reference& reference, const Reference& description);
    [[nodiscard]] Called called_before(const Reference& description) const;
    [[nodiscard]] std::vector<std::int32_t> called_behind(const Reference& description) const;
    void resolve_description(Reference& description, const std::vector<std::int32_t>& except);
    [[nodiscard]] std::vector<std::int32_t> last_called(
        const Reference& description, const std::vector<std::int32_t>& except) const;
    const SegmentedText& text_;
    const DocumentNames& names_;
    const CorpusNames& corpus_;
    std::vector<Reference> items_;
    std::vector<std::int32_t> nouns_;
    std::vector<std::int32_t> inside_;  // entities that are named inside a sentence, sorted
    std::vector<MarkChange> mark_changes_;
    std::vector<SentenceVoice> voices_;              // of each sentence
    std::map<std::int32_t, std::int32_t> speakers_;  // of marked spans that were resolved
};

}  // namespace framelens
