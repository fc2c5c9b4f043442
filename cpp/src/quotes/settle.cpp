#include "finder.hpp"

#include "framelens/unicode.hpp"

#include <cctype>
#include <set>
#include <unordered_map>

namespace framelens::quotes_detail {
namespace {

std::vector<Span> words_of(const std::string& folded) {
    const auto letter = [](char c) {
        return static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c));
    };
    std::vector<Span> words;
    for (std::size_t i = 0; i < folded.size();) {
        std::size_t end = i;
        while (end < folded.size() && letter(folded[end])) ++end;
        if (end > i)
            words.push_back({static_cast<std::int64_t>(i), static_cast<std::int64_t>(end)});
        i = end + 1;
    }
    return words;
}

std::string stretch(const std::string& text, const std::vector<Span>& words, std::size_t first,
                    std::size_t count) {
    const auto start = static_cast<std::size_t>(words[first].start);
    return text.substr(start, static_cast<std::size_t>(words[first + count - 1].end) - start);
}

}  // namespace

/// Marked words of a headline or subhead that an attributed quotation contains are its
/// speaker's. Linear: each quotation is read once for each number of words in question.
void QuoteFinder::settle_headlines() {
    std::unordered_map<std::string, std::vector<std::size_t>> wanted;
    std::set<std::size_t> counts;
    for (std::size_t m = 0; m < of_mark_.size(); ++m) {
        const auto& quotation = of_mark_[m];
        if (!quotation || quotation->depth > 0 ||
            (quotation->zone != ZoneKind::headline && quotation->zone != ZoneKind::subhead)) {
            continue;
        }
        const std::string folded = fold(text_.at(quotation->span));
        const std::vector<Span> words = words_of(folded);
        if (words.empty()) continue;
        wanted[stretch(folded, words, 0, words.size())].push_back(m);
        counts.insert(words.size());
    }
    for (std::size_t m = 0; m < of_mark_.size() && !wanted.empty(); ++m) {
        const auto& said = of_mark_[m];
        if (!said || !said->speaker || said->zone != ZoneKind::body) continue;
        const std::string folded = fold(text_.at(said->span));
        const std::vector<Span> words = words_of(folded);
        for (const std::size_t count : counts) {
            for (std::size_t i = 0; i + count <= words.size(); ++i) {
                const auto found = wanted.find(stretch(folded, words, i, count));
                if (found == wanted.end()) continue;
                for (const std::size_t headline : found->second) take_from(*said, headline);
                wanted.erase(found);
            }
        }
    }
}

void QuoteFinder::take_from(const Quotation& said, std::size_t headline) {
    Quotation& quotation = *of_mark_[headline];
    quotation.kind = QuoteKind::partial;
    const bool named = quotation.speaker && quotation.speaker->entity &&
                       quotation.speaker->entity == said.speaker->entity;
    if (named) return;
    quotation.speaker = Speaker{std::nullopt, said.speaker->entity, said.speaker->name};
    quotation.cue.reset();
}

/// A quotation over several paragraphs has one speaker, named before or behind it.
void QuoteFinder::carry_over_paragraphs() {
    std::vector<std::size_t> chain;
    for (std::size_t m = 0; m < of_mark_.size(); ++m) {
        if (!of_mark_[m] || text_.marks[m].depth > 0) continue;
        if (text_.marks[m].is_set_off() && text_.marks[m].turn) continue;
        chain.push_back(m);
        if (text_.marks[m].open_ended) continue;
        share_speaker(chain);
        chain.clear();
    }
    share_speaker(chain);
}

void QuoteFinder::share_speaker(const std::vector<std::size_t>& chain) {
    if (chain.size() < 2) return;
    const auto known = std::find_if(chain.begin(), chain.end(), [&](std::size_t m) {
        return of_mark_[m]->speaker.has_value();
    });
    if (known == chain.end()) return;
    for (const std::size_t m : chain) {
        if (of_mark_[m]->speaker) continue;
        of_mark_[m]->kind = QuoteKind::direct;
        of_mark_[m]->speaker = of_mark_[*known]->speaker;
        of_mark_[m]->cue = of_mark_[*known]->cue;
    }
}

}  // namespace framelens::quotes_detail
