#include "framelens/error.hpp"
#include "framelens/similarity.hpp"

#include <Eigen/Core>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace framelens {

PlaneMap map_to_plane(std::span<const double> distances, std::int64_t points) {
    if (points < 0 || distances.size() != static_cast<std::size_t>(points * points)) {
        throw ValueError("distances are a square matrix");
    }
    if (!std::all_of(distances.begin(), distances.end(),
                     [](double distance) { return std::isfinite(distance); })) {
        throw ValueError("a distance is not finite");
    }
    PlaneMap map{std::vector<double>(static_cast<std::size_t>(2 * points), 0.0),
                 std::numeric_limits<double>::quiet_NaN()};
    if (points < 2) return map;
    const Eigen::Map<const Eigen::MatrixXd> given(distances.data(), points, points);
    Eigen::MatrixXd products = -0.5 * given.array().square().matrix();
    products = (products + products.transpose().eval()) / 2.0;
    products.rowwise() -= products.colwise().mean().eval();
    products.colwise() -= products.rowwise().mean().eval();
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(products);
    const double all = solver.eigenvalues().cwiseMax(0.0).sum();
    double shown = 0.0;
    for (Eigen::Index axis = 0; axis < 2; ++axis) {
        const Eigen::Index place = points - 1 - axis;  // eigenvalues ascend
        const double value = std::max(solver.eigenvalues()[place], 0.0);
        Eigen::VectorXd vector = solver.eigenvectors().col(place);
        Eigen::Index largest = 0;
        vector.cwiseAbs().maxCoeff(&largest);
        if (vector[largest] < 0.0) vector = -vector;
        for (Eigen::Index point = 0; point < points; ++point) {
            map.coordinates[static_cast<std::size_t>(2 * point + axis)] =
                std::sqrt(value) * vector[point];
        }
        shown += value;
    }
    if (all > 0.0) map.share = shown / all;
    return map;
}

}  // namespace framelens
