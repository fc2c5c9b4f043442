#include "catch.hpp"
#include "english.hpp"
#include "framelens/error.hpp"
#include "framelens/names.hpp"
#include "framelens/names_caseless.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using namespace framelens;
using framelens::testing::annotate_all;
using framelens::testing::english;
using framelens::testing::large;
using framelens::testing::repeat;

namespace {

using Strings = std::vector<std::string>;

/// The names of the running text, then those of lines in which case says nothing.
DocumentNames all_names(SegmentedText& read) {
    DocumentNames found = find_names(read);
    const SegmentedText* texts[] = {&read};
    const DocumentNames* documents[] = {&found};
    const KnownNames known(texts, documents, Run{});
    read_caseless(read, found, known);
    return found;
}

/// Names as printed, titles off, with the bearer each goes to.
Strings names(const std::string& text) {
    SegmentedText read = read_text(text, *english());
    const DocumentNames found = all_names(read);
    Strings out;
    for (const NameMention& mention : found.mentions) {
        const auto first = read.tokens[static_cast<std::size_t>(mention.tokens.first)].span.start;
        const auto end = read.tokens[static_cast<std::size_t>(mention.tokens.end - 1)].span.end;
        out.push_back(std::string(read.at({first, end})) + " = " +
                      found.entities[static_cast<std::size_t>(mention.entity)].name);
    }
    return out;
}

const CorpusEntity* bearer(const CorpusNames& names, const std::string& name) {
    const auto found =
        std::find_if(names.entities.begin(), names.entities.end(),
                     [&](const CorpusEntity& entity) { return entity.name == name; });
    return found == names.entities.end() ? nullptr : &*found;
}

Strings bearers(const std::vector<std::string>& texts) {
    const auto read = annotate_all(texts);
    Strings out;
    for (const CorpusEntity& entity : read->names.entities) {
        if (entity.kind == EntityKind::person) out.push_back(entity.name);
    }
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace

TEST_CASE("a surname goes to the bearer it last named, titles come off") {
    CHECK(names("President Maria Ruiz met Olaf Lund. Ruiz thanked Mr. Lund.") ==
          Strings{"Maria Ruiz = Maria Ruiz", "Olaf Lund = Olaf Lund", "Ruiz = Maria Ruiz",
                  "Lund = Olaf Lund"});
}

TEST_CASE("the first word of a sentence and months are no names") {
    CHECK(names("Yesterday it rained. The quay was wet in March.").empty());
    CHECK(names("").empty());
}

TEST_CASE("nations and their adjectives are found apart from names") {
    const std::string text = "The Peruvian envoy flew from North Korea to the U.S. and back.";
    const SegmentedText read = read_text(text, *english());
    const DocumentNames found = find_names(read);
    REQUIRE(found.nations.size() == 3);
    CHECK(found.nations[0].adjective);
    CHECK_FALSE(found.nations[1].adjective);
    CHECK(found.nations[1].tokens.size() == 2);
    CHECK(nation_at(found, found.nations[1].tokens.first + 1) == &found.nations[1]);
    CHECK(nation_at(found, 0) == nullptr);
    CHECK(name_at(found, 0) == nullptr);
}

TEST_CASE("an office with its prefixes and past ones are terms of their own") {
    const auto term = [](const std::string& text) {
        const SegmentedText read = read_text(text, *english());
        return role_term(read, 0, static_cast<std::int32_t>(read.tokens.size()) - 1);
    };
    CHECK(term("presidents") == "president");
    CHECK(term("vice president") == "vice president");
    CHECK(term("former vice president") == "former vice president");
    CHECK(term("Socialist president") == "president");
}

TEST_CASE("short forms keep the order and an end of the full name") {
    const Strings full = {"maria", "elena", "ruiz"};
    CHECK(is_short_form({"ruiz"}, full));
    CHECK(is_short_form({"maria", "ruiz"}, full));
    CHECK(is_short_form({"m.", "ruiz"}, full));
    CHECK_FALSE(is_short_form({"ruiz", "maria"}, full));
    CHECK_FALSE(is_short_form({"elena"}, full));
    CHECK_FALSE(is_short_form({"lund"}, full));
    CHECK(is_short_form({"maria", "ruiz"}, {"m.", "ruiz"}));
    CHECK_FALSE(is_short_form({"jay", "ruiz"}, {"olaf", "j.", "ruiz"}));
}

TEST_CASE("a suffix goes with the word before it, however it is written") {
    for (const char* name : {"Maria Ruiz Jr.", "Maria Ruiz Jr", "Maria Ruiz, Jr.", "Maria Ruiz, Jr",
                             "MARIA RUIZ JUNIOR", "  Maria  Ruiz ,Jr. "}) {
        CHECK(words_of_name(name, *english()) == Strings{"maria", "ruiz jr"});
    }
    CHECK(words_of_name("Olaf Lund the Elder", *english()) == Strings{"olaf", "lund the elder"});
    CHECK(words_of_name("Olaf VI", *english()) == Strings{"olaf vi"});
    CHECK(words_of_name("Olaf VIII", *english()) == Strings{"olaf viii"});
    CHECK(words_of_name("Jr.", *english()) == Strings{"jr"});
    CHECK(words_of_name("St. Olaf B Lund-Ruiz", *english()) ==
          Strings{"st", "olaf", "b.", "lund", "ruiz"});
    CHECK(words_of_name(" , ", *english()).empty());
    CHECK(without_suffix("ruiz jr") == "ruiz");
    CHECK(without_suffix("ruiz") == "ruiz");
}

TEST_CASE("a name in a text has the words that it has alone") {
    for (const std::string& name :
         Strings{"Olaf Lund Jr.", "Olaf Lund, Jr.", "Olaf J. Lund III", "Olaf Lund the Younger",
                 "Olaf van Lund", "Jo-Ann Ruiz", "Jo B. Ruiz"}) {
        const std::string text = "On the quay " + name + " spoke.";
        const SegmentedText read = read_text(text, *english());
        const DocumentNames found = find_names(read);
        REQUIRE(found.mentions.size() == 1);
        CHECK(words_of_name(read, found.mentions[0].tokens) == words_of_name(name, *english()));
        CHECK(found.entities[0].name == name);
    }
}

TEST_CASE("a suffix with its stop does not hold what follows it") {
    CHECK(names("On the quay stood Olaf Lund Jr. Lund spoke.") ==
          Strings{"Olaf Lund Jr. = Olaf Lund Jr.", "Lund = Lund"});
    CHECK(names("On the quay stood Olaf Lund Jr. President Lund spoke.") ==
          Strings{"Olaf Lund Jr. = Olaf Lund Jr.", "Lund = Lund"});
    CHECK(names("On the quay stood Lund v Ruiz, a case.") == Strings{"Lund = Lund", "Ruiz = Ruiz"});
}

TEST_CASE("a surname is a son's only where nobody else has it") {
    const auto count = [](const Strings& texts, const std::string& name) {
        const auto read = annotate_all(texts);
        int found = 0;
        for (std::size_t d = 0; d < texts.size(); ++d) {
            for (const NameMention& mention : read->documents[d]->names.mentions) {
                const auto entity = read->names.of[d][static_cast<std::size_t>(mention.entity)];
                const auto& printed = read->names.entities[static_cast<std::size_t>(entity)];
                found += printed.name == name ? 1 : 0;
            }
        }
        return found;
    };
    CHECK(count({"On the quay Olaf Lund Jr. said no. Lund left. Mr. Lund slept."},
                "Olaf Lund Jr.") == 3);
    CHECK(count({"On the quay Olaf Lund Jr. said no. Lund Jr. left. Lund slept."},
                "Olaf Lund Jr.") == 2);
    CHECK(count({"On the quay Olaf Lund Jr. said no. President Lund left."}, "Olaf Lund Jr.") == 1);
    CHECK(count({"On the quay Olaf Lund Jr. said no. Lund left.", "Then came Olaf Lund."},
                "Olaf Lund Jr.") == 1);
}

/// The bearers of texts each of which is printed by so many documents.
Strings bearers_of(const std::vector<std::pair<std::string, int>>& printed) {
    Strings texts;
    for (const auto& [text, count] : printed) texts.insert(texts.end(), std::size_t(count), text);
    return bearers(texts);
}

TEST_CASE("words before a name that most documents print without are none of it") {
    const std::pair<std::string, int> plain = {"On the quay Maria Ruiz spoke. Ruiz left.", 3};
    for (const std::string& noise : Strings{"Elect", "Getty", "Boston Globe", "Olaf J. Lund"}) {
        CHECK(bearers_of({plain, {"On the quay, " + noise + " Maria Ruiz spoke.", 1}}) ==
              Strings{"Maria Ruiz"});
    }
    CHECK(bearers_of({plain, {"On the quay Ana Maria Ruiz spoke.", 1}}) ==
          Strings{"Ana Maria Ruiz"});
    CHECK(bearers_of({{"On the quay Elect Maria Ruiz spoke.", 1}}) == Strings{"Elect Maria Ruiz"});
}

TEST_CASE("the fullest form that is not rare names the bearer") {
    const std::pair<std::string, int> full = {"On the quay Maria Elena Ruiz spoke.", 1};
    CHECK(bearers_of({full, {"On the quay Maria Ruiz spoke.", 20}}) == Strings{"Maria Elena Ruiz"});
    CHECK(bearers_of({full, {"On the quay Maria Ruiz spoke.", 21}}) == Strings{"Maria Ruiz"});
}

TEST_CASE("initials are the same with and without a full stop, and the common form wins") {
    CHECK(bearers_of({{"On the quay Maria E. Ruiz spoke.", 5},
                      {"On the quay Maria E Ruiz spoke.", 1},
                      {"On the quay Maria Elena Ruiz spoke.", 1},
                      {"On the quay Maria Ruiz spoke.", 30}}) == Strings{"Maria E. Ruiz"});
}

TEST_CASE("a common name is not short for a rare one that begins with it") {
    const std::pair<std::string, int> rare = {"On the quay Mr. Harbour Desk spoke.", 1};
    CHECK(bearers_of({rare, {"On the quay, Harbour spoke.", 20}}) == Strings{"Harbour Desk"});
    CHECK(bearers_of({rare, {"On the quay, Harbour spoke.", 21}}) ==
          Strings{"Harbour", "Harbour Desk"});
}

TEST_CASE("what one in a hundred documents says of a bearer does not hold") {
    const auto roles = [](int judges) {
        Strings texts(200, "On the quay President Maria Ruiz spoke.");
        for (int i = 0; i < judges; ++i) texts.push_back("On the quay Judge Maria Ruiz spoke.");
        const auto read = annotate_all(texts);
        const CorpusEntity* ruiz = bearer(read->names, "Maria Ruiz");
        return ruiz == nullptr ? Strings{} : ruiz->roles;
    };
    CHECK(roles(9) == Strings{"president"});
    CHECK(roles(10) == Strings{"judge", "president"});
}

TEST_CASE("a person is one in all articles, if a fifth of them tell") {
    const std::pair<std::string, int> person = {"On the quay Mr. Harbour Light spoke.", 1};
    CHECK(bearers_of({person, {"On the quay, Harbour Light shone.", 4}}) ==
          Strings{"Harbour Light"});
    CHECK(bearers_of({person, {"On the quay, Harbour Light shone.", 5}}).empty());
}

TEST_CASE("a noun for a person with a place is no name") {
    CHECK(bearers(
              {"On the quay Maria Ruiz, a Maryland Democrat, spoke. The Ohio Republican left."}) ==
          Strings{"Maria Ruiz"});
    CHECK(bearers({"On the quay Maria Ruiz, Ohio Republican, spoke."}) == Strings{"Maria Ruiz"});
    CHECK(bearers({"On the quay, Maria King spoke."}) == Strings{"Maria King"});
    const auto read =
        annotate_all({"On the quay the Coast Guard, said the Harbour Monitor, slept."});
    CHECK(bearer(read->names, "Coast Guard") != nullptr);
    CHECK(bearer(read->names, "Harbour Monitor") != nullptr);
}

TEST_CASE("acronyms are no surnames, departments keep their names") {
    CHECK(bearers({"On the quay Mr. House GOP spoke.",
                   "On the quay, GOP leaders spoke. GOP won."}) == Strings{"House GOP"});
    const auto read =
        annotate_all({"On Monday the Justice Department spoke. So did Duke University.",
                      "On Monday the State Department spoke."});
    CHECK(bearer(read->names, "Justice Department") != nullptr);
    CHECK(bearer(read->names, "Duke University") != nullptr);
}

TEST_CASE("a name that begins again is another, and abbreviated titles come off in between") {
    CHECK(bearers({"On the quay Maria Ruiz Maria Elena RuizFormer mayor spoke."}) ==
          Strings{"Maria Elena RuizFormer", "Maria Ruiz"});
    CHECK(bearers({"On the quay South Carolina Sen. Maria Ruiz spoke."}) == Strings{"Maria Ruiz"});
}

TEST_CASE("over a corpus the fullest form names the bearer, accents aside") {
    const auto read = annotate_all({"President María Elena Ruiz spoke.",
                                    "Peruvian President Maria Ruiz left. Ruiz returned."});
    const CorpusEntity* ruiz = bearer(read->names, "María Elena Ruiz");
    REQUIRE(ruiz != nullptr);
    CHECK(ruiz->kind == EntityKind::person);
    CHECK(ruiz->count == 3);
    CHECK(ruiz->has_role("president"));
    REQUIRE(ruiz->nation);
    CHECK(english()->nations[static_cast<std::size_t>(*ruiz->nation)] == "Peru");
    CHECK(ruiz->is_of(*ruiz->nation));
    CHECK_FALSE(ruiz->is_of(*ruiz->nation + 1));
}

TEST_CASE("a surname with two bearers is joined to neither across documents") {
    CHECK(bearers({"On the quay Maria Ruiz spoke. Then Ruiz left.",
                   "On the quay Pedro Ruiz sang. Then Ruiz left."}) ==
          Strings{"Maria Ruiz", "Pedro Ruiz"});
}

TEST_CASE("joined names do not depend on the order of documents") {
    std::vector<std::string> texts = {"President Maria Ruiz spoke. Ruiz left.", "Pedro Ruiz sang.",
                                      "M. Ruiz slept.", "Carsavian leader Olaf Lund met Ms. Ruiz.",
                                      "The Lund government fell. Olaf J. Lund fled."};
    const Strings expected = bearers(texts);
    CHECK_FALSE(expected.empty());
    for (unsigned seed = 0; seed < 20; ++seed) {
        std::mt19937 random(seed);
        std::shuffle(texts.begin(), texts.end(), random);
        CHECK(bearers(texts) == expected);
    }
}

TEST_CASE("names of random texts lie in their sentences, ordered, apart, with a bearer") {
    const auto& pieces = framelens::testing::awkward_pieces();
    for (unsigned seed = 0; seed < 150; ++seed) {
        std::mt19937 random(seed);
        std::string text;
        for (int i = 0; i < 60; ++i) text += pieces[random() % pieces.size()];
        SegmentedText read = read_text(text, *english());
        const DocumentNames found = all_names(read);
        std::int32_t end = 0;
        for (const NameMention& mention : found.mentions) {
            CHECK(mention.tokens.first >= end);
            CHECK(mention.tokens.size() > 0);
            CHECK(mention.title <= mention.tokens.first);
            CHECK(mention.tokens.end <= static_cast<std::int32_t>(read.tokens.size()));
            CHECK(read.tokens[static_cast<std::size_t>(mention.tokens.first)].sentence ==
                  read.tokens[static_cast<std::size_t>(mention.tokens.end - 1)].sentence);
            CHECK(mention.entity >= 0);
            CHECK(mention.entity < static_cast<std::int32_t>(found.entities.size()));
            end = mention.tokens.end;
        }
    }
}

TEST_CASE("a long list of names takes linear time") {
    std::string many;
    for (int i = 0; i < 20'000; ++i) {
        many += "Maria Ruiz" + std::string(1, static_cast<char>('a' + i % 26)) + " sang. ";
    }
    const std::string text =
        GENERATE_COPY(as<std::string>{}, many, repeat("Ruiz ", large(300'000)),
                      repeat("President ", large(200'000)), repeat("Peruvian ", large(200'000)),
                      repeat("North ", large(200'000)));
    SegmentedText read = read_text(text, *english());
    CHECK_NOTHROW(all_names(read));
}

TEST_CASE("a long line in which case says nothing takes linear time") {
    const std::string line =
        GENERATE_COPY(repeat("Ruiz Opens ", large(200'000)), repeat("Maria Ruiz ", large(200'000)),
                      repeat("President Ruiz Is ", large(100'000)),
                      repeat("President ", large(300'000)), repeat("Lund Opens ", large(200'000)),
                      repeat("RUIZ: ", large(200'000)), repeat("Is Ruiz A Mayor ", large(80'000)));
    CHECK_NOTHROW(annotate_all({"Maria Ruiz sang.\n\n" + line + "\n\nMayor Ruiz left.", line}));
}

TEST_CASE("names in lines in which case says nothing are those that something tells") {
    const std::string body =
        "\n\nPresident Maria Ruiz met Olaf Lund on Monday. Lund left the port.\n";
    CHECK(names("Ruiz Shuts Port As Strike Spreads" + body).front() == "Ruiz = Maria Ruiz");
    CHECK(names("RUIZ SHUTS PORT AS STRIKE SPREADS" + body).front() == "RUIZ = Maria Ruiz");
    CHECK(names("Olaf Lund Leaves Second Quay" + body).front() == "Olaf Lund = Olaf Lund");
    CHECK(names("Anna Kell Rejects Port Deal" + body).front() == "Anna Kell = Anna Kell");
    CHECK(names("President Kolm Is Back In Port" + body).front() == "Kolm = Kolm");
    CHECK(names("President Set To Shut Second Port" + body).front() == "Maria Ruiz = Maria Ruiz");
    CHECK(names("Lund Opens Talks\n\nThe lund sank. A lund is a lund.\n").empty());
}

TEST_CASE("tokens of such lines get the case of running text") {
    SegmentedText read = read_text(
        "PRESIDENT MARIA RUIZ SAYS MAY VOTE IS OFF\n\nMaria Ruiz sang on the quay all day long.\n",
        *english());
    (void)all_names(read);
    Strings capital;
    for (std::int32_t t = 0; t < read.first_token[1]; ++t) {
        const Token& token = read.tokens[static_cast<std::size_t>(t)];
        CHECK_FALSE(token.all_caps);
        if (token.capital) capital.emplace_back(read.at(token.span));
    }
    CHECK(capital == Strings{"PRESIDENT", "MARIA", "RUIZ"});
}
