// Tables of the names of enumerators, which the compiler holds against the enumeration.
#pragma once

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace framelens {

/// Whether the enumeration has an enumerator of this value: the compiler writes its name, and any
/// other value as a number behind a bracket.
template <class Enum, Enum value>
[[nodiscard]] consteval bool is_enumerator() {
    const std::string_view name = __PRETTY_FUNCTION__;
    const std::string_view behind = name.substr(name.rfind(')') + 1);
    return behind.find_first_not_of("0123456789]") != std::string_view::npos;
}

/// How many enumerators there are from 0 on.
template <class Enum, std::size_t counted = 0>
[[nodiscard]] consteval std::size_t count_enumerators() {
    static_assert(!std::is_convertible_v<Enum, int>, "for scoped enumerations");
    if constexpr (is_enumerator<Enum, static_cast<Enum>(counted)>()) {
        return count_enumerators<Enum, counted + 1>();
    } else {
        return counted;
    }
}

/// The name of an enumerator. `names` are those of all, in the order of the enumeration, from 0 on.
template <class Enum, std::size_t size>
[[nodiscard]] constexpr std::string_view name_in(const std::string_view (&names)[size],
                                                 Enum value) noexcept {
    static_assert(size == count_enumerators<Enum>(), "each enumerator needs a name");
    return names[static_cast<std::size_t>(value)];
}

}  // namespace framelens
