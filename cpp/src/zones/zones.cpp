#include "framelens/zones.hpp"

#include "form.hpp"
#include "framelens/types_hash.hpp"
#include "framelens/types_names.hpp"
#include "framelens/unicode.hpp"
#include "framelens/unicode_lines.hpp"
#include "repeats.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

namespace framelens {
namespace {

std::string_view slice(std::string_view text, Span span) {
    return text.substr(static_cast<std::size_t>(span.start), static_cast<std::size_t>(span.size()));
}

/// In which the case of ASCII letters does not matter.
std::uint64_t hash_line(std::string_view line) {
    constexpr std::uint64_t lower_case = 0x2020202020202020ULL;
    std::uint64_t hash = line.size() ^ silver;
    for (std::size_t at = 0; at < line.size(); at += sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, line.data() + at, std::min(sizeof word, line.size() - at));
        hash = mix(hash ^ (word | lower_case), golden);
    }
    return hash;
}

/// Lines that say the same in every article without being boilerplate: "No." or "“Yes,” he said."
bool is_ordinary(std::string_view line) {
    constexpr std::size_t min_telling_bytes = 24;
    const auto letter = [](char c) {
        return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || static_cast<unsigned char>(c) >= 0x80;
    };
    if (std::none_of(line.begin(), line.end(), letter)) return true;
    const char last = line.back();
    const bool finished = last == '.' || last == '?' || last == ':' || last == '"' || last == ',';
    const bool quoted = line.front() == '"' || line.starts_with("“") || line.starts_with("''");
    return quoted || (finished && line.size() < min_telling_bytes);
}

bool may_be_repeated(std::string_view line) {
    constexpr std::ptrdiff_t max_repeated_bytes = 1000;  // boilerplate is shorter
    return std::ssize(line) <= max_repeated_bytes && !is_ordinary(line);
}

class ZoneFinder {
public:
    ZoneFinder(std::string_view text, const Language& language, std::int64_t title_end)
        : text_(text), language_(language) {
        const std::vector<Span> spans = find_lines(text, title_end);
        lines_.reserve(spans.size());
        for (const Span span : spans) lines_.push_back(read_line(text, span, language));
        kinds_.assign(lines_.size(), ZoneKind::body);
        titled_ = title_end > 0 && !lines_.empty();
        if (titled_) lines_.front().form = LineForm::title;
    }

    std::vector<Zone> run(const RepeatedLines* repeated) {
        if (repeated != nullptr) mark_repeated(*repeated);
        mark_by_form();
        mark_top();
        mark_subheads();
        if (titled_) kinds_.front() = ZoneKind::headline;
        std::vector<Zone> zones;
        const std::vector<bool> again = find_passages_printed_twice();
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            if (kinds_[i] == ZoneKind::body && !again[i]) continue;
            zones.push_back({lines_[i].span, kinds_[i], again[i]});
        }
        mark_duplicate_captions(zones);
        return zones;
    }

private:
    [[nodiscard]] std::string_view at(std::size_t i) const { return slice(text_, lines_[i].span); }
    [[nodiscard]] bool is(std::size_t i, LineForm form) const { return lines_[i].form == form; }

    /// A document of which more than half is repeated is a reprint, and says nothing of its lines.
    void mark_repeated(const RepeatedLines& lines) {
        std::vector<std::size_t> repeated;
        std::int64_t all_bytes = 0;
        std::int64_t repeated_bytes = 0;
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            all_bytes += lines_[i].span.size();
            const bool open = is(i, LineForm::prose) || is(i, LineForm::title) ||
                              is(i, LineForm::other) || is(i, LineForm::name);
            if (!open || (titled_ && i == 0) || !lines.has(at(i))) continue;
            repeated.push_back(i);
            repeated_bytes += lines_[i].span.size();
        }
        if (repeated_bytes * 2 > all_bytes) return;
        for (const std::size_t i : repeated) {
            // A name that an outlet prints often is its author's.
            if (!is(i, LineForm::name)) lines_[i].form = LineForm::boilerplate;
        }
    }

    void mark_by_form() {
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            if (is(i, LineForm::boilerplate)) kinds_[i] = ZoneKind::boilerplate;
            if (is(i, LineForm::caption)) kinds_[i] = ZoneKind::caption;
        }
    }

    /// Lines above the first paragraph: headlines, byline, dateline; and those below the last.
    void mark_top() {
        free_stopped_titles();
        first_ = 0;
        while (first_ < lines_.size() && !is(first_, LineForm::prose)) ++first_;
        last_ = lines_.size();
        while (last_ > first_ && !is(last_ - 1, LineForm::prose)) --last_;
        const std::size_t bylines = mark_bylines();
        if (first_ == lines_.size()) return;
        mark_headlines(std::min(bylines, first_));
    }

    /// Some sources print headlines with a full stop: in title case, or above a report that
    /// begins with its place.
    void free_stopped_titles() {
        constexpr std::size_t top = 3;
        const std::size_t end = std::min(top, lines_.size());
        std::size_t lede = 0;
        for (std::size_t i = 1; i < end; ++i) {
            if (begins_with_place(at(i))) lede = i;
        }
        for (std::size_t i = 0; i + 1 < end; ++i) {
            if (!is(i, LineForm::prose)) continue;
            if (!(i < lede ? is_short(at(i)) : is_stopped_title(at(i), language_))) return;
            lines_[i].form = LineForm::title;
        }
    }

    /// Marks bylines and datelines where they stand; returns the first one's line.
    std::size_t mark_bylines() {
        constexpr std::size_t near_top = 3;
        std::size_t first = lines_.size();
        bool titled = false;
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            const bool outside = i <= first_ + near_top || i >= last_;
            if (is(i, LineForm::byline) && (outside || lines_[i].credits)) {
                kinds_[i] = ZoneKind::byline;
            } else if (is(i, LineForm::dateline) && outside) {
                kinds_[i] = ZoneKind::dateline;
            } else if (i < first_ && is(i, LineForm::name) && (titled || dated(i + 1))) {
                kinds_[i] = ZoneKind::byline;
            } else if (i < first_ && follows_byline(i)) {
                kinds_[i] = ZoneKind::byline;
            }
            titled = titled || is(i, LineForm::title);
            if (i < first && (kinds_[i] == ZoneKind::byline)) first = i;
        }
        return first;
    }

    [[nodiscard]] bool dated(std::size_t i) const {
        return i < lines_.size() && (is(i, LineForm::dateline) || is(i, LineForm::byline));
    }

    /// The names below "By", or the author's paper below the name.
    [[nodiscard]] bool follows_byline(std::size_t i) const {
        if (i == 0 || kinds_[i - 1] != ZoneKind::byline || apart(i - 1, i)) return false;
        return lines_[i].span.size() <= 40 && lines_[i].title_case;
    }

    /// Title lines above the byline, or else above the first paragraph, are headlines.
    void mark_headlines(std::size_t end) {
        constexpr std::ptrdiff_t most = 4;  // lines; more of them are a menu or a list
        const auto title = [&](std::size_t i) {
            return kinds_[i] == ZoneKind::body && (is(i, LineForm::title) || is(i, LineForm::name));
        };
        std::vector<std::size_t> titles;
        for (std::size_t i = 0; i < end; ++i) {
            if (title(i)) titles.push_back(i);
        }
        if (titles.empty()) {
            for (std::size_t i = end; i < first_; ++i) {
                if (title(i)) titles.push_back(i);
            }
        }
        if (std::ssize(titles) > most) titles.resize(1);
        for (const std::size_t i : titles) kinds_[i] = ZoneKind::headline;
    }

    /// A title line alone between paragraphs.
    void mark_subheads() {
        for (std::size_t i = 1; i + 1 < lines_.size(); ++i) {
            if (kinds_[i] != ZoneKind::body || !is(i, LineForm::title)) continue;
            const auto before = neighbour(i, -1);
            const auto after = neighbour(i, 1);
            if (before && after && may_be_subhead(i) && closes(*before) && opens(*after)) {
                kinds_[i] = ZoneKind::subhead;
            }
        }
    }

    [[nodiscard]] bool may_be_subhead(std::size_t i) const {
        constexpr std::int64_t max_subhead_bytes = 120;
        return lines_[i].span.size() <= max_subhead_bytes && !lines_[i].quoted && !lines_[i].paused;
    }
    /// What stands before a subhead: a finished paragraph or the end of a list.
    [[nodiscard]] bool closes(std::size_t i) const {
        return is(i, LineForm::prose) || lines_[i].item || kinds_[i] == ZoneKind::byline ||
               kinds_[i] == ZoneKind::dateline;
    }
    [[nodiscard]] bool opens(std::size_t i) const {
        return (is(i, LineForm::prose) && !lines_[i].lower) || lines_[i].item;
    }
    /// The next line in the direction that is neither a caption nor boilerplate.
    [[nodiscard]] std::optional<std::size_t> neighbour(std::size_t i, int step) const {
        constexpr int farthest = 4;
        for (int n = 0; n < farthest; ++n) {
            if (step < 0 && i == 0) return std::nullopt;
            i = step < 0 ? i - 1 : i + 1;
            if (i >= lines_.size()) return std::nullopt;
            if (kinds_[i] != ZoneKind::caption && kinds_[i] != ZoneKind::boilerplate) return i;
        }
        return std::nullopt;
    }

    /// Whether a blank line stands between two neighbours.
    [[nodiscard]] bool apart(std::size_t a, std::size_t b) const {
        const auto gap = slice(text_, {lines_[a].span.end, lines_[b].span.start});
        return std::count(gap.begin(), gap.end(), '\n') > 1;
    }

    /// Lines that another one holds, as galleries and summaries of earlier news print them. Titles
    /// are not compared: what they say stands in the text again.
    [[nodiscard]] std::vector<bool> find_passages_printed_twice() const {
        std::vector<std::size_t> compared;
        SentenceStarts starts;
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            const ZoneKind kind = kinds_[i];
            if (kind != ZoneKind::body && kind != ZoneKind::caption && kind != ZoneKind::subhead)
                continue;
            compared.push_back(i);
            starts.add(at(i));
        }
        std::vector<Passage> passages(lines_.size());
        if (!starts.come_again()) return std::vector<bool>(lines_.size());
        for (const std::size_t i : compared) {
            passages[i] = read_passage(at(i));
            passages[i].caption = kinds_[i] == ZoneKind::caption;
        }
        return find_copies(passages);
    }

    /// A caption is a duplicate if an earlier one contains it, or it an earlier one.
    void mark_duplicate_captions(std::vector<Zone>& zones) const {
        constexpr std::size_t compared = 32;  // the last captions; keeps long galleries linear
        std::vector<std::string> earlier;
        for (Zone& zone : zones) {
            if (zone.kind != ZoneKind::caption || zone.duplicate) continue;
            std::string folded = fold(slice(text_, zone.span));
            zone.duplicate =
                std::any_of(earlier.end() - std::min(std::ssize(earlier), std::ptrdiff_t{compared}),
                            earlier.end(), [&](const std::string& other) {
                                return other.find(folded) != std::string::npos ||
                                       folded.find(other) != std::string::npos;
                            });
            earlier.push_back(std::move(folded));
        }
    }

    std::string_view text_;
    const Language& language_;
    std::vector<Line> lines_;
    std::vector<ZoneKind> kinds_;
    bool titled_ = false;    // the first line is known to be the title
    std::size_t first_ = 0;  // the first paragraph
    std::size_t last_ = 0;   // behind the last paragraph
};

}  // namespace

std::string_view name_of(ZoneKind kind) noexcept {
    static constexpr std::string_view names[] = {"headline", "byline", "dateline",   "caption",
                                                 "subhead",  "body",   "boilerplate"};
    return name_in(names, kind);
}

std::vector<std::uint64_t> hash_lines(std::string_view text) {
    std::vector<std::uint64_t> hashes;
    for (const Span span : find_lines(text)) {
        const std::string_view line = slice(text, span);
        if (may_be_repeated(line)) hashes.push_back(hash_line(line));
    }
    std::sort(hashes.begin(), hashes.end());
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
    return hashes;
}

RepeatedLines::RepeatedLines(const std::vector<std::vector<std::uint64_t>>& documents) {
    constexpr std::ptrdiff_t fewest = 3;
    constexpr std::ptrdiff_t one_in = 50;
    const std::ptrdiff_t least = std::max(fewest, std::ssize(documents) / one_in);
    std::vector<std::uint64_t> all;
    for (const auto& hashes : documents) all.insert(all.end(), hashes.begin(), hashes.end());
    std::sort(all.begin(), all.end());
    for (auto first = all.begin(); first != all.end();) {
        const auto last = std::find_if(first, all.end(), [&](auto hash) { return hash != *first; });
        if (last - first >= least) hashes_.push_back(*first);
        first = last;
    }
}

bool RepeatedLines::has(std::string_view line) const {
    return !hashes_.empty() && may_be_repeated(line) &&
           std::binary_search(hashes_.begin(), hashes_.end(), hash_line(line));
}

std::vector<Zone> find_zones(std::string_view text, const Language& language,
                             const RepeatedLines* repeated, std::int64_t title_end) {
    return ZoneFinder(text, language, title_end).run(repeated);
}

const Zone* zone_at(const std::vector<Zone>& zones, std::int64_t pos) noexcept {
    const auto after =
        std::upper_bound(zones.begin(), zones.end(), pos,
                         [](std::int64_t at, const Zone& zone) { return at < zone.span.start; });
    if (after == zones.begin()) return nullptr;
    const Zone& zone = *(after - 1);
    return pos < zone.span.end ? &zone : nullptr;
}

}  // namespace framelens
