#include "clusters.hpp"

#include "framelens/types_hash.hpp"
#include "framelens/types_positions.hpp"
#include "utterances.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <utility>

namespace framelens {
namespace {

// A pair of words that more wordings have is too common to make candidates of all their pairs.
constexpr std::size_t common_gram = 64;
// One shared pair of words is enough if at most 8 wordings have it; otherwise two are needed.
constexpr std::size_t rare_gram = 8;
constexpr std::size_t neighbours = 4;
constexpr std::size_t short_sentence = 5;
// Different people say the same few words on their own account.
constexpr std::size_t strangers_words = 6;
// Two wordings of one document that are more alike than this share are one, printed twice.
constexpr double almost_one = 0.9;

/// One wording, printed by one unit or several.
struct Wording {
    std::int32_t event = -1;
    bool name = false;
    const Words* words = nullptr;
    bool slight = false;  // no utterance of its own; a short sentence before one may be a part
    std::vector<std::int32_t> units;
    std::set<std::string_view> speakers;  // known ones
    std::int32_t first_order = std::numeric_limits<std::int32_t>::max();
};

enum class Relation : std::uint8_t { none, same, first_in_second, second_in_first };

struct Likeness {
    Relation relation = Relation::none;
    double score = 0;
};

bool share_a_speaker(const Wording& a, const Wording& b) {
    return std::any_of(a.speakers.begin(), a.speakers.end(),
                       [&](std::string_view speaker) { return b.speakers.contains(speaker); });
}

/// How much of two wordings must align to be one utterance; `strange` is more where many documents
/// are compared, since chance makes more alike.
double least_overlap(const Wording& a, const Wording& b, double strange) {
    if (a.name) return 0.6 + strange;
    if (a.speakers.empty() || b.speakers.empty()) return 0.65 + strange;
    return share_a_speaker(a, b) ? 0.5 + strange : 0.75 + strange;
}

bool may_hold(const Wording& a, const Wording& b) {
    return a.speakers.empty() || b.speakers.empty() || share_a_speaker(a, b);
}

/// The words of one stand in the other, one after the other.
bool holds(const Words& whole, const Words& part) {
    const auto equal = [](const QuoteWord& a, const QuoteWord& b) { return a.form == b.form; };
    return std::search(whole.begin(), whole.end(), part.begin(), part.end(), equal) != whole.end();
}

/// One document prints both, in two quotations: as two utterances, if they are neither one wording
/// nor a sentence and a fragment of it.
bool are_rivals(const Unit& a, const Unit& b, Watch& watch) {
    if (a.quote == b.quote || a.words.empty() || b.words.empty()) return false;
    const Unit& longer = a.words.size() >= b.words.size() ? a : b;
    const Unit& shorter = &longer == &a ? b : a;
    if (holds(longer.words, shorter.words)) {
        return shorter.whole && shorter.words.size() < longer.words.size();
    }
    const Alignment alignment = align(a.words, b.words, watch);
    return overlap_of(a.words, b.words, alignment).dice < almost_one;
}

Likeness compare(const Wording& a, const Wording& b, double strange, Watch& watch) {
    const Alignment alignment = align(*a.words, *b.words, watch);
    const Overlap overlap = overlap_of(*a.words, *b.words, alignment);
    const std::size_t shorter = std::min(a.words->size(), b.words->size());
    if (overlap.content < 1) return {};
    if (shorter < strangers_words && !may_hold(a, b)) return {};
    // Four words in a row are seldom chance.
    const double least = least_overlap(a, b, strange) - (overlap.longest >= 4 ? 0.05 : 0.0);
    const bool firm =
        overlap.content >= 2 || (overlap.longest >= 4 && shorter >= 5) || overlap.contained >= 0.99;
    // A clause left out at either end makes wordings unequal in length, not in words.
    const double score =
        overlap.longest >= 5 ? std::max(overlap.dice, 0.85 * overlap.contained) : overlap.dice;
    if (firm && score >= least) return {Relation::same, score};
    const bool whole = overlap.contained >= 0.97 && overlap.longest >= static_cast<int>(shorter);
    const bool known = shorter >= short_sentence ? may_hold(a, b) : share_a_speaker(a, b);
    if (!whole || a.name || !known) return {};
    return {
        a.words->size() <= b.words->size() ? Relation::first_in_second : Relation::second_in_first,
        score};
}

/// "Thank you", "I don't know": too little to tell one utterance from another.
bool is_slight(const Words& words) {
    std::set<std::int32_t> content;
    for (const QuoteWord& word : words) {
        if (word.weight >= 1.0F) content.insert(word.stem);
    }
    return content.size() < 2 && words.size() < short_sentence;
}

class Clusterer {
public:
    Clusterer(const std::vector<Unit>& units, const std::vector<std::int32_t>& event_of,
              const WordNumbers& table, Watch& watch)
        : units_(units), watch_(watch), wording_of_(units.size(), -1), utterances_(units, {}) {
        std::map<std::tuple<std::int32_t, bool, std::string>, std::vector<std::int32_t>> sorted;
        for (std::size_t i = 0; i < units.size(); ++i) {
            watch_.look();
            std::string text;
            if (units[i].words.size() < strangers_words) {
                text = std::string(units[i].speaker) + '\n';
            }
            for (const QuoteWord& word : units[i].words) text += table.word(word.form) + ' ';
            sorted[{event_of[at(units[i].doc)], units[i].name, std::move(text)}].push_back(
                static_cast<std::int32_t>(i));
        }
        for (const auto& [key, members] : sorted) {
            watch_.look();
            add(std::get<0>(key), members);
        }
        std::vector<std::span<const std::int32_t>> units_of;
        for (const Wording& wording : wordings_) units_of.emplace_back(wording.units);
        utterances_ = Utterances(units, std::move(units_of));
        for (const std::int32_t event : event_of) ++documents_of_[event];
        for (const Wording& wording : wordings_) {
            for (const QuoteWord& word : *wording.words) {
                ranks_needed_ = std::max(ranks_needed_, word.stem);
            }
        }
        rank_words(table);
    }

    std::vector<std::int32_t> run() {
        const auto pairs = candidates();
        std::vector<Likeness> relations(pairs.size());
        parallel_for(static_cast<std::int64_t>(pairs.size()), watch_, 256,
                     [&](std::int64_t begin, std::int64_t end) {
                         for (auto i = static_cast<std::size_t>(begin);
                              i < static_cast<std::size_t>(end); ++i) {
                             const Wording& a = wordings_[at(pairs[i].first)];
                             const Wording& b = wordings_[at(pairs[i].second)];
                             relations[i] = compare(a, b, strangeness(a), watch_);
                         }
                     });
        join_same(pairs, relations);
        join_neighbours();
        join_fragments(pairs, relations);
        return result();
    }

private:
    void add(std::int32_t event, const std::vector<std::int32_t>& members) {
        Wording wording;
        wording.event = event;
        wording.name = units_[at(members.front())].name;
        wording.words = &units_[at(members.front())].words;
        wording.units = members;
        wording.slight = is_slight(*wording.words);
        for (const std::int32_t i : members) {
            const Unit& unit = units_[at(i)];
            wording_of_[at(i)] = static_cast<std::int32_t>(wordings_.size());
            if (!unit.speaker.empty()) wording.speakers.insert(unit.speaker);
            wording.first_order = std::min(wording.first_order, unit.order);
        }
        wordings_.push_back(std::move(wording));
    }

    double strangeness(const Wording& wording) const {
        const double documents = documents_of_.at(wording.event);
        return 0.05 * std::max(0.0, std::log10(documents / 10.0));
    }

    /// Hashes of words do not depend on the order in which they were met.
    void rank_words(const WordNumbers& table) {
        hash_.assign(at(ranks_needed_) + 1, 0);
        for (std::int32_t i = 0; i <= ranks_needed_ && !wordings_.empty(); ++i) {
            hash_[at(i)] = hash_text(table.word(i));
        }
    }

    /// Pairs of words, one of them no function word, with the wordings that have them.
    std::vector<std::pair<std::uint64_t, std::int32_t>> grams() const {
        std::vector<std::pair<std::uint64_t, std::int32_t>> found;
        for (std::size_t i = 0; i < wordings_.size(); ++i) {
            watch_.look();
            if (wordings_[i].slight) continue;
            const Words& words = *wordings_[i].words;
            const auto event = static_cast<std::uint64_t>(wordings_[i].event + 1);
            const std::uint64_t place = mix(event ^ golden, wordings_[i].name ? golden : silver);
            for (std::size_t k = 0; k + 1 < words.size(); ++k) {
                if (std::max(words[k].weight, words[k + 1].weight) < 1.0F) continue;
                const std::uint64_t gram =
                    mix(hash_[at(words[k].stem)] ^ place, hash_[at(words[k + 1].stem)] ^ golden);
                found.emplace_back(gram, static_cast<std::int32_t>(i));
            }
        }
        watched_sort(found, watch_);
        found.erase(std::unique(found.begin(), found.end()), found.end());
        return found;
    }

    std::vector<std::pair<std::int32_t, std::int32_t>> candidates() const {
        const auto all = grams();
        std::vector<std::uint64_t> packed;
        Pace pace(watch_);
        for (std::size_t first = 0, last = 0; first < all.size(); first = last) {
            pace.step();
            while (last < all.size() && all[last].first == all[first].first) ++last;
            const std::size_t size = last - first;
            const std::size_t reach = size <= common_gram ? size : neighbours;
            for (std::size_t i = first; i < last; ++i) {
                for (std::size_t j = i + 1; j < std::min(last, i + 1 + reach); ++j) {
                    const std::uint64_t pair = (static_cast<std::uint64_t>(all[i].second) << 32U) |
                                               static_cast<std::uint64_t>(all[j].second);
                    packed.push_back(pair);
                    if (size <= rare_gram) packed.push_back(pair);
                }
            }
        }
        watched_sort(packed, watch_);
        std::vector<std::pair<std::int32_t, std::int32_t>> pairs;
        for (std::size_t i = 0, next = 0; i < packed.size(); i = next) {
            while (next < packed.size() && packed[next] == packed[i]) ++next;
            if (next - i < 2) continue;
            pairs.emplace_back(static_cast<std::int32_t>(packed[i] >> 32U),
                               static_cast<std::int32_t>(packed[i] & 0xFFFFFFFFU));
        }
        return pairs;
    }

    /// The most alike first: what one document prints as two utterances stays two.
    void join_same(const std::vector<std::pair<std::int32_t, std::int32_t>>& pairs,
                   const std::vector<Likeness>& relations) {
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            if (relations[i].relation == Relation::same) order.push_back(i);
        }
        watched_sort(order, watch_, [&](std::size_t a, std::size_t b) {
            return std::pair(relations[b].score, a) < std::pair(relations[a].score, b);
        });
        for (const std::size_t i : order) join_unless_rivals(pairs[i].first, pairs[i].second);
    }

    void join_unless_rivals(std::int32_t a, std::int32_t b) {
        watch_.look();
        if (utterances_.find(a) == utterances_.find(b)) return;
        const bool rivals =
            utterances_.any_in_one_document(a, b, [&](std::int32_t unit, std::int32_t other) {
                watch_.look();
                return are_rivals(units_[at(other)], units_[at(unit)], watch_);
            });
        if (!rivals) utterances_.join(a, b);
    }

    /// A short sentence that is always followed by one utterance belongs to it; so do two clauses
    /// of a sentence that are always printed together.
    void join_neighbours() {
        std::map<std::pair<std::int32_t, std::int32_t>, std::array<int, 2>> adjacent;
        std::vector<int> size(wordings_.size(), 0);
        std::vector<std::set<std::int32_t>> documents(wordings_.size());
        Pace pace(watch_);
        for (std::size_t i = 0; i < units_.size(); ++i) {
            pace.step();
            const std::int32_t cluster = utterances_.find(wording_of_[i]);
            ++size[at(cluster)];
            documents[at(cluster)].insert(units_[i].doc);
            if (i + 1 == units_.size() || units_[i + 1].doc != units_[i].doc ||
                units_[i + 1].quote != units_[i].quote) {
                continue;
            }
            const std::int32_t next = utterances_.find(wording_of_[i + 1]);
            if (next == cluster) continue;
            const bool clause = units_[i].sentence == units_[i + 1].sentence;
            const bool brief = units_[i].words.size() < short_sentence;
            if (clause) ++adjacent[{cluster, next}][0];
            if (clause || brief) ++adjacent[{cluster, next}][1];
        }
        for (const auto& [pair, count] : adjacent) {
            const auto& [a, b] = pair;
            if (documents[at(a)].size() < 2 || documents[at(b)].size() < 2) continue;
            const bool clauses = count[0] == size[at(a)] && count[0] == size[at(b)];
            if (clauses || count[1] == size[at(a)]) utterances_.join(a, b);
        }
    }

    /// Each fragment joins the utterance that contains it and comes first in its document.
    void join_fragments(const std::vector<std::pair<std::int32_t, std::int32_t>>& pairs,
                        const std::vector<Likeness>& relations) {
        std::vector<int> wordings(wordings_.size(), 0);
        for (std::size_t i = 0; i < wordings_.size(); ++i) {
            ++wordings[at(utterances_.find(static_cast<std::int32_t>(i)))];
        }
        std::vector<std::int32_t> holder(wordings_.size(), -1);
        Pace pace(watch_);
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            pace.step();
            const Relation relation = relations[i].relation;
            if (relation != Relation::first_in_second && relation != Relation::second_in_first) {
                continue;
            }
            auto [part, whole] = pairs[i];
            if (relation == Relation::second_in_first) std::swap(part, whole);
            if (wordings[at(utterances_.find(part))] > 1) continue;
            std::int32_t& best = holder[at(part)];
            if (best < 0 || std::pair(wordings_[at(whole)].first_order, whole) <
                                std::pair(wordings_[at(best)].first_order, best)) {
                best = whole;
            }
        }
        for (std::size_t i = 0; i < holder.size(); ++i) {
            if (holder[i] >= 0 && holder[at(holder[i])] < 0) {
                join_unless_rivals(static_cast<std::int32_t>(i), holder[i]);
            }
        }
    }

    std::vector<std::int32_t> result() {
        std::vector<std::set<std::int32_t>> documents(wordings_.size());
        std::vector<std::int32_t> clusters(units_.size(), -1);
        Pace pace(watch_);
        for (std::size_t i = 0; i < units_.size(); ++i) {
            pace.step();
            clusters[i] = utterances_.find(wording_of_[i]);
            documents[at(clusters[i])].insert(units_[i].doc);
        }
        std::vector<bool> weighty(wordings_.size(), false);
        for (std::size_t i = 0; i < wordings_.size(); ++i) {
            if (!wordings_[i].slight)
                weighty[at(utterances_.find(static_cast<std::int32_t>(i)))] = true;
        }
        for (std::int32_t& cluster : clusters) {
            if (documents[at(cluster)].size() < 2 || !weighty[at(cluster)]) cluster = -1;
        }
        return clusters;
    }

    const std::vector<Unit>& units_;
    Watch& watch_;
    std::vector<Wording> wordings_;
    std::vector<std::int32_t> wording_of_;
    std::vector<std::uint64_t> hash_;
    std::int32_t ranks_needed_ = 0;
    std::map<std::int32_t, int> documents_of_;  // by event
    Utterances utterances_;
};

}  // namespace

std::vector<std::int32_t> cluster_units(const std::vector<Unit>& units,
                                        const std::vector<std::int32_t>& event_of,
                                        const WordNumbers& table, Watch& watch) {
    return Clusterer(units, event_of, table, watch).run();
}

}  // namespace framelens
