#include "catch.hpp"
#include "english.hpp"
#include "framelens/zones.hpp"

#include <random>
#include <string>
#include <vector>

using namespace framelens;
using framelens::testing::english;
using framelens::testing::large;
using framelens::testing::repeat;
using framelens::testing::slice;

namespace {

using Strings = std::vector<std::string>;

/// "kind: line" of each zone, a star where it is a duplicate.
Strings zones(const std::string& text, const RepeatedLines* repeated = nullptr) {
    Strings out;
    for (const Zone& zone : find_zones(text, *english(), repeated)) {
        out.push_back(std::string(name_of(zone.kind)) + (zone.duplicate ? "*: " : ": ") +
                      std::string(slice(text, zone.span)));
    }
    return out;
}

const std::string prose =
    "The council met on the quay for two hours and went home without a vote.\n";

}  // namespace

TEST_CASE("headlines, byline and dateline stand above the first paragraph") {
    CHECK(zones("Council Closes Harbour\nShips wait outside\nBy Maria Ruiz, Staff Writer\n"
                "Updated 7:15 AM, Wednesday, March 4, 2026\n\n" +
                prose + "\n" + prose) ==
          Strings{"headline: Council Closes Harbour", "headline: Ships wait outside",
                  "byline: By Maria Ruiz, Staff Writer",
                  "dateline: Updated 7:15 AM, Wednesday, March 4, 2026"});
}

TEST_CASE("a subhead stands between paragraphs, a short sentence does not make one") {
    CHECK(zones("Council Closes Harbour\n\n" + prose + "\nA long night\n\n" + prose) ==
          Strings{"headline: Council Closes Harbour", "subhead: A long night"});
    CHECK(zones("Council Closes Harbour\n\n" + prose + "\nNobody slept.\n\n" + prose) ==
          Strings{"headline: Council Closes Harbour"});
    CHECK(zones("Council Closes Harbour\n\n" + prose + "\n“Go home!”\n\n" + prose) ==
          Strings{"headline: Council Closes Harbour"});
}

TEST_CASE("a known title is a headline whatever its form, and a line of its own") {
    for (const std::string title : {"Nobody slept.", "By Ana Lund", "COMMENTS", "Is it, (AP)"}) {
        const std::string text = title + " " + prose;
        const auto end = static_cast<std::int64_t>(title.size());
        const RepeatedLines repeated({3, hash_lines(title + "\n" + prose)});
        const auto found = find_zones(text, *english(), &repeated, end);
        REQUIRE_FALSE(found.empty());
        CHECK(found.front().kind == ZoneKind::headline);
        CHECK(found.front().span == Span{0, end});
    }
    CHECK(find_zones("", *english(), nullptr, 0).empty());
}

TEST_CASE("a gallery in one line is a caption") {
    const std::string gallery =
        "Photos: The harbour The quay at dawn. Hide Caption 1 of 14 Photos: The harbour A crane "
        "of 1910. Hide Caption 2 of 14 Photos: The harbour Nobody. Hide Caption 3 of 14";
    CHECK(zones("Council Closes Harbour\n\n" + prose + gallery + "\n" + prose) ==
          Strings{"headline: Council Closes Harbour", "caption: " + gallery});
    const std::string german = "Bild 4/9: Der Hafen. Bild 5/9: Der Kran. Bild 6/9: Niemand.";
    CHECK(zones(prose + german + "\n" + prose) == Strings{"caption: " + german});
    const std::string shares =
        "Some 3 of 5 councillors stayed, 2 of 5 left, and 1 of 10 ships sailed in 2 of 10 weeks.\n";
    CHECK(zones("Council Closes Harbour\n\n" + prose + shares + prose) ==
          Strings{"headline: Council Closes Harbour"});
}

TEST_CASE("captions have a credit, and one that another contains is a duplicate") {
    const std::string caption = "Maria Ruiz on the quay. (Photo by Ana Lund / AP)";
    CHECK(zones("Council Closes Harbour\n\n" + prose + caption + "\nFILE PHOTO - " + caption +
                "\n" + prose) == Strings{"headline: Council Closes Harbour", "caption: " + caption,
                                         "caption*: FILE PHOTO - " + caption});
    CHECK(zones("Council Closes Harbour\n\n" + prose +
                "Ships left (the photos show them) at noon.\n" + prose) ==
          Strings{"headline: Council Closes Harbour"});
}

TEST_CASE("prompts, links and comments are boilerplate") {
    CHECK(zones("Council Closes Harbour\n\n" + prose +
                "Share this post!\nRELATED: Who owns the quay?\n" + prose +
                "COMMENTS\nSign up for our newsletter\nhttps://example.org/quay\n") ==
          Strings{"headline: Council Closes Harbour", "boilerplate: Share this post!",
                  "boilerplate: RELATED: Who owns the quay?", "boilerplate: COMMENTS",
                  "boilerplate: Sign up for our newsletter",
                  "boilerplate: https://example.org/quay"});
}

TEST_CASE("a line that a source repeats is boilerplate, unless it is ordinary") {
    const std::string line = "The Harbour Post is printed on paper from the north.\n";
    const std::string article = "Council Closes Harbour\n\n" + prose + line + "No.\n" +
                                "It was a wet day and the boats were late again.\n";
    CHECK(zones(article) == Strings{"headline: Council Closes Harbour"});
    const RepeatedLines repeated({3, hash_lines(line + line + "No.\n")});
    CHECK(repeated.has("The Harbour Post is printed on paper from the north."));
    CHECK_FALSE(repeated.has("No."));
    CHECK(zones(article, &repeated) ==
          Strings{"headline: Council Closes Harbour",
                  "boilerplate: The Harbour Post is printed on paper from the north."});
    const RepeatedLines twice({2, hash_lines(line + line)});
    CHECK(zones(article, &twice) == Strings{"headline: Council Closes Harbour"});
}

TEST_CASE("in a large source three repetitions are too few") {
    const std::string line = "The Harbour Post is printed on paper from the north.";
    std::vector<std::vector<std::uint64_t>> documents(5, hash_lines(line));
    for (int i = 0; i < 295; ++i) documents.push_back(hash_lines("Other " + std::to_string(i)));
    CHECK_FALSE(RepeatedLines(documents).has(line));
    documents.back() = hash_lines(line);
    CHECK(RepeatedLines(documents).has(line));
}

TEST_CASE("nothing is marked in plain prose, in nothing, in blank lines") {
    CHECK(zones(prose + prose).empty());
    CHECK(zones("").empty());
    CHECK(zones(" \n\n\t\n").empty());
}

TEST_CASE("the zone at a place is found, body is none") {
    const std::string text = "Council Closes Harbour\n\n" + prose;
    const auto found = find_zones(text, *english());
    REQUIRE(found.size() == 1);
    CHECK(zone_at(found, 0) == found.data());
    CHECK(zone_at(found, found[0].span.end - 1) == found.data());
    CHECK(zone_at(found, found[0].span.end) == nullptr);
    CHECK(zone_at({}, 0) == nullptr);
}

TEST_CASE("zones of random texts are lines, ordered, and never overlap") {
    const auto& pieces = framelens::testing::awkward_pieces();
    for (unsigned seed = 0; seed < 200; ++seed) {
        std::mt19937 random(seed);
        std::string text;
        for (int i = 0; i < 60; ++i) text += pieces[random() % pieces.size()];
        std::int64_t end = 0;
        for (const Zone& zone : find_zones(text, *english())) {
            CHECK(zone.span.start >= end);
            CHECK(zone.span.size() > 0);
            CHECK(zone.span.end <= static_cast<std::int64_t>(text.size()));
            CHECK(slice(text, zone.span).find('\n') == std::string_view::npos);
            CHECK(zone.kind != ZoneKind::body);
            CHECK((!zone.duplicate || zone.kind == ZoneKind::caption));
            end = zone.span.end;
        }
    }
}

TEST_CASE("ten megabytes in one line or in many take linear time") {
    const std::string text = GENERATE(
        as<std::string>{}, std::string(large(10'000'000), '('),
        repeat("((", 50) + repeat(")", large(9'000'000)), repeat("by ", large(3'000'000)),
        repeat("/", large(10'000'000)), repeat("Harbour Shut\n", large(700'000)),
        repeat("By Maria Ruiz\n", large(300'000)), repeat("The quay. (AP)\n", large(200'000)),
        repeat("Share this\n", large(300'000)), std::string(large(1'000'000), '\0'));
    CHECK_NOTHROW(find_zones(text, *english()));
}
