// The full forms of names over a corpus. Internal to the room `names`.
#pragma once

#include "framelens/names.hpp"
#include "framelens/parallel_watch.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace framelens {

/// What one in so many of the documents has is rare.
inline constexpr std::int64_t seldom = 20;

/// What the corpus knows of one folded full form.
struct Form {
    std::string key;  // the words, joined
    EntityKind kind = EntityKind::other;
    std::vector<std::string> words;
    std::map<std::string, std::int64_t> spellings;
    std::map<std::int32_t, std::int64_t> nations;
    std::map<std::string, std::int64_t> places;  // documents whose titles tie it to each
    std::map<std::string, std::int64_t> roles;   // documents that give it each
    std::int64_t count = 0;
    std::int64_t documents = 0;  // that have it as a bearer's fullest form
    std::int64_t as_person = 0;  // of these, that take it for a person
    std::int64_t as_organisation = 0;
    std::int64_t masculine = 0;
    std::int64_t feminine = 0;
    std::int64_t titled = 0;  // documents with feminine titles less those with masculine ones
    std::optional<std::int32_t> within;  // the form at its end that it is, words in front left out
};

/// All forms in order of their keys, and which of them each entity of each document has.
struct Forms {
    std::vector<Form> all;
    std::vector<std::vector<std::int32_t>> of;

    [[nodiscard]] const Form& at(std::int32_t id) const {
        return all[static_cast<std::size_t>(id)];
    }
    [[nodiscard]] std::optional<std::int32_t> find(std::string_view key) const;
    [[nodiscard]] bool contains(std::string_view key) const { return find(key).has_value(); }
};

/// True if the name has capitals and no lower-case letter: "OLGA REM".
[[nodiscard]] bool is_in_capitals(std::string_view name);

/// `nations` are those that the language knows; behind them are places. Errors: as `Watch::look`.
[[nodiscard]] Forms collect_forms(const std::vector<const DocumentNames*>& documents,
                                  std::int32_t nations, Watch& watch);

/// Numbers the places that are no person's name; an adjective has its place's number.
void join_places(const std::vector<const DocumentNames*>& documents, const Forms& forms,
                 const std::vector<std::string>& endings, CorpusNames& joined, Watch& watch);

}  // namespace framelens
