// Turns of a transcript or interview, and signatures. Internal to the room `tokens`.
#pragma once

#include "framelens/tokens.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace framelens {

/// Finds who speaks where lines begin with names and colons, and marks what they say:
/// - two such lines make a transcript; a turn goes on over the paragraphs behind it.
/// - "Q:" and the outlet's own name ask, "A:" answers.
/// - "“...” ― Name", and a line with a dash and a name below a quotation, sign it; a name with a
///   handle ("— Anna Kell (@annakell)") signs the paragraph before it, with or without marks.
/// Headlines and subheads that are turns are zones no more. Cost: linear.
void find_turns(SegmentedText& text, std::string_view source, std::int64_t title_end);

namespace turns_detail {

/// Paragraphs as ranges of tokens.
class Paragraphs {
public:
    explicit Paragraphs(const SegmentedText& text);
    [[nodiscard]] std::size_t size() const { return first_.size() - 1; }
    [[nodiscard]] std::int32_t first(std::size_t p) const { return first_[p]; }
    [[nodiscard]] std::int32_t end(std::size_t p) const { return first_[p + 1]; }

private:
    std::vector<std::int32_t> first_;  // one more entry than paragraphs
};

/// What stands before the colon at the start of a line, and how what follows reads.
struct Label {
    Turn turn;
    std::size_t paragraph = 0;
    std::string key;         // last word of the name, folded
    bool titled = false;     // "DR. REM", "President Rem"
    bool described = false;  // "REM, TRADER", "REM (crosstalk)"
    bool initials = false;   // "J. REM"
    bool generic = false;    // "REPORTER", "THE PRESIDENT"
    bool capitals = false;
    bool lower = false;     // no word with a capital
    bool sure = false;      // surely somebody's name
    bool common = false;    // the text has it in lower case
    bool sentence = false;  // what follows ends as a sentence does
    bool speaks = false;    // of itself or to somebody: "I", "you"
    bool talks = false;     // speaks, asks or calls out
    bool marked = false;    // begins with a quotation mark
    bool shouted = false;   // printed in capitals, as headings are
    bool third = false;     // begins as a description of the one named does
};

/// Reads what stands before the first colon of a paragraph.
class LabelReader {
public:
    LabelReader(const SegmentedText& text, const Paragraphs& paragraphs, std::string_view source);

    [[nodiscard]] std::optional<Label> read(std::size_t p) const;
    /// The end of the name that begins at `at`, if there is one of up to five words.
    [[nodiscard]] std::optional<std::int32_t> name_end(std::int32_t at, std::int32_t limit) const;
    /// True if the tokens may describe who is named before them: "trader in Lund", "34".
    [[nodiscard]] bool describes(std::int32_t from, std::int32_t end) const;

private:
    [[nodiscard]] std::optional<std::int32_t> colon_of(std::int32_t from, std::int32_t end) const;
    [[nodiscard]] std::optional<Label> lettered(std::size_t p, std::int32_t from) const;
    [[nodiscard]] std::int32_t without_notes(std::int32_t from, std::int32_t end) const;
    [[nodiscard]] bool read_speaker(Label& label, std::int32_t end) const;
    [[nodiscard]] bool read_name(Label& label, std::int32_t end) const;
    [[nodiscard]] bool is_outlet(std::int32_t from, std::int32_t end) const;
    void read_words(Label& label) const;
    void read_first(Label& label, std::int32_t from, std::int32_t end) const;
    [[nodiscard]] std::string folded(std::int32_t t) const;
    [[nodiscard]] const Token& token(std::int32_t t) const {
        return text_.tokens[static_cast<std::size_t>(t)];
    }

    const SegmentedText& text_;
    const Paragraphs& paragraphs_;
    std::vector<std::string> source_;  // folded words of the outlet's name
};

/// Decides which labels name somebody, by what the text tells elsewhere.
class LabelJudge {
public:
    LabelJudge(const SegmentedText& text, std::vector<Label>& labels);

    /// Leaves the labels of turns; none where the lines make no transcript.
    void keep_turns();

private:
    void gather_evidence();
    void note_name(std::size_t t);
    void judge(Label& label) const;
    [[nodiscard]] bool is_name(const Label& label) const;
    [[nodiscard]] bool is_topic(const Label& label) const;
    [[nodiscard]] bool is_sparse() const;
    [[nodiscard]] bool make_transcript() const;
    void gather_full_names();
    [[nodiscard]] std::optional<std::int32_t> meant_by(const Label& label) const;
    void settle_surnames();
    [[nodiscard]] std::string folded(std::int32_t t) const;
    [[nodiscard]] const Token& token(std::int32_t t) const {
        return text_.tokens[static_cast<std::size_t>(t)];
    }

    const SegmentedText& text_;
    std::vector<Label>& labels_;
    std::unordered_map<std::string, std::optional<std::int32_t>> full_;  // tokens of full names
    std::unordered_set<std::string> known_;  // last words of persons' names
    std::unordered_set<std::string> lower_;  // words that the text prints small
};

/// Adds the turns that signatures tell.
void find_signatures(SegmentedText& text, const Paragraphs& paragraphs, const LabelReader& reader,
                     std::vector<MarkedSpan>& added);

}  // namespace turns_detail
}  // namespace framelens
