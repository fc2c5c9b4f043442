#include "framelens/json_io.hpp"
#include "json_io_reader.hpp"

#include <cmath>
#include <cstddef>

namespace framelens {
namespace {

std::string phrase_of(const JsonNode& node) {
    std::string phrase = fact_phrase(node.text());
    if (phrase.empty()) node.fail("has no word");
    return phrase;
}

void read_set(const JsonNode& root, const char* key, FoldedSet& words) {
    const auto list = root.find(key);
    if (!list) return;
    for (const JsonNode& item : list->items()) words.insert(phrase_of(item));
}

/// Reads the object at `key`, if there is one; `read` makes each value.
template <class Value, class Read>
void read_map(const JsonNode& root, const char* key, FoldedMap<Value>& words, Read read) {
    const auto object = root.find(key);
    if (!object) return;
    for (const auto& [name, node] : object->members()) {
        const std::string phrase = fact_phrase(name);
        if (phrase.empty()) node.fail("has a key without a word");
        words.insert_or_assign(phrase, read(node));
    }
}

double number_of(const JsonNode& node) {
    const double number = node.number();
    if (!std::isfinite(number) || number < 0) node.fail("is a number of 0 or more");
    return number;
}

int integer_of(const JsonNode& node) {
    const double number = node.number();
    if (number != std::floor(number) || std::abs(number) > 366) node.fail("is a number of days");
    return static_cast<int>(number);
}

Comparator comparator_of(const JsonNode& node) {
    return node.choose<Comparator>({{"=", Comparator::equal},
                                    {">", Comparator::more},
                                    {">=", Comparator::at_least},
                                    {"<", Comparator::less},
                                    {"<=", Comparator::at_most},
                                    {"~", Comparator::about}});
}

MonthDay holiday_of(const JsonNode& node) {
    const std::string text = node.text();
    const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
    if (text.size() != 5 || text[2] != '-' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) {
        node.fail("is a day of the year such as \"12-31\"");
    }
    const MonthDay day{std::stoi(text.substr(0, 2)), std::stoi(text.substr(3))};
    if (day.month < 1 || day.month > 12 || day.day < 1 || day.day > 31) {
        node.fail("is a day of the year such as \"12-31\"");
    }
    return day;
}

void read_months(const JsonNode& root, FactLanguage& language) {
    const auto names = root.at("months").items();
    if (names.size() != 12) root.at("months").fail("has twelve months");
    const auto shorts = root.at("month_shorts").items();
    if (shorts.size() != 12) root.at("month_shorts").fail("has a list for each month");
    for (std::size_t i = 0; i < 12; ++i) {
        const int month = static_cast<int>(i) + 1;
        language.months.insert_or_assign(phrase_of(names[i]), month);
        for (const JsonNode& form : shorts[i].items()) {
            language.month_shorts.insert_or_assign(phrase_of(form), month);
        }
    }
}

void read_weekdays(const JsonNode& root, FactLanguage& language) {
    const auto days = root.at("weekdays").items();
    if (days.size() != 7) root.at("weekdays").fail("has seven days, Monday first");
    for (std::size_t i = 0; i < 7; ++i) {
        for (const JsonNode& form : days[i].items()) {
            language.weekdays.insert_or_assign(phrase_of(form), static_cast<int>(i));
        }
    }
}

void read_date_words(const JsonNode& root, FactLanguage& language) {
    read_months(root, language);
    read_weekdays(root, language);
    read_set(root, "month_traps", language.month_traps);
    read_map(root, "holidays", language.holidays, holiday_of);
    read_set(root, "day_suffixes", language.day_suffixes);
    read_map(root, "ordinals", language.ordinals, integer_of);
    read_set(root, "links", language.links);
    read_set(root, "parts", language.parts);
    read_set(root, "before_dates", language.before_dates);
    read_map(root, "relative_days", language.relative_days, integer_of);
    read_map(root, "day_units", language.day_units, integer_of);
    read_set(root, "ago", language.ago);
    read_set(root, "clock", language.clock);
}

void read_figure_words(const JsonNode& root, FactLanguage& language) {
    const auto text = [](const JsonNode& node) { return node.text(); };
    if (const auto decimal = root.find("decimal")) {
        language.decimal = decimal->choose<char>({{".", '.'}, {",", ','}});
    }
    if (const auto nouns = root.find("nouns")) {
        language.capital_nouns = nouns->choose<bool>({{"capital", true}, {"any", false}});
    }
    read_set(root, "plural_endings", language.plural_endings);
    read_set(root, "articles", language.articles);
    read_set(root, "joins", language.joins);
    read_set(root, "range_words", language.range_words);
    read_set(root, "shares", language.shares);
    read_set(root, "idioms", language.idioms);
    read_set(root, "asides", language.asides);
    read_set(root, "periods", language.periods);
    read_set(root, "before_periods", language.before_periods);
    read_map(root, "numbers", language.numbers, number_of);
    read_map(root, "scales", language.scales, number_of);
    read_map(root, "fractions", language.fractions, number_of);
    read_map(root, "comparators", language.comparators, comparator_of);
    read_map(root, "comparators_after", language.comparators_after, comparator_of);
    read_map(root, "currencies", language.currencies, text);
    read_set(root, "percent", language.percent);
    read_map(root, "singulars", language.singulars, text);
    read_set(root, "counted", language.counted);
    read_set(root, "definite", language.definite);
    read_set(root, "sequence", language.sequence);
    if (const auto groups = root.find("synonyms")) {
        for (const JsonNode& group : groups->items()) {
            std::string first;
            for (const JsonNode& word : group.items()) {
                if (first.empty()) first = phrase_of(word);
                language.synonyms.insert_or_assign(phrase_of(word), first);
            }
        }
    }
}

}  // namespace

FactLanguage facts_from_json(std::string_view json) {
    const nlohmann::json tree = parse_json(json);
    const JsonNode root(tree);
    check_version(root, facts_version);
    root.allow({"version",       "code",
                "order",         "months",
                "weekdays",      "month_shorts",
                "month_traps",   "holidays",
                "links",         "day_suffixes",
                "ordinals",      "parts",
                "ago",           "before_dates",
                "relative_days", "day_units",
                "clock",         "numbers",
                "scales",        "fractions",
                "comparators",   "comparators_after",
                "currencies",    "percent",
                "singulars",     "counted",
                "definite",      "sequence",
                "synonyms",      "decimal",
                "nouns",         "plural_endings",
                "articles",      "joins",
                "range_words",   "shares",
                "idioms",        "asides",
                "periods",       "before_periods"});
    FactLanguage language;
    language.code = root.at("code").text();
    language.order = root.at("order").choose<NumericOrder>(
        {{"day_first", NumericOrder::day_first}, {"month_first", NumericOrder::month_first}});
    read_date_words(root, language);
    read_figure_words(root, language);
    return language;
}

}  // namespace framelens
