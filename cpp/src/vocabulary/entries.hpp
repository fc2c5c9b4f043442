// How the entries of documents are held until rows are made of them: one to three bytes each.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace framelens {

/// Documents' entries end to end, each document's in ascending order of the terms. An entry is one
/// to three bytes of its count (2 bits) and of what its term is above the one before, or eight bytes
/// of both where they are larger. How long each is stands apart (2 bits), so that finding the next
/// entry waits for nothing, and nothing branches on what cannot be foretold.
class PackedEntries {
public:
    /// Entries, and how long each is. A reader may touch what is behind them.
    struct Bytes {
        std::vector<char> entries;
        std::vector<char> kinds;
    };

    /// Writes the entries of one document.
    class Writer {
    public:
        Writer(char* entries, char* kinds) noexcept : entry_(entries), kinds_(kinds) {}
        void add(std::uint32_t term, std::uint32_t count) noexcept {
            const std::uint32_t above = term - last_;
            last_ = term;
            const std::uint64_t few = std::uint64_t{above} << 2U | (count - 1);
            const std::size_t kind =
                count > 4 ? wide : kind_of_width[static_cast<std::size_t>(std::bit_width(few))];
            const std::uint64_t word = kind == wide ? std::uint64_t{count} << 32U | above : few;
            std::memcpy(entry_, &word, sizeof(word));
            entry_ += lengths[kind];
            gathered_ |= std::uint64_t{kind} << shift_;
            shift_ += kind_bits;
            if (shift_ == 64) next_kinds(sizeof(gathered_));
        }

    private:
        friend PackedEntries;
        void next_kinds(std::size_t bytes) noexcept {
            std::memcpy(kinds_, &gathered_, sizeof(gathered_));
            kinds_ += bytes;
            gathered_ = 0;
            shift_ = 0;
        }

        char* entry_;
        char* kinds_;
        std::uint32_t last_ = 0;
        unsigned shift_ = 0;
        std::uint64_t gathered_ = 0;
    };

    /// Reads the entries of one document after the other.
    class Reader {
    public:
        explicit Reader(const Bytes& bytes) noexcept
            : entry_(bytes.entries.data()), kinds_(bytes.kinds.data()) {}
        /// Calls `use(term, count)` for the entries of the next document, `size` of them.
        template <class Use>
        void read(std::uint32_t size, const Use& use) noexcept {
            const char* entry = entry_;
            std::uint32_t term = 0;
            for (std::uint32_t left = size; left > 0;) {
                const std::uint32_t now = std::min(left, kinds_in_word);
                std::uint64_t kinds = 0;
                std::memcpy(&kinds, kinds_, sizeof(kinds));
                for (std::uint32_t i = 0; i < now; ++i, kinds >>= kind_bits) {
                    const std::size_t kind = kinds & wide;
                    std::uint64_t word = 0;
                    std::memcpy(&word, entry, sizeof(word));
                    entry += lengths[kind];
                    const std::uint64_t few = word & masks[kind];
                    term += static_cast<std::uint32_t>(kind == wide ? word : few >> 2U);
                    use(term,
                        static_cast<std::uint32_t>(kind == wide ? word >> 32U : (few & 3U) + 1));
                }
                kinds_ += kind_bytes(now);
                left -= now;
            }
            entry_ = entry;
        }

    private:
        const char* entry_;
        const char* kinds_;
    };

    void clear() noexcept { entries_size_ = kinds_size_ = 0; }
    /// Begins a document of at most `most` entries; `end` ends it.
    [[nodiscard]] Writer begin(std::size_t most) {
        make_room(entries_, entries_size_ + most * lengths[wide] + slack);
        make_room(kinds_, kinds_size_ + kind_bytes(most) + slack);
        return {entries_.data() + entries_size_, kinds_.data() + kinds_size_};
    }
    void end(Writer& writer) noexcept {
        writer.next_kinds(kind_bytes(writer.shift_ / kind_bits));
        entries_size_ = static_cast<std::size_t>(writer.entry_ - entries_.data());
        kinds_size_ = static_cast<std::size_t>(writer.kinds_ - kinds_.data());
    }
    [[nodiscard]] Bytes copy() const {
        const auto first = [](const std::vector<char>& bytes, std::size_t size) {
            return std::vector<char>(bytes.begin(),
                                     bytes.begin() + static_cast<std::ptrdiff_t>(size + slack));
        };
        return {first(entries_, entries_size_), first(kinds_, kinds_size_)};
    }

private:
    static constexpr std::size_t wide = 3;
    static constexpr unsigned kind_bits = 2;
    static constexpr std::uint32_t kinds_in_word = 64 / kind_bits;
    static constexpr std::array<std::uint8_t, 4> lengths{1, 2, 3, 8};
    static constexpr std::array<std::uint64_t, 4> masks{0xFFU, 0xFFFFU, 0xFFFFFFU, 0};
    // By the number of bits of what is not wide.
    static constexpr auto kind_of_width = [] {
        std::array<std::uint8_t, 65> kinds{};
        for (std::size_t width = 0; width < kinds.size(); ++width) {
            kinds[width] = width <= 8 ? 0 : width <= 16 ? 1 : width <= 24 ? 2 : wide;
        }
        return kinds;
    }();
    static constexpr std::size_t slack = sizeof(std::uint64_t);

    static std::size_t kind_bytes(std::size_t entries) noexcept { return (entries + 3) / 4; }
    static void make_room(std::vector<char>& bytes, std::size_t needed) {
        if (bytes.size() < needed) bytes.resize(std::max(needed, 2 * bytes.size()));
    }

    std::vector<char> entries_ = std::vector<char>(slack);
    std::vector<char> kinds_ = std::vector<char>(slack);
    std::size_t entries_size_ = 0;
    std::size_t kinds_size_ = 0;
};

}  // namespace framelens
