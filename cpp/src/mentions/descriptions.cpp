// Descriptions: "the Venezuelan leader", "the dictator".
#include "rules.hpp"

#include <span>

namespace framelens::mentions_detail {

std::optional<Named> Rules::description(std::int32_t noun) const {
    const Reference* reference = document_.references.at(noun);
    if (reference == nullptr || reference->form != ReferenceForm::description ||
        reference->head != noun || reference->foreign || is_of_a_person(noun)) {
        return stop("it is no definite description of a person");
    }
    auto nation = reference->nation;
    if (!nation) nation = nation_complement(noun);
    Named named{target_of(*reference),
                nation ? LabelStep::nation_description : LabelStep::description,
                reference->tokens.first};
    // "the Syrian rebel" is no ruler of Syria, whatever the axis is.
    const bool may_rule =
        !nation || token(noun).is(WordClass::office | WordClass::head | WordClass::epithet);
    if (!reference->entity && may_rule && ruling_.contains(reference->term)) {
        if (!nation) named.step = LabelStep::main_description;
        named.target = nation ? target_of_nation(*nation) : main_person(reference->term, noun);
    }
    const Reference* subject = named.target ? subject_of_object(*reference) : nullptr;
    if (subject != nullptr && target_of(*subject) == named.target) named.target.reset();
    return named;
}

/// The person the story names most, unless the noun is an office and the corpus gives that
/// person other offices only. An epithet goes on from an earlier one, and else means nobody where
/// another person stands nearer.
std::optional<std::int32_t> Rules::main_person(const std::string& term, std::int32_t noun) const {
    if (!main_) return std::nullopt;
    if (token(noun).is(WordClass::epithet)) {
        const auto last = last_insulted(noun);
        if (last) return target_of(last);
        const auto near = nearest_person(noun);
        return !near || near == main_ ? target_of(main_) : std::nullopt;
    }
    const auto& entity = document_.references.corpus().entities[static_cast<std::size_t>(*main_)];
    if (!entity.roles.empty() && !entity.has_role(term)) return std::nullopt;
    return target_of(main_);
}

/// Whom the article called a dictator or the like before: "the dictator Kim", then "the strongman".
std::optional<std::int32_t> Rules::last_insulted(std::int32_t noun) const {
    const std::span<const Reference> earlier = document_.references.before(noun);
    for (auto who = earlier.rbegin(); who != earlier.rend(); ++who) {
        if (!who->entity || who->called.empty()) continue;
        for (std::int32_t t = who->tokens.first; t < who->tokens.end; ++t) {
            if (token(t).is(WordClass::epithet)) return who->entity;
        }
    }
    return std::nullopt;
}

/// The last one whom the sentence or the one before it names.
std::optional<std::int32_t> Rules::nearest_person(std::int32_t noun) const {
    const auto& corpus = document_.references.corpus();
    const std::span<const Reference> earlier = document_.references.before(noun);
    for (auto who = earlier.rbegin(); who != earlier.rend(); ++who) {
        if (token(who->head).sentence + 1 < token(noun).sentence) break;
        if (!who->entity) continue;
        const auto& entity = corpus.entities[static_cast<std::size_t>(*who->entity)];
        if (entity.kind == EntityKind::person) return who->entity;
    }
    return std::nullopt;
}

}  // namespace framelens::mentions_detail
