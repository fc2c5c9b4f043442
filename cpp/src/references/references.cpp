#include "framelens/references.hpp"

#include "framelens/grammar.hpp"
#include "framelens/types_names.hpp"
#include "framelens/unicode.hpp"
#include "word_kinds.hpp"

#include <algorithm>

namespace framelens {
namespace {

constexpr WordClass any_pronoun =
    WordClass::subject_pronoun | WordClass::object_pronoun | WordClass::possessive_pronoun;

constexpr std::int32_t longest_modifier = 12;  // tokens

}  // namespace

std::string_view name_of(ReferenceForm form) noexcept {
    static constexpr std::string_view names[] = {"named", "pronoun", "described"};
    return name_in(names, form);
}

std::string_view name_of(Because why) noexcept {
    static constexpr std::string_view names[] = {"printed name",  "speaker",   "name beside it",
                                                 "only one fits", "fits best", "several fit",
                                                 "nobody fits"};
    return name_in(names, why);
}

References::References(const SegmentedText& text, const DocumentNames& names,
                       const CorpusNames& corpus, const std::vector<std::int32_t>& of)
    : text_(text), names_(names), corpus_(corpus) {
    find_marks();
    find_nouns();
    find_voices();
    find_all(names, of);
    items_.shrink_to_fit();  // they stay with the corpus
    settle_appositions();
    find_inside();
    for (std::size_t i = 0; i < items_.size(); ++i) {
        if (!items_[i].mark) resolve(i, std::nullopt);
    }
}

void References::find_marks() {
    if (text_.marks.empty()) return;
    std::size_t next = 0;
    std::vector<std::int32_t> open;
    std::optional<std::int32_t> last;
    for (std::size_t t = 0; t < text_.tokens.size(); ++t) {
        const Span span = text_.tokens[t].span;
        while (next < text_.marks.size() && text_.marks[next].outer.start <= span.start) {
            open.push_back(static_cast<std::int32_t>(next++));
        }
        while (!open.empty() &&
               text_.marks[static_cast<std::size_t>(open.back())].outer.end <= span.start) {
            open.pop_back();
        }
        const auto mark = open.empty() ? std::nullopt : std::optional(open.back());
        if (mark == last) continue;
        mark_changes_.push_back({static_cast<std::int32_t>(t), mark});
        last = mark;
    }
    mark_changes_.shrink_to_fit();
}

void References::find_voices() {
    voices_.resize(text_.segments.sentences.size());
    MarkCursor marks(*this, 0);
    const auto size = static_cast<std::int32_t>(text_.tokens.size());
    const auto is = [&](std::int32_t t, char32_t mark) {
        return t >= 0 && t < size && text_.tokens[static_cast<std::size_t>(t)].mark == mark;
    };
    std::int32_t sentence = -1;
    std::int32_t first = 0;  // its first word
    for (std::int32_t t = 0; t < size; ++t) {
        const Token& word = text_.tokens[static_cast<std::size_t>(t)];
        const auto mark = marks.at(t);
        if (word.kind == TokenKind::punctuation) continue;
        SentenceVoice& voice = voices_[static_cast<std::size_t>(word.sentence)];
        if (word.sentence != sentence) {
            sentence = word.sentence;
            first = t;
            voice.first = mark;
            const Zone* zone = zone_at(text_.zones, word.span.start);
            voice.aside = zone != nullptr && zone->kind != ZoneKind::subhead;
        }
        voice.last = mark;
        // "(Laughter and applause)"
        if (is(first - 1, U'(') && is(t + 1, U')')) voice.aside = true;
    }
}

void References::find_nouns() {
    const auto size = static_cast<std::int32_t>(text_.tokens.size());
    for (std::int32_t t = 0; t < size; ++t) {
        if (text_.tokens[static_cast<std::size_t>(t)].is(WordClass::role |
                                                         WordClass::institution)) {
            nouns_.push_back(t);
        }
    }
    nouns_.shrink_to_fit();
}

References::MarkCursor::MarkCursor(const References& references, std::int32_t first)
    : changes_(references.mark_changes_) {
    const auto after =
        std::upper_bound(changes_.begin(), changes_.end(), first,
                         [](std::int32_t t, const MarkChange& change) { return t < change.token; });
    next_ = static_cast<std::size_t>(after - changes_.begin());
    if (next_ > 0) mark_ = changes_[next_ - 1].mark;
}

std::optional<std::int32_t> References::mark_of(std::int32_t token) const {
    return MarkCursor(*this, token).at(token);
}

void References::find_all(const DocumentNames& names, const std::vector<std::int32_t>& of) {
    std::size_t next = 0;
    const auto size = static_cast<std::int32_t>(text_.tokens.size());
    for (std::int32_t t = 0; t < size; ++t) {
        while (next < names.mentions.size() && names.mentions[next].tokens.end <= t) ++next;
        if (next < names.mentions.size() && names.mentions[next].title <= t &&
            !is_nation(names, names.mentions[next].tokens)) {
            const NameMention& mention = names.mentions[next++];
            add_name(mention, of[static_cast<std::size_t>(mention.entity)]);
            t = mention.tokens.end - 1;
        } else if (text_.tokens[static_cast<std::size_t>(t)].is(any_pronoun | WordClass::role) &&
                   !add_pronoun(t)) {
            add_description(t);
        }
    }
}

/// A name that nothing tells to be no person's.
bool References::may_be_person(TokenRange name, std::int32_t entity) const {
    const CorpusEntity& of = corpus_.entities[static_cast<std::size_t>(entity)];
    if (of.kind != EntityKind::other) return of.kind == EntityKind::person;
    constexpr WordClass no_person =
        WordClass::place | WordClass::nation | WordClass::demonym | WordClass::month |
        WordClass::weekday | WordClass::organisation | WordClass::institution | WordClass::polity;
    for (std::int32_t t = name.first; t < name.end; ++t) {
        const Token& word = text_.tokens[static_cast<std::size_t>(t)];
        if (word.is(no_person) || word.kind == TokenKind::number) return false;
    }
    const auto next = static_cast<std::size_t>(name.end);
    if (next < text_.tokens.size() && text_.tokens[next].kind == TokenKind::possessive) {
        const NameMention* owned = name_at(names_, name.end + 1);
        if (owned != nullptr && owned->kind == EntityKind::person) return false;  // "Labour's Roe"
    }
    return !corpus_.places.contains(of.words.front());
}

void References::add_name(const NameMention& mention, std::int32_t entity) {
    Reference found;
    found.tokens = {mention.title, mention.tokens.end};
    found.head = mention.tokens.end - 1;
    found.entity = entity;
    found.why = Because::printed;
    found.person = may_be_person(mention.tokens, entity);
    found.full = mention.tokens.size() > 1;
    const auto next = static_cast<std::size_t>(mention.tokens.end);
    if (next < text_.tokens.size()) {
        const Token& after = text_.tokens[next];
        found.compound = !after.capital && after.is(WordClass::institution | WordClass::people) &&
                         !after.is(WordClass::cue);
    }
    place(found);
    items_.push_back(std::move(found));
}

bool References::add_pronoun(std::int32_t token) {
    const Token& word = text_.tokens[static_cast<std::size_t>(token)];
    if (word.kind != TokenKind::word || !word.is(any_pronoun)) return false;
    if (word.is(WordClass::neuter) || nation_at(names_, token) != nullptr) return false;
    Reference found;
    found.tokens = {token, token + 1};
    found.head = token;
    found.form = ReferenceForm::pronoun;
    place(found);
    found.possessor = word.is(WordClass::possessive_pronoun);
    items_.push_back(std::move(found));
    return true;
}

void References::place(Reference& reference) const {
    const auto next = static_cast<std::size_t>(reference.tokens.end);
    reference.possessor =
        next < text_.tokens.size() && text_.tokens[next].kind == TokenKind::possessive;
    reference.mark = mark_of(reference.head);
    for (std::int32_t t = reference.tokens.first; t < reference.tokens.end; ++t) {
        if (!text_.tokens[static_cast<std::size_t>(t)].is(WordClass::role)) continue;
        reference.called.push_back(role_term(text_, reference.tokens.first, t));
    }
    reference.subject =
        !reference.possessor && !reference.compound && opens_clause(reference.tokens.first);
    const auto head = static_cast<std::size_t>(reference.head);
    const Zone* zone = zone_at(text_.zones, text_.tokens[head].span.start);
    reference.aside = zone != nullptr && zone->kind != ZoneKind::subhead;
    reference.standing = standing_of(reference);
}

/// True if what stands before the noun phrase, modifiers skipped, begins a clause.
bool References::opens_clause(std::int32_t first) const {
    const std::int32_t sentence = text_.tokens[static_cast<std::size_t>(first)].sentence;
    std::int32_t i = first - 1;
    for (; i >= 0 && first - i <= longest_modifier; --i) {
        const Token& word = text_.tokens[static_cast<std::size_t>(i)];
        if (word.sentence != sentence) return true;
        const bool modifier = nation_at(names_, i) != nullptr || word.is(title_word | opener) ||
                              word.kind == TokenKind::possessive ||
                              (word.capital && !word.is_known());
        if (!modifier || name_at(names_, i) != nullptr) break;
    }
    if (i < 0) return true;
    const Token& before = text_.tokens[static_cast<std::size_t>(i)];
    return before.kind == TokenKind::punctuation ||
           before.is(WordClass::conjunction | WordClass::subordinator | WordClass::relative |
                     WordClass::adverb);
}

std::optional<std::size_t> References::index_at(std::int32_t token) const {
    auto after = std::upper_bound(
        items_.begin(), items_.end(), token,
        [](std::int32_t t, const Reference& reference) { return t < reference.tokens.first; });
    if (after == items_.begin()) return std::nullopt;
    --after;
    if (token >= after->tokens.end) return std::nullopt;
    return static_cast<std::size_t>(after - items_.begin());
}

bool References::is_inside_elsewhere(std::int32_t entity) const {
    return std::binary_search(inside_.begin(), inside_.end(), entity);
}

/// Entities whose name stands somewhere behind the first word of a sentence.
void References::find_inside() {
    for (const Reference& item : items_) {
        const auto first = static_cast<std::size_t>(item.tokens.first);
        if (item.form != ReferenceForm::name || first == 0) continue;
        const Token& before = text_.tokens[first - 1];
        if (before.sentence == text_.tokens[first].sentence &&
            before.kind != TokenKind::punctuation) {
            inside_.push_back(*item.entity);
        }
    }
    std::sort(inside_.begin(), inside_.end());
    inside_.erase(std::unique(inside_.begin(), inside_.end()), inside_.end());
    inside_.shrink_to_fit();
}

std::span<const Reference> References::before(std::int32_t token) const {
    const auto end =
        std::lower_bound(items_.begin(), items_.end(), token,
                         [](const Reference& r, std::int32_t t) { return r.tokens.first < t; });
    const auto count = static_cast<std::size_t>(end - items_.begin());
    const std::size_t near = std::min(horizon, count);
    return std::span{items_}.subspan(count - near, near);
}

const Reference* References::at(std::int32_t token) const {
    const auto index = index_at(token);
    return index ? &items_[*index] : nullptr;
}

void References::resolve_inside(std::int32_t mark, std::optional<std::int32_t> speaker) {
    if (speaker) speakers_.emplace(mark, *speaker);
    const Span inner = text_.marks[static_cast<std::size_t>(mark)].inner;
    const std::int32_t first = text_.token_from(inner.start);
    auto it = std::lower_bound(items_.begin(), items_.end(), first,
                               [](const Reference& r, std::int32_t t) { return r.head < t; });
    for (; it != items_.end(); ++it) {
        if (text_.tokens[static_cast<std::size_t>(it->head)].span.start >= inner.end) break;
        if (it->mark == mark) resolve(static_cast<std::size_t>(it - items_.begin()), speaker);
    }
}

void References::resolve(std::size_t index, std::optional<std::int32_t> speaker) {
    Reference& reference = items_[index];
    if (reference.form == ReferenceForm::pronoun) {
        resolve_pronoun(index, speaker);
    } else if (reference.form == ReferenceForm::description) {
        if (reference.foreign || reference.settled) return;
        std::vector<std::int32_t> except;
        if (speaker) except.push_back(*speaker);
        if (const auto subject = subject_before(index)) except.push_back(*subject);
        resolve_description(reference, except);
    }
}

bool References::in_turn(std::int32_t mark) const {
    const MarkedSpan* at = &text_.marks[static_cast<std::size_t>(mark)];
    while (!at->turn && at->parent) at = &text_.marks[static_cast<std::size_t>(*at->parent)];
    return at->turn.has_value();
}

bool References::one_voice(std::optional<std::int32_t> mark,
                           std::optional<std::int32_t> other) const {
    if (mark == other) return true;
    if (!mark || !other) return false;
    const auto speaker = speakers_.find(*mark);
    const auto second = speakers_.find(*other);
    return speaker != speakers_.end() && second != speakers_.end() &&
           speaker->second == second->second;
}

bool References::sees(std::optional<std::int32_t> from, std::optional<std::int32_t> to) const {
    if (!to || to == from) return true;
    if (!from) return false;
    if (text_.marks[static_cast<std::size_t>(*to)].turn && in_turn(*from)) return true;
    if (one_voice(from, to)) return true;
    const Span outer = text_.marks[static_cast<std::size_t>(*to)].inner;
    return outer.contains(text_.marks[static_cast<std::size_t>(*from)].inner);
}

}  // namespace framelens
