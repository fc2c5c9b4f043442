#include "notices.hpp"

#include "framelens/unicode.hpp"
#include "words.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace framelens {
namespace {

// Limits of a line of each kind. They are chosen: a longer line is running text that happens to
// begin as such a line does.
constexpr std::size_t max_notice_bytes = 1000;
constexpr std::size_t max_prompt_bytes = 250;
constexpr std::size_t max_link_bytes = 200;
constexpr std::size_t max_rule_bytes = 60;
constexpr std::size_t max_credit_bytes = 400;

constexpr auto beside_names = WordClass::conjunction | WordClass::preposition | WordClass::article |
                              WordClass::particle | WordClass::name_suffix | WordClass::role;

/// Stars, dashes, dots, boxes and spaces, which part what stands above and below.
bool is_rule_sign(char32_t c) {
    if (c < 0x80) return !is_alnum(c);
    return c == 0xB7 || (c >= 0x2010 && c <= 0x2027) || (c >= 0x2500 && c <= 0x25FF) ||
           c == 0x2042 || c == 0x2605 || c == 0x2606;
}

bool is_rule(std::string_view line) {
    if (line.size() > max_rule_bytes) return false;
    const auto size = std::ssize(line);
    for (std::int64_t pos = 0; pos < size;) {
        const CodePoint c = decode(line, pos);
        if (!is_rule_sign(c.value)) return false;
        pos += c.bytes;
    }
    return true;
}

/// "Correction (March 4):": a date between the first word of a notice and its colon.
bool is_dated_notice(std::string_view start, const ZoneWords& words) {
    constexpr std::size_t max_bytes = 48;  // bytes
    const std::size_t colon = start.substr(0, max_bytes).find(':');
    const std::size_t word = start.find_first_of(" ,(");
    if (colon == std::string_view::npos || word == std::string_view::npos || word > colon)
        return false;
    const std::string_view date = start.substr(word, colon - word);
    const bool digit = date.find_first_of("0123456789") != std::string_view::npos;
    return digit && words.notice_start.has(fold(start.substr(0, word)) + ':');
}

/// A title, not printed in capitals as the label before it is.
bool is_title_behind_label(std::string_view title) {
    if (title.size() < 2) return false;
    const CodePoint first = decode(title, 0);
    const bool more = first.bytes < std::ssize(title);
    return is_upper(first.value) && more && is_lower(decode(title, first.bytes).value);
}

/// "READ MORE Ships wait": a label in capitals stands for one with a colon.
bool has_link_label(std::string_view line, const PhraseSet& labels) {
    constexpr std::size_t max_bytes = 24;  // bytes
    std::size_t end = 0;
    while (end < line.size() && end <= max_bytes &&
           ((line[end] >= 'A' && line[end] <= 'Z') || line[end] == ' ')) {
        ++end;
    }
    const std::size_t space = line.substr(0, end).rfind(' ');
    if (space == std::string_view::npos || space < 2) return false;
    return is_title_behind_label(line.substr(space + 1)) &&
           labels.has(fold(line.substr(0, space)) + ':');
}

bool is_prompt(std::string_view line, const ZoneWords& words) {
    if (line.size() > max_prompt_bytes || !words.prompt_starts.may_start(line)) return false;
    const std::string folded = fold(line);
    return std::any_of(words.prompts.begin(), words.prompts.end(), [&](const ReaderPrompt& prompt) {
        return folded.starts_with(prompt.start + ' ') &&
               folded.find(' ' + prompt.inside, prompt.start.size()) != std::string::npos;
    });
}

/// Durations at the end of a line, as a player shows them: "Listen · 3:27 3:27".
std::string_view without_times(std::string_view line) {
    constexpr std::string_view signs = "0123456789: |";
    while (!line.empty()) {
        if (line.ends_with("·") || line.ends_with("•")) {
            line.remove_suffix(line.ends_with("·") ? 2 : 3);
        } else if (signs.find(line.back()) != std::string_view::npos) {
            line.remove_suffix(1);
        } else {
            break;
        }
    }
    return line;
}

/// "Ships wait outside Read more": a link's last words begin with a capital letter, which in a line
/// in title case says nothing.
bool ends_as_link(std::string_view line, const ZoneWords& words) {
    if (line.size() > max_link_bytes) return false;
    const std::string_view text = without_times(line);
    if (text.empty() || !words.boilerplate_end.may_end(text)) return false;
    const auto& phrases = words.boilerplate_end.phrases();
    return std::any_of(phrases.begin(), phrases.end(), [&](const std::string& phrase) {
        if (phrase.size() >= text.size()) return false;
        const std::size_t start = text.size() - phrase.size();
        const std::string_view tail = text.substr(start);
        if (text[start - 1] != ' ' || fold(tail) != phrase) return false;
        if (!is_upper(decode(tail, 0).value)) return false;
        const std::size_t second = tail.find(' ') + 1;  // 0: there is none
        const bool timed = text.size() < line.size();
        return timed ||
               (second > 0 && is_lower(decode(tail, static_cast<std::int64_t>(second)).value)) ||
               !is_title_case(words_of(line));
    });
}

bool are_names(std::string_view text, const Language& language) {
    const auto words = words_of(text);
    return std::all_of(words.begin(), words.end(), [&](const LineWord& word) {
        if (word.capital || word.digit) return true;
        const WordEntry* entry = language.find(fold(word.text));
        return entry != nullptr && entry->is(beside_names);
    });
}

}  // namespace

bool may_have(const PhraseSet& phrases, std::string_view line) {
    constexpr std::size_t phrase_window_bytes = 120;  // bytes
    if (line.size() <= 2 * phrase_window_bytes) return phrases.may_be_in(line);
    return phrases.may_be_in(line.substr(0, phrase_window_bytes)) ||
           phrases.may_be_in(line.substr(line.size() - phrase_window_bytes));
}

std::string_view skip_opening(std::string_view line) {
    const std::size_t start = line.find_first_not_of("([{*_> ");
    return start == std::string_view::npos ? line : line.substr(start);
}

bool is_notice(std::string_view line, const Language& language) {
    const ZoneWords& words = language.zones;
    if (line.size() > max_notice_bytes) return false;
    if (is_rule(line)) return true;
    if (begins_with_quote(line)) return false;
    const std::string_view start = skip_opening(line);
    const bool starts = words.notice_start.may_start(start);
    const bool inside = may_have(words.notice_inside, line);
    if (starts || inside) {
        const std::string folded = fold(line);
        if (starts && words.notice_start.has_start_of(skip_opening(folded))) return true;
        if (inside && words.notice_inside.has_part_of(folded)) return true;
    }
    if (is_dated_notice(start, words) || is_prompt(start, words)) return true;
    if (ending_of(line) != Ending::none) return false;
    return ends_as_link(line, words) ||
           (line.size() <= max_link_bytes && has_link_label(start, words.link_start));
}

bool is_report_credit(std::string_view line, const Language& language) {
    const PhraseSet& verbs = language.zones.report_credit;
    if (line.size() > max_credit_bytes || line.back() != '.' || !may_have(verbs, line))
        return false;
    const auto printed = [&](const std::string& verb) {
        return line.find(verb) != std::string_view::npos;
    };
    if (std::none_of(verbs.phrases().begin(), verbs.phrases().end(), printed)) return false;
    std::string names;
    bool credits = false;
    for (std::size_t at = 0; at < line.size();) {
        const auto verb =
            std::find_if(verbs.phrases().begin(), verbs.phrases().end(),
                         [&](const auto& v) { return line.substr(at).starts_with(v); });
        const bool found = at > 0 && verb != verbs.phrases().end();
        credits = credits || found;
        if (!found) names += line[at];
        at += found ? verb->size() : 1;
    }
    return credits && are_names(names, language);
}

bool is_credit_of_names(std::string_view line, const Language& language) {
    constexpr std::size_t max_bytes = 80;  // bytes
    if (line.size() > max_bytes) return false;
    if (line.starts_with('(') && line.ends_with(')')) line = line.substr(1, line.size() - 2);
    std::size_t end = line.find('/');
    std::size_t next = end + 1;
    if (end == std::string_view::npos) {
        constexpr std::string_view sign = " for ";
        end = line.find(sign);
        next = end + sign.size();
    }
    if (end == std::string_view::npos || line.find('/', next) != std::string_view::npos)
        return false;
    const auto whom = words_of(line.substr(next));
    return is_name(words_of(line.substr(0, end)), language) && !whom.empty() && whom[0].capital &&
           has_only_names(whom, language);
}

bool has_caption_label(std::string_view line, const ZoneWords& words) {
    return std::any_of(words.caption_label.begin(), words.caption_label.end(),
                       [&](const std::string& label) {
                           if (!line.starts_with(label) || line.size() < label.size() + 2)
                               return false;
                           const auto behind = static_cast<std::int64_t>(label.size()) + 1;
                           return line[label.size()] == ' ' && is_upper(decode(line, behind).value);
                       });
}

}  // namespace framelens
