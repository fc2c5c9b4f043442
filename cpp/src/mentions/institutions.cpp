#include "rules.hpp"

#include <algorithm>

namespace framelens::mentions_detail {

/// The story's main person, if titles tie it to a nation or place, and no other nation was named
/// last or stands near: in "Iran is poor, and the regime is rich" it is not the main person's.
std::optional<std::int32_t> Rules::ruler(std::int32_t noun) const {
    if (!main_) return std::nullopt;
    const auto& entity = document_.references.corpus().entities[static_cast<std::size_t>(*main_)];
    if (!entity.nation && entity.places.empty()) return std::nullopt;
    const auto& nations = document_.names.nations;
    auto it = std::lower_bound(
        nations.begin(), nations.end(), noun,
        [](const NationMention& nation, std::int32_t t) { return nation.tokens.first < t; });
    constexpr std::ptrdiff_t most = 100;  // nations of two sentences
    const auto from = it - std::min<std::ptrdiff_t>(most, it - nations.begin());
    for (bool last = true; it != from; last = false) {
        --it;
        if (!last && token(it->tokens.first).sentence + 1 < token(noun).sentence) break;
        if (!entity.is_of(it->nation)) return std::nullopt;
    }
    return target_of(main_);
}

/// "government officials" are not the government.
bool Rules::names_officials(std::int32_t noun) const {
    return is_word(noun + 1, noun, WordClass::people | WordClass::role) &&
           !token(noun + 1).is(WordClass::cue);
}

/// What stands before it owns it: Maduro's government, his regime, the Trump administration,
/// the Venezuelan military and government.
std::optional<Named> Rules::institution_owner(std::int32_t noun) const {
    if (names_officials(noun)) return stop("people of an institution are not the institution");
    const auto owned = [&](std::optional<std::int32_t> target, LabelStep step) {
        return Named{target, step, phrase_start(noun)};
    };
    for (std::int32_t t = noun - 1; in_text(t, noun) && noun - t <= 6; --t) {
        const Token& word = token(t);
        if (const NationMention* nation = nation_at(document_.names, t)) {
            return owned(target_of_nation(nation->nation), LabelStep::nation_institution);
        }
        if (const Reference* who = document_.references.at(t)) {
            if (t == noun - 1 && who->form == ReferenceForm::name) {
                return owned(target_of(*who), LabelStep::name_institution);
            }
            if (who->possessor) {
                const bool pronoun = who->form == ReferenceForm::pronoun;
                return owned(target_of(*who), pronoun ? LabelStep::pronoun_institution
                                                      : LabelStep::owner_institution);
            }
            return stop("a person before it owns nothing");
        }
        if (word.kind == TokenKind::possessive && document_.references.at(t - 1) == nullptr &&
            nation_at(document_.names, t - 1) == nullptr) {
            return stop("another noun owns it");  // "his brother's administration"
        }
        const bool joins =
            word.kind == TokenKind::possessive || !word.is_known() ||
            word.is(WordClass::conjunction | WordClass::former | WordClass::organisation |
                    WordClass::number | WordClass::institution | WordClass::distance |
                    WordClass::adverb | WordClass::hedge | WordClass::role |
                    WordClass::role_prefix);
        if (word.kind == TokenKind::punctuation || !joins) return stop("nobody before it owns it");
    }
    return std::nullopt;
}

/// The government of Venezuela, the regime of Nicolás Maduro.
std::optional<Named> Rules::institution_of(std::int32_t noun) const {
    if (names_officials(noun)) return stop("people of an institution are not the institution");
    Named named{std::nullopt, LabelStep::institution_of_nation, phrase_start(noun)};
    if (const auto nation = nation_complement(noun)) {
        named.target = target_of_nation(*nation);
        return named;
    }
    if (!is_word(noun + 1, noun, Marker::genitive) || !in_text(noun + 2, noun))
        return stop("no “of” follows");
    const Reference* who = document_.references.at(noun + 2);
    named.step = LabelStep::institution_of_other;
    if (who != nullptr && who->form == ReferenceForm::name) {
        named.target = target_of(*who);
        named.step = LabelStep::institution_of_name;
    }
    return named;
}

/// "the socialist regime": the target that its words described before, or that owned it last.
std::optional<Named> Rules::institution_alone(std::int32_t noun) const {
    if (names_officials(noun)) return stop("people of an institution are not the institution");
    const std::int32_t first = phrase_start(noun);
    const bool definite =
        is_word(first, noun, WordClass::demonstrative) || is_word(first, noun, Marker::definite);
    if (!definite) return stop("it is not definite");
    Named named{std::nullopt, LabelStep::described_institution, first};
    for (std::int32_t t = first + 1; t < noun; ++t) {
        const auto described = modified_.find(folded(t));
        if (described != modified_.end()) {
            named.target = described->second;
            return named;
        }
    }
    const auto owner = last_owner_.find(token(noun).entry->lemma);
    if (first + 1 < noun) return stop("its modifiers described nobody before");
    if (owner != last_owner_.end()) {
        named.target = owner->second;
        named.step = LabelStep::same_institution;
    } else if (token(noun).is(WordClass::epithet) && ruling_.contains(token(noun).entry->lemma)) {
        named.target = ruler(noun);
        named.step = LabelStep::ruler_institution;
    } else {
        return stop("it had no owner before");
    }
    return named;
}

}  // namespace framelens::mentions_detail
