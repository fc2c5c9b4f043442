#include "framelens/zones_titles.hpp"

#include "form.hpp"
#include "framelens/unicode_lines.hpp"
#include "words.hpp"

#include <algorithm>
#include <vector>

namespace framelens {

FirstLine read_first_line(std::string_view text, const Language& language) {
    const std::vector<Span> lines = find_lines(text, 0, 2);
    if (lines.size() < 2) return {};
    const Span line = lines.front();
    const std::string_view words =
        text.substr(static_cast<std::size_t>(line.start), static_cast<std::size_t>(line.size()));
    const LineForm form = read_line(text, line, language).form;
    FirstLine out{line.end};
    // What people say in a transcript ends like a sentence.
    const bool rubric =
        form == LineForm::other && begins_with_speaker(words) && ending_of(words) == Ending::none;
    out.title = form == LineForm::title || rubric ||
                (form == LineForm::prose && is_stopped_title(words, language));
    const bool open = form == LineForm::prose || form == LineForm::other || form == LineForm::name;
    out.may_title = out.title || (open && is_short(words));
    return out;
}

bool prints_titles(std::span<const FirstLine> documents) {
    constexpr std::ptrdiff_t min_titles = 3;  // one or two first lines may be titles by chance
    const auto titles = std::count_if(documents.begin(), documents.end(),
                                      [](const FirstLine& line) { return line.title; });
    return titles >= min_titles && titles * 2 > std::ssize(documents);
}

}  // namespace framelens
