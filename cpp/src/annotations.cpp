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

/// Texts made plain, what they were before, and where their titles end in them.
struct PlainTexts {
    std::vector<std::string>& texts;
    std::vector<GivenText> given;
    std::vector<std::int64_t> title_ends;  // empty: no titles are known
};

void make_one_plain(PlainTexts& plain, std::size_t i) {
    std::string& text = plain.texts[i];
    plain.given[i] = make_plain(text);
    if (plain.given[i].is_plain() || plain.title_ends.empty()) return;
    std::int64_t& title_end = plain.title_ends[i];
    std::string title{plain.given[i].text(text).substr(0, static_cast<std::size_t>(title_end))};
    (void)make_plain(title);
    title_end = std::ssize(title);
}

/// Makes the texts plain, and finds the lines that each source repeats.
std::map<std::string, RepeatedLines> find_repeated(PlainTexts& plain,
                                                   const std::vector<std::string>& sources,
                                                   const Run& run) {
    const auto& texts = plain.texts;
    std::vector<std::vector<std::uint64_t>> hashes(texts.size());
    parallel_for(
        std::ssize(texts), part_of(run, 0, 1), grain, [&](std::int64_t begin, std::int64_t end) {
            for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
                make_one_plain(plain, i);
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

/// Headlines in Title Case or capitals: once the running text of all documents is known.
void read_caseless_lines(Annotations& annotations, const std::vector<const DocumentNames*>& names,
                         const Run& run) {
    std::vector<const SegmentedText*> texts;
    texts.reserve(names.size());
    for (const auto& document : annotations.documents) texts.push_back(&document->segmented);
    annotations.known = KnownNames(texts, names, part_of(run, 5, 6));
    const auto count = static_cast<std::int64_t>(texts.size());
    parallel_for(count, part_of(run, 6, 6), grain, [&](std::int64_t begin, std::int64_t end) {
        for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
            AnnotatedDocument& document = *annotations.documents[i];
            read_caseless(document.segmented, document.names, annotations.known);
        }
    });
}

void check_lengths(const std::vector<std::string>& texts, const KnownOfTexts& known) {
    const auto differ = [&](std::size_t count, const char* what) {
        throw ValueError("there are " + std::to_string(texts.size()) + " texts but " +
                         std::to_string(count) + what);
    };
    if (texts.size() != known.sources.size()) differ(known.sources.size(), " sources");
    if (known.title_ends.empty()) return;
    if (texts.size() != known.title_ends.size()) differ(known.title_ends.size(), " ends of titles");
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (known.title_ends[i] >= 0 && known.title_ends[i] <= std::ssize(texts[i])) continue;
        throw ValueError("the title of text " + std::to_string(i) + " ends outside of it");
    }
}

}  // namespace

std::unique_ptr<Annotations> annotate(std::vector<std::string> texts, const KnownOfTexts& known,
                                      std::shared_ptr<const Language> language, const Run& run) {
    check_lengths(texts, known);
    const auto& sources = known.sources;
    auto out = std::make_unique<Annotations>();
    out->language = std::move(language);
    PlainTexts plain{texts, std::vector<GivenText>(texts.size()), known.title_ends};
    const auto count = static_cast<std::int64_t>(texts.size());
    const auto repeated = find_repeated(plain, sources, run);
    out->documents.resize(texts.size());
    parallel_for(count, part_of(run, 1, 5), grain, [&](std::int64_t begin, std::int64_t end) {
        for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
            auto document = std::make_unique<AnnotatedDocument>();
            document->text = std::move(texts[i]);
            document->given = std::move(plain.given[i]);
            const std::int64_t title_end = plain.title_ends.empty() ? 0 : plain.title_ends[i];
            document->segmented = read_text(document->text, *out->language,
                                            &repeated.at(sources[i]), title_end, sources[i]);
            document->names = find_names(document->segmented);
            out->documents[i] = std::move(document);
        }
    });
    std::vector<const DocumentNames*> names;
    names.reserve(texts.size());
    for (const auto& document : out->documents) names.push_back(&document->names);
    read_caseless_lines(*out, names, run);
    out->names = join_names(names, *out->language, standing_at(run, count * 6 / 10, count));
    parallel_for(count, part_of(run, 6, 10), grain, [&](std::int64_t begin, std::int64_t end) {
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
