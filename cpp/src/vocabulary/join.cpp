#include "join.hpp"

#include "framelens/error.hpp"

#include "framelens/types_positions.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <utility>

namespace framelens {
namespace {

constexpr std::int64_t terms_per_chunk = 1 << 13;
constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

// The part in which a term first stands, in any table, and who it is there.
struct First {
    std::uint32_t part = 0;
    std::uint32_t table = 0;
    std::uint32_t term = 0;
};

class Joiner {
public:
    Joiner(std::span<const TermTable> tables, std::span<const NewTerms> parts, std::uint32_t common,
           const Run& run)
        : tables_(tables), parts_(parts), common_(common), run_(run) {
        for (std::uint32_t t = 0; t < tables.size(); ++t) {
            first_.emplace_back(tables[t].size());
            part_.emplace_back(tables[t].size());
            // Common terms are those of the first table.
            for (std::uint32_t term = 0; term < common; ++term) first_[t][term] = {0, 0, term};
        }
        for (std::uint32_t p = 0; p < parts.size(); ++p) {
            const auto table = static_cast<std::uint32_t>(parts[p].table);
            for (std::uint32_t term = std::max(common, parts[p].begin); term < parts[p].end;
                 ++term) {
                first_[table][term] = {p + 1, table, term};
                part_[table][term] = p + 1;
            }
        }
    }

    /// Looks the terms of one table up in another, so that each knows which came first.
    void compare(std::uint32_t here, std::uint32_t there) {
        std::vector<std::uint32_t> known(tables_[here].size(), none);
        for (std::uint32_t term = 0; term < common_; ++term) known[term] = term;
        find_strings(here, there, known);
        find_pairs(here, there, known);
        // Each term is at most one of the other table's, so that no two threads write to one place.
        for_terms(here, [&](std::uint32_t term) {
            if (known[term] == none || term < common_) return;
            const std::uint32_t part = part_[here][term];
            const std::uint32_t other = part_[there][known[term]];
            First& first = first_[here][term];
            First& first_there = first_[there][known[term]];
            if (other < first.part) first = {other, there, known[term]};
            if (part < first_there.part) first_there = {part, here, term};
        });
    }

    JoinedTerms number() {
        JoinedTerms joined;
        for (const TermTable& table : tables_) joined.numbers.emplace_back(table.size());
        std::vector<std::int64_t> before(parts_.size() + 1, common_);
        for_parts([&](std::size_t p, std::uint32_t table, std::uint32_t term) {
            before[p + 1] += is_first(table, term) ? 1 : 0;
        });
        for (std::size_t p = 1; p < before.size(); ++p) before[p] += before[p - 1] - common_;
        if (before.back() >= std::numeric_limits<std::int32_t>::max()) {
            throw ValueError("more than 2^31 - 1 distinct terms");
        }
        joined.size = static_cast<std::uint32_t>(before.back());
        for (std::uint32_t term = 0; term < common_; ++term) joined.numbers[0][term] = term;
        for_parts([&](std::size_t p, std::uint32_t table, std::uint32_t term) {
            if (is_first(table, term)) {
                joined.numbers[table][term] = static_cast<std::uint32_t>(before[p]++);
            }
        });
        for (std::uint32_t t = 0; t < tables_.size(); ++t) {
            for_terms(t, [&](std::uint32_t term) {
                const First& first = first_[t][term];
                if (first.table != t) {
                    joined.numbers[t][term] = joined.numbers[first.table][first.term];
                }
            });
        }
        return joined;
    }

private:
    [[nodiscard]] bool is_first(std::uint32_t table, std::uint32_t term) const noexcept {
        return first_[table][term].table == table;
    }
    template <class Use>
    void for_terms(std::uint32_t table, const Use& use) const {
        parallel_for(tables_[table].size(), run_, terms_per_chunk, [&](auto begin, auto end) {
            for (std::int64_t i = begin; i < end; ++i) use(static_cast<std::uint32_t>(i));
        });
    }
    // Terms that are not common.
    template <class Use>
    void for_parts(const Use& use) const {
        parallel_for(std::ssize(parts_), run_, 4, [&](auto begin, auto end) {
            for (std::size_t p = at(begin); p < at(end); ++p) {
                const auto table = static_cast<std::uint32_t>(parts_[p].table);
                for (std::uint32_t term = std::max(common_, parts_[p].begin); term < parts_[p].end;
                     ++term) {
                    use(p, table, term);
                }
            }
        });
    }

    // In the order of the slots, which is nearly that of the other table's.
    void find_strings(std::uint32_t here, std::uint32_t there,
                      std::vector<std::uint32_t>& known) const {
        const TermTable& table = tables_[here];
        const TermTable& other = tables_[there];
        parallel_for(table.string_places(), run_, 2 * terms_per_chunk, [&](auto begin, auto end) {
            table.for_strings(at(begin), at(end), [&](const StringSlot& slot) {
                if (slot.term < common_) return;
                // Only of a long one the text is needed, and is far away.
                const bool is_long = slot.size > Key::inline_bytes;
                const char* text = is_long ? table.text(slot.term).data() : nullptr;
                known[slot.term] =
                    other.find_string({slot.low, slot.high, slot.size}, slot.hash(), text)
                        .value_or(none);
            });
        });
    }

    // Shorter n-grams first: a longer one is known where its parts are.
    void find_pairs(std::uint32_t here, std::uint32_t there,
                    std::vector<std::uint32_t>& known) const {
        const TermTable& table = tables_[here];
        if (table.string_count() == table.size()) return;
        std::vector<std::uint32_t> widths(table.size(), 1);
        std::uint32_t longest = 1;
        for (std::uint32_t term = 0; term < table.size(); ++term) {
            if (!table.is_string(term)) widths[term] = widths[table.parts(term).first] + 1;
            longest = std::max(longest, widths[term]);
        }
        for (std::uint32_t width = 2; width <= longest; ++width) {
            parallel_for(table.size(), run_, terms_per_chunk, [&](auto begin, auto end) {
                PairBatch batch(tables_[there], known);
                for (std::int64_t i = begin; i < end; ++i) {
                    const auto term = static_cast<std::uint32_t>(i);
                    if (widths[term] != width || term < common_) continue;
                    const auto [rest, last] = table.parts(term);
                    if (known[rest] != none && known[last] != none) {
                        batch.add(term, std::uint64_t{known[rest]} << 32U | known[last]);
                    }
                }
                batch.look_up();
            });
        }
    }

    // Look-ups that are prepared before the first is made: their memory arrives meanwhile.
    class PairBatch {
    public:
        PairBatch(const TermTable& table, std::vector<std::uint32_t>& known)
            : table_(table), known_(known) {}
        void add(std::uint32_t term, std::uint64_t pair) {
            terms_[count_] = term;
            pairs_[count_] = pair;
            table_.prefetch_pair(PairSlot::hash_of(pair));
            if (++count_ == terms_.size()) look_up();
        }
        void look_up() {
            for (std::size_t i = 0; i < count_; ++i) {
                known_[terms_[i]] =
                    table_.find_pair(pairs_[i], PairSlot::hash_of(pairs_[i])).value_or(none);
            }
            count_ = 0;
        }

    private:
        const TermTable& table_;
        std::vector<std::uint32_t>& known_;
        std::array<std::uint32_t, 64> terms_{};
        std::array<std::uint64_t, 64> pairs_{};
        std::size_t count_ = 0;
    };

    std::span<const TermTable> tables_;
    std::span<const NewTerms> parts_;
    std::uint32_t common_;
    Run run_;
    std::vector<std::vector<First>> first_;
    std::vector<std::vector<std::uint32_t>> part_;  // of each term in its own table
};

}  // namespace

JoinedTerms join_terms(std::span<const TermTable> tables, std::span<const NewTerms> parts,
                       std::uint32_t common, const Run& run) {
    Joiner joiner(tables, parts, common, run);
    for (std::uint32_t there = 1; there < tables.size(); ++there) {
        for (std::uint32_t here = 0; here < there; ++here) joiner.compare(here, there);
    }
    return joiner.number();
}

}  // namespace framelens
