#include "tense.hpp"

#include <algorithm>

namespace framelens {
namespace {

/// Tokens farther away than this tell nothing of when something happens.
constexpr std::size_t reach = 25;
constexpr std::size_t longest_aside = 6;  // tokens of ", the mayor said,"
constexpr std::size_t longest_deed = 5;   // tokens of "'s supreme court ruling"
constexpr std::size_t shortest_verb = 5;  // bytes of a verb that is told by its ending

class TenseReader {
public:
    /// `present`: verbs of the present tell too, as `other`.
    TenseReader(const FactReader& read, const FactLanguage& language, bool present = false)
        : read_(read), words_(language), present_(present) {}

    /// Reads nothing outside of these bytes.
    void stay_in(Span bounds) { bounds_ = bounds; }
    /// Passes over what somebody said, as in "said the work must be done by May".
    void skip_sayings() { skip_sayings_ = true; }

    std::optional<DateSense> left_of(std::size_t first) const {
        for (std::size_t i = first; i-- > 0 && first - i <= reach;) {
            if (read_.token(i).sentence != read_.token(first).sentence || is_break(i)) break;
            if (skip_sayings_ && read_.token(i).is(WordClass::cue)) continue;
            if (const auto sense = sense_at(i, first)) return sense;
        }
        return std::nullopt;
    }

    std::optional<DateSense> right_of(std::size_t end) const {
        for (std::size_t i = after_aside(end); i < read_.size() && i - end < reach; ++i) {
            if (read_.token(i).sentence != read_.token(end - 1).sentence || is_break(i)) break;
            if (const auto sense = sense_at(i, read_.size())) return sense;
        }
        return std::nullopt;
    }

    /// The date opens its clause: a sentence, a comma or a conjunction begins before it.
    bool opens_clause(std::size_t first) const {
        std::size_t i = first;
        while (i > 0 && read_.token(i - 1).sentence == read_.token(first).sentence &&
               read_.token(i - 1).is(WordClass::preposition | WordClass::article)) {
            --i;
        }
        if (i == 0 || read_.token(i - 1).sentence != read_.token(first).sentence) return true;
        const Token& before = read_.token(i - 1);
        return before.mark == U',' || before.mark == 0x2013 || before.mark == 0x2014 ||
               (before.kind == TokenKind::punctuation && opens_quotation(i)) ||
               before.is(WordClass::conjunction | WordClass::subordinator);
    }

    /// A mark or bracket before the token has no space between, one that closes has.
    bool opens_quotation(std::size_t i) const { return read_.touches_previous(i); }

    /// A verb stands right before the date, at most a preposition between: "said on Friday".
    bool has_verb_beside(std::size_t first) const {
        if (first == 0) return false;
        const bool linked = first > 1 && read_.token(first - 1).is(WordClass::preposition);
        return sense_at(linked ? first - 2 : first - 1, first).has_value();
    }

    /// What the word right behind the date tells: "today announced".
    std::optional<DateSense> behind(std::size_t end) const {
        if (end >= read_.size() || is_break(end) ||
            read_.token(end).sentence != read_.token(end - 1).sentence) {
            return std::nullopt;
        }
        return sense_at(end, read_.size());
    }

    bool is_mark(std::size_t i, char32_t mark) const {
        return i < read_.size() && read_.token(i).mark == mark;
    }

private:
    bool is_break(std::size_t i) const {
        const Token& token = read_.token(i);
        if (bounds_ && !bounds_->contains(token.span)) return true;
        return token.mark == U';' || token.mark == U':';
    }

    /// The token after ", the mayor said," at `i`, or `i`.
    std::size_t after_aside(std::size_t i) const {
        if (!is_mark(i, U',')) return i;
        bool said = false;
        for (std::size_t at = i + 1; at < read_.size() && at - i <= longest_aside; ++at) {
            if (is_mark(at, U',')) return said ? at + 1 : i;
            if (read_.token(at).kind == TokenKind::punctuation) break;
            said = read_.token(at).is(WordClass::cue);
        }
        return i;
    }

    /// What the phrase or verb at `i` tells, as far as it ends before `limit`.
    std::optional<DateSense> sense_at(std::size_t i, std::size_t limit) const {
        const Token& token = read_.token(i);
        if (token.kind == TokenKind::punctuation) return std::nullopt;
        const auto is_there = [&](const FoldedSet& phrases) {
            const std::size_t after = read_.after_phrase(phrases, i);
            return after > i && after <= limit;
        };
        if (present_ && is_there(words_.presents)) return present_at(i);
        if (present_ && (is_participle(i) || is_state(i))) return DateSense::other;
        if (is_promise(i, limit) || is_there(words_.futures)) return DateSense::coming;
        if (is_there(words_.pasts) || has_ending(i, words_.past_endings)) {
            return has_no_tense(i) ? std::nullopt : std::optional(DateSense::past);
        }
        if (has_ending(i, words_.future_endings)) return DateSense::coming;
        return std::nullopt;
    }

    /// "is meeting" and "is set to meet" tell of one day, "is" of every day.
    std::optional<DateSense> present_at(std::size_t i) const {
        if (read_.after_phrase(words_.futures, i + 1) > i + 1 ||
            read_.after_phrase(words_.futures, i) > read_.after_phrase(words_.presents, i)) {
            return DateSense::coming;
        }
        const bool now = ends_in(read_.word(i + 1), words_.gerund_endings);
        return now ? DateSense::coming : DateSense::other;
    }

    /// "admired" of "is admired".
    bool is_state(std::size_t i) const {
        return i > 0 && words_.presents.contains(read_.word(i - 1)) &&
               !read_.token(i - 1).is(WordClass::have) && has_ending(i, words_.past_endings);
    }

    /// "facing" of "the problems facing them".
    bool is_participle(std::size_t i) const {
        return i > 0 && ends_in(read_.word(i), words_.gerund_endings) &&
               read_.is_plural(read_.word(i - 1));
    }

    /// "offered to testify", but not "agreed to the plan".
    bool is_promise(std::size_t i, std::size_t limit) const {
        if (i + 2 >= limit || !words_.promises.contains(read_.word(i)) ||
            !words_.infinitives.contains(read_.word(i + 1))) {
            return false;
        }
        const Token& verb = read_.token(i + 2);
        return verb.kind == TokenKind::word && !verb.capital &&
               !verb.is(WordClass::article | WordClass::determiner | WordClass::object_pronoun |
                        WordClass::possessive_pronoun | WordClass::number);
    }

    bool has_ending(std::size_t i, const FoldedSet& endings) const {
        const Token& token = read_.token(i);
        const std::string_view printed = read_.text().at(token.span);
        if (token.kind != TokenKind::word || token.capital || printed.size() < shortest_verb ||
            words_.past_traps.contains(read_.word(i))) {
            return false;
        }
        return std::any_of(endings.begin(), endings.end(),
                           [&](const std::string& ending) { return printed.ends_with(ending); });
    }

    /// "held" of "will be held", "to be formally opened"; "hit" of "slated to hit"; "planned" of
    /// "the planned vote".
    bool has_no_tense(std::size_t i) const {
        if (i > 0 && read_.token(i - 1).is(WordClass::article)) return true;
        return (i > 0 && (words_.passives.contains(read_.word(i - 1)) ||
                          words_.infinitives.contains(read_.word(i - 1)))) ||
               (i > 1 && words_.passives.contains(read_.word(i - 2)));
    }

    const FactReader& read_;
    const FactLanguage& words_;
    bool present_ = false;
    bool skip_sayings_ = false;
    std::optional<Span> bounds_;
};

/// The words inside the innermost quotation marks around the token, if there are any.
std::optional<Span> quotation_around(const FactReader& read, std::size_t i) {
    const Span span = read.token(i).span;
    const auto& marks = read.text().marks;
    auto after = std::upper_bound(
        marks.begin(), marks.end(), span.start,
        [](std::int64_t start, const MarkedSpan& mark) { return start < mark.inner.start; });
    std::optional<std::int32_t> at;
    if (after != marks.begin()) at = static_cast<std::int32_t>(after - marks.begin()) - 1;
    while (at) {
        const MarkedSpan& mark = marks[static_cast<std::size_t>(*at)];
        if (mark.inner.end >= span.end) {
            return mark.is_set_off() ? std::nullopt : std::optional(mark.inner);
        }
        at = mark.parent;
    }
    return std::nullopt;
}

std::optional<DateSense> tense_by(const TenseReader& tenses, std::size_t first, std::size_t end) {
    if (tenses.opens_clause(first)) {
        if (const auto sense = tenses.right_of(end)) return sense;
        return tenses.left_of(first);
    }
    if (!tenses.has_verb_beside(first)) {
        // "said the Senate today has passed it"
        if (const auto sense = tenses.behind(end)) return sense;
    }
    if (const auto sense = tenses.left_of(first)) return sense;
    // "after the attack Saturday, it may rain": what follows is another clause.
    if (tenses.is_mark(end, U',')) return std::nullopt;
    return tenses.right_of(end);
}

}  // namespace

std::optional<DateSense> tense_around(const FactReader& read, const FactLanguage& language,
                                      std::size_t first, std::size_t end, bool attribute) {
    TenseReader tenses(read, language);
    if (attribute) tenses.skip_sayings();
    if (first > 0 && language.deadlines.contains(read.word(first - 1))) {
        TenseReader before = tenses;
        before.skip_sayings();
        if (!tenses.opens_clause(first)) return before.left_of(first).value_or(DateSense::coming);
    }
    const auto quotation = quotation_around(read, first);
    if (!quotation) return tense_by(tenses, first, end);
    TenseReader within = tenses;
    within.stay_in(*quotation);
    if (const auto sense = tense_by(within, first, end)) return sense;
    // Words that are no sentence of their own belong to the one around them.
    const auto opening = static_cast<std::size_t>(read.text().token_from(quotation->start));
    if (read.token(opening).capital) return std::nullopt;
    tenses.skip_sayings();
    return tense_by(tenses, first, end);
}

bool is_own_day(const FactReader& read, const FactLanguage& language, std::size_t first,
                std::size_t end) {
    if (language.presents.empty()) return true;
    // "earlier today", "as of today".
    if (first > 0 && (language.before_own_day.contains(read.word(first - 1)) ||
                      language.before_no_day.contains(read.word(first - 1)))) {
        return true;
    }
    if (end < read.size() && read.token(end).kind == TokenKind::possessive) {
        const std::size_t last = std::min(end + longest_deed, read.size());
        for (std::size_t i = end + 1; i < last; ++i) {
            if (read.token(i).sentence != read.token(end).sentence) break;
            if (language.own_day_nouns.contains(read.word(i))) return true;
        }
        return false;
    }
    TenseReader tenses(read, language, true);
    if (const auto quotation = quotation_around(read, first)) tenses.stay_in(*quotation);
    const auto sense = tense_by(tenses, first, end);
    return !sense || *sense != DateSense::other;
}

}  // namespace framelens
