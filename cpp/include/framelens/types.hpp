// Spans, sparse rows and columns of strings: the furniture that every room uses.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace framelens {

/// A half-open range of bytes in one text. Code points exist only at the border to Python.
struct Span {
    std::int64_t start = 0;
    std::int64_t end = 0;

    [[nodiscard]] constexpr std::int64_t size() const noexcept { return end - start; }
    [[nodiscard]] constexpr bool contains(Span other) const noexcept {
        return start <= other.start && other.end <= end;
    }
    [[nodiscard]] constexpr bool overlaps(Span other) const noexcept {
        return start < other.end && other.start < end;
    }
    friend constexpr bool operator==(Span, Span) = default;
};

/// A span in half the space, of a text shorter than 2 GiB.
struct ShortSpan {
    std::int32_t start = 0;
    std::int32_t end = 0;

    [[nodiscard]] constexpr std::int64_t size() const noexcept { return end - start; }
    // Not explicit: it goes wherever a span is asked for.
    constexpr operator Span() const noexcept { return {start, end}; }
};

/// How the units of a `TextView` stand for characters: UTF-8, or one code point a unit.
/// `utf8_unchecked`: bytes that may not be UTF-8; who reads them checks them.
enum class Units : std::uint8_t { utf8, utf8_unchecked, ucs1, ucs2, ucs4 };

/// Somebody else's text as it lies in memory: UTF-8, or code points of 1, 2 or 4 bytes.
struct TextView {
    const void* data = nullptr;
    std::int64_t length = 0;  // in units
    Units units = Units::utf8;

    TextView() = default;
    TextView(const void* first, std::int64_t count, Units kind) noexcept
        : data(first), length(count), units(kind) {}
    // Not explicit: UTF-8 is what the engine itself works with.
    TextView(std::string_view text) noexcept
        : data(text.data()), length(static_cast<std::int64_t>(text.size())) {}
};

/// Compressed sparse rows.
/// Shapes: `indptr` has rows + 1 entries; `indices` and `data` have one entry per non-zero.
template <class Value>
struct CsrRows {
    std::vector<std::int64_t> indptr{0};
    std::vector<std::int32_t> indices;
    std::vector<Value> data;
    std::int64_t columns = 0;

    [[nodiscard]] std::int64_t rows() const noexcept {
        return static_cast<std::int64_t>(indptr.size()) - 1;
    }
};

/// Somebody else's compressed sparse rows, as `CsrRows`; the owner must outlive the view.
template <class Value>
struct CsrView {
    std::span<const std::int64_t> indptr;
    std::span<const std::int32_t> indices;
    std::span<const Value> data;
    std::int64_t columns = 0;

    CsrView() = default;
    CsrView(std::span<const std::int64_t> row_starts, std::span<const std::int32_t> column_of,
            std::span<const Value> values, std::int64_t column_count)
        : indptr(row_starts), indices(column_of), data(values), columns(column_count) {}
    // Not explicit: owned rows go wherever a view is asked for.
    CsrView(const CsrRows<Value>& rows)
        : indptr(rows.indptr), indices(rows.indices), data(rows.data), columns(rows.columns) {}

    [[nodiscard]] std::int64_t rows() const noexcept {
        return indptr.empty() ? 0 : static_cast<std::int64_t>(indptr.size()) - 1;
    }
};

/// Strings end to end: entry i is `bytes[offsets[i], offsets[i + 1])`, as in Arrow.
struct StringColumn {
    std::string bytes;
    std::vector<std::int64_t> offsets{0};

    [[nodiscard]] std::int64_t size() const noexcept {
        return static_cast<std::int64_t>(offsets.size()) - 1;
    }
    [[nodiscard]] std::string_view operator[](std::int64_t entry) const noexcept {
        const auto at = static_cast<std::size_t>(entry);
        return std::string_view{bytes}.substr(
            static_cast<std::size_t>(offsets[at]),
            static_cast<std::size_t>(offsets[at + 1] - offsets[at]));
    }
    void push_back(std::string_view text) {
        bytes.append(text);
        offsets.push_back(static_cast<std::int64_t>(bytes.size()));
    }
};

/// How often each document has each term.
/// Shapes: `rows` is documents x terms; `terms[j]` is the term of column j.
struct TermCounts {
    StringColumn terms;
    CsrRows<std::int32_t> rows;
};

}  // namespace framelens
