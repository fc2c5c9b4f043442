#include "framelens/error.hpp"
#include "framelens/json_io.hpp"

#include "catch.hpp"

#include <string>
#include <vector>

using namespace framelens;

namespace {

using Strings = std::vector<std::string>;

/// The smallest language that is read.
std::string small_language(const std::string& verbs = "{}",
                           const std::string& words = R"("month": [])",
                           const std::string& nations = "[]", const std::string& grammar = "{}") {
    return R"({"version": "framelens-language/2", "code": "xx", "cues": {"verbs": )" + verbs +
           R"(}, "roles": {"persons": {"Kïng": ["kings"]}, "institutions": {"regime": []},
                           "idioms": ["Regime Change"], "honorific": ["Mr", "Gen."]},
              "nations": {"demonym_endings": ["-n"], "nations": )" +
           nations +
           R"(}, "names": {"given_names": {"masculine": ["Kim", "André"], "feminine": ["Kim"]}},
              "function_words": {
              "pronouns": [{"form": "our", "case": "possessive", "person": 1, "number": "plural"},
                           {"form": "she", "case": "subject", "person": 3, "number": "singular",
                            "gender": "feminine"}],
              "abbreviations": ["Mr.", "Gen.", "approx."], )" +
           words +
           R"(},
              "zones": {"boilerplate_whole": ["Share this"], "boilerplate_start": [],
                        "boilerplate_inside": [], "byline_start": ["By"], "byline_inside": [],
                        "caption_credit": [], "caption_start": [], "dateline_inside": []},
              "grammar": )" +
           grammar + "}";
}

/// The same with a grammar.
std::string language_with(const std::string& grammar) {
    return small_language("{}", R"("preposition": ["by", "to"])", "[]", grammar);
}

std::string small_lexicon(const std::string& terms,
                          const std::string& poles = R"(["bad", "good"])") {
    return R"({"version": "framelens-lexicon/1", "axis": "a", "language": "en", "poles": )" +
           poles + R"(, "terms": )" + terms + "}";
}

std::string language_error(const std::string& json) {
    try {
        (void)language_from_json(json);
    } catch (const SchemaError& error) {
        return error.pointer() + " | " + error.what();
    }
    return "read";
}

/// The pointer of the error that the terms give, or "read".
std::string pointer_of(const std::string& lexicon) {
    try {
        (void)lexicon_from_json(lexicon);
    } catch (const SchemaError& error) {
        return error.pointer();
    }
    return "read";
}

}  // namespace

TEST_CASE("a language's words have their classes, base forms and stance") {
    const Language language = language_from_json(small_language(
        R"({"claim": {"stance": "doubting", "forms": ["claim", "claimed"],
                      "participles": ["claiming"], "naming": true},
            "say": {"stance": "neutral", "forms": ["said"], "participles": []}})",
        R"("month": ["MAY"], "modal": ["may"])",
        R"([{"name": "South Korea", "other_names": ["ROK"], "demonyms": ["South Koreans"]},
            {"name": "Peru", "other_names": [], "demonyms": ["Peruvian"]}])"));

    CHECK(language.code == "xx");
    CHECK(language.nations == std::vector<std::string>{"South Korea", "Peru"});
    CHECK(language.demonym_endings == Strings{"-n"});
    CHECK(language.idioms.phrases() == Strings{"regime change"});
    CHECK(language.zones.boilerplate_whole.phrases() == Strings{"share this"});

    const WordEntry* claimed = language.find("claimed");
    REQUIRE(claimed != nullptr);
    CHECK(claimed->lemma == "claim");
    CHECK(claimed->stance == Stance::doubting);
    CHECK(claimed->is(WordClass::cue));
    CHECK(claimed->is(WordClass::naming_verb));
    CHECK_FALSE(claimed->is(WordClass::cue_participle));
    CHECK(language.find("claiming")->is(WordClass::cue_participle));
    CHECK(language.find("claiming")->is(WordClass::cue));
    CHECK_FALSE(language.find("said")->is(WordClass::naming_verb));

    CHECK(language.find("kings")->lemma == "king");
    CHECK(language.find("king")->is(WordClass::role));
    CHECK(language.find("regime")->is(WordClass::institution));
    CHECK(language.find("andre")->is(WordClass::given_name));
    CHECK(language.find("kim")->is(WordClass::masculine));
    CHECK(language.find("kim")->is(WordClass::feminine));
    CHECK_FALSE(language.find("andre")->is(WordClass::feminine));

    CHECK(language.find("our")->is(WordClass::possessive_pronoun));
    CHECK(language.find("our")->is(WordClass::first_person));
    CHECK(language.find("our")->is(WordClass::plural));
    CHECK(language.find("she")->is(WordClass::feminine));
    CHECK_FALSE(language.find("she")->is(WordClass::plural));

    CHECK(language.find("may")->is(WordClass::month));
    CHECK(language.find("may")->is(WordClass::modal));
    CHECK(language.find("south korea")->nation == 0);
    CHECK(language.find("rok")->is(WordClass::nation));
    CHECK(language.find("peruvian")->nation == 1);
    CHECK(language.find("peruvian")->is(WordClass::demonym));
    CHECK(language.find("unknown") == nullptr);
}

TEST_CASE("an abbreviation has the classes of its word, with or without the stop") {
    const Language language = language_from_json(small_language());
    CHECK(language.abbreviations.find("mr.")->is(WordClass::honorific));
    CHECK(language.abbreviations.find("gen.")->is(WordClass::honorific));
    CHECK(language.abbreviations.find("approx.")->classes == WordClass::none);
}

TEST_CASE("a language's grammar says what words mark and how others are inflected") {
    const Language language = language_from_json(language_with(
        R"({"markers": {"agent": ["By"], "toward": ["to"], "infinitive": ["to"]},
            "endings": {"past": {"endings": ["d", "ed"], "exceptions": ["eed"]}},
            "contractions": {"'re": "are"}})"));
    CHECK(language.find("by")->is(Marker::agent));
    CHECK(language.find("by")->is(WordClass::preposition));
    CHECK_FALSE(language.find("by")->is(Marker::toward));
    CHECK(language.find("to")->is(Marker::toward));
    CHECK(language.find("to")->is(Marker::infinitive));
    CHECK(language.inflection.past.endings == Strings{"ed", "d"});
    CHECK(language.inflection.past.exceptions == Strings{"eed"});
    CHECK(language.inflection.gerund.endings.empty());
    CHECK(language.inflection.contractions.at("'re") == "are");
}

TEST_CASE("a grammar that breaks a rule is refused with the place") {
    const auto starts = [](const std::string& grammar, const std::string& pointer) {
        const std::string error = language_error(language_with(grammar));
        INFO(error);
        CHECK(error.substr(0, error.find(" |")) == pointer);
    };
    starts(R"({"marker": {}})", "/grammar/marker");
    starts(R"({"markers": {"agents": ["by"]}})", "/grammar/markers/agents");
    starts(R"({"markers": {"agent": ["by", "via"]}})", "/grammar/markers/agent/1");
    starts(R"({"endings": {"past": ["ed"]}})", "/grammar/endings/past");
    starts(R"({"endings": {"past": {"exceptions": []}}})", "/grammar/endings/past");
    starts(R"({"endings": {"past": {"endings": [""]}}})", "/grammar/endings/past/endings/0");
    starts(R"({"endings": {"future": {"endings": []}}})", "/grammar/endings/future");
    starts(R"({"contractions": {"'re": 1}})", "/grammar/contractions/'re");
}

TEST_CASE("a language that breaks a rule is refused with the place") {
    CHECK(language_error(small_language()) == "read");
    const auto starts = [](const std::string& json, const std::string& pointer) {
        const std::string error = language_error(json);
        INFO(error);
        CHECK(error.substr(0, error.find(" |")) == pointer);
    };
    starts(small_language(R"({"say": {"stance": "rude", "forms": [], "participles": []}})"),
           "/cues/verbs/say/stance");
    starts(small_language(R"({"say": {"stance": "neutral", "forms": []}})"), "/cues/verbs/say");
    starts(small_language(R"({"say": {"stance": "neutral", "forms": [7], "participles": []}})"),
           "/cues/verbs/say/forms/0");
    starts(small_language(R"({"say": {"stance": "neutral", "forms": [" "], "participles": []}})"),
           "/cues/verbs/say/forms/0");
    starts(small_language(R"({"a/b~": {"stance": "neutral", "forms": "x", "participles": []}})"),
           "/cues/verbs/a~1b~0/forms");
    starts(small_language(R"({"see": {"stance": "neutral", "forms": ["saw"], "participles": []},
                              "saw": {"stance": "neutral", "forms": ["saw"], "participles": []}})"),
           "/cues/verbs/see/forms/0");
    starts(small_language("{}", R"("verbs": ["x"])"), "/function_words/verbs");
    starts(small_language("{}", R"("honorific": [])"), "/function_words/honorific");
    starts(small_language("{}", R"("month": [])",
                          R"([{"name": "A", "other_names": ["B"], "demonyms": []},
                                          {"name": "C", "other_names": ["b"], "demonyms": []}])"),
           "/nations/nations/1/other_names/0");
    std::string other = small_language();
    other.replace(other.find("language/2"), 10, "language/1");
    starts(other, "/version");
    starts(R"({"version": 1})", "/version");
    starts("[]", "");
}

TEST_CASE("JSON that is malformed, repeated or too deep is refused with the place") {
    CHECK(language_error("").find(" | /: not JSON at byte") != std::string::npos);
    CHECK(language_error("{\"version\": \xff}").find("byte 12 is not UTF-8") != std::string::npos);
    CHECK(pointer_of(R"({"a": [1, {"b": 1, "c": tru}]})") == "/a/1/c");
    CHECK(pointer_of(R"({"a": [1, {"b": 1, "b": 2}]})") == "/a/1/b");
    CHECK(pointer_of(R"({"a": [1, 2)") == "/a/2");
    CHECK(pointer_of(R"({"a": 1e999})") == "/a");
    CHECK(pointer_of(R"({"a": NaN})") == "/a");
    CHECK(pointer_of("{} {}").empty());
    CHECK(pointer_of(std::string(17, '[') + std::string(17, ']')).size() == 32);
    CHECK(pointer_of(std::string(1'000'000, '[')).size() == 32);
}

TEST_CASE("a lexicon's terms have folded texts, a pole, a weight and a match") {
    const Lexicon lexicon = lexicon_from_json(small_lexicon(
        R"([{"text": "Fïend", "forms": ["FIENDS"], "pole": "bad", "weight": 2.5, "object": "person"},
            {"text": "state of law", "pole": "good", "note": "why"},
            {"text": "neo-*", "pole": "bad", "match": "glob"},
            {"text": "boss", "pole": "neutral"}])"));
    REQUIRE(lexicon.terms.size() == 4);
    CHECK(lexicon.terms[0].text == "fiend");
    CHECK(lexicon.terms[0].forms == std::vector<std::string>{"fiends"});
    CHECK(lexicon.terms[0].pole == 0);
    CHECK(lexicon.terms[0].weight == 2.5);
    CHECK(lexicon.terms[0].object == LabelObject::person);
    CHECK(lexicon.terms[0].match == TermMatch::exact);
    CHECK(lexicon.terms[1].pole == 1);
    CHECK(lexicon.terms[1].weight == 1.0);
    CHECK(lexicon.terms[1].match == TermMatch::phrase);
    CHECK(lexicon.terms[1].note == "why");
    CHECK(lexicon.terms[2].match == TermMatch::glob);
    CHECK_FALSE(lexicon.terms[3].pole.has_value());
    CHECK(lexicon.terms[3].weight == 0.0);
}

TEST_CASE("a lexicon that breaks a rule is refused with the place") {
    CHECK(pointer_of(small_lexicon(R"([{"text": "x", "pole": "bad"}])")) == "read");
    CHECK(pointer_of(small_lexicon("[]")) == "/terms");
    CHECK(pointer_of(small_lexicon("{}")) == "/terms");
    CHECK(pointer_of(small_lexicon(R"([{"text": "x", "pole": "ugly"}])")) == "/terms/0/pole");
    CHECK(pointer_of(small_lexicon(R"([{"text": "", "pole": "bad"}])")) == "/terms/0/text");
    CHECK(pointer_of(small_lexicon(R"([{"text": " x", "pole": "bad"}])")) == "/terms/0/text");
    CHECK(pointer_of(small_lexicon(R"([{"pole": "bad"}])")) == "/terms/0");
    CHECK(pointer_of(small_lexicon(R"([{"text": "x", "pole": "bad", "weigth": 1}])")) ==
          "/terms/0/weigth");
    for (const char* weight : {"0", "-1", "\"1\"", "null"}) {
        INFO(weight);
        CHECK(pointer_of(small_lexicon(R"([{"text": "x", "pole": "bad", "weight": )" +
                                       std::string(weight) + "}]")) == "/terms/0/weight");
    }
    CHECK(pointer_of(small_lexicon(R"([{"text": "x", "pole": "neutral", "weight": 1}])")) ==
          "/terms/0/weight");
    CHECK(pointer_of(small_lexicon(R"([{"text": "x", "pole": "bad", "object": "thing"}])")) ==
          "/terms/0/object");
    CHECK(pointer_of(small_lexicon(R"([{"text": "**", "pole": "bad", "match": "glob"}])")) ==
          "/terms/0/match");
    CHECK(pointer_of(small_lexicon(R"([{"text": "x", "pole": "bad"},
                                       {"text": "y", "forms": ["z", "X"], "pole": "good"}])")) ==
          "/terms/1/forms/1");
    CHECK(pointer_of(small_lexicon(R"([{"text": "x", "pole": "bad", "object": "person"},
                                       {"text": "x", "pole": "good", "object": "institution"}])")) ==
          "read");
    const std::string term = R"([{"text": "x", "pole": "neutral"}])";
    CHECK(pointer_of(small_lexicon(term, "[]")) == "/poles");
    CHECK(pointer_of(small_lexicon(term, R"(["a", "b", "c"])")) == "/poles");
    CHECK(pointer_of(small_lexicon(term, R"(["a", "a"])")) == "/poles/1");
    CHECK(pointer_of(small_lexicon(term, R"(["neutral"])")) == "/poles/0");
    CHECK(pointer_of(R"({"version": "framelens-lexicon/9"})") == "/version");
    CHECK(pointer_of(R"({"axis": "a"})").empty());
}

TEST_CASE("a label finds its term by text, form or pattern, and by object") {
    const Lexicon lexicon = lexicon_from_json(small_lexicon(
        R"([{"text": "neo-*", "pole": "good", "match": "glob"},
            {"text": "neo-fiend", "forms": ["neo-fiends"], "pole": "bad"},
            {"text": "head", "pole": "good"},
            {"text": "head", "pole": "bad", "object": "institution"},
            {"text": "b?ss*n", "pole": "good", "match": "glob", "object": "person"}])"));
    const auto find = [&](const char* text, LabelObject object) {
        const LexiconTerm* term = find_term(lexicon, text, object);
        return term == nullptr ? -1 : static_cast<int>(term - lexicon.terms.data());
    };
    CHECK(find("neo-fiends", LabelObject::any) == 1);
    CHECK(find("neo-king", LabelObject::person) == 0);
    CHECK(find("neo-", LabelObject::person) == 0);
    CHECK(find("neo", LabelObject::person) == -1);
    CHECK(find("head", LabelObject::person) == 2);
    CHECK(find("head", LabelObject::institution) == 3);
    CHECK(find("bossman", LabelObject::person) == 4);
    CHECK(find("b\xC3\xB8ssn", LabelObject::person) == 4);  // ? is one letter, of two bytes
    CHECK(find("bossma", LabelObject::person) == -1);
    CHECK(find("bossman", LabelObject::institution) == -1);
}
