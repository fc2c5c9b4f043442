#include "grammar.hpp"

#include "framelens/unicode.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace framelens {
namespace {

constexpr std::pair<std::string_view, Marker> markers[] = {
    {"agent", Marker::agent},           {"genitive", Marker::genitive},
    {"belonging", Marker::belonging},   {"predicative", Marker::predicative},
    {"comparing", Marker::comparing},   {"toward", Marker::toward},
    {"about", Marker::about},           {"infinitive", Marker::infinitive},
    {"complement", Marker::complement}, {"of_persons", Marker::of_persons},
    {"definite", Marker::definite},     {"indefinite", Marker::indefinite},
    {"asks_what", Marker::asks_what},   {"asks_other", Marker::asks_other},
    {"supposing", Marker::supposing},   {"becoming", Marker::becoming},
    {"degree", Marker::degree},         {"presenting", Marker::presenting},
    {"including", Marker::including},   {"others", Marker::others},
    {"opposing", Marker::opposing},     {"focusing", Marker::focusing},
    {"oblique", Marker::oblique},       {"reporting", Marker::reporting},
    {"postposed", Marker::postposed},
};

void read_markers(const JsonNode& node, WordTable& words) {
    for (const auto& [name, list] : node.members()) {
        const auto* const known =
            std::find_if(std::begin(markers), std::end(markers),
                         [&key = name](const auto& marker) { return marker.first == key; });
        if (known == std::end(markers)) list.fail("is no known key");
        for (const JsonNode& item : list.items()) {
            const std::string word = item.folded();
            // A full verb that helps a passive stands in no list of function words.
            if (words.find(word) == nullptr && known->second != Marker::becoming) {
                item.fail("stands in no list of words; list it under its class, too");
            }
            WordEntry& entry = words[word];
            entry.markers = entry.markers | known->second;
        }
    }
}

WordEndings endings_at(const JsonNode& node, const std::string& key) {
    WordEndings out;
    const auto found = node.find(key);
    if (!found) return out;
    found->allow({"endings", "exceptions"});
    out.endings = found->at("endings").folded_items();
    std::stable_sort(
        out.endings.begin(), out.endings.end(),
        [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
    if (const auto exceptions = found->find("exceptions")) {
        out.exceptions = exceptions->folded_items();
    }
    return out;
}

WordOrder read_order(const JsonNode& node) {
    node.allow({"verb_second", "clauses_set_off", "capital_nouns", "separable"});
    WordOrder order;
    if (const auto flag = node.find("verb_second")) order.verb_second = flag->boolean();
    if (const auto flag = node.find("clauses_set_off")) order.clauses_set_off = flag->boolean();
    if (const auto flag = node.find("capital_nouns")) order.capital_nouns = flag->boolean();
    if (const auto separable = node.find("separable")) {
        for (const auto& [prefix, forms] : separable->members()) {
            for (const JsonNode& form : forms.items()) {
                order.separable[form.folded()].push_back(fold(prefix));
            }
        }
    }
    return order;
}

}  // namespace

void read_grammar(const JsonNode& node, Language& language) {
    node.allow({"markers", "endings", "contractions", "approximators", "order"});
    if (const auto order = node.find("order")) language.order = read_order(*order);
    if (const auto marked = node.find("markers")) read_markers(*marked, language.words);
    Inflection& inflection = language.inflection;
    if (const auto endings = node.find("endings")) {
        endings->allow({"past", "gerund", "adverb", "third_person", "plural", "any"});
        inflection.past = endings_at(*endings, "past");
        inflection.gerund = endings_at(*endings, "gerund");
        inflection.adverb = endings_at(*endings, "adverb");
        inflection.third_person = endings_at(*endings, "third_person");
        inflection.plural = endings_at(*endings, "plural");
        inflection.any = endings_at(*endings, "any");
    }
    if (const auto approximators = node.find("approximators")) {
        for (const std::string& words : approximators->folded_items()) {
            std::istringstream stream(words);
            language.approximators.emplace_back(std::istream_iterator<std::string>(stream),
                                                std::istream_iterator<std::string>());
        }
    }
    if (const auto contractions = node.find("contractions")) {
        for (const auto& [contraction, meaning] : contractions->members()) {
            inflection.contractions.emplace(fold(contraction), meaning.folded());
        }
    }
}

}  // namespace framelens
