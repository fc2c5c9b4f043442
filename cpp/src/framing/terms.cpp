#include "framelens/framing_terms.hpp"

#include "framelens/phrases_longest.hpp"
#include "framelens/unicode.hpp"

#include <algorithm>
#include <utility>

namespace framelens {
namespace {

constexpr std::int32_t negation_reach = 3;  // words; farther away it may negate another word

/// True if a negation stands shortly before the token, nothing but words between.
bool is_negated(const SegmentedText& text, std::int32_t token) {
    const auto at = [&](std::int32_t i) -> const Token& {
        return text.tokens[static_cast<std::size_t>(i)];
    };
    for (std::int32_t i = token - 1; i >= 0 && token - i <= negation_reach; --i) {
        if (at(i).sentence != at(token).sentence || at(i).kind == TokenKind::punctuation) break;
        if (at(i).is(WordClass::negation)) return true;
    }
    return false;
}

/// "Hope" of "Hope Hicks", "March" of "in March 2020": a name, no word of the axis.
bool is_in_name(const AnnotatedDocument& document, std::int32_t token) {
    const Token& word = document.segmented.tokens[static_cast<std::size_t>(token)];
    if (word.capital && word.is(WordClass::month)) return true;
    const NameMention* name = name_at(document.names, token);
    if (name == nullptr) return false;
    return name->tokens.size() > 1 || name->kind == EntityKind::person;
}

/// The words between two tokens of a phrase are joined by a space or a hyphen.
bool are_joined(const SegmentedText& text, std::int32_t token) {
    const Token& before = text.tokens[static_cast<std::size_t>(token - 1)];
    const Token& after = text.tokens[static_cast<std::size_t>(token)];
    return before.sentence == after.sentence && after.kind != TokenKind::punctuation &&
           before.kind != TokenKind::punctuation;
}

/// Puts the words of a folded token behind those of a key; most tokens are one.
void append_words(std::string& key, const std::string& folded) {
    if (!folded.empty() && folded.find_first_of(" -") == std::string::npos) {
        append_word(key, folded);
        return;
    }
    for (const std::string& word : words_of_name(folded)) append_word(key, word);
}

}  // namespace

TermFinder::TermFinder(const Lexicon& lexicon) : lexicon_(lexicon) {
    for (std::size_t i = 0; i < lexicon.terms.size(); ++i) {
        const LexiconTerm& term = lexicon.terms[i];
        const auto id = static_cast<std::int32_t>(i);
        if (term.match == TermMatch::glob) {
            has_patterns_ = true;
        } else {
            add(term.text, id, terms_);
        }
        for (const std::string& form : term.forms) add(form, id, terms_);
    }
    for (const std::string& phrase : lexicon.exclusions) add(phrase, 0, exclusions_);
}

void TermFinder::add(const std::string& folded, std::int32_t term, Terms& terms) {
    const auto words = words_of_name(folded);
    if (words.empty()) return;
    std::string key;
    append_words(key, folded);
    terms.emplace(std::move(key), term);
    std::int32_t& longest = longest_[words.front()];
    longest = std::max(longest, static_cast<std::int32_t>(words.size()));
}

std::optional<TermFinder::Found> TermFinder::longest_at(const std::vector<std::string>& words,
                                                        const SegmentedText& text,
                                                        std::int32_t token,
                                                        const Terms& terms) const {
    const auto& own = words[static_cast<std::size_t>(token)];
    const auto longest = longest_.find(own.substr(0, own.find('-')));
    if (longest == longest_.end()) return std::nullopt;
    const auto add = [&](std::int32_t at, std::string& key) {
        if (at > token && !are_joined(text, at)) return false;
        append_words(key, words[static_cast<std::size_t>(at)]);
        return true;
    };
    const auto find = [&](const std::string& key, std::int32_t next) {
        const auto term = terms.find(key);
        return term == terms.end() ? std::nullopt : std::optional(Found{next, term->second});
    };
    const auto size = static_cast<std::int32_t>(words.size());
    return find_longest(token, std::min(size, token + longest->second), add, find);
}

std::optional<std::int32_t> TermFinder::pattern_of(const std::string& folded) {
    const auto [at, is_new] = patterns_.try_emplace(folded);
    if (is_new) {
        const LexiconTerm* term = find_term(lexicon_, folded, LabelObject::any);
        if (term != nullptr) {
            at->second = static_cast<std::int32_t>(term - lexicon_.terms.data());
        }
    }
    return at->second;
}

std::vector<TermHit> TermFinder::find(const AnnotatedDocument& document,
                                      const std::vector<bool>& sentences) {
    const SegmentedText& text = document.segmented;
    const auto is_wanted = [&](const Token& token) {
        return sentences.empty() || sentences[static_cast<std::size_t>(token.sentence)];
    };
    std::vector<std::string> words;
    words.reserve(text.tokens.size());
    for (const Token& token : text.tokens) {
        words.push_back(is_wanted(token) ? fold(text.at(token.span)) : std::string());
    }
    std::vector<TermHit> hits;
    const auto size = static_cast<std::int32_t>(words.size());
    std::int32_t excluded = 0;  // tokens before this one are in an exclusion
    std::int32_t next = 0;
    for (std::int32_t t = 0; t < size; ++t) {
        const Token& token = text.tokens[static_cast<std::size_t>(t)];
        if (token.kind == TokenKind::punctuation || !is_wanted(token)) continue;
        if (const auto phrase = longest_at(words, text, t, exclusions_)) {
            excluded = std::max(excluded, phrase->end);
        }
        if (t < next || t < excluded || is_in_name(document, t)) continue;
        auto found = longest_at(words, text, t, terms_);
        if (!found && has_patterns_) {
            if (const auto term = pattern_of(words[static_cast<std::size_t>(t)])) {
                found = Found{t + 1, *term};
            }
        }
        if (!found) continue;
        next = found->end;
        const Zone* zone = zone_at(text.zones, token.span.start);
        if (zone != nullptr && (zone->kind == ZoneKind::boilerplate || zone->duplicate)) continue;
        TermHit hit;
        hit.span = {token.span.start, text.tokens[static_cast<std::size_t>(next - 1)].span.end};
        hit.term = found->term;
        hit.negated = is_negated(text, t);
        hit.quoted = quotation_at(document.quotes, hit.span);
        if (hit.quoted == nullptr) hit.reported = reported_at(document.quotes, hit.span);
        if (zone != nullptr) hit.zone = zone->kind;
        hits.push_back(hit);
    }
    return hits;
}

}  // namespace framelens
