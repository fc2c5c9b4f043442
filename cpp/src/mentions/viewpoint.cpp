#include "viewpoint.hpp"

#include "framelens/language.hpp"
#include "sentence.hpp"

namespace framelens::mentions_detail {
namespace {

constexpr std::int32_t reach = 24;  // tokens from the noun to the phrase in front of it

/// Reads the sentence of one noun.
class Viewpoint : InSentence {
public:
    Viewpoint(const Annotated& document, const Grammar& grammar, std::int32_t noun)
        : InSentence(document, noun), grammar_(grammar) {}

    [[nodiscard]] std::optional<Speaker> find(bool predicate) const {
        std::int32_t t = of_ - 1;
        for (; has(t) && of_ - t <= reach; --t) {
            if (!token(t).is(WordClass::viewpoint)) continue;
            if (auto judge = judge_of(t)) return judge;
        }
        return has(t) || !predicate ? std::nullopt : addressed(t + 1);
    }

private:
    /// "In | Lund's view,", "in the eyes | of critics,".
    [[nodiscard]] std::optional<Speaker> judge_of(std::int32_t view) const {
        const auto phrase = grammar_.phrase(view);
        if (!phrase || phrase->head != view) return std::nullopt;
        const std::int32_t lead = phrase->first - 1;
        if (!has(lead) || !token(lead).is(WordClass::preposition) || !opens(lead)) {
            return std::nullopt;
        }
        if (has(view + 1) && token(view + 1).is(Marker::genitive)) return who_to_comma(view + 2);
        if (!phrase->owner || !ends(view + 1)) return std::nullopt;
        const Reference* who = document_.references.at(*phrase->owner);
        return who != nullptr ? speaker_of(*who) : Speaker{};
    }

    /// "To Lund,", "For many voters,": whoever the sentence begins with.
    [[nodiscard]] std::optional<Speaker> addressed(std::int32_t first) const {
        const bool leads = token(first).is(Marker::belonging) && !token(first).is(Marker::genitive);
        if (!leads || !has(first + 1)) return std::nullopt;
        return who_to_comma(first + 1);
    }

    /// A person, or people who speak, right up to a comma.
    [[nodiscard]] std::optional<Speaker> who_to_comma(std::int32_t first) const {
        constexpr std::int32_t longest = 8;  // tokens
        std::int32_t end = first;
        while (has(end) && end - first < longest && !ends(end)) ++end;
        if (!ends(end) || end == first) return std::nullopt;
        const Reference* who = document_.references.at(end - 1);
        if (who != nullptr && !who->possessor && who->tokens.end == end &&
            who->tokens.first == first && is_person(*who)) {
            return speaker_of(*who);
        }
        const Token& last = token(end - 1);
        const bool people =
            last.is(WordClass::people) || (last.is(WordClass::role) && last.is(WordClass::plural));
        if (!people) return std::nullopt;
        return Speaker{last.span, std::nullopt, std::string(document_.text.at(last.span))};
    }

    [[nodiscard]] bool is_person(const Reference& who) const {
        if (!who.entity) return false;
        const auto& all = document_.references.corpus().entities;
        return all[static_cast<std::size_t>(*who.entity)].kind == EntityKind::person;
    }
    [[nodiscard]] Speaker speaker_of(const Reference& who) const {
        const Span words = document_.text.span_of(who.tokens.first, who.tokens.end);
        return {words, who.entity, std::string(document_.text.at(words))};
    }
    [[nodiscard]] bool opens(std::int32_t t) const {
        return !has(t - 1) || token(t - 1).kind == TokenKind::punctuation ||
               token(t - 1).is(WordClass::conjunction | WordClass::subordinator);
    }
    [[nodiscard]] bool ends(std::int32_t t) const { return has(t) && token(t).mark == U','; }

    const Grammar& grammar_;
};

}  // namespace

std::optional<Speaker> viewpoint(const Annotated& document, const Grammar& grammar,
                                 std::int32_t noun, bool predicate) {
    return Viewpoint(document, grammar, noun).find(predicate);
}

}  // namespace framelens::mentions_detail
