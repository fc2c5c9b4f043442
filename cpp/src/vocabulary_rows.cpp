#include "vocabulary_rows.hpp"

#include "framelens/error.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

namespace framelens {
namespace {

std::size_t at(std::int64_t position) noexcept {
    return static_cast<std::size_t>(position);
}

// An entry of a row: what it is sorted by above, its count below.
using Item = std::uint64_t;

Item make_item(std::int32_t key, std::uint32_t count) noexcept {
    return static_cast<Item>(static_cast<std::uint32_t>(key)) << 32U | count;
}
std::int32_t key_of_item(Item item) noexcept {
    return static_cast<std::int32_t>(item >> 32U);
}

// Sorts rows by their keys, which are below 2^bits: long rows byte by byte.
class RowSorter {
public:
    explicit RowSorter(std::int64_t keys)
        : bytes_(static_cast<unsigned>(
              (std::bit_width(static_cast<std::uint64_t>(std::max<std::int64_t>(keys, 1))) + 7) /
              8)) {}

    void sort(std::vector<Item>& row) {
        if (std::is_sorted(row.begin(), row.end())) return;
        if (row.size() < 64) {
            std::sort(row.begin(), row.end());
            return;
        }
        other_.resize(row.size());
        for (unsigned byte = 0; byte < bytes_; ++byte) pass(row, 32 + 8 * byte);
    }

private:
    void pass(std::vector<Item>& row, unsigned shift) {
        std::array<std::uint32_t, 256> place{};
        for (const Item item : row) ++place[item >> shift & 0xFFU];
        std::uint32_t sum = 0;
        for (std::uint32_t& first : place) sum += std::exchange(first, sum);
        for (const Item item : row) other_[place[item >> shift & 0xFFU]++] = item;
        row.swap(other_);
    }

    unsigned bytes_;
    std::vector<Item> other_;
};

}  // namespace

// Calls `make(row, sorter, document, numbers, entries)` for each document.
template <class Make>
void CountedTexts::for_each_row(std::int64_t keys, const Run& run, const Make& make) {
    if (documents_ > 0 && chunks_.empty()) throw ValueError("the rows were taken before");
    parallel_for(std::ssize(chunks_), run, 1, [&](std::int64_t begin, std::int64_t end) {
        RowSorter sorter(keys);
        std::vector<Item> row;
        for (std::int64_t c = begin; c < end; ++c) {
            Chunk& chunk = chunks_[at(c)];
            std::size_t first = 0;
            std::int64_t document = chunk.first_document;
            for (const std::size_t last : chunk.row_ends) {
                row.clear();
                make(row, sorter, document++, numbers_[chunk.worker],
                     std::span{chunk.entries}.subspan(first, last - first));
                first = last;
            }
            chunk = Chunk{};
        }
    });
    forget_rows();
}

void CountedTexts::forget_rows() noexcept {
    chunks_ = {};
    numbers_ = {};
}

std::vector<std::int64_t> CountedTexts::row_starts(std::span<const std::int32_t> columns) const {
    if (documents_ > 0 && chunks_.empty()) throw ValueError("the rows were taken before");
    if (std::ssize(columns) != size()) throw ValueError("there must be one column for each term");
    const bool all = std::none_of(columns.begin(), columns.end(), [](auto c) { return c < 0; });
    std::vector<std::int64_t> starts{0};
    starts.reserve(at(documents_) + 1);
    for (const Chunk& chunk : chunks_) {
        const std::vector<std::int32_t>& numbers = numbers_[chunk.worker];
        std::size_t first = 0;
        for (const std::size_t last : chunk.row_ends) {
            std::int64_t kept = static_cast<std::int64_t>(last - first);
            for (; !all && first < last; ++first) {
                kept -= columns[at(numbers[chunk.entries[first].term])] < 0 ? 1 : 0;
            }
            first = last;
            starts.push_back(starts.back() + kept);
        }
    }
    return starts;
}

template <class Value>
void CountedTexts::fill(std::span<const std::int32_t> columns, bool by_column,
                        std::span<const std::int64_t> starts, std::span<std::int32_t> indices,
                        std::span<Value> data, const RowFinish<Value>& finish, const Run& run) {
    if (std::ssize(columns) != size() || std::ssize(starts) != documents_ + 1 ||
        std::ssize(indices) != starts.back() || indices.size() != data.size()) {
        throw ValueError("the rows to fill are not of this shape");
    }
    std::int64_t keys = size();
    for (const std::int32_t column : columns) keys = std::max<std::int64_t>(keys, column + 1);
    for_each_row(
        keys, run,
        [&](auto& row, auto& sorter, auto document, const auto& numbers, const auto& entries) {
            for (const Entry entry : entries) {
                const std::int32_t number = numbers[entry.term];
                const std::int32_t column = columns[at(number)];
                if (column >= 0) row.push_back(make_item(by_column ? column : number, entry.count));
            }
            sorter.sort(row);
            const std::size_t first = at(starts[at(document)]);
            for (std::size_t i = 0; i < row.size(); ++i) {
                const std::int32_t key = key_of_item(row[i]);
                indices[first + i] = by_column ? key : columns[at(key)];
                data[first + i] = static_cast<Value>(static_cast<std::uint32_t>(row[i]));
            }
            if (finish) finish(indices.subspan(first, row.size()), data.subspan(first, row.size()));
        });
}

CsrRows<std::int32_t> CountedTexts::signed_sums(std::span<const std::int32_t> columns,
                                                std::int64_t column_count, const Run& run) {
    if (std::ssize(columns) != size()) throw ValueError("there must be one column for each term");
    std::vector<std::vector<std::pair<std::int32_t, std::int32_t>>> rows(at(documents_));
    for_each_row(
        column_count, run,
        [&](auto& row, auto& sorter, auto document, const auto& numbers, const auto& entries) {
            for (const Entry entry : entries) {
                const std::int32_t column = columns[at(numbers[entry.term])];
                row.push_back(column < 0 ? make_item(-1 - column, 0U - entry.count)
                                         : make_item(column, entry.count));
            }
            sorter.sort(row);
            auto& sums = rows[at(document)];
            sums.reserve(row.size());
            for (const Item item : row) {
                const std::int32_t column = key_of_item(item);
                if (sums.empty() || sums.back().first != column) sums.emplace_back(column, 0);
                sums.back().second += static_cast<std::int32_t>(static_cast<std::uint32_t>(item));
            }
        });
    CsrRows<std::int32_t> result;
    result.columns = column_count;
    for (const auto& row : rows) {
        result.indptr.push_back(result.indptr.back() + std::ssize(row));
    }
    result.indices.reserve(at(result.indptr.back()));
    result.data.reserve(at(result.indptr.back()));
    for (const auto& row : rows) {
        for (const auto& [column, sum] : row) {
            result.indices.push_back(column);
            result.data.push_back(sum);
        }
    }
    return result;
}

template void CountedTexts::fill(std::span<const std::int32_t>, bool, std::span<const std::int64_t>,
                                 std::span<std::int32_t>, std::span<std::int32_t>,
                                 const RowFinish<std::int32_t>&, const Run&);
template void CountedTexts::fill(std::span<const std::int32_t>, bool, std::span<const std::int64_t>,
                                 std::span<std::int32_t>, std::span<std::int64_t>,
                                 const RowFinish<std::int64_t>&, const Run&);
template void CountedTexts::fill(std::span<const std::int32_t>, bool, std::span<const std::int64_t>,
                                 std::span<std::int32_t>, std::span<float>, const RowFinish<float>&,
                                 const Run&);
template void CountedTexts::fill(std::span<const std::int32_t>, bool, std::span<const std::int64_t>,
                                 std::span<std::int32_t>, std::span<double>,
                                 const RowFinish<double>&, const Run&);

}  // namespace framelens
