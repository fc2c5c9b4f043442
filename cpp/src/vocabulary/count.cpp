#include "framelens/error.hpp"
#include "join.hpp"
#include "rows.hpp"
#include "worker.hpp"

#include <algorithm>
#include <mutex>
#include <string>
#include <utility>

namespace framelens {
namespace {

// Text that one claim of work takes: enough to be worth it, little enough to share out evenly.
constexpr std::int64_t units_per_chunk = std::int64_t{1} << 16U;

// Of so many chunks one is counted before threads begin, so that all number the commonest terms alike.
constexpr std::int64_t chunks_per_shared = 32;

void check_rule(const TermRule& rule) {
    if (rule.ngram_min < 1 || rule.ngram_max < rule.ngram_min) {
        throw ValueError("ngram_range must be (a, b) with 1 <= a <= b");
    }
    if (rule.min_characters < 1) throw ValueError("min_characters must be at least 1");
}

// Lends workers to threads. A worker only goes forward through the documents, so that its
// numbering is by first occurrence.
class WorkerPool {
public:
    WorkerPool(const TermRule& rule, Watch& watch) {
        all_.push_back(std::make_unique<Worker>(rule, 0, watch));
        idle_.push_back(all_.back().get());
    }

    /// From now on threads may share the pool: new workers know the terms that the first one does.
    /// Returns how many these are.
    std::uint32_t share() {
        known_ = std::make_unique<Worker>(*all_.front(), 0);
        return known_->table.size();
    }

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
            all_.push_back(std::make_unique<Worker>(*known_, all_.size()));
            worker = all_.back().get();
        }
        worker->last_begin = begin;
        return *worker;
    }
    void give_back(Worker& worker) {
        const std::lock_guard lock(mutex_);
        idle_.push_back(&worker);
    }
    [[nodiscard]] std::vector<std::unique_ptr<Worker>>& workers() { return all_; }

private:
    std::mutex mutex_;
    std::unique_ptr<Worker> known_;
    std::vector<std::unique_ptr<Worker>> all_;
    std::vector<Worker*> idle_;
};

// Begins of chunks of documents, and the end of the last.
std::vector<std::int64_t> share_out(std::span<const TextView> texts) {
    std::vector<std::int64_t> begins;
    std::int64_t units = units_per_chunk;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (units >= units_per_chunk) {
            begins.push_back(static_cast<std::int64_t>(i));
            units = 0;
        }
        units += texts[i].length;
    }
    begins.push_back(std::ssize(texts));
    return begins;
}

void count_document(Worker& worker, std::span<const TextView> texts, std::int64_t document) {
    try {
        worker.count(texts[static_cast<std::size_t>(document)]);
    } catch (const EncodingError& error) {
        throw EncodingError("texts[" + std::to_string(document) + "] has " + error.what(), document,
                            error.offset());
    }
}

// The run over documents that a caller sees while chunks of them are run over, the first of which
// are `before`.
Run run_over_chunks(const Run& run, Watch& watch, const std::vector<std::int64_t>& begins,
                    std::int64_t before) {
    if (!run.report) return run;
    return {run.threads, [&watch, &begins, before](std::int64_t done, std::int64_t /*chunks*/) {
                return watch.report(begins[static_cast<std::size_t>(before + done)], begins.back());
            }};
}

// The same while terms are joined, when all documents are done.
Run run_over_terms(const Run& run, Watch& watch, std::int64_t documents) {
    if (!run.report) return run;
    return {run.threads, [&watch, documents](std::int64_t /*done*/, std::int64_t /*terms*/) {
                return watch.report(documents, documents);
            }};
}

}  // namespace

CountedTexts::CountedTexts() = default;
CountedTexts::CountedTexts(CountedTexts&&) noexcept = default;
CountedTexts& CountedTexts::operator=(CountedTexts&&) noexcept = default;
CountedTexts::~CountedTexts() = default;

CountedTexts count_texts(std::span<const TextView> texts, const TermRule& rule, const Run& run) {
    check_rule(rule);
    CountedTexts counted;
    counted.documents_ = std::ssize(texts);
    counted.longest_ =
        rule.unit == TermUnit::words || rule.unit == TermUnit::unicode_words ? rule.ngram_max : 1;
    const std::vector<std::int64_t> begins = share_out(texts);
    counted.chunks_.resize(begins.size() - 1);
    Watch watch(run);
    WorkerPool pool(rule, watch);
    const auto count_chunk = [&](std::size_t number) {
        Worker& worker = pool.take(begins[number]);
        CountedTexts::Chunk& chunk = counted.chunks_[number];
        chunk.worker = worker.number;
        chunk.first_document = begins[number];
        worker.packed.clear();
        for (std::int64_t document = begins[number]; document < begins[number + 1]; ++document) {
            count_document(worker, texts, document);
            chunk.row_sizes.push_back(worker.pack());
        }
        chunk.last_term = worker.table.size();
        chunk.entries = worker.packed.copy();
        pool.give_back(worker);
    };
    const std::int64_t alone =
        run.threads > 1 ? std::ssize(counted.chunks_) / chunks_per_shared : 0;
    const auto count_chunks = [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) count_chunk(static_cast<std::size_t>(i));
    };
    try {
        count_chunks(0, alone);
        if (run.threads > 1) counted.common_ = pool.share();
        parallel_for(std::ssize(counted.chunks_) - alone,
                     run_over_chunks(run, watch, begins, alone), 1,
                     [&](auto begin, auto end) { count_chunks(alone + begin, alone + end); });
        counted.number_terms(pool.workers(), rule, run_over_terms(run, watch, begins.back()));
    } catch (const Interrupted&) {
        watch.rethrow();
        throw;
    }
    return counted;
}

void CountedTexts::number_terms(std::vector<std::unique_ptr<Worker>>& workers, const TermRule& rule,
                                const Run& run) {
    for (const auto& worker : workers) tables_.push_back(std::move(worker->table));
    if (rule.numbered && tables_.size() > 1) join_tables(run);
    for (TermTable& table : tables_) table.drop_slots();
    if (rule.numbered) sum_tallies(workers, run);
    workers.clear();
}

// Chunks are in the order of documents, and each has the terms that were new to its worker: met in
// this order, a term gets its number from the first document that has it.
void CountedTexts::join_tables(const Run& run) {
    std::vector<NewTerms> parts;
    std::vector<std::uint32_t> next(tables_.size(), 0);
    for (const Chunk& chunk : chunks_) {
        parts.push_back({chunk.worker, next[chunk.worker], chunk.last_term});
        next[chunk.worker] = chunk.last_term;
    }
    joined_ = join_terms(tables_, parts, common_, run).numbers;
}

void CountedTexts::sum_tallies(std::vector<std::unique_ptr<Worker>>& workers, const Run& run) {
    std::uint32_t terms = tables_.size() == 1 ? tables_.front().size() : 0;
    for (const std::vector<std::uint32_t>& numbers : joined_) {
        for (const std::uint32_t number : numbers) terms = std::max(terms, number + 1);
    }
    frequencies_.resize(terms);
    totals_.resize(terms);
    for (std::size_t w = 0; w < workers.size(); ++w) {
        const Worker& worker = *workers[w];
        largest_count_ = std::max(largest_count_, worker.totals.largest_count());
        constexpr std::int64_t terms_per_chunk = 1 << 14;
        // One worker's terms have a number each.
        parallel_for(tables_[w].size(), run, terms_per_chunk, [&](auto begin, auto end) {
            for (auto term = static_cast<std::size_t>(begin); std::cmp_less(term, end); ++term) {
                const std::size_t number = joined_.empty() ? term : joined_[w][term];
                const TermTotals::Pair totals = worker.totals_of(term);
                frequencies_[number] += totals.documents;
                totals_[number] += totals.occurrences;
            }
        });
    }
    number_counted();
}

// Numbers across the tables become numbers of those terms that some document has.
void CountedTexts::number_counted() {
    std::vector<std::int32_t> counted(frequencies_.size(), -1);
    std::size_t size = 0;
    for (std::size_t term = 0; term < counted.size(); ++term) {
        if (frequencies_[term] == 0) continue;
        counted[term] = static_cast<std::int32_t>(size);
        frequencies_[size] = frequencies_[term];
        totals_[size++] = totals_[term];
    }
    frequencies_.resize(size);
    totals_.resize(size);
    table_terms_.resize(size);
    if (tables_.size() > 1) term_tables_.resize(size);
    for (std::size_t t = 0; t < tables_.size(); ++t) {
        std::vector<std::int32_t>& numbers = numbers_.emplace_back(tables_[t].size());
        for (std::uint32_t term = 0; term < numbers.size(); ++term) {
            numbers[term] = counted[joined_.empty() ? term : joined_[t][term]];
            if (numbers[term] < 0) continue;
            const auto number = static_cast<std::size_t>(numbers[term]);
            table_terms_[number] = term;
            if (!term_tables_.empty()) term_tables_[number] = static_cast<std::uint32_t>(t);
        }
    }
}

TermCounts count_terms(std::span<const std::string_view> texts, const TermRule& rule,
                       const Run& run) {
    const std::vector<TextView> views(texts.begin(), texts.end());
    CountedTexts counted = count_texts(views, rule, run);
    TermCounts counts;
    counts.terms = counted.terms(run);
    std::vector<std::int32_t> columns(static_cast<std::size_t>(counted.size()));
    for (std::size_t i = 0; i < columns.size(); ++i) columns[i] = static_cast<std::int32_t>(i);
    counts.rows.indptr = counted.row_starts(columns);
    counts.rows.columns = counted.size();
    counts.rows.indices.resize(static_cast<std::size_t>(counts.rows.indptr.back()));
    counts.rows.data.resize(counts.rows.indices.size());
    counted.fill<std::int32_t>(columns, false, counts.rows.indptr, counts.rows.indices,
                               counts.rows.data, {}, {run.threads, {}});
    return counts;
}

}  // namespace framelens
