// Names that are joined. Internal to the room `mentions`.
#pragma once

#include "framelens/mentions.hpp"

#include <cstdint>
#include <vector>

namespace framelens::mentions_detail {

/// Names joined by commas and "and", of persons who own nothing.
struct NameList {
    std::vector<const Reference*> names;  // outwards
    std::int32_t next = 0;                // the token beyond them
    bool joined = false;                  // by "and"
};

/// The names that end at a token, leftwards: "| Ada Moore and Olaf Lund".
[[nodiscard]] NameList names_before(const Annotated& document, std::int32_t token);
/// The names that begin at a token.
[[nodiscard]] NameList names_from(const Annotated& document, std::int32_t token);

}  // namespace framelens::mentions_detail
