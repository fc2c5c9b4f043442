#include "align.hpp"

#include "framelens/grammar.hpp"
#include "framelens/types_positions.hpp"
#include "framelens/unicode.hpp"

#include <algorithm>

namespace framelens {
namespace {

constexpr float function_weight = 0.25F;
constexpr float slight_weight = 0.5F;  // negations and adverbs
constexpr float inflected_share = 0.8F;
constexpr float adjacent_bonus = 0.1F;

constexpr WordClass function_words =
    WordClass::subject_pronoun | WordClass::object_pronoun | WordClass::possessive_pronoun |
    WordClass::be | WordClass::have | WordClass::modal | WordClass::article |
    WordClass::determiner | WordClass::preposition | WordClass::conjunction |
    WordClass::subordinator | WordClass::relative;

/// The word as it is written out: "us" of "u.s.", "are" of "'re".
std::string normal_form(std::string word, const Inflection& inflection) {
    const auto meant = inflection.contractions.find(word);
    if (meant != inflection.contractions.end()) return meant->second;
    std::erase(word, '.');
    return word;
}

float weight_of(const Token& token) {
    if (token.kind == TokenKind::possessive || token.kind == TokenKind::contraction) {
        return function_weight;
    }
    if (token.is(WordClass::negation | WordClass::adverb)) return slight_weight;
    return token.is(function_words) ? function_weight : 1.0F;
}

float match_weight(const QuoteWord& a, const QuoteWord& b) {
    if (a.stem != b.stem) return 0;
    const float weight = std::min(a.weight, b.weight);
    return a.form == b.form ? weight : weight * inflected_share;
}

bool is_ellipsis(const SegmentedText& text, std::size_t token) {
    const char32_t mark = text.tokens[token].mark;
    return mark == 0x2026 ||
           (mark == U'.' && token + 1 < text.tokens.size() && text.tokens[token + 1].mark == U'.');
}

/// The punctuation between two words, folded.
std::string signs_between(const SegmentedText& text, std::int32_t first, std::int32_t last) {
    std::string signs;
    for (auto i = static_cast<std::size_t>(first) + 1; i < static_cast<std::size_t>(last); ++i) {
        if (text.tokens[i].kind == TokenKind::punctuation) {
            signs += fold(text.at(text.tokens[i].span));
        }
    }
    return signs;
}

/// What stands between two matched words of base and variant: words i to j of each.
struct Gap {
    std::int32_t base_first = 0;
    std::int32_t base_last = 0;
    std::int32_t first = 0;
    std::int32_t last = 0;

    [[nodiscard]] bool cuts() const { return base_last > base_first; }
    [[nodiscard]] bool adds() const { return last > first; }
};

class EditFinder {
public:
    EditFinder(const PrintedWords& base, const PrintedWords& variant)
        : base_text_(base.text), base_(base.words), text_(variant.text), variant_(variant.words) {}

    std::vector<Edit> find(const Alignment& alignment) {
        Gap gap;
        for (const auto& [i, j] : alignment) {
            gap.base_last = i;
            gap.last = j;
            close(gap, true);
            if (base_[at(i)].form != variant_[at(j)].form) {
                add(EditKind::substitution, {i, i + 1, j, j + 1});
            }
            gap = {i + 1, i + 1, j + 1, j + 1};
        }
        gap.base_last = static_cast<std::int32_t>(base_.size());
        gap.last = static_cast<std::int32_t>(variant_.size());
        close(gap, false);
        join_moves();
        std::vector<Edit> edits;
        for (const auto& [kind, place] : found_) {
            edits.push_back({kind, span_of(variant_, place.first, place.last),
                             span_of(base_, place.base_first, place.base_last)});
        }
        std::stable_sort(edits.begin(), edits.end(),
                         [](const Edit& a, const Edit& b) { return a.span.start < b.span.start; });
        return edits;
    }

private:
    void add(EditKind kind, Gap gap) { found_.emplace_back(kind, gap); }

    void close(const Gap& gap, bool before_match) {
        if (gap.cuts() && gap.adds()) {
            add(EditKind::substitution, gap);
        } else if (gap.cuts()) {
            add(marks_cut(gap) ? EditKind::ellipsis : EditKind::cut, gap);
        } else if (gap.adds()) {
            add(in_brackets(gap) ? EditKind::bracket : EditKind::insertion, gap);
        } else if (before_match && gap.first > 0 && gap.base_first > 0) {
            const auto signs = [&](const SegmentedText& text, const Words& words, std::int32_t i) {
                return signs_between(text, words[at(i - 1)].token, words[at(i)].token);
            };
            if (signs(text_, variant_, gap.first) != signs(base_text_, base_, gap.base_first)) {
                add(EditKind::punctuation, gap);
            }
        }
    }

    bool marks_cut(const Gap& gap) const {
        if (variant_.empty()) return false;
        const std::int32_t first =
            gap.first > 0 ? variant_[at(gap.first - 1)].token : variant_.front().token - 1;
        const std::int32_t last = gap.first < static_cast<std::int32_t>(variant_.size())
                                      ? variant_[at(gap.first)].token
                                      : variant_.back().token + 2;
        const auto end = std::min(at(last), text_.tokens.size());
        for (std::size_t i = at(std::max(first + 1, 0)); i < end; ++i) {
            if (is_ellipsis(text_, i)) return true;
        }
        return false;
    }

    bool in_brackets(const Gap& gap) const {
        const std::int32_t before = variant_[at(gap.first)].token - 1;
        const std::int32_t after = variant_[at(gap.last - 1)].token + 1;
        if (before < 0 || at(after) >= text_.tokens.size()) return false;
        const char32_t open = text_.tokens[at(before)].mark;
        const char32_t close = text_.tokens[at(after)].mark;
        return (open == U'[' && close == U']') || (open == U'(' && close == U')');
    }

    /// The words, or the place between words where there are none.
    static Span span_of(const Words& words, std::int32_t first, std::int32_t last) {
        if (first < last) return {words[at(first)].span.start, words[at(last - 1)].span.end};
        const std::int64_t place = first > 0        ? words[at(first - 1)].span.end
                                   : !words.empty() ? words.front().span.start
                                                    : 0;
        return {place, place};
    }

    bool same_words(const Gap& cut, const Gap& added) const {
        if (cut.base_last - cut.base_first != added.last - added.first) return false;
        for (std::int32_t i = 0; i < added.last - added.first; ++i) {
            if (base_[at(cut.base_first + i)].stem != variant_[at(added.first + i)].stem) {
                return false;
            }
        }
        return true;
    }

    /// Words cut here and added there are one reordering.
    void join_moves() {
        for (std::size_t i = 0; i < found_.size(); ++i) {
            if (!found_[i].second.adds() || found_[i].second.cuts()) continue;
            for (std::size_t j = 0; j < found_.size(); ++j) {
                const Gap cut = found_[j].second;
                if (cut.adds() || !cut.cuts() || !same_words(cut, found_[i].second)) continue;
                found_[i].first = EditKind::reordering;
                found_[i].second.base_first = cut.base_first;
                found_[i].second.base_last = cut.base_last;
                found_.erase(found_.begin() + static_cast<std::ptrdiff_t>(j));
                if (j < i) --i;
                break;
            }
        }
    }

    const SegmentedText& base_text_;
    const Words& base_;
    const SegmentedText& text_;
    const Words& variant_;
    std::vector<std::pair<EditKind, Gap>> found_;
};

}  // namespace

std::int32_t WordNumbers::number_of(std::string_view word) {
    const auto [found, added] =
        numbers_.try_emplace(std::string(word), static_cast<std::int32_t>(words_.size()));
    if (added) words_.emplace_back(word);
    return found->second;
}

QuoteWord WordNumbers::add(const SegmentedText& text, std::int32_t token) {
    const Token& printed = text.tokens[static_cast<std::size_t>(token)];
    constexpr std::size_t shortest = 4;  // bytes of a stem
    const Inflection& inflection = inflection_of(text);
    const std::string form = normal_form(fold(text.at(printed.span)), inflection);
    // The forms of an auxiliary have no common beginning.
    const std::string_view stem =
        printed.is(WordClass::be) ? "be"
        : printed.is(WordClass::have)
            ? "have"
            // "talks" and "talking" match; rough, for pairs that align anyway
            : inflection.any.cut(form, shortest);
    return {printed.span, number_of(form), number_of(stem), weight_of(printed), token};
}

Alignment align(const Words& a, const Words& b, Watch& watch) {
    constexpr std::size_t rows_between_looks = 64;
    const std::size_t columns = b.size() + 1;
    std::vector<float> best((a.size() + 1) * columns, 0.0F);
    std::vector<std::uint8_t> matched(best.size(), 0);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        if (i % rows_between_looks == 0) watch.look();
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t cell = i * columns + j;
            best[cell] = std::max(best[cell - columns], best[cell - 1]);
            const float weight = match_weight(a[i - 1], b[j - 1]);
            if (weight <= 0) continue;
            const std::size_t before = cell - columns - 1;
            const float with = best[before] + weight + (matched[before] ? adjacent_bonus : 0.0F);
            // Of equals the later one, which the next word may stand beside.
            if (with >= best[cell]) {
                best[cell] = with;
                matched[cell] = 1;
            }
        }
    }
    Alignment pairs;
    for (std::size_t i = a.size(), j = b.size(); i > 0 && j > 0;) {
        const std::size_t cell = i * columns + j;
        if (matched[cell] != 0) {
            pairs.emplace_back(static_cast<std::int32_t>(--i), static_cast<std::int32_t>(--j));
        } else if (best[cell] == best[cell - columns]) {
            --i;
        } else {
            --j;
        }
    }
    std::reverse(pairs.begin(), pairs.end());
    return pairs;
}

Overlap overlap_of(const Words& a, const Words& b, const Alignment& alignment) {
    const auto weight = [](const Words& words) {
        double sum = 0;
        for (const QuoteWord& word : words) sum += static_cast<double>(word.weight);
        return sum;
    };
    Overlap overlap;
    double matched = 0;
    int run = 0;
    std::pair<std::int32_t, std::int32_t> before{-2, -2};
    for (const auto& [i, j] : alignment) {
        const QuoteWord& one = a[static_cast<std::size_t>(i)];
        const QuoteWord& other = b[static_cast<std::size_t>(j)];
        matched += static_cast<double>(match_weight(one, other));
        if (one.weight >= 1.0F) ++overlap.content;
        run = i == before.first + 1 && j == before.second + 1 ? run + 1 : 1;
        overlap.longest = std::max(overlap.longest, run);
        before = {i, j};
    }
    const double sum_a = weight(a);
    const double sum_b = weight(b);
    if (sum_a <= 0 || sum_b <= 0) return overlap;
    overlap.dice = 2 * matched / (sum_a + sum_b);
    overlap.contained = matched / std::min(sum_a, sum_b);
    return overlap;
}

std::vector<Edit> edits_between(const PrintedWords& base, const PrintedWords& variant,
                                const Alignment& alignment) {
    return EditFinder(base, variant).find(alignment);
}

}  // namespace framelens
