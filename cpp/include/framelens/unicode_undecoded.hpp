// Traces of characters that were never decoded, or decoded wrongly.
#pragma once

#include "framelens/types.hpp"

namespace framelens {

/// True if a text has what looks like a character reference of HTML (&quot; &#8220;), UTF-8 that was
/// read as Windows-1252, Windows-1251 or Mac Roman, a control character of Windows-1252's marks
/// (U+0093), or U+FFFD. Who wants to be sure looks closer; false is certain.
/// Requires valid UTF-8 where the text is UTF-8. Cost: one pass, vectors of units.
[[nodiscard]] bool may_be_undecoded(const TextView& text);

}  // namespace framelens
