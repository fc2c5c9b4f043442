// Names, and who may be meant by each pronoun of one man or woman, for tools/fit_references.py.
#include "framelens/annotations.hpp"
#include "framelens/json_io.hpp"
#include "texts.hpp"

#include <iostream>
#include <memory>
#include <string>

namespace {

using namespace framelens;

/// Who says what the mark around a reference holds.
std::optional<std::int32_t> speaker_of(const AnnotatedDocument& document,
                                       const Reference& reference) {
    if (!reference.mark) return std::nullopt;
    for (const Quotation& quote : document.quotes) {
        if (quote.mark == reference.mark && quote.speaker) return quote.speaker->entity;
    }
    return std::nullopt;
}

/// A line each: "text"; "name", bytes, entity; "pronoun", bytes, whom it means or -1, entity:clues ...
void print_references(const AnnotatedDocument& document) {
    const SegmentedText& text = document.segmented;
    std::cout << "text\n";
    const auto& items = document.references->items();
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Reference& reference = items[i];
        const Token& head = text.tokens[static_cast<std::size_t>(reference.head)];
        const bool name = reference.form == ReferenceForm::name;
        if (!name && (reference.form != ReferenceForm::pronoun ||
                      !head.is(WordClass::masculine | WordClass::feminine))) {
            continue;
        }
        const Span span =
            document.given.place_of(text.span_of(reference.tokens.first, reference.tokens.end));
        std::cout << (name ? "name" : "pronoun") << '\t' << span.start << '\t' << span.end << '\t'
                  << reference.entity.value_or(-1);
        if (!name) {
            for (const Candidacy& candidate :
                 document.references->rate(i, speaker_of(document, reference))) {
                std::cout << '\t' << candidate.entity.value_or(-1) << ':' << candidate.clues.bits[0]
                          << ':' << candidate.clues.bits[1];
            }
        }
        std::cout << '\n';
    }
}

}  // namespace

// Arguments: a language, a file of texts. Each text is read alone.
int main(int argc, char** argv) {
    if (argc != 3) return 2;
    const auto language = std::make_shared<const Language>(language_from_json(read_file(argv[1])));
    for (std::size_t c = 0; c < clue_count; ++c) {
        std::cout << name_of(static_cast<Clue>(c)) << '\n';
    }
    for (const std::string& text : read_texts(argv[2])) {
        const auto read = annotate({text}, {{"A"}}, language, Run{});
        print_references(*read->documents[0]);
    }
}
