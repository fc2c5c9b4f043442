#include "framelens/error.hpp"
#include "framelens/facts.hpp"
#include "framelens/json_io.hpp"

#include "catch.hpp"

#include <string>
#include <vector>

using namespace framelens;

namespace {

const char* const small_words = R"({
  "version": "framelens-facts/1", "code": "en", "order": "month_first",
  "months": ["January", "February", "March", "April", "May", "June", "July", "August",
             "September", "October", "November", "December"],
  "month_shorts": [["Jan."], [], [], [], [], [], [], [], ["Sept."], [], ["Nov."], ["Dec."]],
  "weekdays": [["Monday"], ["Tuesday"], ["Wednesday"], ["Thursday"], ["Friday"], ["Saturday"],
               ["Sunday"]],
  "month_traps": ["May", "March"], "holidays": {"New Year's Eve": "12-31"},
  "day_suffixes": ["st", "nd", "rd", "th"], "ordinals": {"fourth": 4}, "links": ["of"],
  "parts": ["early", "late", "mid"], "before_dates": ["in", "since"],
  "relative_days": {"yesterday": -1}, "day_units": {"days": 1, "weeks": 7}, "ago": ["ago"],
  "days": "capital", "clock": ["a.m."],
  "words": {"numbers": {"one": 1, "two": 2, "five": 5, "twenty": 20},
            "scales": {"hundred": 100, "dozen": 12, "million": 1e6, "bn": 1e9},
            "joins": {"and": 100}, "articles": ["a", "an"]},
  "separators": {"decimal": ".", "groups": ["comma", "space"], "suffixes": {"bn": 1e9}},
  "fractions": {"parts": {"thirds": 0.5}, "shares": ["in"]},
  "ranges": {"words": ["to", "or"], "pairs": {"between": "and"}, "changes": ["from"]},
  "approximations": {"before": {"at least": ">=", "over": ">", "about": "~"},
                     "after": {"or more": ">="}, "amounts": {"dozens": ">=24"}},
  "years_before_nouns": true,
  "plural_endings": ["s"], "inflection": {"plural_exceptions": ["ss", "us", "is"],
                 "singular_endings": {"ies": "y", "xes": "x", "s": ""}, "shortest_stem": 2,
                 "open_compounds": true, "participle_endings": ["ed"], "gerund_endings": ["ing"]},
  "currencies": {"$": "USD", "us$": "USD", "euros": "EUR"},
  "idioms": ["on the one hand"], "asides": ["old"], "periods": ["year"],
  "before_periods": ["over"], "percent": ["%", "percent", "per cent"], "singulars": {"people": "person"},
  "counted": ["killed"], "definite": ["the", "both"], "sequence": ["first"],
  "synonyms": [["killed", "dead"]]})";

std::vector<std::string> dates_in(const std::string& text) {
    static const FactLanguage words = facts_from_json(small_words);
    static const Language language;
    std::vector<std::string> found;
    for (const DateMention& date : find_dates(read_text(text, language), words)) {
        const auto start = static_cast<std::size_t>(date.span.start);
        found.push_back(text.substr(start, static_cast<std::size_t>(date.span.size())) + " | " +
                        partial_iso(date));
    }
    return found;
}

Language with_places() {
    Language language;
    language.words["london"].classes = WordClass::place;
    language.words["germany"].classes = WordClass::nation;
    return language;
}

std::vector<std::string> figures_in(const std::string& text) {
    static const FactLanguage words = facts_from_json(small_words);
    static const Language language = with_places();
    const SegmentedText read = read_text(text, language);
    std::vector<std::string> found;
    for (const Figure& figure : find_figures(read, words, find_dates(read, words))) {
        const auto start = static_cast<std::size_t>(figure.span.start);
        found.push_back(text.substr(start, static_cast<std::size_t>(figure.span.size())) + " | " +
                        std::string(name_of(figure.comparator)) +
                        std::to_string(static_cast<long>(figure.value)) + " " + figure.unit);
    }
    return found;
}

using Strings = std::vector<std::string>;

}  // namespace

TEST_CASE("dates in the orders of news") {
    CHECK(dates_in("On December 10, 2025, they met.") == Strings{"December 10, 2025 | 2025-12-10"});
    CHECK(dates_in("On 12 November they met.") == Strings{"12 November | 11-12"});
    CHECK(dates_in("On the fourth of July they met.") == Strings{"fourth of July | 07-04"});
    CHECK(dates_in("On Friday, Nov. 21, he called.") == Strings{"Friday, Nov. 21 | 11-21"});
    CHECK(dates_in("From Nov. 12-14 it rained.") == Strings{"Nov. 12-14 | 11-12/11-14"});
    CHECK(dates_in("Filed 3/4/2025 and 2025-12-31.") ==
          Strings{"3/4/2025 | 2025-03-04", "2025-12-31 | 2025-12-31"});
    CHECK(dates_in("Aired on New Year’s Eve.") == Strings{"New Year’s Eve | 12-31"});
    CHECK(dates_in("It began in late 2025.") == Strings{"late 2025 | 2025"});
    CHECK(dates_in("Yesterday, and two weeks ago.").size() == 2);
}

TEST_CASE("what looks like a date and is none") {
    CHECK(dates_in("He may march on the 5 towns.").empty());
    CHECK(dates_in("May I come?").empty());
    CHECK(dates_in("In May he came.") == Strings{"May | 05"});
    CHECK(dates_in("On November 31 nothing happened.") == Strings{"November | 11"});
    CHECK(dates_in("Jan said so.").empty());
    CHECK(dates_in("Page 2025 of the file.").empty());
}

TEST_CASE("figures with comparator, unit and noun") {
    CHECK(figures_in("At least 114 people died.") == Strings{"At least 114 people | >=114 person"});
    CHECK(figures_in("It cost $50 million.") == Strings{"$50 million | =50000000 USD"});
    CHECK(figures_in("It cost US$3bn or so.") == Strings{"US$3bn | =3000000000 USD"});
    CHECK(figures_in("They paid 20 euros.") == Strings{"20 euros | =20 EUR"});
    CHECK(figures_in("Over 30 lethal strikes hit.") ==
          Strings{"Over 30 lethal strikes | >30 strike"});
    CHECK(figures_in("Some 5.5 percent left.") == Strings{"5.5 percent | =5 percent"});
    CHECK(figures_in("A storm, 12 killed.") == Strings{"12 killed | =12 killed"});
    CHECK(figures_in("Twenty-five boats sank.") == Strings{"Twenty-five boats | =25 boat"});
    CHECK(figures_in("Two hundred and five boats sank.") ==
          Strings{"Two hundred and five boats | =205 boat"});
    CHECK(figures_in("About a dozen boats sank.") == Strings{"About a dozen boats | ~12 boat"});
    CHECK(figures_in("Then 1,000 or more boats sank.") ==
          Strings{"1,000 or more boats | >=1000 boat"});
}

TEST_CASE("shares, periods and what stands behind a noun") {
    CHECK(figures_in("About 6 in 10 boats sank.") == Strings{"About 6 in 10 | ~0 share"});
    CHECK(figures_in("Over 20 years it grew.") == Strings{"20 years | =20 year"});
    CHECK(figures_in("It is one year old.") == Strings{"one year | =1 year"});
    CHECK(figures_in("On the one hand it grew.").empty());
    CHECK(figures_in("Two ex-boats came.") == Strings{"Two ex-boats | =2 ex-boat"});
    for (const char* place : {"London", "Germany"}) {
        CHECK(figures_in("They said that in " + std::string(place) + " 300 soldiers arrived.") ==
              Strings{"300 soldiers | =300 soldier"});
    }
}

TEST_CASE("what looks like a figure and is none") {
    CHECK(figures_in("Ties of the two countries grew.").empty());
    CHECK(figures_in("It came at 10 a.m. today.").empty());
    CHECK(figures_in("They took Flight 370 seats.").empty());
    CHECK(figures_in("They said that London 300 came.").empty());
    CHECK(figures_in("On December 10, 2025 it ended.").empty());
    CHECK(figures_in("Two weeks ago it ended.").empty());
    CHECK(figures_in("The first 100 days ended.").empty());
}

TEST_CASE("ranges have two ends") {
    const FactLanguage words = facts_from_json(small_words);
    const Language language;
    const SegmentedText read = read_text("It took 10-15 days, or 2 to 3 million boats.", language);
    const auto found = find_figures(read, words, {});
    REQUIRE(found.size() == 2);
    CHECK(found[0].value == 10);
    CHECK(found[0].upper == 15);
    CHECK(found[1].value == 2e6);
    CHECK(found[1].upper == 3e6);
}

TEST_CASE("number words add up in one way") {
    CHECK(figures_in("Two million five hundred and twenty boats sank.") ==
          Strings{"Two million five hundred and twenty boats | =2000520 boat"});
    CHECK(figures_in("Dozens of boats sank.") == Strings{"Dozens of boats | >=24 boat"});
    CHECK(figures_in("Between two and five boats sank.") ==
          Strings{"Between two and five boats | =2 boat"});
    CHECK(figures_in("Then 1 234 567 boats sank.") == Strings{"1 234 567 boats | =1234567 boat"});
    CHECK(figures_in("The 2012-13 boats sank.").empty());
    CHECK(figures_in("A 7–5 boats race.").empty());
}

TEST_CASE("a file of fact words that breaks a rule is refused") {
    const auto pointer_of = [](std::string json, const std::string& from, const std::string& to) {
        json.replace(json.find(from), from.size(), to);
        try {
            (void)facts_from_json(json);
        } catch (const SchemaError& error) {
            return std::string(error.pointer());
        }
        return std::string("none");
    };
    CHECK(pointer_of(small_words, "\"12-31\"", "\"31-12\"") == "/holidays/New Year's Eve");
    CHECK(pointer_of(small_words, "\"at least\": \">=\"", "\"at least\": \"=>\"") ==
          "/approximations/before/at least");
    CHECK(pointer_of(small_words, "\">=24\"", "\"24\"") == "/approximations/amounts/dozens");
    CHECK(pointer_of(small_words, "\"comma\"", "\",\"") == "/separators/groups/0");
    CHECK(pointer_of(small_words, "[\"Sunday\"]]", "[\"Sunday\"], []]") == "/weekdays");
    CHECK(pointer_of(small_words, "\"links\"", "\"lnks\"") == "/lnks");
}
