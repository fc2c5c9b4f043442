// What a language knows of a word: its classes, what it marks, its base form.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace framelens {

/// How a cue verb presents what is said.
enum class Stance : std::uint8_t { neutral, doubting, assertive, hostile, denying };

/// Classes of a word form, combined as bits: a form may have several ("claims": cue and noun).
enum class WordClass : std::uint64_t {
    none = 0,
    cue = 1ULL << 0,             // a form of a verb of saying
    cue_participle = 1ULL << 1,  // its -ing form ("stating", "suggesting")
    naming_verb = 1ULL << 2,     // calls its object something: called, described, labelled
    honorific = 1ULL << 3,       // Mr, Mrs, Sen., Dr.
    role = 1ULL << 4,            // a noun for a person by office or label: president, dictator
    institution = 1ULL << 5,     // a noun for a ruling body: government, regime, administration
    organisation = 1ULL << 6,    // ends an organisation's name: Department, Party, Corp.
    nation = 1ULL << 7,          // Venezuela
    demonym = 1ULL << 8,         // Venezuelan; also capitalised languages
    given_name = 1ULL << 9,
    subject_pronoun = 1ULL << 10,
    object_pronoun = 1ULL << 11,
    possessive_pronoun = 1ULL << 12,
    first_person = 1ULL << 13,  // of pronouns
    masculine = 1ULL << 14,     // of pronouns and given names
    feminine = 1ULL << 15,
    neuter = 1ULL << 16,  // it, its
    plural = 1ULL << 17,  // they, their, we
    be = 1ULL << 18,
    have = 1ULL << 19,
    modal = 1ULL << 20,
    negation = 1ULL << 21,
    article = 1ULL << 22,     // the, a, an
    determiner = 1ULL << 23,  // this, those, some, every
    preposition = 1ULL << 24,
    conjunction = 1ULL << 25,   // and, or, but
    subordinator = 1ULL << 26,  // although, because, while, if, that
    relative = 1ULL << 27,      // who, which, whom, whose
    adverb = 1ULL << 28,        // also, later, however; -ly is recognised by form
    month = 1ULL << 29,
    weekday = 1ULL << 30,
    number = 1ULL << 31,         // five, dozen, million
    hedge = 1ULL << 32,          // alleged, reportedly, purported
    distance = 1ULL << 33,       // so-called, self-proclaimed, self-styled
    inscription = 1ULL << 34,    // what bears or introduces a name: slogan, reads, titled, dubbed
    particle = 1ULL << 35,       // inside names: de, van, bin, al
    name_suffix = 1ULL << 36,    // Jr., III
    people = 1ULL << 37,         // plural nouns that speak: officials, analysts, critics
    not_a_name = 1ULL << 38,     // often capitalised, never a name of its own: RELATED, Update
    former = 1ULL << 39,         // former, ex, late, acting, then: a label of its own with its noun
    attribution = 1ULL << 40,    // prepositions of attribution: "according to", "per"
    place = 1ULL << 41,          // capitals and well-known cities: never a person
    reflexive = 1ULL << 42,      // himself
    role_prefix = 1ULL << 43,    // makes another office of the next noun: vice, prime, deputy
    cue_noun = 1ULL << 45,       // a form of a cue that is often a noun: claims, report
    clause_cue = 1ULL << 47,     // a cue only before a clause: "recalled that", not "recalled him"
    topic = 1ULL << 46,          // prepositions that lead to what is said: about, of, for, against
    epithet = 1ULL << 44,        // a role or institution that judges, no office: tyrant, regime
    linking = 1ULL << 52,        // joins like "be": becomes, remains
    denial = 1ULL << 53,         // denies, rejects: what follows is not said
    head = 1ULL << 51,           // a role of whoever leads, by no office: leader, chief
    polity = 1ULL << 49,         // a common noun for what has a government: country, kingdom
    office = 1ULL << 50,         // a role that one appointed person holds: president, secretary
    demonstrative = 1ULL << 54,  // of determiners: this, those
    conditional = 1ULL << 55,    // what follows may not be so: would, might, if
    in_idiom = 1ULL << 48,       // stands in an idiom: "regime" of "regime change"
    cue_noun_of = 1ULL << 56,    // a noun for what somebody says: statement, allegation
    cue_of_it = 1ULL << 57,      // a cue only before "it": as Moore put it
    addressing = 1ULL << 58,     // a cue whose object is told something: told, reminded, assured
    viewing_verb = 1ULL << 59,   // takes its object for something: "sees him as a tyrant"
    viewpoint = 1ULL << 60,      // a noun for whose judgement it is: "in Lund's view"
    vague = 1ULL << 61,          // a noun that alone says nothing of a person: lot, kind, part
};

[[nodiscard]] constexpr WordClass operator|(WordClass a, WordClass b) noexcept {
    return static_cast<WordClass>(static_cast<std::uint64_t>(a) | static_cast<std::uint64_t>(b));
}

/// Classes of content words that say nothing of what else the form may be: a form with no other class
/// counts as one that no list has.
inline constexpr WordClass open_classes =
    WordClass::viewing_verb | WordClass::viewpoint | WordClass::vague | WordClass::in_idiom;

/// What a function word does in its phrase or clause, combined as bits. "To" leads to an infinitive
/// and to somebody.
enum class Marker : std::uint32_t {
    none = 0,
    agent = 1U << 0,        // of a passive: "called a liar by Lund"
    genitive = 1U << 1,     // "the president of Peru"
    belonging = 1U << 2,    // whose somebody is: "the lawyer for Moore"
    predicative = 1U << 3,  // before what somebody is called: "described as a liar"
    comparing = 1U << 4,    // before what is no object of its own: "as", "like", "of"
    toward = 1U << 5,       // "referred to", "said to reporters"
    about = 1U << 6,        // in headlines: "Lund on Moore"
    infinitive = 1U << 7,   // "to call"
    complement = 1U << 8,   // opens what is said, or a relative clause: "that"
    of_persons = 1U << 9,   // of relatives: "who"
    definite = 1U << 10,    // of articles: "the"
    indefinite = 1U << 11,  // "a", "an"
    asks_what = 1U << 12,   // "what"
    asks_other = 1U << 13,  // "why", "how", "when", "where"
    supposing = 1U << 14,   // "if"
    becoming = 1U << 15,    // makes a passive with a participle: "got fired"
    degree = 1U << 16,      // of adverbs: how much a quality is one: "very", "too"
    presenting = 1U << 17,  // the subject stands behind "be": "here is the list"
    including = 1U << 18,   // before some of many: "senators like Moore"
    others = 1U << 19,      // makes a noun the one before it too: "Moore and other senators"
    opposing = 1U << 20,    // a conjunction that takes back what is denied: "but"
    focusing = 1U << 21,    // takes a negation for itself: "not just a senator"
    oblique = 1U << 22,     // opens a phrase that is no subject: "dem", "den"
    reporting = 1U << 23,   // a verb in the mood of what others say: "sei", "habe"
    postposed = 1U << 24,   // of attributions: behind whom it names: "zufolge"
};

[[nodiscard]] constexpr Marker operator|(Marker a, Marker b) noexcept {
    return static_cast<Marker>(static_cast<std::uint32_t>(a) | static_cast<std::uint32_t>(b));
}

/// What a language knows of one folded word form.
struct WordEntry {
    WordClass classes = WordClass::none;
    Marker markers = Marker::none;
    std::string lemma;  // of a cue: its infinitive; of a role or institution: singular
    Stance stance = Stance::neutral;     // of a cue
    std::optional<std::int32_t> nation;  // index into Language::nations, for nations and demonyms
    /// True if the form has any of the classes.
    [[nodiscard]] constexpr bool is(WordClass any) const noexcept {
        return (static_cast<std::uint64_t>(classes) & static_cast<std::uint64_t>(any)) != 0;
    }
    [[nodiscard]] constexpr bool is_only(WordClass any) const noexcept {
        return is(any) &&
               (static_cast<std::uint64_t>(classes) & ~static_cast<std::uint64_t>(any)) == 0;
    }
    [[nodiscard]] constexpr bool is(Marker any) const noexcept {
        return (static_cast<std::uint32_t>(markers) & static_cast<std::uint32_t>(any)) != 0;
    }
};

/// What is known of a form that the language does not have. Tokens point to it rather than nowhere:
/// every other word is unknown, and whether one is could not be predicted.
inline const WordEntry unknown_word{};

}  // namespace framelens
