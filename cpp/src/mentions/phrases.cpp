#include "framelens/mentions_phrases.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

namespace framelens {
namespace {

constexpr std::ptrdiff_t reach = 32;  // mentions on each side, in the sentence

using Place = std::optional<std::size_t>;

/// Finds the mentions that a label stands with.
class Beside {
public:
    Beside(const SegmentedText& text, const std::vector<TargetMention>& mentions)
        : text_(text), mentions_(mentions) {}

    /// The mention that holds the noun.
    [[nodiscard]] Place around(const Naming& naming) const {
        for (auto i = first_behind(naming.noun); i-- > first_near(naming.noun);) {
            if (is_same(i, naming) && mentions_[i].span.overlaps(naming.noun)) return i;
        }
        return std::nullopt;
    }
    /// The mention that the noun is a title, apposition, predicate or possession of.
    [[nodiscard]] Place partner(const Naming& naming) const {
        switch (naming.rule) {
            case NamingRule::description:
                return std::nullopt;
            case NamingRule::title:
            case NamingRule::compound:
                return first_of(behind(naming, true), before(naming, true));
            case NamingRule::apposition:
                return closer(naming, before(naming, true), behind(naming, true));
            case NamingRule::copula:
            case NamingRule::possessive:
                break;
        }
        return first_of(before(naming, false), behind(naming, false));
    }

private:
    [[nodiscard]] bool is_same(std::size_t i, const Naming& naming) const {
        return mentions_[i].target == naming.target;
    }
    [[nodiscard]] std::int32_t sentence(std::int64_t pos) const {
        return text_.tokens[static_cast<std::size_t>(text_.token_from(pos))].sentence;
    }
    [[nodiscard]] bool fits(std::size_t i, const Naming& naming, bool name) const {
        const TargetMention& mention = mentions_[i];
        return is_same(i, naming) && (!name || mention.form == ReferenceForm::name) &&
               sentence(mention.span.start) == sentence(naming.noun.start);
    }
    /// The first mention that begins behind the noun.
    [[nodiscard]] std::size_t first_behind(Span noun) const {
        const auto at = std::lower_bound(mentions_.begin(), mentions_.end(), noun.end,
                                         [](const TargetMention& mention, std::int64_t end) {
                                             return mention.span.start < end;
                                         });
        return static_cast<std::size_t>(at - mentions_.begin());
    }
    [[nodiscard]] std::size_t first_near(Span noun) const {
        const auto behind = static_cast<std::ptrdiff_t>(first_behind(noun));
        return static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, behind - reach));
    }
    [[nodiscard]] Place before(const Naming& naming, bool name) const {
        for (auto i = first_behind(naming.noun); i-- > first_near(naming.noun);) {
            if (mentions_[i].span.end <= naming.noun.start && fits(i, naming, name)) return i;
        }
        return std::nullopt;
    }
    /// Behind the noun or around it: a name's mention begins with its titles.
    [[nodiscard]] Place behind(const Naming& naming, bool name) const {
        const std::size_t middle = first_behind(naming.noun);
        const std::size_t last = std::min(mentions_.size(), middle + reach);
        for (std::size_t i = first_near(naming.noun); i < last; ++i) {
            if (mentions_[i].span.end > naming.noun.start && fits(i, naming, name)) return i;
        }
        return std::nullopt;
    }
    static Place first_of(Place one, Place other) { return one ? one : other; }
    [[nodiscard]] Place closer(const Naming& naming, Place left, Place right) const {
        if (!left || !right) return left ? left : right;
        const auto to_left = naming.noun.start - mentions_[*left].span.end;
        const auto to_right = mentions_[*right].span.start - naming.noun.end;
        return to_right < to_left ? right : left;
    }

    const SegmentedText& text_;
    const std::vector<TargetMention>& mentions_;
};

}  // namespace

PhraseNumbers number_phrases(const SegmentedText& text, const std::vector<Naming>& namings,
                             const std::vector<TargetMention>& mentions) {
    PhraseNumbers numbers;
    numbers.of_mention.resize(mentions.size());
    std::iota(numbers.of_mention.begin(), numbers.of_mention.end(), 0);
    auto next = static_cast<std::int32_t>(mentions.size());
    const Beside beside(text, mentions);
    for (const Naming& naming : namings) {
        const Place around = beside.around(naming);
        const Place partner = beside.partner(naming);
        if (around && partner) numbers.of_mention[*around] = numbers.of_mention[*partner];
        const Place of = partner ? partner : around;
        numbers.of_naming.push_back(of ? numbers.of_mention[*of] : next++);
    }
    return numbers;
}

}  // namespace framelens
