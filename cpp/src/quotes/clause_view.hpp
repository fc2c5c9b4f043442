// One sentence of a paragraph or quotation, piece by piece.
#pragma once

#include "framelens/grammar.hpp"
#include "framelens/quotes.hpp"
#include "framelens/word_endings.hpp"
#include "pieces.hpp"

#include <algorithm>
#include <string_view>

namespace framelens::quotes_detail {

/// The pieces of one sentence: words, and quotations that are one piece each.
class ClauseView {
public:
    ClauseView(const SegmentedText& text, const DocumentNames& names, const References& references,
               const Grammar& grammar, Pieces pieces)
        : text_(text), names_(names), references_(references), grammar_(grammar), pieces_(pieces) {}

    [[nodiscard]] std::string_view printed(std::size_t at) const {
        return text_.at(token(at).span);
    }

    [[nodiscard]] const Token& token(std::size_t at) const {
        return text_.tokens[static_cast<std::size_t>(pieces_[at].token)];
    }
    [[nodiscard]] bool is_quote(std::size_t at) const { return pieces_[at].mark.has_value(); }
    [[nodiscard]] bool is(std::size_t at, WordClass any) const {
        return !is_quote(at) && token(at).is(any);
    }
    [[nodiscard]] bool is(std::size_t at, Marker any) const {
        return !is_quote(at) && token(at).is(any);
    }
    [[nodiscard]] const Inflection& inflection() const noexcept { return inflection_of(text_); }
    [[nodiscard]] bool is_mark(std::size_t at, char32_t mark) const {
        return !is_quote(at) && token(at).mark == mark;
    }
    [[nodiscard]] std::size_t size() const { return pieces_.size(); }
    [[nodiscard]] Pieces pieces() const { return pieces_; }
    /// The first piece at or behind a token; `size()` where there is none.
    [[nodiscard]] std::size_t first_from(std::int32_t token) const {
        const auto found =
            std::lower_bound(pieces_.begin(), pieces_.end(), token,
                             [](const Piece& piece, std::int32_t t) { return piece.token < t; });
        return static_cast<std::size_t>(found - pieces_.begin());
    }
    /// How the language orders its words.
    [[nodiscard]] const WordOrder& order() const noexcept;

protected:
    const SegmentedText& text_;
    const DocumentNames& names_;
    const References& references_;
    const Grammar& grammar_;
    Pieces pieces_;
};

}  // namespace framelens::quotes_detail
