#include "framelens/tokens_function_words.hpp"

#include "framelens/language.hpp"
#include "framelens/unicode.hpp"

namespace framelens {
namespace {

constexpr auto closed_classes =
    WordClass::subject_pronoun | WordClass::object_pronoun | WordClass::possessive_pronoun |
    WordClass::reflexive | WordClass::article | WordClass::determiner | WordClass::demonstrative |
    WordClass::preposition | WordClass::conjunction | WordClass::subordinator |
    WordClass::relative | WordClass::adverb | WordClass::negation | WordClass::modal |
    WordClass::be | WordClass::have | WordClass::linking;

const WordEntry* find_word(const Language& language, std::string_view word) {
    if (word.size() <= WordKey::longest) {
        const WordKey key = WordKey::of(word);
        if (key.is_ascii()) return language.words.find(key.lower());
    }
    return language.words.find(fold(word));
}

}  // namespace

FunctionWords count_function_words(std::string_view text, const Language& language) {
    FunctionWords counts;
    const auto size = std::ssize(text);
    const auto letter_at = [&](std::int64_t pos) {
        const CodePoint c = decode(text, pos);
        return is_letter(c.value) ? c.bytes : 0;
    };
    for (std::int64_t pos = 0; pos < size;) {
        const std::int64_t start = pos;
        while (pos < size) {
            const int bytes = letter_at(pos);
            if (bytes == 0) break;
            pos += bytes;
        }
        if (pos == start) {
            pos += decode(text, pos).bytes;
            continue;
        }
        const WordEntry* entry = find_word(
            language,
            text.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(pos - start)));
        ++counts.words;
        if (entry != nullptr && entry->is(closed_classes)) ++counts.function;
    }
    return counts;
}

}  // namespace framelens
