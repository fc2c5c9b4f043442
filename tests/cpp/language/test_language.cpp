#include "catch.hpp"
#include "framelens/language.hpp"

#include <map>
#include <random>
#include <string>

using namespace framelens;

namespace {

/// Words of any length from few letters, so that many begin alike; NUL and bytes beyond ASCII too.
std::string random_word(std::mt19937& random) {
    const std::string letters{"ab\0.\xC3\xA9", 6};
    std::string word;
    const std::size_t size = random() % 24;
    for (std::size_t i = 0; i < size; ++i) word += letters[random() % letters.size()];
    return word;
}

}  // namespace

TEST_CASE("a table finds what was put in and nothing else") {
    for (const unsigned seed : {1U, 2U, 3U}) {
        std::mt19937 random(seed);
        WordTable table;
        std::map<std::string, std::string> oracle;
        CHECK(table.find("") == nullptr);
        for (int i = 0; i < 3000; ++i) {
            const std::string word = random_word(random);
            table[word].lemma = oracle[word] = std::to_string(i);
        }
        CHECK(table.size() == oracle.size());
        int wrong = 0;
        for (int i = 0; i < 6000; ++i) {
            const std::string word = random_word(random);
            const auto known = oracle.find(word);
            const WordEntry* entry = table.find(word);
            const bool same = known == oracle.end()
                                  ? entry == nullptr
                                  : entry != nullptr && entry->lemma == known->second;
            wrong += same ? 0 : 1;
        }
        for (const auto& [word, lemma] : oracle) {
            const WordEntry* entry = table.find(word);
            wrong += entry != nullptr && entry->lemma == lemma ? 0 : 1;
        }
        CHECK(wrong == 0);
    }
}

TEST_CASE("entries keep their place as the table grows") {
    WordTable table;
    WordEntry* const first = &table["first"];
    for (int i = 0; i < 1000; ++i) table["word " + std::to_string(i)].lemma = std::string(1, 'x');
    CHECK(table.find("first") == first);
}

TEST_CASE("a key is the word in lower case, letter by letter") {
    for (int byte = 0; byte < 256; ++byte) {
        for (std::size_t size = 1; size <= WordKey::longest; ++size) {
            const auto sign = static_cast<char>(byte);
            const bool upper = sign >= 'A' && sign <= 'Z';
            const std::string word = std::string(size - 1, 'x') + sign;
            const std::string lower =
                std::string(size - 1, 'x') + (upper ? static_cast<char>(sign + 32) : sign);
            const WordKey key = WordKey::of(word);
            REQUIRE(key.is_ascii() == (byte < 0x80));
            REQUIRE(key.lower() == WordKey::of(lower));
        }
    }
    CHECK_FALSE(WordKey::of("a") == WordKey::of(std::string("a\0", 2)));
}

TEST_CASE("a word ends as its kind does, and as no exception") {
    const WordEndings third_person{{"s"}, {"ss", "us", "is"}};
    CHECK(third_person.fits("condemns"));
    CHECK_FALSE(third_person.fits("press"));
    CHECK(third_person.may_fit("press"));
    CHECK_FALSE(third_person.may_fit("condemn"));
    CHECK_FALSE(WordEndings{}.fits("s"));
    CHECK_FALSE(WordEndings{}.may_fit(""));

    const WordEndings any{{"ingly", "ing", "s"}, {"ss"}};
    CHECK(any.cut("seemingly", 4) == "seem");
    CHECK(any.cut("singing", 4) == "sing");
    CHECK(any.cut("sing", 4) == "sing");
    CHECK(any.cut("rings", 4) == "ring");
    CHECK(any.cut("dress", 4) == "dress");
}
