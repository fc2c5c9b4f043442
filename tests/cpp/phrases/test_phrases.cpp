#include "framelens/phrases_longest.hpp"

#include "catch.hpp"
#include "framelens/phrases.hpp"
#include "framelens/unicode.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace framelens;

namespace {

const PhraseSet& phrases() {
    static const PhraseSet set({"sign up", "related:", "(photo", "comments", "año nuevo", ""});
    return set;
}

/// The obvious twin: every phrase at every place, whole words only.
bool part_by_hand(const std::vector<std::string>& all, const std::string& text) {
    const auto in_word = [](char c) {
        return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') ||
               ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    };
    return std::any_of(all.begin(), all.end(), [&](const std::string& phrase) {
        for (std::size_t at = text.find(phrase); at != std::string::npos;
             at = text.find(phrase, at + 1)) {
            const std::size_t end = at + phrase.size();
            const bool begins = at == 0 || !in_word(text[at - 1]) || !in_word(phrase.front());
            const bool finishes =
                end == text.size() || !in_word(text[end]) || !in_word(phrase.back());
            if (begins && finishes) return true;
        }
        return false;
    });
}

}  // namespace

TEST_CASE("an empty phrase is left out") {
    CHECK(phrases().phrases().size() == 5);
    CHECK_FALSE(phrases().has(""));
}

TEST_CASE("a text is a phrase, begins with one, holds one or ends with one") {
    CHECK(phrases().has("sign up"));
    CHECK_FALSE(phrases().has("sign up now"));
    CHECK(phrases().has_start_of("sign up now"));
    CHECK_FALSE(phrases().has_start_of("please sign up"));
    CHECK(phrases().has_part_of("please sign up now"));
    CHECK(phrases().has_end_of("please sign up"));
    CHECK_FALSE(phrases().has_end_of("sign up now"));
}

TEST_CASE("phrases are whole words, but for signs at their ends") {
    CHECK_FALSE(phrases().has_start_of("sign upward"));
    CHECK_FALSE(phrases().has_part_of("redesign up"));
    CHECK_FALSE(phrases().has_part_of("a newcomments page"));
    CHECK_FALSE(phrases().has_end_of("newcomments"));
    CHECK(phrases().has_start_of("related:story"));
    CHECK(phrases().has_part_of("the quay(photo by ana)"));
    CHECK_FALSE(phrases().has_part_of("the quay (photos by ana)"));
    CHECK(phrases().has_part_of("feliz año nuevo!"));
}

TEST_CASE("an empty set has nothing") {
    const PhraseSet none;
    CHECK_FALSE(none.has(""));
    CHECK_FALSE(none.has_part_of("sign up"));
    CHECK_FALSE(none.has_end_of("sign up"));
    CHECK_FALSE(none.may_start("sign up"));
    CHECK_FALSE(none.may_be_in("sign up"));
}

TEST_CASE("the quick look never misses a phrase, whatever its case and accents") {
    CHECK(phrases().may_start("SIGN UP now"));
    CHECK(phrases().may_start("Año nuevo"));
    CHECK(phrases().may_start("\xEF\xBC\xB3ign up"));  // a full-width S
    CHECK(phrases().may_be_in("Please, Sign Up"));
    CHECK_FALSE(phrases().may_start(""));
    const PhraseSet ascii({"sign up", "comments"});
    CHECK(ascii.may_be_in("Please, Sign Up"));
    CHECK_FALSE(ascii.may_start("xylophone"));
    CHECK_FALSE(ascii.may_be_in("xylophone quay"));
}

TEST_CASE("random texts agree with a search at every place") {
    const std::vector<std::string> pieces = {"a", "b", "ab", " ", " ", ":", "(", "é", "1"};
    bool found = false;
    bool missed = false;
    for (unsigned seed = 0; seed < 400; ++seed) {
        std::mt19937 random(seed);
        const auto draw = [&](int count) {
            std::string text;
            for (int i = 0; i < count; ++i) text += pieces[random() % pieces.size()];
            return text;
        };
        const std::vector<std::string> all = {"ab", "b a:", "(a"};
        const PhraseSet set(all);
        const std::string text = draw(12);
        const bool expected = part_by_hand(all, text);
        CAPTURE(text);
        CHECK(set.has_part_of(text) == expected);
        if (expected) CHECK(set.may_be_in(text));
        (expected ? found : missed) = true;
    }
    CHECK(found);
    CHECK(missed);
}

TEST_CASE("the quick look never misses what folding brings out") {
    const std::vector<std::string> pieces = {"a", "B", " ",  "’",  "“",        "…",           "–",
                                             "é", ":", "ａ", "ab", "abcdefgh", "\xE2\x80\x8B"};
    const PhraseSet set({"ab", "\"ab", "b a:", "abcdefgha", ". a", "-b", "'b"});
    bool found = false;
    bool ruled_out = false;
    for (unsigned seed = 0; seed < 3000; ++seed) {
        std::mt19937 random(seed);
        std::string text;
        for (int i = 0; i < 6; ++i) text += pieces[random() % pieces.size()];
        CAPTURE(text);
        const std::string folded = fold(text);
        if (set.has_part_of(folded)) {
            REQUIRE(set.may_be_in(text));
            found = true;
        }
        if (set.has_start_of(folded)) REQUIRE(set.may_start(text));
        if (set.has_end_of(folded)) REQUIRE(set.may_end(text));
        ruled_out = ruled_out || !set.may_be_in(text);
    }
    CHECK(found);
    CHECK(ruled_out);
}

TEST_CASE("a long text without spaces is looked through once") {
    const std::string letters(10'000'000, 'a');
    CHECK_FALSE(phrases().has_part_of(letters));
    CHECK_FALSE(PhraseSet({"sign up"}).may_be_in(letters));
    const std::string signs(3'000'000, '(');
    CHECK_FALSE(phrases().has_part_of(signs));
}

TEST_CASE("of the phrases that begin at a word the longest is found") {
    const std::vector<std::string> words = {"prime", "minister", "of", "state", "minister"};
    const std::vector<std::string> known = {"minister", "minister of state", "prime minister"};
    const auto longest = [&](std::size_t first, std::size_t end) {
        const auto add = [&](std::size_t at, std::string& key) {
            append_word(key, words[at]);
            return words[at] != "state" || end > 4;
        };
        const auto find = [&](const std::string& key, std::size_t next) {
            const bool found = std::find(known.begin(), known.end(), key) != known.end();
            return found ? std::optional(next) : std::nullopt;
        };
        return find_longest(first, end, add, find);
    };
    CHECK(longest(0, 5) == 2);
    CHECK(longest(1, 5) == 4);             // longer ones are tried behind a shorter one
    CHECK(longest(1, 4) == 2);             // no phrase reaches across what `add` refuses
    CHECK(longest(2, 5) == std::nullopt);  // "of" begins none
    CHECK(longest(0, 1) == std::nullopt);
    CHECK(longest(3, 3) == std::nullopt);
}
