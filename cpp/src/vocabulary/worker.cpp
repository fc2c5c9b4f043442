#include "worker.hpp"

#include "framelens/unicode.hpp"

#include <algorithm>

namespace framelens {
namespace {

constexpr std::size_t places_between_looks = std::size_t{1} << 15U;

CutRule cut_rule(const TermRule& rule) {
    const Cut cut = rule.unit == TermUnit::words    ? Cut::words
                    : rule.unit == TermUnit::framed ? Cut::solid
                                                    : Cut::whole;
    return {cut, rule.lowercase, rule.portable};
}

// Begins of the characters of valid UTF-8, and its end.
void find_starts(std::string_view text, std::vector<std::uint32_t>& starts) {
    starts.clear();
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) {
            starts.push_back(static_cast<std::uint32_t>(i));
        }
    }
    starts.push_back(static_cast<std::uint32_t>(text.size()));
}

// scikit-learn's pattern `\s\s+`: two or more spaces become one.
void join_spaces(std::string_view text, std::string& out) {
    out.clear();
    const auto end = static_cast<std::int64_t>(text.size());
    for (std::int64_t pos = 0; pos < end;) {
        std::int64_t stop = pos;
        int spaces = 0;
        while (stop < end) {
            const CodePoint c = decode(text, stop);
            if (!is_python_space(c.value)) break;
            stop += c.bytes;
            ++spaces;
        }
        if (spaces > 1) {
            out += ' ';
        } else {
            if (spaces == 0) stop += decode(text, pos).bytes;
            out.append(text, static_cast<std::size_t>(pos), static_cast<std::size_t>(stop - pos));
        }
        pos = stop;
    }
}

}  // namespace

Worker::Worker(const TermRule& rule, std::size_t position, Watch& watch)
    : number(position), rule_(rule), watch_(watch), cutter_(cut_rule(rule)) {
    if (rule.stop_words != nullptr) {
        const StringColumn& words = rule.stop_words->terms();
        for (std::int64_t i = 0; i < words.size(); ++i) {
            if (!words[i].empty()) table.add_string(words[i]);
        }
    }
    stop_words_ = table.size();
    if (rule.unit == TermUnit::unicode_words) word_cutter_.emplace(rule.locale, rule.portable);
}

Worker::Worker(const Worker& known, std::size_t position)
    : table(known.table),
      number(position),
      rule_(known.rule_),
      watch_(known.watch_),
      cutter_(cut_rule(rule_)),
      stop_words_(known.stop_words_),
      framed_(known.framed_),
      grams_(known.grams_),
      gram_begin_(known.gram_begin_) {
    if (known.word_cutter_) word_cutter_.emplace(rule_.locale, rule_.portable);
}

void Worker::count(const TextView& text) {
    occurrences_ = 0;
    switch (rule_.unit) {
        case TermUnit::words:
        case TermUnit::unicode_words:
            count_words(text);
            break;
        case TermUnit::characters:
            count_characters(text);
            break;
        case TermUnit::framed:
            count_framed_words(text);
            break;
    }
}

std::uint32_t Worker::pack() {
    const std::size_t most = std::min<std::uint64_t>(occurrences_, table.size());
    PackedEntries::Writer out = packed.begin(most);
    std::uint32_t size = 0;
    totals.begin(tally_, occurrences_);
    tally_.take([&](std::size_t term, TermCounter& counter) {
        out.add(static_cast<std::uint32_t>(term), counter.sum);
        totals.add(counter);
        ++size;
    });
    packed.end(out);
    return size;
}

void Worker::count_words(const TextView& text) {
    sequence_.clear();
    cutter_.start(text);
    while (cutter_.next()) {
        watch_.look();
        number_words(word_cutter_ ? word_cutter_->cut(cutter_.text()) : cutter_.bounds());
    }
    if (rule_.ngram_max > 1) count_ngrams();
}

bool Worker::long_enough(std::uint64_t first_bytes, std::string_view word) const noexcept {
    const auto least = static_cast<std::size_t>(rule_.min_characters);
    constexpr std::uint64_t high_bits = 0x8080808080808080U;
    // No `||`: which of the two holds cannot be foretold, and that one does nearly always can.
    const bool many_bytes = word.size() > 4 * (least - 1);
    const bool ascii = (first_bytes & high_bits) + (word.size() > 8 ? 1U : 0U) == 0;
    if ((static_cast<unsigned>(many_bytes) | static_cast<unsigned>(ascii)) != 0) [[likely]] {
        return word.size() >= least;
    }
    const auto characters = std::count_if(word.begin(), word.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    });
    return static_cast<std::size_t>(characters) >= least;
}

void Worker::number_words(std::span<const std::uint32_t> bounds) {
    for (std::size_t i = 0; i < bounds.size(); i += 2 * batch_size) {
        number_batch(bounds.subspan(i, std::min(2 * batch_size, bounds.size() - i)));
    }
}

void Worker::number_batch(std::span<const std::uint32_t> bounds) {
    const char* const text = cutter_.text().data();
    table.reserve_strings(bounds.size() / 2);
    const Slots<StringSlot> slots = table.string_slots();
    // Fields apart: a key put together from two words and read as one would stall each time.
    Batch batch;
    std::size_t count = 0;
    for (std::size_t i = 0; i < bounds.size(); i += 2) {
        const char* const word = text + bounds[i];
        const std::uint32_t size = bounds[i + 1] - bounds[i];
        const Key key = key_of(word, size);
        batch.low[count] = key.low;
        batch.high[count] = key.high;
        batch.size[count] = size;
        batch.word[count] = word;
        const StringSlot* const slot = slots.at(key.hash());
        batch.slot[count] = slot;
        __builtin_prefetch(slot, 1);
        count += long_enough(key.low, {word, size}) ? 1U : 0U;
    }
    for (std::size_t i = 0; i < count; ++i) {
        const StringSlot& slot = *batch.slot[i];
        const Key key{batch.low[i], batch.high[i], batch.size[i]};
        batch.term[i] = slot.holds(key) ? slot.term : number_word(key, batch.word[i]);
    }
    add_words({batch.term.data(), count});
}

// What is not where it is looked for first: new, long, or behind others.
std::uint32_t Worker::number_word(const Key& key, const char* text) {
    return table.string(key, key.hash(), text).term;
}

void Worker::add_words(std::span<std::uint32_t> terms) {
    const auto last = stop_words_ == 0 ? terms.end()
                                       : std::remove_if(terms.begin(), terms.end(),
                                                        [this](auto t) { return t < stop_words_; });
    if (rule_.ngram_min == 1) add_terms({terms.begin(), last});
    if (rule_.ngram_max > 1) sequence_.insert(sequence_.end(), terms.begin(), last);
}

void Worker::add_terms(std::span<const std::uint32_t> terms) {
    tally_.reserve(table.size());
    tally_.add_ones(terms);
    occurrences_ += terms.size();
}

void Worker::count_ngrams() {
    prefixes_.assign(sequence_.begin(), sequence_.end());
    const auto longest = static_cast<std::size_t>(rule_.ngram_max);
    for (std::size_t width = 2; width <= std::min(longest, sequence_.size()); ++width) {
        count_ngrams_of(static_cast<int>(width));
    }
}

void Worker::count_ngrams_of(int width) {
    const auto reach = static_cast<std::size_t>(width) - 1;
    const std::size_t places = sequence_.size() - reach;
    const bool counted = width >= rule_.ngram_min;
    std::array<std::uint64_t, batch_size> pairs;
    std::array<std::uint64_t, batch_size> hashes;
    for (std::size_t begin = 0; begin < places; begin += batch_size) {
        if (begin % places_between_looks == 0) watch_.look();
        const std::size_t count = std::min(batch_size, places - begin);
        table.reserve_pairs(count);
        for (std::size_t i = 0; i < count; ++i) {
            pairs[i] = std::uint64_t{prefixes_[begin + i]} << 32U | sequence_[begin + i + reach];
            hashes[i] = PairSlot::hash_of(pairs[i]);
            table.prefetch_pair(hashes[i]);
        }
        for (std::size_t i = 0; i < count; ++i) {
            prefixes_[begin + i] = table.pair(pairs[i], hashes[i]).number - 1;
        }
        if (counted) add_terms(std::span{prefixes_}.subspan(begin, count));
    }
}

void Worker::count_characters(const TextView& text) {
    cutter_.start(text);
    cutter_.next();
    join_spaces(cutter_.text(), frame_);
    find_starts(frame_, starts_);
    const std::size_t size = frame_.size();
    frame_.append(Key::inline_bytes, '\0');
    const std::size_t characters = starts_.size() - 1;
    const auto longest = static_cast<std::size_t>(rule_.ngram_max);
    for (auto n = static_cast<std::size_t>(rule_.ngram_min); n <= std::min(longest, characters);
         ++n) {
        for (std::size_t i = 0; i + n <= characters; ++i) {
            if (i % places_between_looks == 0) watch_.look();
            table.reserve_strings(1);
            const char* gram = frame_.data() + starts_[i];
            const Key key = key_of(gram, starts_[i + n] - starts_[i]);
            const std::uint32_t term = table.string(key, key.hash(), gram).term;
            add_terms({&term, 1});
        }
    }
    frame_.resize(size);
}

void Worker::count_framed_words(const TextView& text) {
    cutter_.start(text);
    while (cutter_.next()) {
        watch_.look();
        const std::span<const std::uint32_t> bounds = cutter_.bounds();
        const char* piece = cutter_.text().data();
        for (std::size_t i = 0; i < bounds.size(); i += 2) {
            const std::uint32_t size = bounds[i + 1] - bounds[i];
            framed_.reserve_strings(1);
            const Key key = key_of(piece + bounds[i], size);
            const StringSlot& slot = framed_.string(key, key.hash(), piece + bounds[i]);
            if (slot.term + 1 == gram_begin_.size()) learn_grams({piece + bounds[i], size});
            framed_tally_.reserve(framed_.size());
            framed_tally_.add(slot.term, 1);
        }
    }
    tally_.reserve(table.size());
    framed_tally_.take([this](std::size_t word, const Sum& counter) {
        const std::size_t end = gram_begin_[word + 1];
        for (std::size_t i = gram_begin_[word]; i < end; ++i) tally_.add(grams_[i], counter.sum);
        occurrences_ += std::uint64_t{counter.sum} * (end - gram_begin_[word]);
    });
}

// scikit-learn's `_char_wb_ngrams` of one word; a word shorter than n counts once.
void Worker::learn_grams(std::string_view word) {
    frame_.assign(1, ' ').append(word).append(1, ' ');
    find_starts(frame_, starts_);
    frame_.append(Key::inline_bytes, '\0');
    const std::size_t characters = starts_.size() - 1;
    for (auto n = static_cast<std::size_t>(rule_.ngram_min);
         n <= static_cast<std::size_t>(rule_.ngram_max); ++n) {
        for (std::size_t i = 0; i == 0 || i + n <= characters; ++i) {
            const std::uint32_t begin = starts_[i];
            add_gram({frame_.data() + begin, starts_[std::min(i + n, characters)] - begin});
        }
        if (n >= characters) break;
    }
    gram_begin_.push_back(grams_.size());
}

void Worker::add_gram(std::string_view gram) {
    table.reserve_strings(1);
    const Key key = key_of(gram.data(), static_cast<std::uint32_t>(gram.size()));
    grams_.push_back(table.string(key, key.hash(), gram.data()).term);
}

}  // namespace framelens
