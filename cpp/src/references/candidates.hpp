// Those whom a pronoun may mean, and what speaks for each.
#pragma once

#include "framelens/references.hpp"
#include "steps.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace framelens {

[[nodiscard]] constexpr bool is_subject(const Reference& reference) noexcept {
    return reference.standing == Standing::subject || reference.standing == Standing::opening ||
           reference.standing == Standing::acting;
}

/// Those whom one pronoun may mean. Cost: bounded.
class Candidates {
public:
    Candidates(const References& references, std::size_t index, std::optional<std::int32_t> except);

    [[nodiscard]] std::vector<Candidacy> rate();

private:
    struct Found {
        std::int32_t entity = 0;
        Clues clues;
        int mentions = 0;
        const Reference* last = nullptr;
        std::int32_t back = 0;   // steps to the last mention
        bool masculine = false;  // a pronoun has meant him
        bool feminine = false;
        bool elsewhere = false;  // named inside a sentence, where a capital tells something
        bool noun_agrees = false;
        bool noun_differs = false;
    };

    [[nodiscard]] const Token& token(std::int32_t t) const {
        return text_.tokens[static_cast<std::size_t>(t)];
    }
    [[nodiscard]] const CorpusEntity& entity(std::int32_t id) const {
        return all_.corpus_.entities[static_cast<std::size_t>(id)];
    }
    [[nodiscard]] std::int32_t sentence_of(const Reference& reference) const {
        return token(reference.head).sentence;
    }
    [[nodiscard]] bool has_mark(std::int32_t t, char32_t mark) const {
        return t >= 0 && t < std::ssize(text_.tokens) && token(t).mark == mark;
    }

    // Who may be meant: candidates.cpp
    [[nodiscard]] std::int32_t clause_start() const;
    [[nodiscard]] bool is_participle(std::int32_t t) const;
    [[nodiscard]] bool seems_named(const Reference& reference) const;
    [[nodiscard]] bool fits(const Reference& candidate) const;
    void look_back();
    void look_ahead();
    [[nodiscard]] std::vector<Found>::iterator find(std::int32_t entity);
    void add(const Reference& reference);
    void add_ahead(const Reference& reference);
    [[nodiscard]] bool opens_sentence(const Reference& reference) const;

    // What a mention tells: clues.cpp
    [[nodiscard]] bool is_in_clause(const Reference& reference) const;
    void last_seen(Found& found, const Reference& reference);
    void last_words(Found& found, const Reference& reference) const;
    void see_nouns(Found& found, const Reference& reference) const;
    [[nodiscard]] bool is_bracketed(const Reference& reference) const;
    [[nodiscard]] bool is_apposed(const Reference& reference) const;
    [[nodiscard]] bool is_joined(const Reference& reference) const;
    [[nodiscard]] std::int32_t paragraph(std::int32_t sentence) const;
    [[nodiscard]] bool speaks(const Reference& reference) const;
    [[nodiscard]] bool says_this(const Reference& reference) const;

    // What all of them together tell: clues_compared.cpp
    void compare();
    void compare_quoted(Found& found) const;
    void compare_speaking(Found& found) const;
    [[nodiscard]] bool only_fits(const Found& found) const;
    [[nodiscard]] Clues nobody() const;
    void see_others(Clues& clues) const;

    const References& all_;
    const SegmentedText& text_;
    std::size_t index_;
    const Reference& pronoun_;
    const Token& word_;
    std::optional<std::int32_t> except_;
    std::int32_t clause_;  // its first token
    bool says_;            // the pronoun: "he said"
    Steps steps_;
    std::int32_t back_ = 0;  // steps from the reference that is looked at
    std::vector<Found> found_;
    std::optional<std::int32_t> lead_;  // the first person of the nearest sentence that has one
    std::optional<std::int32_t> lead_sentence_;
    bool last_pronoun_ = false;
    bool nearest_subject_ = false;
    bool subject_between_ = false;
};

}  // namespace framelens
