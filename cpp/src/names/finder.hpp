// How names are found in one article. Internal to the room `names`.
#pragma once

#include "framelens/names.hpp"
#include "framelens/names_caseless.hpp"
#include "framelens/unicode.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace framelens::names_detail {

inline constexpr WordClass function_word =
    WordClass::article | WordClass::determiner | WordClass::subject_pronoun |
    WordClass::object_pronoun | WordClass::possessive_pronoun | WordClass::preposition |
    WordClass::conjunction | WordClass::subordinator | WordClass::relative | WordClass::adverb |
    WordClass::be | WordClass::have | WordClass::modal | WordClass::negation |
    WordClass::attribution | WordClass::not_a_name | WordClass::hedge | WordClass::reflexive;
inline constexpr WordClass never_in_name = WordClass::month | WordClass::weekday | function_word;
inline constexpr WordClass title_word =
    WordClass::role | WordClass::honorific | WordClass::role_prefix | WordClass::former;

inline constexpr WordClass always_capital =
    WordClass::nation | WordClass::demonym | WordClass::month | WordClass::weekday |
    WordClass::place | WordClass::given_name | WordClass::honorific;

struct Candidate {
    TokenRange tokens;
    std::int32_t title = 0;
    EntityKind kind = EntityKind::other;
    std::optional<Gender> gender;
    std::optional<Gender> titled;
    std::vector<std::int32_t> nations;
    std::vector<std::string> roles;
    std::vector<std::string> words;
};

/// A mark that opens a quotation or a nickname, or a straight one.
[[nodiscard]] constexpr bool opens_mark(char32_t mark) noexcept {
    return mark == 0x201C || mark == 0x2018 || mark == U'"' || mark == U'\'';
}

/// Reads one article: its running text, then the lines in which case says nothing.
class Finder {
public:
    explicit Finder(const SegmentedText& text) : text_(text) {}
    /// Goes on from the names of the running text.
    Finder(const SegmentedText& text, DocumentNames&& names)
        : text_(text), names_(std::move(names)) {}

    [[nodiscard]] DocumentNames run();
    [[nodiscard]] DocumentNames run_caseless(const KnownNames& known);

private:
    // names.cpp: lines and nations
    [[nodiscard]] std::vector<TokenRange> read_running_text();
    void find_nations();
    std::int32_t nation_length(std::int32_t i);
    [[nodiscard]] bool is_nation(const WordEntry* entry, std::int32_t i) const;

    // turns.cpp: who speaks in a transcript
    void add_speakers();
    [[nodiscard]] const Turn* turn_at(std::int32_t i) const;

    // runs.cpp: runs of capitalised words, cut into titles and names
    [[nodiscard]] bool is_title_case(TokenRange range) const;
    [[nodiscard]] bool starts_sentence(std::int32_t i) const;
    [[nodiscard]] bool may_name(std::int32_t i) const;
    [[nodiscard]] bool begins_with_particle(std::int32_t i) const;
    [[nodiscard]] bool is_party(std::int32_t i) const;
    [[nodiscard]] bool is_behind_office(std::int32_t first) const;
    [[nodiscard]] std::int32_t behind_office(std::int32_t first, std::int32_t end) const;
    [[nodiscard]] std::int32_t particles(std::int32_t i, std::int32_t limit) const;
    [[nodiscard]] std::int32_t before_particles(std::int32_t first) const;
    [[nodiscard]] std::int32_t suffix(std::int32_t i, std::int32_t limit) const;
    void find_runs(TokenRange range);
    [[nodiscard]] std::int32_t run_end(std::int32_t i, std::int32_t limit) const;
    [[nodiscard]] bool is_kind_of_person(std::int32_t first, std::int32_t end) const;
    [[nodiscard]] bool begins_anew(std::int32_t first, std::int32_t at, std::int32_t limit) const;
    [[nodiscard]] bool is_shouted(std::int32_t i) const;
    [[nodiscard]] bool ends_in_function_word(std::int32_t first, std::int32_t at,
                                             std::int32_t limit) const;
    void add_run(std::int32_t first, std::int32_t end);
    [[nodiscard]] std::int32_t after_titles(std::int32_t first, std::int32_t end) const;
    void before_title(TokenRange words);
    [[nodiscard]] std::int32_t title_start(std::int32_t name) const {
        return framelens::title_start(text_, name);
    }
    [[nodiscard]] std::vector<std::int32_t> tied_nations(const Candidate& found) const;

    // like_words.cpp: surnames that are words, nicknames inside of names
    [[nodiscard]] bool is_surname_like_word(std::int32_t i) const;
    [[nodiscard]] bool has_day_behind(std::int32_t i) const;
    void find_surnames_like_words();
    [[nodiscard]] bool stands_as_surname(std::int32_t i) const;
    [[nodiscard]] std::int32_t nickname_at(std::int32_t at, std::int32_t limit) const;
    [[nodiscard]] std::string printed_name(TokenRange name) const;

    // kinds.cpp: persons and organisations
    void judge(Candidate& found) const;
    [[nodiscard]] bool has_organisation_word(TokenRange name) const;
    void settle_kinds();
    [[nodiscard]] std::string last_word(const Candidate& found) const;
    [[nodiscard]] bool acts_like_person(const Candidate& found) const;

    // case.cpp: whether the case of a line says something
    [[nodiscard]] bool says_nothing(TokenRange line) const;
    [[nodiscard]] bool tells_by_capital(std::int32_t i) const;
    [[nodiscard]] bool has_capital_inside(std::int32_t i) const;
    [[nodiscard]] std::int32_t end_of_author(TokenRange line) const;
    void index_printed();

    // caseless.cpp: lines in which it does not
    struct Match {
        std::int32_t end = 0;
        EntityKind kind = EntityKind::other;
    };
    void index_article();
    void find_known(TokenRange line, const KnownNames& known);
    [[nodiscard]] std::optional<Match> known_in_full(std::int32_t i, std::int32_t limit,
                                                     const KnownNames& known) const;
    [[nodiscard]] std::optional<Match> by_given_name(std::int32_t i, std::int32_t limit,
                                                     const KnownNames& known) const;
    [[nodiscard]] std::optional<Match> by_title(std::int32_t i, std::int32_t limit,
                                                const KnownNames& known) const;
    [[nodiscard]] std::optional<Match> known_by_one_word(std::int32_t i, const KnownNames& known);
    [[nodiscard]] bool may_be_surname(std::int32_t i, const KnownNames& known) const;
    [[nodiscard]] bool leads_to_verb(std::int32_t i) const;
    [[nodiscard]] int count_lower(const std::string& word);

    // places.cpp: what stands before an office as a nation does
    void find_places();
    void find_known_places(const KnownNames& known);
    void settle_places();
    [[nodiscard]] bool stands_before_office(TokenRange words) const;
    [[nodiscard]] bool owns_office(TokenRange words) const;
    [[nodiscard]] bool is_known_place(const std::string& key) const;
    [[nodiscard]] std::string place_key(TokenRange words) const;
    void add_place(TokenRange words);

    // ties.cpp: what an apposition says of a name
    void tie_appositions(TokenRange range);
    void tie(Candidate& found, std::int32_t noun, TokenRange phrase);

    // entities.cpp: which mentions name one bearer
    void gather_entities();
    void index_words(const std::vector<std::string>& words, std::int32_t entity);
    [[nodiscard]] std::optional<std::int32_t> find_home(const Candidate& found) const;
    [[nodiscard]] bool is_of_family(const Entity& entity, const Candidate& found) const;
    [[nodiscard]] bool is_more_prominent(std::int32_t one, std::int32_t other) const;
    void add_mention(const Candidate& found, std::int32_t home);

    [[nodiscard]] const Token& token(std::int32_t i) const {
        return text_.tokens[static_cast<std::size_t>(i)];
    }
    [[nodiscard]] std::string folded(std::int32_t i) const { return fold(text_.at(token(i).span)); }
    [[nodiscard]] bool is_word(std::int32_t i) const {
        return i >= 0 && i < size() && token(i).kind == TokenKind::word;
    }
    [[nodiscard]] std::int32_t size() const {
        return static_cast<std::int32_t>(text_.tokens.size());
    }

    const SegmentedText& text_;
    DocumentNames names_;
    std::vector<Candidate> found_;
    std::vector<TokenRange> before_titles_;  // words that a run has before its titles
    std::map<std::string, std::int32_t> place_ids_;
    std::vector<NationMention> new_places_;
    std::unordered_map<std::string, int> full_count_;    // mentions of each form of several words
    std::unordered_map<std::string, int> persons_;       // last words of persons
    std::unordered_set<std::string> printed_;            // words of names in running text
    std::vector<std::vector<std::string>> earlier_;      // words of each mention of running text
    std::unordered_map<std::string, EntityKind> forms_;  // what running text prints, by key
    std::unordered_map<std::string, int> lower_;         // how often the article has each so
    // Views of the words of `found_` and `earlier_`.
    std::unordered_map<std::string_view, std::vector<std::int32_t>> by_word_;
};

/// The words with a space behind each.
[[nodiscard]] std::string joined(const std::vector<std::string>& words);

}  // namespace framelens::names_detail
