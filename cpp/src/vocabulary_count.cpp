#include "framelens/error.hpp"
#include "framelens/token_pattern.hpp"
#include "framelens/vocabulary.hpp"

#include <algorithm>
#include <limits>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace framelens {
namespace {

constexpr std::int64_t documents_per_chunk = 16;

void check_rule(const TermRule& rule) {
    if (rule.ngram_min < 1 || rule.ngram_max < rule.ngram_min) {
        throw ValueError("ngram_range must be (a, b) with 1 <= a <= b");
    }
}

// Calls `each(term)` for every term of `text` in scikit-learn's order: by length, then by place.
class TermReader {
public:
    explicit TermReader(const TermRule& rule) : rule_(rule) {}

    template <class Each>
    void read(std::string_view text, Each&& each) {
        find_pattern_tokens(text, rule_.lowercase, tokens_);
        if (rule_.stop_words != nullptr) {
            std::erase_if(tokens_.spans, [this](Span span) {
                return rule_.stop_words->find(at(span)).has_value();
            });
        }
        const std::size_t longest =
            std::min(static_cast<std::size_t>(rule_.ngram_max), tokens_.spans.size());
        for (auto width = static_cast<std::size_t>(rule_.ngram_min); width <= longest; ++width) {
            for (std::size_t i = 0; i + width <= tokens_.spans.size(); ++i) {
                each(width == 1 ? tokens_[i] : join(i, width));
            }
        }
    }

private:
    [[nodiscard]] std::string_view at(Span span) const noexcept {
        return std::string_view{tokens_.text}.substr(static_cast<std::size_t>(span.start),
                                                     static_cast<std::size_t>(span.size()));
    }
    std::string_view join(std::size_t first, std::size_t width) {
        joined_.assign(tokens_[first]);
        for (std::size_t i = first + 1; i < first + width; ++i) {
            joined_ += ' ';
            joined_ += tokens_[i];
        }
        return joined_;
    }

    TermRule rule_;
    PatternTokens tokens_;
    std::string joined_;
};

struct Entry {
    std::int32_t term;
    std::int32_t count;
};

// Counts terms of one document at a time; entries come in order of first occurrence.
class Tally {
public:
    void add(std::int32_t term) {
        const auto at = static_cast<std::size_t>(term);
        if (at >= place_.size()) {
            place_.resize(std::max(at + 1, 2 * place_.size()), 0);
        }
        if (place_[at] == 0) {
            entries_.push_back({term, 0});
            place_[at] = entries_.size();
        }
        ++entries_[place_[at] - 1].count;
    }
    // Moves the document's entries to the end of `out` and starts afresh.
    void flush(std::vector<Entry>& out) {
        for (const Entry entry : entries_) {
            place_[static_cast<std::size_t>(entry.term)] = 0;
        }
        out.insert(out.end(), entries_.begin(), entries_.end());
        entries_.clear();
    }

private:
    std::vector<std::size_t> place_;  // 1 + position in entries_; 0 is none
    std::vector<Entry> entries_;
};

// What one thread works with. Terms are numbered as the worker meets them.
struct Worker {
    Worker(const TermRule& rule, std::size_t position) : reader(rule), number(position) {}

    TermReader reader;
    Tally tally;
    Vocabulary terms;
    std::vector<std::int64_t> first_document;  // of each term
    std::int64_t last_begin = -1;
    std::size_t number;  // position in the pool
};

struct Chunk {
    const Worker* worker = nullptr;
    std::vector<Entry> entries;
    std::vector<std::int64_t> row_sizes;
};

// Lends workers to threads. A worker only goes forward through the documents, so that its
// numbering is by first occurrence.
class WorkerPool {
public:
    explicit WorkerPool(const TermRule& rule) : rule_(rule) {}

    Worker& take(std::int64_t begin) {
        const std::lock_guard lock(mutex_);
        const auto fits = std::find_if(idle_.begin(), idle_.end(), [begin](const Worker* worker) {
            return worker->last_begin < begin;
        });
        Worker* worker = nullptr;
        if (fits != idle_.end()) {
            worker = *fits;
            idle_.erase(fits);
        } else {
            all_.push_back(std::make_unique<Worker>(rule_, all_.size()));
            worker = all_.back().get();
        }
        worker->last_begin = begin;
        return *worker;
    }
    void give_back(Worker& worker) {
        const std::lock_guard lock(mutex_);
        idle_.push_back(&worker);
    }
    [[nodiscard]] const std::vector<std::unique_ptr<Worker>>& workers() const { return all_; }

private:
    TermRule rule_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Worker>> all_;
    std::vector<Worker*> idle_;
};

// Runs `count_document(worker, document, entries)` over all documents, chunk by chunk.
template <class CountDocument>
std::vector<Chunk> count_chunks(std::int64_t documents, WorkerPool& pool, const Run& run,
                                const CountDocument& count_document) {
    const std::int64_t count = (documents + documents_per_chunk - 1) / documents_per_chunk;
    std::vector<Chunk> chunks(static_cast<std::size_t>(count));
    parallel_for(documents, run, documents_per_chunk, [&](std::int64_t begin, std::int64_t end) {
        Worker& worker = pool.take(begin);
        Chunk chunk;
        chunk.worker = &worker;
        for (std::int64_t document = begin; document < end; ++document) {
            const std::size_t before = chunk.entries.size();
            count_document(worker, document, chunk.entries);
            chunk.row_sizes.push_back(static_cast<std::int64_t>(chunk.entries.size() - before));
        }
        chunks[static_cast<std::size_t>(begin / documents_per_chunk)] = std::move(chunk);
        pool.give_back(worker);
    });
    return chunks;
}

// Rows of all chunks, ascending by `column_of(worker, term)` within each.
template <class ColumnOf>
CsrRows<std::int32_t> assemble(std::vector<Chunk>& chunks, const Run& run,
                               const ColumnOf& column_of) {
    CsrRows<std::int32_t> rows;
    std::vector<std::int64_t> first_row;
    for (const Chunk& chunk : chunks) {
        first_row.push_back(rows.rows());
        for (const std::int64_t size : chunk.row_sizes) {
            rows.indptr.push_back(rows.indptr.back() + size);
        }
    }
    rows.indices.resize(static_cast<std::size_t>(rows.indptr.back()));
    rows.data.resize(rows.indices.size());
    const Run silent{run.threads, {}};
    const auto count = static_cast<std::int64_t>(chunks.size());
    parallel_for(count, silent, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t c = begin; c < end; ++c) {
            Chunk& chunk = chunks[static_cast<std::size_t>(c)];
            auto next = chunk.entries.begin();
            auto out = static_cast<std::size_t>(
                rows.indptr[static_cast<std::size_t>(first_row[static_cast<std::size_t>(c)])]);
            for (const std::int64_t size : chunk.row_sizes) {
                const auto row_end = next + size;
                std::for_each(next, row_end, [&](Entry& entry) {
                    entry.term = column_of(*chunk.worker, entry.term);
                });
                std::sort(next, row_end, [](Entry a, Entry b) { return a.term < b.term; });
                for (; next != row_end; ++next, ++out) {
                    rows.indices[out] = next->term;
                    rows.data[out] = next->count;
                }
            }
            chunk = Chunk{};
        }
    });
    return rows;
}

// Numbers the terms of all workers by first occurrence. Two workers never share a document, so
// the first document and then a worker's own order decide.
StringColumn merge_terms(const std::vector<std::unique_ptr<Worker>>& workers,
                         std::vector<std::vector<std::int32_t>>& merged) {
    Vocabulary all;
    std::vector<std::size_t> next(workers.size(), 0);
    merged.assign(workers.size(), {});
    while (true) {
        std::optional<std::size_t> best;
        std::int64_t earliest = std::numeric_limits<std::int64_t>::max();
        for (std::size_t w = 0; w < workers.size(); ++w) {
            const auto& first_document = workers[w]->first_document;
            if (next[w] < first_document.size() && first_document[next[w]] < earliest) {
                earliest = first_document[next[w]];
                best = w;
            }
        }
        if (!best) {
            return all.terms();
        }
        const Worker& worker = *workers[*best];
        for (std::size_t& term = next[*best];
             term < worker.first_document.size() && worker.first_document[term] == earliest;
             ++term) {
            merged[*best].push_back(all.add(worker.terms.terms()[static_cast<std::int64_t>(term)]));
        }
    }
}

}  // namespace

TermCounts count_terms(std::span<const std::string_view> texts, const TermRule& rule,
                       const Run& run) {
    check_rule(rule);
    WorkerPool pool(rule);
    std::vector<Chunk> chunks = count_chunks(
        static_cast<std::int64_t>(texts.size()), pool, run,
        [&](Worker& worker, std::int64_t document, std::vector<Entry>& entries) {
            worker.reader.read(
                texts[static_cast<std::size_t>(document)],
                [&worker](std::string_view term) { worker.tally.add(worker.terms.add(term)); });
            worker.first_document.resize(static_cast<std::size_t>(worker.terms.size()), document);
            worker.tally.flush(entries);
        });
    std::vector<std::vector<std::int32_t>> merged;
    TermCounts counts;
    counts.terms = merge_terms(pool.workers(), merged);
    counts.rows = assemble(chunks, run, [&](const Worker& worker, std::int32_t term) {
        return merged[worker.number][static_cast<std::size_t>(term)];
    });
    counts.rows.columns = counts.terms.size();
    return counts;
}

CsrRows<std::int32_t> count_known_terms(std::span<const std::string_view> texts,
                                        const TermRule& rule, const Vocabulary& vocabulary,
                                        const Run& run) {
    check_rule(rule);
    WorkerPool pool(rule);
    std::vector<Chunk> chunks =
        count_chunks(static_cast<std::int64_t>(texts.size()), pool, run,
                     [&](Worker& worker, std::int64_t document, std::vector<Entry>& entries) {
                         worker.reader.read(texts[static_cast<std::size_t>(document)],
                                            [&](std::string_view term) {
                                                if (const auto number = vocabulary.find(term)) {
                                                    worker.tally.add(*number);
                                                }
                                            });
                         worker.tally.flush(entries);
                     });
    CsrRows<std::int32_t> rows =
        assemble(chunks, run, [](const Worker&, std::int32_t term) { return term; });
    rows.columns = vocabulary.size();
    return rows;
}

}  // namespace framelens
