#include "framelens/reuse.hpp"

#include "align.hpp"
#include "clusters.hpp"
#include "framelens/types_names.hpp"
#include "framelens/types_positions.hpp"
#include "units.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace framelens {
namespace {

/// One printed form while it is put together: units in a row of one quotation.
struct Member {
    std::int32_t doc = 0;
    std::int32_t quote = 0;
    Words words;
    std::vector<Segment> segments;
    Span span;
};

/// Puts units in a row of one cluster and quotation together.
std::map<std::int32_t, std::vector<Member>> members_of(const std::vector<Unit>& units,
                                                       const std::vector<std::int32_t>& clusters,
                                                       Watch& watch) {
    Pace pace(watch);
    std::map<std::int32_t, std::vector<Member>> members;
    for (std::size_t i = 0; i < units.size(); ++i) {
        pace.step();
        if (clusters[i] < 0) continue;
        const Unit& unit = units[i];
        std::vector<Member>& forms = members[clusters[i]];
        const bool goes_on = i > 0 && clusters[i - 1] == clusters[i] && !forms.empty() &&
                             forms.back().doc == unit.doc && forms.back().quote == unit.quote;
        if (!goes_on) forms.push_back({unit.doc, unit.quote, {}, {}, {}});
        Member& member = forms.back();
        for (Segment segment : unit.segments) {
            segment.first_word += static_cast<std::int32_t>(member.words.size());
            member.segments.push_back(segment);
        }
        member.words.insert(member.words.end(), unit.words.begin(), unit.words.end());
    }
    return members;
}

std::string text_of(const Member& member, const WordNumbers& table) {
    std::string text;
    for (const QuoteWord& word : member.words) text += table.word(word.form) + ' ';
    return text;
}

std::string_view printed(const Member& member, const std::vector<QuotedText>& documents) {
    return documents[at(member.doc)].text->at(
        {member.words.front().span.start, member.words.back().span.end});
}

/// The wording that most documents print, then the longest, then the first by code points, first
/// folded, then as printed. Documents are in order: of equals the first.
std::size_t base_of(const std::vector<Member>& forms, const std::vector<std::string>& texts,
                    const std::vector<QuotedText>& documents) {
    std::map<std::string_view, std::set<std::int32_t>> printing;
    for (std::size_t i = 0; i < forms.size(); ++i) printing[texts[i]].insert(forms[i].doc);
    const auto rank = [&](std::size_t i) {
        const auto most = std::ssize(printing.at(texts[i]));
        return std::tuple(-most, -std::ssize(forms[i].words), std::string_view(texts[i]),
                          printed(forms[i], documents));
    };
    std::size_t best = 0;
    for (std::size_t i = 1; i < forms.size(); ++i) {
        if (rank(i) < rank(best)) best = i;
    }
    return best;
}

/// Keeps the segments from the first to the last one with a matched content word.
void trim(Member& member, const std::vector<bool>& matched) {
    const auto is_matched = [&](std::size_t segment) {
        const std::size_t last = segment + 1 < member.segments.size()
                                     ? at(member.segments[segment + 1].first_word)
                                     : member.words.size();
        for (std::size_t i = at(member.segments[segment].first_word); i < last; ++i) {
            if (matched[i] && member.words[i].weight >= 1.0F) return true;
        }
        return false;
    };
    std::size_t first = 0;
    std::size_t last = member.segments.size();
    while (first + 1 < last && !is_matched(first)) ++first;
    while (last > first + 1 && !is_matched(last - 1)) --last;
    member.span = {member.segments[first].span.start, member.segments[last - 1].span.end};
    std::erase_if(member.words,
                  [&](const QuoteWord& word) { return !member.span.contains(word.span); });
}

/// Cuts each form down to the part that aligns with the base wording.
void trim_to_aligned(std::vector<Member>& forms, std::size_t base, Watch& watch) {
    std::vector<bool> in_base(forms[base].words.size(), false);
    for (std::size_t i = 0; i < forms.size(); ++i) {
        if (i == base) continue;
        watch.look();
        std::vector<bool> matched(forms[i].words.size(), false);
        for (const auto& [a, b] : align(forms[base].words, forms[i].words, watch)) {
            in_base[at(a)] = true;
            matched[at(b)] = true;
        }
        trim(forms[i], matched);
    }
    trim(forms[base], in_base);
}

std::vector<Variant> variants_of(std::vector<Member>& forms, const WordNumbers& table,
                                 const std::vector<QuotedText>& documents, Watch& watch) {
    std::vector<std::string> texts;
    for (const Member& form : forms) texts.push_back(text_of(form, table));
    const std::size_t base = base_of(forms, texts, documents);
    trim_to_aligned(forms, base, watch);
    std::vector<Variant> variants;
    const Member& origin = forms[base];
    for (std::size_t i = 0; i < forms.size(); ++i) {
        const Member& form = forms[i];
        Variant variant;
        variant.doc = form.doc;
        variant.quote = form.quote;
        variant.span = form.span;
        variant.base = static_cast<std::int64_t>(base);
        if (i != base) {
            watch.look();
            const Alignment alignment = align(origin.words, form.words, watch);
            variant.similarity = overlap_of(origin.words, form.words, alignment).dice;
            variant.edits = edits_between({*documents[at(origin.doc)].text, origin.words},
                                          {*documents[at(form.doc)].text, form.words}, alignment);
        }
        variants.push_back(std::move(variant));
    }
    return variants;
}

struct Utterance {
    std::size_t documents = 0;
    std::string text;
    std::int32_t event = -1;
    std::vector<Variant> variants;
};

/// The documents by source and id: in whatever order they are given, they are read in this one.
std::vector<std::int32_t> order_of(const std::vector<QuotedText>& documents) {
    std::vector<std::int32_t> order(documents.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
        const QuotedText& one = documents[at(a)];
        const QuotedText& other = documents[at(b)];
        return std::tie(one.source, one.id) < std::tie(other.source, other.id);
    });
    return order;
}

std::vector<Utterance> utterances_of(const std::vector<QuotedText>& documents, const Run& run) {
    Watch watch(run);
    WordNumbers table;
    std::vector<Unit> units;
    std::vector<std::int32_t> event_of;
    for (std::size_t i = 0; i < documents.size(); ++i) {
        watch.look();
        add_units(documents[i], static_cast<std::int32_t>(i), table, units);
        event_of.push_back(documents[i].event);
    }
    auto clusters = members_of(units, cluster_units(units, event_of, table, watch), watch);
    std::vector<Utterance> utterances;
    for (auto& [cluster, forms] : clusters) {
        watch.look();
        Utterance utterance;
        std::set<std::int32_t> printing;
        for (const Member& form : forms) printing.insert(form.doc);
        utterance.documents = printing.size();
        utterance.event = event_of[at(forms.front().doc)];
        utterance.variants = variants_of(forms, table, documents, watch);
        utterance.text =
            text_of(forms[static_cast<std::size_t>(utterance.variants[0].base)], table);
        utterances.push_back(std::move(utterance));
    }
    std::stable_sort(utterances.begin(), utterances.end(),
                     [](const Utterance& a, const Utterance& b) {
                         return std::tuple(b.documents, a.event, std::string_view(a.text)) <
                                std::tuple(a.documents, b.event, std::string_view(b.text));
                     });
    return utterances;
}

/// Appends the variants of one utterance by document; their `base` counts from the first one.
void append_in_given_order(std::vector<Variant> variants, std::vector<Variant>& result) {
    if (variants.empty()) return;
    std::vector<std::size_t> places(variants.size());
    std::iota(places.begin(), places.end(), 0);
    std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
        return variants[a].doc < variants[b].doc;
    });
    const auto base = static_cast<std::size_t>(variants.front().base);
    const auto place = std::find(places.begin(), places.end(), base) - places.begin();
    const std::int64_t first = std::ssize(result);
    for (const std::size_t i : places) {
        variants[i].base = first + place;
        result.push_back(std::move(variants[i]));
    }
}

}  // namespace

std::string_view name_of(EditKind kind) noexcept {
    static constexpr std::string_view names[] = {
        "cut", "insertion", "substitution", "reordering", "ellipsis", "bracket", "punctuation"};
    return name_in(names, kind);
}

std::vector<Variant> find_variants(const std::vector<QuotedText>& documents, const Run& run) {
    const std::vector<std::int32_t> order = order_of(documents);
    std::vector<QuotedText> ordered;
    for (const std::int32_t i : order) ordered.push_back(documents[at(i)]);
    std::vector<Utterance> utterances = utterances_of(ordered, run);
    std::vector<Variant> result;
    for (std::size_t i = 0; i < utterances.size(); ++i) {
        std::vector<Variant>& variants = utterances[i].variants;
        for (Variant& variant : variants) {
            variant.utterance = static_cast<std::int32_t>(i);
            variant.doc = order[at(variant.doc)];
        }
        append_in_given_order(std::move(variants), result);
    }
    return result;
}

}  // namespace framelens
