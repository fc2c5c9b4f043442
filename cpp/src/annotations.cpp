#include "framelens/annotations.hpp"

#include "framelens/error.hpp"
#include "framelens/parallel_watch.hpp"

#include <map>
#include <utility>

namespace framelens {
namespace {

constexpr std::int64_t grain = 8;  // documents a task

/// A run whose progress is a part of the whole, in tenths.
Run part_of(const Run& run, std::int64_t from, std::int64_t to) {
    Run part = run;
    if (run.report) {
        part.report = [report = run.report, from, to](std::int64_t done, std::int64_t total) {
            return report((from * total + (to - from) * done) / 10, total);
        };
    }
    return part;
}

/// Makes the texts plain, and finds the lines that each source repeats.
std::map<std::string, RepeatedLines> find_repeated(std::vector<std::string>& texts,
                                                   std::vector<GivenText>& given,
                                                   const std::vector<std::string>& sources,
                                                   const Run& run) {
    std::vector<std::vector<std::uint64_t>> hashes(texts.size());
    parallel_for(
        std::ssize(texts), part_of(run, 0, 1), grain, [&](std::int64_t begin, std::int64_t end) {
            for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
                given[i] = make_plain(texts[i]);
                hashes[i] = hash_lines(texts[i]);
            }
        });
    std::map<std::string, std::vector<std::vector<std::uint64_t>>> of_source;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        of_source[sources[i]].push_back(std::move(hashes[i]));
    }
    std::map<std::string, RepeatedLines> repeated;
    const Run still = standing_at(run, std::ssize(texts) / 10, std::ssize(texts));
    Watch watch(still);
    for (const auto& [source, documents] : of_source) {
        watch.look();
        repeated.emplace(source, documents);
    }
    return repeated;
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
    const auto count = static_cast<std::int64_t>(texts.size());
    std::vector<GivenText> given(texts.size());
    const auto repeated = find_repeated(texts, given, sources, run);
    out->documents.resize(texts.size());
    parallel_for(count, part_of(run, 1, 5), grain, [&](std::int64_t begin, std::int64_t end) {
        for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
            auto document = std::make_unique<AnnotatedDocument>();
            document->text = std::move(texts[i]);
            document->given = std::move(given[i]);
            document->segmented =
                read_text(document->text, *out->language, &repeated.at(sources[i]));
            document->names = find_names(document->segmented);
            out->documents[i] = std::move(document);
        }
    });
    std::vector<const DocumentNames*> names;
    names.reserve(texts.size());
    for (const auto& document : out->documents) names.push_back(&document->names);
    out->names = join_names(names, *out->language, standing_at(run, count / 2, count));
    parallel_for(count, part_of(run, 5, 10), grain, [&](std::int64_t begin, std::int64_t end) {
        for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
            AnnotatedDocument& document = *out->documents[i];
            settle_names(document.names, out->names);
            document.references.emplace(document.segmented, document.names, out->names,
                                        out->names.of[i]);
            document.quotes = find_quotes(document.segmented, document.names, *document.references);
        }
    });
    return out;
}

}  // namespace framelens
