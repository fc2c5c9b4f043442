#include "framelens/error.hpp"
#include "framelens/types_positions.hpp"
#include "order.hpp"
#include "rows.hpp"
#include "table.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace framelens {
namespace {

constexpr std::int64_t terms_per_chunk = 1 << 13;

// Source: A. Appleby, MurmurHash3_x86_32 (public domain), with seed 0.
std::uint32_t murmur3(std::string_view text) noexcept {
    constexpr std::uint32_t c1 = 0xCC9E2D51U;
    constexpr std::uint32_t c2 = 0x1B873593U;
    std::uint32_t hash = 0;
    const std::size_t whole = text.size() & ~std::size_t{3};
    const auto scrambled = [](std::uint32_t block) { return std::rotl(block * c1, 15) * c2; };
    for (std::size_t i = 0; i < whole; i += 4) {
        std::uint32_t block = 0;
        std::memcpy(&block, text.data() + i, sizeof(block));
        hash = std::rotl(hash ^ scrambled(block), 13) * 5 + 0xE6546B64U;
    }
    std::uint32_t tail = 0;
    for (std::size_t i = text.size(); i > whole; --i) {
        tail = tail << 8U | static_cast<unsigned char>(text[i - 1]);
    }
    hash ^= scrambled(tail);
    hash ^= static_cast<std::uint32_t>(text.size());
    hash = (hash ^ hash >> 16U) * 0x85EBCA6BU;
    hash = (hash ^ hash >> 13U) * 0xC2B2AE35U;
    return hash ^ hash >> 16U;
}

// What a term counts for: the rank of its column among those in use, whether another term of the
// same worker has it, and whether it counts down.
struct Place {
    std::uint32_t rank = 0;
    bool shared = false;
    bool down = false;
};
std::int32_t pack(Place place) noexcept {
    return static_cast<std::int32_t>(place.rank << 2U | (place.shared ? 2U : 0U) |
                                     (place.down ? 1U : 0U));
}
Place unpack(std::int32_t packed) noexcept {
    const auto bits = static_cast<std::uint32_t>(packed);
    return {bits >> 2U, (bits & 2U) != 0, (bits & 1U) != 0};
}
constexpr std::int32_t largest_rank = (1 << 30) - 1;

}  // namespace

// Column and sign of each term of each worker: the key is the column, shifted by the sign.
void CountedTexts::hash_terms(Hashing hashing, const Run& run) {
    KeyedTerms keyed;
    for (std::size_t w = 0; w < tables_.size(); ++w) {
        const TermTable& table = tables_[w];
        const std::size_t before = keyed.size();
        keyed.resize(before + table.size());
        parallel_for(table.size(), run, terms_per_chunk, [&](auto begin, auto end) {
            std::string text;
            for (std::size_t term = at(begin); term < at(end); ++term) {
                text.resize(table.full_size(static_cast<std::uint32_t>(term)));
                table.write(static_cast<std::uint32_t>(term), text.data());
                const auto hash = static_cast<std::int32_t>(murmur3(text));
                const std::int64_t size = hash < 0 ? -std::int64_t{hash} : std::int64_t{hash};
                const auto column = static_cast<std::uint64_t>(size % hashing.columns);
                const bool down = hashing.alternate_sign && hash < 0;
                keyed[before + term] = {column << 1U | (down ? 1U : 0U),
                                        static_cast<std::int32_t>(before + term)};
            }
        });
    }
    sort_by_key(keyed, run);
    rank_columns(keyed);
}

void CountedTexts::rank_columns(std::span<const Keyed> keyed) {
    std::vector<std::size_t> firsts;  // of the terms of each worker
    std::size_t terms = 0;
    numbers_.assign(tables_.size(), {});
    for (std::size_t w = 0; w < tables_.size(); ++w) {
        firsts.push_back(terms);
        numbers_[w].resize(tables_[w].size());
        terms += tables_[w].size();
    }
    const auto worker_of = [&firsts](std::int32_t term) {
        return at(std::upper_bound(firsts.begin(), firsts.end(), at(term)) - firsts.begin()) - 1;
    };
    for (std::size_t first = 0; first < keyed.size();) {
        const std::uint64_t column = keyed[first].key >> 1U;
        std::size_t last = first;
        while (last < keyed.size() && keyed[last].key >> 1U == column) ++last;
        if (std::ssize(hashed_columns_) > largest_rank) {
            throw ValueError("more than 2^30 hashed columns are in use");
        }
        const auto rank = static_cast<std::uint32_t>(hashed_columns_.size());
        hashed_columns_.push_back(static_cast<std::int32_t>(column));
        for (std::size_t i = first; i < last; ++i) {
            const std::size_t w = worker_of(keyed[i].term);
            const bool shared =
                last - first > tables_.size() ||
                std::any_of(keyed.begin() + std::ptrdiff_t(first),
                            keyed.begin() + std::ptrdiff_t(last), [&](const Keyed& other) {
                                return other.term != keyed[i].term && worker_of(other.term) == w;
                            });
            numbers_[w][at(keyed[i].term) - firsts[w]] =
                pack({rank, shared, (keyed[i].key & 1U) != 0});
        }
        first = last;
    }
}

std::vector<std::int64_t> CountedTexts::hash_rows(Hashing hashing, const Run& run) {
    if (documents_ > 0 && chunks_.empty()) throw ValueError("the rows were taken before");
    if (hashing.columns < 1) throw ValueError("there must be at least one hashed column");
    hash_terms(hashing, run);
    std::vector<std::int64_t> starts(at(documents_) + 1);
    parallel_for(std::ssize(chunks_), run, 1, [&](std::int64_t begin, std::int64_t end) {
        std::vector<std::uint32_t> shared;
        for (std::int64_t c = begin; c < end; ++c) {
            const Chunk& chunk = chunks_[at(c)];
            const std::vector<std::int32_t>& places = numbers_[chunk.worker];
            PackedEntries::Reader entries(chunk.entries);
            std::int64_t* start = starts.data() + chunk.first_document;
            for (const std::uint32_t size : chunk.row_sizes) {
                shared.clear();
                entries.read(size, [&](std::uint32_t term, std::uint32_t /*count*/) {
                    const Place place = unpack(places[term]);
                    if (place.shared) shared.push_back(place.rank);
                });
                std::sort(shared.begin(), shared.end());
                const auto twice = shared.end() - std::unique(shared.begin(), shared.end());
                *++start = size - twice;
            }
        }
    });
    for (std::size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
    return starts;
}

template <class Value>
void CountedTexts::fill_hashed(std::span<const std::int64_t> starts,
                               std::span<std::int32_t> indices, std::span<Value> data,
                               const RowFinish<Value>& finish, const Run& run) {
    if (std::ssize(starts) != documents_ + 1 || std::ssize(indices) != starts.back() ||
        indices.size() != data.size()) {
        throw ValueError("the rows to fill are not of this shape");
    }
    for_each_row(std::ssize(hashed_columns_), run,
                 [&](Tally<Sum>& tally, std::int64_t document, const Chunk& chunk,
                     PackedEntries::Reader& entries, std::uint32_t size) {
                     const std::vector<std::int32_t>& places = numbers_[chunk.worker];
                     entries.read(size, [&](std::uint32_t term, std::uint32_t count) {
                         const Place place = unpack(places[term]);
                         tally.add(place.rank, place.down ? 0U - count : count);
                     });
                     const std::size_t first = at(starts[at(document)]);
                     const std::size_t length = at(starts[at(document) + 1]) - first;
                     std::int32_t* index = indices.data() + first;
                     Value* value = data.data() + first;
                     tally.take([&](std::size_t rank, const Sum& counter) {
                         *index++ = hashed_columns_[rank];
                         *value++ = static_cast<Value>(static_cast<std::int32_t>(counter.sum));
                     });
                     if (finish)
                         finish(indices.subspan(first, length), data.subspan(first, length));
                 });
}

template void CountedTexts::fill_hashed(std::span<const std::int64_t>, std::span<std::int32_t>,
                                        std::span<std::int32_t>, const RowFinish<std::int32_t>&,
                                        const Run&);
template void CountedTexts::fill_hashed(std::span<const std::int64_t>, std::span<std::int32_t>,
                                        std::span<std::int64_t>, const RowFinish<std::int64_t>&,
                                        const Run&);
template void CountedTexts::fill_hashed(std::span<const std::int64_t>, std::span<std::int32_t>,
                                        std::span<float>, const RowFinish<float>&, const Run&);
template void CountedTexts::fill_hashed(std::span<const std::int64_t>, std::span<std::int32_t>,
                                        std::span<double>, const RowFinish<double>&, const Run&);

}  // namespace framelens
