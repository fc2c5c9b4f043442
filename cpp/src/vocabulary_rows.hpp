// What counting leaves behind for the making of rows.
#pragma once

#include "framelens/vocabulary.hpp"
#include "vocabulary_worker.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace framelens {

/// Documents that one worker counted in one go.
struct CountedTexts::Chunk {
    std::size_t worker = 0;
    std::int64_t first_document = 0;
    std::uint32_t last_term = 0;  // terms that the worker knew after it
    std::vector<Entry> entries;
    std::vector<std::size_t> row_ends;  // in entries
};

}  // namespace framelens
