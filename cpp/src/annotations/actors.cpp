#include "framelens/annotations_actors.hpp"

#include "framelens/error.hpp"
#include "framelens/language.hpp"
#include "framelens/parallel_watch.hpp"
#include "framelens/types_names.hpp"
#include "framelens/unicode.hpp"

#include <algorithm>
#include <unordered_set>

namespace framelens {
namespace {

constexpr std::int64_t grain = 8;  // documents a task

/// Numbers of actors: entities of the corpus first, then nations, then groups.
struct Numbers {
    std::int32_t first_nation = 0;
    std::int32_t first_group = 0;
};

std::optional<ActorKind> kind_of(EntityKind kind) {
    if (kind == EntityKind::person) return ActorKind::person;
    if (kind == EntityKind::organisation) return ActorKind::organisation;
    return std::nullopt;
}

using Kinds = std::vector<std::optional<ActorKind>>;

/// The kind of each bearer of a name. Whom a pronoun means is a person, whatever the name.
Kinds find_kinds(const Annotations& annotations, Watch& watch) {
    Kinds kinds;
    for (const CorpusEntity& entity : annotations.names.entities) {
        kinds.push_back(kind_of(entity.kind));
    }
    for (const auto& document : annotations.documents) {
        watch.look();
        for (const Reference& reference : document->references->items()) {
            if (reference.form != ReferenceForm::pronoun || !reference.entity) continue;
            kinds[static_cast<std::size_t>(*reference.entity)] = ActorKind::person;
        }
    }
    return kinds;
}

/// A group goes by a plural noun in lower case: "officials", "migrants".
bool is_group(const Token& word) {
    return word.kind == TokenKind::word && word.is(WordClass::people) && !word.capital &&
           !word.is(WordClass::in_idiom);
}

/// The mentions of one document.
class Mentions {
public:
    Mentions(const Kinds& kinds, const AnnotatedDocument& document, Numbers numbers)
        : kinds_(kinds), document_(document), text_(document.segmented), numbers_(numbers) {}

    [[nodiscard]] std::vector<ActorMention> find() {
        for (const Reference& reference : document_.references->items()) add(reference);
        const auto last_nation = numbers_.first_group - numbers_.first_nation;
        for (const NationMention& nation : document_.names.nations) {
            if (nation.nation >= last_nation) continue;
            add(ActorKind::nation, numbers_.first_nation + nation.nation, nation.tokens);
        }
        const auto size = static_cast<std::int32_t>(text_.tokens.size());
        for (std::int32_t t = 0; t < size; ++t) {
            // The number of a group is known when those of all documents are.
            if (is_group(token(t))) add(ActorKind::group, numbers_.first_group, {t, t + 1});
        }
        std::stable_sort(found_.begin(), found_.end(),
                         [](const auto& a, const auto& b) { return a.span.start < b.span.start; });
        return std::move(found_);
    }

private:
    [[nodiscard]] const Token& token(std::int32_t t) const {
        return text_.tokens[static_cast<std::size_t>(t)];
    }
    [[nodiscard]] bool is_evidence(TokenRange tokens) const {
        const Zone* zone = zone_at(text_.zones, token(tokens.first).span.start);
        return zone == nullptr || (zone->kind != ZoneKind::boilerplate && !zone->duplicate);
    }
    ActorMention* add(ActorKind kind, std::optional<std::int32_t> actor, TokenRange tokens) {
        if (!is_evidence(tokens)) return nullptr;
        ActorMention& mention = found_.emplace_back();
        mention.kind = kind;
        mention.actor = actor;
        mention.span = text_.span_of(tokens.first, tokens.end);
        return &mention;
    }
    /// "you" and "we" are nobody alone; "they" may be one person, and "I" who is quoted.
    [[nodiscard]] static bool may_be_one(const Token& pronoun) {
        return pronoun.is(WordClass::masculine | WordClass::feminine) ||
               (pronoun.is(WordClass::first_person) && !pronoun.is(WordClass::plural));
    }
    void add(const Reference& reference) {
        std::optional<ActorKind> kind = ActorKind::person;
        if (reference.entity) {
            kind = kinds_[static_cast<std::size_t>(*reference.entity)];
        } else if (reference.form == ReferenceForm::pronoun && !may_be_one(token(reference.head))) {
            return;
        }
        if (!kind) return;
        ActorMention* mention = add(*kind, reference.entity, reference.tokens);
        if (mention == nullptr) return;
        mention->reference = &reference;
        mention->form = form_of(reference);
        mention->why = reference.why;
        mention->candidates = reference.candidates;
    }
    [[nodiscard]] ActorForm form_of(const Reference& reference) const {
        if (reference.form == ReferenceForm::pronoun) return ActorForm::pronoun;
        if (reference.form == ReferenceForm::description) return ActorForm::description;
        const NameMention* name = name_at(document_.names, reference.head);
        return name != nullptr && name->title < name->tokens.first ? ActorForm::title
                                                                   : ActorForm::name;
    }

    const Kinds& kinds_;
    const AnnotatedDocument& document_;
    const SegmentedText& text_;
    Numbers numbers_;
    std::vector<ActorMention> found_;
};

/// Adds what the documents print up, in their order.
class Tally {
public:
    Tally(const Annotations& annotations, Actors& actors)
        : annotations_(annotations), actors_(actors), seen_(actors.all.size()) {}

    void add_document(std::size_t document, std::int32_t source) {
        const AnnotatedDocument& read = *annotations_.documents[document];
        for (const ActorMention& mention : actors_.mentions[document]) {
            if (!mention.actor) continue;
            Actor& actor = actors_.all[static_cast<std::size_t>(*mention.actor)];
            Seen& seen = seen_[static_cast<std::size_t>(*mention.actor)];
            ++actor.mentions;
            const auto now = static_cast<std::int64_t>(document);
            if (seen.document != now) {
                seen.document = now;
                ++actor.documents;
                if (seen.sources.insert(source).second) ++actor.sources;
            }
            add_words(actor, mention, read);
        }
    }

private:
    struct Seen {
        std::optional<std::int64_t> document;
        std::unordered_set<std::int32_t> sources;
    };

    static void add_words(Actor& actor, const ActorMention& mention,
                          const AnnotatedDocument& read) {
        const SegmentedText& text = read.segmented;
        const Reference* reference = mention.reference;
        if (mention.kind == ActorKind::nation || mention.kind == ActorKind::group) {
            ++actor.forms[printed(text, mention.span)];
        } else if (mention.form == ActorForm::pronoun) {
            const Token& word = text.tokens[static_cast<std::size_t>(reference->head)];
            if (!word.is(WordClass::first_person)) ++actor.pronouns[word.entry->lemma];
        } else if (mention.form == ActorForm::description) {
            if (!reference->settled) ++actor.roles[reference->term];
        } else {
            add_name(actor, *reference, read);
        }
    }
    static void add_name(Actor& actor, const Reference& reference, const AnnotatedDocument& read) {
        const SegmentedText& text = read.segmented;
        const auto token = [&](std::int32_t t) -> const Token& {
            return text.tokens[static_cast<std::size_t>(t)];
        };
        for (const std::string& role : reference.called) ++actor.roles[role];
        const NameMention* name = name_at(read.names, reference.head);
        if (name == nullptr) return;
        ++actor.forms[printed(text, text.span_of(name->tokens.first, name->tokens.end))];
        for (std::int32_t t = name->title; t < name->tokens.first; ++t) {
            if (token(t).is(WordClass::honorific) && !token(t).is(WordClass::role)) {
                ++actor.honorifics[printed(text, token(t).span)];
            }
        }
    }
    /// In one line.
    static std::string printed(const SegmentedText& text, Span span) {
        std::string words(text.at(span));
        std::replace(words.begin(), words.end(), '\n', ' ');
        return words;
    }

    const Annotations& annotations_;
    Actors& actors_;
    std::vector<Seen> seen_;
};

/// Gives the groups their numbers, in order of their names.
void number_groups(const Annotations& annotations, Actors& actors, Watch& watch) {
    const auto first = static_cast<std::int32_t>(actors.all.size());
    const auto name = [&](std::size_t d, const ActorMention& mention) {
        return fold(annotations.documents[d]->segmented.at(mention.span));
    };
    std::map<std::string, std::int32_t> ids;
    for (std::size_t d = 0; d < actors.mentions.size(); ++d) {
        watch.look();
        for (const ActorMention& mention : actors.mentions[d]) {
            if (mention.kind == ActorKind::group) ids.emplace(name(d, mention), 0);
        }
    }
    std::int32_t next = first;
    for (auto& [group, id] : ids) {
        id = next++;
        Actor& actor = actors.all.emplace_back();
        actor.kind = ActorKind::group;
        actor.name = group;
    }
    for (std::size_t d = 0; d < actors.mentions.size(); ++d) {
        watch.look();
        for (ActorMention& mention : actors.mentions[d]) {
            if (mention.kind == ActorKind::group) mention.actor = ids.at(name(d, mention));
        }
    }
}

}  // namespace

std::string_view name_of(ActorKind kind) noexcept {
    static constexpr std::string_view names[] = {"person", "organisation", "nation", "group"};
    return name_in(names, kind);
}

std::string_view name_of(ActorForm form) noexcept {
    static constexpr std::string_view names[] = {"name", "title", "description", "pronoun"};
    return name_in(names, form);
}

Actors find_actors(const Annotations& annotations, const std::vector<std::int32_t>& sources,
                   const Run& run) {
    if (sources.size() != annotations.documents.size()) {
        throw ValueError("there are " + std::to_string(annotations.documents.size()) +
                         " documents but " + std::to_string(sources.size()) + " sources");
    }
    const auto count = static_cast<std::int64_t>(annotations.documents.size());
    const Run still = standing_at(run, 0, count);
    Watch watch(still);
    const Kinds kinds = find_kinds(annotations, watch);
    Actors actors;
    for (std::size_t e = 0; e < kinds.size(); ++e) {
        const CorpusEntity& entity = annotations.names.entities[e];
        Actor& actor = actors.all.emplace_back();
        // One of no kind has no mentions.
        actor.kind = kinds[e].value_or(ActorKind::organisation);
        actor.name = entity.name;
        if (actor.kind == ActorKind::person) actor.nation = entity.nation;
    }
    Numbers numbers;
    numbers.first_nation = static_cast<std::int32_t>(actors.all.size());
    for (const std::string& nation : annotations.language->nations) {
        Actor& actor = actors.all.emplace_back();
        actor.kind = ActorKind::nation;
        actor.name = nation;
    }
    numbers.first_group = static_cast<std::int32_t>(actors.all.size());
    actors.mentions.resize(annotations.documents.size());
    parallel_for(count, run, grain, [&](std::int64_t begin, std::int64_t end) {
        for (auto d = static_cast<std::size_t>(begin); d < static_cast<std::size_t>(end); ++d) {
            actors.mentions[d] = Mentions(kinds, *annotations.documents[d], numbers).find();
        }
    });
    number_groups(annotations, actors, watch);
    Tally tally(annotations, actors);
    for (std::size_t d = 0; d < sources.size(); ++d) {
        watch.look();
        tally.add_document(d, sources[d]);
    }
    return actors;
}

}  // namespace framelens
