// Terms that set groups of documents apart: framelens._core.keyness.
#include "border.hpp"
#include "framelens/counts.hpp"
#include "framelens/keyness.hpp"
#include "framelens/types_names.hpp"

#include <pybind11/stl.h>
#include <array>
#include <string_view>

namespace py = pybind11;
using namespace framelens;

namespace {

template <class Value>
using Array = py::array_t<Value, py::array::c_style>;

constexpr std::array<std::pair<std::string_view, Contrast>, 8> contrasts{{
    {"log_odds", Contrast::log_odds},
    {"g2", Contrast::g2},
    {"chi2", Contrast::chi2},
    {"fisher", Contrast::fisher},
    {"pmi", Contrast::pmi},
    {"log_ratio", Contrast::log_ratio},
    {"percent_diff", Contrast::percent_diff},
    {"jensen_shannon", Contrast::jensen_shannon},
}};
static_assert(contrasts.size() == count_enumerators<Contrast>());

Contrast contrast_from_python(const std::string& name) {
    for (const auto& [known, contrast] : contrasts) {
        if (known == name) return contrast;
    }
    throw py::value_error("no measure is called '" + name + "'");
}

py::dict to_dict(KeynessTable&& table) {
    return py::dict(py::arg("group") = border::to_array(std::move(table.group)),
                    py::arg("term") = border::to_array(std::move(table.term)),
                    py::arg("count") = border::to_array(std::move(table.count)),
                    py::arg("rest") = border::to_array(std::move(table.rest)),
                    py::arg("range") = border::to_array(std::move(table.range)),
                    py::arg("dispersion") = border::to_array(std::move(table.dispersion)),
                    py::arg("rate") = border::to_array(std::move(table.rate)),
                    py::arg("rest_rate") = border::to_array(std::move(table.rest_rate)),
                    py::arg("score") = border::to_array(std::move(table.score)),
                    py::arg("z") = border::to_array(std::move(table.z)),
                    py::arg("error") = border::to_array(std::move(table.error)),
                    py::arg("degrees") = border::to_array(std::move(table.degrees)),
                    py::arg("p") = border::to_array(std::move(table.p)),
                    py::arg("p_words") = border::to_array(std::move(table.p_words)),
                    py::arg("tested") = table.tested, py::arg("floor") = table.floor);
}

py::dict contrast_groups(const Array<std::int64_t>& indptr, const Array<std::int32_t>& indices,
                         const Array<std::int32_t>& data, const Array<std::int32_t>& group_of,
                         std::int64_t columns, std::int32_t groups, const std::string& measure,
                         double prior_size, const Array<double>& prior, std::int64_t min_count,
                         std::int64_t permutations, std::uint64_t seed, std::int64_t min_documents,
                         const Array<std::uint8_t>& listed, const Array<std::uint8_t>& wanted,
                         const Array<double>& lengths, const Array<std::int32_t>& strata,
                         std::optional<int> n_jobs, const py::object& progress) {
    const CsrView<std::int32_t> counts{border::to_span(indptr), border::to_span(indices),
                                       border::to_span(data), columns};
    const auto group_span = border::to_span(group_of);
    const KeynessOptions options{contrast_from_python(measure),
                                 prior_size,
                                 border::to_span(prior),
                                 min_count,
                                 permutations,
                                 seed,
                                 min_documents,
                                 border::to_span(listed),
                                 border::to_span(wanted),
                                 border::to_span(lengths),
                                 border::to_span(strata)};
    const Run run = border::run_from_python(n_jobs, progress);
    KeynessTable table;
    {
        const py::gil_scoped_release release;
        check_rows(counts.indptr, counts.indices, counts.data.size(), columns);
        table = keyness(counts, group_span, groups, options, run);
    }
    return to_dict(std::move(table));
}

py::tuple score_log_odds(const Array<std::int64_t>& indptr, const Array<std::int32_t>& indices,
                         const Array<std::int32_t>& data, const Array<std::int32_t>& group_of,
                         std::int64_t columns, std::int32_t groups, double prior_size,
                         std::optional<int> n_jobs) {
    const CsrView<std::int32_t> counts{border::to_span(indptr), border::to_span(indices),
                                       border::to_span(data), columns};
    const auto group_span = border::to_span(group_of);
    const Run run = border::run_from_python(n_jobs, py::none());
    LogOdds found;
    {
        const py::gil_scoped_release release;
        check_rows(counts.indptr, counts.indices, counts.data.size(), columns);
        found = log_odds(counts, group_span, groups, {.prior_size = prior_size, .prior = {}}, run);
    }
    return py::make_tuple(border::to_array(std::move(found.score)),
                          border::to_array(std::move(found.z)));
}

}  // namespace

void bind_keyness(py::module_& module) {
    module.def("keyness", &contrast_groups, py::arg("indptr"), py::arg("indices"), py::arg("data"),
               py::arg("group_of"), py::kw_only(), py::arg("columns"), py::arg("groups"),
               py::arg("measure") = "log_odds", py::arg("prior_size") = 500.0,
               py::arg_v("prior", py::array_t<double>(0), "..."), py::arg("min_count") = 1,
               py::arg("permutations") = 0, py::arg("seed") = 0, py::arg("min_documents") = 1,
               py::arg_v("listed", py::array_t<std::uint8_t>(0), "..."),
               py::arg_v("wanted", py::array_t<std::uint8_t>(0), "..."),
               py::arg_v("lengths", py::array_t<double>(0), "..."),
               py::arg_v("strata", py::array_t<std::int32_t>(0), "..."),
               py::arg("n_jobs") = py::none(), py::arg("progress") = py::none(),
               "Contrasts each group with the others: columns group, term, count, rest, range, "
               "dispersion, rate, rest_rate, score, z, error, degrees, p, p_words; tested, floor.");
    module.def("log_odds", &score_log_odds, py::arg("indptr"), py::arg("indices"), py::arg("data"),
               py::arg("group_of"), py::kw_only(), py::arg("columns"), py::arg("groups"),
               py::arg("prior_size") = 500.0, py::arg("n_jobs") = py::none(),
               "Score and z of the log odds alone, groups x terms, row after row.");
}
