// What the grammar answers of each token of some texts, for benchmarks/quality/grammar.py; and what
// its tagger sees of them, for tools/train_tagger.py.
#include "framelens/grammar.hpp"
#include "framelens/grammar_tagger.hpp"
#include "framelens/json_io.hpp"
#include "texts.hpp"

#include <cstdint>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace {

using namespace framelens;

void write(std::uint32_t value) {
    std::cout.write(reinterpret_cast<const char*>(&value), sizeof value);
}

/// For each text its number of tokens; for each token its bytes, sentence and kind, then features.
void print_features(const SegmentedText& text) {
    write(static_cast<std::uint32_t>(text.tokens.size()));
    for (std::size_t s = 0; s + 1 < text.first_token.size(); ++s) {
        const auto features = features_of(text, text.first_token[s], text.first_token[s + 1]);
        for (std::size_t i = 0; i < features.size(); ++i) {
            const Token& token = text.tokens[static_cast<std::size_t>(text.first_token[s]) + i];
            write(static_cast<std::uint32_t>(token.span.start));
            write(static_cast<std::uint32_t>(token.span.end));
            write(static_cast<std::uint32_t>(s));
            write(token.kind == TokenKind::punctuation ? 1 : 0);
            for (const std::uint32_t feature : features[i].fixed) write(feature);
            write(features[i].word);
            write(features[i].ending);
            write(features[i].next);
        }
    }
}

std::int32_t or_none(std::optional<std::int32_t> token) {
    return token.value_or(-1);
}

int part_of(const Grammar& grammar, std::int32_t t) {
    if (grammar.is_noun(t)) return 0;
    return grammar.is_verb(t) ? 1 : 2;
}

void print_answers(const SegmentedText& text) {
    const Grammar grammar(text);
    for (std::int32_t t = 0; t < static_cast<std::int32_t>(text.tokens.size()); ++t) {
        const Token& token = text.tokens[static_cast<std::size_t>(t)];
        const auto phrase = grammar.phrase(t);
        const bool verb = grammar.is_verb(t);
        const bool passive = grammar.verb_group(t).passive;
        std::cout << token.span.start << '\t' << token.span.end << '\t' << part_of(grammar, t)
                  << '\t' << (passive ? 1 : -1) << '\t' << (phrase ? phrase->first : t) << '\t'
                  << (phrase ? phrase->end : t + 1) << '\t'
                  << (verb ? or_none(grammar.subject(t)) : -1) << '\t' << or_none(grammar.agent(t))
                  << '\t' << (grammar.is_predicate(t) ? 1 : -1) << '\t'
                  << or_none(grammar.apposition(t)) << '\n';
    }
    std::cout << '\n';
}

}  // namespace

// Arguments: a language, its tagger or "-", a file of texts, "answers" or "features".
int main(int argc, char** argv) {
    if (argc != 5) return 2;
    Language language = language_from_json(read_file(argv[1]));
    if (std::string(argv[2]) != "-") {
        language.tagger = std::make_shared<const Tagger>(Tagger::from_bytes(read_file(argv[2])));
    }
    const bool answers = std::string(argv[4]) == "answers";
    if (answers) {
        std::cout << "start\tend\tpart\tpassive\tfirst\tlast\tsubject\tagent\tpredicate\t"
                     "apposition\n\n";
    }
    for (const std::string& text : read_texts(argv[3])) {
        const SegmentedText read = read_text(text, language);
        answers ? print_answers(read) : print_features(read);
    }
}
