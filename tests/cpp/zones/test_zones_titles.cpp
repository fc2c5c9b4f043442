#include "catch.hpp"
#include "english.hpp"
#include "framelens/zones_titles.hpp"

#include <string>
#include <vector>

using namespace framelens;
using framelens::testing::english;

namespace {

FirstLine first_line(const std::string& line) {
    return read_first_line("\n " + line + " \n\nIt rained all day, and the port was shut.\n",
                           *english());
}

}  // namespace

TEST_CASE("a first line is a title by its form, or may be one") {
    for (const char* title : {"Dictator Varga opens talks", "VARGA FLEES", "Is Varga a Tyrant?",
                              "Varga Leaves the Port. Again.", "OPINION: Why Varga must go"}) {
        INFO(title);
        CHECK(first_line(title).title);
        CHECK(first_line(title).may_title);
    }
    for (const char* open : {"Is Varga a tyrant?", "GRANT: Welcome back.", "Karol Varga",
                             "“We won,” says Varga!", "Who goes? The answer lies at sea."}) {
        INFO(open);
        CHECK_FALSE(first_line(open).title);
        CHECK(first_line(open).may_title);
    }
    const std::string paragraph =
        "Carsavian President Tomás Beláriz opened talks with the dockers of three ports on Monday, "
        "his spokesman said after a long night of rain.";
    for (const std::string& other :
         {paragraph, std::string("By Anna Kell"), std::string("March 3, 2024"),
          std::string("Photo: Jane Roe / Getty Images")}) {
        INFO(other);
        CHECK_FALSE(first_line(other).may_title);
    }
}

TEST_CASE("a first line ends where its line ends, and is none where nothing follows") {
    CHECK(first_line("Varga opens talks").end == 19);
    CHECK_FALSE(read_first_line("Varga opens talks", *english()).may_title);
    CHECK_FALSE(read_first_line("Varga opens talks\n \n", *english()).may_title);
    CHECK_FALSE(read_first_line("", *english()).may_title);
}

TEST_CASE("a source prints titles if three documents and most of all begin with one") {
    const FirstLine title{9, true, true};
    const FirstLine open{9, false, true};
    CHECK(prints_titles(std::vector<FirstLine>{title, title, title, open, open}));
    CHECK_FALSE(prints_titles(std::vector<FirstLine>{title, title, open}));
    CHECK_FALSE(prints_titles(std::vector<FirstLine>{title, title, title, open, open, open}));
    CHECK_FALSE(prints_titles(std::vector<FirstLine>{}));
}
