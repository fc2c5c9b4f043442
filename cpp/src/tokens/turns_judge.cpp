// Which labels before colons name somebody, and whether they make a transcript.
#include "framelens/language.hpp"
#include "framelens/unicode.hpp"
#include "turns.hpp"

#include <algorithm>
#include <set>

namespace framelens::turns_detail {
namespace {

constexpr WordClass title_word = WordClass::role | WordClass::honorific;
constexpr WordClass no_person = WordClass::nation | WordClass::demonym | WordClass::place |
                                WordClass::organisation | WordClass::institution |
                                WordClass::people | WordClass::inscription | WordClass::cue;

constexpr WordClass function_word = WordClass::preposition | WordClass::conjunction |
                                    WordClass::subordinator | WordClass::modal | WordClass::adverb |
                                    WordClass::subject_pronoun | WordClass::object_pronoun;

}  // namespace

LabelJudge::LabelJudge(const SegmentedText& text, std::vector<Label>& labels)
    : text_(text), labels_(labels) {}

std::string LabelJudge::folded(std::int32_t t) const {
    std::string word = fold(text_.at(token(t).span));
    while (word.size() > 1 && word.back() == '.') word.pop_back();
    return word;
}

void LabelJudge::keep_turns() {
    const auto is = [](TurnVoice voice) {
        return [voice](const Label& label) { return label.turn.voice == voice; };
    };
    const bool asked = std::any_of(labels_.begin(), labels_.end(), is(TurnVoice::question));
    const bool answered = std::any_of(labels_.begin(), labels_.end(), is(TurnVoice::answer)) ||
                          std::any_of(labels_.begin(), labels_.end(), is(TurnVoice::named));
    std::erase_if(labels_, [&](const Label& label) {  // the letters go together
        if (label.turn.voice == TurnVoice::question) return !answered;
        return label.turn.voice == TurnVoice::answer && !asked;
    });
    if (labels_.size() < 2) return labels_.clear();
    gather_evidence();
    gather_full_names();
    for (Label& label : labels_) judge(label);
    std::erase_if(labels_, [&](const Label& label) {
        return label.turn.voice == TurnVoice::named && !is_name(label);
    });
    std::erase_if(labels_, [&](const Label& label) {
        return label.turn.voice == TurnVoice::named && !label.sentence && !label.capitals;
    });
    const bool some = std::any_of(labels_.begin(), labels_.end(),
                                  [](const Label& label) { return !label.shouted; });
    std::erase_if(labels_, [&](const Label& label) { return some && label.shouted; });
    if (is_sparse()) {  // in an article, not a transcript: only those who are surely named
        std::erase_if(labels_, [](const Label& label) {
            return label.turn.voice == TurnVoice::named && !label.sure;
        });
    }
    if (!make_transcript()) labels_.clear();
    settle_surnames();
}

/// Few of the paragraphs between the first label and the last have one.
bool LabelJudge::is_sparse() const {
    constexpr std::size_t one_in = 3;
    if (labels_.empty()) return false;
    const std::size_t span = labels_.back().paragraph - labels_.front().paragraph + 1;
    return labels_.size() * one_in < span;
}

/// "KELL", where Anna Kell and Tom Kell talk with each other, is either.
void LabelJudge::settle_surnames() {
    std::unordered_map<std::string, std::set<std::string>> full;  // names by their last word
    const auto speaks = [](const Label& label) {
        return label.turn.voice == TurnVoice::named && !label.generic;
    };
    for (const Label& label : labels_) {
        if (!speaks(label) || label.turn.name_end - label.turn.name < 2) continue;
        std::string whole;
        for (std::int32_t t = label.turn.name; t < label.turn.name_end; ++t)
            whole += folded(t) + ' ';
        full[label.key].insert(std::move(whole));
    }
    for (Label& label : labels_) {
        const bool bare = speaks(label) && !label.titled && !label.turn.meant &&
                          label.turn.name_end - label.turn.name == 1;
        const auto at = bare ? full.find(label.key) : full.end();
        if (at != full.end() && at->second.size() > 1) label.turn.generic = true;
    }
}

/// Full names among the labels, by their initials and by their first words: "OR:" and "Olga:", in an
/// interview with Olga Rem, are hers. None for what several share.
void LabelJudge::gather_full_names() {
    std::unordered_set<std::string> seen;
    for (const Label& label : labels_) {
        const std::int32_t words = label.turn.name_end - label.turn.name;
        if (label.turn.voice != TurnVoice::named || label.generic || words < 2) continue;
        std::string initials;
        std::string whole;
        for (std::int32_t t = label.turn.name; t < label.turn.name_end; ++t) {
            const std::string word = folded(t);
            initials += word.front();
            whole += word + ' ';
        }
        if (!seen.insert(whole).second) continue;
        for (const std::string& key : {initials, folded(label.turn.name)}) {
            const auto [at, fresh] = full_.emplace(key, label.turn.name);
            if (!fresh) at->second.reset();
        }
    }
}

/// Where the full name stands that a label of one word means.
std::optional<std::int32_t> LabelJudge::meant_by(const Label& label) const {
    if (label.turn.voice != TurnVoice::named || label.titled) return std::nullopt;
    if (label.turn.name_end - label.turn.name != 1) return std::nullopt;
    const auto at = full_.find(label.key);
    return at != full_.end() ? at->second : std::nullopt;
}

/// What the text outside the labels tells of its words.
void LabelJudge::gather_evidence() {
    std::size_t next = 0;
    for (std::size_t t = 0; t < text_.tokens.size(); ++t) {
        const auto at = static_cast<std::int32_t>(t);
        while (next < labels_.size() && labels_[next].turn.end <= at) ++next;
        if (text_.tokens[t].kind != TokenKind::word) continue;
        if (text_.tokens[t].capital) {
            note_name(t);
        } else if (next >= labels_.size() || at < labels_[next].turn.first) {
            lower_.insert(folded(at));
        }
    }
}

/// "Olga Rem", "Mr. Rem", "Rem said", "J. Rem".
void LabelJudge::note_name(std::size_t t) {
    const Token& word = text_.tokens[t];
    const auto in_sentence = [&](const Token& other) {
        return other.sentence == word.sentence && other.kind == TokenKind::word;
    };
    const auto says = [&](const Token& other) {
        return in_sentence(other) && !other.capital && other.is(WordClass::cue) &&
               !other.is(WordClass::cue_noun);
    };
    bool named = false;
    if (t > 0 && in_sentence(text_.tokens[t - 1])) {
        const Token& before = text_.tokens[t - 1];
        const bool initial = before.span.size() == 2 && !before.is(WordClass::article) &&
                             text_.at(before.span).back() == '.';
        const bool given = before.is(WordClass::given_name) && !before.is(WordClass::preposition);
        named = before.capital && (given || initial || before.is(title_word));
        named = named || (says(before) && !word.is_known());
    }
    if (t + 1 < text_.tokens.size() && !word.is_known()) {
        named = named || says(text_.tokens[t + 1]);
    }
    if (named) known_.insert(folded(static_cast<std::int32_t>(t)));
}

void LabelJudge::judge(Label& label) const {
    if (label.turn.voice != TurnVoice::named) return;
    const Token& first = token(label.turn.name);
    const bool two = label.turn.name_end - label.turn.name > 1;
    const bool given = first.is(WordClass::given_name) && two;
    const bool known = known_.contains(label.key);
    if (label.generic && known && !two) {  // "KING", after "Larry King"
        label.generic = label.turn.generic = false;
    }
    const bool organisation =
        token(label.turn.name_end - 1).is(WordClass::organisation | WordClass::institution);
    label.turn.meant = meant_by(label);
    label.sure = !label.generic && !organisation &&
                 (label.titled || label.initials || given || known || label.turn.meant);
    for (std::int32_t t = label.turn.name; t < label.turn.name_end; ++t) {
        label.common = label.common || (!label.lower && lower_.contains(folded(t)));
    }
}

bool LabelJudge::is_name(const Label& label) const {
    if (label.generic) return label.capitals || label.talks;
    if (label.lower) return known_.contains(label.key);
    if (label.turn.meant) return true;
    if (token(label.turn.name).is(function_word) &&
        !token(label.turn.name).is(WordClass::given_name) &&
        label.turn.name_end - label.turn.name == 1) {
        return false;
    }
    if (is_topic(label)) return false;
    if (label.sure) return true;
    std::int32_t other = 0;  // words that name no person
    for (std::int32_t t = label.turn.name; t < label.turn.name_end; ++t) {
        const Token& word = token(t);
        other += word.is(no_person) && !word.is(WordClass::given_name) ? 1 : 0;
    }
    const std::int32_t words = label.turn.name_end - label.turn.name;
    if (!label.described && (label.capitals ? other == words : other > 0)) return false;
    if (!label.common) return true;
    return label.capitals && label.talks;
}

/// "Prep time", "New York": words of headings, and places of several words.
bool LabelJudge::is_topic(const Label& label) const {
    constexpr WordClass never = WordClass::place | WordClass::nation | WordClass::not_a_name |
                                WordClass::organisation | WordClass::institution;
    std::string whole;
    for (std::int32_t t = label.turn.name; t < label.turn.name_end; ++t) {
        const std::string word = folded(t);
        if (!label.sure && text_.language->zones.turn_topic.has(word)) return true;
        whole += (whole.empty() ? "" : " ") + word;
    }
    const WordEntry* entry = text_.language->find(whole);
    if (entry == nullptr || !entry->is(never) || entry->is(WordClass::given_name)) return false;
    return !label.sure || label.turn.name_end - label.turn.name > 1;
}

/// Two turns and more; and what is said in them is no list of things or of people described.
bool LabelJudge::make_transcript() const {
    constexpr std::size_t few = 4;
    std::unordered_set<std::string> keys;
    std::size_t named = 0, others = 0, asked = 0, speaks = 0, talks = 0, third = 0, sure = 0,
                capitals = 0, generic = 0;
    for (const Label& label : labels_) {
        if (label.turn.voice != TurnVoice::named) {
            ++others;
            asked += label.talks || label.turn.voice == TurnVoice::question ? 1 : 0;
            continue;
        }
        ++named;
        keys.insert(label.key);
        speaks += label.speaks ? 1 : 0;
        talks += label.talks ? 1 : 0;
        third += label.third ? 1 : 0;
        sure += label.sure || label.described ? 1 : 0;
        capitals += label.capitals ? 1 : 0;
        generic += label.generic ? 1 : 0;
    }
    if (named + others < 2) return false;
    const std::size_t span = labels_.back().paragraph - labels_.front().paragraph + 1;
    if (talks + asked == 0 && labels_.size() * 2 < span) return false;
    if (named == 0) {
        return std::any_of(labels_.begin(), labels_.end(), [](const Label& label) {
            return label.turn.voice == TurnVoice::answer;
        });
    }
    if (others > 0) return sure + speaks + asked > 0;
    if (generic == named && talks == 0) return false;
    if (third * 2 > named && talks * 2 < named) return false;
    const bool all_differ = keys.size() == named;
    if (all_differ && named > 2 && capitals < named && talks * 3 < named) return false;
    if (named > few && talks * 10 < named) return false;
    if (sure > 0) return true;
    if (named > few && talks * 5 < named) return false;
    return keys.size() > 1 || speaks * 2 >= named;
}

}  // namespace framelens::turns_detail
