// Numbers as ICU writes them in the shipped languages are read back.
#include "framelens/facts.hpp"
#include "framelens/json_io.hpp"
#include "framelens/unicode_plain.hpp"

#include "catch.hpp"
#include "english.hpp"
#include "large.hpp"

#include <unicode/numberformatter.h>
#include <unicode/numsys.h>
#include <unicode/rbnf.h>
#include <unicode/unistr.h>

#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

using namespace framelens;
using namespace framelens::testing;

namespace {

/// What is read of a language, once.
struct Known {
    explicit Known(const std::string& code)
        : facts(facts_from_json(resource("languages/" + code + "/facts.json"))),
          language(shipped(code)) {}

    FactLanguage facts;
    Language language;
};

const Known& known(const std::string& code) {
    static std::map<std::string, Known> read;
    if (const auto at = read.find(code); at != read.end()) return at->second;
    return read.emplace(code, code).first->second;
}

const FactLanguage& words_of(const std::string& code) {
    return known(code).facts;
}

std::string utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

/// The one figure that a sentence with this number has.
std::optional<double> read_back(const std::string& code, const std::string& written,
                                const std::string& unit) {
    std::string text = "X: " + written + unit + ".";
    GivenText given;
    given.make_plain(text);
    const SegmentedText read = read_text(text, known(code).language);
    const auto found = find_figures(read, words_of(code), {});
    if (found.size() != 1) return std::nullopt;
    return found[0].value;
}

struct Written {
    const char* code;
    const char* noun;
};
const std::vector<Written> written = {{"en", " boats"}, {"de", " Schiffe"}, {"es", " barcos"}};

/// Numbers of every length, round ones among them.
std::vector<std::int64_t> whole_numbers(std::size_t count, int longest) {
    std::mt19937_64 random(25);
    std::vector<std::int64_t> numbers;
    for (std::int64_t n = 2; n <= 1200; n += stride) numbers.push_back(n);
    while (numbers.size() < count) {
        const auto limit = static_cast<std::uint64_t>(
            std::pow(10.0, 1 + random() % static_cast<unsigned>(longest)));
        auto number = static_cast<std::int64_t>(random() % limit);
        const std::int64_t rounds[] = {1, 1, 10, 100, 1000, 100000, 1000000};
        const std::int64_t round = rounds[random() % 7];
        number = number / round * round;
        if (number > 1) numbers.push_back(number);
    }
    return numbers;
}

bool is_cardinal(const std::string& rules) {
    return rules.find("spellout-cardinal") != std::string::npos || rules == "%spellout-numbering";
}

}  // namespace

TEST_CASE("numbers that ICU spells out are read back") {
    for (const auto& [code, noun] : written) {
        UErrorCode status = U_ZERO_ERROR;
        icu::RuleBasedNumberFormat format(icu::URBNF_SPELLOUT, icu::Locale(code), status);
        REQUIRE(U_SUCCESS(status));
        int tried = 0;
        for (std::int32_t rule = 0; rule < format.getNumberOfRuleSetNames(); ++rule) {
            const icu::UnicodeString name = format.getRuleSetName(rule);
            if (!is_cardinal(utf8(name))) continue;
            ++tried;
            for (const std::int64_t number : whole_numbers(large(2500), 14)) {
                icu::UnicodeString out;
                icu::FieldPosition position;
                status = U_ZERO_ERROR;
                format.format(number, name, out, position, status);
                REQUIRE(U_SUCCESS(status));
                INFO(code << " " << utf8(name) << ": " << utf8(out));
                REQUIRE(read_back(code, utf8(out), noun) == static_cast<double>(number));
            }
            for (const double number : {0.5, 1.25, 12.75, 3.14, 120.5}) {
                icu::UnicodeString out;
                icu::FieldPosition position;
                status = U_ZERO_ERROR;
                format.setDefaultRuleSet(name, status);
                format.format(number, out, position, status);
                REQUIRE(U_SUCCESS(status));
                INFO(code << " " << utf8(name) << ": " << utf8(out));
                const auto value = read_back(code, utf8(out), noun);
                REQUIRE(value);
                CHECK(std::abs(*value - number) < 1e-9);
            }
        }
        CHECK(tried >= 1);
    }
}

TEST_CASE("numbers that ICU formats are read back, in every country of the language") {
    std::int32_t count = 0;
    const icu::Locale* const locales = icu::Locale::getAvailableLocales(count);
    int tried = 0;
    for (std::int32_t i = 0; i < count; ++i) {
        for (const auto& [code, noun] : written) {
            if (std::string(locales[i].getLanguage()) != code) continue;
            UErrorCode status = U_ZERO_ERROR;
            const auto system = icu::NumberingSystem::createInstance(locales[i], status);
            const bool latin = std::string(system->getName()) == "latn";
            delete system;
            if (!latin) continue;
            ++tried;
            const auto plain = icu::number::NumberFormatter::withLocale(locales[i]);
            for (const std::int64_t number : whole_numbers(large(1500), 12)) {
                // Four bare digits are a year.
                if (number >= 1900 && number <= 2100) continue;
                const std::string written = utf8(plain.formatInt(number, status).toString(status));
                INFO(locales[i].getName() << ": " << written);
                // "1.000" is one where the language has a decimal point, whatever the country's sign.
                const bool one_group = number >= 1000 && number < 1000000;
                const bool foreign =
                    words_of(code).grammar.decimal == '.' && written.find('.') != std::string::npos;
                if (one_group && foreign) continue;
                REQUIRE(read_back(code, written, noun) == static_cast<double>(number));
                // Thousandths may be a group where a country differs from its language.
                const double part = static_cast<double>(number % 1000000) + 0.25;
                const std::string decimals =
                    utf8(plain.formatDouble(part, status).toString(status));
                INFO(locales[i].getName() << ": " << decimals);
                REQUIRE(read_back(code, decimals, noun) == part);
            }
        }
    }
    CHECK(tried > 100);
}

TEST_CASE("shares, money and short forms that ICU formats are read back") {
    for (const auto& [code, noun] : written) {
        UErrorCode status = U_ZERO_ERROR;
        const auto plain = icu::number::NumberFormatter::withLocale(icu::Locale(code));
        const auto percent = plain.unit(icu::NoUnit::percent());
        const auto dollars = plain.unit(icu::CurrencyUnit(u"EUR", status));
        const auto brief = plain.notation(icu::number::Notation::compactShort());
        const auto full = plain.notation(icu::number::Notation::compactLong());
        for (const double number :
             {2.0, 7.5, 12.0, 99.0, 1500.0, 25000.0, 1.5e6, 2e6, 12e6, 3.4e9}) {
            const std::string written[] = {
                utf8(percent.formatDouble(number, status).toString(status)),
                utf8(dollars.formatDouble(number, status).toString(status)),
                utf8(brief.formatDouble(number, status).toString(status)) + noun,
                utf8(full.formatDouble(number, status).toString(status)) + noun,
                utf8(brief.unit(icu::CurrencyUnit(u"EUR", status))
                         .formatDouble(number, status)
                         .toString(status))};
            for (const std::string& text : written) {
                INFO(code << ": " << text);
                const auto value = read_back(code, text, "");
                REQUIRE(value);
                CHECK(std::abs(*value - number) < number * 1e-9);
            }
        }
        REQUIRE(U_SUCCESS(status));
    }
}
