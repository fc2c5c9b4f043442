// scikit-learn's rules for what a text is cut into: runs of word characters, or of all but space.
#pragma once

#include "framelens/types.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace framelens {

struct BitKernels;
struct BlockKernels;
struct CopyKernels;
struct UnitRule;

/// `words`: maximal runs of what Python's `str.isalnum()` accepts, or "_", as in the pattern
/// `\w+`. `solid`: maximal runs of what is not white space. `whole`: the text as it is.
enum class Cut : std::uint8_t { words, solid, whole };

struct CutRule {
    Cut cut = Cut::words;
    bool lowercase = true;  // by Python's `str.lower()`
    bool portable = false;  // no vector instructions; the result is the same
};

/// Cuts texts, piece by piece, so that memory stays bounded however long a text is. One cutter is
/// used for many texts and keeps its memory; it belongs to one thread.
class TextCutter {
public:
    explicit TextCutter(CutRule rule);

    /// Starts a text, which must live until its last piece is cut.
    void start(const TextView& text) noexcept;
    /// Cuts the next piece of it (an empty text has one); false if there is none. No run is ever parted.
    /// Errors: EncodingError for a surrogate, with its code point in the text, and for unchecked bytes
    /// that are not UTF-8, with the first of these (document 0);
    /// ValueError for a single run of more than 1 GiB.
    bool next();

    /// The piece in UTF-8, lower-cased where asked for. Outside the runs it is not the text's.
    /// `readable_slack` bytes behind its end may be read.
    [[nodiscard]] std::string_view text() const noexcept { return {text_.data(), size_}; }
    static constexpr std::size_t readable_slack = 64;
    /// Begin and end of each run in `text()`, one after the other: bytes.
    [[nodiscard]] std::span<const std::uint32_t> bounds() const noexcept {
        return {bounds_.data(), bound_count_};
    }

private:
    bool copy(std::int64_t begin, std::int64_t end, const CutRule& rule, const TextView& input,
              const UnitRule& by_unit);
    void lower_by_context(std::int64_t begin);
    void find_bounds();

    CutRule rule_;
    const CopyKernels* copy_;
    const BlockKernels* kernels_;
    const BitKernels* bits_;
    const UnitRule* units_;
    TextView input_;
    std::int64_t at_ = 0;
    bool begun_ = false;
    std::vector<char> text_;
    std::size_t size_ = 0;
    std::vector<std::uint64_t> masks_;
    std::vector<std::uint32_t> bounds_;
    std::size_t bound_count_ = 0;
};

}  // namespace framelens
