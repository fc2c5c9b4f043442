// The longest phrase that begins at a word of a text: the search over words, of which PhraseSet is
// the one over letters.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace framelens {

/// Puts a word behind those of a key.
inline void append_word(std::string& key, std::string_view word) {
    if (!key.empty()) key += ' ';
    key += word;
}

/// Looks up the first word of [first, end), then the first two together, and so on. Returns what
/// `find(key, next)` returned for the longest key that it knows: an optional, `next` the position
/// behind the key. `add(at, key)` appends the word at a position, or says that no phrase reaches
/// across it. Cost: one look-up a word.
template <class Position, class Add, class Find>
auto find_longest(Position first, Position end, Add add, Find find)
    -> std::invoke_result_t<Find&, const std::string&, Position> {
    std::invoke_result_t<Find&, const std::string&, Position> longest;
    std::string key;
    for (Position at = first; at < end && add(at, key); ++at) {
        if (auto found = find(std::as_const(key), at + 1)) longest = std::move(found);
    }
    return longest;
}

}  // namespace framelens
