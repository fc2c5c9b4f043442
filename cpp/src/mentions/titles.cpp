// Titles: nouns before a name.
#include "rules.hpp"

namespace framelens::mentions_detail {

std::optional<Named> Rules::title(std::int32_t noun) const {
    const Reference* reference = document_.references.at(noun);
    if (reference == nullptr || reference->form != ReferenceForm::name) return marked_title(noun);
    if (noun >= reference->head) return stop("it is the name itself");
    const NameMention* name = name_at(document_.names, reference->head);
    if (name == nullptr || noun >= name->tokens.first) return std::nullopt;
    if (leads_to_title(noun, name->tokens.first) || governs(noun, name->tokens)) {
        return stop("the name belongs to another noun or a verb");
    }
    return Named{target_of(*reference), LabelStep::title_before_name, reference->tokens.first};
}

/// ‘Dictator’ Kim: a title in marks, and a name behind these.
std::optional<Named> Rules::marked_title(std::int32_t noun) const {
    const auto inside = document_.references.mark_of(noun);
    if (!inside) return stop("it is part of no name, and no marks set it off");
    const MarkedSpan& mark = document_.text.marks[static_cast<std::size_t>(*inside)];
    const std::int32_t name = document_.text.token_from(mark.outer.end);
    if (token(noun).span.end != mark.inner.end || !in_text(name, noun))
        return stop("no name follows the marks");
    const Reference* who = document_.references.at(name);
    if (who == nullptr || who->tokens.first != name || who->form != ReferenceForm::name) {
        return stop("no name follows the marks");
    }
    return Named{target_of(*who), LabelStep::title_in_marks, phrase_start(noun)};
}

/// "a critic of President Moore": the title is the other noun.
bool Rules::leads_to_title(std::int32_t noun, std::int32_t name) const {
    bool led = false;
    for (std::int32_t t = noun + 1; t < name; ++t) {
        if (led && token(t).is(WordClass::role | WordClass::honorific)) return true;
        led = led || token(t).is(WordClass::preposition);
    }
    return false;
}

/// "will host Moore", "a vote to convict Moore": a verb that may be a noun elsewhere. Offices and
/// epithets are none: "why did dictator Moore stay", "handed to dictator Moore".
bool Rules::governs(std::int32_t noun, TokenRange name) const {
    if (token(noun).capital || noun + 1 != name.first) return false;
    if (token(noun).is(WordClass::office | WordClass::epithet | WordClass::head)) return false;
    if (is_word(noun - 1, noun, WordClass::modal)) {
        // "What does lawyer Moore want?" has its subject behind the modal
        std::int32_t end = name.end;
        while (in_text(end, noun) && token(end).mark != U'?') ++end;
        return !in_text(end, noun);
    }
    return name.end == name.first + 1 && is_word(noun - 1, noun, Marker::infinitive);
}

}  // namespace framelens::mentions_detail
