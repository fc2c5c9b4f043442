#include "quotes_finder.hpp"

#include "framelens/unicode.hpp"

#include <cctype>

namespace framelens::quotes_detail {

/// Marked words of a headline or subhead that an attributed quotation contains are its
/// speaker's.
void QuoteFinder::settle_headlines() {
    for (auto& quotation : of_mark_) {
        if (!quotation || quotation->depth > 0) continue;
        if (quotation->zone != ZoneKind::headline && quotation->zone != ZoneKind::subhead) {
            continue;
        }
        const std::string words = fold(text_.at(quotation->span));
        for (const auto& other : of_mark_) {
            if (!other || !other->speaker || other->zone != ZoneKind::body) continue;
            if (!contains_words(fold(text_.at(other->span)), words)) continue;
            quotation->kind = QuoteKind::partial;
            quotation->speaker =
                Speaker{std::nullopt, other->speaker->entity, other->speaker->name};
            quotation->cue.reset();
            break;
        }
    }
}

bool QuoteFinder::contains_words(const std::string& text, const std::string& words) {
    const auto letter = [](char c) {
        return static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c));
    };
    for (auto at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) {
        const std::size_t end = at + words.size();
        if ((at == 0 || !letter(text[at - 1])) && (end == text.size() || !letter(text[end]))) {
            return true;
        }
    }
    return false;
}

/// A quotation over several paragraphs has one speaker, named before or behind it.
void QuoteFinder::carry_over_paragraphs() {
    std::vector<std::size_t> chain;
    for (std::size_t m = 0; m < of_mark_.size(); ++m) {
        if (!of_mark_[m] || text_.marks[m].depth > 0) continue;
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
