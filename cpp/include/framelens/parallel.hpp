// The one parallel-for, and how a long run reports progress and is stopped.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

namespace framelens {

/// How often the caller of a long run is asked: soon enough for Ctrl-C, seldom enough to cost nothing.
inline constexpr auto report_interval = std::chrono::milliseconds{20};

/// How to run: number of threads (>= 1), and a callback that the *calling* thread invokes every
/// `report_interval` with (items done, items in all). Returning false stops the run with `Interrupted`.
struct Run {
    int threads = 1;
    std::function<bool(std::int64_t done, std::int64_t total)> report;
};

/// Calls `body(begin, end)` for ranges that cover [0, count) once, in no promised order.
/// `body` writes only to places that belong to its range, so results do not depend on threads.
/// Errors: the first exception of a body is rethrown after all workers stopped; `Interrupted`.
void parallel_for(std::int64_t count, const Run& run, std::int64_t grain,
                  const std::function<void(std::int64_t begin, std::int64_t end)>& body);

}  // namespace framelens
