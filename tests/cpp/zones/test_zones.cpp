#include "catch.hpp"
#include "english.hpp"
#include "framelens/zones.hpp"

#include <random>
#include <string>
#include <utility>
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
const std::string more =
    "Nobody on the boats that lay outside had been told what it was all about.\n";
const std::string last =
    "It rained for the rest of the week, and the quay stayed as empty as before.\n";

}  // namespace

TEST_CASE("headlines, byline and dateline stand above the first paragraph") {
    CHECK(zones("Council Closes Harbour\nShips wait outside\nBy Maria Ruiz, Staff Writer\n"
                "Updated 7:15 AM, Wednesday, March 4, 2026\n\n" +
                prose + "\n" + more) ==
          Strings{"headline: Council Closes Harbour", "headline: Ships wait outside",
                  "byline: By Maria Ruiz, Staff Writer",
                  "dateline: Updated 7:15 AM, Wednesday, March 4, 2026"});
}

TEST_CASE("a subhead stands between paragraphs, a short sentence does not make one") {
    CHECK(zones("Council Closes Harbour\n\n" + prose + "\nA long night\n\n" + more) ==
          Strings{"headline: Council Closes Harbour", "subhead: A long night"});
    CHECK(zones("Council Closes Harbour\n\n" + prose + "\nNobody slept.\n\n" + more) ==
          Strings{"headline: Council Closes Harbour"});
    CHECK(zones("Council Closes Harbour\n\n" + prose + "\n“Go home!”\n\n" + more) ==
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
    CHECK(zones("Council Closes Harbour\n\n" + prose + gallery + "\n" + more) ==
          Strings{"headline: Council Closes Harbour", "caption: " + gallery});
    const std::string german = "Bild 4/9: Der Hafen. Bild 5/9: Der Kran. Bild 6/9: Niemand.";
    CHECK(zones(prose + german + "\n" + more) == Strings{"caption: " + german});
    const std::string shares =
        "Some 3 of 5 councillors stayed, 2 of 5 left, and 1 of 10 ships sailed in 2 of 10 weeks.\n";
    CHECK(zones("Council Closes Harbour\n\n" + prose + shares + more) ==
          Strings{"headline: Council Closes Harbour"});
}

TEST_CASE("captions have a credit, and one that another contains is a duplicate") {
    const std::string caption = "Maria Ruiz on the quay. (Photo by Ana Lund / AP)";
    CHECK(zones("Council Closes Harbour\n\n" + prose + caption + "\nFILE PHOTO - " + caption +
                "\n" + more) == Strings{"headline: Council Closes Harbour", "caption: " + caption,
                                        "caption*: FILE PHOTO - " + caption});
    CHECK(zones("Council Closes Harbour\n\n" + prose +
                "Ships left (the photos show them) at noon.\n" + more) ==
          Strings{"headline: Council Closes Harbour"});
}

TEST_CASE("prompts, links and comments are boilerplate") {
    CHECK(zones("Council Closes Harbour\n\n" + prose +
                "Share this post!\nRELATED: Who owns the quay?\n" + more +
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

TEST_CASE("corrections and notes of the desk are boilerplate, whatever their length") {
    const std::string longest =
        "Correction: " + repeat("An earlier version called the mayor a dictator. ", 8) +
        "He is not.";
    for (const std::string& line :
         Strings{"Correction: An earlier version called Ana Lund a dictator.", longest,
                 "CORRECTION: The mayor is 61.", "[Editor's note: The mayor sang here.]",
                 "Clarification: The mayor is 61.", "Corrections and Clarifications: She is 61.",
                 "An earlier version of this article misstated the mayor's age as 16.",
                 "The mayor is 61. A previous version of this story gave another age.",
                 "This post has been updated to add the mayor's answer."}) {
        CAPTURE(line);
        CHECK(zones(prose + line + "\n" + more) == Strings{"boilerplate: " + line});
    }
    for (const std::string& line :
         Strings{"The correction of the river took nine years.",
                 "“Correction: we are broke,” she said.",
                 "An earlier version of the bill had named the harbour."}) {
        CAPTURE(line);
        CHECK(zones(prose + line + "\n" + more).empty());
    }
}

TEST_CASE("captions that a page labels, times with their zone, links and rules are no text") {
    const std::vector<std::pair<std::string, std::string>> lines = {
        {"caption", "Image caption, The quay at dawn"},
        {"caption", "Image copyright Getty Images Image caption The quay at dawn"},
        {"caption", "Image copyright Ana Lund"},
        {"caption", "Media playback is unsupported on your device"},
        {"caption", "The quay at dawn. Hide Caption 4 of 6 Photos: The harbour"},
        {"caption", "CLOSE Ships wait outside the harbour. THE POST"},
        {"caption", "Getty Images"},
        {"caption", "Credit...Ana Lund for The Post"},
        {"dateline", "Last Updated: 3 March 2024, 11:02 IST"},
        {"dateline", "Updated 3 March 2024 11:02 WIB"},
        {"boilerplate", "[MORE: Ships wait outside]"},
        {"boilerplate", "More:Ships wait outside"},
        {"boilerplate", "READ: Ships wait outside"},
        {"boilerplate", "Follow Ana Lund on Twitter"},
        {"boilerplate", "Follow Ana Lund on Twitter: @analund"},
        {"boilerplate", "Ships that wait outside: who pays? Read more"},
        {"boilerplate", "Ana Lund Talks To The Mayor Listen · 3:27 3:27"},
        {"boilerplate",
         "JUST WATCHED Ships wait Replay More Videos ... MUST WATCH Ships wait 01:09"},
        {"boilerplate", "ANALYSIS/OPINION:"},
        {"boilerplate", "___"},
        {"boilerplate", "* * *"},
        {"byline", "Lund reported from Nordell. Olga Rem contributed from Port Varga."},
        {"byline", "Staff writer Ana E. Lund reported from Nordell, and Olga Rem from Vik."},
    };
    for (const auto& [kind, line] : lines) {
        CAPTURE(line);
        CHECK(zones(prose + line + "\n" + more) == Strings{kind + ": " + line});
    }
    for (const std::string& line :
         Strings{"Follow the money and you find the mayor.", "Closing the harbour is wrong.",
                 "Lund reported from Nordell that the ships had waited for three days."}) {
        CAPTURE(line);
        CHECK(zones(prose + line + "\n" + more).empty());
    }
    CHECK(zones("When Parties Ask, Voters Listen\n\n" + prose + more) ==
          Strings{"headline: When Parties Ask, Voters Listen"});
}

TEST_CASE("a passage behind an ellipsis and in any script is found again") {
    const std::string hindi =
        "कार्साविया के राष्ट्रपति करोल वर्गा ने सोमवार को नॉर्डेल का बंदरगाह तीन दिन के लिए बंद कर दिया।";
    const std::string bengali =
        "কার্সাভিয়ার রাষ্ট্রপতি কারোল ভার্গা সোমবার নর্ডেল বন্দর তিন দিনের জন্য বন্ধ করে দিয়েছেন বলে জানা "
        "যায়।";
    const std::string quote = "The crews wait on the quay of Nordell and nobody tells them why… ";
    for (const std::string& passage : {hindi, bengali}) {
        CHECK(zones("Rain fell.\n" + passage + "\nIt rained.\n" + passage + "\n") ==
              Strings{"body*: " + passage});
    }
    CHECK(zones("Ships came… " + quote + "They left again.\n" + quote + "\n").size() == 1);
}

TEST_CASE("a passage that is printed twice counts once") {
    const std::string passage =
        "The mayor’s men closed the harbour — all of it — after nine days of talks in Béla’s café.";
    const std::string again =
        "The mayor's men closed the harbour -- all of it -- after nine days of talks in Bela's "
        "cafe";
    CHECK(zones(prose + passage + "\n" + "It rained.\n" + passage + "\n") ==
          Strings{"body*: " + passage});
    CHECK(zones(prose + passage + "\nIt rained.\n" + again + ".\n" + passage + "\n") ==
          Strings{"body*: " + again + ".", "body*: " + passage});
    CHECK(zones(prose + "Yes.\nYes.\n“No,” he said.\n“No,” he said.\n").empty());
    CHECK(zones(prose + "The port is still shut, and nobody knows why.\nIt rained.\n"
                        "The port is still shut, and nobody knows why.\n")
              .empty());
    const std::string chinese = "总统昨天离开了港口,船员们回家了,没有人知道为什么会这样。";
    CHECK(zones(chinese + "\n" + chinese) == Strings{"body*: " + chinese});
}

TEST_CASE("nothing is marked in plain prose, in nothing, in blank lines") {
    CHECK(zones(more + last).empty());
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
        repeat("/", large(10'000'000)), repeat(".", large(10'000'000)),
        repeat("a. ", large(3'000'000)), repeat("Harbour Shut\n", large(700'000)),
        repeat("By Maria Ruiz\n", large(300'000)), repeat("The quay. (AP)\n", large(200'000)),
        repeat("Share this\n", large(300'000)), std::string(large(1'000'000), '\0'));
    CHECK_NOTHROW(find_zones(text, *english()));
}
