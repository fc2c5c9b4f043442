#include "finder.hpp"
#include "framelens/language.hpp"
#include "framelens/names.hpp"
#include "framelens/unicode.hpp"

#include <algorithm>

namespace framelens {
namespace {

std::string strip_stop(std::string word) {
    if (word.size() > 2 && word.back() == '.' && word.find('.') == word.size() - 1) {
        word.pop_back();
    }
    return word;
}

bool is_suffix(const WordEntry* entry) {
    return entry != nullptr && entry->is(WordClass::name_suffix);
}

/// "jr" of "Jr.", "Jr" and "Junior": what is no Roman number goes by its first and last letter.
std::string suffix_key(std::string word) {
    if (word.find(' ') != std::string::npos) return word;
    std::erase(word, '.');
    const bool roman = word.find_first_not_of("ivxlc") == std::string::npos;
    const bool ascii =
        std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (roman || !ascii || word.size() <= 2) return word;
    return {word.front(), word.back()};
}

/// Puts the words together: the suffix at the end goes with the word before it, since the son is not
/// the father.
void join_suffix(std::vector<std::string>& words, std::size_t suffix) {
    if (suffix == 0 || suffix >= words.size()) return;
    std::string key = words[words.size() - suffix];
    for (std::size_t i = words.size() - suffix + 1; i < words.size(); ++i) key += ' ' + words[i];
    words.resize(words.size() - suffix);
    words.back() += ' ' + suffix_key(std::move(key));
}

/// How many of the words at the end are a suffix: "jr.", "the younger".
std::size_t suffix_size(const std::vector<std::string>& words, const Language& language) {
    const std::size_t size = words.size();
    if (size > 2 && is_suffix(language.find(words[size - 2] + ' ' + words[size - 1]))) return 2;
    return size > 1 && is_suffix(language.find(words.back())) ? 1 : 0;
}

}  // namespace

std::vector<std::string> words_of_name(std::string_view folded) {
    constexpr std::string_view between = " -";
    std::vector<std::string> words;
    for (std::size_t at = folded.find_first_not_of(between); at < folded.size();) {
        const std::size_t end = std::min(folded.find_first_of(between, at), folded.size());
        words.emplace_back(folded.substr(at, end - at));
        at = folded.find_first_not_of(between, end);
    }
    return words;
}

std::vector<std::string> words_of_name(const SegmentedText& text, TokenRange name) {
    std::vector<std::string> words;
    std::string last;
    for (std::int32_t i = name.first; i < name.end; ++i) {
        const Token& token = text.tokens[static_cast<std::size_t>(i)];
        if (names_detail::opens_mark(token.mark) && i > name.first) ++i;  // a nickname
        if (token.kind != TokenKind::word) continue;
        last = fold(text.at(token.span));
        if (token.plain) {
            words.push_back(strip_stop(last));
            const bool initial = words.back().size() == 1 && i > name.first && i + 1 < name.end;
            if (initial) words.back() += '.';  // "Jo J Reed"
        } else {
            for (std::string& word : words_of_name(strip_stop(last))) {
                words.push_back(std::move(word));
            }
        }
    }
    if (words.size() < 2) return words;
    std::size_t suffix = suffix_size(words, *text.language);
    if (suffix == 0 && is_suffix(text.language->find(last))) suffix = 1;
    join_suffix(words, suffix);
    return words;
}

std::vector<std::string> words_of_name(std::string_view printed, const Language& language) {
    std::string folded = fold(printed);
    std::replace(folded.begin(), folded.end(), ',', ' ');
    std::vector<std::string> words = words_of_name(folded);
    if (words.empty()) return words;
    std::size_t suffix = suffix_size(words, language);
    for (std::size_t i = 0; i < words.size(); ++i) {
        words[i] = strip_stop(std::move(words[i]));
        if (words[i].size() == 1 && i > 0 && i + 1 < words.size()) words[i] += '.';
    }
    if (suffix == 0) suffix = suffix_size(words, language);
    join_suffix(words, suffix);
    return words;
}

std::string_view without_suffix(std::string_view word) {
    return word.substr(0, word.find(' '));
}

}  // namespace framelens
