#include "words.hpp"

#include "framelens/unicode.hpp"

#include <algorithm>

namespace framelens {
namespace {

constexpr auto between_names = WordClass::conjunction | WordClass::preposition |
                               WordClass::article | WordClass::particle | WordClass::name_suffix;

bool is_quote(char32_t c) {
    switch (c) {
        case U'"':
        case U'\'':
        case U'`':
        case 0xAB:
        case 0xBB:
        case 0x2018:
        case 0x2019:
        case 0x201A:
        case 0x201C:
        case 0x201D:
        case 0x201E:
        case 0x2039:
        case 0x203A:
        case 0x300C:
        case 0x300D:
        case 0x300E:
        case 0x300F:
            return true;
        default:
            return false;
    }
}

bool is_bullet(char32_t c) {
    switch (c) {
        case U'*':
        case U'-':
        case U'>':
        case U'+':
        case 0xB7:    // ·
        case 0x2012:  // dashes
        case 0x2013:
        case 0x2014:
        case 0x2015:
        case 0x2022:  // •
        case 0x2023:
        case 0x2043:
        case 0x2192:  // →
        case 0x25A0:  // ■
        case 0x25AA:
        case 0x25B6:
        case 0x25BA:
        case 0x25CB:
        case 0x25CF:  // ●
        case 0x25E6:
        case 0x2605:
        case 0x2713:
            return true;
        default:
            return false;
    }
}

LineWord read_word(std::string_view piece) {
    while (!piece.empty()) {
        const CodePoint c = decode(piece, 0);
        if (is_alnum(c.value)) break;
        piece.remove_prefix(static_cast<std::size_t>(c.bytes));
    }
    while (!piece.empty()) {
        const CodePoint c = decode_before(piece, std::ssize(piece));
        if (is_alnum(c.value)) break;
        piece.remove_suffix(static_cast<std::size_t>(c.bytes));
    }
    LineWord word{piece};
    if (!piece.empty()) {
        const CodePoint c = decode(piece, 0);
        word.capital = is_upper(c.value);
        word.digit = is_digit(c.value);
    }
    return word;
}

}  // namespace

std::vector<LineWord> words_of(std::string_view line) {
    std::vector<LineWord> words;
    std::size_t start = 0;
    const auto add = [&](std::size_t end) {
        const LineWord word = read_word(line.substr(start, end - start));
        if (!word.text.empty()) words.push_back(word);
    };
    const auto size = std::ssize(line);
    for (std::int64_t pos = 0; pos < size;) {
        const CodePoint c = decode(line, pos);
        if (is_space(c.value)) {
            add(static_cast<std::size_t>(pos));
            start = static_cast<std::size_t>(pos + c.bytes);
        }
        pos += c.bytes;
    }
    add(line.size());
    return words;
}

bool is_title_case(const std::vector<LineWord>& words) {
    constexpr std::size_t small_bytes = 4;
    std::size_t capitals = 0;
    std::size_t plain = 0;
    for (const LineWord& word : words) {
        if (word.capital) ++capitals;
        if (!word.capital && !word.digit && word.text.size() > small_bytes) ++plain;
    }
    return capitals >= 2 && capitals * 2 > words.size() && plain * 5 <= capitals;
}

bool has_only_names(const std::vector<LineWord>& words, const Language& language) {
    return std::all_of(words.begin(), words.end(), [&](const LineWord& word) {
        if (word.capital || word.digit) return true;
        const WordEntry* entry = language.find(fold(word.text));
        return entry != nullptr && entry->is(between_names);
    });
}

bool is_name(const std::vector<LineWord>& words, const Language& language) {
    if (words.size() < 2 || words.size() > 4) return false;
    const WordEntry* first = language.find(fold(words.front().text));
    if (first == nullptr || !first->is(WordClass::given_name)) return false;
    return std::all_of(words.begin() + 1, words.end(), [&](const LineWord& word) {
        const WordEntry* entry = language.find(fold(word.text));
        return (word.capital &&
                (entry == nullptr || entry->is(WordClass::given_name | WordClass::name_suffix))) ||
               (entry != nullptr && entry->is(WordClass::particle));
    });
}

Ending ending_of(std::string_view line) {
    while (!line.empty()) {
        const CodePoint c = decode_before(line, std::ssize(line));
        switch (c.value) {
            case U'.':
            case U'!':
            case U'?':
            case 0x2026:
            case 0x3002:
            case 0xFF01:
            case 0xFF1F:
            case 0x61F:
            case 0x6D4:
            case 0x964:
                return Ending::sentence;
            case U':':
            case 0xFF1A:
                return Ending::colon;
            case U',':
            case U';':
                return Ending::pause;
            default:
                break;
        }
        const bool closes = is_quote(c.value) || is_space(c.value) || c.value == U')' ||
                            c.value == U']' || c.value == U'*';
        if (!closes) return Ending::none;
        line.remove_suffix(static_cast<std::size_t>(c.bytes));
    }
    return Ending::none;
}

bool begins_with_quote(std::string_view line) {
    return !line.empty() && is_quote(decode(line, 0).value);
}

bool begins_with_bullet(std::string_view line) {
    if (line.empty()) return false;
    const CodePoint first = decode(line, 0);
    line.remove_prefix(static_cast<std::size_t>(first.bytes));
    if (is_bullet(first.value)) {
        // Dashes may be doubled; other signs stand alone or touch the word.
        const bool dash = first.value == U'-' || first.value == U'*' || first.value == U'+';
        return !dash || line.empty() || line.front() == ' ' || line.front() == '-' ||
               line.front() == '*';
    }
    if (!is_alnum(first.value)) return false;
    while (!line.empty() && line.front() >= '0' && line.front() <= '9') line.remove_prefix(1);
    return line.starts_with(") ");
}

bool begins_with_speaker(std::string_view line) {
    constexpr std::size_t max_speaker_bytes = 32;  // a sentence with a colon is longer
    const std::size_t colon = line.substr(0, max_speaker_bytes).find(':');
    if (colon == std::string_view::npos || colon == 0) return false;
    const auto size = static_cast<std::int64_t>(colon);
    for (std::int64_t pos = 0; pos < size;) {
        const CodePoint c = decode(line, pos);
        if (is_lower(c.value) || is_digit(c.value)) return false;
        pos += c.bytes;
    }
    return colon + 1 < line.size() && line[colon + 1] == ' ';
}

}  // namespace framelens
