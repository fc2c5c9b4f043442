// Which lines of an article are headline, byline, dateline, caption, subhead or boilerplate.
#pragma once

#include "framelens/language.hpp"
#include "framelens/types.hpp"

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace framelens {

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

/// A marked line (without surrounding white space). What no zone covers is body.
struct Zone {
    Span span;
    ZoneKind kind = ZoneKind::body;
    bool duplicate = false;  // a caption that an earlier one repeats: marked, gives no evidence
};

/// How many documents of one source print a line, by hash of the line as printed.
struct LineCounts {
    std::int64_t documents = 0;
    std::unordered_map<std::uint64_t, std::int32_t> of_line;

    /// Many: three documents or more, and at least one in fifty of the source's.
    [[nodiscard]] bool is_repeated(std::string_view line) const;
};

/// Adds each distinct line of `text` once to `counts`.
void count_lines(std::string_view text, LineCounts& counts);

/// Zones of one article in text order, never overlapping; body lines are not listed.
/// `repeated` (may be null) counts over the documents of its source: a line repeated in many of
/// them is boilerplate. Cost: linear; lines longer than any form are passed over unread.
[[nodiscard]] std::vector<Zone> find_zones(std::string_view text, const Language& language,
                                           const LineCounts* repeated = nullptr);

/// The zone that covers `pos`, or null: body.
[[nodiscard]] const Zone* zone_at(const std::vector<Zone>& zones, std::int64_t pos) noexcept;

}  // namespace framelens
