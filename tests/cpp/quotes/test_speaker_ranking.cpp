#include "catch.hpp"
#include "english.hpp"
#include "framelens/language.hpp"
#include "framelens/quotes_speakers.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

using namespace framelens;

namespace {

const std::vector<std::string> texts = {
    "Ada Moore met Olaf Lund.\n\nThe plan is “a shameful thing for us all.”",
    "“We will pay,” said Olaf Lund.\n\n“It is late,” he added. The mayor called it a “mess.”",
    "“One thing is clear to me.\n\n“And another is not.” Critics were told by Ms. Moore, who left.",
    "It “rained a lot” there.",
    "He said: “Go to the sea with all of them.”",
    ""};

std::unique_ptr<Annotations> read_by(const Language& language) {
    const std::vector<std::string> sources(texts.size(), "A");
    return annotate(texts, {sources}, std::make_shared<const Language>(language), Run{});
}

std::vector<PossibleSpeakers> possible(const AnnotatedDocument& document) {
    std::vector<const Quotation*> quotes;
    for (const Quotation& quote : document.quotes) quotes.push_back(&quote);
    return possible_speakers(document.segmented, document.names, *document.references, quotes,
                             WhichQuotations::all);
}

}  // namespace

TEST_CASE("features of who may speak are told apart, and nobody stands at the end") {
    std::size_t quotations = 0;
    const auto read = read_by(framelens::testing::shipped("en"));
    for (const auto& document : read->documents) {
        for (const PossibleSpeakers& found : possible(*document)) {
            ++quotations;
            REQUIRE(!found.candidates.empty());
            for (const SpeakerCandidate& who : found.candidates) {
                CHECK(who.is_nobody() == (&who == &found.candidates.back()));
                std::vector<std::uint16_t> seen(who.features.begin(), who.features.end());
                seen.erase(std::find(seen.begin(), seen.end(), no_feature), seen.end());
                CHECK(seen.size() == (who.is_nobody() ? 2 : speaker_features));
                // each has a range of its own
                const bool ascending = std::is_sorted(seen.begin(), seen.end());
                CHECK((who.is_nobody() || ascending));
                const auto most = *std::max_element(seen.begin(), seen.end());
                CHECK(most < speaker_feature_count);
                CHECK((most >= speaker_feature_count - 17) == who.is_nobody());
            }
        }
    }
    CHECK(quotations > 5);
}

TEST_CASE("shares of who may speak are of one, the likeliest first") {
    const auto read = read_by(framelens::testing::shipped("en"));
    std::size_t rated = 0;
    for (const auto& document : read->documents) {
        for (const Quotation& quote : document->quotes) {
            float total = 0;
            for (std::size_t i = 0; i < quote.rated.size(); ++i) {
                total += quote.rated[i].share;
                if (i > 0) CHECK(quote.rated[i].share <= quote.rated[i - 1].share);
            }
            rated += quote.rated.empty() ? 0 : 1;
            CHECK(total <= 1.0001F);
        }
    }
    CHECK(rated > 0);
}

TEST_CASE("without weights the rules alone tell who speaks") {
    Language language = framelens::testing::shipped("en");
    language.speakers = {};
    const auto read = read_by(language);
    for (const auto& document : read->documents) {
        for (const Quotation& quote : document->quotes) CHECK(quote.rated.empty());
    }
}

TEST_CASE("nobody speaks where nobody is likeliest") {
    Language language = framelens::testing::shipped("en");
    language.speakers.of.assign(speaker_feature_count, 0);
    language.speakers.of.back() = 127;  // of nobody
    language.speakers.least = 0;
    const auto read = read_by(language);
    for (const auto& document : read->documents) {
        for (const Quotation& quote : document->quotes) {
            if (!quote.rated.empty()) CHECK(!quote.speaker);
        }
    }
}
