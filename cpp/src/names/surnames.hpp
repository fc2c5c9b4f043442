// Whose a surname alone is. Internal to the room `names`.
#pragma once

#include "forms.hpp"
#include "framelens/names.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace framelens {

using FormIds = std::vector<std::int32_t>;

/// The bearer whom all forms name, or whom they name far more often than all others, by the form
/// that most documents print. `fits` come longest first.
[[nodiscard]] std::optional<std::int32_t> bearer_of(const FormIds& fits, const Forms& forms);

/// The forms of a document whose suffix its short mentions keep: "Reed Jr." beside "Jo Reed Jr."
/// tells him from a "Reed". `forms` are those of its entities.
[[nodiscard]] FormIds suffixed_in(const DocumentNames& document, const FormIds& forms);

/// Called by what is the wife's or husband's of an office, "first lady", at least as often as by others.
[[nodiscard]] bool is_consort(const Form& form, const std::vector<std::string>& consorts);

/// Whose a surname is where its spelling does not tell: of those whom the document names in full
/// the one it names most, but "President Trump" is no "first lady Melania Trump". That of a "Jo Reed
/// Jr.", whom it tells from the father, it is only where the document knows of nobody else.
class Surnames {
public:
    /// `consorts` are roles of who is somebody's wife or child: "President Velt" is none of them.
    Surnames(const Forms& forms, const std::vector<std::string>& consorts);

    /// `document` has the forms of its entities, `roles` are what it calls the bearer of `form`,
    /// `suffixed` as `suffixed_in` says. The form itself if nobody fits.
    [[nodiscard]] std::int32_t bearer(const FormIds& document, std::int32_t form,
                                      const std::vector<std::string>& roles,
                                      const FormIds& suffixed) const;

private:
    [[nodiscard]] std::int32_t bare(const FormIds& document, std::int32_t form,
                                    const std::vector<std::string>& roles,
                                    const FormIds& suffixed) const;
    [[nodiscard]] FormIds called(const FormIds& persons,
                                 const std::vector<std::string>& roles) const;
    [[nodiscard]] std::optional<std::int32_t> most_named(const FormIds& persons) const;

    const Forms& forms_;
    const std::vector<std::string>& consorts_;
    std::unordered_map<std::string_view, FormIds> by_last_;
    std::unordered_map<std::string_view, FormIds> by_bare_;  // suffixes off
};

}  // namespace framelens
