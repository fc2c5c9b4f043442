#include "framelens/resample.hpp"

#include "framelens/error.hpp"
#include "framelens/resample_random.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

namespace framelens {

double jackknife_variance(std::span<const double> left_out) {
    if (left_out.size() < 2) {
        throw ValueError("a jackknife needs at least two observations");
    }
    const auto n = static_cast<double>(left_out.size());
    double mean = 0.0;
    for (const double value : left_out) {
        mean += value / n;
    }
    double squares = 0.0;
    for (const double value : left_out) {
        squares += (value - mean) * (value - mean);
    }
    return squares * (n - 1.0) / n;
}

double satterthwaite_degrees(std::span<const VariancePart> parts) {
    double total = 0.0;
    double squares = 0.0;
    double degrees = 0.0;
    for (const VariancePart part : parts) {
        total += part.variance;
        squares += part.variance * part.variance / part.degrees;
        degrees += part.degrees;
    }
    return squares > 0.0 ? total * total / squares : degrees;
}

SubsetDrawer::SubsetDrawer(std::int64_t count)
    : numbers_(static_cast<std::size_t>(std::max<std::int64_t>(count, 0))) {
    std::iota(numbers_.begin(), numbers_.end(), 0);
}

void SubsetDrawer::draw(std::int64_t size, std::uint64_t seed, std::uint64_t stream,
                        std::vector<std::int64_t>& to) {
    if (size < 0 || std::cmp_greater(size, numbers_.size())) {
        throw ValueError("a subset is not larger than the whole");
    }
    Random random(seed, stream);
    swapped_.clear();
    for (std::size_t i = 0; i < static_cast<std::size_t>(size); ++i) {
        swapped_.push_back(i + random.below(numbers_.size() - i));
        std::swap(numbers_[i], numbers_[swapped_[i]]);
    }
    to.insert(to.end(), numbers_.begin(), numbers_.begin() + size);
    for (std::size_t i = swapped_.size(); i-- > 0;) {
        std::swap(numbers_[i], numbers_[swapped_[i]]);
    }
}

std::vector<std::int64_t> draw_subset(std::int64_t count, std::int64_t size, std::uint64_t seed,
                                      std::uint64_t stream) {
    std::vector<std::int64_t> numbers;
    SubsetDrawer(count).draw(size, seed, stream, numbers);
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

}  // namespace framelens
