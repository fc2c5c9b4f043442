#include "order.hpp"
#include "framelens/types_positions.hpp"
#include "framelens/vocabulary.hpp"
#include "rows.hpp"
#include "table.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <utility>

namespace framelens {
namespace {

// The first bytes of a term as a number that sorts as they do, shorter terms filled with zeros.
std::uint64_t prefix_of(std::string_view term) noexcept {
    std::array<unsigned char, 8> bytes{};
    std::memcpy(bytes.data(), term.data(), std::min(term.size(), bytes.size()));
    std::uint64_t prefix = 0;
    for (const unsigned char byte : bytes) prefix = prefix << 8U | byte;
    return prefix;
}

constexpr std::int64_t terms_per_chunk = 1 << 14;
constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

using Part = std::span<Keyed>;
constexpr std::size_t key_bytes = 8;

// By key, eleven bits at a time, leaving out those that are the same in all; equal keys by term,
// as which they must come.
void sort_part(Part terms) {
    constexpr unsigned bits = 11;
    constexpr unsigned digits = (64 + bits - 1) / bits;
    if (terms.size() < 256) {
        std::sort(terms.begin(), terms.end(), [](const Keyed& a, const Keyed& b) {
            return a.key != b.key ? a.key < b.key : a.term < b.term;
        });
        return;
    }
    const auto digit = [](const Keyed& term, unsigned number) {
        return term.key >> (bits * number) & ((1U << bits) - 1U);
    };
    std::vector<std::array<std::uint32_t, 1U << bits>> places(digits);
    for (const Keyed& term : terms) {
        for (unsigned number = 0; number < digits; ++number) ++places[number][digit(term, number)];
    }
    KeyedTerms copy(terms.size());
    Part other{copy};
    Part from = terms;
    for (unsigned number = 0; number < digits; ++number) {
        auto& place = places[number];
        if (place[digit(from.front(), number)] == from.size()) continue;
        std::uint32_t sum = 0;
        for (std::uint32_t& first : place) sum += std::exchange(first, sum);
        for (const Keyed& term : from) other[place[digit(term, number)]++] = term;
        std::swap(from, other);
    }
    if (from.data() != terms.data()) std::copy(from.begin(), from.end(), terms.begin());
}

// Merges two neighbours, the second of which begins at `middle`, piece by piece: pieces of the
// first, each with what of the second belongs behind its begin.
template <class Before>
void merge_piece(Part both, std::size_t middle, std::size_t piece, std::size_t pieces, Keyed* out,
                 const Before& before) {
    const Part first = both.first(middle);
    const Part second = both.subspan(middle);
    const auto place = [&](std::size_t number) -> std::pair<std::size_t, std::size_t> {
        if (number == 0) return {0, 0};
        if (number == pieces) return {first.size(), second.size()};
        const std::size_t at_first = first.size() * number / pieces;
        const auto at_second =
            std::lower_bound(second.begin(), second.end(), first[at_first], before);
        return {at_first, static_cast<std::size_t>(at_second - second.begin())};
    };
    const auto [first_begin, second_begin] = place(piece);
    const auto [first_end, second_end] = place(piece + 1);
    std::merge(
        first.begin() + std::ptrdiff_t(first_begin), first.begin() + std::ptrdiff_t(first_end),
        second.begin() + std::ptrdiff_t(second_begin), second.begin() + std::ptrdiff_t(second_end),
        out + first_begin + second_begin, before);
}

// Sorts parts, over threads, and merges them two by two. `sort` sorts a part as `before` has it.
template <class Sort, class Before>
void sort_in_parts(KeyedTerms& terms, const Run& run, const Sort& sort, const Before& before) {
    // A part of at most 2^18 terms lets a run stop soon; one of at least 2^12 is worth a merge.
    constexpr std::size_t min_part_terms = 1 << 12, max_part_terms = 1 << 18;
    const auto threads = static_cast<std::size_t>(run.threads);
    const std::size_t size = std::clamp(terms.size() / threads + 1, min_part_terms, max_part_terms);
    const std::size_t parts = (terms.size() + size - 1) / size;
    const auto bound = [&](std::size_t part) { return std::min(terms.size(), part * size); };
    parallel_for(std::int64_t(parts), run, 1, [&](auto begin, auto end) {
        for (std::size_t part = at(begin); part < at(end); ++part) {
            sort(Part{terms}.subspan(bound(part), bound(part + 1) - bound(part)));
        }
    });
    KeyedTerms other(parts > 1 ? terms.size() : 0);
    for (std::size_t width = 1; width < parts; width *= 2) {
        const std::size_t pairs = (parts + 2 * width - 1) / (2 * width);
        parallel_for(std::int64_t(pairs * threads), run, 1, [&](auto begin, auto end) {
            for (std::size_t piece = at(begin); piece < at(end); ++piece) {
                const std::size_t pair = piece / threads;
                const std::size_t first = bound(2 * pair * width);
                const Part both = Part{terms}.subspan(first, bound(2 * (pair + 1) * width) - first);
                merge_piece(both, bound((2 * pair + 1) * width) - first, piece % threads, threads,
                            other.data() + first, before);
            }
        });
        terms.swap(other);
    }
}

// UTF-8 bytes, compared as unsigned, sort as code points do. `text_of` gives each term's, of which
// the first `depth` bytes are equal in all.
template <class TextOf>
void sort_part_texts(Part terms, std::size_t depth, const TextOf& text_of) {
    // Each call goes `key_bytes` deeper, and inputs choose how long terms begin alike: the limit
    // of 64 calls guards the stack.
    constexpr std::size_t max_shared_bytes = 64 * key_bytes;
    if (depth >= max_shared_bytes) {
        std::sort(terms.begin(), terms.end(), [&](const Keyed& a, const Keyed& b) {
            return text_of(a.term) < text_of(b.term);
        });
        return;
    }
    bool ended = true;
    for (Keyed& term : terms) {
        const std::string_view text = text_of(term.term);
        term.key = text.size() > depth ? prefix_of(text.substr(depth)) : 0;
        ended = ended && text.size() <= depth;
    }
    if (ended) {  // They differ in the number of NULs at their end.
        std::sort(terms.begin(), terms.end(), [&](const Keyed& a, const Keyed& b) {
            return text_of(a.term).size() < text_of(b.term).size();
        });
        return;
    }
    sort_part(terms);
    for (auto first = terms.begin(); first != terms.end();) {
        const auto last = std::find_if(
            first, terms.end(), [first](const Keyed& term) { return term.key != first->key; });
        if (last - first > 1) {
            const std::uint64_t key = first->key;
            sort_part_texts(Part{first, last}, depth + key_bytes, text_of);
            for (Keyed& term : Part{first, last}) term.key = key;
        }
        first = last;
    }
}

template <class TextOf>
void sort_texts(KeyedTerms& terms, const Run& run, const TextOf& text_of) {
    sort_in_parts(
        terms, run, [&](Part part) { sort_part_texts(part, 0, text_of); },
        [&](const Keyed& a, const Keyed& b) {
            return a.key != b.key ? a.key < b.key : text_of(a.term) < text_of(b.term);
        });
}

KeyedTerms keyed_terms(std::int64_t count, const Run& run) {
    KeyedTerms keyed(at(count));
    parallel_for(count, run, terms_per_chunk, [&](auto begin, auto end) {
        for (std::int64_t i = begin; i < end; ++i) {
            keyed[at(i)].term = static_cast<std::int32_t>(i);
        }
    });
    return keyed;
}

std::vector<std::int32_t> terms_of(const KeyedTerms& sorted) {
    std::vector<std::int32_t> terms(sorted.size());
    std::transform(sorted.begin(), sorted.end(), terms.begin(),
                   [](const Keyed& term) { return term.term; });
    return terms;
}

}  // namespace

void sort_by_key(KeyedTerms& terms, const Run& run) {
    sort_in_parts(terms, run, sort_part,
                  [](const Keyed& a, const Keyed& b) { return a.key < b.key; });
}

std::vector<std::int32_t> sorted_terms(const StringColumn& terms, const Run& run) {
    KeyedTerms keyed = keyed_terms(terms.size(), run);
    sort_texts(keyed, run, [&terms](std::int32_t term) { return terms[term]; });
    return terms_of(keyed);
}

const TermTable& CountedTexts::table_of(std::size_t number) const noexcept {
    return tables_[term_tables_.empty() ? 0 : term_tables_[number]];
}

// Of words across the tables, by their numbers there: their place among all words that are sorted.
std::vector<std::uint32_t> CountedTexts::rank_words(const Run& run) const {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> where;  // of each number: table and term
    KeyedTerms words;
    for (std::uint32_t t = 0; t < tables_.size(); ++t) {
        for (std::uint32_t term = 0; term < tables_[t].size(); ++term) {
            if (!tables_[t].is_string(term)) continue;
            const std::uint32_t number = joined_.empty() ? term : joined_[t][term];
            if (where.size() <= number) where.resize(number + 1, {none, none});
            if (where[number].first == none)
                words.push_back({0, static_cast<std::int32_t>(number)});
            where[number] = {t, term};
        }
    }
    sort_texts(words, run, [&](std::int32_t number) {
        const auto [table, term] = where[at(number)];
        return tables_[table].text(term);
    });
    std::vector<std::uint32_t> rank(where.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
        rank[at(words[i].term)] = static_cast<std::uint32_t>(i) + 1;
    }
    return rank;
}

// Words have no character below the space, so that "a b" stands before "ab": n-grams sort as their
// words do, and those of two words by the ranks of these.
std::vector<std::int32_t> CountedTexts::sorted(const Run& run) const {
    if (longest_ > 2) return sorted_terms(terms(run), run);
    KeyedTerms keyed = keyed_terms(std::ssize(table_terms_), run);
    if (longest_ == 1) {
        sort_texts(keyed, run, [&](std::int32_t number) {
            return table_of(at(number)).text(table_terms_[at(number)]);
        });
        return terms_of(keyed);
    }
    const std::vector<std::uint32_t> ranks = rank_words(run);
    parallel_for(std::ssize(keyed), run, terms_per_chunk, [&](auto begin, auto end) {
        for (std::size_t i = at(begin); i < at(end); ++i) {
            const std::size_t t = term_tables_.empty() ? 0 : term_tables_[i];
            const auto rank = [&](std::uint32_t term) {
                return ranks[joined_.empty() ? term : joined_[t][term]];
            };
            const std::uint32_t term = table_terms_[i];
            const bool word = tables_[t].is_string(term);
            const auto [first, second] = tables_[t].parts(term);
            keyed[i].key = word ? std::uint64_t{rank(term)} << 32U
                                : std::uint64_t{rank(first)} << 32U | rank(second);
        }
    });
    sort_by_key(keyed, run);
    return terms_of(keyed);
}

StringColumn CountedTexts::terms(const Run& run) const {
    StringColumn column;
    column.offsets.reserve(table_terms_.size() + 1);
    for (std::size_t i = 0; i < table_terms_.size(); ++i) {
        column.offsets.push_back(column.offsets.back() +
                                 static_cast<std::int64_t>(table_of(i).full_size(table_terms_[i])));
    }
    column.bytes.resize(at(column.offsets.back()));
    parallel_for(size(), run, terms_per_chunk, [&](auto begin, auto end) {
        for (std::size_t i = at(begin); i < at(end); ++i) {
            table_of(i).write(table_terms_[i], column.bytes.data() + column.offsets[i]);
        }
    });
    return column;
}

}  // namespace framelens
