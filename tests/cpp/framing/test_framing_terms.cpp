#include "catch.hpp"
#include "english.hpp"
#include "framelens/error.hpp"
#include "framelens/framing_compare.hpp"
#include "framelens/framing_terms.hpp"
#include "framelens/json_io.hpp"

#include <string>
#include <vector>

using namespace framelens;
using framelens::testing::annotate_all;
using framelens::testing::repeat;

namespace {

Lexicon tone() {
    return lexicon_from_json(R"({"version": "framelens-lexicon/1", "axis": "tone",
        "language": "en", "poles": ["harsh", "mild"], "terms": [
        {"text": "crisis", "forms": ["crises"], "pole": "harsh"},
        {"text": "fair play", "pole": "mild"}, {"text": "fair", "pole": "mild"},
        {"text": "anti-*", "match": "glob", "pole": "harsh"}],
        "exclusions": ["crisis line"]})");
}

std::vector<std::string> found(const std::string& text) {
    const auto read = annotate_all({text});
    const Lexicon lexicon = tone();
    std::vector<std::string> out;
    for (const TermHit& hit : TermFinder(lexicon).find(*read->documents[0])) {
        out.push_back((hit.negated ? "not " : "") +
                      std::string(read->documents[0]->segmented.at(hit.span)));
    }
    return out;
}

}  // namespace

TEST_CASE("terms are found as words, phrases and patterns, the longest first") {
    using Strings = std::vector<std::string>;
    CHECK(found("The crises and the anti-war vote.") == Strings{"crises", "anti-war"});
    CHECK(found("It was fair play, and fair-play is fair.") ==
          Strings{"fair play", "fair-play", "fair"});
    CHECK(found("There was no crisis. The crisis line rang.") == Strings{"not crisis"});
    CHECK(found("").empty());
}

TEST_CASE("a long text is read once") {
    CHECK(found(repeat("crisis ", 20000)).size() == 20000);
}

TEST_CASE("two documents cannot tell, twelve of one kind each can") {
    const auto documents = [](int each) {
        std::vector<ComparedDocument> out;
        for (int i = 0; i < each; ++i) {
            out.push_back({0, false, i % 3 == 0 ? 0.5 : 1.0, 1.0});
            out.push_back({0, true, i % 3 == 0 ? -0.5 : -1.0, 1.0});
        }
        return out;
    };
    CHECK(!permutation_p(documents(1), {}));
    CHECK(permutation_p(documents(12), {}).value() < 0.001);
    CHECK(permutation_p(documents(12), {}) == permutation_p(documents(12), {}));
    CHECK(!permutation_p({{0, false, 1.0, 1.0}}, {}));
    CHECK_THROWS_AS(permutation_p({{0, false, 2.0, 1.0}}, {}), ValueError);
}
