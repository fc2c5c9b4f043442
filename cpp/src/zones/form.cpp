#include "form.hpp"

#include "framelens/unicode.hpp"
#include "notices.hpp"
#include "words.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace framelens {
namespace {

// Limits of a line of each kind, in bytes or words. They are chosen, above what such lines have on
// pages of news: a longer line is a paragraph, and must not be taken for part of the page.
constexpr std::size_t max_title_bytes = 200;
constexpr std::size_t max_credit_bytes = 160;  // a credit behind a caption
constexpr std::size_t max_caption_bytes = 900;
constexpr std::size_t max_prompt_bytes = 140;  // boilerplate found by its start
constexpr std::size_t max_notice_bytes = 200;  // boilerplate found by a part
constexpr std::size_t max_byline_words = 16;
constexpr std::size_t max_dateline_bytes = 100;
constexpr std::size_t max_fixed_line_bytes = 60;  // a listed line or a credit, as a whole

constexpr auto small_in_titles =
    WordClass::article | WordClass::preposition | WordClass::conjunction | WordClass::subordinator |
    WordClass::be | WordClass::possessive_pronoun | WordClass::determiner | WordClass::negation;

std::string_view bytes(std::string_view text, std::size_t start, std::size_t end) {
    return text.substr(start, end - start);
}

/// The first `size` bytes at most, whole code points.
std::string_view beginning(std::string_view text, std::size_t size) {
    if (text.size() <= size) return text;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80) --size;
    return text.substr(0, size);
}

/// Without white space, brackets and other signs around it, and without a count at its end
/// ("Comments (12)").
std::string_view inner(std::string_view folded) {
    const auto is_edge = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x80 && !((byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z');
    };
    while (!folded.empty() && is_edge(folded.front())) folded.remove_prefix(1);
    while (!folded.empty() && is_edge(folded.back())) folded.remove_suffix(1);
    return folded;
}

bool is_address(std::string_view line) {
    return line.find(' ') == std::string_view::npos &&
           (line.starts_with("http://") || line.starts_with("https://") ||
            line.starts_with("www."));
}

bool is_boilerplate(std::string_view line, const ZoneWords& words) {
    if (line.size() > max_notice_bytes || begins_with_quote(line)) return false;
    if (is_address(line)) return true;
    const std::string_view start = skip_opening(line);
    const bool whole =
        line.size() <= max_fixed_line_bytes && words.boilerplate_whole.may_start(line);
    const bool starts = line.size() <= max_prompt_bytes && words.boilerplate_start.may_start(start);
    const bool inside = words.boilerplate_inside.may_be_in(line);
    if (!whole && !starts && !inside) return false;
    const std::string folded = fold(line);
    return (whole && words.boilerplate_whole.has(inner(folded))) ||
           (starts && words.boilerplate_start.has_start_of(skip_opening(folded))) ||
           (inside && words.boilerplate_inside.has_part_of(folded));
}

/// What stands in the bracket that ends the line, and where the bracket opens.
struct FinalBracket {
    std::string_view inside;
    std::size_t start = 0;
};
std::optional<FinalBracket> final_bracket(std::string_view line) {
    const char close = line.back();
    if (close != ')' && close != ']') return std::nullopt;
    const char open = close == ')' ? '(' : '[';
    int depth = 0;
    const std::size_t limit = line.size() > max_credit_bytes ? line.size() - max_credit_bytes : 0;
    for (std::size_t at = line.size(); at-- > limit;) {
        if (line[at] == close) ++depth;
        if (line[at] == open && --depth == 0) {
            return FinalBracket{bytes(line, at + 1, line.size() - 1), at};
        }
    }
    return std::nullopt;
}

/// "(Photo by ... / AFP)", but not "(PHOTOS)": that names what the article shows.
bool has_bracketed_credit(std::string_view line, const ZoneWords& words) {
    const auto bracket = final_bracket(line);
    if (!bracket) return false;
    const std::string inside = fold(bracket->inside);
    return words.caption_credit.has_part_of(inside) && !words.boilerplate_whole.has(inside);
}

/// "Evan Vucci/AP", "REUTERS/Carlos Barria"; or a last clause such as "| AP Photo".
bool has_plain_credit(std::string_view line, const Language& language) {
    const ZoneWords& words = language.zones;
    constexpr std::size_t max_credit_end_bytes = 60;  // a name and an agency
    const std::size_t limit =
        line.size() > max_credit_end_bytes ? line.size() - max_credit_end_bytes : 0;
    if (line.find("://") != std::string_view::npos) return false;
    std::size_t cut = std::string_view::npos;
    for (const std::string_view sign : {". ", "| ", ".\" ", ".” "}) {
        const std::size_t found = line.rfind(sign);
        if (found == std::string_view::npos || found < limit) continue;
        const std::size_t behind = found + sign.size();
        cut = cut == std::string_view::npos ? behind : std::max(cut, behind);
    }
    if (cut != std::string_view::npos &&
        words.caption_credit.has_start_of(fold(line.substr(cut)))) {
        return has_only_names(words_of(line.substr(cut)), language) ||
               words.caption_start.has_start_of(fold(line.substr(cut)));
    }
    const std::size_t slash = line.rfind('/');
    if (slash == std::string_view::npos || slash < limit || slash == 0) return false;
    std::string_view behind = line.substr(slash + 1);
    while (behind.starts_with(' ')) behind.remove_prefix(1);
    if (words.caption_credit.has_start_of(fold(behind))) return true;
    std::size_t start = line.find_last_of(" (|", slash - 1);
    start = start == std::string_view::npos ? 0 : start + 1;
    return words.caption_credit.has(fold(bytes(line, start, slash))) &&
           has_only_names(words_of(behind), language);
}

/// "Getty Images" alone; an agency that also writes is a byline.
bool is_agency_of_pictures(std::string_view line, const ZoneWords& words) {
    if (line.size() > max_fixed_line_bytes) return false;
    const std::string folded = fold(line);
    return words.caption_credit.has(folded) && !words.byline_inside.has(folded);
}

bool is_caption(std::string_view line, Ending ending, const Language& language) {
    const ZoneWords& words = language.zones;
    if (line.size() > max_caption_bytes) return false;
    const std::string_view start = skip_opening(line);
    if (words.caption_start.may_start(start) &&
        words.caption_start.has_start_of(fold(beginning(start, max_credit_bytes)))) {
        return true;
    }
    if (may_have(words.caption_inside, line) && words.caption_inside.has_part_of(fold(line))) {
        return true;
    }
    if (has_caption_label(line, words) || has_bracketed_credit(line, words)) return true;
    if (is_agency_of_pictures(line, words)) return true;
    if (line.find('/') != std::string_view::npos && is_credit_of_names(line, language)) return true;
    return ending == Ending::none && has_plain_credit(line, language);
}

/// The first digit from `at` on, or the end.
std::size_t find_digit(std::string_view line, std::size_t at) {
    while (at < line.size() && !(line[at] >= '0' && line[at] <= '9')) ++at;
    return at;
}

/// A number of at most three digits at `at`, which moves behind it.
std::optional<int> read_number(std::string_view line, std::size_t& at) {
    constexpr std::size_t max_digits = 3;
    const std::size_t start = at;
    int value = 0;
    for (; at < line.size() && line[at] >= '0' && line[at] <= '9'; ++at) {
        if (at - start < max_digits) value = value * 10 + (line[at] - '0');
    }
    if (at == start || at - start > max_digits) return std::nullopt;
    return value;
}

/// The pictures of a gallery in one line, each with its number: "1 of 24", "2 of 24", "3 of 24",
/// in any language.
bool is_gallery(std::string_view line) {
    constexpr int min_pictures = 3;               // "1 of 24, 2 of 24" may be prose
    constexpr std::size_t max_bytes_between = 6;  // " of ", " van ", " sur "
    int run = 0;
    int last = 0;
    int last_total = 0;
    for (std::size_t at = 0; (at = find_digit(line, at)) < line.size();) {
        const auto number = read_number(line, at);
        std::size_t next = find_digit(line, at);
        if (!number || next == line.size() || next - at > max_bytes_between) continue;
        const bool between = line[at] == '/' || (line[at] == ' ' && line[next - 1] == ' ');
        if (!between) continue;
        const auto total = read_number(line, next);
        if (!total || *number > *total) continue;
        at = next;
        run = *number == last + 1 && *total == last_total ? run + 1 : 1;
        if (run == min_pictures) return true;
        last = *number;
        last_total = *total;
    }
    return false;
}

/// "IST": the form of what stands behind a time.
bool is_time_zone(std::string_view word) {
    constexpr std::size_t max_zone_letters = 5;  // "ACWST"
    return word.size() >= 2 && word.size() <= max_zone_letters &&
           std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// Dates, times and what introduces them, with at least one digit.
bool is_dateline(std::string_view line, const std::vector<LineWord>& words,
                 const Language& language) {
    if (line.size() > max_dateline_bytes || words.empty()) return false;
    bool digit = false;
    bool known = false;
    bool behind_time = false;
    for (const LineWord& word : words) {
        if (word.digit) {
            digit = true;
            behind_time = word.text.find(':') != std::string_view::npos;
            continue;
        }
        if (std::exchange(behind_time, false) && is_time_zone(word.text)) continue;
        const std::string folded = fold(word.text);
        const WordEntry* entry = language.find(folded);
        const bool calendar = entry != nullptr && entry->is(WordClass::month | WordClass::weekday);
        if (calendar || language.zones.dateline_inside.has(folded) ||
            language.zones.dateline_inside.has(folded + '.')) {
            known = true;
        } else if (entry == nullptr ||
                   !entry->is(WordClass::preposition | WordClass::article | WordClass::number)) {
            return false;
        }
    }
    return digit && known;
}

/// "By", with names behind it; or the credits at the end of an agency's report.
bool begins_byline(std::string_view line, Ending ending, const Language& language) {
    const std::string_view start = skip_opening(line);
    if (!language.zones.byline_start.may_start(start)) return false;
    const std::string folded = fold(start);
    if (!language.zones.byline_start.has_start_of(folded)) return false;
    const auto words = words_of(start);
    if (words.size() > max_byline_words * 2) return false;
    if (words.size() == 1) return true;
    // The phrase ends before the first name; a title that begins with "By" goes on in small words.
    const auto name = std::find_if(words.begin() + 1, words.end(), [&](const LineWord& word) {
        return word.capital && language.find(fold(word.text)) == nullptr;
    });
    const auto known = std::find_if(words.begin() + 1, words.end(), [&](const LineWord& word) {
        const WordEntry* entry = word.capital ? language.find(fold(word.text)) : nullptr;
        return entry != nullptr && entry->is(WordClass::given_name);
    });
    if (name == words.end() && known == words.end()) return false;
    const auto capitals = std::count_if(words.begin(), words.end(),
                                        [](const LineWord& word) { return word.capital; });
    const bool credits = ending == Ending::none || folded.find(';') != std::string::npos ||
                         start.size() != line.size() || folded.find(':') != std::string::npos;
    return credits && capitals * 2 >= std::ssize(words) && words[1].text.size() > 1;
}

/// A job or an agency beside a given name: "Daily News Staff Jane Roe", "Jane Roe, Reporter".
bool has_byline_words(std::string_view line, const std::vector<LineWord>& words,
                      const Language& language) {
    if (words.size() > max_byline_words || !language.zones.byline_inside.may_be_in(line)) {
        return false;
    }
    const std::string folded = fold(line);
    if (language.zones.byline_inside.has(folded)) return true;
    if (!language.zones.byline_inside.has_part_of(folded)) return false;
    if (!has_only_names(words, language)) return false;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        const WordEntry* entry = language.find(fold(words[i].text));
        if (words[i].capital && words[i + 1].capital && entry != nullptr &&
            entry->is(WordClass::given_name)) {
            return true;
        }
    }
    return false;
}

bool looks_like_title(std::string_view line, const std::vector<LineWord>& words) {
    constexpr std::size_t max_title_words = 32;
    if (line.size() > max_title_bytes || words.empty() || words.size() > max_title_words) {
        return false;
    }
    const auto digits =
        std::count_if(words.begin(), words.end(), [](const LineWord& word) { return word.digit; });
    return digits * 2 < std::ssize(words);
}

/// "Jane Roe contributed to this report.": such phrases are listed with their full stop.
bool ends_byline(std::string_view line, const ZoneWords& words) {
    constexpr std::size_t tail = 48;
    if (line.size() > max_notice_bytes + max_title_bytes || line.back() != '.') return false;
    if (!words.byline_inside.may_end(line)) return false;
    std::size_t start = line.size() - std::min(line.size(), tail);
    while ((static_cast<unsigned char>(line[start]) & 0xC0U) == 0x80) ++start;
    return words.byline_inside.has_end_of(fold(line.substr(start)));
}

/// A line without the end of a sentence, or one short enough to be a date.
void read_short(std::string_view line, Ending ending, const Language& language, Line& out) {
    const auto words = words_of(line);
    out.item = begins_with_bullet(line);
    out.quoted = begins_with_quote(line);
    out.paused = ending == Ending::pause || ending == Ending::colon;
    out.title_case = is_title_case(words);
    if (is_dateline(line, words, language)) {
        out.form = LineForm::dateline;
    } else if (ending == Ending::sentence || (ending == Ending::colon && words.size() > 3)) {
        out.form = LineForm::prose;
    } else if (has_byline_words(line, words, language)) {
        out.form = LineForm::byline;
    } else if (is_credit_of_names(line, language)) {
        out.form = LineForm::byline;
        out.credits = true;
    } else if (is_name(words, language)) {
        out.form = LineForm::name;
    } else if (looks_like_title(line, words) && !out.item && !out.lower &&
               !begins_with_speaker(line)) {
        out.form = LineForm::title;
    } else {
        out.form = LineForm::other;
    }
}

bool has_digit(std::string_view line) {
    return std::any_of(line.begin(), line.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Line read_line(std::string_view text, Span span, const Language& language) {
    Line out;
    out.span = span;
    const std::string_view line =
        text.substr(static_cast<std::size_t>(span.start), static_cast<std::size_t>(span.size()));
    const Ending ending = ending_of(line);
    out.lower = is_lower(decode(line, 0).value);
    if (is_boilerplate(line, language.zones) || is_notice(line, language)) {
        out.form = LineForm::boilerplate;
    } else if ((line.size() <= max_notice_bytes && begins_byline(line, ending, language)) ||
               ends_byline(line, language.zones) || is_report_credit(line, language)) {
        out.form = LineForm::byline;
        out.credits = ending == Ending::sentence;
    } else if (is_caption(line, ending, language) || is_gallery(line)) {
        out.form = LineForm::caption;
    } else if (line.size() > max_title_bytes ||
               (ending == Ending::sentence &&
                (line.size() > max_dateline_bytes || !has_digit(line)))) {
        out.form = LineForm::prose;
    } else {
        read_short(line, ending, language, out);
    }
    return out;
}

bool is_stopped_title(std::string_view line, const Language& language) {
    constexpr std::size_t min_words = 4;
    if (line.size() > max_title_bytes) return false;
    const auto words = words_of(line);
    if (words.size() < min_words || !is_title_case(words)) return false;
    return std::all_of(words.begin(), words.end(), [&](const LineWord& word) {
        if (word.capital || word.digit) return true;
        const WordEntry* entry = language.find(fold(word.text));
        return entry != nullptr && entry->is(small_in_titles);
    });
}

bool is_short(std::string_view line) {
    constexpr std::size_t max_short_bytes = 120;
    return line.size() <= max_short_bytes;
}

bool begins_with_place(std::string_view line) {
    constexpr std::size_t max_place_bytes = 60;
    constexpr std::size_t min_capitals = 3;  // "A - " and "TV - " begin lists
    const std::string_view start = line.substr(0, max_place_bytes);
    std::size_t dash = std::string_view::npos;
    for (const std::string_view sign : {"—", "―", "–", "--", " - "}) {
        dash = std::min(dash, start.find(sign));
    }
    if (dash == std::string_view::npos) return false;
    std::size_t capitals = 0;
    while (capitals < dash && start[capitals] >= 'A' && start[capitals] <= 'Z') ++capitals;
    return capitals >= min_capitals;
}

}  // namespace framelens
