// Units of quotations clustered into utterances.
#pragma once

#include "framelens/parallel_watch.hpp"
#include "units.hpp"

#include <cstdint>
#include <vector>

namespace framelens {

/// The cluster of each unit, or -1; clusters are numbered in an order that does not depend on the
/// order of documents. Units of words that only one document prints are in none.
/// Errors: as `Watch::look`.
[[nodiscard]] std::vector<std::int32_t> cluster_units(const std::vector<Unit>& units,
                                                      const std::vector<std::int32_t>& event_of,
                                                      const WordNumbers& table, Watch& watch);

}  // namespace framelens
