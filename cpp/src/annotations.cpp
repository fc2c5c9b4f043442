#include "framelens/annotations.hpp"

#include "framelens/error.hpp"

#include <map>

namespace framelens {
namespace {

constexpr std::int64_t grain = 8;  // documents a task

std::map<std::string, LineCounts> count_source_lines(const std::vector<std::string>& texts,
                                                     const std::vector<std::string>& sources) {
    std::map<std::string, LineCounts> counts;
    for (std::size_t i = 0; i < texts.size(); ++i) count_lines(texts[i], counts[sources[i]]);
    return counts;
}

/// A run whose progress is one half of the whole.
Run half_of(const Run& run, std::int64_t before) {
    Run half = run;
    if (run.report) {
        half.report = [report = run.report, before](std::int64_t done, std::int64_t total) {
            return report((before * total + done) / 2, total);
        };
    }
    return half;
}

}  // namespace

std::unique_ptr<Annotations> annotate(std::vector<std::string> texts,
                                      const std::vector<std::string>& sources,
                                      std::shared_ptr<const Language> language, const Run& run) {
    if (texts.size() != sources.size()) {
        throw ValueError("there are " + std::to_string(texts.size()) + " texts but " +
                         std::to_string(sources.size()) + " sources");
    }
    auto out = std::make_unique<Annotations>();
    out->language = std::move(language);
    const auto lines = count_source_lines(texts, sources);
    const auto count = static_cast<std::int64_t>(texts.size());
    out->documents.resize(texts.size());
    parallel_for(count, half_of(run, 0), grain, [&](std::int64_t begin, std::int64_t end) {
        for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
            auto document = std::make_unique<AnnotatedDocument>();
            document->text = std::move(texts[i]);
            document->segmented = read_text(document->text, *out->language, &lines.at(sources[i]));
            document->names = find_names(document->segmented);
            out->documents[i] = std::move(document);
        }
    });
    std::vector<const DocumentNames*> names;
    names.reserve(texts.size());
    for (const auto& document : out->documents) names.push_back(&document->names);
    out->names = join_names(names, *out->language);
    parallel_for(count, half_of(run, 1), grain, [&](std::int64_t begin, std::int64_t end) {
        for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
            AnnotatedDocument& document = *out->documents[i];
            number_places(document.names, out->names);
            document.references.emplace(document.segmented, document.names, out->names,
                                        out->names.of[i]);
            document.quotes = find_quotes(document.segmented, document.names, *document.references);
        }
    });
    return out;
}

}  // namespace framelens
