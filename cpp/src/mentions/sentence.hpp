// Tokens of one sentence. Internal to the room `mentions`.
#pragma once

#include "framelens/mentions.hpp"

#include <cstdint>

namespace framelens::mentions_detail {

/// The tokens of a document, and which of them stand in the sentence of one.
class InSentence {
protected:
    InSentence(const Annotated& document, std::int32_t of) : document_(document), of_(of) {}

    [[nodiscard]] const Token& token(std::int32_t t) const {
        return document_.text.tokens[static_cast<std::size_t>(t)];
    }
    [[nodiscard]] bool has(std::int32_t t) const {
        return t >= 0 && t < static_cast<std::int32_t>(document_.text.tokens.size()) &&
               token(t).sentence == token(of_).sentence;
    }

    const Annotated& document_;
    std::int32_t of_;
};

}  // namespace framelens::mentions_detail
