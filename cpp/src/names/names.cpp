#include "framelens/names.hpp"

#include "finder.hpp"
#include "framelens/grammar.hpp"
#include "framelens/language.hpp"
#include "framelens/phrases_longest.hpp"
#include "framelens/types_names.hpp"
#include "framelens/unicode.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace framelens {
namespace names_detail {

DocumentNames Finder::run() {
    find_nations();
    const std::vector<TokenRange> headlines = read_running_text();
    add_speakers();
    if (!headlines.empty()) index_printed();
    for (const TokenRange line : headlines) {
        if (says_nothing(line)) {
            names_.caseless.push_back(line);
            continue;
        }
        const std::int32_t author = end_of_author(line);
        if (author > line.first) names_.caseless.push_back({line.first, author});
        find_runs({author, line.end});
    }
    find_surnames_like_words();
    const auto earlier = [](const auto& a, const auto& b) { return a.first < b.first; };
    std::stable_sort(names_.caseless.begin(), names_.caseless.end(), earlier);
    std::stable_sort(found_.begin(), found_.end(),
                     [&](const auto& a, const auto& b) { return earlier(a.tokens, b.tokens); });
    settle_kinds();
    find_places();
    tie_appositions({0, size()});
    gather_entities();
    return std::move(names_);
}

/// Finds the runs of all but headlines, whose lines it returns.
std::vector<TokenRange> Finder::read_running_text() {
    std::vector<TokenRange> headlines;
    const auto& sentences = text_.segments.sentences;
    for (std::size_t s = 0; s < sentences.size();) {
        const bool headline = is_headline(text_, static_cast<std::int32_t>(s));
        std::size_t end = s + 1;
        while (headline && end < sentences.size() &&
               sentences[end].paragraph == sentences[s].paragraph) {
            ++end;
        }
        const TokenRange range{text_.first_token[s], text_.first_token[end]};
        if (headline) {
            headlines.push_back(range);
        } else if (is_title_case(range)) {
            names_.caseless.push_back(range);
        } else {
            find_runs(range);
        }
        s = end;
    }
    return headlines;
}

void Finder::find_nations() {
    for (std::int32_t i = 0; i < size(); ++i) {
        if (!is_word(i) || !token(i).capital) continue;
        const std::int32_t length = nation_length(i);
        if (length > 0) i += length - 1;
    }
}

/// Records the longest nation or adjective that starts at `i`; returns its length in tokens.
std::int32_t Finder::nation_length(std::int32_t i) {
    constexpr std::int32_t longest = 4;  // words of a nation
    using Found = std::optional<std::pair<const WordEntry*, std::int32_t>>;
    Found nation;
    if (is_nation(token(i).entry, i)) nation = {token(i).entry, i + 1};
    if (text_.language->long_nations.may_start(text_.at(token(i).span))) {
        const auto add = [&](std::int32_t at, std::string& key) {
            if (!is_word(at) || token(at).sentence != token(i).sentence) return false;
            append_word(key, folded(at));
            return true;
        };
        const auto find = [&](const std::string& key, std::int32_t next) -> Found {
            const WordEntry* entry = next > i + 1 ? text_.language->find(key) : nullptr;
            return entry != nullptr && entry->nation ? Found({entry, next}) : Found();
        };
        if (const Found longer = find_longest(i, i + longest, add, find)) nation = longer;
    }
    if (!nation) return 0;
    const auto [entry, end] = *nation;
    names_.nations.push_back({{i, end}, *entry->nation, entry->is(WordClass::demonym)});
    return end - i;
}

/// "us" is a pronoun unless it is printed "US".
bool Finder::is_nation(const WordEntry* entry, std::int32_t i) const {
    if (entry == nullptr || !entry->nation) return false;
    return !entry->is(function_word) || token(i).all_caps;
}

}  // namespace names_detail

namespace {

template <class Mention>
const Mention* covering(const std::vector<Mention>& mentions, std::int32_t token) {
    auto after = std::upper_bound(
        mentions.begin(), mentions.end(), token,
        [](std::int32_t t, const Mention& mention) { return t < mention.tokens.first; });
    if (after == mentions.begin()) return nullptr;
    --after;
    return token < after->tokens.end ? &*after : nullptr;
}

}  // namespace

std::string_view name_of(EntityKind kind) noexcept {
    static constexpr std::string_view names[] = {"other", "person", "organisation"};
    return name_in(names, kind);
}

DocumentNames find_names(const SegmentedText& text) {
    return names_detail::Finder(text).run();
}

std::string role_term(const SegmentedText& text, std::int32_t first, std::int32_t noun) {
    const auto token = [&](std::int32_t i) -> const Token& {
        return text.tokens[static_cast<std::size_t>(i)];
    };
    const bool listed = token(noun).is(WordClass::role | WordClass::institution);
    std::string term = listed ? token(noun).entry->lemma : fold(text.at(token(noun).span));
    const auto is_office = [&](const std::string& longer) {
        const WordEntry* entry = text.language->find(longer);
        return entry != nullptr && entry->is(WordClass::role | WordClass::institution);
    };
    std::int32_t i = noun - 1;
    for (; i >= first && token(i).kind == TokenKind::word; --i) {
        const std::string longer = fold(text.at(token(i).span)) + ' ' + term;
        if (!is_office(longer)) break;
        term = longer;
    }
    if (noun + 2 < static_cast<std::int32_t>(text.tokens.size()) &&
        token(noun + 1).is(WordClass::preposition) && token(noun + 2).kind == TokenKind::word) {
        const std::string longer = term + ' ' + fold(text.at(token(noun + 1).span)) + ' ' +
                                   fold(text.at(token(noun + 2).span));
        if (is_office(longer)) term = longer;
    }
    const std::string printed = fold(text.at(token(noun).span));
    const auto hyphen = printed.find('-');
    if (hyphen != std::string::npos && term.find('-') == std::string::npos) {
        const WordEntry* prefix = text.language->find(printed.substr(0, hyphen));
        if (prefix != nullptr && prefix->is(WordClass::former)) {
            term = printed.substr(0, hyphen) + ' ' + term;
        }
    }
    for (; i >= first && token(i).is(WordClass::former); --i) {
        term = fold(text.at(token(i).span)) + ' ' + term;
    }
    return term;
}

bool may_be_noun(const SegmentedText& text, const Token& word) {
    if (word.kind != TokenKind::word || word.capital || word.is_known()) return false;
    const std::string_view printed = text.at(word.span);
    const Inflection& inflection = inflection_of(text);
    return !inflection.past.fits(printed) && !inflection.plural.may_fit(printed) &&
           !inflection.adverb.fits(printed);
}

namespace {

/// The first word behind "of" and its article, in the sentence of `noun`.
std::optional<std::int32_t> complement_of(const SegmentedText& text, std::int32_t noun) {
    const auto in_sentence = [&](std::int32_t i) {
        return i < static_cast<std::int32_t>(text.tokens.size()) &&
               text.tokens[static_cast<std::size_t>(i)].sentence ==
                   text.tokens[static_cast<std::size_t>(noun)].sentence;
    };
    std::int32_t i = noun + 1;
    if (!in_sentence(i) || !text.tokens[static_cast<std::size_t>(i)].is(Marker::genitive)) {
        return std::nullopt;
    }
    ++i;
    if (in_sentence(i) && text.tokens[static_cast<std::size_t>(i)].is(WordClass::article)) ++i;
    return in_sentence(i) ? std::optional(i) : std::nullopt;
}

/// "of Spain's party", "of the US supreme court": the nation is not all that is led.
bool modifies_noun(const SegmentedText& text, TokenRange nation) {
    const auto next = static_cast<std::size_t>(nation.end);
    if (next >= text.tokens.size()) return false;
    const Token& word = text.tokens[next];
    if (word.kind == TokenKind::possessive) return true;
    if (word.sentence != text.tokens[next - 1].sentence) return false;
    constexpr WordClass led = WordClass::institution | WordClass::organisation | WordClass::people;
    return may_be_noun(text, word) ||
           (word.kind == TokenKind::word && word.is(led) && !word.is(WordClass::cue));
}

}  // namespace

std::optional<std::int32_t> nation_complement(const SegmentedText& text, const DocumentNames& names,
                                              std::int32_t noun) {
    const auto first = complement_of(text, noun);
    const NationMention* nation = first ? nation_at(names, *first) : nullptr;
    if (nation == nullptr || nation->adjective) return std::nullopt;
    return modifies_noun(text, nation->tokens) ? std::nullopt : std::optional(nation->nation);
}

bool has_foreign_complement(const SegmentedText& text, const DocumentNames& names,
                            std::int32_t noun) {
    if (!complement_of(text, noun) || nation_complement(text, names, noun)) return false;
    // "head of state" is an office as it stands
    return role_term(text, noun, noun) == text.tokens[static_cast<std::size_t>(noun)].entry->lemma;
}

const NationMention* nation_at(const DocumentNames& names, std::int32_t token) {
    return covering(names.nations, token);
}

bool is_nation(const DocumentNames& names, TokenRange words) {
    const NationMention* nation = nation_at(names, words.first);
    return nation != nullptr && nation->tokens.first == words.first &&
           nation->tokens.end == words.end;
}

const NameMention* name_at(const DocumentNames& names, std::int32_t token) {
    return covering(names.mentions, token);
}

}  // namespace framelens
