#include "framelens/framing.hpp"
#include "framelens/parallel_watch.hpp"
#include "framelens/phrases_longest.hpp"
#include "framelens/unicode.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace framelens {
namespace {

using Words = std::vector<std::string>;

/// Words of a folded text. A mark other than a hyphen, and a line's end, is an empty word, so that
/// no phrase reaches across it; an apostrophe between letters belongs to its word.
Words split(std::string_view folded) {
    Words words;
    std::string word;
    const auto close = [&] {
        if (!word.empty()) words.push_back(std::exchange(word, {}));
    };
    for (std::int64_t pos = 0; pos < std::ssize(folded);) {
        const CodePoint point = decode(folded, pos);
        const std::int64_t next = pos + point.bytes;
        const bool inner = point.value == U'\'' && !word.empty() && next < std::ssize(folded) &&
                           is_letter(decode(folded, next).value);
        if (is_alnum(point.value) || inner) {
            word +=
                folded.substr(static_cast<std::size_t>(pos), static_cast<std::size_t>(point.bytes));
        } else {
            close();
            if (point.value == U'\n' || (!is_space(point.value) && point.value != U'-')) {
                words.emplace_back();
            }
        }
        pos = next;
    }
    close();
    return words;
}

/// A label's words and where its noun stands among them.
struct Context {
    Words words;
    std::size_t noun = 0;
    std::string singular;      // the noun's other form: the last word of the term
    std::size_t prefixes = 0;  // words of the term before the noun

    [[nodiscard]] bool is(std::size_t at, const std::string& word) const {
        return words[at] == word || (at == noun && singular == word);
    }
};

/// The label's own words.
Context read_label(const LabelInContext& label) {
    Context context;
    context.words = split(fold(label.label));
    context.noun = context.words.empty() ? 0 : context.words.size() - 1;
    const Words term = split(fold(label.term));
    if (!term.empty()) {
        context.singular = term.back();
        context.prefixes =
            term.size() - std::min(term.size(), std::max<std::size_t>(context.words.size(), 1));
    }
    return context;
}

/// Puts the words around the label around its own.
void add_surroundings(const LabelInContext& label, Context& context) {
    Words words = split(fold(label.before));
    words.insert(words.end(), context.words.begin(), context.words.end());
    context.noun = words.empty() ? 0 : words.size() - 1;
    const Words after = split(fold(label.after));
    words.insert(words.end(), after.begin(), after.end());
    context.words = std::move(words);
}

/// Phrases that are looked for around a noun.
class Phrases {
public:
    void add(const Words& words, std::int32_t id) {
        std::string key;
        for (const std::string& word : words) append(key, word);
        ids_[key].push_back(id);
        words_.insert(words.begin(), words.end());
        longest_ = std::max(longest_, words.size());
    }

    /// False where no phrase has the noun: what stands around it need not be read.
    [[nodiscard]] bool may_hold(const Context& context) const {
        return words_.contains(context.words[context.noun]) || words_.contains(context.singular);
    }

    /// Calls `body(id, words)` for each phrase that holds the noun and `reach` words before it.
    template <class Body>
    void for_each(const Context& context, std::size_t reach, Body body) const {
        if (context.words.empty() || context.noun < reach) return;
        const std::string& printed = context.words[context.noun];
        const std::size_t first = context.noun - std::min(context.noun, longest_);
        for (std::size_t i = first; i <= context.noun - reach; ++i) {
            visit(context, i, printed, body);
            if (context.singular != printed) visit(context, i, context.singular, body);
        }
    }

private:
    /// Keeps marks, which are words without letters, at the begin of a key, too.
    static void append(std::string& key, const std::string& word) { key += word + ' '; }

    template <class Body>
    void visit(const Context& context, std::size_t first, const std::string& noun,
               Body body) const {
        const auto add = [&](std::size_t at, std::string& key) {
            append(key, at == context.noun ? noun : context.words[at]);
            return true;
        };
        const auto find = [&](const std::string& key, std::size_t next) -> std::optional<bool> {
            const auto found = next > context.noun ? ids_.find(key) : ids_.end();
            if (found == ids_.end()) return std::nullopt;
            for (const std::int32_t id : found->second) body(id, next - first);
            return true;
        };
        find_longest(first, std::min(first + longest_, context.words.size()), add, find);
    }

    std::unordered_map<std::string, std::vector<std::int32_t>>
        ids_;  // by words, a space behind each
    std::unordered_set<std::string> words_;
    std::size_t longest_ = 0;  // words of a phrase
};

/// A lexicon made ready for many labels.
class Matcher {
public:
    explicit Matcher(const Lexicon& lexicon) : lexicon_(lexicon) {
        for (std::size_t i = 0; i < lexicon.terms.size(); ++i) {
            const LexiconTerm& term = lexicon.terms[i];
            if (term.match == TermMatch::glob) continue;
            const auto id = static_cast<std::int32_t>(i);
            add_phrase(term.text, id);
            for (const std::string& form : term.forms) add_phrase(form, id);
        }
        for (const std::string& exclusion : lexicon.exclusions) {
            exclusions_.add(split(exclusion), 0);
        }
    }

    [[nodiscard]] std::optional<std::int32_t> find(const LabelInContext& label) {
        Context context = read_label(label);
        if (context.words.empty() || phrases_.may_hold(context) || exclusions_.may_hold(context)) {
            add_surroundings(label, context);
            bool excluded = false;
            exclusions_.for_each(context, 0, [&](std::int32_t, std::size_t) { excluded = true; });
            if (excluded) return std::nullopt;
            if (const auto phrase = find_phrase(context, label.object)) return phrase;
        }
        if (const auto term = find_word(fold(label.term), label.object)) return term;
        // A term of several words is a label of its own: a former president is no president.
        return context.prefixes > 0 ? std::nullopt : find_word(fold(label.label), label.object);
    }

private:
    void add_phrase(const std::string& folded, std::int32_t id) {
        const Words words = split(folded);
        if (words.size() > 1) phrases_.add(words, id);
    }

    std::optional<std::int32_t> find_phrase(const Context& context, LabelObject object) const {
        std::optional<std::int32_t> best;
        std::size_t longest = 0;
        phrases_.for_each(context, context.prefixes, [&](std::int32_t id, std::size_t words) {
            if (!fits(id, object) || words < longest) return;
            if (words > longest || is_better(id, *best)) best = id;
            longest = words;
        });
        return best;
    }

    [[nodiscard]] const LexiconTerm& term(std::int32_t id) const {
        return lexicon_.terms[static_cast<std::size_t>(id)];
    }

    [[nodiscard]] bool fits(std::int32_t id, LabelObject object) const {
        const LabelObject wanted = term(id).object;
        return wanted == LabelObject::any || object == LabelObject::any || wanted == object;
    }

    /// Of two that fit: one for this object before one for any, the earlier before the later.
    [[nodiscard]] bool is_better(std::int32_t id, std::int32_t other) const {
        const bool any = term(id).object == LabelObject::any;
        const bool other_any = term(other).object == LabelObject::any;
        return any != other_any ? other_any : id < other;
    }

    std::optional<std::int32_t> find_word(const std::string& folded, LabelObject object) {
        const auto [place, is_new] = known_.try_emplace({folded, object});
        if (is_new) {
            if (const LexiconTerm* found = find_term(lexicon_, folded, object)) {
                place->second = static_cast<std::int32_t>(found - lexicon_.terms.data());
            }
        }
        return place->second;
    }

    const Lexicon& lexicon_;
    Phrases phrases_;
    Phrases exclusions_;
    std::map<std::pair<std::string, LabelObject>, std::optional<std::int32_t>> known_;
};

}  // namespace

std::vector<std::optional<std::int32_t>> match_labels(const Lexicon& lexicon,
                                                      const std::vector<LabelInContext>& labels,
                                                      const Run& run) {
    Watch watch(run);
    Matcher matcher(lexicon);
    std::vector<std::optional<std::int32_t>> terms;
    terms.reserve(labels.size());
    for (const LabelInContext& label : labels) {
        watch.look();
        terms.push_back(matcher.find(label));
    }
    return terms;
}

}  // namespace framelens
