// Whether what is told around a date is past or to come.
#pragma once

#include "framelens/facts.hpp"
#include "reader.hpp"

#include <cstddef>
#include <optional>

namespace framelens {

/// `past` or `coming`, by the nearest verb of the sentence: the one before the date, or behind it
/// where the date opens the clause. A verb outside the quotation that the date stands in tells
/// nothing, and one of saying tells nothing of an `attribute`: "said the July vote is lost".
/// Nothing where no verb tells.
/// Cost: constant; words far from the date are not read.
[[nodiscard]] std::optional<DateSense> tense_around(const FactReader& read,
                                                    const FactLanguage& language, std::size_t first,
                                                    std::size_t end, bool attribute = false);

/// Whether "today" from `first` to `end` is the article's own day, by words beside it and by the
/// nearest verb: it is in "spoke today", and not in "is worth more today".
/// True in languages that have no verbs of the present. Cost: as above.
[[nodiscard]] bool is_own_day(const FactReader& read, const FactLanguage& language,
                              std::size_t first, std::size_t end);

}  // namespace framelens
