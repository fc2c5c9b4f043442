#include "framelens/mentions_trace.hpp"

#include "framelens/grammar.hpp"
#include "framelens/types_names.hpp"
#include "rules.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>

namespace framelens {
namespace {

const Token& token_of(const Annotated& document, std::int32_t t) {
    return document.text.tokens[static_cast<std::size_t>(t)];
}

std::string note_of(const VerbGroup& group) {
    std::string note;
    const auto add = [&](bool holds, std::string_view word) {
        if (!holds) return;
        if (!note.empty()) note += ", ";
        note += word;
    };
    add(group.passive, "passive");
    add(group.negated, "negated");
    add(group.hypothetical, "hypothetical");
    return note;
}

void add_verbs(const Annotated& document, TokenRange sentence, std::vector<SentencePart>& parts) {
    const Grammar grammar(document.text);
    for (std::int32_t t = sentence.first; t < sentence.end; ++t) {
        const Token& word = token_of(document, t);
        if (!word.is(WordClass::naming_verb | WordClass::linking | WordClass::be)) continue;
        const VerbGroup group = grammar.verb_group(t);
        const Span span = document.text.span_of(group.first, t + 1);
        // "was" of "was called"
        if (!parts.empty() && span.start <= parts.back().span.start) parts.pop_back();
        parts.push_back({"verb group", span, note_of(group), std::nullopt});
    }
}

void add_references(const Annotated& document, TokenRange sentence,
                    std::vector<SentencePart>& parts) {
    for (const Reference& reference : document.references.items()) {
        if (reference.tokens.first < sentence.first || reference.tokens.first >= sentence.end) {
            continue;
        }
        parts.push_back({name_of(reference.form),
                         document.text.span_of(reference.tokens.first, reference.tokens.end), "",
                         reference.entity});
    }
}

/// Why a person is not meant, as far as the corpus knows; empty where nothing speaks against it.
std::string_view against(const Annotated& document, const Reference& reference,
                         const CorpusEntity& entity) {
    const bool pronoun = reference.form == ReferenceForm::pronoun;
    if (entity.kind != EntityKind::person && !pronoun) return "is not known to be a person";
    const Token& head = token_of(document, reference.head);
    const auto gender = entity.sure_gender();
    if (pronoun && gender) {
        const bool man = *gender == Gender::masculine;
        if (head.is(man ? WordClass::feminine : WordClass::masculine)) {
            return "is of another gender";
        }
    }
    if (reference.form != ReferenceForm::description) return {};
    const bool tied = entity.nation || !entity.places.empty();
    if (reference.nation && tied && !entity.is_of(*reference.nation)) {
        return "belongs to another nation";
    }
    if (!entity.roles.empty() && !entity.has_role(reference.term)) return "has other offices";
    return {};
}

bool is_called(const Reference& reference, const std::string& term) {
    return std::find(reference.called.begin(), reference.called.end(), term) !=
           reference.called.end();
}

/// "has 38 % of the likelihood", of a pronoun's candidates; empty of everybody else.
std::string share_of(const Reference& reference, std::int32_t entity) {
    const auto& all = reference.candidates;
    const auto at =
        static_cast<std::size_t>(std::find(all.begin(), all.end(), entity) - all.begin());
    if (at >= reference.shares.size()) return {};
    const long percent = std::lround(100 * static_cast<double>(reference.shares[at]));
    const bool short_of = at == 0 && !reference.entity;
    return "has " + std::to_string(percent) + " % of the likelihood" +
           (short_of ? ", too little" : "");
}

std::string why_meant(const Reference& reference, const Reference& printed) {
    if (reference.settled) return "a name stands beside it";
    if (is_called(printed, reference.term)) return "was called so before";
    const std::string share = share_of(reference, *printed.entity);
    return share.empty() ? "is the last who fits" : share;
}

std::string why_not_meant(const Annotated& document, const Reference& reference,
                          const CorpusEntity& entity, std::int32_t number) {
    if (auto share = share_of(reference, number); !share.empty()) return share;
    if (const auto reason = against(document, reference, entity); !reason.empty()) {
        return std::string(reason);
    }
    if (!reference.shares.empty()) return "is unlikely from where it stands";
    return reference.entity ? "fits, but another fits better"
                            : "is not told from others, or not near enough";
}

/// Those who stand before the reference, the nearest first, each once: the last few, and all who fit.
void add_candidates(const Annotated& document, const Reference& reference,
                    std::vector<Candidate>& candidates) {
    constexpr std::size_t most = 6;
    std::vector<std::int32_t> seen;
    const std::span<const Reference> earlier = document.references.before(reference.tokens.first);
    const auto holds = [](const std::vector<std::int32_t>& all, std::int32_t one) {
        return std::find(all.begin(), all.end(), one) != all.end();
    };
    for (auto who = earlier.rbegin(); who != earlier.rend(); ++who) {
        if (!who->entity || who->form != ReferenceForm::name) continue;
        if (holds(seen, *who->entity)) continue;
        if (seen.size() >= most && !holds(reference.candidates, *who->entity)) continue;
        seen.push_back(*who->entity);
        const auto& entity =
            document.references.corpus().entities[static_cast<std::size_t>(*who->entity)];
        Candidate candidate;
        candidate.reference = document.text.span_of(reference.tokens.first, reference.tokens.end);
        candidate.printed = document.text.span_of(who->tokens.first, who->tokens.end);
        candidate.entity = *who->entity;
        candidate.meant = reference.entity == who->entity;
        candidate.why = candidate.meant ? why_meant(reference, *who)
                                        : why_not_meant(document, reference, entity, *who->entity);
        candidates.push_back(candidate);
    }
}

std::vector<RuleAttempt> attempts_at(const Annotated& document, const TargetTable& targets,
                                     const LabelRules& rules,
                                     const std::unordered_set<std::string>& ruling,
                                     TokenRange asked) {
    Ruling terms(ruling);
    mentions_detail::Rules reader(document, targets, rules, terms);
    mentions_detail::Notes notes;
    const auto& nouns = reader.nouns().all();
    auto next = nouns.begin();
    for (std::int32_t t = 0; t < asked.end; ++t) {
        const Token& word = token_of(document, t);
        reader.note_to(t >= asked.first ? &notes : nullptr);
        bool named = false;
        while (next != nouns.end() && *next < t) ++next;
        if (next != nouns.end() && *next == t) {
            if (mentions_detail::evidence_zone(document.text, word.span.start)) {
                const auto answer = reader.apply(t);
                named = answer && answer->target;
            } else if (t >= asked.first) {
                notes.attempts.push_back({word.span, "", AttemptOutcome::skipped,
                                          "stands in boilerplate, or was printed before"});
            }
        }
        if (named || t < asked.first) continue;
        if (const auto group = targets.nouns.match(document.text, t)) {
            (void)reader.group(*group);
        } else if (word.kind == TokenKind::word && !reader.nouns().has(t)) {
            notes.attempts.push_back(
                {word.span, "", AttemptOutcome::skipped, "says of nobody what they are"});
        }
    }
    return notes.attempts;
}

TokenRange sentence_at(const Annotated& document, std::int32_t t) {
    const auto sentence = static_cast<std::size_t>(token_of(document, t).sentence);
    return {document.text.first_token[sentence], document.text.first_token[sentence + 1]};
}

}  // namespace

std::string_view name_of(AttemptOutcome outcome) noexcept {
    static constexpr std::string_view names[] = {"label", "nobody", "stopped", "skipped"};
    return name_in(names, outcome);
}

Trace trace_namings(const Annotated& document, const TargetTable& targets, const LabelRules& rules,
                    const std::unordered_set<std::string>& ruling, TokenRange asked) {
    Trace trace;
    for (std::int32_t t = asked.first; t < asked.end;) {
        const TokenRange sentence = sentence_at(document, t);
        trace.sentences.push_back(document.text.span_of(sentence.first, sentence.end));
        add_verbs(document, sentence, trace.parts);
        add_references(document, sentence, trace.parts);
        t = sentence.end;
    }
    std::stable_sort(trace.parts.begin(), trace.parts.end(),
                     [](const auto& a, const auto& b) { return a.span.start < b.span.start; });
    for (const Reference& reference : document.references.items()) {
        if (reference.form == ReferenceForm::name) continue;
        const std::int64_t at = token_of(document, reference.head).span.start;
        const auto holds = [&](Span sentence) { return sentence.start <= at && at < sentence.end; };
        if (std::any_of(trace.sentences.begin(), trace.sentences.end(), holds)) {
            add_candidates(document, reference, trace.candidates);
        }
    }
    trace.attempts = attempts_at(document, targets, rules, ruling, asked);
    return trace;
}

}  // namespace framelens
