#include "framelens/error.hpp"
#include "vocabulary_rows.hpp"
#include "vocabulary_worker.hpp"

#include <algorithm>
#include <mutex>
#include <string>
#include <utility>

namespace framelens {
namespace {

// Text that one claim of work takes: enough to be worth it, little enough to share out evenly.
constexpr std::int64_t units_per_chunk = std::int64_t{1} << 18U;

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
    [[nodiscard]] std::vector<std::unique_ptr<Worker>>& workers() { return all_; }

private:
    TermRule rule_;
    std::mutex mutex_;
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

std::span<const Entry> count_document(Worker& worker, std::span<const TextView> texts,
                                      std::int64_t document) {
    try {
        return worker.count(texts[static_cast<std::size_t>(document)]);
    } catch (const EncodingError& error) {
        throw EncodingError("texts[" + std::to_string(document) + "] has " + error.what(), document,
                            error.offset());
    }
}

// The run over documents that a caller sees while chunks of them are run over.
Run run_over_chunks(const Run& run, const std::vector<std::int64_t>& begins) {
    if (!run.report) return run;
    return {run.threads, [&run, &begins](std::int64_t done, std::int64_t /*chunks*/) {
                return run.report(begins[static_cast<std::size_t>(done)], begins.back());
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
    WorkerPool pool(rule);
    const auto count_chunk = [&](std::size_t number) {
        Worker& worker = pool.take(begins[number]);
        CountedTexts::Chunk& chunk = counted.chunks_[number];
        chunk.worker = worker.number;
        chunk.first_document = begins[number];
        std::vector<Entry> entries;
        for (std::int64_t document = begins[number]; document < begins[number + 1]; ++document) {
            const std::span<const Entry> row = count_document(worker, texts, document);
            entries.insert(entries.end(), row.begin(), row.end());
            chunk.row_ends.push_back(entries.size());
        }
        chunk.last_term = worker.table.size();
        chunk.entries.assign(entries.begin(), entries.end());
        pool.give_back(worker);
    };
    parallel_for(std::ssize(counted.chunks_), run_over_chunks(run, begins), 1,
                 [&](std::int64_t begin, std::int64_t end) {
                     for (std::int64_t i = begin; i < end; ++i) {
                         count_chunk(static_cast<std::size_t>(i));
                     }
                 });
    counted.number_terms(pool.workers());
    return counted;
}

void CountedTexts::number_terms(std::vector<std::unique_ptr<Worker>>& workers) {
    numbers_.resize(workers.size());
    if (workers.size() == 1) {
        table_ = std::make_unique<TermTable>(std::move(workers.front()->table));
        numbers_.front().resize(table_->size());
        for (std::size_t term = 0; term < numbers_.front().size(); ++term) {
            numbers_.front()[term] = static_cast<std::int32_t>(term);
        }
    } else {
        table_ = std::make_unique<TermTable>();
        join_tables(workers);
    }
    workers.clear();
    table_->drop_slots();
    tally_terms();
}

// Chunks are in the order of documents, and each has the terms that were new to its worker: met in
// this order, a term gets its number from the first document that has it.
void CountedTexts::join_tables(std::vector<std::unique_ptr<Worker>>& workers) {
    for (std::size_t w = 0; w < workers.size(); ++w) {
        numbers_[w].resize(workers[w]->table.size());
    }
    const auto adopt = [&](std::size_t w, std::uint32_t term) {
        const TermTable& table = workers[w]->table;
        std::uint32_t number = 0;
        if (table.is_string(term)) {
            const std::string_view text = table.text(term);
            const Key key = key_of(text.data(), static_cast<std::uint32_t>(text.size()));
            table_->reserve_strings(1);
            number = table_->string(key, key.hash(), text.data()).term;
        } else {
            const auto [rest, last] = table.parts(term);
            const auto part = [&](std::uint32_t of) {
                return static_cast<std::uint32_t>(numbers_[w][of]);
            };
            const std::uint64_t pair = std::uint64_t{part(rest)} << 32U | part(last);
            table_->reserve_pairs(1);
            number = table_->pair(pair, PairSlot::hash_of(pair)).number - 1;
        }
        numbers_[w][term] = static_cast<std::int32_t>(number);
    };
    // Stop words, which all workers begin with, come first.
    std::vector<std::uint32_t> next(workers.size(), 0);
    for (const Chunk& chunk : chunks_) {
        for (std::uint32_t& term = next[chunk.worker]; term < chunk.last_term; ++term) {
            adopt(chunk.worker, term);
        }
    }
}

// Numbers, by the table so far, become numbers of those terms that some document has.
void CountedTexts::tally_terms() {
    std::vector<std::int64_t> frequencies(table_->size());
    std::vector<std::int64_t> totals(table_->size());
    for (const Chunk& chunk : chunks_) {
        const std::vector<std::int32_t>& numbers = numbers_[chunk.worker];
        for (const Entry entry : chunk.entries) {
            const auto number = static_cast<std::size_t>(numbers[entry.term]);
            ++frequencies[number];
            totals[number] += entry.count;
            largest_count_ = std::max(largest_count_, entry.count);
        }
    }
    std::vector<std::int32_t> counted(frequencies.size(), -1);
    for (std::size_t term = 0; term < frequencies.size(); ++term) {
        if (frequencies[term] == 0) continue;
        counted[term] = static_cast<std::int32_t>(table_terms_.size());
        table_terms_.push_back(static_cast<std::uint32_t>(term));
        frequencies_.push_back(frequencies[term]);
        totals_.push_back(totals[term]);
    }
    for (std::vector<std::int32_t>& numbers : numbers_) {
        for (std::int32_t& number : numbers) number = counted[static_cast<std::size_t>(number)];
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
