#include "catch.hpp"
#include "english.hpp"
#include "framelens/references.hpp"

#include <string>
#include <vector>

using namespace framelens;
using framelens::testing::annotate_all;
using framelens::testing::large;
using framelens::testing::repeat;

namespace {

using Strings = std::vector<std::string>;

/// Pronouns and descriptions of the text with whom they mean.
Strings meant(const std::string& text) {
    const auto read = annotate_all({text});
    const AnnotatedDocument& document = *read->documents[0];
    Strings out;
    for (const Reference& reference : document.references->items()) {
        if (reference.form == ReferenceForm::name) continue;
        const auto& head = document.segmented.tokens[static_cast<std::size_t>(reference.head)];
        out.push_back(std::string(document.segmented.at(head.span)) + " = " +
                      (reference.entity
                           ? read->names.entities[static_cast<std::size_t>(*reference.entity)].name
                           : "?"));
    }
    return out;
}

}  // namespace

TEST_CASE("a pronoun means the last person who fits") {
    CHECK(meant("Maria Ruiz left. She was tired.") == Strings{"She = Maria Ruiz"});
    CHECK(meant("Maria Ruiz met Olaf Lund. He was tired.") == Strings{"He = Olaf Lund"});
    CHECK(meant("Olaf Lund met Maria Ruiz. He was tired.") == Strings{"He = Olaf Lund"});
    CHECK(meant("It rained. She was tired.") == Strings{"She = ?"});
}

TEST_CASE("I inside a quotation is the speaker, he is not") {
    CHECK(meant("Olaf Lund met Pedro Ruiz. “I know he lied,” Lund said.") ==
          Strings{"I = Olaf Lund", "he = Pedro Ruiz"});
}

TEST_CASE("a description means the last person who was called so") {
    CHECK(meant("President Maria Ruiz met Olaf Lund. The president was tired.") ==
          Strings{"president = Maria Ruiz"});
    CHECK(meant("Peruvian President Maria Ruiz met Chilean President Olaf Lund. "
                "The Peruvian president was tired.") == Strings{"president = Maria Ruiz"});
}

TEST_CASE("an office without a nation means whom the article calls so without one") {
    const std::string met = "President Maria Ruiz met Peruvian President Olaf Lund. ";
    CHECK(meant(met + "The president was tired.") == Strings{"president = Maria Ruiz"});
    CHECK(meant(met + "The Peruvian president was tired.") == Strings{"president = Olaf Lund"});
    CHECK(meant("Peruvian President Olaf Lund met Maria Ruiz. The president was tired.") ==
          Strings{"president = Olaf Lund"});
}

TEST_CASE("a description with a party means its nominee") {
    const std::string met =
        "Democratic nominee Maria Ruiz met Republican nominee Olaf Lund. Ruiz left. ";
    CHECK(meant(met + "The Republican nominee was tired.") == Strings{"nominee = Olaf Lund"});
    CHECK(meant(met + "The Democratic nominee was tired.") == Strings{"nominee = Maria Ruiz"});
}

TEST_CASE("only definite descriptions mean somebody") {
    const std::string named = "Candidate Maria Ruiz left. ";
    CHECK(meant(named + "This candidate was tired.") == Strings{"candidate = Maria Ruiz"});
    for (const std::string& other : Strings{"Another", "Any", "Every", "No other"}) {
        CHECK(meant(named + other + " candidate was tired.").empty());
    }
}

TEST_CASE("what the article calls nobody is an office of somebody's or nothing") {
    const auto read =
        annotate_all({"Candidate Maria Ruiz left. Secretary Maria Ruiz spoke.",
                      "Maria Ruiz left. The candidate was tired. The secretary was ill."});
    const auto& items = read->documents[1]->references->items();
    REQUIRE(items.size() == 3);
    CHECK_FALSE(items[1].entity);
    CHECK(items[2].entity == items[0].entity);
}

TEST_CASE("a name's possessive and compound are told apart from its plain form") {
    const std::string text = "Lund's boat sank. The Lund government paid. Olaf Lund wept.";
    const auto read = annotate_all({text});
    bool possessor = false;
    bool compound = false;
    for (const Reference& reference : read->documents[0]->references->items()) {
        possessor = possessor || reference.possessor;
        compound = compound || reference.compound;
        CHECK_FALSE((reference.possessor && reference.compound));
    }
    CHECK(possessor);
    CHECK(compound);
}

TEST_CASE("the reference at a token is the one whose words cover it") {
    const auto read = annotate_all({"President Maria Ruiz left. She was tired."});
    const References& references = *read->documents[0]->references;
    for (const Reference& reference : references.items()) {
        for (std::int32_t t = reference.tokens.first; t < reference.tokens.end; ++t) {
            CHECK(references.at(t) == &reference);
        }
    }
    const auto last = static_cast<std::int32_t>(read->documents[0]->segmented.tokens.size()) - 1;
    CHECK(references.at(last) == nullptr);
}

TEST_CASE("a hundred thousand names, pronouns and descriptions take linear time") {
    const std::string text = GENERATE(
        as<std::string>{}, repeat("Maria Ruiz left. She slept. ", large(50'000)),
        repeat("President Maria Ruiz left. The president slept. ", large(50'000)),
        repeat("She left. ", large(100'000)),
        "Maria Ruiz sang. " + repeat("He left. ", large(100'000)),
        repeat("The president left. ", large(100'000)), repeat("I left and ", large(100'000)));
    CHECK_NOTHROW(annotate_all({text}));
}
