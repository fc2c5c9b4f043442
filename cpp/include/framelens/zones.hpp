// Which lines of an article are headline, byline, dateline, caption, subhead or boilerplate.
#pragma once

#include "framelens/types.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace framelens {

struct Language;

enum class ZoneKind : std::uint8_t {
    headline,
    byline,
    dateline,
    caption,
    subhead,
    body,
    boilerplate
};
[[nodiscard]] std::string_view name_of(ZoneKind kind) noexcept;

/// A marked line (without surrounding white space). What no zone covers is body; a body line that is
/// a zone is a duplicate.
struct Zone {
    Span span;
    ZoneKind kind = ZoneKind::body;
    bool duplicate = false;  // printed twice in the article, and this is the other one: no evidence
};

/// Hashes of the distinct lines of a document, ascending; lines that no boilerplate has are left
/// out.
[[nodiscard]] std::vector<std::uint64_t> hash_lines(std::string_view text);

/// The lines that many documents of one source print: three or more, and at least one in fifty.
class RepeatedLines {
public:
    /// `documents` are the hashes of each document's lines.
    explicit RepeatedLines(const std::vector<std::vector<std::uint64_t>>& documents);

    [[nodiscard]] bool has(std::string_view line) const;

private:
    std::vector<std::uint64_t> hashes_;  // ascending
};

/// Zones of one article in text order, never overlapping; body lines are not listed, but for those
/// of ten words and more that another line has, folded and without punctuation, or whose sentences
/// it has. A caption is a duplicate also where an earlier one contains it, or it an earlier one.
/// `repeated` (may be null) are lines of its source, which are boilerplate. The first `title_end`
/// bytes are known to be its title: a headline, whatever their form. Cost: linear; lines longer than
/// any form are passed over unread.
[[nodiscard]] std::vector<Zone> find_zones(std::string_view text, const Language& language,
                                           const RepeatedLines* repeated = nullptr,
                                           std::int64_t title_end = 0);

/// The zone that covers `pos`, or null: body.
[[nodiscard]] const Zone* zone_at(const std::vector<Zone>& zones, std::int64_t pos) noexcept;

}  // namespace framelens
