// Every name in a document, with its aliases: persons, organisations, nations; and over a corpus.
#pragma once

#include "framelens/parallel.hpp"
#include "framelens/tokens.hpp"
#include "framelens/types.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace framelens {

enum class EntityKind : std::uint8_t { other, person, organisation };
[[nodiscard]] std::string_view name_of(EntityKind kind) noexcept;
enum class Gender : std::uint8_t { masculine, feminine };

/// A half-open range of tokens.
struct TokenRange {
    std::int32_t first = 0;
    std::int32_t end = 0;
    [[nodiscard]] constexpr std::int32_t size() const noexcept { return end - first; }
};

/// One printed name: "President Donald Trump's" names [Donald, Trump] with the title [President].
struct NameMention {
    TokenRange tokens;        // the name, titles off
    std::int32_t title = 0;   // first token of the titles before it; tokens.first if there is none
    std::int32_t entity = 0;  // index into DocumentNames::entities
    EntityKind kind = EntityKind::other;  // the entity's
};

/// A nation's name or adjective: "Venezuela", "Venezuelan", "the U.S.", "North Korean"; or what
/// stands before an office as a nation does: "Texas Governor", "the Catalan leader".
struct NationMention {
    TokenRange tokens;
    std::int32_t nation = 0;  // index into Language::nations; behind them, of a place
    bool adjective = false;
};

/// A nation that a title ties to a person, and how often: "Venezuelan President Nicolás Maduro".
struct NationTie {
    std::int32_t nation = 0;
    std::int64_t count = 0;
};

/// All names of one document that go back to one bearer.
struct Entity {
    EntityKind kind = EntityKind::other;
    std::string name;                // the fullest form, as printed
    std::vector<std::string> words;  // the same, folded
    std::int64_t count = 0;          // mentions
    std::optional<Gender> gender;
    std::optional<Gender> titled;  // as titles and honorifics say; a given name is no proof
    std::vector<NationTie> nations;
    std::vector<std::string> roles;  // lemmas of its titles, sorted: {"president"}
};

struct DocumentNames {
    std::vector<NameMention> mentions;   // in text order
    std::vector<NationMention> nations;  // in text order
    std::vector<Entity> entities;        // until they are joined over the corpus
    std::vector<std::string> places;     // likewise; folded; numbered behind the language's nations
    std::vector<TokenRange> caseless;    // lines in which case says nothing, in text order
};

/// Names of one article: runs of capitalised words, titles peeled off, kinds by titles, given
/// names and organisation words; a single surname goes to the bearer named in full most often.
/// Lines in which case says nothing are set aside for `read_caseless`.
[[nodiscard]] DocumentNames find_names(const SegmentedText& text);

/// A bearer over the corpus. `name` is the fullest form that is not rare (most words of those that a
/// twentieth as many documents print as the commonest; then the most frequent spelling, then the
/// first by code points); `nation` the one that titles tie it to most.
struct CorpusEntity {
    EntityKind kind = EntityKind::other;
    std::string name;
    std::vector<std::string> words;
    std::optional<Gender> gender;
    std::optional<Gender> titled;  // as most titles and honorifics say
    std::optional<std::int32_t> nation;
    std::vector<std::int32_t> places;  // places that titles tie it to, sorted
    std::vector<std::string> roles;    // lemmas of its titles anywhere, sorted
    std::int64_t count = 0;

    [[nodiscard]] bool is_of(std::int32_t nation_or_place) const {
        return nation == nation_or_place ||
               std::binary_search(places.begin(), places.end(), nation_or_place);
    }
    /// A given name is weak evidence beside a title that is printed.
    [[nodiscard]] std::optional<Gender> sure_gender() const { return titled ? titled : gender; }
    [[nodiscard]] bool has_role(const std::string& lemma) const {
        return std::binary_search(roles.begin(), roles.end(), lemma);
    }
};

struct CorpusNames {
    std::vector<CorpusEntity> entities;
    std::vector<std::vector<std::int32_t>> of;  // of[document][entity of the document]
    std::int32_t nation_count = 0;              // places are numbered from here
    std::int32_t place_count = 0;
    std::map<std::string, std::int32_t>
        places;  // folded form -> number, adjectives with their place
};

/// Joins the documents' entities: same folded words, or the words of one bearer in another's
/// ("Maduro", "Donald J. Trump") where only one bearer fits. Words in front of a name that twice as
/// many documents print without ("Elect Jo Reed") are none of it. Independent of document order.
/// Places are joined with their adjectives ("Catalonia" and "Catalonian"); a person's name is none.
/// Errors: `Interrupted`. One thread.
[[nodiscard]] CorpusNames join_names(const std::vector<const DocumentNames*>& documents,
                                     const Language& language, const Run& run = {});

/// Gives the document's places the corpus's numbers and takes out those that are none. Its entities
/// and places go: the corpus knows them.
void settle_names(DocumentNames& document, const CorpusNames& corpus);

/// The nation mention that covers the token, or null.
[[nodiscard]] const NationMention* nation_at(const DocumentNames& names, std::int32_t token);
/// True if the words are one nation's, and all of it: "Catalan" in "the Catalan leader".
[[nodiscard]] bool is_nation(const DocumentNames& names, TokenRange words);
/// The name mention that covers the token, or null.
[[nodiscard]] const NameMention* name_at(const DocumentNames& names, std::int32_t token);
/// The lemma of a role noun with the prefixes that make another office or a past one of it:
/// "president", "vice president", "former president". `first` is where titles may begin.
[[nodiscard]] std::string role_term(const SegmentedText& text, std::int32_t first,
                                    std::int32_t noun);
/// True for a word without a capital that no list knows and that does not end as a verb or an adverb.
[[nodiscard]] bool may_be_noun(const SegmentedText& text, const Token& word);
/// The nation in "of Venezuela", "of the United States" behind a noun; not in "of Spain's party".
[[nodiscard]] std::optional<std::int32_t> nation_complement(const SegmentedText& text,
                                                            const DocumentNames& names,
                                                            std::int32_t noun);
/// "a leader of the cartel": the head of something that is no nation and no part of an office.
[[nodiscard]] bool has_foreign_complement(const SegmentedText& text, const DocumentNames& names,
                                          std::int32_t noun);
/// What stands beside a role noun's phrase, where commas or dashes set that off.
struct Apposition {
    TokenRange phrase;                  // with owner and complement: "its president"
    std::optional<std::int32_t> left;   // last token before: Kim, the North Korean dictator,
    std::optional<std::int32_t> right;  // first token behind: its leader, Kim
};
[[nodiscard]] std::optional<Apposition> apposition_of(const SegmentedText& text, std::int32_t noun);
/// True if the sentence, or a punctuation mark or possessive, bounds what ends at `end`.
[[nodiscard]] bool stands_apart(const SegmentedText& text, std::int32_t end);
/// The words of a folded name; a hyphen parts them as a space does: "Jong-un" is "Jong Un".
[[nodiscard]] std::vector<std::string> words_of_name(std::string_view folded);
/// The words of a name in a text, or as somebody wrote it. A suffix is one with the word before it,
/// since the son is not the father: "reed jr" of "Jo Reed Jr.", "Jo Reed, Jr" and "Jo Reed Junior".
[[nodiscard]] std::vector<std::string> words_of_name(const SegmentedText& text, TokenRange name);
[[nodiscard]] std::vector<std::string> words_of_name(std::string_view printed,
                                                     const Language& language);
/// "reed" of "reed jr".
[[nodiscard]] std::string_view without_suffix(std::string_view word);
/// True if `words` (folded) can name the bearer of `full`: its words in order with the last or the
/// first among them; initials match words that they begin.
[[nodiscard]] bool is_short_form(const std::vector<std::string>& words,
                                 const std::vector<std::string>& full);

}  // namespace framelens
