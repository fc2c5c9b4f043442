// Who is meant: every name, pronoun and description of a person in an article, resolved.
#pragma once

#include "framelens/names.hpp"
#include "framelens/tokens.hpp"
#include "framelens/types.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace framelens {

enum class ReferenceForm : std::uint8_t { name, pronoun, description };
[[nodiscard]] std::string_view name_of(ReferenceForm form) noexcept;

/// Why a reference means whom it means, or nobody.
enum class Because : std::uint8_t {
    printed,  // a name
    speaker,  // "I" inside a quotation whose speaker is known
    beside,   // a name stands beside it: "its leader, Kim"
    only,     // nobody else fits
    best,     // the nearest of those who fit
    none      // nobody: none fits
};
[[nodiscard]] std::string_view name_of(Because why) noexcept;

/// One expression that refers to somebody.
struct Reference {
    TokenRange tokens;      // with titles and modifiers: "the Venezuelan leader"
    std::int32_t head = 0;  // the last word of a name, the pronoun, the role noun
    ReferenceForm form = ReferenceForm::name;
    std::optional<std::int32_t> entity;  // index into CorpusNames::entities
    bool subject = false;                // opens its clause
    bool possessor = false;              // "Maduro's", "his"
    bool compound = false;               // "the Trump administration"
    std::optional<std::int32_t> mark;    // innermost marked span that holds it
    bool settled = false;                // a name beside it tells whom it means
    bool foreign = false;                // "the head of the cartel": of what is no nation
    std::optional<std::int32_t> nation;  // of a description: "the Venezuelan leader"
    std::string term;                    // of a description: its role with prefixes
    std::vector<std::string> called;     // every role in it with prefixes
    Because why = Because::none;
    std::vector<std::int32_t> candidates;  // who fits, the best first; none of a name
};

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

    /// Tokens that are role or institution nouns, in text order.
    [[nodiscard]] const std::vector<std::int32_t>& nouns() const noexcept { return nouns_; }

    /// The references that begin before `token`, the last thousand: nobody is meant from farther away.
    [[nodiscard]] std::span<const Reference> before(std::int32_t token) const;

    [[nodiscard]] const CorpusNames& corpus() const noexcept { return corpus_; }

private:
    static constexpr std::size_t horizon = 1000;  // references
    static constexpr std::size_t most_candidates = 6;

    void find_marks();
    void find_nouns();
    void find_all(const DocumentNames& names, const std::vector<std::int32_t>& of);
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
    [[nodiscard]] bool opens_clause(std::int32_t first) const;
    void resolve(std::size_t index, std::optional<std::int32_t> speaker);
    void resolve_pronoun(std::size_t index, std::optional<std::int32_t> speaker);
    void resolve_third_person(std::size_t index, std::optional<std::int32_t> except);
    [[nodiscard]] bool fits_pronoun(const Reference& candidate, const Reference& pronoun,
                                    std::optional<std::int32_t> except) const;
    [[nodiscard]] std::vector<std::int32_t> antecedents(std::size_t index,
                                                        std::optional<std::int32_t> except) const;
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
    [[nodiscard]] bool in_turn(const Reference& reference) const;
    [[nodiscard]] bool sees(const Reference& from, const Reference& to) const;

    const SegmentedText& text_;
    const DocumentNames& names_;
    const CorpusNames& corpus_;
    std::vector<Reference> items_;
    std::vector<std::int32_t> nouns_;
    std::vector<MarkChange> mark_changes_;
};

}  // namespace framelens
