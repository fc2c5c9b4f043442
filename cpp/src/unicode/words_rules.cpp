#include "words_rules.hpp"

#include "framelens/error.hpp"
#include "icu.hpp"

#include <unicode/brkiter.h>
#include <algorithm>
#include <cstring>
#include <set>
#include <tuple>

namespace framelens {
namespace {

// How ICU 69 and later lay out what getBinaryRules() gives: offsets and sizes are in bytes.
struct Header {
    std::uint32_t magic;
    std::array<std::uint8_t, 4> version;
    std::uint32_t size;
    std::uint32_t categories;
    std::uint32_t forward, forward_size;
    std::uint32_t reverse, reverse_size;
    std::uint32_t trie, trie_size;
    std::uint32_t source, source_size;
    std::uint32_t statuses, statuses_size;
};
constexpr std::uint32_t known_magic = 0xB1A0;
constexpr std::uint8_t known_version = 6;

struct States {
    std::uint32_t count;
    std::uint32_t row_size;
    std::uint32_t first_dictionary;
    std::uint32_t look_aheads;
    std::uint32_t flags;
};
constexpr std::uint32_t rows_of_bytes = 4;  // the only flag that is known here
// A row: accepting, look-ahead, status, then a state a category.
constexpr std::size_t row_begin = 3;
constexpr std::uint8_t accepting = 1;
constexpr std::size_t end_of_text = 1;  // the category

constexpr std::array<char32_t, 6> separators{U' ', U'-', U'\n', U'\r', U'\v', 0xA9};
constexpr std::array<char32_t, 8> middles{U'\'', U'"', U'.', U',', U';', U':', 0x2019, 0xB7};
constexpr std::array<WordKind, 3> words{WordKind::letter, WordKind::digit, WordKind::low_line};

}  // namespace

std::unique_ptr<icu::BreakIterator> word_iterator(const std::string& locale) {
    // ICU takes any text for a locale, and gives what it does not know the rules of the root.
    const icu::Locale named(locale.c_str());
    const bool known = *named.getLanguage() == '\0' || *named.getISO3Language() != '\0';
    if (named.isBogus() || !known) throw ValueError("no locale is called '" + locale + "'");
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> breaks(
        icu::BreakIterator::createWordInstance(named, status));
    check_icu(status);
    return breaks;
}

/// Walks through all that the automaton can do with plain kinds, notes which middles join, and
/// finds whether words are what the kinds say. A state is seen with what was read before it.
class WordRules::Proof {
public:
    explicit Proof(WordRules& rules) : rules_(rules) {}

    bool holds() {
        for (std::size_t i = 0; i < rules_.categories_; ++i) {
            const WordKind kind = rules_.kinds_[i];
            of_kind(kind).push_back(static_cast<std::uint8_t>(i));
            require(kind == WordKind::other || i < rules_.first_dictionary_);
        }
        for (const WordKind kind : words) {
            for (const auto c : of_kind(kind)) {
                see_word({rules_.next(start, c), kind, kind == WordKind::low_line, false});
            }
        }
        for (const WordKind kind : {WordKind::separator, WordKind::extend}) {
            for (const auto c : of_kind(kind)) {
                see_separator(rules_.next(start, c), kind == WordKind::extend);
            }
        }
        for (const auto c : of_kind(WordKind::middle)) {
            const std::uint8_t state = rules_.next(start, c);
            require(rules_.accepts_[state] == Accept::segment);
            require_stop(state, words);
            require_stop(state, {{WordKind::separator, WordKind::middle}});
        }
        return holds_;
    }

private:
    struct Word {
        std::uint8_t state;
        WordKind last;
        bool alone;     // one low line
        bool extended;  // what joins these is left to the automaton
        auto operator<=>(const Word&) const = default;
    };

    std::vector<std::uint8_t>& of_kind(WordKind kind) {
        return by_kind_[static_cast<std::size_t>(kind)];
    }
    void require(bool condition) { holds_ = holds_ && condition; }
    void require_stop(std::uint8_t state, std::span<const WordKind> kinds) {
        for (const WordKind kind : kinds) {
            for (const auto c : of_kind(kind)) require(rules_.next(state, c) == stop);
        }
    }

    void see_word(Word word) {
        if (!holds_ || !seen_.insert(word).second) return;
        require(rules_.accepts_[word.state] == (word.alone ? Accept::segment : Accept::word));
        require_stop(word.state, {{WordKind::separator}});
        for (const WordKind kind : words) {
            for (const auto c : of_kind(kind)) {
                see_word({rules_.next(word.state, c), kind, false, false});
            }
        }
        if (word.last != WordKind::low_line) {
            for (const auto c : of_kind(WordKind::extend)) {
                see_word({rules_.next(word.state, c), word.last, false, true});
            }
        }
        if (word.extended) return;
        for (const auto c : of_kind(WordKind::middle)) see_middle(word, c);
    }

    void see_middle(Word word, std::uint8_t middle) {
        const std::uint8_t state = rules_.next(word.state, middle);
        require(rules_.accepts_[state] == Accept::no);
        require_stop(state, {{WordKind::separator, WordKind::middle}});
        for (const WordKind kind : words) {
            for (const auto c : of_kind(kind)) {
                const std::uint8_t behind = rules_.next(state, c);
                note(word.last, middle, kind, behind != stop);
                if (behind != stop) see_word({behind, kind, false, false});
            }
        }
    }

    void note(WordKind before, std::uint8_t middle, WordKind behind, bool joined) {
        require(!joined || (before != WordKind::low_line && behind != WordKind::low_line));
        const unsigned pair = 8U * static_cast<unsigned>(before) + static_cast<unsigned>(behind);
        const bool is_new = noted_.insert({middle, pair}).second;
        const std::uint64_t bit = std::uint64_t{joined ? 1U : 0U} << pair;
        require(is_new || (rules_.joins_[middle] & std::uint64_t{1} << pair) == bit);
        rules_.joins_[middle] |= bit;
    }

    void see_separator(std::uint8_t state, bool extended) {
        if (!holds_ || !separators_.insert({state, extended}).second) return;
        require(rules_.accepts_[state] == Accept::segment);
        require_stop(state, words);
        require_stop(state, {{WordKind::middle}});
        for (const WordKind kind : {WordKind::separator, WordKind::extend}) {
            for (const auto c : of_kind(kind)) {
                const std::uint8_t behind = rules_.next(state, c);
                require(behind == stop || !extended || kind == WordKind::extend);
                if (behind != stop) see_separator(behind, kind == WordKind::extend);
            }
        }
    }

    WordRules& rules_;
    bool holds_ = true;
    std::array<std::vector<std::uint8_t>, 7> by_kind_;
    std::set<Word> seen_;
    std::set<std::pair<std::uint8_t, unsigned>> noted_;
    std::set<std::pair<std::uint8_t, bool>> separators_;
};

std::optional<WordRules> WordRules::read(const icu::RuleBasedBreakIterator& iterator) {
    std::uint32_t size = 0;
    // The accessor is not const in ICU's header, though it changes nothing.
    const std::uint8_t* data =
        const_cast<icu::RuleBasedBreakIterator&>(iterator).getBinaryRules(size);
    Header header{};
    if (data == nullptr || size < sizeof header) return std::nullopt;
    std::memcpy(&header, data, sizeof header);
    if (header.magic != known_magic || header.version[0] != known_version ||
        header.categories > stride) {
        return std::nullopt;
    }
    WordRules rules;
    rules.categories_ = header.categories;
    UErrorCode status = U_ZERO_ERROR;
    rules.trie_.reset(
        ucptrie_openFromBinary(UCPTRIE_TYPE_FAST, UCPTRIE_VALUE_BITS_8, data + header.trie,
                               static_cast<std::int32_t>(header.trie_size), nullptr, &status));
    if (U_FAILURE(status)) return std::nullopt;
    rules.pages_ = rules.trie_->index;
    rules.values_ = rules.trie_->data.ptr8;
    const auto* statuses = reinterpret_cast<const std::int32_t*>(data + header.statuses);
    if (!rules.read_states(data + header.forward, statuses)) return std::nullopt;
    rules.assign_kinds();
    rules.plain_ = Proof(rules).holds();
    return rules;
}

bool WordRules::read_states(const std::uint8_t* table, const std::int32_t* statuses) {
    States states{};
    std::memcpy(&states, table, sizeof states);
    if (states.flags != rows_of_bytes || states.look_aheads != 0 ||
        states.row_size < row_begin + categories_ || states.count > 256) {
        return false;
    }
    first_dictionary_ = states.first_dictionary;
    next_.assign(states.count * stride, stop);
    accepts_.assign(states.count, Accept::no);
    for (std::size_t state = 0; state < states.count; ++state) {
        const std::uint8_t* row = table + sizeof states + state * states.row_size;
        const bool ends_otherwise = row[row_begin + end_of_text] != stop;
        if (row[0] > accepting || row[1] != 0 || ends_otherwise) return false;
        // A list of statuses is its length and the statuses, of which the last is the largest.
        const std::int32_t* list = statuses + row[2];
        const bool is_word = list[list[0]] >= UBRK_WORD_NONE_LIMIT;
        accepts_[state] = row[0] == 0 ? Accept::no : is_word ? Accept::word : Accept::segment;
        std::copy_n(row + row_begin, categories_, next_.data() + state * stride);
    }
    return true;
}

void WordRules::assign_kinds() {
    kinds_.fill(WordKind::other);
    for (const char32_t c : middles) kinds_[category(c)] = WordKind::middle;
    for (const char32_t c : separators) kinds_[category(c)] = WordKind::separator;
    kinds_[category(U'a')] = WordKind::letter;
    kinds_[category(U'0')] = WordKind::digit;
    kinds_[category(U'_')] = WordKind::low_line;
    kinds_[category(0x301)] = WordKind::extend;
}

WordRules::Segment WordRules::segment(std::string_view text, std::size_t begin) const noexcept {
    Segment best;
    bool dictionary = false;
    std::uint8_t state = start;
    for (std::size_t pos = begin; pos < text.size();) {
        const CodePoint c = decode_word(text, pos);
        const std::uint8_t read = category(c.value);
        state = next(state, read);
        if (state == stop) break;
        pos += static_cast<std::size_t>(c.bytes);
        dictionary = dictionary || read >= first_dictionary_;
        if (accepts_[state] != Accept::no) {
            best = {pos, accepts_[state] == Accept::word, dictionary};
        }
    }
    if (best.end == 0) {  // no rule fits: a character alone
        best.end = begin + static_cast<std::size_t>(decode_word(text, begin).bytes);
    }
    return best;
}

}  // namespace framelens
