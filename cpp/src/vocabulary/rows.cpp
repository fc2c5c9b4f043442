#include "rows.hpp"

#include "framelens/error.hpp"
#include "framelens/types_positions.hpp"
#include "table.hpp"

#include <algorithm>
#include <span>

namespace framelens {

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
        PackedEntries::Reader entries(chunk.entries);
        for (const std::uint32_t size : chunk.row_sizes) {
            std::int64_t kept = size;
            if (!all) {
                entries.read(size, [&](std::uint32_t term, std::uint32_t /*count*/) {
                    kept -= columns[at(numbers[term])] < 0 ? 1 : 0;
                });
            }
            starts.push_back(starts.back() + kept);
        }
    }
    return starts;
}

// Terms of each table, from its first on, whose numbers ascend and are below all others.
std::uint32_t CountedTexts::ordered_terms(bool by_column) const noexcept {
    if (by_column) return 0;
    return tables_.size() == 1 ? tables_.front().size() : common_;
}

// From now on a term's number is its column, -1 for none; but for a term that its number orders,
// if it has a column.
void CountedTexts::number_by_column(std::span<const std::int32_t> columns, bool by_column,
                                    const Run& run) {
    if (documents_ > 0 && chunks_.empty()) throw ValueError("the rows were taken before");
    constexpr std::int64_t terms_per_chunk = 1 << 14;
    const std::size_t ordered = ordered_terms(by_column);
    for (std::vector<std::int32_t>& numbers : numbers_) {
        parallel_for(std::ssize(numbers), run, terms_per_chunk, [&](auto begin, auto end) {
            for (std::size_t term = at(begin); term < at(end); ++term) {
                if (numbers[term] < 0) continue;
                const std::int32_t column = columns[at(numbers[term])];
                if (by_column || term < ordered || column < 0) numbers[term] = column;
            }
        });
    }
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
    const std::uint32_t ordered = ordered_terms(by_column);
    number_by_column(columns, by_column, run);
    for_each_row(keys, run,
                 [&](Tally<Sum>& tally, std::int64_t document, const Chunk& chunk,
                     PackedEntries::Reader& entries, std::uint32_t size) {
                     const std::int32_t* numbers = numbers_[chunk.worker].data();
                     const std::size_t first = at(starts[at(document)]);
                     const std::size_t length = at(starts[at(document) + 1]) - first;
                     std::int32_t* index = indices.data() + first;
                     Value* value = data.data() + first;
                     const auto put = [&](std::int32_t column, std::uint32_t count) {
                         *index++ = column;
                         *value++ = static_cast<Value>(count);
                     };
                     entries.read(size, [&](std::uint32_t term, std::uint32_t count) {
                         const std::int32_t number = numbers[term];
                         if (number < 0) return;
                         if (term < ordered) {
                             put(number, count);
                         } else {
                             tally.add(at(number), count);
                         }
                     });
                     tally.take([&](std::size_t key, const Sum& counter) {
                         put(by_column ? static_cast<std::int32_t>(key) : columns[key],
                             counter.sum);
                     });
                     if (finish)
                         finish(indices.subspan(first, length), data.subspan(first, length));
                 });
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
