#include "framelens/language.hpp"
#include "framelens/unicode.hpp"
#include "framelens/zones_inserts.hpp"

#include <algorithm>
#include <string>

namespace framelens {
namespace {

bool is_lower_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}
bool is_alnum_byte(char c) {
    return is_lower_or_digit(c) || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}
bool is_blank(char c) {
    return c == ' ' || c == '\t';
}
bool ends_line(char c) {
    return c == '\n' || c == '\r';
}

/// Collects inserts of one text, in any order.
class LinkFinder {
public:
    LinkFinder(std::string_view text, const Language& language)
        : text_(text), words_(language.zones), language_(language) {}

    std::vector<Insert> run() {
        find_at_line_starts();
        find_buttons();
        find_brackets('(', ')');
        find_brackets('[', ']');
        find_web_addresses();
        find_mail_addresses();
        return std::move(found_);
    }

private:
    void add(std::size_t start, std::size_t end, ZoneKind kind = ZoneKind::boilerplate) {
        found_.push_back(
            {{static_cast<std::int64_t>(start), static_cast<std::int64_t>(end)}, kind});
    }
    /// Where the white space before `at` begins.
    std::size_t behind_text(std::size_t at) const {
        while (at > 0 && is_blank(text_[at - 1])) --at;
        return at;
    }
    std::size_t past_blanks(std::size_t at) const {
        while (at < text_.size() && is_blank(text_[at])) ++at;
        return at;
    }
    /// The white space behind a word, or so far into it that it is none.
    std::size_t word_end(std::size_t at, std::size_t longest = 2000) const {
        const std::string_view word = text_.substr(at, longest);
        return at + std::min(word.find_first_of(" \t\r\n"), word.size());
    }

    /// "Story highlights The ships wait", "Update at 9 a.m. ET. The ships wait".
    void find_at_line_starts() {
        constexpr std::size_t max_label_bytes = 80;  // more than a label has
        for (std::size_t at = 0; at < text_.size();) {
            const std::size_t start = past_blanks(at);
            const std::string_view line = text_.substr(start, max_label_bytes);
            if (words_.label_start.may_start(line)) mark_label(start, line);
            if (words_.dateline_inside.may_start(line)) mark_time(start);
            const std::size_t end = text_.find('\n', start);
            if (end == std::string_view::npos) break;
            at = end + 1;
        }
    }
    void mark_label(std::size_t start, std::string_view line) {
        line = line.substr(0, line.find('\n'));
        for (const std::string& label : words_.label_start.phrases()) {
            if (line.size() <= label.size() || !is_blank(line[label.size()])) continue;
            if (fold(line.substr(0, label.size())) != label) continue;
            add(start, past_blanks(start + label.size()));
            return;
        }
    }
    /// A time that a full stop or a colon ends, behind a word such as "update".
    void mark_time(std::size_t start) {
        constexpr int max_time_words = 10;
        bool digit = false;
        if (!is_word_of_datelines(text_.substr(start, word_end(start) - start))) return;
        std::size_t at = start;
        for (int count = 0; count < max_time_words && at < text_.size() && !ends_line(text_[at]);
             ++count) {
            const std::size_t end = word_end(at);
            const std::string_view word = text_.substr(at, end - at);
            const bool stops = word.back() == ':' || word.back() == '.';
            const bool known = is_time_word(word);
            if (!known && !(stops && is_time_word(word.substr(0, word.size() - 1)))) return;
            digit = digit || has_digit(word);
            const std::size_t next = past_blanks(end);
            // "9 a.m." stops nothing
            const bool abbreviated =
                word.back() == '.' && known && word.find('.') + 1 < word.size();
            if (digit && stops && !abbreviated) {
                if (next < text_.size() && !ends_line(text_[next]))
                    add(start, next, ZoneKind::dateline);
                return;
            }
            at = next;
        }
    }
    static bool has_digit(std::string_view word) {
        return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
    }
    static std::string_view without_signs(std::string_view word) {
        while (!word.empty() && (word.front() == '(' || word.front() == '[')) word.remove_prefix(1);
        while (!word.empty() && (word.back() == ')' || word.back() == ',')) word.remove_suffix(1);
        return word;
    }
    /// `word_end` may cut a longer one within a character.
    static bool may_be_cut(std::string_view word) {
        constexpr std::size_t max_word_bytes = 80;
        return word.size() > max_word_bytes;
    }
    bool is_word_of_datelines(std::string_view word) const {
        if (may_be_cut(word)) return false;
        word = without_signs(word);
        return !word.empty() && !has_digit(word) && words_.dateline_inside.has(fold(word));
    }
    bool is_time_word(std::string_view word) const {
        if (may_be_cut(word)) return false;
        word = without_signs(word);
        if (word.empty()) return false;
        if (word.front() >= '0' && word.front() <= '9') return true;
        const std::string folded = fold(word);
        if (words_.dateline_inside.has(folded)) return true;
        const WordEntry* entry = language_.find(folded);
        return entry != nullptr && entry->is(WordClass::month | WordClass::weekday |
                                             WordClass::preposition | WordClass::number);
    }

    void find_buttons() {
        for (const std::string& label : words_.label_inside) {
            for (std::size_t at = text_.find(label); at != std::string_view::npos;
                 at = text_.find(label, at + label.size())) {
                const std::size_t end = at + label.size();
                const bool begins = at == 0 || !is_alnum_byte(text_[at - 1]);
                const bool stops = end == text_.size() || !is_alnum_byte(text_[end]);
                if (begins && stops) add(behind_text(at), end);
            }
        }
    }

    /// "(RELATED: Ships wait outside)".
    void find_brackets(char open, char close) {
        constexpr std::size_t max_note_bytes = 400;
        constexpr std::size_t max_label_bytes = 40;
        for (std::size_t at = text_.find(open); at != std::string_view::npos;
             at = text_.find(open, at + 1)) {
            const std::string_view inside = text_.substr(at + 1, max_note_bytes);
            if (!words_.link_start.may_start(inside)) continue;
            const std::size_t colon = inside.substr(0, max_label_bytes).find(':');
            if (colon == std::string_view::npos) continue;
            if (!words_.link_start.has_start_of(fold(inside.substr(0, colon + 1)))) continue;
            const std::size_t end = closing(inside, open, close);
            if (end != std::string_view::npos) add(behind_text(at), at + 1 + end + 1);
        }
    }
    static std::size_t closing(std::string_view inside, char open, char close) {
        int depth = 1;
        for (std::size_t i = 0; i < inside.size() && !ends_line(inside[i]); ++i) {
            if (inside[i] == open) ++depth;
            if (inside[i] == close && --depth == 0) return i;
        }
        return std::string_view::npos;
    }

    void find_web_addresses() {
        for (const std::string_view sign : {"http://", "https://", "www."}) {
            for (std::size_t at = text_.find(sign); at != std::string_view::npos;
                 at = text_.find(sign, at + sign.size())) {
                if (sign == "www." && at > 0 &&
                    (is_alnum_byte(text_[at - 1]) || text_[at - 1] == '/')) {
                    continue;
                }
                const std::size_t end = word_end(at);
                add_address(at, end);
                at = end - sign.size();
            }
        }
        for (std::size_t at = text_.find('/'); at != std::string_view::npos;
             at = text_.find('/', at + 1)) {
            const std::size_t start = start_of_host(at);
            if (start == at) continue;
            const std::size_t end = word_end(at);
            add_address(start, end);
            at = end - 1;
        }
    }
    /// Where "pic.example.org" before a slash begins; the slash if no name of a server stands there.
    std::size_t start_of_host(std::size_t slash) const {
        constexpr std::size_t max_host_bytes = 64;  // bounds the look back from each slash
        std::size_t start = slash;
        std::size_t dot = slash;
        while (start > 0 && slash - start < max_host_bytes &&
               (is_lower_or_digit(text_[start - 1]) || text_[start - 1] == '.' ||
                text_[start - 1] == '-')) {
            --start;
            if (text_[start] == '.' && dot == slash) dot = start;
        }
        const bool begins = start == 0 || (!is_alnum_byte(text_[start - 1]) &&
                                           text_[start - 1] != '/' && text_[start - 1] != '@');
        const bool has_path = slash + 1 < text_.size() && is_alnum_byte(text_[slash + 1]);
        // The last part of the name has letters only, at least two.
        const bool domain = dot < slash && dot > start && slash - dot > 2 &&
                            std::all_of(text_.begin() + static_cast<std::ptrdiff_t>(dot) + 1,
                                        text_.begin() + static_cast<std::ptrdiff_t>(slash),
                                        [](char c) { return c >= 'a' && c <= 'z'; });
        return begins && has_path && domain ? start : slash;
    }

    void find_mail_addresses() {
        for (std::size_t at = text_.find('@'); at != std::string_view::npos;
             at = text_.find('@', at + 1)) {
            constexpr std::size_t max_user_bytes = 64;  // RFC 5321 allows no more before the @
            std::size_t start = at;
            while (start > 0 && at - start < max_user_bytes &&
                   (is_alnum_byte(text_[start - 1]) || text_[start - 1] == '.' ||
                    text_[start - 1] == '-' || text_[start - 1] == '_' ||
                    text_[start - 1] == '+')) {
                --start;
            }
            const std::size_t end = std::min(word_end(at, max_user_bytes), text_.size());
            const std::size_t dot = text_.substr(0, end).find('.', at + 2);
            const bool server = dot != std::string_view::npos && dot + 1 < end &&
                                is_alnum_byte(text_[at + 1]) && is_alnum_byte(text_[dot + 1]);
            if (start < at && server) add_address(start, end);
        }
    }

    /// Adds an address without the signs behind it, or the request that it ends.
    void add_address(std::size_t start, std::size_t end) {
        constexpr std::string_view signs = ".,;:!?)]}\"'";
        while (end > start && signs.find(text_[end - 1]) != std::string_view::npos) --end;
        for (const std::string_view mark : {"”", "’", "…"}) {
            while (text_.substr(start, end - start).ends_with(mark)) end -= mark.size();
        }
        if (end <= start) return;
        const std::size_t sentence = start_of_sentence(start);
        if (sentence < start &&
            words_.address_prompt.has_start_of(fold(text_.substr(sentence, start - sentence)))) {
            while (end < text_.size() && text_[end] == '.') ++end;
            add(behind_text(sentence), end);
        } else {
            add(behind_text(start), end);
        }
    }
    std::size_t start_of_sentence(std::size_t at) const {
        constexpr std::size_t max_sentence_bytes = 160;  // bounds the look back from each link
        const std::size_t from = at - std::min(at, max_sentence_bytes);
        for (std::size_t i = at; i > from; --i) {
            if (ends_line(text_[i - 1])) return past_blanks(i);
            const bool stop = i >= 2 && is_blank(text_[i - 1]) &&
                              (text_[i - 2] == '.' || text_[i - 2] == '!' || text_[i - 2] == '?');
            // an initial ends no sentence
            if (stop && !(i >= 4 && is_blank(text_[i - 4]))) return i;
        }
        return from == 0 ? past_blanks(0) : at;
    }

    std::string_view text_;
    const ZoneWords& words_;
    const Language& language_;
    std::vector<Insert> found_;
};

}  // namespace

std::vector<Insert> find_inserts(std::string_view text, const InsertClosers& closers,
                                 const Language& language) {
    std::vector<Insert> all = LinkFinder(text, language).run();
    for (const Span span : find_name_inserts(text, closers, language)) {
        all.push_back({span, ZoneKind::boilerplate});
    }
    std::sort(all.begin(), all.end(), [](const Insert& a, const Insert& b) {
        return a.span.start != b.span.start ? a.span.start < b.span.start : a.span.end > b.span.end;
    });
    std::vector<Insert> apart;
    for (const Insert& insert : all) {
        if (!apart.empty() && insert.span.start < apart.back().span.end) {
            apart.back().span.end = std::max(apart.back().span.end, insert.span.end);
        } else {
            apart.push_back(insert);
        }
    }
    return apart;
}

}  // namespace framelens
