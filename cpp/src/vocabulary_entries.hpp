// How the entries of documents are held until rows are made of them: two to four bytes each.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace framelens {

/// Documents' entries end to end, each document's in ascending order of the terms. From the lowest
/// bit on, an entry is: its length (2 bits), its count (2 bits) and what its term is above the
/// one before; a count of four or more stands in four bytes behind it. Nothing branches on the
/// length, which cannot be foretold.
class PackedEntries {
public:
    /// Writes the entries of one document.
    class Writer {
    public:
        explicit Writer(char* out) noexcept : out_(out) {}
        void add(std::uint32_t term, std::uint32_t count) noexcept {
            const std::uint64_t few = std::min<std::uint32_t>(count - 1, many);
            const std::uint64_t payload = std::uint64_t{term - last_} << 2U | few;
            last_ = term;
            const std::size_t kind = kinds[static_cast<std::size_t>(std::bit_width(payload | 1U))];
            const std::uint64_t word = payload << 2U | kind;
            std::memcpy(out_, &word, sizeof(word));
            out_ += lengths[kind];
            if (few == many) [[unlikely]] {
                std::memcpy(out_, &count, sizeof(count));
                out_ += sizeof(count);
            }
        }
        [[nodiscard]] const char* end() const noexcept { return out_; }

    private:
        char* out_;
        std::uint32_t last_ = 0;
    };

    /// Reads the entries of one document after the other.
    class Reader {
    public:
        explicit Reader(const std::vector<char>& bytes) noexcept : at_(bytes.data()) {}
        /// Calls `use(term, count)` for the entries of the next document, `size` of them.
        template <class Use>
        void read(std::uint32_t size, const Use& use) noexcept {
            const char* at = at_;
            std::uint32_t term = 0;
            for (std::uint32_t i = 0; i < size; ++i) {
                std::uint64_t word = 0;
                std::memcpy(&word, at, sizeof(word));
                const std::size_t kind = word & 3U;
                at += lengths[kind];
                term += static_cast<std::uint32_t>((word & masks[kind]) >> 4U);
                auto count = static_cast<std::uint32_t>(word >> 2U & many) + 1;
                if (count == many + 1) [[unlikely]] {
                    std::memcpy(&count, at, sizeof(count));
                    at += sizeof(count);
                }
                use(term, count);
            }
            at_ = at;
        }

    private:
        const char* at_;
    };

    void clear() noexcept { size_ = 0; }
    /// Begins a document of at most `most` entries; `end` ends it.
    [[nodiscard]] Writer begin(std::size_t most) {
        const std::size_t needed = size_ + most * largest + slack;
        if (bytes_.size() < needed) bytes_.resize(std::max(needed, 2 * bytes_.size()));
        return Writer(bytes_.data() + size_);
    }
    void end(const Writer& writer) noexcept {
        size_ = static_cast<std::size_t>(writer.end() - bytes_.data());
    }
    /// The bytes so far, with what a reader may touch behind them.
    [[nodiscard]] std::vector<char> copy() const {
        return {bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(size_ + slack)};
    }

private:
    static constexpr std::uint32_t many = 3;
    static constexpr std::array<std::uint8_t, 4> lengths{1, 2, 3, 6};
    // By the number of bits above the length.
    static constexpr auto kinds = [] {
        std::array<std::uint8_t, 65> of_width{};
        for (std::size_t width = 0; width < of_width.size(); ++width) {
            of_width[width] = width <= 6 ? 0 : width <= 14 ? 1 : width <= 22 ? 2 : 3;
        }
        return of_width;
    }();
    static constexpr std::array<std::uint64_t, 4> masks{0xFFU, 0xFFFFU, 0xFFFFFFU, 0xFFFFFFFFFFFFU};
    static constexpr std::size_t largest = 10;
    static constexpr std::size_t slack = sizeof(std::uint64_t);

    std::vector<char> bytes_ = std::vector<char>(slack);
    std::size_t size_ = 0;
};

}  // namespace framelens
