#include "catch.hpp"
#include "english.hpp"
#include "framelens/references.hpp"

#include <set>
#include <string>
#include <vector>

using namespace framelens;
using framelens::testing::annotate_all;

namespace {

/// Candidacies of the first pronoun of a text.
std::vector<Candidacy> rated(const std::string& text) {
    const auto read = annotate_all({text});
    const References& references = *read->documents[0]->references;
    const auto& items = references.items();
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i].form == ReferenceForm::pronoun) return references.rate(i, std::nullopt);
    }
    return {};
}

}  // namespace

TEST_CASE("every clue has a name of its own") {
    std::set<std::string_view> names;
    for (std::size_t c = 0; c < clue_count; ++c) {
        const auto clue = static_cast<Clue>(c);
        names.insert(name_of(clue));
        CHECK(clue_named(name_of(clue)) == clue);
    }
    CHECK(names.size() == clue_count);
    CHECK(!clue_named("wears_a_hat"));
}

TEST_CASE("a score is the sum of the weights of its clues") {
    ReferenceWeights weights;
    for (std::size_t c = 0; c < clue_count; ++c) weights.of[c] = static_cast<double>(c + 1);
    for (std::size_t c = 0; c < clue_count; ++c) {
        Clues clues;
        clues.set(static_cast<Clue>(c));
        clues.set(Clue::nobody_pronoun_here, false);
        CHECK(weights.score(clues) == static_cast<double>(c + 1));
        clues.set(Clue::here_subject);
        const double other = c == 0 ? 0 : 1;
        CHECK(weights.score(clues) == static_cast<double>(c + 1) + other);
    }
}

TEST_CASE("shares are of one, the best first and nobody at the end") {
    for (const std::string text : {"Maria Ruiz met Olaf Lund and Tom Bray. He was tired.",
                                   "It rained. She was tired.", "He was tired."}) {
        const auto found = rated(text);
        REQUIRE(!found.empty());
        CHECK(!found.back().entity);
        double total = 0;
        for (std::size_t i = 0; i < found.size(); ++i) {
            total += found[i].share;
            if (i + 2 < found.size()) CHECK(found[i].share >= found[i + 1].share);
        }
        CHECK(total == Approx(1));
    }
}

TEST_CASE("somebody with a title of the other sex is no candidate") {
    const auto found = rated("Mrs. Ruiz met Mr. Lund. He was tired.");
    REQUIRE(found.size() == 2);
    CHECK(found[0].clues.has(Clue::title_agrees));
}
