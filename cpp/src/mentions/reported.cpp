#include "reported.hpp"

#include "sentence.hpp"

namespace framelens::mentions_detail {
namespace {

constexpr std::int32_t reach = 200;  // tokens of a clause that are read

/// Reads what a clause of indirect speech says in front of one noun.
class Clause : InSentence {
public:
    Clause(const Annotated& document, const Grammar& grammar, std::int32_t noun)
        : InSentence(document, noun), grammar_(grammar) {}

    [[nodiscard]] bool ends_before_noun(std::int32_t first) const {
        bool states = false;  // has a verb of its own
        for (std::int32_t t = first; t < of_ && t - first < reach; ++t) {
            if (!has(t)) return false;
            if (t > first && goes_on(t, states)) return true;
            states = states || is_finite(t);
        }
        return false;
    }

private:
    [[nodiscard]] bool goes_on(std::int32_t t, bool states) const {
        if (token(t).is(WordClass::conjunction)) return !states && is_finite(over_adverbs(t + 1));
        return token(t - 1).mark == U',' && is_of_a_fact(t) && is_remarked(t);
    }
    /// "which": neither of a person nor of a time or place.
    [[nodiscard]] bool is_of_a_fact(std::int32_t t) const {
        constexpr Marker other = Marker::of_persons | Marker::complement | Marker::asks_other;
        return token(t).is(WordClass::relative) && !token(t).is(other) &&
               !token(t).is(WordClass::possessive_pronoun | WordClass::object_pronoun);
    }
    /// Whether the clause of a relative has the noun as its subject and a verb of saying.
    [[nodiscard]] bool is_remarked(std::int32_t relative) const {
        for (std::int32_t t = relative + 1; t < of_; ++t) {
            if (is_finite(t)) return false;
        }
        const Reference* who = document_.references.at(of_);
        const std::int32_t verb = over_adverbs(who != nullptr ? who->tokens.end : of_ + 1);
        return is_finite(verb) && token(verb).is(WordClass::cue | WordClass::denial);
    }
    [[nodiscard]] bool is_finite(std::int32_t t) const {
        if (!has(t)) return false;
        return grammar_.part(t) == Part::finite_verb || grammar_.part(t) == Part::auxiliary;
    }
    [[nodiscard]] std::int32_t over_adverbs(std::int32_t t) const {
        while (has(t) && is_adverb(document_.text, t)) ++t;
        return t;
    }

    const Grammar& grammar_;
};

}  // namespace

const Quotation* reported_around(const Annotated& document, const Grammar& grammar,
                                 std::int32_t noun) {
    const Span span = document.text.tokens[static_cast<std::size_t>(noun)].span;
    const Quotation* reported = reported_at(document.quotes, span);
    if (reported == nullptr) return nullptr;
    const std::int32_t first = document.text.token_from(reported->span.start);
    return Clause(document, grammar, noun).ends_before_noun(first) ? nullptr : reported;
}

}  // namespace framelens::mentions_detail
