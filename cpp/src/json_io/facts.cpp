#include "framelens/json_io.hpp"
#include "reader.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <optional>

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

/// Endings of words as they are printed, with their accents.
void read_endings(const JsonNode& root, const char* key, FoldedSet& endings) {
    const auto list = root.find(key);
    if (!list) return;
    for (const JsonNode& item : list->items()) endings.insert(item.text());
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

constexpr Comparator comparators[] = {Comparator::equal, Comparator::more,    Comparator::at_least,
                                      Comparator::less,  Comparator::at_most, Comparator::about};

/// The comparator of this name.
std::optional<Comparator> comparator_named(std::string_view name) {
    const auto* const found =
        std::find_if(std::begin(comparators), std::end(comparators),
                     [&](Comparator comparator) { return name_of(comparator) == name; });
    return found == std::end(comparators) ? std::nullopt : std::optional(*found);
}

Comparator comparator_of(const JsonNode& node) {
    const auto found = comparator_named(node.text());
    if (!found) node.fail("is one of =, >, >=, <, <=, ~, not \"" + node.text() + "\"");
    return *found;
}

/// ">=24": a comparator and a number.
Approximation approximation_of(const JsonNode& node) {
    const std::string text = node.text();
    const std::size_t sign = text.find_first_of("0123456789");
    const auto found = comparator_named(std::string_view(text).substr(0, sign));
    if (sign == std::string::npos || !found || text.size() - sign > 15 ||
        text.find_first_not_of("0123456789", sign) != std::string::npos) {
        node.fail("is a comparator and a number, such as \">=24\"");
    }
    return {*found, std::stod(text.substr(sign))};
}

DateSense sense_of(const JsonNode& node) {
    return node.choose<DateSense>({{"past", DateSense::past},
                                   {"coming", DateSense::coming},
                                   {"last", DateSense::last},
                                   {"last_week", DateSense::last_week},
                                   {"next_week", DateSense::next_week},
                                   {"other", DateSense::other}});
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
        bool full = true;
        for (const JsonNode& form : days[i].items()) {
            language.weekdays.insert_or_assign(phrase_of(form), static_cast<int>(i));
            if (!full) language.weekday_shorts.insert(phrase_of(form));
            full = false;
        }
    }
}

void read_named_days(const JsonNode& root, FactLanguage& language) {
    const auto list = root.find("named_days");
    if (!list) return;
    for (const JsonNode& item : list->items()) {
        item.allow({"day", "year", "words"});
        NamedDay named{holiday_of(item.at("day")), static_cast<int>(item.at("year").number()), {}};
        read_set(item, "words", named.words);
        language.named_days.push_back(std::move(named));
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
    read_set(root, "weekday_names", language.weekday_names);
    read_map(root, "senses_before", language.senses_before, sense_of);
    read_map(root, "senses_after", language.senses_after, sense_of);
    read_set(root, "range_words", language.range_words);
    if (const auto dots = root.find("dotted_days")) language.dotted_days = dots->boolean();
    if (const auto days = root.find("days")) {
        language.capital_days = days->choose<bool>({{"capital", true}, {"small", false}});
    }
    read_map(root, "year_shifts", language.year_shifts, integer_of);
    read_set(root, "futures", language.futures);
    read_set(root, "pasts", language.pasts);
    read_set(root, "passives", language.passives);
    read_set(root, "past_traps", language.past_traps);
    read_endings(root, "future_endings", language.future_endings);
    read_endings(root, "past_endings", language.past_endings);
    read_set(root, "presents", language.presents);
    read_set(root, "own_day_nouns", language.own_day_nouns);
    read_set(root, "own_year", language.own_year);
    read_set(root, "before_own_day", language.before_own_day);
    read_set(root, "promises", language.promises);
    read_set(root, "infinitives", language.infinitives);
    read_set(root, "deadlines", language.deadlines);
    read_named_days(root, language);
    read_set(root, "before_no_day", language.before_no_day);
    read_map(root, "relative_days", language.relative_days, integer_of);
    read_map(root, "day_units", language.day_units, integer_of);
    read_set(root, "ago", language.ago);
    read_set(root, "clock", language.clock);
}

void read_number_words(const JsonNode& node, NumberGrammar& grammar) {
    node.allow({"numbers", "scales", "bare_scales", "joins", "articles", "points", "minus",
                "compounds", "ones_first", "examples", "counterexamples"});
    read_map(node, "numbers", grammar.numbers, number_of);
    read_map(node, "scales", grammar.scales, number_of);
    read_set(node, "bare_scales", grammar.bare_scales);
    read_map(node, "joins", grammar.joins, number_of);
    read_set(node, "articles", grammar.articles);
    read_set(node, "points", grammar.points);
    read_set(node, "minus", grammar.minus);
    if (const auto joined = node.find("compounds")) grammar.compounds = joined->boolean();
    if (const auto first = node.find("ones_first")) grammar.ones_first = first->boolean();
}

void read_separators(const JsonNode& node, NumberGrammar& grammar) {
    node.allow({"decimal", "groups", "suffixes", "money_suffixes", "lengths", "after_lengths",
                "examples", "counterexamples"});
    grammar.decimal = node.at("decimal").choose<char>({{".", '.'}, {",", ','}});
    for (const JsonNode& sign : node.at("groups").items()) {
        grammar.groups += sign.choose<char>(
            {{"comma", ','}, {"point", '.'}, {"apostrophe", '\''}, {"space", ' '}});
    }
    read_map(node, "suffixes", grammar.suffixes, number_of);
    read_map(node, "money_suffixes", grammar.money_suffixes, number_of);
    read_map(node, "lengths", grammar.lengths, phrase_of);
    read_set(node, "after_lengths", grammar.after_lengths);
}

void read_fractions(const JsonNode& node, NumberGrammar& grammar) {
    node.allow({"parts", "halves", "traps", "shares", "examples", "counterexamples"});
    read_map(node, "parts", grammar.fractions, number_of);
    read_map(node, "halves", grammar.halves, number_of);
    read_set(node, "traps", grammar.fraction_traps);
    read_set(node, "shares", grammar.shares);
}

void read_ranges(const JsonNode& node, NumberGrammar& grammar) {
    node.allow({"words", "pairs", "changes", "ranging", "examples", "counterexamples"});
    read_set(node, "words", grammar.range_words);
    read_map(node, "pairs", grammar.range_pairs, phrase_of);
    read_set(node, "changes", grammar.changes);
    read_set(node, "ranging", grammar.ranging);
}

void read_approximations(const JsonNode& node, NumberGrammar& grammar) {
    node.allow(
        {"before", "after", "amounts", "before_scales", "repeats", "examples", "counterexamples"});
    read_map(node, "before", grammar.comparators, comparator_of);
    read_map(node, "after", grammar.comparators_after, comparator_of);
    read_map(node, "amounts", grammar.approximations, approximation_of);
    read_map(node, "before_scales", grammar.before_scales, approximation_of);
    read_set(node, "repeats", grammar.repeats);
}

void read_inflection(const JsonNode& node, FactLanguage& language) {
    node.allow({"plural_exceptions", "singular_endings", "shortest_stem", "open_compounds",
                "participle_endings", "gerund_endings"});
    read_set(node, "plural_exceptions", language.plural_exceptions);
    read_set(node, "participle_endings", language.participle_endings);
    read_set(node, "gerund_endings", language.gerund_endings);
    if (const auto compounds = node.find("open_compounds")) {
        language.open_compounds = compounds->boolean();
    }
    if (const auto shortest = node.find("shortest_stem")) {
        language.shortest_stem = static_cast<std::size_t>(number_of(*shortest));
    }
    const auto endings = node.find("singular_endings");
    if (!endings) return;
    for (const auto& [ending, singular] : endings->members()) {
        language.singular_endings.emplace_back(ending, singular.any_text());
    }
    const auto longer = [](const auto& a, const auto& b) {
        return a.first.size() > b.first.size();
    };
    std::stable_sort(language.singular_endings.begin(), language.singular_endings.end(), longer);
}

void read_nouns(const JsonNode& root, FactLanguage& language) {
    const auto text = [](const JsonNode& node) { return node.text(); };
    if (const auto nouns = root.find("nouns")) {
        language.capital_nouns = nouns->choose<bool>({{"capital", true}, {"any", false}});
    }
    if (const auto years = root.find("years_before_nouns")) {
        language.years_before_nouns = years->boolean();
    }
    read_set(root, "plural_endings", language.plural_endings);
    if (const auto inflection = root.find("inflection")) read_inflection(*inflection, language);
    read_set(root, "idioms", language.idioms);
    read_set(root, "asides", language.asides);
    read_set(root, "periods", language.periods);
    read_set(root, "before_periods", language.before_periods);
    read_set(root, "before_one", language.before_one);
    read_set(root, "numbered", language.numbered);
    read_set(root, "persons", language.persons);
    read_set(root, "age_links", language.age_links);
    read_set(root, "age_heads", language.age_heads);
    read_set(root, "age_comparators", language.age_comparators);
    read_map(root, "ages_after", language.ages_after, comparator_of);
    read_set(root, "fillers", language.fillers);
    read_set(root, "no_nouns", language.no_nouns);
    read_set(root, "measures", language.measures);
    if (const auto year = root.find("year_unit")) language.year_unit = phrase_of(*year);
    read_map(root, "currencies", language.currencies, text);
    read_set(root, "percent", language.percent);
    read_map(root, "singulars", language.singulars, text);
    read_set(root, "counted", language.counted);
    read_set(root, "definite", language.definite);
    read_set(root, "sequence", language.sequence);
}

void read_figure_words(const JsonNode& root, FactLanguage& language) {
    read_number_words(root.at("words"), language.grammar);
    read_separators(root.at("separators"), language.grammar);
    read_fractions(root.at("fractions"), language.grammar);
    read_ranges(root.at("ranges"), language.grammar);
    read_approximations(root.at("approximations"), language.grammar);
    read_nouns(root, language);
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

const std::string& key_of(const std::string& word) {
    return word;
}
template <class Value>
const std::string& key_of(const std::pair<const std::string, Value>& item) {
    return item.first;
}

/// Notes the first word of every phrase of two words and more.
template <class... Phrases>
void note_starts(FoldedSet& starts, const Phrases&... phrases) {
    const auto note = [&](const auto& all) {
        for (const auto& item : all) {
            const std::string& phrase = key_of(item);
            const std::size_t space = phrase.find(' ');
            if (space != std::string::npos) starts.insert(phrase.substr(0, space));
        }
    };
    (note(phrases), ...);
}

}  // namespace

FactLanguage facts_from_json(std::string_view json) {
    const nlohmann::json tree = parse_json(json);
    const JsonNode root(tree);
    check_version(root, facts_version);
    root.allow(
        {"version",         "code",        "order",         "months",         "weekdays",
         "month_shorts",    "month_traps", "holidays",      "links",          "day_suffixes",
         "ordinals",        "parts",       "ago",           "before_dates",   "relative_days",
         "day_units",       "clock",       "weekday_names", "senses_before",  "senses_after",
         "range_words",     "days",        "dotted_days",   "passives",       "past_traps",
         "year_shifts",     "futures",     "pasts",         "future_endings", "past_endings",
         "date_examples",   "words",       "separators",    "fractions",      "ranges",
         "approximations",  "currencies",  "percent",       "singulars",      "counted",
         "definite",        "sequence",    "synonyms",      "nouns",          "years_before_nouns",
         "plural_endings",  "idioms",      "asides",        "periods",        "before_periods",
         "numbered",        "persons",     "age_links",     "year_unit",      "before_one",
         "before_no_day",   "presents",    "own_day_nouns", "own_year",       "before_own_day",
         "promises",        "infinitives", "deadlines",     "named_days",     "age_heads",
         "age_comparators", "ages_after",  "fillers",       "no_nouns",       "measures",
         "inflection"});
    FactLanguage language;
    language.code = root.at("code").text();
    language.order =
        root.at("order").choose<NumericOrder>({{"day_first", NumericOrder::day_first},
                                               {"month_first", NumericOrder::month_first},
                                               {"either", NumericOrder::either}});
    read_date_words(root, language);
    read_figure_words(root, language);
    const NumberGrammar& grammar = language.grammar;
    note_starts(language.phrase_starts, language.holidays, language.relative_days,
                language.year_shifts, language.weekday_names, language.senses_before,
                language.senses_after, language.range_words, language.futures, language.pasts,
                language.presents, language.ages_after, language.idioms, language.before_periods,
                language.percent, language.currencies, grammar.shares, grammar.comparators,
                grammar.comparators_after, grammar.approximations, grammar.before_scales);
    return language;
}

}  // namespace framelens
