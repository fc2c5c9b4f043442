// The full forms of names over a corpus. Internal to the room `names`.
#pragma once

#include "framelens/names.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace framelens {

/// What the corpus knows of one folded full form.
struct Form {
    std::string key;  // the words, joined
    EntityKind kind = EntityKind::other;
    std::vector<std::string> words;
    std::map<std::string, std::int64_t> spellings;
    std::map<std::int32_t, std::int64_t> nations;
    std::set<std::string> places;
    std::set<std::string> roles;
    std::int64_t count = 0;
    std::int64_t masculine = 0;
    std::int64_t feminine = 0;
};

/// All forms in order of their keys, and which of them each entity of each document has.
struct Forms {
    std::vector<Form> all;
    std::vector<std::vector<std::int32_t>> of;

    [[nodiscard]] const Form& at(std::int32_t id) const {
        return all[static_cast<std::size_t>(id)];
    }
    [[nodiscard]] bool contains(const std::string& key) const;
};

/// `nations` are those that the language knows; behind them are places.
[[nodiscard]] Forms collect_forms(const std::vector<const DocumentNames*>& documents,
                                  std::int32_t nations);

}  // namespace framelens
