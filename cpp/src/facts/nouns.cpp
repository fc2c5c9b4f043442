#include "nouns.hpp"

#include <algorithm>

namespace framelens {
namespace {

constexpr std::size_t longest_noun = 5;  // tokens from a number to the noun that it counts

constexpr WordClass ends_a_noun =
    WordClass::preposition | WordClass::conjunction | WordClass::be | WordClass::have |
    WordClass::modal | WordClass::article | WordClass::determiner | WordClass::subject_pronoun |
    WordClass::object_pronoun | WordClass::possessive_pronoun | WordClass::subordinator |
    WordClass::relative | WordClass::negation | WordClass::number;

}  // namespace

std::string FactReader::singular(std::string_view noun) const {
    if (const std::size_t hyphen = noun.rfind('-');
        hyphen != std::string_view::npos && hyphen + 1 < noun.size()) {
        return std::string(noun.substr(0, hyphen + 1)) + singular(noun.substr(hyphen + 1));
    }
    if (const auto found = language_.singulars.find(noun); found != language_.singulars.end()) {
        return found->second;
    }
    for (const auto& [ending, singular] : language_.singular_endings) {
        if (noun.size() < ending.size() + language_.shortest_stem || !noun.ends_with(ending)) {
            continue;
        }
        if (ending.size() == 1 && !is_plural(noun)) continue;
        return std::string(noun.substr(0, noun.size() - ending.size())) + singular;
    }
    return std::string(noun);
}

bool FactReader::is_plural(std::string_view noun) const {
    if (language_.singulars.contains(noun.substr(noun.rfind('-') + 1))) return true;
    // "U.S."
    if (noun.size() <= 2 || noun.find('.') != std::string_view::npos) return false;
    return ends_in(noun, language_.plural_endings) && !ends_in(noun, language_.plural_exceptions);
}

std::size_t NounFinder::after_fillers(std::size_t i) const {
    while (words_.fillers.contains(word(i))) ++i;
    return i;
}

bool NounFinder::is_counted_noun(std::size_t i) const {
    return words_.capital_nouns ? read_.token(i).capital : read_.is_plural(word(i));
}

bool NounFinder::ends_noun(std::size_t i) const {
    if (i >= read_.size()) return true;
    const Token& token = read_.token(i);
    if (token.kind != TokenKind::word || token.sentence != read_.token(i - 1).sentence) return true;
    if (words_.fillers.contains(word(i))) return false;
    // "US" is no pronoun.
    if (token.is(ends_a_noun) && !token.all_caps) return true;
    return token.is(WordClass::cue) && !read_.is_plural(word(i));
}

bool NounFinder::ends_one(std::size_t i) const {
    const std::string_view printed = word(i);
    return words_.no_nouns.contains(printed) || ends_in(printed, words_.participle_endings) ||
           read_.is_plural(printed) || words_.months.contains(printed) ||
           read_.token(i).is(WordClass::adverb);
}

bool NounFinder::is_noun_of_one(std::size_t i) const {
    if (i >= read_.size() || read_.token(i).sentence != read_.token(i - 1).sentence) return false;
    const std::string_view printed = word(i);
    return read_.token(i).is(WordClass::cue) && !read_.token(i).is(ends_a_noun) &&
           !words_.pasts.contains(printed) && !ends_in(printed, words_.gerund_endings) &&
           !ends_one(i);
}

bool NounFinder::joins_adjectives(std::size_t i, std::size_t first) const {
    return i > first && i < read_.size() && words_.grammar.joins.contains(word(i)) &&
           !words_.pasts.contains(word(i - 1)) &&
           !ends_in(word(i - 1), words_.participle_endings) &&
           read_.token(i - 1).kind == TokenKind::word;
}

std::optional<std::size_t> NounFinder::head_from(std::size_t first, bool one) const {
    const bool compound_one = words_.open_compounds && one;
    std::optional<std::size_t> head;
    bool joined = false;
    for (std::size_t i = first; i < first + longest_noun + (joined ? 2 : 0); ++i) {
        if (ends_noun(i) && !(compound_one && is_noun_of_one(i))) {
            if (head || one || joined || !joins_adjectives(i, first)) break;
            joined = true;
            continue;
        }
        if (words_.counted.contains(word(i))) return i == first ? std::optional(i) : head;
        if (words_.asides.contains(word(i))) break;
        // "16 hour days" counts hours.
        if (i == first && !one && words_.periods.contains(word(i))) return i;
        if (i == first && words_.measures.contains(word(i))) return i;
        if (compound_one) {
            if (ends_one(i)) break;
            head = i;
        } else if ((one && !words_.capital_nouns) || is_counted_noun(i)) {
            return i;
        }
    }
    return head;
}

std::optional<std::size_t> NounFinder::noun_from(std::size_t first, bool one) const {
    auto head = head_from(after_fillers(first), one);
    if (!head || one || !words_.open_compounds) return head;
    while (!words_.counted.contains(word(*head + 1)) && !ends_noun(*head + 1) &&
           read_.is_plural(word(*head)) && read_.is_plural(word(*head + 1)) &&
           !read_.token(*head + 1).capital) {
        ++*head;  // "customs officers", "United States soldiers"
    }
    return head;
}

}  // namespace framelens
