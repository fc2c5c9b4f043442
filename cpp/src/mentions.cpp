#include "framelens/mentions.hpp"

#include "framelens/unicode.hpp"
#include "mentions_rules.hpp"

#include <algorithm>

namespace framelens {

std::string_view name_of(NamingRule rule) noexcept {
    constexpr std::string_view names[] = {"title",       "apposition", "copula",
                                          "description", "possessive", "compound"};
    return names[static_cast<std::size_t>(rule)];
}

std::string_view name_of(NamedObject object) noexcept {
    return object == NamedObject::person ? "person" : "institution";
}

std::string_view name_of(Distance distance) noexcept {
    constexpr std::string_view names[] = {"scare", "negated", "so-called"};
    return names[static_cast<std::size_t>(distance)];
}

namespace {

/// Zone of a position, or nothing where it gives no evidence.
std::optional<ZoneKind> evidence_zone(const SegmentedText& text, std::int64_t pos) {
    const Zone* zone = zone_at(text.zones, pos);
    if (zone == nullptr) return ZoneKind::body;
    if (zone->kind == ZoneKind::boilerplate || zone->duplicate) return std::nullopt;
    return zone->kind;
}

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
        if (naming.object != NamedObject::person) continue;
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

}  // namespace

std::vector<Naming> find_namings(const Annotated& document, const TargetTable& targets,
                                 const std::unordered_set<std::string>& ruling) {
    mentions_detail::Rules rules(document, targets, ruling);
    std::vector<Naming> found;
    const auto size = static_cast<std::int32_t>(document.text.tokens.size());
    for (std::int32_t t = 0; t < size; ++t) {
        const Token& token = document.text.tokens[static_cast<std::size_t>(t)];
        if (!token.is(WordClass::role | WordClass::institution)) continue;
        const auto zone = evidence_zone(document.text, token.span.start);
        if (!zone) continue;
        auto named = rules.apply(t);
        if (!named || !named->target) continue;
        Naming naming;
        naming.target = *named->target;
        naming.noun = token.span;
        const auto first = static_cast<std::size_t>(named->first);
        naming.phrase = {document.text.tokens[first].span.start, token.span.end};
        naming.term = role_term(document.text, named->first, t);
        naming.modifiers = rules.modifiers(t, naming.term);
        naming.object = named->object;
        naming.rule = named->rule;
        naming.quoted = quotation_at(document.quotes, token.span);
        if (naming.quoted == nullptr) naming.reported = reported_at(document.quotes, token.span);
        naming.namer = std::move(named->namer);
        naming.distance = named->distance ? named->distance : rules.distance(t);
        naming.zone = *zone;
        found.push_back(std::move(naming));
    }
    return found;
}

std::vector<TargetMention> find_mentions(const Annotated& document, const TargetTable& targets,
                                         const std::vector<Naming>& namings) {
    std::vector<TargetMention> found;
    for (const Reference& reference : document.references.items()) {
        if (!reference.entity) continue;
        const auto target = targets.of_entity[static_cast<std::size_t>(*reference.entity)];
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
    add_descriptions(document, namings, found);
    return found;
}

}  // namespace framelens
