#include "framelens/marks.hpp"

#include "framelens/marks_blocks.hpp"
#include "framelens/unicode.hpp"

#include <algorithm>

namespace framelens {
namespace {

using marks_detail::BlockQuotation;
using marks_detail::find_block_quotations;
using marks_detail::Loose;

enum class Family : std::uint8_t { straight, curly, low, guillemet, angle, corner, white_corner };

/// One mark as it stands in the text, and what it may do there.
struct Mark {
    Span span;
    Family family = Family::straight;
    bool single = false;
    bool may_open = false;
    bool may_close = false;
};

struct Open {
    Mark mark;
    std::int32_t slot;  // where its span will stand in the result
};

bool is_apostrophe(char32_t c) {
    return c == U'\'' || c == 0x2019 || c == 0x2018;
}

bool is_opening_context(char32_t c) {
    return is_space(c) || c == U'(' || c == U'[' || c == U'{' || c == U'-' || c == 0x2013 ||
           c == 0x2014 || c == U'/' || c == U':' || c == 0x201C || c == U'"' || c == 0x2018 ||
           c == U'\'' || c == 0xAB || c == 0x201E || c == 0xBF || c == 0xA1;
}

bool is_stop(char32_t c) {
    return c == U'.' || c == U'!' || c == U'?' || c == 0x2026;
}

constexpr std::int64_t possessive_reach = 300;  // bytes; bounds the look ahead from each mark

constexpr auto candidates = marks_detail::make_candidates();

class Pairer {
public:
    Pairer(std::string_view text, const Segments& segments) : text_(text), segments_(segments) {}

    std::vector<MarkedSpan> run() {
        for (std::size_t p = 0; p < segments_.paragraphs.size(); ++p) pair_paragraph(p);
        blocks_ = find_block_quotations(loose_);
        if (blocks_.empty()) return std::move(result_);
        result_.clear();
        open_ended_ = false;
        for (std::size_t p = 0; p < segments_.paragraphs.size(); ++p) pair_paragraph(p);
        return std::move(result_);
    }

private:
    void pair_paragraph(std::size_t p) {
        paragraph_ = segments_.paragraphs[p];
        open_.clear();
        doubles_.clear();
        found_.clear();
        lost_ = 0;
        lost_closing_.reset();
        const std::string_view inside = text_.substr(static_cast<std::size_t>(paragraph_.start),
                                                     static_cast<std::size_t>(paragraph_.size()));
        straight_left_ = std::count(inside.begin(), inside.end(), '"');
        go_on_with_block(static_cast<std::int32_t>(p));
        std::int64_t pos = paragraph_.start;
        while (pos < paragraph_.end) {
            if (!candidates[static_cast<unsigned char>(text_[static_cast<std::size_t>(pos)])]) {
                ++pos;
                continue;
            }
            const auto mark = read_mark(pos);
            pos = mark ? mark->span.end : pos + decode(text_, pos).bytes;
            if (mark && decode(text_, mark->span.start).value == U'"') --straight_left_;
            if (mark) take(*mark);
        }
        close_at_end(p);
        marks_detail::nest(found_, result_);
    }

    char32_t before(std::int64_t pos) const {
        return pos > paragraph_.start ? decode_before(text_, pos).value : U' ';
    }
    char32_t after(std::int64_t pos) const {
        return pos < paragraph_.end ? decode(text_, pos).value : U' ';
    }

    std::optional<Mark> read_mark(std::int64_t pos) const {
        const CodePoint c = decode(text_, pos);
        const std::int64_t next = pos + c.bytes;
        const bool doubled = next < paragraph_.end && decode(text_, next).value == c.value;
        const Span one{pos, next};
        const Span two{pos, next + c.bytes};
        switch (c.value) {
            case U'"':
                return with_context({one, Family::straight, false});
            case U'\'':
                return doubled ? with_context({two, Family::straight, false})
                               : with_context({one, Family::straight, true});
            case U'`':
                if (doubled) return Mark{two, Family::straight, false, true, false};
                return std::nullopt;
            case 0x201C:
                return Mark{one, Family::curly, false, true, low_is_open(false) || ends_words(one)};
            case 0x201D:
                return Mark{one, Family::curly, false, begins_words(one), true};
            case 0x201E:
                return Mark{one, Family::low, false, true, false};
            case 0x201A:
                return Mark{one, Family::low, true, true, false};
            case 0x2018:
                if (doubled) return Mark{two, Family::curly, false, true, false};
                return left_single(one);
            case 0x2019:
                if (doubled) return Mark{two, Family::curly, false, false, true};
                return right_single(one);
            case 0xAB:
                return guillemet(one, Family::guillemet, true);
            case 0xBB:
                return guillemet(one, Family::guillemet, false);
            case 0x2039:
                return guillemet(one, Family::angle, true);
            case 0x203A:
                return guillemet(one, Family::angle, false);
            case 0x300C:
                return Mark{one, Family::corner, false, true, false};
            case 0x300D:
                return Mark{one, Family::corner, false, false, true};
            case 0x300E:
                return Mark{one, Family::white_corner, false, true, false};
            case 0x300F:
                return Mark{one, Family::white_corner, false, false, true};
            default:
                return std::nullopt;
        }
    }

    /// Marks curled the wrong way, and the Swedish ”ja”: the side of the space tells.
    bool begins_words(Span mark) const {
        return doubles_.empty() && is_opening_context(before(mark.start)) &&
               is_alnum(after(mark.end));
    }
    bool ends_words(Span mark) const {
        const char32_t right = after(mark.end);
        return !doubles_.empty() && open_[doubles_.back()].mark.family == Family::curly &&
               !is_opening_context(before(mark.start)) &&
               (is_space(right) || is_stop(right) || right == U',' || right == U';');
    }

    bool low_is_open(bool single) const {
        return !open_.empty() && open_.back().mark.family == Family::low &&
               open_.back().mark.single == single;
    }

    /// Straight marks open after a space or an opening sign, and close after anything else.
    Mark with_context(Mark mark) const {
        const char32_t left = before(mark.span.start);
        const char32_t right = after(mark.span.end);
        mark.may_open = is_opening_context(left) && !is_space(right);
        mark.may_close = !is_space(left) && !is_alnum(right);
        if (mark.single) {
            mark.may_open = mark.may_open && (is_alnum(right) || right == U'"' || right == U'$' ||
                                              right == U'[' || right == U'.');
            mark.may_open = mark.may_open && !is_elision(mark.span.end);
        } else if (!mark.may_open && !mark.may_close) {
            const bool measure = is_digit(left);  // inches and minutes never open a quotation
            mark.may_open = !measure;
            mark.may_close = true;
        }
        return mark;
    }

    /// The '90s (two digits), rock 'n' roll, and the Dutch ‘t and ‘s.
    bool is_elision(std::int64_t pos) const {
        const char32_t first = after(pos);
        constexpr std::u32string_view clipped = U"tsnkm";  // of "het", "des", "een", "ik", "hem"
        if (clipped.find(first) != clipped.npos && is_space(after(pos + 1))) return true;
        if ((first | 0x20) == U'n' && pos + 1 < paragraph_.end)
            return is_apostrophe(after(pos + 1));
        if (!is_digit(after(pos)) || pos + 2 > paragraph_.end) return false;
        if (!is_digit(after(pos + 1))) return false;
        const char32_t third = after(pos + 2);
        const bool goes_on = (third == U',' || third == U'.') && is_digit(after(pos + 3));
        return !is_digit(third) && third != U'%' && !goes_on;
    }

    std::optional<Mark> left_single(Span span) const {
        if (low_is_open(true)) return Mark{span, Family::curly, true, false, true};
        if (is_alnum(before(span.start)) || is_elision(span.end)) return std::nullopt;
        return Mark{span, Family::curly, true, true, false};
    }

    std::optional<Mark> right_single(Span span) const {
        if (is_alnum(after(span.end)) || is_space(before(span.start))) return std::nullopt;
        return Mark{span, Family::curly, true, false, true};
    }

    /// « opens, » closes; but German sets them »…«, seen by the side on which the space stands.
    Mark guillemet(Span span, Family family, bool left_pointing) const {
        const bool space_left = is_opening_context(before(span.start));
        const bool space_right = is_space(after(span.end));
        Mark mark{span, family, false, left_pointing, !left_pointing};
        const bool open = !doubles_.empty() && open_[doubles_.back()].mark.family == family;
        if (left_pointing && open && !space_left) mark.may_open = false, mark.may_close = true;
        // » may lead a paragraph in which the quotation of the one before goes on
        const bool goes_on = open_ended_ && span.start == paragraph_.start;
        if (!left_pointing && !open && space_left && (!space_right || goes_on)) {
            mark.may_open = true, mark.may_close = false;
        }
        return mark;
    }

    static bool pairs(const Mark& opener, const Mark& closer) {
        if (opener.single != closer.single) return false;
        const auto western = [](Family f) {
            return f == Family::straight || f == Family::curly || f == Family::low;
        };
        if (western(opener.family) && western(closer.family)) return true;
        return opener.family == closer.family;
    }

    void take(const Mark& mark) {
        if (mark.single) {
            take_single(mark);
        } else {
            take_double(mark);
        }
    }

    /// 'The workers' turn,' she said: after an s, where a closing mark behind a stop follows.
    bool is_plural_possessive(const Mark& mark) const {
        const auto at = static_cast<std::size_t>(mark.span.start);
        if (at == 0 || (text_[at - 1] | 0x20) != 's' || !is_space(after(mark.span.end))) {
            return false;
        }
        const std::int64_t end = std::min(paragraph_.end, mark.span.end + possessive_reach);
        for (std::int64_t pos = mark.span.end; pos < end;) {
            if (!candidates[static_cast<unsigned char>(text_[static_cast<std::size_t>(pos)])]) {
                ++pos;
                continue;
            }
            const auto next = read_mark(pos);
            if (!next) {
                pos += decode(text_, pos).bytes;
                continue;
            }
            if (!next->single || next->may_open) return false;
            const char32_t left = before(next->span.start);
            if (next->may_close && (is_stop(left) || left == U',')) return true;
            pos = next->span.end;
        }
        return false;
    }

    void take_single(const Mark& mark) {
        if (mark.may_close && !open_.empty() && pairs(open_.back().mark, mark) &&
            is_plural_possessive(mark)) {
            return;
        }
        if (mark.may_close && !open_.empty() && pairs(open_.back().mark, mark)) {
            close(open_.size() - 1, mark.span);
        } else if (mark.may_open) {
            open_.push_back({mark, reserve_slot()});
        }
    }

    void take_double(const Mark& mark) {
        const bool can_close =
            mark.may_close && !doubles_.empty() && pairs(open_[doubles_.back()].mark, mark);
        const bool straight_inside =
            !doubles_.empty() && open_[doubles_.back()].mark.family == Family::straight;
        if (can_close && !(mark.may_open && !straight_inside && mark.family == Family::straight)) {
            close(doubles_.back(), mark.span);
        } else if (mark.may_open) {
            // straight marks do not nest in themselves: this one closes and a space went astray,
            // where the marks left pair up; else an earlier one lacks its partner
            if (mark.family == Family::straight && straight_inside && straight_left_ % 2 == 0) {
                close(doubles_.back(), mark.span);
                return;
            }
            if (mark.family == Family::straight && straight_inside) {
                open_.resize(doubles_.back());
                doubles_.pop_back();
                ++lost_;
            }
            doubles_.push_back(open_.size());
            open_.push_back({mark, reserve_slot()});
        } else {
            ++lost_;
            lost_closing_ = mark.span;
        }
    }

    /// The paragraph lies in a quotation that an earlier one opened: a mark stands before it.
    void go_on_with_block(std::int32_t p) {
        while (next_block_ < blocks_.size() && blocks_[next_block_].last < p) ++next_block_;
        if (next_block_ >= blocks_.size() || p <= blocks_[next_block_].first) return;
        const Span before{paragraph_.start, paragraph_.start};
        doubles_.push_back(0);
        open_.push_back({Mark{before, Family::curly, false, true, false}, reserve_slot()});
    }

    bool goes_on(std::int32_t p) const {
        return next_block_ < blocks_.size() && p >= blocks_[next_block_].first &&
               p < blocks_[next_block_].last;
    }

    std::int32_t reserve_slot() {
        found_.emplace_back();
        return static_cast<std::int32_t>(found_.size()) - 1;
    }

    void close(std::size_t index, Span closing) {
        const Open opener = open_[index];
        const Span inner{opener.mark.span.end, closing.start};
        const Span outer{opener.mark.span.start, closing.end};
        found_[static_cast<std::size_t>(opener.slot)] = {inner, outer, std::nullopt, 0, false};
        open_.resize(index);
        while (!doubles_.empty() && doubles_.back() >= index) doubles_.pop_back();
    }

    /// An opening double mark without partner may reach to the paragraph's end.
    void close_at_end(std::size_t p) {
        const auto paragraph = static_cast<std::int32_t>(p);
        open_ended_ = false;
        if (!doubles_.empty()) {
            const std::size_t index = doubles_.front();
            const Mark mark = open_[index].mark;
            const bool first = mark.span.start == paragraph_.start;
            const bool alone = doubles_.size() == 1 && lost_ == 0;
            const bool reopened = next_reopens(p, mark);
            const bool opening = alone && !reopened;
            loose_.push_back({paragraph, opening ? Loose::Side::opening : Loose::Side::other});
            if (reopened || (first && alone) || goes_on(paragraph)) {
                const std::int32_t slot = open_[index].slot;
                close(index, {paragraph_.end, paragraph_.end});
                found_[static_cast<std::size_t>(slot)].open_ended = true;
                open_ended_ = true;
            }
        } else if (lost_ == 1 && lost_closing_ && ends_paragraph(*lost_closing_)) {
            loose_.push_back({paragraph, Loose::Side::closing});
        } else if (opens_with_mark() || lost_ > 0) {
            loose_.push_back({paragraph, Loose::Side::other});
        }
    }

    bool opens_with_mark() const {
        return !found_.empty() && found_.front().outer.size() > 0 &&
               found_.front().outer.start == paragraph_.start;
    }

    bool ends_paragraph(Span mark) const {
        return text_.find_first_not_of(" \t", static_cast<std::size_t>(mark.end)) >=
               static_cast<std::size_t>(paragraph_.end);
    }

    bool next_reopens(std::size_t p, const Mark& mark) const {
        if (p + 1 >= segments_.paragraphs.size()) return false;
        const char32_t next = decode(text_, segments_.paragraphs[p + 1].start).value;
        const char32_t own = decode(text_, mark.span.start).value;
        if ((own == 0xAB && next == 0xBB) || (own == 0x2039 && next == 0x203A)) return true;
        const std::int64_t start = segments_.paragraphs[p + 1].start;
        return text_.substr(static_cast<std::size_t>(start),
                            static_cast<std::size_t>(mark.span.size())) ==
               text_.substr(static_cast<std::size_t>(mark.span.start),
                            static_cast<std::size_t>(mark.span.size()));
    }

    std::string_view text_;
    const Segments& segments_;
    Span paragraph_;
    std::vector<Open> open_;
    std::vector<std::size_t> doubles_;  // indices into open_ of the double marks
    std::vector<MarkedSpan> found_;     // by order of opening; unclosed ones stay empty
    std::vector<MarkedSpan> result_;
    std::int64_t straight_left_ = 0;  // straight double marks of the paragraph still to come
    std::vector<Loose> loose_;        // marks without partners, by paragraph
    std::vector<BlockQuotation> blocks_;
    std::size_t next_block_ = 0;
    bool open_ended_ = false;  // whether a quotation goes on in the next paragraph
    int lost_ = 0;             // double marks of this paragraph that were given up as unpaired
    std::optional<Span> lost_closing_;  // the last of them that could only close
};

}  // namespace

std::vector<MarkedSpan> pair_marks(std::string_view text, const Segments& segments) {
    return Pairer(text, segments).run();
}

}  // namespace framelens
