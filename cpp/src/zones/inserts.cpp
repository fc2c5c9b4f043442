#include "framelens/zones_inserts.hpp"

#include "framelens/language.hpp"
#include "framelens/unicode.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace framelens {
namespace {

// Chosen: they bound the text read around each place where an insert may begin or end, so that
// time stays linear.
constexpr std::size_t max_insert_bytes = 1000;
constexpr std::size_t max_name_words = 7;

struct Word {
    std::size_t start = 0;
    std::size_t end = 0;
};

bool is_ascii_lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_ascii_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_alnum_at(std::string_view text, std::size_t at) {
    return at < text.size() && is_alnum(decode(text, static_cast<std::int64_t>(at)).value);
}
bool is_in_capitals(std::string_view word) {
    constexpr std::size_t max_capitals_bytes = 16;
    return word.size() >= 2 && word.size() <= max_capitals_bytes &&
           std::all_of(word.begin(), word.end(), is_ascii_upper);
}

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

std::string_view at(std::string_view text, Word word) {
    return text.substr(word.start, word.end - word.start);
}

/// What a name may run into: the first sign of a headline.
bool begins_headline(char32_t c) {
    return is_upper(c) || is_digit(c) || c == U'"' || c == U'\'' || c == U'(' || c == U'$' ||
           c == 0x2018 || c == 0x201C;
}

/// Reads the words of one line, and where names are repeated in them.
class LineOfNames {
public:
    LineOfNames(std::string_view line, const Language& language)
        : line_(line), language_(language) {}

    /// Reads the words that begin in [from, end).
    void read(std::size_t from, std::size_t end) {
        const std::string_view part = line_.substr(0, end);
        for (std::size_t start = part.find_first_not_of(" \t", from);
             start != std::string_view::npos;) {
            const std::size_t stop = std::min(part.find_first_of(" \t", start), end);
            words_.push_back({start, stop});
            start = part.find_first_not_of(" \t", stop);
        }
    }

    /// Reads the last word before `end`, and those of a name before it.
    void read_last(std::size_t from, std::size_t end) {
        while (end > from && words_.size() <= max_name_words + 1) {
            while (end > from && is_blank(line_[end - 1])) --end;
            std::size_t start = end;
            while (start > from && !is_blank(line_[start - 1])) --start;
            if (start < end) words_.push_back({start, end});
            end = start;
        }
        std::reverse(words_.begin(), words_.end());
    }

    /// Where the first insert begins: behind the name that its first words repeat. A name that
    /// runs into a headline tells it better than one that does not.
    [[nodiscard]] std::optional<std::size_t> find_start() const {
        for (std::size_t i = 0; i < words_.size(); ++i) {
            if (const auto start = start_at_joint(i)) return start;
        }
        for (std::size_t i = 0; i < words_.size(); ++i) {
            if (const auto start = start_of_repetition(i, line_word(i), 2)) return start;
        }
        return std::nullopt;
    }

    /// The last word's end repeats a name.
    [[nodiscard]] bool ends_in_repeated_name() const {
        return !words_.empty() && start_at_joint(words_.size() - 1).has_value();
    }

private:
    /// Where the insert begins if a name is repeated before a joint of word `i`.
    [[nodiscard]] std::optional<std::size_t> start_at_joint(std::size_t i) const {
        const std::string_view word = line_word(i);
        for (std::size_t cut = 2; cut < word.size(); ++cut) {
            const char before = word[cut - 1];
            if (is_ascii_upper(before)) continue;
            if ((static_cast<unsigned char>(word[cut]) & 0xC0U) == 0x80) continue;
            if (!begins_headline(decode(word, static_cast<std::int64_t>(cut)).value)) continue;
            const char32_t last = decode_before(word, static_cast<std::int64_t>(cut)).value;
            if (!is_lower(last) && last != U'.') continue;
            if (const auto start = start_of_repetition(i, word.substr(0, cut), 1)) return start;
        }
        return std::nullopt;
    }

    [[nodiscard]] std::string_view line_word(std::size_t i) const { return at(line_, words_[i]); }

    /// A word of a name: capital letters, initials, particles, a nickname in brackets or quotes.
    [[nodiscard]] bool may_be_in_name(std::string_view word) const {
        while (!word.empty()) {
            const CodePoint first = decode(word, 0);
            if (is_alnum(first.value)) break;
            if (first.value == U'-' || first.value == U'|') return false;
            word.remove_prefix(static_cast<std::size_t>(first.bytes));
        }
        if (word.empty() || word.back() == ',' || word.back() == ';' || word.back() == ':') {
            return false;
        }
        constexpr std::size_t max_abbreviation_bytes = 4;  // "J.", "Jr."
        if (word.back() == '.' && word.size() > max_abbreviation_bytes) return false;
        if (is_upper(decode(word, 0).value)) return true;
        const WordEntry* entry = language_.find(fold(word));
        return entry != nullptr && entry->is(WordClass::particle);
    }

    static std::string_view without_possessive(std::string_view word) {
        for (const std::string_view clitic : {"'s", "’s"}) {
            if (word.ends_with(clitic)) word.remove_suffix(clitic.size());
        }
        return word;
    }

    /// Where the name that ends with `last`, word `i` or the start of it, begins: behind words that
    /// end with the same word at least `fewest` before it, or begin with the same given name.
    [[nodiscard]] std::optional<std::size_t> start_of_repetition(std::size_t i,
                                                                 std::string_view last,
                                                                 std::size_t fewest) const {
        if (last.size() < 2 || !is_upper(decode(last, 0).value)) return std::nullopt;
        for (std::size_t back = 1; back <= std::min(max_name_words, i); ++back) {
            const std::size_t other = i - back;
            const std::string_view word = without_possessive(line_word(other));
            if (word == last) {
                if (back < fewest) return std::nullopt;
                return fewest > 1 && repeats_name_before(i) ? words_[i - 1].end
                                                            : behind_suffix(other + 1);
            }
            // The page lost the white space before the insert, too.
            if (word.size() > last.size() && word.starts_with(last) &&
                is_upper(decode(word, static_cast<std::int64_t>(last.size())).value)) {
                return words_[other].start + last.size();
            }
            if (!may_be_in_name(word)) return std::nullopt;
            if (fewest == 1 && repeats_given_name(other)) return words_[other - 1].end;
        }
        return std::nullopt;
    }

    /// "Ana Lund Ana Maria Lund": the word before the repeated one `i` comes again behind it.
    [[nodiscard]] bool repeats_name_before(std::size_t i) const {
        const std::size_t last = std::min(words_.size() - 1, i + max_name_words);
        for (std::size_t next = i + 1; next <= last && may_be_in_name(line_word(next)); ++next) {
            if (line_word(next) == without_possessive(line_word(i - 1))) return true;
        }
        return false;
    }

    /// "Nydia Velazquez Nydia Margarita Velasquez": word `first` stands before it already.
    [[nodiscard]] bool repeats_given_name(std::size_t first) const {
        constexpr std::size_t max_words_back = 3;
        for (std::size_t back = 2; back <= std::min(max_words_back, first); ++back) {
            if (!may_be_in_name(line_word(first - back + 1))) return false;
            if (line_word(first - back) == line_word(first)) return true;
        }
        return false;
    }

    /// The end of the name before word `i`, which may be its suffix: "Casey Jr."
    [[nodiscard]] std::size_t behind_suffix(std::size_t i) const {
        const WordEntry* entry = language_.find(fold(line_word(i)));
        const bool suffix = entry != nullptr && entry->is(WordClass::name_suffix);
        return words_[suffix ? i : i - 1].end;
    }

    std::string_view line_;
    const Language& language_;
    std::vector<Word> words_;
};

/// Where the last word that begins at or before `pos` may be read from: within the line, and not
/// much more than the words of a name before it.
std::size_t window_before(std::string_view text, std::size_t pos, std::size_t reach) {
    const std::size_t from = pos - std::min(pos, reach);
    const std::size_t line = text.substr(from, pos - from).rfind('\n');
    if (line != std::string_view::npos) return from + line + 1;
    if (from == 0) return 0;
    return std::min(pos, text.find(' ', from));  // a whole word
}

/// Counts each word in capitals behind a place once, as far as an insert may reach.
void count_capitals(std::string_view rest, std::map<std::string, std::int64_t>& counts) {
    rest = rest.substr(0, std::min(max_insert_bytes, rest.find('\n')));
    std::vector<std::string> seen;
    std::size_t start = 0;
    for (std::size_t i = 0; i <= rest.size(); ++i) {
        if (i < rest.size() && (is_ascii_upper(rest[i]) || is_ascii_lower(rest[i]))) continue;
        std::string_view word = rest.substr(start, i - start);
        // A headline may run into the closing word, too.
        while (!word.empty() && !is_in_capitals(word) && !is_ascii_lower(word.back())) {
            word.remove_prefix(1);
        }
        if (is_in_capitals(word)) seen.emplace_back(word);
        start = i + 1;
    }
    std::sort(seen.begin(), seen.end());
    seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
    for (std::string& word : seen) ++counts[std::move(word)];
}

/// Places of the closing words, whole or with a headline running into them, in text order.
std::vector<Word> find_closers(std::string_view text, const std::vector<std::string>& closers) {
    std::vector<Word> found;
    for (const std::string& closer : closers) {
        for (std::size_t start = text.find(closer); start != std::string_view::npos;
             start = text.find(closer, start + 1)) {
            const std::size_t end = start + closer.size();
            if (is_alnum_at(text, end) || start == 0 || is_ascii_upper(text[start - 1])) continue;
            found.push_back({start, end});
        }
    }
    std::sort(found.begin(), found.end(),
              [](Word a, Word b) { return a.end != b.end ? a.end < b.end : a.start < b.start; });
    return found;
}

/// Marks of a text's own typography around an insert, as in "**Ada Moore ... MORE**", are part of it.
std::size_t behind_marks(std::string_view text, std::size_t start, std::size_t end) {
    while (start < text.size() && (text[start] == ' ' || text[start] == '\t')) ++start;
    for (; start < text.size() && end < text.size(); ++start, ++end) {
        const bool mark = text[start] == '*' || text[start] == '_';
        if (!mark || text[end] != text[start]) break;
    }
    return end;
}

/// Where the next capital from `at` on stands behind a small letter, or the end.
std::size_t next_joint(std::string_view text, std::size_t at) {
    constexpr std::size_t block = 64;
    const auto joint = [&](std::size_t i) {
        return static_cast<unsigned>(is_ascii_upper(text[i])) &
               static_cast<unsigned>(is_ascii_lower(text[i - 1]));
    };
    for (; at < text.size(); at += block) {
        const std::size_t end = std::min(at + block, text.size());
        unsigned any = 0;  // without a branch a byte, so that compilers use vectors
        for (std::size_t i = at; i < end; ++i) any |= joint(i);
        if (any == 0) continue;
        while (joint(at) == 0) ++at;
        return at;
    }
    return text.size();
}

}  // namespace

InsertTraces trace_inserts(std::string_view text, const Language& language) {
    constexpr std::size_t max_repeated_name_bytes = 160;  // a name and what repeats it
    constexpr std::int64_t max_traced_inserts = 64;       // of a document: more tell nothing new
    InsertTraces traces;
    std::map<std::string, std::int64_t> counts;
    for (std::size_t i = next_joint(text, 1);
         i < text.size() && traces.inserts < max_traced_inserts; i = next_joint(text, i + 1)) {
        const std::size_t from = window_before(text, i, max_repeated_name_bytes);
        LineOfNames words(text, language);
        words.read_last(from, i + 1);
        if (!words.ends_in_repeated_name()) continue;
        ++traces.inserts;
        count_capitals(text.substr(i), counts);
    }
    traces.words.assign(counts.begin(), counts.end());
    return traces;
}

InsertClosers::InsertClosers(std::span<const InsertTraces* const> documents,
                             const Language& language)
    : words_(language.zones.insert_end) {
    constexpr std::int64_t min_closers = 3;  // a word behind one or two inserts may be chance
    std::int64_t inserts = 0;
    std::map<std::string, std::int64_t> counts;
    for (const InsertTraces* document : documents) {
        inserts += document->inserts;
        for (const auto& [word, count] : document->words) counts[word] += count;
    }
    std::int64_t best = 0;
    for (const auto& [word, count] : counts) best = std::max(best, count);
    if (best < min_closers || best * 5 < inserts * 4) return;
    for (const auto& [word, count] : counts) {
        const bool listed = std::find(words_.begin(), words_.end(), word) != words_.end();
        if (count == best && !listed) words_.push_back(word);
    }
}

std::vector<Span> find_name_inserts(std::string_view text, const InsertClosers& closers,
                                    const Language& language) {
    std::vector<Span> inserts;
    const std::vector<Word> ends = find_closers(text, closers.words());
    std::size_t low = 0;
    for (const Word closer : ends) {
        const bool goes_on = !inserts.empty() && closer.start > low &&
                             static_cast<std::size_t>(inserts.back().end) == low &&
                             text.substr(low, closer.start - low) == " ";
        if (goes_on) inserts.back().end = static_cast<std::int64_t>(closer.end);
        if (!goes_on && closer.start >= low) {
            LineOfNames words(text, language);
            words.read(std::max(low, window_before(text, closer.start, max_insert_bytes)),
                       closer.end);
            if (const auto start = words.find_start()) {
                low = behind_marks(text, *start, closer.end);
                inserts.push_back(
                    {static_cast<std::int64_t>(*start), static_cast<std::int64_t>(low)});
            }
        }
        low = std::max(low, closer.end);
    }
    return inserts;
}

}  // namespace framelens
