#include "catch.hpp"
#include "english.hpp"
#include "framelens/quotes.hpp"

#include <string>
#include <vector>

using namespace framelens;
using framelens::testing::annotate_all;
using framelens::testing::awkward_pieces;
using framelens::testing::english;
using framelens::testing::large;
using framelens::testing::repeat;

namespace {

using Strings = std::vector<std::string>;

/// "speaker: text" of each quotation, of the outlet "The Northern Gazette".
Strings said(const std::string& text) {
    const auto read = annotate({text}, {{"The Northern Gazette"}}, english(), Run{});
    Strings out;
    for (const Quotation& quote : read->documents[0]->quotes) {
        if (quote.kind != QuoteKind::direct) continue;
        out.push_back((quote.speaker ? quote.speaker->name : "?") + ": " +
                      std::string(read->documents[0]->segmented.at(quote.span)));
    }
    return out;
}

}  // namespace

TEST_CASE("a turn is quoted by who stands before its colon") {
    CHECK(said("OLGA REM, TRADER: The dictator left.\n\nGRANT: Thank you.") ==
          Strings{"OLGA REM: The dictator left.", "GRANT: Thank you."});
    CHECK(said("Olga Rem met Tom Grant.\n\nMR. GRANT: Why?\n\nREM (crosstalk): He left.") ==
          Strings{"Tom Grant: Why?", "Olga Rem: He left."});
    CHECK(said("Olga Rem:\nThe port is shut.\n\nTom Grant:\nI fear so.") ==
          Strings{"Olga Rem: The port is shut.", "Tom Grant: I fear so."});
}

TEST_CASE("a turn goes on up to the next, stage directions and the writer left out") {
    CHECK(said("OLGA REM: It is shut.\n\nHe left.\n\n(APPLAUSE)\n\nTOM GRANT: Thank you.\n\n"
               "Grant told the paper that he was glad.") ==
          Strings{"OLGA REM: It is shut.", "OLGA REM: He left.", "TOM GRANT: Thank you."});
}

TEST_CASE("initials mean who is named in full, and a shared surname means nobody") {
    CHECK(
        said("Olga Rem: Why?\n\nTom Grant: I left.\n\nOR: Did you?\n\nTG: I did.") ==
        Strings{"Olga Rem: Why?", "Tom Grant: I left.", "Olga Rem: Did you?", "Tom Grant: I did."});
    CHECK(said("ANNA KELL: Why?\n\nTOM KELL: I left.\n\nKELL: You did.").back() ==
          "KELL: You did.");
}

TEST_CASE("questions are the outlet's, answers of who is interviewed") {
    const std::string intro = "The trader Olga Rem fled on Monday.\n\n";
    for (const char* q : {"Q:", "Q.", "**Q.**", "Gazette:", "THE NORTHERN GAZETTE:"}) {
        const bool letter = std::string(q).find('Q') != std::string::npos;
        const std::string a = letter ? (q == std::string("Q:") ? "A:" : "A.") : "Rem:";
        CHECK(said(intro + q + " Why did he stay?\n\n" + a + " He had no ship.") ==
              Strings{"Olga Rem: He had no ship."});
    }
    CHECK(said("Q: Is the port shut?\n\nA: It is.") == Strings{"?: It is."});
}

TEST_CASE("what else stands before colons is no turn") {
    for (const char* text :
         {"Where: The port hall.\n\nWhen: Monday at noon.", "Liverpool: 3\n\nPorto: 2",
          "Washington: The port is open.\n\nLondon: The port is shut.",
          "Director: Ada Moore\n\nCast: Olga Rem", "Update: It is open.\n\nUpdate: It is shut.",
          "Olga Rem: The trader from Lund.\n\nTom Grant: The mayor of the port.",
          "IN BRIEF: How the port was shut.\n\nIN FULL: What the mayor said.",
          "The port is shut.\n\nGrant: It is open.\n\nThe strike goes on."}) {
        CHECK(said(text).empty());
    }
}

TEST_CASE("a signature gives the speaker of what stands before it") {
    const Strings hers{"Olga Rem: The port must open."};
    CHECK(said("It rains.\n\n“The port must open.” ― Olga Rem") == hers);
    CHECK(said("It rains.\n\n\"The port must open.\"\n- Olga Rem, trader in Lund") == hers);
    CHECK(said("It rains.\n\nThe port must open.\n\n— Olga Rem (@orem) May 3, 2019") == hers);
    CHECK(said("It rains.\n\nThe port must open. — Olga Rem (@orem) May 3, 2019") == hers);
    CHECK(said("It rains.\n\nThe port must open.\n\n— Olga Rem").empty());
    CHECK(said("It rains.\n\n“Roma” — Ada Moore").empty());
}

TEST_CASE("lines of mails are quoted without their sign") {
    CHECK(said("Olga Rem wrote:\n\n> The port is shut.\n> It rains.") ==
          Strings{"Olga Rem: The port is shut.", "Olga Rem: It rains."});
    CHECK(said("It rains.\n\n> Port opens again on Monday").empty());
}

TEST_CASE("linear with any number of labels, dashes and signs") {
    for (const char* piece :
         {"Rem: I left.\n\n", "Rem\n: ", "— Olga Rem\n", "“Go.” — Rem\n\n", "> ", "> Go.\n",
          "REM (", "Q: Why?\nA: I left.\n", "A. B. C: I.\n", "Kell, Kell: I.\n", "— (@a)\n"}) {
        CHECK_NOTHROW(annotate_all({repeat(piece, large(20000))}));
    }
    for (const std::string& piece : awkward_pieces()) {
        CHECK_NOTHROW(annotate_all({repeat("Rem: " + piece + "\n" + piece + ": I\n", large(500))}));
    }
}
