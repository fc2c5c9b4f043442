#include "framelens/parallel.hpp"

#include "framelens/error.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <exception>
#include <latch>
#include <mutex>
#include <new>
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

// The C++ library allocates a little for each thread that throws, and ends the process if there is
// no memory for it. So each thread allocates it before the work begins. False if there is no memory.
bool prepare_to_throw() noexcept {
    constexpr std::size_t exception_room_bytes = 4096;
    void* volatile const room = std::malloc(exception_room_bytes);
    if (room == nullptr) return false;
    std::free(room);
    // Into a volatile, or the call would be left out as one without effect.
    [[maybe_unused]] const volatile int exceptions = std::uncaught_exceptions();
    return true;
}

// Workers that are joined on every way out; on the way of an exception they are told to stop.
class Workers {
public:
    Workers(Work& work, std::int64_t count) : work_(work), count_(count), prepared_(count + 1) {
        threads_.reserve(static_cast<std::size_t>(count));
    }
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;
    ~Workers() {
        work_.stop();
        for (std::thread& thread : threads_) thread.join();
    }

    /// Starts the threads; fewer where the system has no more, which only costs time. None begins
    /// to work, and to take memory, before all are prepared.
    void start() {
        std::int64_t started = 0;
        while (started < count_ && start_one()) ++started;
        prepared_.count_down(count_ - started);
        static_cast<void>(prepare_to_throw());
        prepared_.arrive_and_wait();
    }

private:
    bool start_one() {
        work_.enter();
        try {
            threads_.emplace_back([this] { run(); });
            return true;
        } catch (const std::system_error&) {
        } catch (const std::bad_alloc&) {
        }
        work_.leave();
        return false;
    }

    void run() {
        const bool is_prepared = prepare_to_throw();
        prepared_.arrive_and_wait();
        while (is_prepared && work_.run_one()) {
        }
        work_.leave();
    }

    Work& work_;
    const std::int64_t count_;
    std::latch prepared_;
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
        Workers workers{work, std::min<std::int64_t>(run.threads, chunks) - 1};
        workers.start();
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
