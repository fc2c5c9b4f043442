// Whether the case of a line says something, and the case that its names tell.
#include "finder.hpp"
#include "framelens/names_caseless.hpp"

#include <algorithm>

namespace framelens {
namespace names_detail {

/// True if the words that running text would print small are printed large. Names, small words and
/// the first word tell nothing.
bool Finder::says_nothing(TokenRange line) const {
    constexpr std::int64_t shortest = 3;  // bytes of a lower-case word that tells something
    constexpr int most = 3;               // capitals to a lower-case word in running text
    int words = 0;
    int shouted = 0;
    int upper = 0;
    int lower = 0;
    for (std::int32_t i = line.first; i < line.end; ++i) {
        if (!is_word(i)) continue;
        const Token& t = token(i);
        ++words;
        if (t.all_caps || (t.capital && t.span.size() == 1)) ++shouted;
        if (t.capital) {
            upper += tells_by_capital(i) ? 1 : 0;
        } else if (!t.is(function_word | WordClass::particle) && t.span.size() >= shortest &&
                   !has_capital_inside(i)) {
            ++lower;
        }
    }
    if (words > 1 && shouted == words) return true;
    return upper > most * lower;
}

/// "eBay", "anti-Islamist": a part of it is printed large wherever it stands.
bool Finder::has_capital_inside(std::int32_t i) const {
    const std::string_view word = text_.at(token(i).span);
    return std::any_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool Finder::tells_by_capital(std::int32_t i) const {
    constexpr std::int64_t longest_acronym = 5;  // letters
    const Token& t = token(i);
    if (starts_sentence(i) || t.is(always_capital | WordClass::first_person)) return false;
    if (t.all_caps && t.span.size() <= longest_acronym) return false;
    if (t.is(function_word)) return true;
    const bool title = t.is(WordClass::role | WordClass::role_prefix | WordClass::organisation);
    if (title && is_word(i + 1) && token(i + 1).capital) return false;  // "President Karol Varga"
    return !printed_.contains(folded(i));
}

/// "VARGA: Waiting for the port": behind a surname printed large that the text has in full; else
/// where the line begins.
std::int32_t Finder::end_of_author(TokenRange line) const {
    const std::int32_t i = line.first;
    if (i + 1 >= line.end || !is_word(i) || !token(i).all_caps || token(i + 1).mark != U':') {
        return i;
    }
    const std::string word = folded(i);
    bool known = false;
    for (const Candidate& found : found_) {
        if (found.words.empty() || found.words.back() != word) continue;
        if (token(found.tokens.end - 1).all_caps) return i;  // an abbreviation: "NATO"
        known = known || found.words.size() > 1;
    }
    return known ? i + 1 : i;
}

/// The words of names in running text: in a headline their capitals tell nothing.
void Finder::index_printed() {
    for (const Candidate& found : found_) printed_.insert(found.words.begin(), found.words.end());
}

}  // namespace names_detail

namespace {

/// Marks that stand behind a full stop: she said, "Stay."
bool is_closing_mark(char32_t mark) {
    return mark == U'"' || mark == U'\'' || mark == U')' || mark == 0x201D || mark == 0x2019 ||
           mark == 0xBB || mark == 0x203A;
}

/// What running text prints large whoever it names: "I", "Monday", "Spanish".
bool is_always_capital(const Token& token) {
    if (token.is(WordClass::modal | WordClass::preposition)) return false;  // "May", "Will"
    if (token.is(WordClass::first_person)) return token.span.size() == 1;
    return token.is(names_detail::always_capital);
}

/// The mentions that begin in the line.
template <class Mention, class Visit>
void for_mentions(const std::vector<Mention>& mentions, TokenRange line, Visit visit) {
    auto it = std::lower_bound(
        mentions.begin(), mentions.end(), line.first,
        [](const Mention& mention, std::int32_t t) { return mention.tokens.first < t; });
    for (; it != mentions.end() && it->tokens.first < line.end; ++it) visit(*it);
}

}  // namespace

bool ends_in_stop(const SegmentedText& text, TokenRange range) {
    const auto mark = [&](std::int32_t t) { return text.tokens[static_cast<std::size_t>(t)].mark; };
    constexpr std::int32_t most = 8;  // marks behind a stop
    std::int32_t last = range.end - 1;
    const std::int32_t least = std::max(range.first, last - most);
    while (last > least && is_closing_mark(mark(last))) --last;
    return range.size() > 0 && mark(last) == U'.';
}

bool is_headline(const SegmentedText& text, std::int32_t sentence) {
    const auto s = static_cast<std::size_t>(sentence);
    const Zone* zone = zone_at(text.zones, text.segments.sentences[s].span.start);
    if (zone != nullptr) return zone->kind == ZoneKind::headline || zone->kind == ZoneKind::subhead;
    return text.segments.paragraphs.size() == 1 &&
           !ends_in_stop(text, {0, static_cast<std::int32_t>(text.tokens.size())});
}

void restore_case(SegmentedText& text, const DocumentNames& names) {
    const auto token = [&](std::int32_t t) -> Token& {
        return text.tokens[static_cast<std::size_t>(t)];
    };
    const auto raise = [&](std::int32_t first, std::int32_t end) {
        for (std::int32_t t = first; t < end; ++t)
            token(t).capital = token(t).kind == TokenKind::word;
    };
    for (const TokenRange line : names.caseless) {
        bool shouted = true;
        for (std::int32_t t = line.first; t < line.end; ++t) {
            if (token(t).kind != TokenKind::word) continue;
            shouted = shouted && (token(t).all_caps || token(t).span.size() == 1);
            token(t).capital = token(t).capital && (t == line.first || is_always_capital(token(t)));
        }
        for_mentions(names.mentions, line,
                     [&](const NameMention& name) { raise(name.title, name.tokens.end); });
        for_mentions(names.nations, line, [&](const NationMention& nation) {
            raise(nation.tokens.first, nation.tokens.end);
        });
        for (std::int32_t t = line.first; t < line.end; ++t) {
            token(t).all_caps = token(t).all_caps && token(t).capital && !shouted;
        }
    }
}

}  // namespace framelens
