#include "vocabulary/entries.hpp"

#include "catch.hpp"
#include "vocabulary/table.hpp"
#include "vocabulary/tally.hpp"

#include <map>
#include <random>
#include <string>
#include <vector>

using namespace framelens;

TEST_CASE("packed entries come out as they went in") {
    using Entries = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
    std::mt19937 random(1);
    std::vector<Entries> documents{
        {},
        {{0, 1}},
        {{0xFFFFFFFEU, 0xFFFFFFFFU}},
        {{0, 3}, {1, 4}, {15, 5}, {78, 4}, {142, 1}, {16526, 4}, {32910, 1}, {0x7FFFFFFFU, 2}}};
    for (int document = 0; document < 200; ++document) {
        std::map<std::uint32_t, std::uint32_t> entries;
        const auto draw = [&random] { return static_cast<std::uint32_t>(random()); };
        const unsigned bits = draw() % 31 + 1;
        for (unsigned i = draw() % 500; i > 0; --i) {
            entries[draw() >> (32 - bits)] = draw() % 8 == 0 ? draw() | 1U : draw() % 5 + 1;
        }
        documents.emplace_back(entries.begin(), entries.end());
    }
    PackedEntries packed;
    for (const Entries& entries : documents) {
        PackedEntries::Writer writer = packed.begin(entries.size());
        for (const auto& [term, count] : entries) writer.add(term, count);
        packed.end(writer);
    }
    const PackedEntries::Bytes bytes = packed.copy();
    PackedEntries::Reader reader(bytes);
    for (const Entries& entries : documents) {
        Entries found;
        reader.read(
            static_cast<std::uint32_t>(entries.size()),
            [&](std::uint32_t term, std::uint32_t count) { found.emplace_back(term, count); });
        CHECK(found == entries);
    }
}

TEST_CASE("a tally gives sums in order and forgets them") {
    std::mt19937 random(2);
    Tally<Sum> tally;
    for (const unsigned keys : {1U, 64U, 5000U, 300000U}) {
        tally.reserve(keys);
        std::map<std::size_t, std::uint32_t> expected;
        for (int i = 0; i < 2000; ++i) {
            const std::size_t key = random() % keys;
            expected[key] += static_cast<std::uint32_t>(i);
            tally.add(key, static_cast<std::uint32_t>(i));
        }
        std::map<std::size_t, std::uint32_t> found;
        std::size_t last = 0;
        tally.take([&](std::size_t key, const Sum& counter) {
            CHECK(key >= last);
            last = key;
            found[key] = counter.sum;
        });
        CHECK(found == expected);
        tally.take([](std::size_t, const Sum&) { FAIL("not forgotten"); });
    }
}

TEST_CASE("totals go beyond what counters hold") {
    Tally<TermCounter> tally;
    tally.reserve(2);
    TermTotals totals;
    constexpr std::uint32_t many = 3'000'000'000U;
    for (int document = 0; document < 5; ++document) {
        tally.add(0, many);
        tally.add(1, 1);
        totals.begin(tally, std::uint64_t{many} + 1);
        tally.take([&](std::size_t, TermCounter& counter) { totals.add(counter); });
    }
    CHECK(totals.of(tally, 0).documents == 5);
    CHECK(totals.of(tally, 0).occurrences == 5 * std::int64_t{many});
    CHECK(totals.of(tally, 1).occurrences == 5);
    CHECK(totals.of(tally, 7).documents == 0);
    CHECK(totals.largest_count() == many);
}

TEST_CASE("a table keeps its terms and gives back what finds them") {
    TermTable table;
    const std::vector<std::string> words{"a", "no more than 16", "sixteen bytes, 16",
                                         std::string(70'000, 'x')};
    for (const std::string& word : words) table.add_string(word);
    CHECK(table.string_places() > 0);
    table.drop_slots();
    CHECK(table.string_places() == 0);
    REQUIRE(table.size() == words.size());
    for (std::uint32_t term = 0; term < table.size(); ++term)
        CHECK(table.text(term) == words[term]);
}
