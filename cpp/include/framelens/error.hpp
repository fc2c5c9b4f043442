// Typed errors. The bindings turn each into one Python exception.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>

namespace framelens {

/// A value that breaks a rule of a public function; Python sees a ValueError.
class ValueError : public std::invalid_argument {
    using std::invalid_argument::invalid_argument;
};

/// Text that is not valid UTF-8. `document` is the position in the input, `offset` a byte.
class EncodingError : public ValueError {
public:
    EncodingError(const std::string& message, std::int64_t document, std::int64_t offset)
        : ValueError(message), document_(document), offset_(offset) {}
    [[nodiscard]] std::int64_t document() const noexcept { return document_; }
    [[nodiscard]] std::int64_t offset() const noexcept { return offset_; }

private:
    std::int64_t document_;
    std::int64_t offset_;
};

/// JSON that is malformed, of another version or of another shape.
class SchemaError : public ValueError {
public:
    SchemaError(const std::string& pointer, const std::string& rule)
        : ValueError((pointer.empty() ? std::string{"/"} : pointer) + ": " + rule),
          pointer_(pointer) {}
    /// RFC 6901 pointer to the offending value ("" is the whole file).
    [[nodiscard]] const std::string& pointer() const noexcept { return pointer_; }

private:
    std::string pointer_;
};

/// The caller asked a long run to stop.
class Interrupted : public std::runtime_error {
public:
    Interrupted() : std::runtime_error("interrupted") {}
};

}  // namespace framelens
