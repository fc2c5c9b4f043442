// What stands before a colon at the start of a line.
#include "framelens/language.hpp"
#include "framelens/unicode.hpp"
#include "turns.hpp"

#include <algorithm>

namespace framelens::turns_detail {
namespace {

// Chosen: sentences with a colon far behind their beginning are no labels.
constexpr std::int32_t max_label_tokens = 40;
constexpr std::int32_t max_note_tokens = 16;  // in brackets behind the name
constexpr std::int32_t max_name_words = 5;

constexpr WordClass title_word =
    WordClass::role | WordClass::honorific | WordClass::role_prefix | WordClass::former;
constexpr WordClass pronoun = WordClass::subject_pronoun | WordClass::object_pronoun |
                              WordClass::possessive_pronoun | WordClass::reflexive;
constexpr WordClass no_name = pronoun | WordClass::article | WordClass::determiner |
                              WordClass::preposition | WordClass::conjunction |
                              WordClass::subordinator | WordClass::relative | WordClass::be |
                              WordClass::have | WordClass::modal | WordClass::negation |
                              WordClass::attribution | WordClass::not_a_name | WordClass::month |
                              WordClass::weekday | WordClass::number | WordClass::adverb;
constexpr WordClass clause = WordClass::be | WordClass::have | WordClass::modal |
                             WordClass::relative | WordClass::subject_pronoun;

bool is_decoration(char32_t mark) {
    return mark == U'*' || mark == U'_' || mark == U'#';
}

/// What may stand before the name in a line: a bullet or a dash.
bool leads_line(char32_t mark) {
    return is_decoration(mark) || mark == 0x2022 || mark == U'-' || mark == 0x2013 ||
           mark == 0x2014;
}

bool closes_speech(char32_t mark) {
    constexpr std::u32string_view marks = U".!?…\"'”’»›“-–—―)],:。！？";
    return marks.find(mark) != marks.npos;
}

}  // namespace

Paragraphs::Paragraphs(const SegmentedText& text) {
    const auto& sentences = text.segments.sentences;
    first_.assign(text.segments.paragraphs.size() + 1,
                  static_cast<std::int32_t>(text.tokens.size()));
    for (std::size_t s = sentences.size(); s-- > 0;) {
        first_[static_cast<std::size_t>(sentences[s].paragraph)] = text.first_token[s];
    }
}

LabelReader::LabelReader(const SegmentedText& text, const Paragraphs& paragraphs,
                         std::string_view source)
    : text_(text), paragraphs_(paragraphs) {
    std::string word;
    for (const char c : fold(source) + ' ') {
        const bool part = static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') ||
                          (c >= '0' && c <= '9');
        if (part) {
            word += c;
        } else if (!word.empty()) {
            source_.push_back(std::move(word));
            word.clear();
        }
    }
}

std::string LabelReader::folded(std::int32_t t) const {
    std::string word = fold(text_.at(token(t).span));
    while (word.size() > 1 && word.back() == '.') word.pop_back();
    return word;
}

std::optional<Label> LabelReader::read(std::size_t p) const {
    std::int32_t from = paragraphs_.first(p);
    const std::int32_t end = paragraphs_.end(p);
    while (from < end && leads_line(token(from).mark)) ++from;
    if (from >= end || token(from).kind != TokenKind::word) return std::nullopt;
    if (auto label = lettered(p, from)) {
        read_words(*label);
        return label;
    }
    const auto colon = colon_of(from, end);
    if (!colon || *colon == from) return std::nullopt;
    Label label;
    label.paragraph = p;
    label.turn.first = paragraphs_.first(p);
    label.turn.end = *colon + 1;
    while (label.turn.end < end && is_decoration(token(label.turn.end).mark)) ++label.turn.end;
    label.turn.name = from;
    std::int32_t until = *colon;
    while (until > from && is_decoration(token(until - 1).mark)) --until;
    if (!read_speaker(label, until)) return std::nullopt;
    read_words(label);
    return label;
}

/// "Q. How is it?", "A. It is fine.", "Q: ...": the language's letters and words for both.
std::optional<Label> LabelReader::lettered(std::size_t p, std::int32_t from) const {
    const ZoneWords& words = text_.language->zones;
    const std::string word = folded(from);
    const bool question = words.turn_question.has(word);
    if (!question && !words.turn_answer.has(word)) return std::nullopt;
    const std::string_view printed = text_.at(token(from).span);
    const std::int32_t end = paragraphs_.end(p);
    std::int32_t next = from + 1;
    const bool stopped = printed.back() == '.' && printed.size() == 2 && token(from).capital;
    bool told = stopped;
    while (next < end && (is_decoration(token(next).mark) || (!told && token(next).mark == U'.') ||
                          token(next).mark == U':')) {
        told = told || !is_decoration(token(next).mark);
        ++next;
    }
    if (!told) return std::nullopt;
    Label label;
    label.paragraph = p;
    label.turn = {question ? TurnVoice::question : TurnVoice::answer, paragraphs_.first(p), next,
                  from, from + 1};
    return label;
}

/// The first colon, unless a sentence or a clause ends before it.
std::optional<std::int32_t> LabelReader::colon_of(std::int32_t from, std::int32_t end) const {
    const std::int32_t limit = std::min(end, from + max_label_tokens);
    for (std::int32_t t = from; t < limit; ++t) {
        const char32_t mark = token(t).mark;
        if (token(t).kind != TokenKind::punctuation) continue;
        if (mark == U'?' || mark == U'!' || mark == U';' || mark == U'"' || mark == 0x201C ||
            mark == 0x2014 || mark == 0x2026) {
            return std::nullopt;
        }
        if (mark != U':' && mark != 0xFF1A) continue;
        if (t + 1 >= end || is_decoration(token(t + 1).mark)) return t;
        return token(t + 1).span.start > token(t).span.end ? std::optional(t) : std::nullopt;
    }
    return std::nullopt;
}

/// Where the words end before notes in brackets: "REM (crosstalk)", "REM [laughing]".
std::int32_t LabelReader::without_notes(std::int32_t from, std::int32_t end) const {
    while (end > from && (token(end - 1).mark == U')' || token(end - 1).mark == U']')) {
        const char32_t opening = token(end - 1).mark == U')' ? U'(' : U'[';
        std::int32_t t = end - 1;
        while (t > from && end - t < max_note_tokens && token(t).mark != opening) --t;
        if (t == from || token(t).mark != opening) return end;
        end = t;
    }
    return end;
}

bool LabelReader::read_speaker(Label& label, std::int32_t end) const {
    const std::int32_t without = without_notes(label.turn.name, end);
    if (is_outlet(label.turn.name, without)) {
        label.turn.voice = TurnVoice::outlet;
        label.turn.name_end = without;
        return true;
    }
    label.described = without < end;
    std::int32_t stop = label.turn.name;
    while (stop < without && token(stop).mark != U',' && token(stop).mark != U'(' &&
           token(stop).mark != U'[') {
        ++stop;
    }
    if (stop < without) {
        if (!describes(stop + 1, without)) return false;
        label.described = true;
    }
    return stop > label.turn.name && read_name(label, stop);
}

bool LabelReader::describes(std::int32_t from, std::int32_t end) const {
    if (from >= end || end - from > max_note_tokens) return false;
    for (std::int32_t t = from; t < end; ++t) {
        const Token& word = token(t);
        if (word.is(clause) && !word.all_caps) return false;
        if (word.is(WordClass::cue) && !word.is(WordClass::cue_noun | WordClass::role) &&
            !word.capital) {
            return false;
        }
    }
    return true;
}

/// Titles and up to five words of a name, or nothing but a role: "REPORTER", "THE PRESIDENT".
bool LabelReader::read_name(Label& label, std::int32_t end) const {
    std::int32_t at = label.turn.name;
    const bool article = token(at).is(WordClass::article) && token(at).capital && at + 1 < end;
    if (article) ++at;
    const auto titles = [&](std::int32_t t) {
        return token(t).kind == TokenKind::word && token(t).capital &&
               (token(t).is(title_word) || token(t).is(WordClass::demonym | WordClass::nation));
    };
    std::int32_t name = at;
    bool title = false;
    while (name < end && titles(name)) {
        title = title || token(name).is(WordClass::role | WordClass::honorific);
        ++name;
    }
    if (name > at && name < end && token(name).kind == TokenKind::number) ++name;  // "REPORTER 2"
    label.generic = name == end && title && !(article && token(end - 1).is(WordClass::plural));
    if (label.generic && end - at > 1 && token(end - 1).kind == TokenKind::word) {
        const bool office = token(end - 1).is(WordClass::role) && !article;
        if (office && token(end - 2).is(WordClass::honorific)) {  // "MR. KING"
            name = end - 1;
            label.generic = false;
        }
    }
    label.turn.generic = label.generic;
    if (label.generic) {
        label.turn.name = at;
        label.turn.name_end = end;
    } else {
        if (article || (name > at && !title) || name >= end) return false;
        const auto last = name_end(name, end);
        if (!last || *last != end) return false;
        label.turn.name = name;
        label.turn.name_end = end;
        label.titled = title;
    }
    bool shouted = true;
    bool lower = true;
    for (std::int32_t t = label.turn.name; t < label.turn.name_end; ++t) {
        const bool initial = token(t).capital && token(t).span.size() <= 2;
        label.initials = label.initials || (initial && t + 1 < label.turn.name_end);
        shouted = shouted && (token(t).all_caps || initial || token(t).kind != TokenKind::word);
        lower = lower && !token(t).capital;
    }
    label.capitals = shouted;
    label.lower = lower;
    label.key = folded(label.turn.name_end - 1);
    return true;
}

std::optional<std::int32_t> LabelReader::name_end(std::int32_t at, std::int32_t limit) const {
    std::int32_t t = at;
    int words = 0;
    const bool lower = at < limit && !token(at).capital;
    for (; t < limit; ++t) {
        const Token& word = token(t);
        if (word.kind != TokenKind::word) break;
        const bool particle = word.is(WordClass::particle) && t + 1 < limit;
        if (!word.capital && !particle && !lower) break;
        if (word.is(no_name) && !particle && !word.is(WordClass::given_name)) {
            const bool initial =
                word.capital && (word.span.size() == 1 || text_.at(word.span).back() == '.');
            const bool letters = word.all_caps && limit - at == 1 && word.span.size() <= 3;  // "OR"
            if (!initial && !letters) return std::nullopt;
        }
        if (++words > max_name_words) return std::nullopt;
    }
    if (words == 0) return std::nullopt;
    if (t < limit && token(t).mark == U'.' && t + 1 == limit) ++t;  // "Jr."
    return t;
}

/// The outlet's name without its article, a part of it, or its initials.
bool LabelReader::is_outlet(std::int32_t from, std::int32_t end) const {
    if (source_.empty() || from >= end || end - from > 8) return false;
    std::string whole;
    std::string initials;
    for (const std::string& word : source_) {
        whole += word;
        initials += word.front();
    }
    std::vector<std::string> words;
    std::string joined;
    for (std::int32_t t = from; t < end; ++t) {
        if (token(t).kind == TokenKind::possessive) return false;
        if (token(t).kind == TokenKind::punctuation || token(t).is(WordClass::article)) continue;
        words.push_back(folded(t));
        joined += words.back();
    }
    if (words.empty()) return false;
    if (joined == whole || (joined.size() >= 2 && token(end - 1).all_caps && joined == initials)) {
        return true;
    }
    constexpr std::size_t telling = 3;  // letters
    return joined.size() >= telling && std::all_of(words.begin(), words.end(), [&](const auto& w) {
               return std::find(source_.begin(), source_.end(), w) != source_.end();
           });
}

/// How the words behind the colon read, or in the next line; those inside quotation marks are
/// another's, unless they begin there.
void LabelReader::read_words(Label& label) const {
    std::int32_t from = label.turn.end;
    std::int32_t end = paragraphs_.end(label.paragraph);
    if (from >= end && label.paragraph + 1 < paragraphs_.size()) {
        from = paragraphs_.first(label.paragraph + 1);
        end = paragraphs_.end(label.paragraph + 1);
    }
    if (from >= end) return;
    const auto addresses = [&](const Token& word) {
        constexpr WordClass other = WordClass::masculine | WordClass::feminine | WordClass::neuter |
                                    WordClass::plural | WordClass::reflexive | WordClass::article;
        return word.is(WordClass::first_person) || (word.is(pronoun) && !word.is(other));
    };
    std::int64_t words = 0;
    std::int64_t shouted = 0;
    bool number = false;
    bool quoted = false;
    label.marked = token(from).mark == U'"' || token(from).mark == 0x201C;
    for (std::int32_t t = from; t < end; ++t) {
        const Token& word = token(t);
        words += word.kind == TokenKind::word ? 1 : 0;
        shouted += word.all_caps ? 1 : 0;
        if (words == 2 && shouted == 2) label.shouted = true;
        number = number || word.kind == TokenKind::number;
        if (word.mark == U'"') quoted = !quoted;
        if (word.mark == 0x201C || word.mark == 0x201D) quoted = word.mark == 0x201C;
        if (quoted && !label.marked) continue;
        label.speaks = label.speaks || addresses(word);
        label.talks = label.talks || label.speaks || word.mark == U'?' || word.mark == U'!';
    }
    label.talks = label.talks || label.marked;
    label.shouted = label.shouted || (words > 1 && shouted * 2 > words);
    label.sentence = words > 0 && !(number && words < 3);  // "33 percent."
    read_first(label, from, end);
}

void LabelReader::read_first(Label& label, std::int32_t from, std::int32_t end) const {
    const Token& first = token(from);
    const Token& last = token(end - 1);
    const bool small = first.kind == TokenKind::word && !first.capital;
    const bool stopped = closes_speech(last.mark) || text_.at(last.span).back() == '.';
    label.sentence = label.sentence && (stopped || label.talks || label.lower) &&
                     (!small || label.capitals || label.lower || label.talks);
    const auto is = [&](std::int32_t t, WordClass any) { return t < end && token(t).is(any); };
    const bool he = is(from, WordClass::subject_pronoun | WordClass::possessive_pronoun) &&
                    is(from, WordClass::masculine | WordClass::feminine);
    const bool holder = is(from, WordClass::article) && is(from + 1, WordClass::role) &&
                        (from + 2 >= end || token(from + 2).kind == TokenKind::punctuation ||
                         is(from + 2, WordClass::preposition | WordClass::relative));
    label.third = he || holder;  // "The mayor of Lund"
}

}  // namespace framelens::turns_detail
