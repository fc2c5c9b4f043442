#include "framelens/framing_compare.hpp"

#include "framelens/error.hpp"
#include "framelens/parallel_watch.hpp"
#include "framelens/resample_random.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace framelens {
namespace {

constexpr double level = 0.05;
constexpr double close = 1e-9;  // statistics nearer to each other are one

/// One side's sums, from which its score and the score's variance follow.
struct Side {
    double balance = 0;
    double weight = 0;
    double balances = 0;  // sum of squares
    double products = 0;
    double weights = 0;  // sum of squares
    double count = 0;

    void add(double b, double w) {
        balance += b;
        weight += w;
        balances += b * b;
        products += b * w;
        weights += w * w;
        count += 1;
    }
    [[nodiscard]] double score() const { return balance / weight; }
    /// Of a ratio, by linearisation.
    [[nodiscard]] double variance() const {
        if (count < 2) return 0;
        const double s = score();
        const double squares = balances - 2 * s * products + s * s * weights;
        return std::max(0.0, squares) / (weight * weight) * count / (count - 1);
    }
};

double studentised(double difference, double variance) {
    if (std::abs(difference) < close) return 0;
    if (variance < close * close) return std::numeric_limits<double>::infinity();
    return std::abs(difference) / std::sqrt(variance);
}

/// How often a statistic is larger than the observed one, as large, and as large as the largest.
class Tally {
public:
    explicit Tally(double observed) : observed_(observed), largest_(observed) { add(observed); }
    void add(double value) {
        ++all_;
        if (value > largest_ + close) {
            largest_ = value;
            at_largest_ = 0;
        }
        if (value >= largest_ - close || value == largest_) ++at_largest_;
        if (value == observed_ || std::abs(value - observed_) < close) {
            ++equal_;
        } else if (value > observed_) {
            ++larger_;
        }
    }
    [[nodiscard]] std::optional<double> p() const {
        const auto all = static_cast<double>(all_);
        if (static_cast<double>(at_largest_) / all > level) return std::nullopt;
        return (static_cast<double>(larger_) + static_cast<double>(equal_)) / all;
    }

private:
    double observed_;
    double largest_;
    std::int64_t all_ = 0;
    std::int64_t larger_ = 0;
    std::int64_t equal_ = 0;
    std::int64_t at_largest_ = 0;
};

/// Documents by event, and which of them stand on the second side.
class Test {
public:
    Test(std::vector<ComparedDocument> documents, ComparedUnit unit)
        : documents_(std::move(documents)), unit_(unit) {
        // Sums of doubles depend on their order: take one that positions have no part in.
        std::sort(documents_.begin(), documents_.end(), [](const auto& a, const auto& b) {
            return std::tie(a.event, a.second, a.balance, a.weight) <
                   std::tie(b.event, b.second, b.balance, b.weight);
        });
        for (std::size_t i = 0; i < documents_.size(); ++i) {
            if (i == 0 || documents_[i].event != documents_[i - 1].event) starts_.push_back(i);
            second_.push_back(documents_[i].second);
        }
        starts_.push_back(documents_.size());
    }

    [[nodiscard]] double statistic() const {
        return unit_ == ComparedUnit::event ? by_event() : pooled();
    }

    /// The number of exchanges, or one more than `most`.
    [[nodiscard]] std::int64_t arrangements(std::int64_t most) const {
        double product = 1;
        for (std::size_t e = 0; e + 1 < starts_.size(); ++e) {
            double choose = 1;
            const std::size_t size = starts_[e + 1] - starts_[e];
            const auto chosen = static_cast<std::size_t>(
                std::count(second_.begin() + static_cast<std::ptrdiff_t>(starts_[e]),
                           second_.begin() + static_cast<std::ptrdiff_t>(starts_[e + 1]), true));
            for (std::size_t k = 0; k < chosen; ++k) {
                choose *= static_cast<double>(size - k) / static_cast<double>(k + 1);
            }
            product *= choose;
            if (product > static_cast<double>(most)) return most + 1;
        }
        return static_cast<std::int64_t>(std::llround(product));
    }

    /// Goes to the next arrangement; false behind the last, back at the first. Within an event the
    /// sides are the permutations of a sorted sequence.
    bool next() {
        for (std::size_t e = 0; e + 1 < starts_.size(); ++e) {
            const auto from = second_.begin() + static_cast<std::ptrdiff_t>(starts_[e]);
            const auto to = second_.begin() + static_cast<std::ptrdiff_t>(starts_[e + 1]);
            if (std::next_permutation(from, to)) return true;
        }
        return false;
    }

    void shuffle(Random& random) {
        for (std::size_t e = 0; e + 1 < starts_.size(); ++e) {
            for (std::size_t i = starts_[e + 1]; i > starts_[e] + 1; --i) {
                const std::size_t other = starts_[e] + random.below(i - starts_[e]);
                std::swap(second_[i - 1], second_[other]);
            }
        }
    }

private:
    [[nodiscard]] double pooled() const {
        Side sides[2];
        for (std::size_t i = 0; i < documents_.size(); ++i) {
            sides[second_[i]].add(documents_[i].balance, documents_[i].weight);
        }
        return studentised(sides[0].score() - sides[1].score(),
                           sides[0].variance() + sides[1].variance());
    }

    /// Paired: the mean over events of the difference within an event.
    [[nodiscard]] double by_event() const {
        double sum = 0;
        double squares = 0;
        const auto events = static_cast<double>(starts_.size() - 1);
        for (std::size_t e = 0; e + 1 < starts_.size(); ++e) {
            Side sides[2];
            for (std::size_t i = starts_[e]; i < starts_[e + 1]; ++i) {
                sides[second_[i]].add(documents_[i].balance, documents_[i].weight);
            }
            const double difference = sides[0].score() - sides[1].score();
            sum += difference;
            squares += difference * difference;
        }
        const double mean = sum / events;
        const double variance = events < 2 ? 0 : (squares / events - mean * mean) / (events - 1);
        return studentised(mean, variance);
    }

    std::vector<ComparedDocument> documents_;
    ComparedUnit unit_;
    std::vector<std::size_t> starts_;
    std::vector<std::uint8_t> second_;
};

void check(const std::vector<ComparedDocument>& documents, const PermutationOptions& options) {
    if (options.rounds < 1) throw ValueError("rounds is under 1");
    for (const ComparedDocument& document : documents) {
        const bool bad = !(document.weight > 0) || !std::isfinite(document.weight) ||
                         !(std::abs(document.balance) <= document.weight * (1 + close));
        if (bad) throw ValueError("a document's weight is above 0 and its balance within it");
    }
}

}  // namespace

std::optional<double> permutation_p(std::vector<ComparedDocument> documents,
                                    const PermutationOptions& options, const Run& run) {
    check(documents, options);
    Watch watch(run);
    const auto of_second = std::count_if(documents.begin(), documents.end(),
                                         [](const auto& document) { return document.second; });
    if (of_second == 0 || of_second == std::ssize(documents)) return std::nullopt;
    Test test(std::move(documents), options.unit);
    Tally tally(test.statistic());
    const std::int64_t arrangements = test.arrangements(options.rounds);
    if (arrangements <= options.rounds) {
        for (std::int64_t i = 1; i < arrangements; ++i) {
            watch.look();
            test.next();
            tally.add(test.statistic());
        }
        return tally.p();
    }
    Random random(options.seed);
    for (std::int64_t i = 0; i < options.rounds; ++i) {
        watch.look();
        test.shuffle(random);
        tally.add(test.statistic());
    }
    return tally.p();
}

}  // namespace framelens
