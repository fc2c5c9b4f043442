#include "framelens/names_caseless.hpp"

#include "finder.hpp"
#include "framelens/types_hash.hpp"
#include "framelens/unicode.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <memory>
#include <optional>

namespace framelens {
namespace {

constexpr std::int64_t grain = 16;  // documents a task
// So many times as often in lower case as a name: "price" is no John Price then.
constexpr std::int64_t outweighs = 5;

/// Tells quickly of most words that they are none of a set. Threads may take words out.
class Sketch {
public:
    void add(std::string_view word) { count_at(word).fetch_add(1, std::memory_order_relaxed); }
    void remove(std::string_view word) { count_at(word).fetch_sub(1, std::memory_order_relaxed); }
    [[nodiscard]] bool may_have(std::string_view word) {
        return count_at(word).load(std::memory_order_relaxed) != 0;
    }

private:
    static constexpr std::size_t size = 1U << 15U;
    std::atomic<std::uint32_t>& count_at(std::string_view word) { return counts_[slot(word)]; }
    static std::size_t slot(std::string_view word) {
        std::uint64_t first = 0;
        std::memcpy(&first, word.data(), std::min(word.size(), sizeof first));
        return static_cast<std::size_t>(mix(first ^ (word.size() << 56U), golden)) % size;
    }
    std::array<std::atomic<std::uint32_t>, size> counts_{};  // words at each slot
};

/// A word as the sketch and the table have it: without the full stop that ends a sentence.
std::string_view without_stop(std::string_view word) {
    if (word.size() > 1 && word.back() == '.') word.remove_suffix(1);
    return word;
}

bool is_initial(const std::string& word) {
    return word.size() == 1 || (word.size() == 2 && word[1] == '.');
}

}  // namespace

std::string key_of_name(std::span<const std::string> words) {
    std::string key;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0 && i + 1 < words.size() && is_initial(words[i])) continue;
        if (!key.empty()) key += ' ';
        key += words[i];
    }
    return key;
}

KnownNames::KnownNames(std::span<const SegmentedText* const> texts,
                       std::span<const DocumentNames* const> documents, const Run& run) {
    for (std::size_t i = 0; i < texts.size(); ++i) gather_words(*texts[i], *documents[i]);
    if (words_.empty()) return;
    for (const DocumentNames* document : documents) {
        for (const Entity& entity : document->entities) add_entity(entity);
        for (const std::string& place : document->places) {
            if (words_.contains(place)) places_.insert(place);
        }
    }
    count_lower(texts, run);
}

void KnownNames::gather_words(const SegmentedText& text, const DocumentNames& names) {
    for (const TokenRange line : names.caseless) {
        for (std::int32_t t = line.first; t < line.end; ++t) {
            const Token& token = text.tokens[static_cast<std::size_t>(t)];
            if (token.kind != TokenKind::word || token.is(names_detail::function_word)) continue;
            for (std::string& word : words_of_name(fold(without_stop(text.at(token.span))))) {
                words_.try_emplace(std::move(word));
            }
        }
    }
}

void KnownNames::add_entity(const Entity& entity) {
    const auto& words = entity.words;
    const auto last = words_.find(words.back());
    if (last == words_.end()) return;
    if (entity.kind == EntityKind::person) last->second.named += entity.count;
    if (words.size() < 2 || !words_.contains(words.front())) return;
    const auto add = [&](const std::string& key) {
        Form& form = forms_[key];
        ++form.documents;
        if (entity.kind == EntityKind::person) ++form.as_person;
        if (entity.kind == EntityKind::organisation) ++form.as_organisation;
    };
    const std::string key = key_of_name(words);
    add(key);
    // "Jo Ann Reed" is Jo Reed in a headline.
    const std::string ends = words.front() + ' ' + words.back();
    if (entity.kind == EntityKind::person && ends != key) add(ends);
}

void KnownNames::count_lower(std::span<const SegmentedText* const> texts, const Run& run) {
    const auto sketch = std::make_unique<Sketch>();
    std::unordered_map<std::string_view, std::size_t> number;
    // From so many on it is common whatever the rest of the corpus prints.
    std::vector<std::int64_t> enough;
    for (const auto& [word, known] : words_) {
        number.emplace(word, number.size());
        enough.push_back(known.named / outweighs + 1);
        sketch->add(word);
    }
    std::vector<std::atomic<std::int64_t>> counts(number.size());
    const auto count = static_cast<std::int64_t>(texts.size());
    parallel_for(count, run, grain, [&](std::int64_t begin, std::int64_t end) {
        for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
            for (const Token& token : texts[i]->tokens) {
                if (token.kind != TokenKind::word || token.capital) continue;
                const std::string_view printed = without_stop(texts[i]->at(token.span));
                if (token.plain && !sketch->may_have(printed)) continue;
                const auto at = number.find(token.plain ? printed : fold(printed));
                if (at == number.end()) continue;
                const auto before = counts[at->second].fetch_add(1, std::memory_order_relaxed);
                if (before + 1 == enough[at->second]) sketch->remove(at->first);
            }
        }
    });
    for (const auto& [word, at] : number) {
        words_.at(std::string(word)).lower = std::min(counts[at].load(), enough[at]);
    }
}

EntityKind KnownNames::kind_of(const std::string& key) const {
    constexpr std::int64_t fewest = 5;  // as in `join_names`
    const auto form = forms_.find(key);
    if (form == forms_.end()) return EntityKind::other;
    const auto& [documents, as_person, as_organisation] = form->second;
    if (as_person * fewest >= documents) return EntityKind::person;
    return as_organisation * fewest >= documents ? EntityKind::organisation : EntityKind::other;
}

bool KnownNames::is_surname(const std::string& word) const {
    const auto known = words_.find(word);
    if (known == words_.end()) return false;
    return known->second.named > 0 && known->second.lower * outweighs <= known->second.named;
}

bool KnownNames::is_common(const std::string& word) const {
    const auto known = words_.find(word);
    return known != words_.end() && known->second.lower * outweighs > known->second.named;
}

}  // namespace framelens
