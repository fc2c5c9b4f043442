#include "framelens/names.hpp"

#include "framelens/unicode.hpp"

#include <algorithm>
#include <unordered_map>

namespace framelens {
namespace {

constexpr WordClass function_word =
    WordClass::article | WordClass::determiner | WordClass::subject_pronoun |
    WordClass::object_pronoun | WordClass::possessive_pronoun | WordClass::preposition |
    WordClass::conjunction | WordClass::subordinator | WordClass::relative | WordClass::adverb |
    WordClass::be | WordClass::have | WordClass::modal | WordClass::negation |
    WordClass::attribution | WordClass::not_a_name | WordClass::hedge | WordClass::reflexive;
constexpr WordClass never_in_name = WordClass::month | WordClass::weekday | function_word;
constexpr WordClass title_word =
    WordClass::role | WordClass::honorific | WordClass::role_prefix | WordClass::former;

struct Candidate {
    TokenRange tokens;
    std::int32_t title = 0;
    EntityKind kind = EntityKind::other;
    std::optional<Gender> gender;
    std::vector<std::int32_t> nations;
    std::vector<std::string> roles;
    std::vector<std::string> words;
};

class Finder {
public:
    explicit Finder(const SegmentedText& text) : text_(text) {}

    DocumentNames run() {
        find_nations();
        for (std::size_t s = 0; s + 1 < text_.first_token.size(); ++s) {
            const TokenRange range{text_.first_token[s], text_.first_token[s + 1]};
            if (is_title_case(range)) {
                headlines_.push_back(range);
            } else {
                find_runs(range);
            }
        }
        settle_kinds();
        for (const TokenRange& range : headlines_) find_known(range);
        std::stable_sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) {
            return a.tokens.first < b.tokens.first;
        });
        gather_entities();
        return std::move(names_);
    }

private:
    const Token& token(std::int32_t i) const { return text_.tokens[static_cast<std::size_t>(i)]; }
    std::string folded(std::int32_t i) const { return fold(text_.at(token(i).span)); }
    bool is_word(std::int32_t i) const {
        return i >= 0 && i < size() && token(i).kind == TokenKind::word;
    }
    std::int32_t size() const { return static_cast<std::int32_t>(text_.tokens.size()); }

    // nations -----------------------------------------------------------------------------------

    void find_nations() {
        for (std::int32_t i = 0; i < size(); ++i) {
            if (!is_word(i) || !token(i).capital) continue;
            const std::int32_t length = nation_length(i);
            if (length > 0) i += length - 1;
        }
    }

    /// Records the longest nation or adjective that starts at `i`; returns its length in tokens.
    std::int32_t nation_length(std::int32_t i) {
        std::string key = folded(i);
        const WordEntry* best = token(i).entry;
        std::int32_t length = is_nation(best, i) ? 1 : 0;
        for (std::int32_t k = 1; k < 4 && is_word(i + k); ++k) {
            if (token(i + k).sentence != token(i).sentence) break;
            key += ' ' + folded(i + k);
            const WordEntry* entry = text_.language->find(key);
            if (entry == nullptr || !entry->nation) continue;
            best = entry;
            length = k + 1;
        }
        if (length > 0) {
            names_.nations.push_back(
                {{i, i + length}, *best->nation, best->is(WordClass::demonym)});
        }
        return length;
    }

    /// "us" is a pronoun unless it is printed "US".
    bool is_nation(const WordEntry* entry, std::int32_t i) const {
        if (entry == nullptr || !entry->nation) return false;
        return !entry->is(function_word) || token(i).all_caps;
    }

    // runs of capitalised words -----------------------------------------------------------------

    /// Running text ends in a full stop; a title does not.
    bool is_title_case(TokenRange range) const {
        if (range.size() == 0 || token(range.end - 1).mark == U'.') return false;
        int capitals = 0;
        int words = 0;
        for (std::int32_t i = range.first; i < range.end; ++i) {
            if (!is_word(i) || token(i).is(function_word)) continue;
            ++words;
            capitals += token(i).capital ? 1 : 0;
        }
        return words >= 4 && capitals * 4 >= words * 3;
    }

    bool starts_sentence(std::int32_t i) const {
        if (i == 0 || token(i - 1).sentence != token(i).sentence) return true;
        const Token& before = token(i - 1);
        return before.kind == TokenKind::punctuation &&
               (before.mark == U'"' || before.mark == U'\'' || before.mark == 0x201C ||
                before.mark == 0x2018 || before.mark == 0xAB || before.mark == U':' ||
                before.mark == 0x2022);
    }

    bool may_name(std::int32_t i) const {
        if (!is_word(i) || !token(i).capital) return false;
        const Token& t = token(i);
        if (!t.is(never_in_name)) return true;
        if (t.all_caps && t.entry->nation) return true;
        return t.is(WordClass::given_name) && !starts_sentence(i) &&
               !t.is(WordClass::subject_pronoun | WordClass::article);
    }

    void find_runs(TokenRange range) {
        for (std::int32_t i = range.first; i < range.end; ++i) {
            if (!may_name(i)) continue;
            const std::int32_t end = run_end(i, range.end);
            add_run(i, end);
            i = end - 1;
        }
    }

    std::int32_t run_end(std::int32_t i, std::int32_t limit) const {
        std::int32_t end = i + 1;
        while (end < limit) {
            if (may_name(end)) {
                ++end;
            } else if (is_word(end) && token(end).is(WordClass::particle) && end + 1 < limit &&
                       may_name(end + 1)) {
                end += 2;
            } else if (end + 1 < limit && token(end).mark == U',' && is_word(end + 1) &&
                       token(end + 1).is(WordClass::name_suffix)) {
                end += 2;
            } else {
                break;
            }
        }
        return end;
    }

    /// Cuts a run into titles and name.
    void add_run(std::int32_t first, std::int32_t end) {
        const std::int32_t start = after_titles(first, end);
        if (start >= end) return;
        Candidate found;
        found.tokens = {start, end};
        if (covers_nation(found.tokens)) return;
        found.title = title_start(start);
        found.nations = tied_nations(found);
        judge(found);
        const bool doubtful = found.tokens.size() == 1 && found.title == start &&
                              starts_sentence(start) && token(start).entry != nullptr &&
                              found.kind == EntityKind::other;
        if (doubtful && !token(start).is(WordClass::given_name)) return;
        for (std::int32_t i = start; i < end; ++i) {
            if (!is_word(i)) continue;
            if (token(i).is(WordClass::name_suffix) && !found.words.empty()) {
                found.words.back() += ' ' + strip_stop(folded(i));  // the son is not the father
            } else {
                found.words.push_back(strip_stop(folded(i)));
            }
        }
        found_.push_back(std::move(found));
    }

    static std::string strip_stop(std::string word) {
        if (word.size() > 2 && word.back() == '.' && word.find('.') == word.size() - 1) {
            word.pop_back();
        }
        return word;
    }

    /// First token of the name in a run: behind the last title and the nations in front.
    std::int32_t after_titles(std::int32_t first, std::int32_t end) const {
        std::int32_t start = first;
        if (starts_sentence(first) && token(first).is(WordClass::cue) && end - first > 1 &&
            !token(first).is(WordClass::given_name)) {
            start = ++first;  // "Said Jane Doe"
        }
        for (std::int32_t i = first; i + 1 < end; ++i) {
            if (!token(i).is(WordClass::role | WordClass::honorific)) continue;
            if (i > first && token(i - 1).is(WordClass::given_name) &&
                !token(i - 1).is(title_word)) {
                continue;  // a surname: Larry King
            }
            if (token(i + 1).is(WordClass::name_suffix)) continue;
            start = i + 1;
        }
        if (start == first && first > 1 && end - first >= 3 && token(first - 1).span.size() == 2 &&
            token(first - 2).is(WordClass::role)) {
            start = first + 1;  // Secretary of State Jane Doe
        }
        while (start < end) {
            const NationMention* nation = nation_at(names_, start);
            if (nation == nullptr || nation->tokens.end > end) break;
            if (nation->tokens.first != start || nation->tokens.end == end) break;
            if (!nation->adjective && token(end - 1).is(WordClass::organisation)) break;
            start = nation->tokens.end;
        }
        if (end - start == 1 && token(start).is(title_word | WordClass::demonym)) return end;
        return start;
    }

    bool covers_nation(TokenRange range) const {
        const NationMention* nation = nation_at(names_, range.first);
        return nation != nullptr && nation->tokens.first == range.first &&
               nation->tokens.end == range.end;
    }

    /// Walks left over the words of a title that touch the name.
    std::int32_t title_start(std::int32_t name) const {
        std::int32_t start = name;
        std::int32_t i = name - 1;
        bool seen_role = false;
        while (i >= 0 && token(i).sentence == token(name).sentence) {
            if (is_word(i) && token(i).is(title_word)) {
                seen_role = seen_role || token(i).is(WordClass::role | WordClass::honorific);
                start = i--;
            } else if (i > 1 && is_word(i) && token(i).capital && is_word(i - 1) &&
                       token(i - 1).is(WordClass::preposition) &&
                       token(i - 2).is(WordClass::role)) {
                i -= 2;  // the "of State" of a Secretary
            } else {
                break;
            }
        }
        return seen_role ? start : name;
    }

    /// Nations that stand before the title ("Venezuelan President", "Venezuela's President") or
    /// behind the name ("president of Venezuela" is read by mentions).
    std::vector<std::int32_t> tied_nations(const Candidate& found) const {
        std::vector<std::int32_t> tied;
        if (found.title == found.tokens.first) return tied;
        bool role = false;
        for (std::int32_t t = found.title; t < found.tokens.first; ++t) {
            role = role || token(t).is(WordClass::role);
            if (const NationMention* inside = nation_at(names_, t)) tied.push_back(inside->nation);
        }
        if (!role || !tied.empty()) return tied;
        std::int32_t i = found.title - 1;
        if (i >= 0 && token(i).kind == TokenKind::possessive) --i;
        if (i < 0 || token(i).sentence != token(found.title).sentence) return tied;
        if (const NationMention* nation = nation_at(names_, i)) tied.push_back(nation->nation);
        return tied;
    }

    // kinds -------------------------------------------------------------------------------------

    void judge(Candidate& found) const {
        const TokenRange name = found.tokens;
        for (std::int32_t i = found.title; i < name.first; ++i) {
            if (token(i).is(WordClass::role | WordClass::honorific)) {
                found.kind = EntityKind::person;
            }
            if (token(i).is(WordClass::role)) {
                found.roles.push_back(role_term(text_, found.title, i));
            }
            if (token(i).is(WordClass::masculine)) found.gender = Gender::masculine;
            if (token(i).is(WordClass::feminine)) found.gender = Gender::feminine;
        }
        const Token& first = token(name.first);
        const bool organisation = has_organisation_word(name);
        if (found.kind == EntityKind::other && organisation) {
            found.kind = EntityKind::organisation;
        } else if (first.is(WordClass::given_name) &&
                   (name.size() >= 2 || !starts_sentence(name.first))) {
            if (!first.is(WordClass::place | WordClass::month) || name.size() >= 2) {
                found.kind = EntityKind::person;
            }
        } else if (found.kind == EntityKind::other && name.size() == 1 && first.all_caps &&
                   first.span.size() <= 6 && !first.is(WordClass::place)) {
            found.kind = EntityKind::organisation;
        }
        if (first.is(WordClass::given_name) && found.kind == EntityKind::person) {
            const bool he = first.is(WordClass::masculine);
            const bool she = first.is(WordClass::feminine);
            if (he != she) found.gender = he ? Gender::masculine : Gender::feminine;
        }
    }

    bool has_organisation_word(TokenRange name) const {
        for (std::int32_t i = name.first; i < name.end; ++i) {
            if (token(i).is(WordClass::organisation)) return true;
        }
        return false;
    }

    /// What stands alone may still be a person: one that a title names elsewhere, or that speaks.
    void settle_kinds() {
        for (const Candidate& found : found_) {
            if (found.kind == EntityKind::person) persons_.emplace(found.words.back(), 0);
        }
        for (Candidate& found : found_) {
            if (found.kind != EntityKind::other) continue;
            const bool known = persons_.contains(found.words.back());
            if (known || acts_like_person(found)) {
                found.kind = EntityKind::person;
                if (!known) persons_.emplace(found.words.back(), 0);
            }
        }
    }

    /// A name of up to three words, no place, that says something or that "who" goes on about.
    bool acts_like_person(const Candidate& found) const {
        const TokenRange name = found.tokens;
        if (name.size() > 3 || token(name.end - 1).is(WordClass::place | WordClass::nation)) {
            return false;
        }
        if (name.first > 0 && token(name.first - 1).is(WordClass::article)) return false;
        std::int32_t next = name.end;
        if (next < size() && token(next).mark == U',') ++next;
        if (next >= size() || token(next).sentence != token(name.first).sentence) return false;
        while (next < size() && is_word(next) && token(next).is(WordClass::adverb)) ++next;
        if (next >= size()) return false;
        const bool who = token(next).is(WordClass::relative) && folded(next) == "who";
        return who || (token(next).is(WordClass::cue) && !token(next).capital);
    }

    // title-case lines --------------------------------------------------------------------------

    /// Finds the words of names that the article's running text prints.
    void find_known(TokenRange range) {
        if (!known_ready_) index_known();
        for (std::int32_t i = range.first; i < range.end; ++i) {
            if (!is_word(i) || !token(i).capital || nation_at(names_, i) != nullptr) continue;
            const auto hit = known_.find(folded(i));
            if (hit == known_.end()) continue;
            for (const std::size_t source : hit->second) {
                if (add_known(i, range.end, found_[source])) break;
            }
            if (found_.back().tokens.end > i) i = found_.back().tokens.end - 1;
        }
    }

    void index_known() {
        known_ready_ = true;
        for (std::size_t k = 0; k < found_.size(); ++k) {
            if (found_[k].kind == EntityKind::other) continue;
            known_[found_[k].words.front()].push_back(k);
            if (found_[k].words.size() > 1 && found_[k].kind == EntityKind::person) {
                known_[found_[k].words.back()].push_back(k);
            }
        }
        for (auto& [word, sources] : known_) {
            std::stable_sort(sources.begin(), sources.end(), [&](std::size_t a, std::size_t b) {
                return found_[a].words.size() > found_[b].words.size();
            });
        }
    }

    bool add_known(std::int32_t at, std::int32_t limit, const Candidate& source) {
        std::size_t length = 0;
        while (length < source.words.size() && at + static_cast<std::int32_t>(length) < limit &&
               folded(at + static_cast<std::int32_t>(length)) == source.words[length]) {
            ++length;
        }
        const bool whole = length == source.words.size();
        const bool surname = source.kind == EntityKind::person && folded(at) == source.words.back();
        if (!whole && !surname) return false;
        Candidate found;
        found.kind = source.kind;
        found.tokens = {at, at + (whole ? static_cast<std::int32_t>(length) : 1)};
        found.words = whole ? source.words : std::vector<std::string>{source.words.back()};
        found.title = title_start(at);
        found.nations = tied_nations(found);
        found_.push_back(std::move(found));
        return true;
    }

    // entities ----------------------------------------------------------------------------------

    void gather_entities() {
        std::unordered_map<std::string, std::vector<std::int32_t>> by_word;
        for (const Candidate& found : found_) {
            std::optional<std::int32_t> home = find_home(found, by_word);
            if (!home) {
                home = static_cast<std::int32_t>(names_.entities.size());
                names_.entities.emplace_back();
                names_.entities.back().kind = found.kind;
            }
            add_mention(found, *home);
            for (const std::string& word : found.words) {
                auto& list = by_word[word];
                std::erase(list, *home);
                list.push_back(*home);
            }
        }
    }

    std::optional<std::int32_t> find_home(
        const Candidate& found,
        const std::unordered_map<std::string, std::vector<std::int32_t>>& by_word) const {
        const auto hit = by_word.find(found.words.back());
        if (hit == by_word.end()) return std::nullopt;
        for (auto it = hit->second.rbegin(); it != hit->second.rend(); ++it) {
            const Entity& entity = names_.entities[static_cast<std::size_t>(*it)];
            if (entity.words == found.words) return *it;
            const bool persons =
                entity.kind == EntityKind::person && found.kind == EntityKind::person;
            if (!persons) continue;
            if (is_short_form(found.words, entity.words) ||
                is_short_form(entity.words, found.words)) {
                return *it;
            }
        }
        return std::nullopt;
    }

    void add_mention(const Candidate& found, std::int32_t home) {
        Entity& entity = names_.entities[static_cast<std::size_t>(home)];
        ++entity.count;
        if (found.gender && !entity.gender) entity.gender = found.gender;
        if (found.words.size() > entity.words.size()) {
            entity.words = found.words;
            entity.name = std::string(text_.at(
                {token(found.tokens.first).span.start, token(found.tokens.end - 1).span.end}));
        }
        for (const std::int32_t nation : found.nations) {
            const auto tie = std::find_if(entity.nations.begin(), entity.nations.end(),
                                          [&](const NationTie& t) { return t.nation == nation; });
            if (tie == entity.nations.end()) {
                entity.nations.push_back({nation, 1});
            } else {
                ++tie->count;
            }
        }
        for (const std::string& role : found.roles) {
            const auto at = std::lower_bound(entity.roles.begin(), entity.roles.end(), role);
            if (at == entity.roles.end() || *at != role) entity.roles.insert(at, role);
        }
        names_.mentions.push_back({found.tokens, found.title, home});
    }

    const SegmentedText& text_;
    DocumentNames names_;
    std::vector<Candidate> found_;
    std::vector<TokenRange> headlines_;
    std::unordered_map<std::string, int> persons_;  // last words of persons
    std::unordered_map<std::string, std::vector<std::size_t>> known_;
    bool known_ready_ = false;
};

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

DocumentNames find_names(const SegmentedText& text) {
    return Finder(text).run();
}

std::string role_term(const SegmentedText& text, std::int32_t first, std::int32_t noun) {
    const auto token = [&](std::int32_t i) -> const Token& {
        return text.tokens[static_cast<std::size_t>(i)];
    };
    std::string term = token(noun).entry->lemma;
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
    for (; i >= first && token(i).is(WordClass::former); --i) {
        term = fold(text.at(token(i).span)) + ' ' + term;
    }
    return term;
}

const NationMention* nation_at(const DocumentNames& names, std::int32_t token) {
    return covering(names.nations, token);
}

const NameMention* name_at(const DocumentNames& names, std::int32_t token) {
    return covering(names.mentions, token);
}

}  // namespace framelens
