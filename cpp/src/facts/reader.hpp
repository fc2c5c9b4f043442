// Folded tokens of one text: what both readers of facts work on.
#pragma once

#include "framelens/facts.hpp"
#include "framelens/phrases_longest.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace framelens {

class FactReader {
public:
    FactReader(const SegmentedText& text, const FactLanguage& language);

    [[nodiscard]] std::size_t size() const noexcept { return folded_.size(); }
    [[nodiscard]] const Token& token(std::size_t i) const { return text_.tokens[i]; }
    [[nodiscard]] const SegmentedText& text() const noexcept { return text_; }
    [[nodiscard]] const FactLanguage& language() const noexcept { return language_; }

    /// Folded, without a final full stop; "" past the end.
    [[nodiscard]] std::string_view word(std::size_t i) const noexcept;
    /// The tokens touch: nothing stands between `i` and the one before.
    [[nodiscard]] bool touches_previous(std::size_t i) const;
    /// The tokens from `first` up to `last`, joined by spaces.
    [[nodiscard]] std::string join(std::size_t first, std::size_t last) const;
    [[nodiscard]] Span span(std::size_t first, std::size_t last) const {
        return {token(first).span.start, token(last - 1).span.end};
    }

    /// The longest phrase that begins at token `i`: its value and the token after it.
    template <class Value>
    [[nodiscard]] std::optional<std::pair<Value, std::size_t>> phrase_at(
        const FoldedMap<Value>& phrases, std::size_t i) const {
        using Found = std::optional<std::pair<Value, std::size_t>>;
        return longest_at(i, [&](std::string_view key, std::size_t next) -> Found {
            const auto found = phrases.find(key);
            return found == phrases.end() ? Found() : Found({found->second, next});
        });
    }
    /// How many tokens a phrase that begins at `i` may have; 0 past the end.
    [[nodiscard]] std::size_t longest_from(std::size_t i) const {
        if (i >= size()) return 0;
        return starts_[i] ? std::min(longest_phrase, size() - i) : 1;
    }

    /// The token after the longest phrase that begins at token `i`, or `i`.
    [[nodiscard]] std::size_t after_phrase(const FoldedSet& phrases, std::size_t i) const;

    /// The noun in the singular, by the language's rules.
    [[nodiscard]] std::string singular(std::string_view noun) const;
    [[nodiscard]] bool is_plural(std::string_view noun) const;

    static constexpr std::size_t longest_phrase = 5;

private:
    template <class Find>
    [[nodiscard]] auto longest_at(std::size_t i, Find find) const {
        if (longest_from(i) == 1) return find(word(i), i + 1);
        const auto add = [&](std::size_t at, std::string& key) {
            append_word(key, folded_[at]);
            return true;
        };
        return find_longest(i, i + longest_from(i), add, find);
    }

    const SegmentedText& text_;
    const FactLanguage& language_;
    std::vector<std::string> folded_;
    std::vector<bool> starts_;  // of tokens that begin a phrase of the language
};

/// The number that digits alone write, at most nine of them.
[[nodiscard]] std::optional<int> digits_of(std::string_view word);

}  // namespace framelens
