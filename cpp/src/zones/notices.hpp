// Lines about the page itself: corrections, requests to the reader, links, rules.
#pragma once

#include "framelens/language.hpp"

#include <string_view>

namespace framelens {

/// Whether a phrase may stand at the start or the end of a line, where pages print what they say of
/// it; of short lines anywhere. Cost: bounded.
[[nodiscard]] bool may_have(const PhraseSet& phrases, std::string_view line);

/// The start of a line behind opening brackets and stars; a quotation mark is left.
[[nodiscard]] std::string_view skip_opening(std::string_view line);

/// A notice of any length that paragraphs have, a request to the reader, a link by its last words,
/// or a line without a letter or digit. Cost: linear in the line, bounded for long ones.
[[nodiscard]] bool is_notice(std::string_view line, const Language& language);

/// "Lund reported from Nordell. Olga Rem contributed from Port Varga."
[[nodiscard]] bool is_report_credit(std::string_view line, const Language& language);

/// "Olga Rem / The Nordell Gazette", "Olga Rem for The Nordell Gazette", with or without brackets:
/// who made a picture, or a text, and for whom.
[[nodiscard]] bool is_credit_of_names(std::string_view line, const Language& language);

/// The line begins with a label as a page prints it before the caption of a film, and a capital
/// letter behind it: "CLOSE The ships wait".
[[nodiscard]] bool has_caption_label(std::string_view line, const ZoneWords& words);

}  // namespace framelens
