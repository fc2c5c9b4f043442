// Surnames that are words: "May", "King", "Baker". The name in full tells that they are surnames.
#include "finder.hpp"

#include <algorithm>

namespace framelens::names_detail {
namespace {

constexpr WordClass dated = WordClass::month | WordClass::modal;
constexpr WordClass verb = WordClass::cue | WordClass::be | WordClass::have | WordClass::modal;

}  // namespace

/// "Theresa | May": a capital that a given name leads to.
bool Finder::is_surname_behind(std::int32_t i) const {
    return is_word(i) && i > 0 && token(i).capital && !token(i).all_caps && token(i).is(dated) &&
           token(i - 1).is(WordClass::given_name) && !token(i - 1).is(dated);
}

/// Adds the surnames that stand alone of persons whom the article names in full.
void Finder::find_surnames() {
    std::unordered_set<std::string> surnames;
    std::unordered_set<std::int32_t> taken;
    for (const Candidate& found : found_) {
        for (std::int32_t t = found.tokens.first; t < found.tokens.end; ++t) taken.insert(t);
        const std::int32_t last = found.tokens.end - 1;
        if (found.words.size() < 2 || !token(last).is(title_word | dated)) continue;
        if (token(last - 1).is(WordClass::given_name)) surnames.insert(found.words.back());
    }
    if (surnames.empty()) return;
    for (std::int32_t i = 0; i < size(); ++i) {
        if (!is_word(i) || !token(i).capital || taken.contains(i) || turn_at(i) != nullptr)
            continue;
        if (!surnames.contains(folded(i)) || !stands_as_surname(i)) continue;
        Candidate found;
        found.tokens = {i, i + 1};
        found.title = title_start(i);
        judge(found);
        found.words = words_of_name(text_, found.tokens);
        found_.push_back(std::move(found));
    }
}

/// No "the King", no "King Olaf", no "in May".
bool Finder::stands_as_surname(std::int32_t i) const {
    const auto near = [&](std::int32_t t) {
        return t >= 0 && t < size() && token(t).sentence == token(i).sentence;
    };
    const bool owns = near(i + 1) && token(i + 1).kind == TokenKind::possessive;
    const bool titled = near(i - 1) && token(i - 1).is(WordClass::role | WordClass::honorific);
    if (token(i).is(dated)) return owns || titled || (near(i + 1) && token(i + 1).is(verb));
    if (near(i + 1) && is_word(i + 1) && token(i + 1).capital) return false;
    if (titled || !near(i - 1)) return true;
    return token(i - 1).kind != TokenKind::possessive && nation_at(names_, i - 1) == nullptr &&
           !token(i - 1).is(WordClass::article | WordClass::determiner |
                            WordClass::possessive_pronoun | WordClass::former |
                            WordClass::role_prefix);
}

}  // namespace framelens::names_detail
