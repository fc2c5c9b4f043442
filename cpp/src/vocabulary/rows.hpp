// What counting leaves behind, and how rows are made of it.
#pragma once

#include "entries.hpp"
#include "framelens/error.hpp"
#include "framelens/vocabulary.hpp"
#include "tally.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace framelens {

/// Documents that one worker counted in one go.
struct CountedTexts::Chunk {
    std::size_t worker = 0;
    std::int64_t first_document = 0;
    std::uint32_t last_term = 0;  // terms that the worker knew after it
    PackedEntries::Bytes entries;
    std::vector<std::uint32_t> row_sizes;
};

/// Lends tallies to threads: each is as large as the vocabulary, and one serves many chunks.
class TallyPool {
public:
    explicit TallyPool(std::int64_t keys) : keys_(static_cast<std::size_t>(keys)) {}

    std::unique_ptr<Tally<Sum>> take() {
        {
            const std::lock_guard lock(mutex_);
            if (!idle_.empty()) {
                std::unique_ptr<Tally<Sum>> tally = std::move(idle_.back());
                idle_.pop_back();
                return tally;
            }
        }
        auto tally = std::make_unique<Tally<Sum>>();
        tally->reserve(keys_);
        return tally;
    }
    void give_back(std::unique_ptr<Tally<Sum>> tally) {
        const std::lock_guard lock(mutex_);
        idle_.push_back(std::move(tally));
    }

private:
    std::size_t keys_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Tally<Sum>>> idle_;
};

// Calls `make(tally, document, entries, size)` for each document, from any thread. The tally has
// room for `keys`.
template <class Make>
void CountedTexts::for_each_row(std::int64_t keys, const Run& run, const Make& make) {
    if (documents_ > 0 && chunks_.empty()) throw ValueError("the rows were taken before");
    TallyPool tallies(keys);
    parallel_for(std::ssize(chunks_), run, 1, [&](std::int64_t begin, std::int64_t end) {
        std::unique_ptr<Tally<Sum>> tally = tallies.take();
        for (std::int64_t c = begin; c < end; ++c) {
            Chunk& chunk = chunks_[static_cast<std::size_t>(c)];
            PackedEntries::Reader entries(chunk.entries);
            std::int64_t document = chunk.first_document;
            for (const std::uint32_t size : chunk.row_sizes) {
                make(*tally, document++, chunk, entries, size);
            }
            chunk = Chunk{};
        }
        tallies.give_back(std::move(tally));
    });
    forget_rows();
}

}  // namespace framelens
