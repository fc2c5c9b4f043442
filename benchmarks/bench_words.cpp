// Words of UAX #29 beside ICU's BreakIterator on the same bytes: first equal, then timed.
#include "framelens/unicode_words.hpp"
#include "texts.hpp"

#include <unicode/brkiter.h>
#include <unicode/utext.h>
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace {

class IcuWords {
public:
    explicit IcuWords(const char* locale) {
        UErrorCode status = U_ZERO_ERROR;
        words_.reset(icu::BreakIterator::createWordInstance(icu::Locale{locale}, status));
        if (U_FAILURE(status)) std::exit(1);
    }
    const std::vector<std::uint32_t>& cut(const std::string& text) {
        bounds_.clear();
        UErrorCode status = U_ZERO_ERROR;
        input_ =
            utext_openUTF8(input_, text.data(), static_cast<std::int64_t>(text.size()), &status);
        words_->setText(input_, status);
        auto start = words_->first();
        for (auto end = words_->next(); end != icu::BreakIterator::DONE; end = words_->next()) {
            if (words_->getRuleStatus() >= UBRK_WORD_NONE_LIMIT) {
                bounds_.push_back(static_cast<std::uint32_t>(start));
                bounds_.push_back(static_cast<std::uint32_t>(end));
            }
            start = end;
        }
        if (U_FAILURE(status)) std::exit(1);
        return bounds_;
    }

private:
    std::unique_ptr<icu::BreakIterator> words_;
    UText* input_ = nullptr;
    std::vector<std::uint32_t> bounds_;
};

// The least time of some rounds over all texts, and how many words they have.
template <class Words>
double best_seconds(Words& words, const std::vector<std::string>& texts, int rounds,
                    std::size_t& count) {
    double best = 1e300;
    for (int round = 0; round < rounds; ++round) {
        count = 0;
        const auto start = std::chrono::steady_clock::now();
        for (const std::string& text : texts) count += words.cut(text).size() / 2;
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
        best = std::min(best, seconds.count());
    }
    return best;
}

}  // namespace

// Arguments: a file of texts, a locale, rounds of ICU, rounds of ours. Prints bytes, words, and
// seconds of ICU, ours and ours without vector instructions.
int main(int argc, char** argv) {
    if (argc != 5) return 2;
    const std::vector<std::string> texts = read_texts(argv[1]);
    IcuWords icu(argv[2]);
    framelens::WordCutter fast(argv[2]);
    framelens::WordCutter portable(argv[2], true);
    std::size_t bytes = 0;
    for (const std::string& text : texts) {
        const auto& expected = icu.cut(text);
        for (auto* ours : {&fast, &portable}) {
            const auto bounds = ours->cut(text);
            if (!std::equal(bounds.begin(), bounds.end(), expected.begin(), expected.end())) {
                std::cerr << "another cut of a text of " << text.size() << " bytes\n";
                return 1;
            }
        }
        bytes += text.size();
    }
    std::size_t count = 0;
    const double icu_seconds = best_seconds(icu, texts, std::atoi(argv[3]), count);
    const double fast_seconds = best_seconds(fast, texts, std::atoi(argv[4]), count);
    const double portable_seconds = best_seconds(portable, texts, std::atoi(argv[4]), count);
    std::cout << bytes << ' ' << count << ' ' << icu_seconds << ' ' << fast_seconds << ' '
              << portable_seconds << '\n';
}
