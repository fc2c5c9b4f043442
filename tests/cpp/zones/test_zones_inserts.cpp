#include "catch.hpp"
#include "english.hpp"
#include "framelens/zones_inserts.hpp"

#include <chrono>
#include <string>
#include <vector>

using namespace framelens;
using framelens::testing::awkward_pieces;
using framelens::testing::english;
using framelens::testing::large;
using framelens::testing::repeat;

namespace {

using Strings = std::vector<std::string>;

InsertClosers closers_of(const Strings& texts) {
    std::vector<InsertTraces> traces;
    traces.reserve(texts.size());
    std::vector<const InsertTraces*> all;
    for (const std::string& text : texts) {
        traces.push_back(trace_inserts(text, *english()));
        all.push_back(&traces.back());
    }
    return InsertClosers(all, *english());
}

/// The text without its inserts; its source prints `others`, too.
std::string read(const std::string& text, const Strings& others = {}) {
    std::string out;
    std::size_t kept = 0;
    for (const Insert& insert : find_inserts(text, closers_of(others), *english())) {
        out += text.substr(kept, static_cast<std::size_t>(insert.span.start) - kept);
        kept = static_cast<std::size_t>(insert.span.end);
    }
    return out + text.substr(kept);
}

void check_whole(const std::string& text) {
    CHECK(read(text) == text);
}

}  // namespace

TEST_CASE("a full name and headlines behind a name are an insert") {
    CHECK(read("President Moore Ada Jane MooreRiver crossing closes Senator: 'never again' MORE on "
               "Monday signed the bill.") == "President Moore on Monday signed the bill.");
    CHECK(read("Sen. Olga Rem Olga (Olly) Maria Rem“Never again,” says port chief GOP waits MORE "
               "(N.D.) left.") == "Sen. Olga Rem (N.D.) left.");
    CHECK(read("said Rep. Jan de Wit Jan Pieter de Wit2020 race begins MORE.") ==
          "said Rep. Jan de Wit.");
    CHECK(read("Moore Ada J. MooreMORE’s bill") == "Moore’s bill");
    CHECK(read("Moore Ada MooreShips waitMORE left.") == "Moore left.");
    CHECK(read("Bob Casey Jr. Robert Patrick CaseyShips wait MORE left.") == "Bob Casey Jr. left.");
    CHECK(read("Frank LoBiondo Frank Alo LoBiondoShips wait MORE left.") == "Frank LoBiondo left.");
}

TEST_CASE("several inserts in one sentence are taken one by one") {
    CHECK(read("Moore Ada Jane MooreShips wait Crews go home MORE met Olga Rem Olga M. RemShe said "
               "'no' MORE and Ruiz Maria RuizWho is next? MORE’s aides.") ==
          "Moore met Olga Rem and Ruiz’s aides.");
}

TEST_CASE("names that do not run into the headline, or are spelled in two ways, begin one, too") {
    CHECK(read("Speaker Ana Lund Ana Maria Lund Ships wait Crews go home MORE (D) left.") ==
          "Speaker Ana Lund (D) left.");
    CHECK(read("Nydia Velazquez Nydia Margarita VelasquezShips wait MORE left.") ==
          "Nydia Velazquez left.");
    CHECK(read("Lena BreyerLena BreyerShips wait MORE left.") == "Lena Breyer left.");
}

TEST_CASE("words in capitals, joined words and repeated names alone are no insert") {
    check_whole("The port needs MORE pilots, Moore said. Moore wants MORE.");
    check_whole("McDonald and BuzzFeed asked for MORE than LoBiondo.");
    check_whole("President Moore, Ada Moore’s father, wanted MORE ships.");
    check_whole("Moore Ada Jane MooreRiver crossing closes\nThe port wants MORE ships.");
    check_whole("Moore met Moore. MORE");
}

TEST_CASE("another closing word is learned from the documents of a source") {
    const std::string first = "Moore Ada Jane MooreShips wait FULLBIO left.";
    CHECK(read(first) == first);
    const Strings others = {first, "Rem Olga M. RemCrews go GOP home FULLBIO met Ruiz.",
                            "and Ruiz Maria RuizWho is next? FULLBIO’s aides."};
    CHECK(read(first, others) == "Moore left.");
}

TEST_CASE("links in brackets, addresses, labels and times of an update stand beside the text") {
    CHECK(read("The ships wait. (RELATED: Crews (all of them) go home) They will stay.") ==
          "The ships wait. They will stay.");
    CHECK(read("The ships wait. [READ MORE: Crews go home]") == "The ships wait.");
    CHECK(read("The ships wait (related to the strike).") ==
          "The ships wait (related to the strike).");
    CHECK(read("The ships wait https://t.co/Ab1 pic.example.org/Xy9 — Ana Lund (@lund)") ==
          "The ships wait — Ana Lund (@lund)");
    CHECK(read("See www.example.org/port. The ships wait.") == " The ships wait.");
    CHECK(read("The crews left. Write to Ana E. Lund at ana.lund@example.org and "
               "rem@example.org.") == "The crews left.");
    CHECK(read("Story highlights The ships wait") == "The ships wait");
    CHECK(read("Update at 9:15 a.m. ET. Ships Wait:") == "Ships Wait:");
    CHECK(read("Quick guide Who waits? Show Hide The ships do.") ==
          "Quick guide Who waits? The ships do.");
    check_whole("He and/or she left at 9/11, 24/7, for the U.S./Nordell border.");
    check_whole("Update the law, he said at 9 a.m. on Monday.");
    check_whole("Published in 1999 the book sold well.");
    check_whole("Follow @lund");
}

TEST_CASE("a number with a full stop is no time, nor are days") {
    for (const std::string text :
         {"2. Varga is afraid of the crews", "3 days. That is how long the strike was to last.",
          "2 years: so long the crews had waited.", "In 2016. Nobody knows."}) {
        check_whole(text);
    }
    CHECK(read("    Updated 3 March 2024, 9:15 a.m. ET: Ships wait.") == "    Ships wait.");
}

TEST_CASE("marks of typography around an insert are part of it") {
    CHECK(read("President Moore **Ada Jane MooreRiver closes MORE** signed.") ==
          "President Moore signed.");
    CHECK(read("President Moore _Ada MooreRiver closes MORE_ signed.") ==
          "President Moore signed.");
}

TEST_CASE("names with capitals inside them are no inserts") {
    check_whole("Anna McDonald of YouTube gave LeBron James an iPhone and asked for MORE.");
    check_whole("Moore told Moore McMoore that MacMoore was MORE of a friend.");
    check_whole("We want MORE, said Moore. Ada Moore wants MORE ships.");
    check_whole("Ana Lund and DeShawn Lund met Ana McKay, O’Lund and VanLund for MORE talks.");
}

TEST_CASE("words are cut at whole characters") {
    for (const std::string word : {"café", "3é", "🙂", "Montréal’", "９"}) {
        check_whole("Update 3 " + word + " was late.");
        check_whole("Updated " + word + "\nIt rained.");
        for (const int size : {1, 30, 300, 3000}) {
            check_whole(repeat(word, size) + " 9:30 was late.");
            check_whole("Update " + repeat(word, size));
        }
    }
}

TEST_CASE("inserts of any text are found in linear time") {
    const auto seconds = [](const std::string& text) {
        const auto start = std::chrono::steady_clock::now();
        static_cast<void>(read(text, {text}));
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
        return taken.count();
    };
    for (const std::string piece :
         {"MORE", "MORE ", "MooreMoore ", "Moore Moore", "aA", "http://", "www.", "a.bc/", "a@b.c",
          "@", "a@a", "(related: ", "[", "update at 9 ", "\n", "Show Hide",
          "Moore Ada MooreShips MORE "}) {
        CAPTURE(piece);
        CHECK(seconds(repeat(piece, large(200'000))) < 3.0);
    }
    for (const std::string& piece : awkward_pieces()) {
        static_cast<void>(read(repeat(piece + "Moore Ada MooreX MORE", 50)));
    }
}
