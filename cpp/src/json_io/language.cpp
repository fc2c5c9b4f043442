#include "framelens/json_io.hpp"
#include "framelens/unicode.hpp"
#include "grammar.hpp"
#include "reader.hpp"
#include "speakers.hpp"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <span>
#include <tuple>

namespace framelens {
namespace {

/// A member of a part that needs no more than a list of words.
using WordList = std::pair<std::string_view, WordClass>;

constexpr WordList cues_lists[] = {
    {"cue_noun", WordClass::cue_noun},
    {"clause_cue", WordClass::clause_cue},
    {"denial", WordClass::denial},
    {"topic", WordClass::topic},
    {"attribution", WordClass::attribution},
    {"inscription", WordClass::inscription},
    {"hedge", WordClass::hedge},
    {"distance", WordClass::distance},
    {"cue_of_it", WordClass::cue_of_it},
    {"addressing", WordClass::addressing},
    {"viewing", WordClass::viewing_verb},
    {"viewpoint", WordClass::viewpoint},
};
constexpr WordList roles_lists[] = {
    {"honorific", WordClass::honorific}, {"role_prefix", WordClass::role_prefix},
    {"epithet", WordClass::epithet},     {"office", WordClass::office},
    {"head", WordClass::head},           {"former", WordClass::former},
    {"people", WordClass::people},       {"masculine", WordClass::masculine},
    {"feminine", WordClass::feminine},   {"vague", WordClass::vague},
};
constexpr WordList nations_lists[] = {
    {"demonym", WordClass::demonym},
    {"polity", WordClass::polity},
    {"place", WordClass::place},
};
constexpr WordList names_lists[] = {
    {"name_suffix", WordClass::name_suffix},
    {"particle", WordClass::particle},
    {"organisation", WordClass::organisation},
    {"not_a_name", WordClass::not_a_name},
};
constexpr WordList function_words_lists[] = {
    {"be", WordClass::be},
    {"have", WordClass::have},
    {"modal", WordClass::modal},
    {"linking", WordClass::linking},
    {"conditional", WordClass::conditional},
    {"negation", WordClass::negation},
    {"article", WordClass::article},
    {"demonstrative", WordClass::demonstrative},
    {"determiner", WordClass::determiner},
    {"preposition", WordClass::preposition},
    {"conjunction", WordClass::conjunction},
    {"subordinator", WordClass::subordinator},
    {"relative", WordClass::relative},
    {"adverb", WordClass::adverb},
    {"number", WordClass::number},
    {"month", WordClass::month},
    {"weekday", WordClass::weekday},
};

/// Fills the word map; a form that comes twice has the classes of both.
class LanguageBuilder {
public:
    explicit LanguageBuilder(Language& language) : language_(language) {}

    void add_cues(const JsonNode& node) {
        for (const auto& member : node.members()) {
            const std::string& lemma = member.first;
            const JsonNode& cue = member.second;
            cue.allow({"stance", "forms", "participles", "naming"});
            const Stance stance = stance_of(cue);
            WordClass classes = WordClass::cue;
            if (const auto naming = cue.find("naming"); naming && naming->boolean()) {
                classes = classes | WordClass::naming_verb;
            }
            const auto add = [&](const char* list, WordClass all) {
                for (const JsonNode& form : cue.at(list).items()) {
                    WordEntry& entry = add_form(form, all);
                    set_lemma(entry, lemma, form);
                    entry.stance = stance;
                }
            };
            add("forms", classes);
            add("participles", classes | WordClass::cue_participle);
        }
    }

    /// Comes behind the verbs: a form that is a verb's too keeps that one's base form.
    void add_cue_nouns(const JsonNode& node) {
        for (const auto& [lemma, noun] : node.members()) {
            noun.allow({"stance", "forms"});
            const Stance stance = stance_of(noun);
            for (const JsonNode& form : noun.at("forms").items()) {
                WordEntry& entry = add_form(form, WordClass::cue_noun_of);
                if (entry.is(WordClass::cue)) continue;
                set_lemma(entry, lemma, form);
                entry.stance = stance;
            }
        }
    }

    /// Nouns with their other forms; the key is the singular. All are plurals but abbreviations,
    /// which end in a full stop.
    void add_nouns(const JsonNode& node, WordClass noun) {
        for (const auto& [singular, forms] : node.members()) {
            set_lemma(add_folded(fold(singular), noun), singular, forms);
            for (const JsonNode& form : forms.items()) {
                const bool singular_form = form.folded().back() == '.';
                set_lemma(add_form(form, singular_form ? noun : noun | WordClass::plural), singular,
                          form);
            }
        }
    }

    void add_nations(const JsonNode& node) {
        for (const JsonNode& nation : node.items()) {
            nation.allow({"name", "other_names", "demonyms"});
            const auto index = static_cast<std::int32_t>(language_.nations.size());
            language_.nations.push_back(nation.at("name").text());
            set_nation(nation.at("name"), WordClass::nation, index);
            for (const JsonNode& name : nation.at("other_names").items()) {
                set_nation(name, WordClass::nation, index);
            }
            for (const JsonNode& name : nation.at("demonyms").items()) {
                set_nation(name, WordClass::demonym, index);
            }
        }
        language_.long_nations = PhraseSet(std::move(long_nations_));
    }

    void add_given_names(const JsonNode& node) {
        node.allow({"masculine", "feminine"});
        add_list(node.at("masculine"), WordClass::given_name | WordClass::masculine);
        add_list(node.at("feminine"), WordClass::given_name | WordClass::feminine);
    }

    void add_pronouns(const JsonNode& node) {
        // The subject's form of each person, number and gender is the lemma of the other cases.
        std::map<std::tuple<double, std::string, std::string>, std::string> subjects;
        for (const JsonNode& pronoun : node.items()) {
            pronoun.allow({"form", "case", "person", "number", "gender"});
            WordEntry& entry = add_form(pronoun.at("form"), pronoun_classes(pronoun));
            const auto gender = pronoun.find("gender");
            const auto subject =
                subjects.try_emplace({pronoun.at("person").number(), pronoun.at("number").text(),
                                      gender ? gender->text() : std::string()},
                                     pronoun.at("form").folded());
            if (entry.lemma.empty()) entry.lemma = subject.first->second;
        }
    }

    /// Adds the lists of a part, whose members that are none are `others`.
    void add_lists(const JsonNode& part, std::span<const WordList> lists,
                   std::initializer_list<std::string_view> others) {
        for (const auto& [name, node] : part.members()) {
            if (std::find(others.begin(), others.end(), name) != others.end()) continue;
            const auto known =
                std::find_if(lists.begin(), lists.end(),
                             [&key = name](const WordList& list) { return list.first == key; });
            if (known == lists.end()) node.fail("is no known key");
            add_list(node, known->second);
        }
    }

    /// Comes last: an abbreviation has the classes of the word it is listed as.
    void add_abbreviations(const JsonNode& node) {
        for (const JsonNode& item : node.items()) {
            const std::string folded = item.folded();
            if (folded.size() < 2 || folded.back() != '.') item.fail("ends with a full stop");
            const WordEntry* entry = language_.find(folded);
            if (entry == nullptr) entry = language_.find(folded.substr(0, folded.size() - 1));
            language_.abbreviations[folded] = entry ? *entry : WordEntry{};
        }
    }

    /// Marks their words too: most nouns stand in no idiom, and are not looked for there.
    void add_idioms(const JsonNode& node) {
        const std::vector<std::string> idioms = node.folded_items();
        for (const std::string& idiom : idioms) {
            for (std::size_t first = 0; first < idiom.size();) {
                const std::size_t last = std::min(idiom.find(' ', first), idiom.size());
                const std::string word = idiom.substr(first, last - first);
                if (language_.find(word) != nullptr) add_folded(word, WordClass::in_idiom);
                first = last + 1;
            }
        }
        language_.idioms = PhraseSet(idioms);
    }

private:
    static Stance stance_of(const JsonNode& cue) {
        return cue.at("stance").choose<Stance>({{"neutral", Stance::neutral},
                                                {"doubting", Stance::doubting},
                                                {"assertive", Stance::assertive},
                                                {"hostile", Stance::hostile},
                                                {"denying", Stance::denying}});
    }

    WordEntry& add_folded(const std::string& folded, WordClass classes) {
        WordEntry& entry = language_.words[folded];
        entry.classes = entry.classes | classes;
        return entry;
    }

    WordEntry& add_form(const JsonNode& node, WordClass classes) {
        return add_folded(node.folded(), classes);
    }

    void add_list(const JsonNode& node, WordClass classes) {
        for (const JsonNode& item : node.items()) add_form(item, classes);
    }

    static void set_lemma(WordEntry& entry, const std::string& lemma, const JsonNode& node) {
        const std::string folded = fold(lemma);
        if (folded.empty()) node.fail("has an empty base form");
        if (!entry.lemma.empty() && entry.lemma != folded) {
            node.fail("has two base forms, \"" + entry.lemma + "\" and \"" + folded + "\"");
        }
        entry.lemma = folded;
    }

    void set_nation(const JsonNode& node, WordClass classes, std::int32_t index) {
        WordEntry& entry = add_form(node, classes);
        if (entry.nation && *entry.nation != index) {
            node.fail("belongs to " + language_.nations[static_cast<std::size_t>(*entry.nation)] +
                      " already");
        }
        entry.nation = index;
        if (const std::string folded = node.folded(); folded.find(' ') != std::string::npos) {
            long_nations_.push_back(folded);
        }
    }

    static WordClass pronoun_classes(const JsonNode& node) {
        WordClass classes =
            node.at("case").choose<WordClass>({{"subject", WordClass::subject_pronoun},
                                               {"object", WordClass::object_pronoun},
                                               {"possessive", WordClass::possessive_pronoun},
                                               {"reflexive", WordClass::reflexive}});
        const double person = node.at("person").number();
        if (person != 1 && person != 2 && person != 3) node.at("person").fail("is 1, 2 or 3");
        if (person == 1) classes = classes | WordClass::first_person;
        classes = classes | node.at("number").choose<WordClass>({{"singular", WordClass::none},
                                                                 {"plural", WordClass::plural},
                                                                 {"any", WordClass::none}});
        if (const auto gender = node.find("gender")) {
            classes = classes | gender->choose<WordClass>({{"masculine", WordClass::masculine},
                                                           {"feminine", WordClass::feminine},
                                                           {"neuter", WordClass::neuter}});
        }
        return classes;
    }

    Language& language_;
    std::vector<std::string> long_nations_;
};

std::vector<std::string> folded_if_any(const JsonNode& node, const std::string& key) {
    const auto items = node.find(key);
    return items ? items->folded_items() : std::vector<std::string>{};
}

std::vector<std::string> printed_if_any(const JsonNode& node, const std::string& key) {
    std::vector<std::string> out;
    if (const auto list = node.find(key)) {
        for (const JsonNode& item : list->items()) out.push_back(item.text());
    }
    return out;
}

std::vector<ReaderPrompt> read_prompts(const JsonNode& node) {
    std::vector<ReaderPrompt> out;
    const auto list = node.find("prompts");
    if (!list) return out;
    for (const JsonNode& item : list->items()) {
        item.allow({"start", "inside"});
        out.push_back({item.at("start").folded(), item.at("inside").folded()});
    }
    return out;
}

ZoneWords read_zones(const JsonNode& node) {
    node.allow({"boilerplate_whole", "boilerplate_start", "boilerplate_inside", "byline_start",
                "byline_inside",     "caption_credit",    "caption_start",      "dateline_inside",
                "boilerplate_end",   "notice_start",      "notice_inside",      "caption_inside",
                "report_credit",     "address_prompt",    "label_start",        "prompts",
                "caption_label",     "label_inside",      "insert_end",         "turn_question",
                "turn_answer",       "turn_topic"});
    ZoneWords zones;
    zones.boilerplate_whole = PhraseSet(node.at("boilerplate_whole").folded_items());
    zones.boilerplate_start = PhraseSet(node.at("boilerplate_start").folded_items());
    zones.boilerplate_inside = PhraseSet(node.at("boilerplate_inside").folded_items());
    zones.byline_start = PhraseSet(node.at("byline_start").folded_items());
    zones.byline_inside = PhraseSet(node.at("byline_inside").folded_items());
    zones.caption_credit = PhraseSet(node.at("caption_credit").folded_items());
    zones.caption_start = PhraseSet(node.at("caption_start").folded_items());
    zones.dateline_inside = PhraseSet(node.at("dateline_inside").folded_items());
    zones.turn_question = PhraseSet(folded_if_any(node, "turn_question"));
    zones.turn_answer = PhraseSet(folded_if_any(node, "turn_answer"));
    zones.turn_topic = PhraseSet(folded_if_any(node, "turn_topic"));
    zones.boilerplate_end = PhraseSet(folded_if_any(node, "boilerplate_end"));
    zones.notice_start = PhraseSet(folded_if_any(node, "notice_start"));
    zones.notice_inside = PhraseSet(folded_if_any(node, "notice_inside"));
    zones.caption_inside = PhraseSet(folded_if_any(node, "caption_inside"));
    zones.report_credit = PhraseSet(folded_if_any(node, "report_credit"));
    zones.address_prompt = PhraseSet(folded_if_any(node, "address_prompt"));
    zones.label_start = PhraseSet(folded_if_any(node, "label_start"));
    zones.prompts = read_prompts(node);
    std::vector<std::string> starts;
    for (const ReaderPrompt& prompt : zones.prompts) starts.push_back(prompt.start);
    zones.prompt_starts = PhraseSet(std::move(starts));
    std::vector<std::string> links = zones.boilerplate_start.phrases();
    std::erase_if(links, [](const std::string& phrase) { return phrase.back() != ':'; });
    zones.link_start = PhraseSet(std::move(links));
    zones.caption_label = printed_if_any(node, "caption_label");
    zones.label_inside = printed_if_any(node, "label_inside");
    zones.insert_end = printed_if_any(node, "insert_end");
    return zones;
}

double read_share(const JsonNode& node) {
    const double share = node.number();
    if (!(share > 0 && share < 1)) node.fail("is between 0 and 1");
    return share;
}

ReferenceWeights read_references(const JsonNode& node) {
    node.allow({"least", "least_alone", "weights"});
    ReferenceWeights out;
    out.least = read_share(node.at("least"));
    out.least_alone = read_share(node.at("least_alone"));
    for (const auto& [name, weight] : node.at("weights").members()) {
        const auto clue = clue_named(name);
        if (!clue) weight.fail("is no known clue");
        out.of[static_cast<std::size_t>(*clue)] = weight.number();
    }
    return out;
}

}  // namespace

Language language_from_json(std::string_view json) {
    const nlohmann::json tree = parse_json(json);
    const JsonNode root(tree);
    check_version(root, language_version);
    root.allow({"version", "code", "cues", "roles", "nations", "names", "function_words", "zones",
                "grammar", "references", "speakers"});
    Language language;
    language.code = root.at("code").text();
    language.version = language_version;
    LanguageBuilder builder(language);
    const JsonNode cues = root.at("cues");
    const JsonNode roles = root.at("roles");
    const JsonNode nations = root.at("nations");
    const JsonNode names = root.at("names");
    const JsonNode function_words = root.at("function_words");
    builder.add_cues(cues.at("verbs"));
    if (const auto nouns = cues.find("nouns")) builder.add_cue_nouns(*nouns);
    builder.add_nouns(roles.at("persons"), WordClass::role);
    builder.add_nouns(roles.at("institutions"), WordClass::institution);
    builder.add_nations(nations.at("nations"));
    builder.add_given_names(names.at("given_names"));
    builder.add_pronouns(function_words.at("pronouns"));
    builder.add_lists(cues, cues_lists, {"verbs", "nouns"});
    builder.add_lists(roles, roles_lists, {"persons", "institutions", "idioms", "consorts"});
    builder.add_lists(nations, nations_lists, {"nations", "demonym_endings"});
    builder.add_lists(names, names_lists, {"given_names"});
    builder.add_lists(function_words, function_words_lists, {"pronouns", "abbreviations"});
    builder.add_abbreviations(function_words.at("abbreviations"));
    builder.add_idioms(roles.at("idioms"));
    if (const auto consorts = roles.find("consorts")) language.consorts = consorts->folded_items();
    language.demonym_endings = nations.at("demonym_endings").folded_items();
    language.zones = read_zones(root.at("zones"));
    read_grammar(root.at("grammar"), language);
    if (const auto references = root.find("references")) {
        language.references = read_references(*references);
    }
    if (const auto speakers = root.find("speakers")) {
        language.speakers = read_speakers(*speakers);
    }
    return language;
}

}  // namespace framelens
