#include "framelens/parallel.hpp"

#include "framelens/error.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace framelens {
namespace {

using Clock = std::chrono::steady_clock;
using Body = std::function<void(std::int64_t, std::int64_t)>;

// What the threads of one run share. Chunks are claimed in order, and a claimed chunk always runs:
// so the failing chunk with the lowest begin is the same one at any number of threads.
class Work {
public:
    Work(std::int64_t count, std::int64_t grain, const Body& body)
        : count_(count), grain_(grain), body_(body) {}

    /// Runs the next chunk; false if there is none left to run.
    bool run_one() {
        if (stop_.load(std::memory_order_relaxed)) return false;
        const std::int64_t begin = next_.fetch_add(grain_, std::memory_order_relaxed);
        if (begin >= count_) return false;
        const std::int64_t end = std::min(count_, begin + grain_);
        try {
            body_(begin, end);
        } catch (...) {
            keep(std::current_exception(), begin);
            return false;
        }
        done_.fetch_add(end - begin, std::memory_order_relaxed);
        return true;
    }

    void stop() noexcept { stop_.store(true, std::memory_order_relaxed); }
    [[nodiscard]] std::int64_t done() const noexcept {
        return done_.load(std::memory_order_relaxed);
    }

    void enter() {
        const std::lock_guard lock{mutex_};
        ++running_;
    }
    void leave() {
        const std::lock_guard lock{mutex_};
        if (--running_ == 0) idle_.notify_all();
    }
    /// Waits until no worker runs, at most `timeout`; true if none does.
    bool wait(Clock::duration timeout) {
        std::unique_lock lock{mutex_};
        return idle_.wait_for(lock, timeout, [this] { return running_ == 0; });
    }

    void rethrow() const {
        if (error_) std::rethrow_exception(error_);
    }

private:
    void keep(const std::exception_ptr& error, std::int64_t begin) {
        stop();
        const std::lock_guard lock{mutex_};
        if (!error_ || begin < error_begin_) {
            error_ = error;
            error_begin_ = begin;
        }
    }

    const std::int64_t count_;
    const std::int64_t grain_;
    const Body& body_;
    std::atomic<std::int64_t> next_{0};
    std::atomic<std::int64_t> done_{0};
    std::atomic<bool> stop_{false};
    std::mutex mutex_;
    std::condition_variable idle_;
    int running_ = 0;
    std::exception_ptr error_;
    std::int64_t error_begin_ = 0;
};

// Workers that are joined on every way out; on the way of an exception they are told to stop.
class Workers {
public:
    explicit Workers(Work& work) : work_(work) {}
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;
    ~Workers() {
        work_.stop();
        for (std::thread& thread : threads_) thread.join();
    }

    /// Starts up to `count` threads; fewer where the system has no more, which only costs time.
    void start(std::int64_t count) {
        for (std::int64_t i = 0; i < count; ++i) {
            work_.enter();
            try {
                threads_.emplace_back([&work = work_] {
                    while (work.run_one()) {
                    }
                    work.leave();
                });
            } catch (const std::system_error&) {
                work_.leave();
                return;
            }
        }
    }

private:
    Work& work_;
    std::vector<std::thread> threads_;
};

void report(const Run& run, std::int64_t done, std::int64_t total) {
    if (run.report && !run.report(done, total)) throw Interrupted{};
}

}  // namespace

void parallel_for(std::int64_t count, const Run& run, std::int64_t grain, const Body& body) {
    if (run.threads < 1) throw ValueError("the number of threads must be at least 1");
    if (grain < 1) throw ValueError("the grain of a parallel run must be at least 1");
    if (count <= 0) return;
    // No chunk is longer than the whole: the counter stays far from the end of its type.
    grain = std::min(grain, count);
    const std::int64_t chunks = (count - 1) / grain + 1;
    Work work{count, grain, body};
    {
        Workers workers{work};
        workers.start(std::min<std::int64_t>(run.threads, chunks) - 1);
        auto next_report = Clock::now() + report_interval;
        while (work.run_one()) {
            if (run.report && Clock::now() >= next_report) {
                report(run, work.done(), count);
                next_report = Clock::now() + report_interval;
            }
        }
        while (!work.wait(std::max(next_report - Clock::now(), Clock::duration::zero()))) {
            report(run, work.done(), count);
            next_report = Clock::now() + report_interval;
        }
    }
    work.rethrow();
    report(run, count, count);
}

}  // namespace framelens
