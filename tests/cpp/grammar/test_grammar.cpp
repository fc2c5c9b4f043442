#include "catch.hpp"
#include "english.hpp"
#include "framelens/error.hpp"
#include "framelens/grammar.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace framelens;
using framelens::testing::awkward_pieces;
using framelens::testing::english;

namespace {

/// English without its tagger: word classes tell.
const Language& plain_english() {
    static const Language language = [] {
        Language copy = *english();
        copy.tagger = nullptr;
        return copy;
    }();
    return language;
}

/// A sentence and what its grammar says of words given by their text.
class Read {
public:
    explicit Read(const std::string& text, const Language& language = *english())
        : text_(text), read_(read_text(text_, language)), grammar_(read_) {}

    [[nodiscard]] std::int32_t find(std::string_view word) const {
        for (std::size_t t = 0; t < read_.tokens.size(); ++t) {
            if (read_.at(read_.tokens[t].span) == word) return static_cast<std::int32_t>(t);
        }
        FAIL("no " << word << " in " << text_);
        return 0;
    }
    [[nodiscard]] std::string word(std::optional<std::int32_t> token) const {
        if (!token) return "-";
        return std::string(read_.at(read_.tokens[static_cast<std::size_t>(*token)].span));
    }
    [[nodiscard]] std::string phrase(std::string_view noun) const {
        const auto found = grammar_.phrase(find(noun));
        if (!found) return "-";
        const Span words{read_.tokens[static_cast<std::size_t>(found->first)].span.start,
                         read_.tokens[static_cast<std::size_t>(found->end - 1)].span.end};
        return std::string(read_.at(words));
    }
    /// The first word of the group of a verb, and p(assive), n(egated), h(ypothetical).
    [[nodiscard]] std::string group(std::string_view verb) const {
        const VerbGroup group = grammar_.verb_group(find(verb));
        std::string out = word(group.first);
        if (group.passive) out += " p";
        if (group.negated) out += " n";
        if (group.hypothetical) out += " h";
        return out;
    }
    [[nodiscard]] std::string subject(std::string_view verb) const {
        return word(grammar_.subject(find(verb)));
    }
    [[nodiscard]] std::string object(std::string_view verb) const {
        return word(grammar_.object(find(verb)));
    }
    [[nodiscard]] std::string agent(std::string_view verb) const {
        return word(grammar_.agent(find(verb)));
    }
    [[nodiscard]] std::string apposition(std::string_view noun) const {
        return word(grammar_.apposition(find(noun)));
    }
    [[nodiscard]] bool is_predicate(std::string_view noun) const {
        return grammar_.is_predicate(find(noun));
    }
    [[nodiscard]] bool is_passive(std::string_view verb) const {
        return grammar_.is_passive(find(verb));
    }
    [[nodiscard]] bool is_verb(std::string_view word) const { return grammar_.is_verb(find(word)); }
    [[nodiscard]] bool is_noun(std::string_view word) const { return grammar_.is_noun(find(word)); }
    [[nodiscard]] const SegmentedText& text() const { return read_; }
    [[nodiscard]] const Grammar& grammar() const { return grammar_; }

private:
    std::string text_;
    SegmentedText read_;
    Grammar grammar_;
};

std::string group_of_called(const std::string& text) {
    const std::string tagged = Read(text).group("called");
    CHECK(Read(text, plain_english()).group("called") == tagged);
    return tagged;
}

}  // namespace

TEST_CASE("a passive has its be, whatever adverbs stand between") {
    CHECK(group_of_called("Ada Moore was called a tyrant.") == "was p");
    CHECK(group_of_called("Ada Moore was openly called a tyrant.") == "was p");
    CHECK(group_of_called("Ada Moore has long been called a tyrant.") == "has p");
    CHECK(group_of_called("Ada Moore was often and openly called a tyrant.") == "was p");
    CHECK(group_of_called("Ada Moore is being called a tyrant.") == "is p");
}

TEST_CASE("a perfect or a past is no passive") {
    CHECK(group_of_called("Ada Moore has called the tyrant.") == "has");
    CHECK(group_of_called("Ada Moore had openly called the tyrant.") == "had");
    CHECK(group_of_called("Ada Moore called the tyrant.") == "called");
    CHECK(group_of_called("Ada Moore was there. She called the tyrant.") == "called");
}

TEST_CASE("what is denied or supposed") {
    CHECK(group_of_called("Ada Moore wasn't called a tyrant.") == "wasn't p n");
    CHECK(group_of_called("Ada Moore was never openly called a tyrant.") == "was p n");
    CHECK(group_of_called("Ada Moore might be called a tyrant.") == "might p h");
    CHECK(group_of_called("Ada Moore would not have called it so.") == "would n h");
}

TEST_CASE("an infinitive is denied by the verb before it") {
    CHECK(Read("Olaf Lund refused to call Ada Moore.").group("call") == "call n");
    CHECK(Read("Olaf Lund hoped to call Ada Moore.").group("call") == "call");
}

TEST_CASE("an adverb that no list has stands in the group of its verb") {
    CHECK(Read("The premier was now condemned by all.").group("condemned") == "was p");
    CHECK(Read("The bridge has rather hastily been closed.").group("closed") == "has p");
    CHECK(Read("She will soon enough be invited.").is_passive("invited"));
}

TEST_CASE("a question parts a verb from its be") {
    CHECK(Read("Was the mayor arrested on Friday?").is_passive("arrested"));
    CHECK(Read("Were they invited to the talks?").is_passive("invited"));
    CHECK(Read("Why was the bridge closed?").is_passive("closed"));
}

TEST_CASE("a participle with an agent is passive without a be") {
    CHECK(Read("The letter written by the mayor was lost.").is_passive("written"));
    CHECK(Read("A man accused by the union of theft left.").is_passive("accused"));
    CHECK_FALSE(Read("The mayor has accused the union.").is_passive("accused"));
}

TEST_CASE("get makes a passive, the clitic of has none") {
    CHECK(Read("The teacher got fired over a poster.").is_passive("fired"));
    CHECK(Read("Three of them get paid by the port.").is_passive("paid"));
    CHECK_FALSE(Read("He's won the vote at last.").is_passive("won"));
    CHECK(Read("He's praised by the union.").is_passive("praised"));
    CHECK(Read("He's elected mayor at last.").group("elected") == "'s p");
}

TEST_CASE("words that may be noun or verb") {
    CHECK(Read("The mayor claims that she won.").is_verb("claims"));
    CHECK(Read("His claims were false.").is_noun("claims"));
    CHECK(Read("They plan to report the theft.").is_verb("report"));
    CHECK(Read("The report was short.").is_noun("report"));
    CHECK(Read("She will address the crowd.").is_verb("address"));
    CHECK(Read("Her address to the crowd was long.").is_noun("address"));
}

TEST_CASE("a noun phrase begins with its article, owner or first modifier") {
    CHECK(Read("They met the late Socialist leader.").phrase("leader") ==
          "the late Socialist leader");
    CHECK(Read("They met his two very young daughters.").phrase("daughters") ==
          "his two very young daughters");
    CHECK(Read("Reporters saw Ada Moore's new office.").phrase("office") ==
          "Ada Moore's new office");
    CHECK(Read("Reporters saw Ada Moore's new office.").phrase("Moore") == "Ada Moore");
    CHECK(Read("They voted for all the old bills.").phrase("bills") == "all the old bills");
    CHECK(Read("The town hired a strong and honest sheriff.").phrase("sheriff") ==
          "a strong and honest sheriff");
    CHECK(Read("It was written by the ruling party.").phrase("party") == "the ruling party");
}

TEST_CASE("quotation marks and what is about a number stand in a phrase") {
    CHECK(Read("They fear a “brutal” dictator.").phrase("dictator") == "a “brutal” dictator");
    CHECK(Read("They read the \"Free Port\" bill.").phrase("bill") == "the \"Free Port\" bill");
    CHECK(Read("Police held at least 40 people.").phrase("people") == "at least 40 people");
    CHECK(Read("In May, over 40 people fled.").phrase("people") == "over 40 people");
    CHECK(Read("The premier spoke under 40 flags.").phrase("flags") == "40 flags");
}

TEST_CASE("what only stands beside a phrase is none of it") {
    CHECK(Read("The mayor closed the talks yesterday.").phrase("talks") == "the talks");
    CHECK(Read("They met in Nordell last week.").phrase("week") == "last week");
    CHECK(Read("They fear that the judge resigned.").phrase("judge") == "the judge");
    CHECK(Read("They fear today's talks.").phrase("talks") == "today's talks");
}

TEST_CASE("the subject of a verb") {
    CHECK(Read("The mayor of Nordell has resigned.").subject("resigned") == "mayor");
    CHECK(Read("The mayor, who won in May, has resigned.").subject("resigned") == "mayor");
    CHECK(Read("The mayor, a friend of the judge, resigned.").subject("resigned") == "mayor");
    CHECK(Read("The man who shot the judge fled.").subject("shot") == "who");
    CHECK(Read("The man who shot the judge has left.").subject("left") == "man");
    CHECK(Read("Did the mayor know?").subject("know") == "mayor");
    CHECK(Read("\"No,\" said the mayor.").subject("said") == "mayor");
    CHECK(Read("The mayor came and went.").subject("went") == "-");
    CHECK(Read("The mayor wants to resign.").subject("resign") == "-");
}

TEST_CASE("the object and the agent of a verb") {
    CHECK(Read("The union thanked the premier.").object("thanked") == "premier");
    CHECK(Read("The union openly thanked Moore's aide.").object("thanked") == "aide");
    CHECK(Read("The premier was thanked.").object("thanked") == "-");
    CHECK(Read("She was called a tyrant by Olaf Lund.").agent("called") == "Lund");
    CHECK(Read("The bill was drafted by the judge's aides.").agent("drafted") == "aides");
    CHECK(Read("The bill was drafted by Friday.").agent("drafted") == "-");
    CHECK(Read("The judge has drafted a bill by hand.").agent("drafted") == "-");
}

TEST_CASE("a noun that is said of a subject") {
    CHECK(Read("Ada Moore is a dictator.").is_predicate("dictator"));
    CHECK(Read("Ada Moore isn't a dictator.").is_predicate("dictator"));
    CHECK(Read("Ada Moore is clearly not the leader of a gang.").is_predicate("leader"));
    CHECK_FALSE(Read("Ada Moore is clearly not the leader of a gang.").is_predicate("gang"));
    CHECK_FALSE(Read("Ada Moore was helping a dictator.").is_predicate("dictator"));
    CHECK_FALSE(Read("Ada Moore is the dictator's aide.").is_predicate("dictator"));
    CHECK(Read("Is the mayor a dictator?").is_predicate("dictator"));
    CHECK_FALSE(Read("Is the mayor a dictator?").is_predicate("mayor"));
    CHECK_FALSE(Read("What is the point?").is_predicate("point"));
    CHECK_FALSE(Read("Here is the mayor.").is_predicate("mayor"));
    CHECK(Read("Moore, the mayor, is a dictator.").is_predicate("dictator"));
}

TEST_CASE("an apposition stands behind its noun") {
    CHECK(Read("Ada Moore, the mayor of Nordell, left.").apposition("Moore") == "mayor");
    CHECK(Read("The new mayor, Ada Moore, left.").apposition("mayor") == "Moore");
    CHECK(Read("They met his brother Olaf Lund.").apposition("brother") == "Lund");
    CHECK(Read("The mayor of the city of Nordell, Ada Moore, left.").apposition("mayor") ==
          "Moore");
    CHECK(Read("They met Ada Moore (1920-1999), a painter, in May.").apposition("Moore") ==
          "painter");
    CHECK(Read("Ada Moore, a lawyer and diplomat, left.").apposition("Moore") == "lawyer");
    CHECK(Read("In a statement, Ada Moore, left, denied it.").apposition("statement") == "-");
    CHECK(Read("They met Ada Moore, the judge and a priest.").apposition("Moore") == "-");
}

TEST_CASE("phrases and groups of any text lie in their sentence") {
    std::string text;
    for (const std::string& piece : awkward_pieces()) text += piece + " was never called it ";
    for (const Language* language : {english().get(), &plain_english()}) {
        const Read read(text, *language);
        const auto& tokens = read.text().tokens;
        for (std::int32_t t = 0; t < static_cast<std::int32_t>(tokens.size()); ++t) {
            const auto sentence_of = [&](std::int32_t i) {
                return tokens[static_cast<std::size_t>(i)].sentence;
            };
            const std::int32_t first = read.grammar().verb_group(t).first;
            REQUIRE(first <= t);
            REQUIRE(sentence_of(first) == sentence_of(t));
            const auto subject = read.grammar().subject(t);
            if (subject) REQUIRE(sentence_of(*subject) == sentence_of(t));
            const auto phrase = read.grammar().phrase(t);
            if (!phrase) continue;
            REQUIRE(sentence_of(phrase->first) == sentence_of(phrase->end - 1));
            REQUIRE(phrase->first <= phrase->head);
        }
    }
}

TEST_CASE("a sentence without end is read in linear time") {
    for (const std::string piece : {"bank Moore ", "old ", "Moore's ", "bank, ", "who called "}) {
        std::string text = "The ";
        for (int i = 0; i < 20'000; ++i) text += piece;
        const Read read(text + "was called.");
        const auto last = static_cast<std::int32_t>(read.text().tokens.size()) - 1;
        CHECK(read.grammar().verb_group(last - 1).first <= last);
        CHECK_NOTHROW(read.grammar().subject(last - 1));
        CHECK_NOTHROW(read.grammar().phrase(last - 3));
    }
}

TEST_CASE("sentences answer the same in any order") {
    const std::string text = "The mayor resigned. She was called a tyrant. Reports were false.";
    const Read forwards(text);
    const Read backwards(text);
    const auto size = static_cast<std::int32_t>(forwards.text().tokens.size());
    std::vector<Part> parts;
    for (std::int32_t t = 0; t < size; ++t) parts.push_back(forwards.grammar().part(t));
    for (std::int32_t t = size; t-- > 0;) {
        CHECK(backwards.grammar().part(t) == parts[static_cast<std::size_t>(t)]);
    }
}

TEST_CASE("weights that are cut short or of another kind are refused") {
    CHECK_THROWS_AS(Tagger::from_bytes("framelens-tagger/0\n"), SchemaError);
    const std::string start(Tagger::format);
    CHECK_THROWS_AS(Tagger::from_bytes(start), SchemaError);
    CHECK_THROWS_AS(Tagger::from_bytes(start + std::string("\x02\0\0\0\x01", 5)), SchemaError);
    CHECK_THROWS_AS(Tagger::from_bytes(start + std::string("\x01\0\0\0\xff\xff\xff\x7f\x01", 9)),
                    SchemaError);
    CHECK_NOTHROW(Tagger::from_bytes(start + std::string("\x01\0\0\0\x05\x01", 6)));
    CHECK_THROWS_AS(Tagger::from_bytes(start + std::string("\x01\0\0\0\x05\x01x", 7)), SchemaError);
}
