#include "framelens/vocabulary.hpp"
#include "vocabulary_rows.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <numeric>
#include <utility>

namespace framelens {
namespace {

std::size_t at(std::int64_t position) noexcept {
    return static_cast<std::size_t>(position);
}

struct Keyed {
    std::uint64_t key = 0;
    std::int32_t term = 0;
};

// Sorts by key, two bytes at a time, leaving out those that are the same in all; stable.
void sort_by_key(std::vector<Keyed>& terms) {
    constexpr unsigned bits = 11;
    std::vector<Keyed> other(terms.size());
    std::vector<std::uint32_t> place;
    for (unsigned shift = 0; shift < 64; shift += bits) {
        place.assign(std::size_t{1} << bits, 0);
        const auto digit = [shift](const Keyed& term) {
            return term.key >> shift & ((1U << bits) - 1U);
        };
        for (const Keyed& term : terms) ++place[digit(term)];
        if (terms.empty() || place[digit(terms.front())] == terms.size()) continue;
        std::uint32_t sum = 0;
        for (std::uint32_t& first : place) sum += std::exchange(first, sum);
        for (const Keyed& term : terms) other[place[digit(term)]++] = term;
        terms.swap(other);
    }
}

// The first bytes of a term as a number that sorts as they do, shorter terms filled with zeros.
std::uint64_t prefix_of(std::string_view term) noexcept {
    std::array<unsigned char, 8> bytes{};
    std::memcpy(bytes.data(), term.data(), std::min(term.size(), bytes.size()));
    std::uint64_t prefix = 0;
    for (const unsigned char byte : bytes) prefix = prefix << 8U | byte;
    return prefix;
}

// UTF-8 bytes, compared as unsigned, sort as code points do. `text_of` gives each term's.
template <class TextOf>
void sort_texts(std::vector<Keyed>& terms, const TextOf& text_of) {
    for (Keyed& term : terms) term.key = prefix_of(text_of(term.term));
    sort_by_key(terms);
    for (auto first = terms.begin(); first != terms.end();) {
        const auto last = std::find_if(
            first, terms.end(), [first](const Keyed& term) { return term.key != first->key; });
        if (last - first > 1) {
            std::sort(first, last, [&text_of](const Keyed& a, const Keyed& b) {
                return text_of(a.term) < text_of(b.term);
            });
        }
        first = last;
    }
}

std::vector<std::int32_t> terms_of(const std::vector<Keyed>& sorted) {
    std::vector<std::int32_t> terms(sorted.size());
    std::transform(sorted.begin(), sorted.end(), terms.begin(),
                   [](const Keyed& term) { return term.term; });
    return terms;
}

std::uint32_t rotate(std::uint32_t value, int by) noexcept {
    return std::rotl(value, by);
}

// Source: A. Appleby, MurmurHash3_x86_32 (public domain), with seed 0.
std::uint32_t murmur3(std::string_view text) noexcept {
    constexpr std::uint32_t c1 = 0xCC9E2D51U;
    constexpr std::uint32_t c2 = 0x1B873593U;
    std::uint32_t hash = 0;
    const std::size_t whole = text.size() & ~std::size_t{3};
    const auto scrambled = [](std::uint32_t block) { return rotate(block * c1, 15) * c2; };
    for (std::size_t i = 0; i < whole; i += 4) {
        std::uint32_t block = 0;
        std::memcpy(&block, text.data() + i, sizeof(block));
        hash = rotate(hash ^ scrambled(block), 13) * 5 + 0xE6546B64U;
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

}  // namespace

std::vector<std::int32_t> sorted_terms(const StringColumn& terms) {
    std::vector<Keyed> keyed(at(terms.size()));
    for (std::size_t i = 0; i < keyed.size(); ++i) keyed[i].term = static_cast<std::int32_t>(i);
    sort_texts(keyed, [&terms](std::int32_t term) { return terms[term]; });
    return terms_of(keyed);
}

// Words have no character below the space, so that "a b" stands before "ab": n-grams sort as their
// words do, and those of at most two words by the ranks of these.
std::vector<std::int32_t> CountedTexts::sorted(const Run& run) const {
    const TermTable& table = *table_;
    if (longest_ > 2) return sorted_terms(terms(run));
    std::vector<Keyed> words;
    words.reserve(table.size());
    for (std::uint32_t term = 0; term < table.size(); ++term) {
        if (table.is_string(term)) words.push_back({0, static_cast<std::int32_t>(term)});
    }
    sort_texts(words, [&table](std::int32_t term) {
        return table.text(static_cast<std::uint32_t>(term));
    });
    std::vector<std::uint32_t> rank(table.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
        rank[at(words[i].term)] = static_cast<std::uint32_t>(i) + 1;
    }
    std::vector<Keyed> keyed(table_terms_.size());
    for (std::size_t i = 0; i < keyed.size(); ++i) {
        const std::uint32_t term = table_terms_[i];
        const auto [first, second] =
            table.is_string(term)
                ? std::pair{rank[term], 0U}
                : std::pair{rank[table.parts(term).first], rank[table.parts(term).second]};
        keyed[i] = {std::uint64_t{first} << 32U | second, static_cast<std::int32_t>(i)};
    }
    sort_by_key(keyed);
    return terms_of(keyed);
}

StringColumn CountedTexts::terms(const Run& run) const {
    StringColumn column;
    column.offsets.reserve(table_terms_.size() + 1);
    for (const std::uint32_t term : table_terms_) {
        column.offsets.push_back(column.offsets.back() +
                                 static_cast<std::int64_t>(table_->full_size(term)));
    }
    column.bytes.resize(at(column.offsets.back()));
    constexpr std::int64_t terms_per_chunk = 1 << 14;
    parallel_for(size(), {run.threads, {}}, terms_per_chunk, [&](auto begin, auto end) {
        for (std::size_t i = at(begin); i < at(end); ++i) {
            table_->write(table_terms_[i], column.bytes.data() + column.offsets[i]);
        }
    });
    return column;
}

std::vector<std::int32_t> hashed_columns(const StringColumn& terms, std::int64_t column_count,
                                         bool alternate_sign) {
    std::vector<std::int32_t> columns(at(terms.size()));
    for (std::int64_t i = 0; i < terms.size(); ++i) {
        const auto hash = static_cast<std::int32_t>(murmur3(terms[i]));
        const std::int64_t size = hash < 0 ? -std::int64_t{hash} : std::int64_t{hash};
        const auto column = static_cast<std::int32_t>(size % column_count);
        columns[at(i)] = alternate_sign && hash < 0 ? -1 - column : column;
    }
    return columns;
}

}  // namespace framelens
