// Names in lines in which case says nothing: by what is known of their words.
#include "framelens/names_caseless.hpp"

#include "finder.hpp"
#include "framelens/grammar.hpp"

#include <algorithm>

namespace framelens {
namespace names_detail {
namespace {

constexpr WordClass verb = WordClass::be | WordClass::have | WordClass::modal | WordClass::linking |
                           WordClass::denial | WordClass::cue;

/// "flees", "jailed": what a word that no list knows may be.
bool ends_as_verb(std::string_view word, const Inflection& inflection) {
    constexpr std::size_t shortest = 4;  // bytes
    return word.size() >= shortest && (inflection.past.fits(word) || inflection.gerund.fits(word) ||
                                       inflection.third_person.fits(word));
}

}  // namespace

DocumentNames Finder::run_caseless(const KnownNames& known) {
    index_article();
    for (const TokenRange line : names_.caseless) find_known(line, known);
    find_known_places(known);
    for (const TokenRange line : names_.caseless) tie_appositions(line);
    gather_entities();
    return std::move(names_);
}

/// The forms that the running text prints, its bearers' entities, and its persons' last words.
void Finder::index_article() {
    earlier_.reserve(names_.mentions.size());
    for (const NameMention& mention : names_.mentions) {
        const auto& words = earlier_.emplace_back(words_of_name(text_, mention.tokens));
        if (words.empty()) continue;
        if (words.size() > 1) ++full_count_[joined(words)];
        index_words(words, mention.entity);
        if (mention.kind == EntityKind::other) continue;
        forms_.emplace(key_of_name(words), mention.kind);
        if (mention.kind != EntityKind::person) continue;
        ++persons_[words.back()];
        if (words.size() > 2) forms_.emplace(words.front() + ' ' + words.back(), mention.kind);
    }
    for (std::size_t i = 0; i < names_.places.size(); ++i) {
        place_ids_.emplace(names_.places[i], static_cast<std::int32_t>(i));
    }
}

void Finder::find_known(TokenRange line, const KnownNames& known) {
    for (std::int32_t i = line.first; i < line.end; ++i) {
        if (!is_word(i) || !(token(i).capital || begins_with_particle(i))) continue;
        auto match = known_in_full(i, line.end, known);
        if (!match) match = by_given_name(i, line.end, known);
        if (!match) match = by_title(i, line.end, known);
        if (!match) match = known_by_one_word(i, known);
        if (!match) continue;
        Candidate found;
        found.tokens = {i, match->end};
        found.kind = match->kind;
        found.title = title_start(i);
        found.words = words_of_name(text_, found.tokens);
        judge(found);
        if (!found.words.empty()) found_.push_back(std::move(found));
        i = match->end - 1;
    }
}

/// The longest name of two words and more that the article or the corpus prints elsewhere.
std::optional<Finder::Match> Finder::known_in_full(std::int32_t i, std::int32_t limit,
                                                   const KnownNames& known) const {
    constexpr std::int32_t longest = 6;  // tokens
    std::optional<Match> best;
    std::vector<std::string> words;
    for (std::int32_t end = i + 1; end <= std::min(limit, i + longest); ++end) {
        if (!is_word(end - 1) || token(end - 1).sentence != token(i).sentence) break;
        words = words_of_name(text_, {i, end});
        if (words.size() < 2) continue;
        const std::string key = key_of_name(words);
        const auto form = forms_.find(key);
        const EntityKind kind = form != forms_.end() ? form->second : known.kind_of(key);
        if (kind != EntityKind::other) best = Match{end, kind};
    }
    return best;
}

/// "Karol Varga Flees": one word behind given names, initials and particles, that no list knows and
/// that running text has in no lower case.
std::optional<Finder::Match> Finder::by_given_name(std::int32_t i, std::int32_t limit,
                                                   const KnownNames& known) const {
    const auto given = [&](std::int32_t t) {
        return t < limit && is_word(t) && token(t).capital && token(t).is(WordClass::given_name) &&
               !token(t).is(never_in_name);
    };
    const auto initial = [&](std::int32_t t) {
        return t < limit && is_word(t) && token(t).capital && token(t).span.size() <= 2 &&
               token(t).plain && !token(t).is(function_word);
    };
    if (!given(i) || known.is_common(folded(i))) return std::nullopt;
    std::int32_t end = i + 1;
    std::int32_t names = 1;
    for (; given(end) || initial(end); ++end) names += given(end) ? 1 : 0;
    const Match without{end, EntityKind::person};
    end += particles(end, limit);
    const bool surname =
        end < limit && may_be_surname(end, known) &&
        (!ends_as_verb(folded(end), inflection_of(text_)) || leads_to_verb(end + 1));
    if (surname) return Match{end + 1, EntityKind::person};
    return names > 1 ? std::optional(without) : std::nullopt;
}

bool Finder::may_be_surname(std::int32_t i, const KnownNames& known) const {
    return is_word(i) && token(i).capital && !token(i).is_known() && !known.is_common(folded(i));
}

/// True if a verb or a possessive stands at `i`: the name before it is complete.
bool Finder::leads_to_verb(std::int32_t i) const {
    if (i >= size() || token(i).sentence != token(i - 1).sentence) return false;
    if (token(i).kind == TokenKind::possessive) return true;
    return is_word(i) && (token(i).is(verb) ||
                          (!token(i).is_known() && ends_as_verb(folded(i), inflection_of(text_))));
}

/// "President Varga Says", "Dictator Varga's Port", "Sen. Varga Quits": unknown words between a title
/// and what goes on about their bearer. "President Set to Quit" names nobody.
std::optional<Finder::Match> Finder::by_title(std::int32_t i, std::int32_t limit,
                                              const KnownNames& known) const {
    constexpr std::int32_t longest = 3;
    if (i == 0 || token(i - 1).is(WordClass::plural) || !may_be_surname(i, known)) {
        return std::nullopt;
    }
    if (title_start(i) == i) return std::nullopt;
    std::int32_t end = i;
    while (end < std::min(limit, i + longest) && token(end).sentence == token(i).sentence &&
           may_be_surname(end, known)) {
        ++end;
    }
    const bool strong = end < limit && token(end).sentence == token(i).sentence &&
                        (token(end).kind == TokenKind::possessive || token(end).is(verb));
    if (strong) return Match{end, EntityKind::person};
    if (!token(i - 1).is(WordClass::honorific) || ends_as_verb(folded(i), inflection_of(text_)))
        return std::nullopt;
    const bool two = end - i > 1 && !ends_as_verb(folded(i + 1), inflection_of(text_));
    return Match{two ? i + 2 : i + 1, EntityKind::person};
}

/// A person's last word, or a short name that the article prints; one that only the corpus knows
/// where no list knows the word, or a title stands before it.
std::optional<Finder::Match> Finder::known_by_one_word(std::int32_t i, const KnownNames& known) {
    const std::string word = folded(i);
    const auto form = forms_.find(word);
    const auto person = persons_.find(word);
    if (person != persons_.end()) {
        const bool common = title_start(i) == i && count_lower(word) > person->second;
        return common ? std::nullopt : std::optional(Match{i + 1, EntityKind::person});
    }
    if (form != forms_.end()) return Match{i + 1, form->second};
    if (nation_at(names_, i) != nullptr || !known.is_surname(word)) return std::nullopt;
    if (token(i).is_known() && title_start(i) == i) return std::nullopt;
    return Match{i + 1, EntityKind::person};
}

/// How often the first pages of the article have the word in lower case.
int Finder::count_lower(const std::string& word) {
    constexpr std::int32_t pages = 4000;  // tokens
    const auto [counted, added] = lower_.try_emplace(word, 0);
    if (!added) return counted->second;
    int count = 0;
    for (std::int32_t i = 0; i < std::min(size(), pages); ++i) {
        if (!is_word(i) || token(i).capital) continue;
        if (token(i).plain ? text_.at(token(i).span) == word : folded(i) == word) ++count;
    }
    counted->second = count;
    return count;
}

}  // namespace names_detail

void read_caseless(SegmentedText& text, DocumentNames& names, const KnownNames& known) {
    if (names.caseless.empty()) return;
    names = names_detail::Finder(text, std::move(names)).run_caseless(known);
    restore_case(text, names);
}

}  // namespace framelens
