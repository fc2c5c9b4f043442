#include "framelens/segment_wrapping.hpp"

#include "framelens/language.hpp"
#include "framelens/unicode.hpp"
#include "wrapping_lines.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace framelens {
namespace {

// Chosen: text is printed in 60 to 80 columns by convention, and pages go somewhat beyond.
constexpr std::int64_t min_page_columns = 40;
constexpr std::int64_t max_page_columns = 100;
constexpr std::int64_t min_prose_columns = 55;  // lines of a poem are rarely so long
constexpr std::int64_t max_gap_columns = 12;    // of spaces that a line end may stand for
constexpr char32_t soft_hyphen = 0xAD;

/// What a line begins with.
enum class Opening : std::uint8_t { words, bullet, number, speaker };

Opening opening_of(std::string_view line) {
    constexpr std::size_t max_speaker_bytes = 32;
    constexpr std::string_view digits = "0123456789";
    const std::size_t space = find_space(line);
    if (space == std::string_view::npos) return Opening::words;
    const std::string_view word = line.substr(0, space);
    const CodePoint first = decode(line, 0);
    if (static_cast<std::size_t>(first.bytes) == word.size() && !is_alnum(first.value)) {
        return Opening::bullet;
    }
    const std::size_t behind = word.find_first_not_of(digits);
    if (behind > 0 && behind + 1 == word.size() && (word[behind] == '.' || word[behind] == ')')) {
        return Opening::number;
    }
    const std::size_t colon = line.substr(0, max_speaker_bytes).find(": ");
    return is_upper(first.value) && colon != std::string_view::npos ? Opening::speaker
                                                                    : Opening::words;
}

/// Decides which line ends of a page are soft.
class Page {
public:
    Page(std::string_view text, const Language& language)
        : text_(text), language_(language), lines_(read_lines(text)) {}

    std::vector<SoftBreak> find() {
        for (std::size_t i = 0; i + 1 < lines_.size(); ++i) {
            if (lines_[i].block == lines_[i + 1].block) ends_.push_back(i);
        }
        if (ends_.empty()) return {};
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            measure(lines_[i]);
            if (i == 0 || lines_[i].block != lines_[i - 1].block) first_of_block_.push_back(i);
        }
        choose_width();
        if (!is_regular()) return {};
        std::erase_if(ends_, [&](std::size_t i) { return !is_soft(i); });
        std::vector<SoftBreak> soft;
        for (const std::size_t i : ends_) {
            soft.push_back({{lines_[i].span.end, lines_[i + 1].span.start}, false});
        }
        join_words(soft);
        return soft;
    }

private:
    std::string_view at(Span span) const {
        return text_.substr(static_cast<std::size_t>(span.start),
                            static_cast<std::size_t>(span.size()));
    }
    std::string_view line(std::size_t i) const { return at(lines_[i].span); }
    std::string_view first_word(std::size_t i) const {
        return line(i).substr(0, find_space(line(i)));
    }

    char32_t last_of(std::size_t i) const { return decode_before(text_, lines_[i].span.end).value; }

    void measure(PrintedLine& line) const {
        constexpr std::int64_t max_measured_bytes =
            4 * max_page_columns;  // a character has up to 4 bytes
        const std::string_view words = at(line.span);
        const bool is_long = line.span.size() > max_measured_bytes;
        const std::size_t space = find_space(words);
        line.width = line.indent + (is_long ? max_measured_bytes : count_columns(words));
        line.first_word = is_long ? max_page_columns : count_columns(words.substr(0, space));
        line.single_word = space == std::string_view::npos;
    }

    /// The first width that does not explain why line `i` ends where it does. Typists put two
    /// spaces behind a sentence, and a tab takes up to eight columns.
    std::int64_t too_wide(std::size_t i) const {
        const PrintedLine& line = lines_[i];
        return line.width + 7 * line.tabs + (ends_sentence(i) ? 2 : 1) + lines_[i + 1].first_word;
    }
    /// The line fits, or is one word, and the next word would not have fitted.
    bool is_explained(std::size_t i, std::int64_t slack) const {
        const bool fits = lines_[i].width <= width_ || lines_[i].single_word;
        return fits && (width_ < too_wide(i) + slack || last_of(i) == soft_hyphen);
    }
    bool is_forced(std::size_t i) const { return is_explained(i, 0); }

    /// The width that explains most line ends, and is shorter than few lines.
    void choose_width() {
        constexpr std::size_t widths = max_page_columns - min_page_columns + 1;
        std::array<std::int64_t, widths + 1> steps{};
        const auto index = [](std::int64_t width) {
            return static_cast<std::size_t>(
                std::clamp(width, min_page_columns, max_page_columns + 1) - min_page_columns);
        };
        for (const std::size_t i : ends_) {
            if (lines_[i].width > max_page_columns) continue;
            ++steps[index(lines_[i].width)];
            --steps[index(too_wide(i))];
        }
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            if (!may_be_long(i)) {
                --steps[0];
                ++steps[index(lines_[i].width)];
            }
        }
        constexpr std::size_t few = 6;  // line ends; so few may be those of a verse
        const std::int64_t least = ends_.size() < few ? min_prose_columns : min_page_columns;
        std::int64_t sum = 0;
        std::optional<std::int64_t> best;
        for (std::size_t step = 0; step < widths; ++step) {
            sum += steps[step];
            if (min_page_columns + static_cast<std::int64_t>(step) < least) continue;
            if (best && sum <= *best) continue;
            best = sum;
            width_ = min_page_columns + static_cast<std::int64_t>(step);
        }
    }

    /// A word that no line holds, or a title above the page.
    bool may_be_long(std::size_t i) const {
        const bool alone = lines_.size() == 1 || lines_[0].block != lines_[1].block;
        return lines_[i].single_word || (i == 0 && alone);
    }

    /// What the width explains of the line ends in one block, or in all.
    struct Explained {
        std::int64_t forced = 0;
        std::int64_t nearly = 0;    // of these and those that a space or two more would force
        std::int64_t goes_on = 0;   // forced ones inside a sentence, as far as one can see
        std::int64_t finished = 0;  // before the width, behind a sentence: a paragraph's own end
        std::int64_t others = 0;

        void add(const Explained& more) {
            forced += more.forced;
            nearly += more.nearly;
            goes_on += more.goes_on;
            finished += more.finished;
            others += more.others;
        }
    };

    Explained explain(std::size_t i) const {
        constexpr std::int64_t slack = 2;  // columns
        Explained end;
        if (is_forced(i)) end.forced = 1;
        if (is_forced(i) && continues(i)) end.goes_on = 1;
        if (is_explained(i, slack)) {
            end.nearly = 1;
        } else {
            (ends_sentence(i) ? end.finished : end.others) = 1;
        }
        return end;
    }

    /// Whether the width explains the lines: all of a few, nearly all of many. Blocks of which it
    /// explains nothing are verses or lists beside the paragraphs, if there are not too many.
    bool is_regular() {
        constexpr std::int64_t few = 12;
        Explained wrapped;
        std::int64_t beside = 0;
        for (std::size_t at = 0; at < ends_.size();) {
            const std::int32_t block = lines_[ends_[at]].block;
            Explained all;
            for (; at < ends_.size() && lines_[ends_[at]].block == block; ++at) {
                all.add(explain(ends_[at]));
            }
            if (all.forced == 0) {
                beside += all.others + all.finished;
            } else {
                wrapped.add(all);
            }
        }
        const auto too_long = std::count_if(lines_.begin(), lines_.end(), [&](const auto& line) {
            return line.width > width_ &&
                   !may_be_long(static_cast<std::size_t>(&line - &lines_[0]));
        });
        if (too_long * 20 > std::ssize(lines_) || beside > wrapped.forced) return false;
        if (wrapped.finished > wrapped.forced * 3) return false;
        apart_ = lines_.back().block > 1 && wrapped.finished * 20 <= wrapped.forced;
        const std::int64_t count = wrapped.nearly + wrapped.others;
        if (count >= few && wrapped.forced == count) return true;
        if (wrapped.goes_on == 0 || wrapped.goes_on * 3 < wrapped.forced) return false;
        return count < few ? wrapped.others == 0 && wrapped.forced * 4 >= count * 3
                           : wrapped.forced * 6 >= count * 5;
    }

    bool is_soft(std::size_t i) const {
        if (begins_paragraph(i + 1) || begins_item(i + 1)) return false;
        if (is_explained(i, apart_ ? max_gap_columns : 0)) return true;
        return continues(i) && lines_[i].width <= width_ && lines_[i].width * 2 > width_;
    }

    /// No sentence ends with the line, and no capital begins the next one.
    bool continues(std::size_t i) const {
        if (ends_sentence(i)) return false;
        const std::string_view next = line(i + 1);
        const CodePoint first = decode(next, 0);
        if (is_letter(first.value) && !is_upper(first.value)) return true;
        const bool more = first.bytes < std::ssize(next);
        return is_upper(first.value) && more && is_upper(decode(next, first.bytes).value);
    }

    bool ends_sentence(std::size_t i) const {
        std::string_view words = line(i);
        while (!words.empty()) {
            const CodePoint c = decode_before(words, std::ssize(words));
            switch (c.value) {
                case U'.':
                case U'!':
                case U'?':
                case U':':
                case 0x2026:  // …
                    return true;
                case U'"':
                case U'\'':
                case U')':
                case U']':
                case 0xBB:    // »
                case 0x2019:  // ’
                case 0x201D:  // ”
                    words.remove_suffix(static_cast<std::size_t>(c.bytes));
                    break;
                default:
                    return false;
            }
        }
        return false;
    }

    /// Deeper than the line before, and not because all lines but the first are.
    bool begins_paragraph(std::size_t i) const {
        if (lines_[i].indent <= lines_[i - 1].indent) return false;
        if (i >= 2 && lines_[i - 2].block == lines_[i].block) return true;
        return i + 1 < lines_.size() && lines_[i + 1].block == lines_[i].block &&
               lines_[i + 1].indent < lines_[i].indent;
    }

    /// Behind a finished sentence, in the form in which its block begins: an item or, where no blank
    /// lines stand between them, a turn.
    bool begins_item(std::size_t i) const {
        if (!ends_sentence(i - 1)) return false;
        const Opening opening = opening_of(line(i));
        if (opening == Opening::words || (apart_ && opening == Opening::speaker)) return false;
        const auto block = static_cast<std::size_t>(lines_[i].block);
        return opening == opening_of(line(first_of_block_[block]));
    }

    /// A page that also cuts words at their hyphens would have cut the one behind line `i`.
    bool leaves_hyphen_whole(std::size_t i) const {
        const std::string_view word = first_word(i + 1);
        const std::size_t hyphen = word.find('-', 1);
        if (hyphen == std::string_view::npos || hyphen < 2 || hyphen + 2 >= word.size()) {
            return false;
        }
        // Single letters ("e-mail") and numbers ("18-year") are left whole by those who cut others.
        if (!is_letter(decode_before(word, static_cast<std::int64_t>(hyphen)).value)) return false;
        if (!is_letter(decode(word, static_cast<std::int64_t>(hyphen) + 1).value)) return false;
        const std::int64_t piece = count_columns(word.substr(0, hyphen + 1));
        return lines_[i].width + (ends_sentence(i) ? 2 : 1) + piece <= width_;
    }

    /// Line `i` ends in a hyphen and its word may go on; "two- and three-year" does not.
    bool may_be_cut(std::size_t i) const {
        const std::string_view words = line(i);
        const auto hyphen = std::ssize(words) - 1;
        if (words.back() != '-' || hyphen == 0) return false;
        if (!is_alnum(decode_before(words, hyphen).value)) return false;
        if (!is_alnum(decode(line(i + 1), 0).value)) return false;
        const WordEntry* entry = language_.find(fold(first_word(i + 1)));
        return entry == nullptr || !entry->is(WordClass::conjunction);
    }

    void join_words(std::vector<SoftBreak>& soft) const {
        const auto whole = std::count_if(ends_.begin(), ends_.end(),
                                         [&](auto i) { return leaves_hyphen_whole(i); });
        const auto cut =
            std::count_if(ends_.begin(), ends_.end(), [&](auto i) { return may_be_cut(i); });
        for (std::size_t k = 0; k < ends_.size(); ++k) {
            soft[k].joins_word =
                last_of(ends_[k]) == soft_hyphen || (cut > whole && may_be_cut(ends_[k]));
        }
    }

    std::string_view text_;
    const Language& language_;
    std::vector<PrintedLine> lines_;
    std::vector<std::size_t> first_of_block_{0};  // by its number, which counts from 1
    std::vector<std::size_t> ends_;               // lines that another of their block follows
    std::int64_t width_ = 0;
    bool apart_ = false;  // blank lines stand between paragraphs
};

}  // namespace

std::vector<SoftBreak> find_soft_breaks(std::string_view text, const Language& language) {
    return Page(text, language).find();
}

std::vector<SoftBreak> unwrap(std::string& text, GivenText& given, const Language& language,
                              std::int64_t title_end) {
    const std::string_view behind_title =
        std::string_view{text}.substr(static_cast<std::size_t>(title_end));
    std::vector<SoftBreak> breaks = find_soft_breaks(behind_title, language);
    for (SoftBreak& end : breaks) {
        end.span = {end.span.start + title_end, end.span.end + title_end};
    }
    std::vector<Replacement> replacements;
    replacements.reserve(breaks.size());
    for (const SoftBreak& end : breaks)
        replacements.push_back({end.span, end.joins_word ? "" : " "});
    given.rewrite(text, replacements);
    return breaks;
}

}  // namespace framelens
