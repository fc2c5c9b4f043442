// What the form of one line says of it, before its neighbours are looked at.
#pragma once

#include "framelens/language.hpp"
#include "framelens/types.hpp"

#include <cstdint>
#include <string_view>

namespace framelens {

enum class LineForm : std::uint8_t {
    prose,  // a paragraph: a finished sentence, or long
    title,  // could be a headline or a subhead
    name,   // a person's name alone: a byline at the top
    byline,
    dateline,
    caption,
    boilerplate,
    other  // a fragment, a list item, a line of a dialogue or of a table
};

struct Line {
    Span span;
    LineForm form = LineForm::other;
    bool item = false;        // begins with a bullet
    bool lower = false;       // begins with a lower-case letter
    bool quoted = false;      // begins with a quotation mark
    bool paused = false;      // ends with a comma, a semicolon or a colon
    bool title_case = false;  // of titles
    bool credits = false;     // a byline in a form that stands anywhere: "(Reporting by ...)"
};

/// Reads the form of the line `line` of `text`. Cost: linear in the line, bounded for long ones.
[[nodiscard]] Line read_line(std::string_view text, Span line, const Language& language);

/// A sentence that is printed as a title: each word has a capital, but for function words.
[[nodiscard]] bool is_stopped_title(std::string_view line, const Language& language);

/// "WASHINGTON (AP) —": a report that begins with its place.
[[nodiscard]] bool begins_with_place(std::string_view line);

/// Short enough for a headline.
[[nodiscard]] bool is_short(std::string_view line);

}  // namespace framelens
