#include "facts_reader.hpp"

#include <algorithm>

namespace framelens {

std::string FactReader::singular(std::string_view noun) const {
    if (const std::size_t hyphen = noun.rfind('-');
        hyphen != std::string_view::npos && hyphen + 1 < noun.size()) {
        return std::string(noun.substr(0, hyphen + 1)) + singular(noun.substr(hyphen + 1));
    }
    if (const auto found = language_.singulars.find(noun); found != language_.singulars.end()) {
        return found->second;
    }
    const auto ends = [&](std::string_view tail) { return noun.ends_with(tail); };
    if (language_.code != "en") {
        const bool plain = language_.plural_endings.contains("s") && ends("s") && noun.size() > 3;
        return std::string(plain ? noun.substr(0, noun.size() - 1) : noun);
    }
    if (ends("ies") && noun.size() > 4) return std::string(noun.substr(0, noun.size() - 3)) + "y";
    if (ends("sses") || ends("shes") || ends("ches") || ends("xes") || ends("zes")) {
        return std::string(noun.substr(0, noun.size() - 2));
    }
    if (is_plural(noun)) return std::string(noun.substr(0, noun.size() - 1));
    return std::string(noun);
}

bool FactReader::is_plural(std::string_view noun) const {
    if (language_.singulars.contains(noun.substr(noun.rfind('-') + 1))) return true;
    if (noun.size() <= 2) return false;
    if (language_.code == "en") {
        return noun.ends_with('s') && !noun.ends_with("ss") && !noun.ends_with("us") &&
               !noun.ends_with("is");
    }
    return std::any_of(language_.plural_endings.begin(), language_.plural_endings.end(),
                       [&](const std::string& ending) { return noun.ends_with(ending); });
}

}  // namespace framelens
