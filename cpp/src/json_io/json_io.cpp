#include "framelens/json_io.hpp"

#include "framelens/error.hpp"
#include "framelens/unicode.hpp"
#include "reader.hpp"

#include <algorithm>
#include <set>

namespace framelens {
namespace {

using nlohmann::json;

std::string escaped(std::string_view key) {
    std::string out;
    for (const char c : key) {
        if (c == '~') {
            out += "~0";
        } else if (c == '/') {
            out += "~1";
        } else {
            out += c;
        }
    }
    return out;
}

/// Reads JSON without keeping it, to refuse what the library's tree would let pass or would not
/// say the place of: repeated keys, depth, syntax.
class JsonChecker : public nlohmann::json_sax<json> {
public:
    bool null() override { return value(); }
    bool boolean(bool) override { return value(); }
    bool number_integer(number_integer_t) override { return value(); }
    bool number_unsigned(number_unsigned_t) override { return value(); }
    bool number_float(number_float_t, const string_t&) override { return value(); }
    bool string(string_t&) override { return value(); }
    bool binary(binary_t&) override { return value(); }

    bool start_object(std::size_t) override { return open(false); }
    bool start_array(std::size_t) override { return open(true); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& name) override {
        Level& level = levels_.back();
        level.key = name;
        if (!level.keys.insert(name).second) {
            throw SchemaError(pointer(), "the key is repeated");
        }
        return true;
    }

    bool parse_error(std::size_t position, const std::string&,
                     const json::exception& error) override {
        if (error.id == number_overflow) {
            throw SchemaError(pointer(), "the number is not finite");
        }
        throw SchemaError(pointer(), "not JSON at byte " + std::to_string(position));
    }

private:
    static constexpr int number_overflow = 406;

    struct Level {
        bool array = false;
        std::size_t index = 0;
        std::optional<std::string> key;
        std::set<std::string> keys;
    };

    bool open(bool array) {
        if (levels_.size() == static_cast<std::size_t>(max_json_depth)) {
            throw SchemaError(pointer(),
                              "nested deeper than " + std::to_string(max_json_depth) + " levels");
        }
        levels_.push_back({array, 0, std::nullopt, {}});
        return true;
    }

    bool close() {
        levels_.pop_back();
        return value();
    }

    /// A value is complete: the next one of an array has the next index, the next of an object no
    /// key yet.
    bool value() {
        if (!levels_.empty()) {
            ++levels_.back().index;
            levels_.back().key.reset();
        }
        return true;
    }

    std::string pointer() const {
        std::string out;
        for (const Level& level : levels_) {
            if (level.array) {
                out += "/" + std::to_string(level.index);
            } else if (level.key) {
                out += "/" + escaped(*level.key);
            }
        }
        return out;
    }

    std::vector<Level> levels_;
};

}  // namespace

json parse_json(std::string_view text) {
    if (const auto bad = find_invalid_utf8(text)) {
        throw SchemaError("", "byte " + std::to_string(*bad) + " is not UTF-8");
    }
    JsonChecker checker;
    json::sax_parse(text, &checker);
    return json::parse(text);
}

void JsonNode::fail(const std::string& rule) const {
    throw SchemaError(pointer_, rule);
}

JsonNode JsonNode::child(const json& value, std::string_view key) const {
    return JsonNode(value, pointer_ + "/" + escaped(key));
}

std::string JsonNode::any_text() const {
    if (!value_->is_string()) fail("is a text, not " + std::string(value_->type_name()));
    return value_->get<std::string>();
}

std::string JsonNode::text() const {
    std::string out = any_text();
    if (fold(out).find_first_not_of(' ') == std::string::npos) fail("is empty");
    return out;
}

std::string JsonNode::folded() const {
    std::string out = fold(text());
    if (out.front() == ' ' || out.back() == ' ') fail("begins or ends with a space");
    return out;
}

double JsonNode::number() const {
    if (!value_->is_number()) fail("is a number, not " + std::string(value_->type_name()));
    return value_->get<double>();
}

bool JsonNode::boolean() const {
    if (!value_->is_boolean()) fail("is true or false, not " + std::string(value_->type_name()));
    return value_->get<bool>();
}

std::vector<JsonNode> JsonNode::items() const {
    if (!value_->is_array()) fail("is a list, not " + std::string(value_->type_name()));
    std::vector<JsonNode> out;
    out.reserve(value_->size());
    for (const json& item : *value_) out.push_back(child(item, std::to_string(out.size())));
    return out;
}

std::vector<std::pair<std::string, JsonNode>> JsonNode::members() const {
    if (!value_->is_object()) fail("is an object, not " + std::string(value_->type_name()));
    std::vector<std::pair<std::string, JsonNode>> out;
    out.reserve(value_->size());
    for (const auto& [key, value] : value_->items()) out.emplace_back(key, child(value, key));
    return out;
}

std::vector<std::string> JsonNode::folded_items() const {
    std::vector<std::string> out;
    for (const JsonNode& item : items()) out.push_back(item.folded());
    return out;
}

JsonNode JsonNode::at(const std::string& key) const {
    if (auto found = find(key)) return *found;
    fail("lacks \"" + key + "\"");
}

std::optional<JsonNode> JsonNode::find(const std::string& key) const {
    if (!value_->is_object()) fail("is an object, not " + std::string(value_->type_name()));
    const auto found = value_->find(key);
    if (found == value_->end()) return std::nullopt;
    return child(*found, key);
}

void JsonNode::allow(std::initializer_list<std::string_view> keys) const {
    for (const auto& [key, member] : members()) {
        if (std::find(keys.begin(), keys.end(), key) == keys.end()) member.fail("is no known key");
    }
}

void check_version(const JsonNode& root, std::string_view version) {
    const JsonNode given = root.at("version");
    if (given.text() != version) {
        given.fail("is \"" + std::string(version) + "\", not \"" + given.text() + "\"");
    }
}

}  // namespace framelens
