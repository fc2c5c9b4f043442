// Names that nothing but the question tells: in lines in which case says nothing, of targets whom
// neither the article nor the corpus names in running text.
#include "framelens/language.hpp"
#include "framelens/mentions.hpp"
#include "framelens/names_caseless.hpp"
#include "framelens/unicode.hpp"

#include <algorithm>

namespace framelens {
namespace {

/// The words of a name are known to stand in such lines; "will" and "may" are not kept.
bool may_be_printed(const std::vector<std::string>& words, const KnownNames& known,
                    const Language& language) {
    return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
        const WordEntry* entry = language.find(word);
        return known.is_printed(word) ||
               (entry != nullptr && entry->is(WordClass::modal | WordClass::particle));
    });
}

}  // namespace

AskedNames::AskedNames(const std::vector<Target>& targets, const KnownNames& known,
                       const Language& language)
    : known_(known) {
    const auto add = [&](const std::string& key, std::int32_t target) {
        const auto [at, added] = targets_.emplace(key, target);
        if (!added && at->second != target) at->second = std::nullopt;  // two targets' surname
        first_words_.insert(key.substr(0, key.find(' ')));
    };
    for (std::size_t t = 0; t < targets.size(); ++t) {
        const auto target = static_cast<std::int32_t>(t);
        for (const std::string& name : targets[t].proper_names()) {
            const auto words = words_of_name(fold(name));
            if (words.empty()) continue;
            if (may_be_printed({words.back()}, known, language)) add(words.back(), target);
            if (words.size() < 2 || !may_be_printed(words, known, language)) continue;
            add(key_of_name(words), target);
        }
    }
}

std::vector<AskedName> AskedNames::find(const SegmentedText& text,
                                        const DocumentNames& names) const {
    std::vector<AskedName> found;
    for (const TokenRange line : names.caseless) {
        for (std::int32_t i = line.first; i < line.end; ++i) {
            const Token& token = text.tokens[static_cast<std::size_t>(i)];
            if (token.kind != TokenKind::word || !may_begin(text.at(token.span))) continue;
            if (name_at(names, i) != nullptr) continue;
            auto name = longest_at(text, names, {i, line.end});
            if (!name) continue;
            i = name->tokens.end - 1;
            found.push_back(std::move(*name));
        }
    }
    return found;
}

bool AskedNames::may_begin(std::string_view printed) const {
    const std::string folded = fold(printed);
    const std::size_t hyphen = folded.find('-');
    return first_words_.contains(folded.substr(0, hyphen));
}

std::optional<AskedName> AskedNames::longest_at(const SegmentedText& text,
                                                const DocumentNames& names, TokenRange rest) const {
    constexpr std::int32_t longest = 6;  // tokens
    std::optional<AskedName> best;
    const auto token = [&](std::int32_t t) -> const Token& {
        return text.tokens[static_cast<std::size_t>(t)];
    };
    for (std::int32_t end = rest.first + 1; end <= std::min(rest.end, rest.first + longest);
         ++end) {
        const Token& last = token(end - 1);
        if (last.kind != TokenKind::word || name_at(names, end - 1) != nullptr) break;
        if (last.sentence != token(rest.first).sentence) break;
        auto words = words_of_name(text, {rest.first, end});
        const auto target = targets_.find(key_of_name(words));
        if (words.empty() || target == targets_.end() || !target->second) continue;
        const std::int32_t title = title_start(text, rest.first);
        // "Price" of "Oil Price Falls" is nobody
        if (words.size() == 1 && title == rest.first && known_.is_common(words.front())) continue;
        best = AskedName{{rest.first, end}, title, *target->second, std::move(words)};
    }
    return best;
}

}  // namespace framelens
