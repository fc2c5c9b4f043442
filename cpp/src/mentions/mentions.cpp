#include "framelens/mentions.hpp"

#include "framelens/types_names.hpp"
#include "framelens/unicode.hpp"
#include "meant.hpp"
#include "reported.hpp"
#include "rules.hpp"

#include <algorithm>

namespace framelens {

std::string_view name_of(Distance distance) noexcept {
    static constexpr std::string_view names[] = {"scare", "negated", "so-called", "asked",
                                                 "hypothetical"};
    return name_in(names, distance);
}

std::optional<ZoneKind> mentions_detail::evidence_zone(const SegmentedText& text,
                                                       std::int64_t pos) {
    const Zone* zone = zone_at(text.zones, pos);
    if (zone == nullptr) return ZoneKind::body;
    if (zone->kind == ZoneKind::boilerplate || zone->duplicate) return std::nullopt;
    return zone->kind;
}

namespace {

using mentions_detail::evidence_zone;
using mentions_detail::singular_of;

void set_voice(const Annotated& document, TargetMention& mention) {
    mention.quoted = quotation_at(document.quotes, mention.span);
    if (mention.quoted == nullptr) mention.reported = reported_at(document.quotes, mention.span);
}

/// Adds what names a person and is no reference of its own: "Ada Moore, now her party's nominee".
void add_descriptions(const Annotated& document, const std::vector<Naming>& namings,
                      std::vector<TargetMention>& mentions) {
    const std::size_t known = mentions.size();
    std::size_t next = 0;
    for (const Naming& naming : namings) {
        // A predicate ("is a dictator") says something and refers to nobody.
        if (naming.object != NamedObject::person || naming.rule == NamingRule::copula) continue;
        while (next < known && mentions[next].span.end <= naming.noun.start) ++next;
        if (next < known && mentions[next].span.overlaps(naming.noun)) continue;
        TargetMention mention;
        mention.target = naming.target;
        mention.span = naming.phrase;
        mention.form = ReferenceForm::description;
        mention.zone = naming.zone;
        mention.labelled = true;
        set_voice(document, mention);
        mentions.push_back(mention);
    }
    std::stable_sort(mentions.begin(), mentions.end(),
                     [](const auto& a, const auto& b) { return a.span.start < b.span.start; });
}

/// "Moore said that her regime would last": by which noun an argument goes in the target's own
/// indirect speech is the writer's choice; what she says that she is, is hers.
bool is_of_speaker(const Naming& naming, const mentions_detail::Rules& rules) {
    const bool argument = naming.rule == NamingRule::possessive ||
                          naming.rule == NamingRule::compound ||
                          naming.rule == NamingRule::description;
    if (!argument || naming.reported == nullptr || naming.namer || !naming.reported->speaker) {
        return false;
    }
    return rules.target_of(naming.reported->speaker->entity) == naming.target;
}

/// The naming at a noun; nothing where it gives no evidence.
std::optional<Naming> naming_of(const Annotated& document, const mentions_detail::Rules& rules,
                                std::int32_t noun, mentions_detail::Named named) {
    const auto& tokens = document.text.tokens;
    const Token& token = tokens[static_cast<std::size_t>(noun)];
    const auto zone = evidence_zone(document.text, token.span.start);
    if (!zone) return std::nullopt;
    Naming naming;
    naming.target = *named.target;
    naming.noun = token.span;
    naming.phrase = {tokens[static_cast<std::size_t>(named.first)].span.start, token.span.end};
    naming.term =
        named.term.empty() ? role_term(document.text, named.first, noun) : std::move(named.term);
    if (named.by->pattern.is_plural()) {
        naming.term = singular_of(naming.term, *document.text.language);
    }
    naming.modifiers = rules.modifiers(noun, naming.term);
    naming.object = named.by->object;
    naming.rule = named.by->rule;
    naming.rule_id = named.by->id;
    naming.quoted = quotation_at(document.quotes, token.span);
    if (naming.quoted == nullptr) {
        naming.reported = mentions_detail::reported_around(document, rules.grammar(), noun);
    }
    naming.namer = std::move(named.namer);
    naming.self_reported = is_of_speaker(naming, rules);
    if (naming.self_reported) naming.reported = nullptr;
    naming.distance = named.distance ? named.distance : rules.distance(noun);
    naming.zone = *zone;
    return naming;
}

/// Names of nations that are targets themselves.
void add_nations(const Annotated& document, const TargetTable& targets,
                 std::vector<TargetMention>& mentions) {
    for (const NationMention& nation : document.names.nations) {
        const auto target = targets.that_nation[static_cast<std::size_t>(nation.nation)];
        if (!target || nation.adjective) continue;
        TargetMention mention;
        mention.target = *target;
        mention.span = document.text.span_of(nation.tokens.first, nation.tokens.end);
        const auto zone = evidence_zone(document.text, mention.span.start);
        if (!zone) continue;
        mention.zone = *zone;
        set_voice(document, mention);
        mentions.push_back(mention);
    }
}

}  // namespace

std::vector<Naming> find_namings(const Annotated& document, const TargetTable& targets,
                                 const LabelRules& rules,
                                 const std::unordered_set<std::string>& ruling) {
    Ruling asked(ruling);
    return find_namings(document, targets, rules, asked);
}

std::vector<Naming> find_namings(const Annotated& document, const TargetTable& targets,
                                 const LabelRules& asked, Ruling& ruling) {
    mentions_detail::Rules rules(document, targets, asked, ruling);
    std::vector<Naming> found;
    std::int32_t taken = 0;  // tokens of a group's noun belong to no second one
    const auto read = [&](std::int32_t t) {
        const Token& token = document.text.tokens[static_cast<std::size_t>(t)];
        std::optional<mentions_detail::Named> named;
        std::int32_t noun = t;
        if (rules.nouns().has(t)) {
            if (evidence_zone(document.text, token.span.start)) named = rules.apply(t);
        }
        if ((!named || !named->target) && t >= taken) {
            if (const auto group = targets.nouns.match(document.text, t)) {
                noun = group->head;
                taken = noun + 1;
                named = rules.group(*group);
            }
        }
        if (!named || !named->target) return;
        const std::vector<std::int32_t> also = std::move(named->also);
        if (auto naming = naming_of(document, rules, noun, std::move(*named))) {
            found.push_back(std::move(*naming));
            for (const std::int32_t target : also) {
                Naming same = found.back();
                same.target = target;
                found.push_back(std::move(same));
            }
        }
    };
    if (targets.nouns.empty()) {
        for (const std::int32_t t : rules.nouns().all()) read(t);
    } else {
        // A group may go by any word.
        const auto size = static_cast<std::int32_t>(document.text.tokens.size());
        for (std::int32_t t = 0; t < size; ++t) read(t);
    }
    return found;
}

std::vector<TargetMention> find_mentions(const Annotated& document, const TargetTable& targets,
                                         const std::vector<Naming>& namings) {
    std::vector<TargetMention> found;
    const mentions_detail::Meant meant(document, targets);
    for (const Reference& reference : document.references.items()) {
        const auto target = meant.by(reference);
        if (!target) continue;
        const auto& tokens = document.text.tokens;
        const Token& first = tokens[static_cast<std::size_t>(reference.tokens.first)];
        const Token& last = tokens[static_cast<std::size_t>(reference.tokens.end - 1)];
        const auto zone = evidence_zone(document.text, first.span.start);
        if (!zone) continue;
        bool labelled = reference.compound || reference.form == ReferenceForm::description;
        for (std::int32_t t = reference.tokens.first; t < reference.tokens.end; ++t) {
            labelled = labelled || tokens[static_cast<std::size_t>(t)].is(WordClass::role);
        }
        TargetMention& mention = found.emplace_back();
        mention.target = *target;
        mention.span = {first.span.start, last.span.end};
        mention.form = reference.form;
        set_voice(document, mention);
        mention.zone = *zone;
        mention.labelled = labelled;
    }
    add_nations(document, targets, found);
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.span.start < b.span.start; });
    add_descriptions(document, namings, found);
    return found;
}

}  // namespace framelens
