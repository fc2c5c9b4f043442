#include "facts_tense.hpp"

#include <algorithm>

namespace framelens {
namespace {

/// Tokens farther away than this tell nothing of when something happens.
constexpr std::size_t reach = 25;
constexpr std::size_t shortest_verb = 5;  // bytes of a verb that is told by its ending

class TenseReader {
public:
    TenseReader(const FactReader& read, const FactLanguage& language)
        : read_(read), words_(language) {}

    std::optional<DateSense> left_of(std::size_t first) const {
        for (std::size_t i = first; i-- > 0 && first - i <= reach;) {
            if (read_.token(i).sentence != read_.token(first).sentence || is_break(i)) break;
            if (const auto sense = sense_at(i, first)) return sense;
        }
        return std::nullopt;
    }

    std::optional<DateSense> right_of(std::size_t end) const {
        for (std::size_t i = end; i < read_.size() && i - end < reach; ++i) {
            if (read_.token(i).sentence != read_.token(end - 1).sentence || is_break(i)) break;
            if (const auto sense = sense_at(i, read_.size())) return sense;
        }
        return std::nullopt;
    }

    /// The date opens its clause: a sentence, a comma or a conjunction begins before it.
    bool opens_clause(std::size_t first) const {
        std::size_t i = first;
        while (i > 0 && read_.token(i - 1).sentence == read_.token(first).sentence &&
               read_.token(i - 1).is(WordClass::preposition | WordClass::article)) {
            --i;
        }
        if (i == 0 || read_.token(i - 1).sentence != read_.token(first).sentence) return true;
        const Token& before = read_.token(i - 1);
        return before.kind == TokenKind::punctuation ||
               before.is(WordClass::conjunction | WordClass::subordinator);
    }

private:
    bool is_break(std::size_t i) const {
        const char32_t mark = read_.token(i).mark;
        return mark == U';' || mark == U':';
    }

    /// What the phrase or verb at `i` tells, as far as it ends before `limit`.
    std::optional<DateSense> sense_at(std::size_t i, std::size_t limit) const {
        const Token& token = read_.token(i);
        if (token.kind == TokenKind::punctuation) return std::nullopt;
        const std::size_t future = read_.after_phrase(words_.futures, i);
        if (future > i && future <= limit) return DateSense::coming;
        const std::size_t past = read_.after_phrase(words_.pasts, i);
        const bool verb = (past > i && past <= limit) || has_ending(i, words_.past_endings);
        if (verb) return is_passive(i) ? std::nullopt : std::optional(DateSense::past);
        if (has_ending(i, words_.future_endings)) return DateSense::coming;
        return std::nullopt;
    }

    bool has_ending(std::size_t i, const FoldedSet& endings) const {
        const Token& token = read_.token(i);
        const std::string_view printed = read_.text().at(token.span);
        if (token.kind != TokenKind::word || token.capital || printed.size() < shortest_verb ||
            words_.past_traps.contains(read_.word(i))) {
            return false;
        }
        return std::any_of(endings.begin(), endings.end(),
                           [&](const std::string& ending) { return printed.ends_with(ending); });
    }

    /// "held" of "will be held", "to be formally opened".
    bool is_passive(std::size_t i) const {
        return (i > 0 && words_.passives.contains(read_.word(i - 1))) ||
               (i > 1 && words_.passives.contains(read_.word(i - 2)));
    }

    const FactReader& read_;
    const FactLanguage& words_;
};

}  // namespace

std::optional<DateSense> tense_around(const FactReader& read, const FactLanguage& language,
                                      std::size_t first, std::size_t end) {
    const TenseReader tenses(read, language);
    if (tenses.opens_clause(first)) {
        if (const auto sense = tenses.right_of(end)) return sense;
        return tenses.left_of(first);
    }
    if (const auto sense = tenses.left_of(first)) return sense;
    return tenses.right_of(end);
}

}  // namespace framelens
