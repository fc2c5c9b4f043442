// Whether what is told around a date is past or to come.
#pragma once

#include "facts_reader.hpp"
#include "framelens/facts.hpp"

#include <cstddef>
#include <optional>

namespace framelens {

/// `past` or `coming`, by the nearest verb of the sentence: the one before the date, or behind it
/// where the date opens the clause. Nothing where no verb tells.
/// Cost: constant; words far from the date are not read.
[[nodiscard]] std::optional<DateSense> tense_around(const FactReader& read,
                                                    const FactLanguage& language, std::size_t first,
                                                    std::size_t end);

}  // namespace framelens
