#include "framelens/lexicon.hpp"

#include "framelens/types_names.hpp"

#include <algorithm>
#include <cstddef>

namespace framelens {
namespace {

/// Bytes that follow another in the same code point do not start a letter.
bool continues(char byte) noexcept {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

std::size_t letter_end(std::string_view text, std::size_t pos) noexcept {
    ++pos;
    while (pos < text.size() && continues(text[pos])) ++pos;
    return pos;
}

/// Greedy match that returns to the last star only, so it needs no recursion.
bool glob_matches(std::string_view pattern, std::string_view text) noexcept {
    std::size_t p = 0;
    std::size_t t = 0;
    std::optional<std::size_t> star;
    std::size_t star_text = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            star_text = t;
        } else if (p < pattern.size() && pattern[p] == '?') {
            ++p;
            t = letter_end(text, t);
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star) {
            p = *star + 1;
            star_text = letter_end(text, star_text);
            t = star_text;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

bool text_matches(const LexiconTerm& term, std::string_view folded) noexcept {
    return term.text == folded ||
           std::find(term.forms.begin(), term.forms.end(), folded) != term.forms.end();
}

bool object_fits(const LexiconTerm& term, LabelObject object) noexcept {
    return object == LabelObject::any || term.object == LabelObject::any || term.object == object;
}

/// How well a term fits; 0 if it does not.
int rank_of(const LexiconTerm& term, std::string_view folded, LabelObject object) noexcept {
    if (!object_fits(term, object)) return 0;
    const int own_object = term.object == object ? 1 : 0;
    if (term.match != TermMatch::glob) return text_matches(term, folded) ? 3 + own_object : 0;
    return glob_matches(term.text, folded) ? 1 + own_object : 0;
}

}  // namespace

std::string_view name_of(LabelObject object) noexcept {
    static constexpr std::string_view names[] = {"any", "person", "institution"};
    return name_in(names, object);
}

std::string_view name_of(ModifierEffect effect) noexcept {
    static constexpr std::string_view names[] = {"turn", "void", "leave", "neutral"};
    return name_in(names, effect);
}

std::string_view name_of(CountedKind kind) noexcept {
    static constexpr std::string_view names[] = {"label", "all"};
    return name_in(names, kind);
}

std::string_view name_of(TermMatch match) noexcept {
    static constexpr std::string_view names[] = {"exact", "phrase", "glob"};
    return name_in(names, match);
}

const LexiconTerm* find_term(const Lexicon& lexicon, std::string_view folded,
                             LabelObject object) noexcept {
    const LexiconTerm* best = nullptr;
    int best_rank = 0;
    for (const LexiconTerm& term : lexicon.terms) {
        const int rank = rank_of(term, folded, object);
        if (rank > best_rank) {
            best = &term;
            best_rank = rank;
        }
    }
    return best;
}

}  // namespace framelens
