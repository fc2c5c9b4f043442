#include "framelens/similarity.hpp"

#include "framelens/counts.hpp"
#include "framelens/error.hpp"
#include "framelens/resample.hpp"
#include "groups.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <unordered_map>
#include <utility>

namespace framelens {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();
// Documents of a group from which errors are given; the jackknife of fewer is too rough. Centring
// takes the mean from the same documents, and needs more.
constexpr std::int64_t min_error_documents = 5;
constexpr std::int64_t min_centred_error_documents = 20;

// U of the header: self-products left out, where there are two documents.
Matrix cross_means(const Groups& groups) {
    Matrix u = groups.gram;
    for (Eigen::Index a = 0; a < groups.size(); ++a) {
        const double n = groups.count(a);
        if (n >= 2.0) {
            u(a, a) = 0.0;
            for (const std::int64_t row : groups.members[static_cast<std::size_t>(a)]) {
                u(a, a) += product_with_others(groups, a, row) / (n * (n - 1.0));
            }
        }
    }
    return u;
}

// A symmetric matrix with its row means, so that one entry of the centred matrix costs O(1).
class Centred {
public:
    Centred(Matrix values, bool centre)
        : values_(std::move(values)), means_(Vector::Zero(values_.rows())) {
        if (centre && values_.rows() > 0) {
            means_ = values_.rowwise().sum() / static_cast<double>(values_.rows());
            total_ = means_.sum() / static_cast<double>(values_.rows());
        }
    }
    [[nodiscard]] double operator()(Eigen::Index a, Eigen::Index b) const noexcept {
        return values_(a, b) - means_[a] - means_[b] + total_;
    }
    // Missing where a group is not alike even with itself.
    [[nodiscard]] double ratio(Eigen::Index a, Eigen::Index b) const noexcept {
        if (!has_length(a) || !has_length(b)) return missing;
        return (*this)(a, b) / std::sqrt((*this)(a, a) * (*this)(b, b));
    }

private:
    // What centring leaves of equal rows is rounding.
    [[nodiscard]] bool has_length(Eigen::Index a) const noexcept {
        return (*this)(a, a) > 1e-12 * std::abs(values_(a, a));
    }

    Matrix values_;
    Vector means_;
    double total_ = 0.0;
};

// Rows that are left out together, and the sum of the products of two different ones.
struct Cluster {
    std::vector<std::int64_t> rows;
    double inside = 0.0;
};

// The clusters of each group, in the order of their first rows.
std::vector<std::vector<Cluster>> make_clusters(CsrView<double> rows, const Groups& groups,
                                                std::span<const std::int32_t> cluster_of) {
    std::vector<std::vector<Cluster>> clusters;
    for (const auto& members : groups.members) {
        auto& of_group = clusters.emplace_back();
        std::unordered_map<std::int32_t, std::size_t> number;
        for (const std::int64_t row : members) {
            std::size_t place = of_group.size();
            if (!cluster_of.empty()) {
                place =
                    number.try_emplace(cluster_of[static_cast<std::size_t>(row)], of_group.size())
                        .first->second;
            }
            if (place == of_group.size()) of_group.emplace_back();
            Cluster& cluster = of_group[place];
            for (const std::int64_t other : cluster.rows) {
                cluster.inside += 2.0 * multiply_rows(rows, row, other);
            }
            cluster.rows.push_back(row);
        }
    }
    return clusters;
}

// U without some rows of group a.
Matrix cross_means_without(const Groups& groups, const Matrix& u, Eigen::Index a,
                           const Cluster& cluster) {
    const double n = groups.count(a);
    const double kept = n - static_cast<double>(cluster.rows.size());
    Matrix left = u;
    left.row(a) *= n;
    double within = n * (n - 1.0) * u(a, a) + cluster.inside;
    for (const std::int64_t row : cluster.rows) {
        left.row(a) -= groups.products.row(row);
        within -= 2.0 * product_with_others(groups, a, row);
    }
    left.row(a) /= kept;
    left.col(a) = left.row(a).transpose();
    left(a, a) = within / (kept * (kept - 1.0));
    return left;
}

// Group x group: the part of the variance of adjusted(a, b) that the documents of a make.
Matrix variances(const Groups& groups, const std::vector<std::vector<Cluster>>& clusters,
                 const Matrix& u, bool centre, const Run& run) {
    const std::int64_t fewest = centre ? min_centred_error_documents : min_error_documents;
    Matrix variance = Matrix::Constant(groups.size(), groups.size(), missing);
    parallel_for(groups.size(), run, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t a = begin; a < end; ++a) {
            const auto& of_group = clusters[static_cast<std::size_t>(a)];
            if (std::ssize(of_group) < fewest) {
                continue;
            }
            std::vector<std::vector<double>> left_out(static_cast<std::size_t>(groups.size()));
            for (const Cluster& cluster : of_group) {
                const Centred left(cross_means_without(groups, u, a, cluster), centre);
                for (Eigen::Index b = 0; b < groups.size(); ++b) {
                    left_out[static_cast<std::size_t>(b)].push_back(left.ratio(a, b));
                }
            }
            for (Eigen::Index b = 0; b < groups.size(); ++b) {
                variance(a, b) = jackknife_variance(left_out[static_cast<std::size_t>(b)]);
            }
        }
    });
    return variance;
}

Matrix similarities(const Groups& groups, const Matrix& u, const SimilarityOptions& options) {
    const bool mean_pairwise = options.aggregate == Aggregate::mean_pairwise;
    const Centred centred(mean_pairwise ? u : groups.gram, options.centre);
    Matrix similarity(groups.size(), groups.size());
    for (Eigen::Index a = 0; a < groups.size(); ++a) {
        for (Eigen::Index b = 0; b < groups.size(); ++b) {
            if (!mean_pairwise) {
                const double ratio = std::clamp(centred.ratio(a, b), -1.0, 1.0);
                similarity(a, b) = a == b && !std::isnan(ratio) ? 1.0 : ratio;
            } else {
                const bool one_document = a == b && groups.count(a) < 2.0;
                // A mean of cosines, unless centred.
                const double most = options.centre ? infinite : 1.0;
                similarity(a, b) = one_document ? missing : std::min(centred(a, b), most);
            }
        }
    }
    return similarity;
}

void fill_adjusted(const Groups& groups, const std::vector<std::vector<Cluster>>& clusters,
                   const Matrix& variance, const Centred& centred, GroupSimilarity& result) {
    const auto degrees = [&](Eigen::Index group) {
        return static_cast<double>(clusters[static_cast<std::size_t>(group)].size()) - 1.0;
    };
    for (Eigen::Index a = 0; a < groups.size(); ++a) {
        for (Eigen::Index b = 0; b < groups.size(); ++b) {
            const double fewest = std::min(groups.count(a), groups.count(b));
            const bool same = a == b;
            double adjusted = fewest < 2.0 ? missing : centred.ratio(a, b);
            if (same && !std::isnan(adjusted)) {
                adjusted = 1.0;
            }
            const std::array<VariancePart, 2> parts{VariancePart{variance(a, b), degrees(a)},
                                                    VariancePart{variance(b, a), degrees(b)}};
            const double sum = same ? missing : variance(a, b) + variance(b, a);
            result.adjusted.push_back(adjusted);
            result.error.push_back(std::sqrt(sum));
            result.degrees.push_back(std::isnan(sum) ? missing : satterthwaite_degrees(parts));
        }
    }
}

std::vector<double> flatten(const Matrix& matrix) {
    return {matrix.data(), matrix.data() + matrix.size()};
}

}  // namespace

GroupSimilarity compare_groups(CsrView<double> rows, std::span<const std::int32_t> group_of,
                               std::int32_t groups, const SimilarityOptions& options,
                               const Run& run) {
    GroupSimilarity result;
    result.groups = groups;
    std::vector<std::vector<std::int64_t>> members = rows_by_group(rows.rows(), group_of, groups);
    for (const auto& of_group : members) {
        result.documents.push_back(static_cast<std::int64_t>(of_group.size()));
    }
    if (!options.cluster_of.empty() && std::ssize(options.cluster_of) != rows.rows()) {
        throw ValueError("there must be one cluster a document");
    }
    const Groups by_document = make_groups(rows, std::move(members), run);
    const Matrix u = cross_means(by_document);
    result.similarity = flatten(similarities(by_document, u, options));
    const auto clusters = make_clusters(rows, by_document, options.cluster_of);
    fill_adjusted(by_document, clusters, variances(by_document, clusters, u, options.centre, run),
                  Centred(u, options.centre), result);
    return result;
}

}  // namespace framelens
