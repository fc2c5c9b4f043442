// Patterns as their file writes them.
#include "framelens/error.hpp"
#include "framelens/mentions_patterns.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace framelens {
namespace {

constexpr std::pair<std::string_view, PatternKind> elements[] = {
    {"[NP predicate]", PatternKind::predicate},
    {"[office]", PatternKind::office},
    {"[NP plural]", PatternKind::plural},
    {"[NP others]", PatternKind::others},
    {"[NP:target]", PatternKind::target},
    {"[NP:target object]", PatternKind::object},
    {"[NP:target whom]", PatternKind::whom},
    {"[NP:target listed]", PatternKind::listed},
    {"[NP:targets]", PatternKind::several},
    {"[NP:namer]", PatternKind::namer},
    {"[agent]", PatternKind::agent},
    {"[VG be]", PatternKind::be},
    {"[VG linking]", PatternKind::linking},
    {"[VG naming]", PatternKind::naming},
    {"[VG naming passive]", PatternKind::naming_passive},
    {"[VG naming apposed]", PatternKind::naming_apposed},
    {"[VG viewing]", PatternKind::viewing},
    {"[VG viewing passive]", PatternKind::viewing_passive},
    {"[VG viewing apposed]", PatternKind::viewing_apposed},
    {"[VG giving passive]", PatternKind::giving_passive},
    {"[reflexive]", PatternKind::reflexive},
    {"[including]", PatternKind::including},
    {"adv*", PatternKind::adverbs}};

bool is_noun(const PatternElement& element) {
    return element.group.empty() &&
           (element.kind == PatternKind::predicate || element.kind == PatternKind::office ||
            element.kind == PatternKind::plural || element.kind == PatternKind::others);
}

bool is_list(const PatternElement& element) {
    return element.kind == PatternKind::listed || element.kind == PatternKind::several;
}

bool is_target(const PatternElement& element) {
    return element.group.empty() && !element.optional &&
           (element.kind == PatternKind::target || element.kind == PatternKind::object ||
            element.kind == PatternKind::whom || is_list(element));
}

/// Reads elements one by one, in reading order.
class PatternReader {
public:
    explicit PatternReader(std::string_view text) : text_(text) {}

    std::vector<PatternElement> read_until(char end) {
        std::vector<PatternElement> out;
        for (skip_blanks(); at_ < text_.size() && text_[at_] != end; skip_blanks()) {
            out.push_back(text_[at_] == '(' ? read_group() : read_single());
            if (at_ < text_.size() && text_[at_] == '?') {
                out.back().optional = true;
                ++at_;
            }
        }
        if (end != '\0' && at_ == text_.size())
            throw ValueError("has a bracket that is not closed");
        return out;
    }

private:
    void skip_blanks() {
        while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    }

    PatternElement read_group() {
        const std::size_t first = at_++;
        PatternElement element;
        element.group = read_until(')');
        ++at_;
        if (element.group.empty()) throw ValueError("has an empty group");
        element.shown = text_.substr(first, at_ - first);
        std::reverse(element.group.begin(), element.group.end());
        return element;
    }

    PatternElement read_single() {
        const std::size_t first = at_;
        if (text_[at_] == '[') {
            const std::size_t close = text_.find(']', at_);
            if (close == std::string_view::npos) {
                throw ValueError("has a bracket that is not closed");
            }
            at_ = close + 1;
        } else {
            at_ = std::min(text_.find_first_of(" ?()[", at_ + 1), text_.size());
        }
        PatternElement element;
        element.shown = text_.substr(first, at_ - first);
        const auto* found =
            std::find_if(std::begin(elements), std::end(elements),
                         [&](const auto& known) { return known.first == element.shown; });
        if (found != std::end(elements)) {
            element.kind = found->second;
        } else if (element.shown.find_first_of("[]*:)") != std::string::npos) {
            throw ValueError("has no element \"" + element.shown + "\"");
        }
        return element;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

LabelPattern parse_pattern(std::string_view text) {
    const auto all = PatternReader(text).read_until('\0');
    const auto noun = std::find_if(all.begin(), all.end(), is_noun);
    if (std::count_if(all.begin(), all.end(), is_noun) != 1) {
        throw ValueError("has one noun, [NP predicate], [office], [NP plural] or [NP others]");
    }
    LabelPattern pattern;
    pattern.noun = noun->kind;
    pattern.before.assign(std::make_reverse_iterator(noun), all.rend());
    pattern.behind.assign(std::next(noun), all.end());
    if (std::count_if(all.begin(), all.end(), is_target) != 1) {
        throw ValueError("has one target, which is not optional");
    }
    const auto may_be_behind = [](const PatternElement& element) {
        return element.group.empty() &&
               (element.kind == PatternKind::agent || element.kind == PatternKind::word ||
                element.kind == PatternKind::including || is_list(element));
    };
    if (!std::all_of(pattern.behind.begin(), pattern.behind.end(), may_be_behind)) {
        throw ValueError(
            "has nothing but [agent], [including], words and a list of names behind its noun");
    }
    return pattern;
}

}  // namespace framelens
