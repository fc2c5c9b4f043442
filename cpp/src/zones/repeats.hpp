// Passages that an article prints twice.
#pragma once

#include "framelens/types.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace framelens {

/// What a line says: hashes of its letters and digits, folded. Lines that differ in case, accents,
/// punctuation and white space only have the same.
struct Passage {
    std::uint64_t whole = 0;
    std::vector<std::uint64_t> sentences;
    std::int64_t words = 0;
    std::int64_t longest = 0;  // words of the longest sentence
    bool caption = false;
};

/// How the sentences of an article begin: where none begins as another does, no passage of ten words
/// is printed twice. Few articles have such sentences, and only those need be read as passages.
class SentenceStarts {
public:
    void add(std::string_view line);
    [[nodiscard]] bool come_again();

private:
    std::vector<std::uint64_t> hashes_;
};

/// Cost: linear.
[[nodiscard]] Passage read_passage(std::string_view line);

/// Which passages another one holds: all of it, or each of its sentences, one of ten words at least.
/// Of passages that say the same the first is kept, of captions and others the others, and else the
/// longer one. Those of fewer than ten words are passed over: short lines ("Yes.", "— Two officers
/// wounded") come again without being copies. Cost: n log n.
[[nodiscard]] std::vector<bool> find_copies(const std::vector<Passage>& passages);

}  // namespace framelens
