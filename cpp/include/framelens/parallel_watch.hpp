// Looking out for the caller's wish to stop within long work that is no loop of `parallel_for`.
#pragma once

#include "framelens/error.hpp"
#include "framelens/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <thread>

namespace framelens {

/// Made by the calling thread. `parallel_for` asks the caller between chunks; a single document, or
/// a serial step between two parallel ones, may take longer than that.
class Watch {
public:
    explicit Watch(const Run& run) : run_(run) {}
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

    /// Reports progress from the calling thread, as a run's `report` does, and remembers how it ended.
    bool report(std::int64_t done, std::int64_t total) {
        done_ = done;
        total_ = total;
        next_ = Clock::now() + report_interval;
        try {
            if (run_.report(done, total)) return true;
        } catch (...) {
            error_ = std::current_exception();
            stopped_.store(true, std::memory_order_relaxed);
            throw;
        }
        stopped_.store(true, std::memory_order_relaxed);
        return false;
    }
    /// Is called every now and then, from any thread. Errors: Interrupted, or what a report throws.
    void look() {
        if (stopped_.load(std::memory_order_relaxed)) throw Interrupted{};
        if (std::this_thread::get_id() != caller_ || !run_.report || Clock::now() < next_) return;
        if (!report(done_, total_)) throw Interrupted{};
    }
    /// The error of the report, if it is why threads were interrupted.
    void rethrow() const {
        if (error_) std::rethrow_exception(error_);
    }
    [[nodiscard]] const Run& run() const noexcept { return run_; }

private:
    using Clock = std::chrono::steady_clock;

    const Run& run_;
    const std::thread::id caller_ = std::this_thread::get_id();
    std::atomic<bool> stopped_{false};
    // Of the calling thread alone:
    Clock::time_point next_ = Clock::now() + report_interval;
    std::int64_t done_ = 0;
    std::int64_t total_ = 0;
    std::exception_ptr error_;
};

/// A run whose progress stays where it is, for serial work before or behind a parallel loop.
[[nodiscard]] inline Run standing_at(const Run& run, std::int64_t done, std::int64_t total) {
    if (!run.report) return run;
    return {run.threads, [report = run.report, done, total](std::int64_t, std::int64_t) {
                return report(done, total);
            }};
}

/// Looks out every so many steps of a loop of very short ones.
class Pace {
public:
    explicit Pace(Watch& watch) : watch_(watch) {}
    void step() {
        constexpr std::uint32_t often = 1024;
        if (++steps_ % often == 0) watch_.look();
    }

private:
    Watch& watch_;
    std::uint32_t steps_ = 0;
};

/// The same as `parallel_for` with the watch's run; bodies may look out, too.
inline void parallel_for(std::int64_t count, Watch& watch, std::int64_t grain,
                         const std::function<void(std::int64_t begin, std::int64_t end)>& body) {
    Run run = watch.run();
    if (run.report) {
        run.report = [&watch](std::int64_t done, std::int64_t total) {
            return watch.report(done, total);
        };
    }
    try {
        parallel_for(count, run, grain, body);
    } catch (const Interrupted&) {
        watch.rethrow();
        throw;
    }
}

/// Sorts, looking out between comparisons. Errors: as `Watch::look`; the order is then any.
template <class Values, class Before = std::less<>>
void watched_sort(Values& values, Watch& watch, const Before& before = {}) {
    Pace pace(watch);
    std::sort(values.begin(), values.end(), [&](const auto& a, const auto& b) {
        pace.step();
        return before(a, b);
    });
}

}  // namespace framelens
