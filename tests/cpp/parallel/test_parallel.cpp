#include "catch.hpp"
#include "framelens/error.hpp"
#include "framelens/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <limits>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using framelens::Interrupted;
using framelens::parallel_for;
using framelens::Run;
using framelens::ValueError;

namespace {

Run threads(int count) {
    return {count, {}};
}

std::vector<int> visits(std::int64_t count, int thread_count, std::int64_t grain) {
    std::vector<int> seen(static_cast<std::size_t>(count), 0);
    parallel_for(count, threads(thread_count), grain, [&](std::int64_t begin, std::int64_t end) {
        for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
            ++seen[i];
        }
    });
    return seen;
}

}  // namespace

TEST_CASE("every item is visited once, at any number of threads and any grain") {
    for (const int thread_count : {1, 2, 3, 8, 64}) {
        for (const std::int64_t grain : {1, 2, 7, 1000, 100'000}) {
            for (const std::int64_t count : {0, 1, 2, 99, 1001}) {
                CHECK(visits(count, thread_count, grain) ==
                      std::vector<int>(static_cast<std::size_t>(count), 1));
            }
        }
    }
}

TEST_CASE("a grain at the end of its type does not overflow") {
    constexpr auto largest = std::numeric_limits<std::int64_t>::max();
    CHECK(visits(10, 4, largest) == std::vector<int>(10, 1));
}

TEST_CASE("a run without threads or grain is refused") {
    const auto body = [](std::int64_t, std::int64_t) {};
    CHECK_THROWS_AS(parallel_for(1, threads(0), 1, body), ValueError);
    CHECK_THROWS_AS(parallel_for(1, threads(1), 0, body), ValueError);
}

TEST_CASE("the failing range with the lowest begin is the one that is reported") {
    for (const int thread_count : {1, 2, 8}) {
        for (int repetition = 0; repetition < 20; ++repetition) {
            std::string message;
            try {
                parallel_for(1000, threads(thread_count), 1, [](std::int64_t begin, std::int64_t) {
                    if (begin >= 500) throw std::runtime_error(std::to_string(begin));
                });
            } catch (const std::runtime_error& error) {
                message = error.what();
            }
            CHECK(message == "500");
        }
    }
}

TEST_CASE("a report that returns false stops the run") {
    for (const int thread_count : {1, 4}) {
        std::atomic<std::int64_t> done{0};
        const Run run{thread_count, [](std::int64_t, std::int64_t) { return false; }};
        const auto started = std::chrono::steady_clock::now();
        CHECK_THROWS_AS(parallel_for(10'000, run, 1,
                                     [&](std::int64_t, std::int64_t) {
                                         std::this_thread::sleep_for(std::chrono::milliseconds{1});
                                         ++done;
                                     }),
                        Interrupted);
        CHECK(std::chrono::steady_clock::now() - started < std::chrono::seconds{2});
        CHECK(done < 10'000);
    }
}

TEST_CASE("reports come from the calling thread, never go back, and end at the total") {
    for (const int thread_count : {1, 4}) {
        const auto caller = std::this_thread::get_id();
        std::vector<std::int64_t> reports;
        bool from_caller = true;
        const Run run{thread_count, [&](std::int64_t done, std::int64_t total) {
                          from_caller = from_caller && std::this_thread::get_id() == caller;
                          reports.push_back(done);
                          return total == 300;
                      }};
        parallel_for(300, run, 1, [](std::int64_t, std::int64_t) {
            std::this_thread::sleep_for(std::chrono::milliseconds{1});
        });
        CHECK(from_caller);
        REQUIRE(reports.size() >= 2);
        CHECK(std::is_sorted(reports.begin(), reports.end()));
        CHECK(reports.back() == 300);
    }
}

TEST_CASE("an exception of the report ends the run as it is") {
    const Run run{2, [](std::int64_t, std::int64_t) -> bool { throw std::out_of_range("mine"); }};
    CHECK_THROWS_AS(parallel_for(10, run, 1, [](std::int64_t, std::int64_t) {}), std::out_of_range);
}

TEST_CASE("runs may be nested") {
    std::vector<int> seen(100, 0);
    parallel_for(10, threads(3), 1, [&](std::int64_t outer, std::int64_t) {
        parallel_for(10, threads(2), 1, [&](std::int64_t inner, std::int64_t) {
            ++seen[static_cast<std::size_t>(outer * 10 + inner)];
        });
    });
    CHECK(seen == std::vector<int>(100, 1));
}
