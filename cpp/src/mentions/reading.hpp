// What a pattern has read. Internal to the room `mentions`.
#pragma once

#include "framelens/grammar.hpp"
#include "framelens/quotes.hpp"
#include "framelens/references.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace framelens::mentions_detail {

/// What a pattern has read so far.
struct Reading {
    std::int32_t noun = 0;
    std::int32_t first = 0;            // first token of the noun's phrase
    std::int32_t left = 0;             // the next token before what was read
    std::int32_t right = 0;            // likewise behind
    std::int32_t verb = 0;             // of a naming or giving verb
    std::optional<VerbGroup> group{};  // likewise
    const Reference* target = nullptr;
    std::vector<std::int32_t> listed{};  // targets in a list of names
    std::optional<Speaker> namer{};
    bool copula = false;  // be or a linking verb was read
    bool naming = false;  // somebody calls somebody something
    bool object = false;  // the target is the verb's object
    bool self = false;    // the subject calls itself so
    bool agent = false;   // the namer was looked for behind "by"
    bool negated = false;
    bool hypothetical = false;
};

}  // namespace framelens::mentions_detail
