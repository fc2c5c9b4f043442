#include "framelens/framing_said.hpp"

#include "framelens/grammar.hpp"
#include "framelens/types_names.hpp"

#include <algorithm>
#include <unordered_map>

namespace framelens {
namespace {

constexpr std::int32_t reach = 12;  // tokens between a subject, its predicate and each adjective

/// Reads one document.
class Reader {
public:
    Reader(const Annotated& document, const DocumentLabels& labels)
        : text_(document.text), grammar_(document.text), labels_(labels) {
        for (std::size_t i = 0; i < labels.mentions.size(); ++i) {
            const TargetMention& mention = labels.mentions[i];
            by_end_.emplace(mention.span.end, i);
            if (mention.form == ReferenceForm::name) by_start_.emplace(mention.span.start, i);
        }
    }

    [[nodiscard]] std::optional<Said> read(const TermHit& hit) {
        const std::int32_t first = text_.token_from(hit.span.start);
        const std::int32_t end = text_.token_from(hit.span.end);
        if (first >= size() || end > size()) return std::nullopt;
        std::optional<Said> said;
        if (modifies(first, end)) said = before_noun(hit);
        if (!said && modifies(first, end)) said = before_name(end);
        if (!said && describes(first, end)) said = predicate(first, end);
        if (!said) return std::nullopt;
        said->hit = hit;
        if (hit.negated) said->distance = Distance::negated;
        return said;
    }

private:
    [[nodiscard]] std::int32_t size() const noexcept {
        return static_cast<std::int32_t>(text_.tokens.size());
    }
    [[nodiscard]] const Token& token(std::int32_t t) const {
        return text_.tokens[static_cast<std::size_t>(t)];
    }
    [[nodiscard]] bool in_sentence(std::int32_t t, std::int32_t of) const {
        return t >= 0 && t < size() && token(t).sentence == token(of).sentence;
    }
    [[nodiscard]] bool is_adjective(std::int32_t t) const {
        return grammar_.part(t) == Part::adjective;
    }
    [[nodiscard]] bool describes(std::int32_t first, std::int32_t end) const {
        for (std::int32_t t = first; t < end; ++t) {
            if (is_adjective(t)) return true;
        }
        return false;
    }
    /// "the embattled Moore" has a participle; "has accused Moore" a verb.
    [[nodiscard]] bool modifies(std::int32_t first, std::int32_t end) const {
        if (describes(first, end)) return true;
        if (grammar_.part(end - 1) != Part::past_participle) return false;
        std::int32_t t = first - 1;
        while (t > first - reach && in_sentence(t, first) &&
               (is_adverb(text_, t) || is_adjective(t))) {
            --t;
        }
        return in_sentence(t, first) &&
               (grammar_.part(t) == Part::determiner || token(t).is(WordClass::article));
    }
    [[nodiscard]] bool joins(std::int32_t t) const {
        return is_adjective(t) || token(t).mark == U',' || token(t).is(WordClass::conjunction) ||
               is_adverb(text_, t);
    }

    /// "the brutal dictator", "his corrupt regime".
    [[nodiscard]] std::optional<Said> before_noun(const TermHit& hit) const {
        const auto& namings = labels_.namings;
        auto at = std::lower_bound(
            namings.begin(), namings.end(), hit.span.end,
            [](const Naming& naming, std::int64_t end) { return naming.noun.start < end; });
        for (std::int32_t n = 0; at != namings.end() && n < reach; ++at, ++n) {
            if (at->phrase.start > hit.span.start) continue;
            Said said{at->target, SaidKind::modifier};
            said.phrase = labels_.phrases.of_naming[static_cast<std::size_t>(at - namings.begin())];
            said.object = at->object;
            said.rule = at->rule;
            return said;
        }
        return std::nullopt;
    }
    /// "Moore's staff", "Moore supporters".
    [[nodiscard]] bool leads_a_noun(const TargetMention& mention) const {
        const std::int32_t next = text_.token_from(mention.span.end);
        return next < size() && (token(next).kind == TokenKind::possessive ||
                                 (grammar_.is_noun(next) && in_sentence(next, next - 1)));
    }
    /// "the brutal, corrupt Moore".
    [[nodiscard]] std::optional<Said> before_name(std::int32_t end) const {
        for (std::int32_t t = end; t < end + reach && in_sentence(t, end - 1); ++t) {
            const auto named = by_start_.find(token(t).span.start);
            if (named != by_start_.end()) {
                const TargetMention& mention = labels_.mentions[named->second];
                // "it is absurd, Moore said" and "angry Moore supporters" say it of others.
                const bool apart = t > end && !is_adjective(t - 1);
                if (apart || leads_a_noun(mention)) return std::nullopt;
                Said said{mention.target, SaidKind::modifier};
                said.phrase = labels_.phrases.of_mention[named->second];
                said.rule = NamingRule::title;
                return said;
            }
            if (!joins(t)) break;
        }
        return std::nullopt;
    }
    /// "Moore is brutal, corrupt and cruel".
    [[nodiscard]] std::optional<Said> predicate(std::int32_t first, std::int32_t end) const {
        for (std::int32_t t = end; t < end + reach && in_sentence(t, first); ++t) {
            if (grammar_.is_noun(t)) return std::nullopt;  // "is a brutal man"
            if (!is_adjective(t)) break;
        }
        std::int32_t t = first - 1;
        const std::int32_t last = first - reach;
        while (t > last && in_sentence(t, first) && joins(t)) --t;
        if (t <= last || !in_sentence(t, first) ||
            !token(t).is(WordClass::be | WordClass::linking)) {
            return std::nullopt;
        }
        return of_subject(t, first);
    }
    [[nodiscard]] std::optional<Said> of_subject(std::int32_t copula, std::int32_t first) const {
        constexpr WordClass between = WordClass::denial | WordClass::modal | WordClass::have |
                                      WordClass::be | WordClass::relative | WordClass::linking;
        bool hypothetical = false;
        for (std::int32_t t = copula; t > copula - reach && in_sentence(t, first); --t) {
            const auto named = by_end_.find(token(t).span.end);
            if (named != by_end_.end()) {
                const TargetMention& mention = labels_.mentions[named->second];
                Said said{mention.target, SaidKind::predication};
                said.phrase = labels_.phrases.of_mention[named->second];
                if (hypothetical) said.distance = Distance::hypothetical;
                return said;
            }
            hypothetical = hypothetical || token(t).is(WordClass::conditional);
            const bool comma = token(t).mark == U',' && token(t + 1).is(WordClass::relative);
            if (!comma && !is_adverb(text_, t) && !token(t).is(between)) break;
        }
        return std::nullopt;
    }

    const SegmentedText& text_;
    Grammar grammar_;
    const DocumentLabels& labels_;
    std::unordered_map<std::int64_t, std::size_t> by_end_;    // mentions
    std::unordered_map<std::int64_t, std::size_t> by_start_;  // names
};

}  // namespace

std::string_view name_of(SaidKind kind) noexcept {
    static constexpr std::string_view names[] = {"modifier", "predication"};
    return name_in(names, kind);
}

std::vector<Said> find_said(const Annotated& document, const DocumentLabels& labels,
                            const std::vector<TermHit>& hits) {
    std::vector<Said> found;
    if (labels.mentions.empty() && labels.namings.empty()) return found;
    Reader reader(document, labels);
    for (const TermHit& hit : hits) {
        if (auto said = reader.read(hit)) found.push_back(std::move(*said));
    }
    return found;
}

}  // namespace framelens
