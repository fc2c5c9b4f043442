#include "framelens/error.hpp"
#include "framelens/json_io.hpp"
#include "reader.hpp"

#include <algorithm>
#include <cstddef>

namespace framelens {
namespace {

/// Sentences that a rule labels, or must not: what the tests run and the pages show.
void check_examples(const JsonNode& rule, const std::string& key, bool labelled) {
    constexpr std::size_t fewest = 2;
    const JsonNode list = rule.at(key);
    const auto items = list.items();
    if (items.size() < fewest) list.fail("has two examples or more");
    for (const JsonNode& item : items) {
        if (labelled) {
            item.allow({"text", "target", "voice", "reported_by", "distance"});
        } else {
            item.allow({"text", "target", "instead"});
        }
        const std::string text = item.at("text").text();
        const std::size_t open = text.find('{');
        const bool braced = open != std::string::npos && text.find('}', open) != std::string::npos;
        if (labelled && !braced) item.at("text").fail("has its label in braces");
        if (const auto target = item.find("target")) (void)target->text();
    }
}

/// A pattern, or the step of the engine that the id names and a shape describes.
void read_shape(const JsonNode& node, LabelRule& rule) {
    if (!rule.step && !node.find("pattern")) {
        node.at("id").fail("is no step of the engine, so the rule needs a pattern");
    }
    if (const auto both = node.find(rule.step ? "pattern" : "shape")) {
        both->fail("is not for a rule that has a " + std::string(rule.step ? "step" : "pattern"));
    }
    if (rule.step) {
        (void)node.at("shape").text();
        return;
    }
    const JsonNode pattern = node.at("pattern");
    try {
        rule.pattern = parse_pattern(pattern.text());
    } catch (const SchemaError&) {
        throw;
    } catch (const ValueError& error) {
        pattern.fail(error.what());
    }
}

LabelRule read_rule(const JsonNode& node) {
    node.allow({"id", "gives", "pattern", "shape", "why", "examples", "not"});
    LabelRule rule;
    rule.id = node.at("id").text();
    rule.step = step_of(rule.id);
    read_shape(node, rule);
    const JsonNode gives = node.at("gives");
    gives.allow({"rule", "object", "nobody"});
    if (const auto nobody = gives.find("nobody")) (void)nobody->boolean();
    rule.rule = gives.at("rule").choose<NamingRule>({{"title", NamingRule::title},
                                                     {"apposition", NamingRule::apposition},
                                                     {"copula", NamingRule::copula},
                                                     {"description", NamingRule::description},
                                                     {"possessive", NamingRule::possessive},
                                                     {"compound", NamingRule::compound}});
    rule.object = gives.at("object").choose<NamedObject>(
        {{"person", NamedObject::person}, {"institution", NamedObject::institution}});
    (void)node.at("why").text();
    if (!rule.id.starts_with(std::string(name_of(rule.rule)) + '.')) {
        node.at("id").fail("must begin with what the rule gives, \"" +
                           std::string(name_of(rule.rule)) + ".\"");
    }
    check_examples(node, "examples", true);
    check_examples(node, "not", false);
    return rule;
}

}  // namespace

LabelRules label_rules_from_json(std::string_view json) {
    const nlohmann::json tree = parse_json(json);
    const JsonNode root(tree);
    check_version(root, label_rules_version);
    root.allow({"version", "rules"});
    LabelRules out;
    for (const JsonNode& node : root.at("rules").items()) {
        LabelRule rule = read_rule(node);
        const auto same = [&](const LabelRule& known) { return known.id == rule.id; };
        if (std::any_of(out.rules.begin(), out.rules.end(), same)) {
            node.at("id").fail("is another rule's too");
        }
        out.rules.push_back(std::move(rule));
    }
    return out;
}

}  // namespace framelens
