// Looking out for the caller's wish to stop while a long document is counted.
#pragma once

#include "framelens/error.hpp"
#include "framelens/parallel.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <exception>
#include <thread>

namespace framelens {

/// Made by the calling thread. `parallel_for` asks the caller between chunks; a single document may
/// take longer than that.
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

}  // namespace framelens
