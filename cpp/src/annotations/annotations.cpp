#include "framelens/annotations.hpp"

#include "framelens/error.hpp"
#include "framelens/parallel_watch.hpp"
#include "framelens/zones_inserts.hpp"
#include "framelens/zones_titles.hpp"

#include <map>
#include <utility>

namespace framelens {
namespace {

constexpr std::int64_t grain = 8;  // documents a task

using Documents = std::vector<std::unique_ptr<AnnotatedDocument>>;

/// What all documents of a source have in common.
struct SourceForms {
    InsertClosers closers;
    RepeatedLines lines{{}};
    bool prints_titles = false;  // above its texts, where no titles are known
};

/// What the documents tell of their sources, and the first line of each that has no known title.
struct Learned {
    std::map<std::string, SourceForms> forms;
    std::vector<FirstLine> first;
};

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

/// Calls `visit(i)` for each of `count` documents, on several threads.
template <class Visit>
void for_each_document(std::int64_t count, const Run& run, Visit visit) {
    parallel_for(count, run, grain, [&](std::int64_t begin, std::int64_t end) {
        for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
            visit(i);
        }
    });
}

/// Makes a text plain, and one whose lines are paragraphs.
std::unique_ptr<AnnotatedDocument> prepare(std::string&& text, const Language& language,
                                           std::int64_t title_end) {
    auto document = std::make_unique<AnnotatedDocument>();
    document->text = std::move(text);
    document->soft_breaks = unwrap(document->text, document->given, language, title_end);
    document->given.make_plain(document->text);
    return document;
}

/// Without white space around it.
Span trim(std::string_view text, Span span) {
    const auto blank = [&](std::int64_t at) {
        return text[static_cast<std::size_t>(at)] == ' ' ||
               text[static_cast<std::size_t>(at)] == '\t';
    };
    while (span.start < span.end && blank(span.start)) ++span.start;
    while (span.start < span.end && blank(span.end - 1)) --span.end;
    return span;
}

/// Takes out of a text what its page put into the lines.
void leave_out(AnnotatedDocument& document, const InsertClosers& closers,
               const Language& language) {
    std::vector<Replacement> replacements;
    std::int64_t removed = 0;
    for (const Insert& insert : find_inserts(document.text, closers, language)) {
        const Span given = document.given.place_of(trim(document.text, insert.span));
        document.left_out.push_back({given, insert.span.start - removed, insert.kind});
        replacements.push_back({insert.span, ""});
        removed += insert.span.size();
    }
    document.given.rewrite(document.text, replacements);
}

/// Learns how each source prints its articles, and takes the inserts out of them.
Learned learn_sources(const Documents& documents, const std::vector<std::string>& sources,
                      const std::vector<std::int64_t>& title_ends, const Language& language,
                      const Run& run) {
    const std::int64_t count = std::ssize(documents);
    std::vector<InsertTraces> traces(documents.size());
    for_each_document(count, part_of(run, 0, 5), [&](std::size_t i) {
        traces[i] = trace_inserts(documents[i]->text, language);
    });
    std::map<std::string, std::vector<const InsertTraces*>> traces_of;
    for (std::size_t i = 0; i < documents.size(); ++i) traces_of[sources[i]].push_back(&traces[i]);
    std::map<std::string, SourceForms> forms;
    for (const auto& [source, all] : traces_of) {
        forms.emplace(source, SourceForms{InsertClosers(all, language)});
    }
    std::vector<std::vector<std::uint64_t>> hashes(documents.size());
    std::vector<FirstLine> first(documents.size());
    for_each_document(count, part_of(run, 5, 10), [&](std::size_t i) {
        leave_out(*documents[i], forms.at(sources[i]).closers, language);
        hashes[i] = hash_lines(documents[i]->text);
        if (title_ends[i] == 0) first[i] = read_first_line(documents[i]->text, language);
    });
    std::map<std::string, std::vector<std::vector<std::uint64_t>>> lines_of;
    std::map<std::string, std::vector<FirstLine>> first_of;
    for (std::size_t i = 0; i < documents.size(); ++i) {
        lines_of[sources[i]].push_back(std::move(hashes[i]));
        if (title_ends[i] == 0) first_of[sources[i]].push_back(first[i]);
    }
    for (const auto& [source, lines] : first_of) {
        forms.at(source).prints_titles = prints_titles(lines);
    }
    const Run still = standing_at(run, count, count);
    Watch watch(still);
    for (const auto& [source, lines] : lines_of) {
        watch.look();
        forms.at(source).lines = RepeatedLines(lines);
    }
    return {std::move(forms), std::move(first)};
}

/// Headlines in Title Case or capitals: once the running text of all documents is known.
void read_caseless_lines(Annotations& annotations, const std::vector<const DocumentNames*>& names,
                         const Run& run) {
    std::vector<const SegmentedText*> texts;
    texts.reserve(names.size());
    for (const auto& document : annotations.documents) texts.push_back(&document->segmented);
    annotations.known = KnownNames(texts, names, part_of(run, 5, 6));
    for_each_document(std::ssize(texts), part_of(run, 6, 6), [&](std::size_t i) {
        AnnotatedDocument& document = *annotations.documents[i];
        read_caseless(document.segmented, document.names, annotations.known);
    });
}

/// Where the title at the start of a text ends: a known one, or a first line at a source that prints
/// its titles there.
std::int64_t end_of_title(const AnnotatedDocument& document, std::int64_t given_end,
                          const SourceForms& forms, const FirstLine& line) {
    if (given_end > 0) return document.given.plain_end(document.text, given_end);
    return forms.prints_titles && line.may_title ? line.end : 0;
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
    const auto count = static_cast<std::int64_t>(texts.size());
    out->documents.resize(texts.size());
    std::vector<std::int64_t> title_ends = known.title_ends;
    title_ends.resize(texts.size());
    for_each_document(count, part_of(run, 0, 1), [&](std::size_t i) {
        out->documents[i] = prepare(std::move(texts[i]), *out->language, title_ends[i]);
    });
    const Learned learned =
        learn_sources(out->documents, sources, title_ends, *out->language, part_of(run, 1, 2));
    for_each_document(count, part_of(run, 2, 5), [&](std::size_t i) {
        AnnotatedDocument& document = *out->documents[i];
        const SourceForms& form = learned.forms.at(sources[i]);
        const std::int64_t title_end =
            end_of_title(document, title_ends[i], form, learned.first[i]);
        document.segmented =
            read_text(document.text, *out->language, &form.lines, title_end, sources[i]);
        document.names = find_names(document.segmented);
    });
    std::vector<const DocumentNames*> names;
    names.reserve(texts.size());
    for (const auto& document : out->documents) names.push_back(&document->names);
    read_caseless_lines(*out, names, run);
    out->names = join_names(names, *out->language, standing_at(run, count * 6 / 10, count));
    for_each_document(count, part_of(run, 6, 10), [&](std::size_t i) {
        AnnotatedDocument& document = *out->documents[i];
        settle_names(document.names, out->names);
        document.references.emplace(document.segmented, document.names, out->names,
                                    out->names.of[i]);
        document.quotes = find_quotes(document.segmented, document.names, *document.references);
        std::erase_if(document.quotes, [&](const Quotation& quotation) {
            const Zone* zone = zone_at(document.segmented.zones, quotation.span.start);
            return zone != nullptr && zone->duplicate;
        });
    });
    return out;
}

}  // namespace framelens
