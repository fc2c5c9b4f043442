#include "framelens/resample.hpp"

#include "framelens/error.hpp"

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

}  // namespace framelens
