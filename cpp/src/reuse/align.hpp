// Words of a wording, and how two wordings align.
#pragma once

#include "framelens/parallel_watch.hpp"
#include "framelens/reuse.hpp"
#include "framelens/tokens.hpp"
#include "framelens/types.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace framelens {

/// A word of a quotation: `form` is equal for equal folded words, `stem` for their inflections.
struct QuoteWord {
    Span span;
    std::int32_t form = 0;
    std::int32_t stem = 0;
    float weight = 1;
    std::int32_t token = 0;  // index into the document's tokens
};
using Words = std::vector<QuoteWord>;

/// Numbers for words; equal words have equal numbers.
class WordNumbers {
public:
    [[nodiscard]] QuoteWord add(const SegmentedText& text, std::int32_t token);
    [[nodiscard]] const std::string& word(std::int32_t number) const {
        return words_[static_cast<std::size_t>(number)];
    }

private:
    [[nodiscard]] std::int32_t number_of(std::string_view word);

    std::unordered_map<std::string, std::int32_t> numbers_;
    std::vector<std::string> words_;
};

/// Pairs of positions (in a, in b) whose words match, both rising.
using Alignment = std::vector<std::pair<std::int32_t, std::int32_t>>;

/// The alignment of most weight; adjacent matches count a little more, inflections a little less.
/// Errors: as `Watch::look`. Cost: the product of the lengths.
[[nodiscard]] Alignment align(const Words& a, const Words& b, Watch& watch);

/// How much of two wordings an alignment matches.
struct Overlap {
    double dice = 0;       // of both
    double contained = 0;  // of the lighter one
    int content = 0;       // matched words that are no function words
    int longest = 0;       // most words in a row
};
[[nodiscard]] Overlap overlap_of(const Words& a, const Words& b, const Alignment& alignment);

/// A wording and the text that it stands in.
struct PrintedWords {
    const SegmentedText& text;
    const Words& words;
};

/// The edits that make `variant` of `base`, in text order of the variant; `alignment` is of both.
[[nodiscard]] std::vector<Edit> edits_between(const PrintedWords& base, const PrintedWords& variant,
                                              const Alignment& alignment);

}  // namespace framelens
