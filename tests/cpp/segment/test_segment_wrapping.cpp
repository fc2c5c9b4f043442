#include "catch.hpp"
#include "english.hpp"
#include "framelens/segment_wrapping.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

using namespace framelens;
using framelens::testing::english;
using framelens::testing::large;
using framelens::testing::repeat;

namespace {

/// The text without its soft line ends.
std::string unwrapped(const std::string& text) {
    std::string out;
    std::size_t kept = 0;
    for (const SoftBreak& end : find_soft_breaks(text, *english())) {
        out += text.substr(kept, static_cast<std::size_t>(end.span.start) - kept);
        if (!end.joins_word) out += ' ';
        kept = static_cast<std::size_t>(end.span.end);
    }
    return out + text.substr(kept);
}

struct Page {
    std::size_t width = 72;
    std::string first_indent;
    std::string indent;
    std::string line_end = "\n";
    bool cuts_hyphens = false;
};

Page of_width(std::size_t width) {
    Page page;
    page.width = width;
    return page;
}

/// Where a line may end inside `words`: behind a space, or a hyphen between letters.
std::vector<std::string> pieces_of(const std::string& words, bool cuts_hyphens) {
    std::vector<std::string> pieces(1);
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == ' ') {
            pieces.emplace_back(" ");
            pieces.emplace_back();
            continue;
        }
        pieces.back() += words[i];
        const bool inside =
            i > 0 && i + 1 < words.size() && words[i - 1] != ' ' && words[i + 1] != ' ';
        const bool soft = words[i] == '\xAD';  // its last byte, and of nothing else here
        if (cuts_hyphens && inside && (words[i] == '-' || soft)) pieces.emplace_back();
    }
    return pieces;
}

std::string wrap(const std::string& words, const Page& page) {
    const auto columns = [](std::string_view text) {
        return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
            return (static_cast<unsigned char>(c) & 0xC0U) != 0x80;
        }));
    };
    std::string out;
    std::string line = page.first_indent;
    for (const std::string& piece : pieces_of(words, page.cuts_hyphens)) {
        const bool space = piece == " ";
        if (!space && columns(line) + columns(piece) > page.width) {
            if (line.back() == ' ') line.pop_back();
            out += line + page.line_end;
            line = page.indent;
        }
        line += piece;
    }
    return out + line;
}

std::string wrap_all(const std::vector<std::string>& paragraphs, const Page& page) {
    std::string out;
    for (const std::string& paragraph : paragraphs) {
        out += wrap(paragraph, page) + page.line_end + page.line_end;
    }
    return out;
}

const std::vector<std::string>& article() {
    static const std::vector<std::string> paragraphs = {
        "Strike Closes the Port of Nordell",
        "By Ana Lund",
        "NORDELL — President Karol Varga shut the port of Nordell on Monday after three days of "
        "strikes, and told the well-paid pilots “to go home and stay there.” Nobody went.",
        "“The dictator is afraid of us,” said Olga Rem, a crane operator who has worked there for "
        "twenty-two years. “He has shut the port because he cannot shut our mouths.”",
        "The president’s two- and three-year plans had promised higher wages. Señora Ruiz, his "
        "minister of labour, said in a letter: “We have kept every promise that we could.”",
        "A ship waits.",
        "At https://example.org/a/very/long/address/that/no/line/of/such/a/page/could/ever/hold/it "
        "the crews wrote that they had expected nothing else of a self-proclaimed reformer.",
    };
    return paragraphs;
}

std::string joined(const std::vector<std::string>& paragraphs, const Page& page) {
    std::string out;
    for (const std::string& paragraph : paragraphs) {
        out += page.first_indent + paragraph + page.line_end + page.line_end;
    }
    return out;
}

std::string lines(const std::vector<std::string>& all) {
    std::string out;
    for (const std::string& line : all) out += line + "\n";
    return out;
}

void check_left(const std::string& text) {
    CHECK(find_soft_breaks(text, *english()).empty());
}

}  // namespace

TEST_CASE("lines that a width cut out of paragraphs are joined") {
    for (std::size_t width = 50; width <= 90; ++width) {
        for (const std::string line_end : {"\n", "\r\n", "\r", " \n"}) {
            for (const auto& [first, rest] : std::vector<std::pair<std::string, std::string>>{
                     {"", ""}, {"    ", "    "}, {"    ", ""}, {"", "    "}, {"\t", ""}}) {
                const Page page{width, first, rest, line_end};
                CAPTURE(width, line_end, first, rest);
                CHECK(unwrapped(wrap_all(article(), page)) == joined(article(), page));
            }
        }
    }
}

TEST_CASE("paragraphs without blank lines begin deeper, or behind a short line") {
    const Page page{65, "   ", ""};
    std::string text;
    std::string expected;
    for (std::size_t i = 2; i < article().size(); ++i) {
        text += wrap(article()[i], page) + "\n";
        expected += "   " + article()[i] + "\n";
    }
    CHECK(unwrapped(text) == expected);
}

TEST_CASE("words that were cut at a hyphen are one, suspended hyphens are two") {
    for (std::size_t width = 50; width <= 90; ++width) {
        const Page page{width, "", "", "\n", true};
        CAPTURE(width);
        CHECK(unwrapped(wrap_all(article(), page)) == joined(article(), page));
    }
}

TEST_CASE("one paragraph of a few lines is enough") {
    const std::string words =
        "President Karol Varga shut the port on Monday, and nobody there was told of it before.";
    CHECK(unwrapped(wrap(words, of_width(60))) == words);
    CHECK(unwrapped(wrap(words, of_width(72))) == words);
}

TEST_CASE("a title above the page may be longer than its lines") {
    const std::string title =
        "A title that the outlet printed in one line, however long it came to be in the end, stays";
    const std::string words = article()[2];
    CHECK(unwrapped(title + "\n\n" + wrap(words, of_width(60))) == title + "\n\n" + words);
}

TEST_CASE("verses, lists, turns and addresses keep their lines") {
    check_left(lines({"The harbour sleeps, the lamps are low,", "the tide is at the door,",
                      "and all the ships that used to go", "go out from here no more.", "",
                      "The pilots sit and watch the rain", "come in across the bay,",
                      "and no one asks them to explain", "why they have come to stay."}));
    check_left(lines({"Apples from the southern farms", "Pears", "Eleven kinds of smoked fish",
                      "Salt", "Coal for two winters", "Rope, tar and canvas"}));
    check_left(lines({"- opened the port of Nordell to ships of all nations",
                      "- raised the wages of pilots", "- closed two mines in the north of the land",
                      "- signed the treaty"}));
    check_left(lines({"The harbour sleeps, the lamps are low,", "the tide is at the door,"}));
    check_left(lines({"Ships wait outside the port of Nordell for a third day",
                      "Crews refuse to unload grain as talks with Varga fail",
                      "Nordell ferry to stay in port until the end of summer"}));
    check_left(lines({"“Who shut the port?” she asked.", "“He did.”", "“When?”", "“On Monday.”"}));
    check_left(lines({"Country      Wages     Ships", "Carsavia     1,200     14",
                      "Beldonia     900       3", "Norland      1,700     21"}));
    check_left(lines({"GRANT: Who shut the port?", "REM: The president did, on Monday.",
                      "GRANT: And who told you?", "REM: Nobody told us. We saw it."}));
    check_left(lines({"Ana Lund", "The Nordell Gazette", "14 Quay Street", "Nordell"}));
    check_left(lines({"Strike Closes the Port of Nordell as Crews Refuse to Unload the Ships",
                      "By Ana Lund", "", "The port was shut."}));
}

TEST_CASE("lines of an article that are paragraphs are no wrapped ones") {
    std::string text;
    for (const std::string& paragraph : article()) text += paragraph + "\n";
    check_left(text);
    check_left("");
    check_left("\n \r\n");
    check_left("One line");
}

TEST_CASE("verses inside a wrapped article keep their lines") {
    std::string text = wrap_all(article(), {});
    const std::string verse =
        lines({"The harbour sleeps,", "The lamps are low,", "The tide is high."});
    CHECK(unwrapped(text + verse) == joined(article(), {}) + verse);
}

TEST_CASE("items and turns that are wrapped without blank lines stay apart") {
    const std::vector<std::string> turns = {
        "GRANT: Who was it that shut the port on Monday, and why did nobody of the crews know of "
        "that before the gates were closed?",
        "REM: The president did it himself, and he told nobody at all, not even those of his own "
        "government who live from the port.",
        "GRANT: Thank you for coming here at such an hour to tell our listeners about it today."};
    for (std::size_t width = 55; width <= 80; ++width) {
        std::string text;
        std::string expected;
        for (const std::string& turn : turns) {
            text += wrap(turn, of_width(width)) + "\n";
            expected += turn + "\n";
        }
        CAPTURE(width);
        CHECK(unwrapped(text) == expected);
    }
}

TEST_CASE("a soft hyphen at the end of a wrapped line joins its word") {
    std::vector<std::string> paragraphs = article();
    for (std::string& paragraph : paragraphs) {
        for (const std::string word : {"crane", "operator", "country", "reformer", "labour"}) {
            const std::size_t at = paragraph.find(word);
            if (at != std::string::npos) paragraph.insert(at + 3, "\u00AD");
        }
    }
    for (std::size_t width = 50; width <= 90; ++width) {
        const Page page{width, "", "", "\n", true};
        CAPTURE(width);
        CHECK(unwrapped(wrap_all(paragraphs, page)) == joined(paragraphs, page));
    }
}

TEST_CASE("soft line ends of any text are found in linear time") {
    const auto seconds = [](const std::string& text) {
        const auto start = std::chrono::steady_clock::now();
        static_cast<void>(find_soft_breaks(text, *english()));
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
        return taken.count();
    };
    for (const std::string piece : {"\n", "a\n", "\r", "said that he\n", "a-\n", " ", "\t\r\n"}) {
        CAPTURE(piece);
        CHECK(seconds(repeat(piece, large(1'000'000))) < 2.0);
    }
    CHECK(seconds(repeat(wrap_all(article(), {}), large(5'000))) < 4.0);
    CHECK(seconds(std::string(large(10'000'000), 'a')) < 1.0);
}
