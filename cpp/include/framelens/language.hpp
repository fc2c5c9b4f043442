// The word classes of one natural language, as data. Files are read in json_io; no room reads JSON.
#pragma once

#include "framelens/phrases.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace framelens {

/// How a cue verb presents what is said.
enum class Stance : std::uint8_t { neutral, doubting, assertive, hostile };

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
};

[[nodiscard]] constexpr WordClass operator|(WordClass a, WordClass b) noexcept {
    return static_cast<WordClass>(static_cast<std::uint64_t>(a) | static_cast<std::uint64_t>(b));
}

/// What a language knows of one folded word form.
struct WordEntry {
    WordClass classes = WordClass::none;
    std::string lemma;  // of a cue: its infinitive; of a role or institution: singular
    Stance stance = Stance::neutral;     // of a cue
    std::optional<std::int32_t> nation;  // index into Language::nations, for nations and demonyms
    /// True if the form has any of the classes.
    [[nodiscard]] constexpr bool is(WordClass any) const noexcept {
        return (static_cast<std::uint64_t>(classes) & static_cast<std::uint64_t>(any)) != 0;
    }
};

/// What is known of a form that the language does not have. Tokens point to it rather than nowhere:
/// every other word is unknown, and whether one is could not be predicted.
inline const WordEntry unknown_word{};

/// A short word in two registers, as look-ups take it. Longer words have no key.
struct WordKey {
    static constexpr std::size_t longest = 16;  // bytes

    /// Requires text.size() <= longest.
    [[nodiscard]] static WordKey of(std::string_view text) noexcept;
    [[nodiscard]] bool is_ascii() const noexcept;
    /// The word with its ASCII letters in lower case.
    [[nodiscard]] WordKey lower() const noexcept;
    friend bool operator==(const WordKey&, const WordKey&) = default;
    std::uint64_t low = 0;  // the first eight bytes, zeros behind the last
    std::uint64_t high = 0;
    std::uint64_t size = 0;
};

/// Folded forms and what is known of them. Entries keep their place in memory as the table grows.
/// Source: open addressing with linear probing and keys in place; a sketch of one bit a hash, small
/// enough for the nearest cache, turns most unknown words away.
class WordTable {
public:
    /// The entry of the form, made if there is none.
    WordEntry& operator[](std::string_view folded);
    [[nodiscard]] const WordEntry* find(std::string_view folded) const noexcept;
    [[nodiscard]] const WordEntry* find(const WordKey& folded) const noexcept;
    [[nodiscard]] std::size_t size() const noexcept { return items_.size(); }

private:
    struct Item {
        std::string form;
        WordEntry entry;
    };
    struct Slot {
        WordKey key;             // of a long form: its hash, and its size
        std::int32_t item = -1;  // index into items_, or none
    };
    [[nodiscard]] static WordKey key_of(std::string_view folded) noexcept;
    [[nodiscard]] const Item* item_at(const Slot& slot) const noexcept {
        return &items_[static_cast<std::size_t>(slot.item)];
    }
    void place(const WordKey& key, std::int32_t item);
    void grow();
    std::deque<Item> items_;
    std::vector<Slot> slots_;            // a power of two
    std::vector<std::uint64_t> sketch_;  // four bits a slot
};

/// A request to the reader: how its sentence begins, and what follows in it: "follow", "on twitter".
struct ReaderPrompt {
    std::string start, inside;
};

/// Words and phrases that tell what a line of an article is: folded, whole words where not said.
struct ZoneWords {
    PhraseSet boilerplate_whole;   // the whole line, but for punctuation: "comments", "share this"
    PhraseSet boilerplate_start;   // the line begins with it: "related:", "read more", "sign up"
    PhraseSet boilerplate_inside;  // anywhere in a short line: "click here", "to your inbox"
    PhraseSet byline_start;        // "by", "written by", "story by"
    PhraseSet byline_inside;       // "staff", "staff writer", "correspondent", "contributor"
    PhraseSet caption_credit;   // inside a final bracket or after a slash: "photo", "getty", "ap"
    PhraseSet caption_start;    // "topshot", "file photo", "pictured"
    PhraseSet dateline_inside;  // "updated", "published", "posted", "am", "pm", time zones
    PhraseSet turn_question;    // before a colon, a question in an interview: "q", "question"
    PhraseSet turn_answer;      // likewise its answer: "a", "answer"
    PhraseSet turn_topic;       // words of what else stands before a colon: "where", "ingredients"
    // These may be left out of a language's file.
    PhraseSet boilerplate_end;  // ends a link: "Read more", with a capital letter
    PhraseSet notice_start;     // of a notice of any length: "correction:", "editor's note:"
    PhraseSet notice_inside;    // of any length: "an earlier version of this article"
    PhraseSet caption_inside;   // "hide caption", "image copyright"
    PhraseSet report_credit;    // between names and places: "reported from"
    PhraseSet address_prompt;   // begins a request that ends in an address: "write to"
    PhraseSet label_start;      // printed before the text of a line: "story highlights"
    PhraseSet prompt_starts;    // of the next
    std::vector<ReaderPrompt> prompts;
    PhraseSet link_start;  // those of boilerplate_start that end in a colon: "related:"
    // As printed.
    std::vector<std::string> caption_label;  // before the caption of a film: "CLOSE"
    std::vector<std::string> label_inside;   // buttons within a line: "Show Hide"
    std::vector<std::string> insert_end;     // closes links within a sentence: "MORE"
};

/// One language, built from its JSON file. Keys of `words` are folded by unicode's `fold`.
struct Language {
    std::string code;  // BCP 47, e.g. "en"
    std::string version;
    WordTable words;
    std::vector<std::string> nations;  // names as printed, e.g. "Venezuela"
    WordTable abbreviations;           // folded, with their full stop: "mr.", "u.s.", "jan."
    std::vector<std::string> demonym_endings;  // "-ian": makes an adjective of a place's name
    PhraseSet long_nations;                    // nation words of two words and more
    PhraseSet idioms;  // a role or institution noun that names nobody: "regime change"
    ZoneWords zones;
    std::shared_ptr<const class Tagger> tagger;  // of parts of speech; null where there is none

    [[nodiscard]] const WordEntry* find(std::string_view folded) const noexcept {
        return words.find(folded);
    }
};

}  // namespace framelens
