#include "framelens/word_endings.hpp"

#include <algorithm>

namespace framelens {
namespace {

bool ends_in_one(std::string_view word, const std::vector<std::string>& endings) noexcept {
    return std::any_of(endings.begin(), endings.end(),
                       [&](const std::string& ending) { return word.ends_with(ending); });
}

}  // namespace

bool WordEndings::may_fit(std::string_view word) const noexcept {
    return ends_in_one(word, endings);
}

bool WordEndings::fits(std::string_view word) const noexcept {
    return ends_in_one(word, endings) && !ends_in_one(word, exceptions);
}

std::string_view WordEndings::cut(std::string_view word, std::size_t shortest) const noexcept {
    if (ends_in_one(word, exceptions)) return word;
    const auto found = std::find_if(endings.begin(), endings.end(), [&](const std::string& ending) {
        return word.size() >= ending.size() + shortest && word.ends_with(ending);
    });
    return found == endings.end() ? word : word.substr(0, word.size() - found->size());
}

}  // namespace framelens
