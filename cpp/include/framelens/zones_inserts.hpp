// What a page puts into its lines beside their text: links, addresses, labels.
#pragma once

#include "framelens/types.hpp"
#include "framelens/zones.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace framelens {

struct Language;

/// What one text shows of the inserts of its source.
struct InsertTraces {
    std::int64_t inserts = 0;  // places that look like the start of one
    /// Words in capitals behind such places, and behind how many of them each stands.
    std::vector<std::pair<std::string, std::int64_t>> words;
};

/// Looks for full names that stand behind a name of the same person and run into a headline:
/// "Moore Ada Jane MooreRiver crossing closes". Requires valid UTF-8. Cost: linear.
[[nodiscard]] InsertTraces trace_inserts(std::string_view text, const Language& language);

/// The words that close the inserts of one source.
class InsertClosers {
public:
    /// Those that the language lists, and the one word in capitals that stands behind four fifths
    /// of the places that `documents` show, three at least.
    InsertClosers(std::span<const InsertTraces* const> documents, const Language& language);

    [[nodiscard]] const std::vector<std::string>& words() const noexcept { return words_; }

private:
    std::vector<std::string> words_;
};

/// What a page puts into a line beside its text, and what it is.
struct Insert {
    Span span;
    ZoneKind kind = ZoneKind::boilerplate;
};

/// Links to other stories behind a name, in text order: from the white space behind the name to the
/// closing word. Each begins with words that repeat the name ("Moore Ada Jane Moore") and stays in
/// its line. Requires valid UTF-8. Cost: linear.
[[nodiscard]] std::vector<Span> find_name_inserts(std::string_view text,
                                                  const InsertClosers& closers,
                                                  const Language& language);

/// The same and links in brackets, addresses of the web and of mail with the request that they end,
/// labels before the text of a line, and times of an update: in text order, never overlapping.
[[nodiscard]] std::vector<Insert> find_inserts(std::string_view text, const InsertClosers& closers,
                                               const Language& language);

}  // namespace framelens
