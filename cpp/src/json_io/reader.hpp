// JSON values that know their pointer: what both readers of json_io are written with.
#pragma once

#include <nlohmann/json.hpp>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace framelens {

/// Parses checked JSON. Errors: SchemaError as in json_io.hpp.
[[nodiscard]] nlohmann::json parse_json(std::string_view text);

/// A value in a document that outlives it, and where it stands.
class JsonNode {
public:
    explicit JsonNode(const nlohmann::json& value, std::string pointer = {})
        : value_(&value), pointer_(std::move(pointer)) {}

    [[nodiscard]] const std::string& pointer() const noexcept { return pointer_; }
    [[noreturn]] void fail(const std::string& rule) const;

    /// Each throws SchemaError if the value is of another type.
    [[nodiscard]] std::string text() const;  // not blank
    [[nodiscard]] std::string any_text() const;
    [[nodiscard]] std::string folded() const;
    [[nodiscard]] double number() const;
    [[nodiscard]] bool boolean() const;
    [[nodiscard]] std::vector<JsonNode> items() const;
    [[nodiscard]] std::vector<std::pair<std::string, JsonNode>> members() const;
    [[nodiscard]] std::vector<std::string> folded_items() const;

    /// An object's member. Errors: `at` if it is missing.
    [[nodiscard]] JsonNode at(const std::string& key) const;
    [[nodiscard]] std::optional<JsonNode> find(const std::string& key) const;

    /// Refuses members whose key is none of these, and values that are no object.
    void allow(std::initializer_list<std::string_view> keys) const;

    /// The value that belongs to this text. Errors: if none does; the message lists the choices.
    template <class Value>
    [[nodiscard]] Value choose(
        std::initializer_list<std::pair<std::string_view, Value>> choices) const {
        const std::string given = text();
        std::string known;
        for (const auto& [name, value] : choices) {
            if (given == name) return value;
            known += known.empty() ? "" : ", ";
            known += name;
        }
        fail("is one of " + known + ", not \"" + given + "\"");
    }

private:
    [[nodiscard]] JsonNode child(const nlohmann::json& value, std::string_view key) const;

    const nlohmann::json* value_;
    std::string pointer_;
};

/// Refuses a file whose "version" is not this one.
void check_version(const JsonNode& root, std::string_view version);

}  // namespace framelens
