#include "catch.hpp"
#include "framelens/marks.hpp"
#include "large.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using namespace framelens;
using namespace framelens::testing;

namespace {

/// Paragraphs are lines; sentences do not matter to marks.
Segments lines_of(const std::string& text) {
    Segments segments;
    std::size_t start = 0;
    while (start < text.size()) {
        std::size_t end = text.find('\n', start);
        if (end == std::string::npos) end = text.size();
        if (end > start) {
            segments.paragraphs.push_back(
                {static_cast<std::int64_t>(start), static_cast<std::int64_t>(end)});
        }
        start = end + 1;
    }
    return segments;
}

std::vector<std::string> quoted(const std::string& text) {
    std::vector<std::string> out;
    for (const MarkedSpan& mark : pair_marks(text, lines_of(text))) {
        out.push_back(std::string(static_cast<std::size_t>(mark.depth), '>') +
                      text.substr(static_cast<std::size_t>(mark.inner.start),
                                  static_cast<std::size_t>(mark.inner.size())));
    }
    return out;
}

using Strings = std::vector<std::string>;

}  // namespace

TEST_CASE("every kind of mark is paired") {
    CHECK(quoted("He said “yes” twice.") == Strings{"yes"});
    CHECK(quoted("He said \"yes\" twice.") == Strings{"yes"});
    CHECK(quoted("He said ‘yes’ twice.") == Strings{"yes"});
    CHECK(quoted("He said 'yes' twice.") == Strings{"yes"});
    CHECK(quoted("He said ``yes'' twice.") == Strings{"yes"});
    CHECK(quoted("He said ''yes'' twice.") == Strings{"yes"});
    CHECK(quoted("He said ‘‘yes’’ twice.") == Strings{"yes"});
    CHECK(quoted("Il dit « oui » deux fois.") == Strings{" oui "});
    CHECK(quoted("Er sagte „ja“ und ‚nein‘.") == Strings{"ja", "nein"});
    CHECK(quoted("Er sagte »ja« zweimal.") == Strings{"ja"});
    CHECK(quoted("彼は「はい」と言った。") == Strings{"はい"});
}

TEST_CASE("quotations nest") {
    CHECK(quoted("“He said, ‘Go “now”.’ And I went.”") ==
          Strings{"He said, ‘Go “now”.’ And I went.", ">Go “now”.", ">>now"});
    CHECK(quoted("\"He said, 'Go.' And I went.\"") ==
          Strings{"He said, 'Go.' And I went.", ">Go."});
}

TEST_CASE("apostrophes are not marks") {
    CHECK(quoted("The dogs’ bowl and the cats' tail, the '90s and rock 'n' roll, don't.").empty());
    CHECK(quoted("l’homme, dell'arte, O’Brien’s").empty());
    CHECK(quoted("‘The dog’s bowl isn’t his’, she said.") == Strings{"The dog’s bowl isn’t his"});
    CHECK(quoted("A 6'2\" man said \"hello\" to me") == Strings{"hello"});
}

TEST_CASE("an unbalanced mark spoils its paragraph at the most") {
    CHECK(quoted("He said “yes and went.\n“No,” she said.") == Strings{"yes and went.", "No,"});
    CHECK(quoted("He said \"yes and went.\nShe said \"no\" then.") == Strings{"no"});
    CHECK(quoted("A ” alone, and “a pair” here.") == Strings{"a pair"});
    CHECK(quoted("He said “yes and “no” then.") == Strings{"no"});
}

TEST_CASE("a straight mark that is given up for a later one spoils nothing else") {
    CHECK(quoted("He saw \"the quay \"by night\" again.") == Strings{"by night"});
    CHECK(quoted("She read \"a list (\"of boats\") aloud.") == Strings{"of boats"});
    CHECK(quoted("One \"two \"three\" four \"five\" six.") == Strings{"three", "five"});
    CHECK(quoted("“He saw \"the quay \"by night\" again.”") ==
          Strings{"He saw \"the quay \"by night\" again.", ">by night"});
}

TEST_CASE("what a paragraph lacks is not held against the next one") {
    const Strings expected{"by night"};
    CHECK(quoted("It rained all day.”\nHe saw \"the quay \"by night\" again.") == expected);
    CHECK(quoted("He saw \"the quay \"by night\" again.\nIt rained all day.”") == expected);
    // the mark that opens a block may not be closed by one that was given up in between
    CHECK(quoted("She wrote: “One.\nHe saw \"the quay \"by night\" again.\nThree.”") == expected);
    CHECK(quoted("A.”\nShe wrote: “One.\nTwo.\nThree.”") == Strings{"One.", "Two.", "Three."});
}

TEST_CASE("a paragraph that opens and does not close goes on in the next one") {
    const std::string text = "“First part.\n“Second part,” he said.";
    const auto marks = pair_marks(text, lines_of(text));
    REQUIRE(marks.size() == 2);
    CHECK(marks[0].open_ended);
    CHECK_FALSE(marks[1].open_ended);
    CHECK(quoted(text) == Strings{"First part.", "Second part,"});
}

TEST_CASE("spans of random texts lie in their paragraphs and nest properly") {
    const std::vector<std::string> pieces = {"“",  "”", "\"", "'", "’", "‘", " ",  "a", "s",
                                             "\n", "«", "»",  ".", ",", "é", "''", "``"};
    for (unsigned seed = 0; seed < 300; ++seed) {
        std::mt19937 random(seed);
        std::string text;
        for (int i = 0; i < 80; ++i) text += pieces[random() % pieces.size()];
        const Segments segments = lines_of(text);
        const auto marks = pair_marks(text, segments);
        for (std::size_t i = 0; i < marks.size(); ++i) {
            CHECK(std::any_of(segments.paragraphs.begin(), segments.paragraphs.end(),
                              [&](Span paragraph) { return paragraph.contains(marks[i].outer); }));
            CHECK(marks[i].outer.contains(marks[i].inner));
            CHECK(marks[i].inner.size() > 0);
            if (i > 0) CHECK(marks[i - 1].outer.start < marks[i].outer.start);
            if (marks[i].parent) {
                const auto& parent = marks[static_cast<std::size_t>(*marks[i].parent)];
                CHECK(parent.inner.contains(marks[i].outer));
                CHECK(parent.depth + 1 == marks[i].depth);
            }
        }
    }
}

TEST_CASE("ten million unbalanced marks take linear time") {
    std::string text(large(10'000'000), '"');
    CHECK_NOTHROW(pair_marks(text, lines_of(text)));
    const std::string opens = repeat("“a ", large(3'000'000));
    CHECK(pair_marks(opens, lines_of(opens)).size() <= 1);
    const std::string singles = repeat(" ‘a”", large(3'000'000));
    CHECK_NOTHROW(pair_marks(singles, lines_of(singles)));
}

TEST_CASE("a quotation of several paragraphs may open once and close once") {
    CHECK(quoted("She wrote:\n“One is “here”.\nTwo is there.\nThree is all.”\nThe end.") ==
          Strings{"One is “here”.", ">here", "Two is there.", "Three is all."});
    CHECK(quoted("He wrote: \"One.\nTwo.\nThree.\"\nThe end.") ==
          Strings{"One.", "Two.", "Three."});
    // another quotation begins between: one mark too many, and one too few
    CHECK(quoted("He wrote: \"One.\n\"Two.\"\nThree.\"\nThe end.") == Strings{"One.", "Two."});
    std::string far = "He wrote: “One.\n";
    for (int i = 0; i < 20; ++i) far += "It rained.\n";
    CHECK(quoted(far + "Three.”").empty());
}
