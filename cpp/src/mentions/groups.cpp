// Groups go by common nouns, not by names: "migrants", "asylum seekers", "the caravan".
#include "framelens/error.hpp"
#include "framelens/grammar.hpp"
#include "framelens/language.hpp"
#include "framelens/mentions.hpp"
#include "framelens/unicode.hpp"
#include "rules.hpp"

namespace framelens {

std::string mentions_detail::singular_of(const std::string& folded, const Language& language) {
    const WordEntry* entry = language.find(folded);
    if (entry != nullptr && entry->is(WordClass::role | WordClass::institution)) {
        return entry->lemma;
    }
    constexpr std::size_t shortest = 2;  // bytes
    return std::string(language.inflection.plural.cut(folded, shortest));
}

namespace {

using mentions_detail::singular_of;

std::string joined(const std::vector<std::string>& words) {
    std::string text = words.front();
    for (std::size_t i = 1; i < words.size(); ++i) text += ' ' + words[i];
    return text;
}

}  // namespace

void GroupNouns::add(const std::string& noun, std::int32_t target, const Language& language) {
    auto words = words_of_name(fold(noun));
    const WordEntry* first = words.empty() ? nullptr : language.find(words.front());
    if (first != nullptr && first->is(WordClass::article)) words.erase(words.begin());
    if (words.empty()) throw ValueError("a target or an alias of it is empty");
    words.back() = singular_of(words.back(), language);
    auto& nouns = by_first_[words.front()];
    for (const Noun& known : nouns) {
        if (known.words != words) continue;
        if (known.target == target) return;
        throw ValueError("\"" + noun + "\" is an alias of two targets");
    }
    nouns.push_back({std::move(words), target});
}

std::optional<GroupNouns::Match> GroupNouns::match(const SegmentedText& text,
                                                   std::int32_t token) const {
    const auto size = static_cast<std::int32_t>(text.tokens.size());
    const auto at = [&](std::int32_t i) -> const Token& {
        return text.tokens[static_cast<std::size_t>(i)];
    };
    if (by_first_.empty() || at(token).kind != TokenKind::word) return std::nullopt;
    const std::string first = fold(text.at(at(token).span));
    std::optional<Match> best;
    std::size_t longest = 0;
    const auto try_words = [&](const std::string& key) {
        const auto found = by_first_.find(key);
        if (found == by_first_.end()) return;
        for (const Noun& noun : found->second) {
            std::vector<std::string> printed = words_of_name(first);
            std::int32_t last = token;
            while (printed.size() < noun.words.size() && last + 1 < size &&
                   at(last + 1).sentence == at(token).sentence &&
                   at(last + 1).kind == TokenKind::word) {
                ++last;
                for (auto& word : words_of_name(fold(text.at(at(last).span)))) {
                    printed.push_back(std::move(word));
                }
            }
            if (printed.size() != noun.words.size() || printed.empty()) continue;
            const std::string own = printed.back();
            printed.back() = singular_of(own, *text.language);
            if (printed != noun.words || noun.words.size() <= longest) continue;
            longest = noun.words.size();
            best = Match{noun.target, last, own != printed.back(), joined(noun.words)};
        }
    };
    const auto words = words_of_name(first);
    if (words.empty() || (at(token).capital && at(token).is(WordClass::month))) return std::nullopt;
    try_words(words.front());
    if (const std::string one = singular_of(words.front(), *text.language); one != words.front()) {
        try_words(one);
    }
    if (best && !best->plural && modifies(text, best->head)) return std::nullopt;
    return best;
}

/// "migrant" in "the migrant crisis": a singular before what seems to be a noun.
bool GroupNouns::modifies(const SegmentedText& text, std::int32_t head) {
    const auto next = static_cast<std::size_t>(head + 1);
    if (next >= text.tokens.size()) return false;
    const Token& noun = text.tokens[static_cast<std::size_t>(head)];
    const Token& after = text.tokens[next];
    if (after.sentence != noun.sentence || after.kind != TokenKind::word) return false;
    if (after.is_known()) {
        return after.is(WordClass::role | WordClass::institution | WordClass::organisation |
                        WordClass::people) &&
               !after.is(WordClass::cue);
    }
    const std::string word = fold(text.at(after.span));
    const Inflection& inflection = inflection_of(text);
    return !inflection.past.fits(word) && !inflection.gerund.fits(word);
}

}  // namespace framelens
