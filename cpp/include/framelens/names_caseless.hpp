// Lines in which case says nothing (headlines in Title Case or CAPITALS): what is known of their
// names, and how they are read.
#pragma once

#include "framelens/names.hpp"
#include "framelens/parallel.hpp"
#include "framelens/tokens.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace framelens {

/// What a corpus knows of the words in such lines.
class KnownNames {
public:
    KnownNames() = default;

    /// Reads the names and the lower-case words of running text.
    /// Shapes: `texts[i]` and `documents[i]` are of one document, its names from `find_names`.
    /// Errors: `Interrupted`. Cost: one pass over the tokens, none where no line is caseless.
    KnownNames(std::span<const SegmentedText* const> texts,
               std::span<const DocumentNames* const> documents, const Run& run);

    /// The kind of a name of two words and more, as `key_of_name` writes it; `other` is unknown.
    [[nodiscard]] EntityKind kind_of(const std::string& key) const;
    /// True for a person's last word, unless running text has it in lower case more often.
    [[nodiscard]] bool is_surname(const std::string& word) const;
    /// True if running text has the word in lower case, and seldom as a name.
    [[nodiscard]] bool is_common(const std::string& word) const;
    /// True for what stands before an office as a nation does: "carsavian".
    [[nodiscard]] bool is_place(const std::string& word) const { return places_.contains(word); }
    /// True if some line in which case says nothing has the word.
    [[nodiscard]] bool is_printed(const std::string& word) const { return words_.contains(word); }

private:
    struct Word {
        std::int64_t named = 0;  // as the last word of a person's name
        std::int64_t lower = 0;  // in lower case
    };
    struct Form {
        std::int64_t documents = 0;
        std::int64_t as_person = 0;
        std::int64_t as_organisation = 0;
    };
    void gather_words(const SegmentedText& text, const DocumentNames& names);
    void add_entity(const Entity& entity);
    void count_lower(std::span<const SegmentedText* const> texts, const Run& run);

    std::unordered_map<std::string, Word> words_;  // of the lines in question, folded
    std::unordered_map<std::string, Form> forms_;  // by key
    std::unordered_set<std::string> places_;
};

/// The words joined by spaces, initials between them left out: "jo reed" for "Jo J. Reed".
[[nodiscard]] std::string key_of_name(std::span<const std::string> words);

/// True if the tokens end in a full stop, with or without marks that close behind it.
[[nodiscard]] bool ends_in_stop(const SegmentedText& text, TokenRange range);

/// True for a sentence of a headline or subhead, and of a text of one line that does not end as
/// running text does.
[[nodiscard]] bool is_headline(const SegmentedText& text, std::int32_t sentence);

/// First token of the titles right before the name that begins at `name`; `name` if there is none.
[[nodiscard]] std::int32_t title_start(const SegmentedText& text, std::int32_t name);

/// Adds the names of the lines in which case says nothing: those that the article, `known` or the
/// language's given names tell, and what stands between a title and a verb. Restores their case.
void read_caseless(SegmentedText& text, DocumentNames& names, const KnownNames& known);

/// Gives the tokens of these lines the case that running text would give them: capitals for names,
/// titles before them, nations and months only. Whoever asks a token afterwards need not know.
void restore_case(SegmentedText& text, const DocumentNames& names);

}  // namespace framelens
