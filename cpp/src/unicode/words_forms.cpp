// The words of many texts, and their distinct forms.
#include "framelens/unicode_words.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace framelens {
namespace {

constexpr std::int64_t grain = 16;  // texts a task
constexpr std::int64_t batch =
    4096;  // texts between two looks at the caller, when forms are numbered

std::vector<std::vector<std::uint32_t>> cut_all(std::span<const std::string> texts,
                                                const std::string& locale, const Run& run) {
    std::vector<std::vector<std::uint32_t>> bounds(texts.size());
    parallel_for(std::ssize(texts), run, grain, [&](std::int64_t begin, std::int64_t end) {
        WordCutter cutter(locale);
        for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
            const auto found = cutter.cut(texts[i]);
            bounds[i].assign(found.begin(), found.end());
        }
    });
    return bounds;
}

class Numbering {
public:
    std::int32_t number_of(std::string_view word) {
        const auto [found, is_new] =
            numbers_.try_emplace(word, static_cast<std::int32_t>(numbers_.size()));
        return found->second;
    }

    [[nodiscard]] std::vector<std::string> forms() const {
        std::vector<std::string> forms(numbers_.size());
        for (const auto& [word, number] : numbers_) forms[static_cast<std::size_t>(number)] = word;
        return forms;
    }

private:
    std::unordered_map<std::string_view, std::int32_t> numbers_;  // views of the texts
};

}  // namespace

WordForms find_words(std::span<const std::string> texts, const std::string& locale,
                     const Run& run) {
    const auto bounds = cut_all(texts, locale, run);
    WordForms out;
    Numbering numbering;
    const auto add = [&](std::size_t i) {
        const std::string_view text = texts[i];
        for (std::size_t k = 0; k + 1 < bounds[i].size(); k += 2) {
            const std::size_t start = bounds[i][k];
            const std::size_t end = bounds[i][k + 1];
            out.texts.push_back(static_cast<std::int64_t>(i));
            out.words.push_back({static_cast<std::int64_t>(start), static_cast<std::int64_t>(end)});
            out.form.push_back(numbering.number_of(text.substr(start, end - start)));
        }
    };
    const Run alone{1, run.report};
    parallel_for(std::ssize(texts), alone, batch, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) add(static_cast<std::size_t>(i));
    });
    out.forms = numbering.forms();
    return out;
}

}  // namespace framelens
