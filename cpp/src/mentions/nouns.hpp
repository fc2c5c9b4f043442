// The nouns that may be labels. Internal to the room `mentions`.
#pragma once

#include "framelens/grammar.hpp"
#include "framelens/mentions.hpp"
#include "meant.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace framelens::mentions_detail {

/// Role and institution nouns, and nouns in no list where the grammar says that they tell what a target
/// is: a predicate, an apposition, what a verb calls somebody.
/// Cost: linear in the document; the sentences are read by the grammar that hold such a place.
class LabelNouns {
public:
    LabelNouns(const Annotated& document, const Grammar& grammar, const Meant& meant);

    /// Tokens in text order.
    [[nodiscard]] const std::vector<std::int32_t>& all() const noexcept { return all_; }
    [[nodiscard]] bool has(std::int32_t token) const;
    /// Whether the sentence of a token has a target.
    [[nodiscard]] bool concerns(std::int32_t token) const;
    /// "tyrants"
    [[nodiscard]] bool is_plural(std::int32_t noun) const;

private:
    void add_beside(const Reference& who);
    void add_apposed(const Reference& who);
    void add_exemplified(std::int32_t t);
    void add_predicate(const Reference& who);
    void add_called(const Reference& who);
    void add_from(std::int32_t t, bool bare = false);
    [[nodiscard]] bool is_unlisted_label(std::int32_t noun) const;
    [[nodiscard]] const Token& token(std::int32_t t) const {
        return document_.text.tokens[static_cast<std::size_t>(t)];
    }
    [[nodiscard]] bool is_word(std::int32_t t, std::int32_t of, WordClass any) const {
        return in_sentence(t, of) && token(t).is(any);
    }
    [[nodiscard]] bool is_word(std::int32_t t, std::int32_t of, Marker any) const {
        return in_sentence(t, of) && token(t).is(any);
    }
    [[nodiscard]] bool in_sentence(std::int32_t t, std::int32_t of) const;
    [[nodiscard]] std::int32_t over_adverbs(std::int32_t t) const;
    [[nodiscard]] std::int32_t over_agent(std::int32_t t) const;

    const Annotated& document_;
    const Grammar& grammar_;
    std::vector<std::int32_t> all_;  // sorted
    std::vector<bool> concerned_;    // a sentence
};

}  // namespace framelens::mentions_detail
