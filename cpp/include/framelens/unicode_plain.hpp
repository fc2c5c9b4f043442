// Plain text, which is what the rooms read, and the way back to the text that was given.
#pragma once

#include "framelens/types.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace framelens {

/// The stretches of a text that were rewritten, in text order.
class Rewrites {
public:
    /// The bytes `before` of the old text became the bytes `after` of the new one.
    void add(Span before, Span after) { edits_.push_back({before, after}); }
    [[nodiscard]] bool empty() const noexcept { return edits_.empty(); }
    /// Where a span of the new text stands in the old one: without what was left out beside it, and
    /// with the whole of what it holds a part of. Cost: logarithmic in the rewritten stretches.
    [[nodiscard]] Span place_of(Span after) const noexcept;

private:
    struct Edit {
        Span before;
        Span after;
    };
    std::vector<Edit> edits_;
};

/// What is put for a stretch of a text.
struct Replacement {
    Span span;
    std::string_view text;
};

/// What a plain text was before.
class GivenText {
public:
    /// The text was plain when it was given.
    GivenText() = default;

    [[nodiscard]] bool is_plain() const noexcept { return steps_.empty(); }
    /// The text that was given; `plain` is what `make_plain` made of it.
    [[nodiscard]] std::string_view text(std::string_view plain) const noexcept {
        return is_plain() ? plain : std::string_view{text_};
    }
    /// Where a span of the plain text stands in the one that was given.
    [[nodiscard]] Span place_of(Span plain) const noexcept;
    /// Where the first `given_end` bytes of the given text end in `plain`, which was made of it.
    /// Cost: logarithmic.
    [[nodiscard]] std::int64_t plain_end(std::string_view plain,
                                         std::int64_t given_end) const noexcept;

    /// Rewrites `text`, which is given or what earlier steps made of it.
    /// Requires replacements in text order that do not overlap.
    void rewrite(std::string& text, std::span<const Replacement> replacements);
    /// Makes `text`, which is given or what earlier steps made of it, plain.
    void make_plain(std::string& text);

private:
    void take(std::string& text, std::string&& written, Rewrites&& rewrites);

    std::string text_;
    std::vector<Rewrites> steps_;
};

/// Makes valid UTF-8 `text` plain: in NFC, without default-ignorable code points (soft hyphens,
/// zero-width spaces and joiners, direction and variation marks, ...), and with U+0020 for every
/// space of Unicode. A soft hyphen at the end of a line joins both halves of its word. Line ends stay
/// as they are. Cost: one pass; nothing is copied of a text that is plain, as most are.
[[nodiscard]] GivenText make_plain(std::string& text);

/// True if `make_plain` would surely leave the text as it is. Requires valid UTF-8 where the text is
/// UTF-8. Cost: one pass, nothing is copied.
[[nodiscard]] bool is_plain(const TextView& text);

}  // namespace framelens
