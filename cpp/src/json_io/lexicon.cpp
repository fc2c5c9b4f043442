#include "framelens/json_io.hpp"
#include "reader.hpp"

#include <cmath>
#include <cstddef>
#include <map>

namespace framelens {
namespace {

constexpr const char* neutral_pole = "neutral";

std::vector<std::string> read_poles(const JsonNode& node) {
    std::vector<std::string> poles;
    for (const JsonNode& item : node.items()) {
        const std::string name = item.text();
        if (name == neutral_pole) item.fail("\"neutral\" is what stands between the poles");
        if (!poles.empty() && poles.front() == name) item.fail("both poles have one name");
        poles.push_back(name);
    }
    if (poles.empty() || poles.size() > 2) {
        node.fail("an axis has one or two poles, not " + std::to_string(poles.size()));
    }
    return poles;
}

std::optional<std::int32_t> read_pole(const JsonNode& node, const std::vector<std::string>& poles) {
    const std::string name = node.text();
    if (name == neutral_pole) return std::nullopt;
    std::string known;
    for (std::size_t i = 0; i < poles.size(); ++i) {
        if (poles[i] == name) return static_cast<std::int32_t>(i);
        known += poles[i] + ", ";
    }
    node.fail("is one of " + known + neutral_pole + ", not \"" + name + "\"");
}

double read_weight(const std::optional<JsonNode>& node, bool neutral) {
    if (!node) return neutral ? 0.0 : 1.0;
    if (neutral) node->fail("a neutral term has no weight");
    const double weight = node->number();
    if (!std::isfinite(weight) || weight <= 0) node->fail("a weight is finite and above 0");
    return weight;
}

TermMatch read_match(const JsonNode& term, std::string_view text) {
    const bool phrase = text.find(' ') != std::string_view::npos;
    const auto node = term.find("match");
    if (!node) return phrase ? TermMatch::phrase : TermMatch::exact;
    const TermMatch match = node->choose<TermMatch>(
        {{"exact", TermMatch::exact}, {"phrase", TermMatch::phrase}, {"glob", TermMatch::glob}});
    if (match == TermMatch::exact && phrase) node->fail("words in a row match as \"phrase\"");
    if (match == TermMatch::glob && text.find_first_not_of("*? ") == std::string_view::npos) {
        node->fail("the pattern has no letter");
    }
    return match;
}

LexiconTerm read_term(const JsonNode& node, const std::vector<std::string>& poles) {
    node.allow({"text", "forms", "pole", "weight", "object", "match", "note"});
    LexiconTerm term;
    term.text = node.at("text").folded();
    if (const auto forms = node.find("forms")) term.forms = forms->folded_items();
    term.pole = read_pole(node.at("pole"), poles);
    term.weight = read_weight(node.find("weight"), !term.pole);
    if (const auto object = node.find("object")) {
        term.object = object->choose<LabelObject>({{"any", LabelObject::any},
                                                   {"person", LabelObject::person},
                                                   {"institution", LabelObject::institution}});
    }
    term.match = read_match(node, term.text);
    if (const auto note = node.find("note")) term.note = note->text();
    return term;
}

LexiconModifier read_modifier(const JsonNode& node, const std::vector<std::string>& poles) {
    node.allow({"text", "forms", "effect", "pole", "before", "note"});
    LexiconModifier modifier;
    modifier.text = node.at("text").folded();
    if (const auto forms = node.find("forms")) modifier.forms = forms->folded_items();
    modifier.effect =
        node.at("effect").choose<ModifierEffect>({{"turn", ModifierEffect::turn},
                                                  {"void", ModifierEffect::voids},
                                                  {"leave", ModifierEffect::leave},
                                                  {"neutral", ModifierEffect::neutral}});
    const bool says =
        modifier.effect == ModifierEffect::turn || modifier.effect == ModifierEffect::leave;
    const auto pole = node.find("pole");
    if (says) modifier.pole = read_pole(node.at("pole"), poles);
    if (says && !modifier.pole) node.at("pole").fail("a modifier that says a pole names one");
    if (!says && pole) pole->fail("a modifier of this effect has no pole");
    if (const auto before = node.find("before")) modifier.before = before->folded_items();
    if (const auto note = node.find("note")) modifier.note = note->text();
    return modifier;
}

/// One word has one pole for one object: two entries would make the earlier one win in silence.
class RepeatedTerms {
public:
    void check(const LexiconTerm& term, const JsonNode& node) {
        check(term.text, term.object, node.at("text"));
        if (const auto forms = node.find("forms")) {
            const auto items = forms->items();
            for (std::size_t i = 0; i < items.size(); ++i) {
                check(term.forms[i], term.object, items[i]);
            }
        }
    }

private:
    void check(const std::string& text, LabelObject object, const JsonNode& node) {
        const auto [first, added] = seen_.emplace(std::pair{text, object}, node.pointer());
        if (!added) node.fail("is listed at " + first->second + " already");
    }

    std::map<std::pair<std::string, LabelObject>, std::string> seen_;
};

}  // namespace

Lexicon lexicon_from_json(std::string_view json) {
    const nlohmann::json tree = parse_json(json);
    const JsonNode root(tree);
    check_version(root, lexicon_version);
    root.allow({"version", "axis", "language", "poles", "counts", "terms", "modifiers",
                "exclusions", "notes"});
    Lexicon lexicon;
    lexicon.version = lexicon_version;
    lexicon.axis = root.at("axis").text();
    lexicon.language = root.at("language").text();
    lexicon.poles = read_poles(root.at("poles"));
    if (const auto node = root.find("counts")) {
        lexicon.counts =
            node->choose<CountedKind>({{"label", CountedKind::label}, {"all", CountedKind::all}});
    }
    if (const auto node = root.find("modifiers")) {
        RepeatedTerms given;
        for (const JsonNode& item : node->items()) {
            lexicon.modifiers.push_back(read_modifier(item, lexicon.poles));
            const LexiconModifier& added = lexicon.modifiers.back();
            LexiconTerm term;
            term.text = added.text;
            term.forms = added.forms;
            given.check(term, item);
        }
    }
    const JsonNode terms = root.at("terms");
    RepeatedTerms repeated;
    for (const JsonNode& node : terms.items()) {
        lexicon.terms.push_back(read_term(node, lexicon.poles));
        repeated.check(lexicon.terms.back(), node);
    }
    if (lexicon.terms.empty()) terms.fail("has no term");
    if (const auto node = root.find("exclusions")) lexicon.exclusions = node->folded_items();
    if (const auto node = root.find("notes")) lexicon.notes = node->text();
    return lexicon;
}

}  // namespace framelens
