// Texts of an Arrow stream (https://arrow.apache.org/docs/format/CStreamInterface.html), as views of
// its buffers.
#include "border.hpp"

#include <cstring>
#include <memory>
#include <string>
#include <string_view>

// The names and layouts are those of the specification.
struct ArrowSchema {
    const char* format;
    const char* name;
    const char* metadata;
    int64_t flags;
    int64_t n_children;
    ArrowSchema** children;
    ArrowSchema* dictionary;
    void (*release)(ArrowSchema*);
    void* private_data;
};
struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void** buffers;
    ArrowArray** children;
    ArrowArray* dictionary;
    void (*release)(ArrowArray*);
    void* private_data;
};
struct ArrowArrayStream {
    int (*get_schema)(ArrowArrayStream*, ArrowSchema*);
    int (*get_next)(ArrowArrayStream*, ArrowArray*);
    const char* (*get_last_error)(ArrowArrayStream*);
    void (*release)(ArrowArrayStream*);
    void* private_data;
};

namespace framelens::border {
namespace {

template <class Part>
struct Release {
    void operator()(Part* part) const {
        if (part->release != nullptr) part->release(part);
        delete part;
    }
};
using Schema = std::unique_ptr<ArrowSchema, Release<ArrowSchema>>;
using Array = std::shared_ptr<ArrowArray>;

void check(ArrowArrayStream& stream, int status) {
    if (status == 0) return;
    const char* why = stream.get_last_error(&stream);
    throw py::value_error(std::string("the Arrow stream failed: ") +
                          (why != nullptr ? why : std::strerror(status)));
}

bool is_set(const void* bits, std::int64_t at) noexcept {
    return bits == nullptr ||
           (static_cast<const std::uint8_t*>(bits)[at / 8] >> (at % 8) & 1U) != 0;
}

template <class Value>
Value value_at(const void* values, std::int64_t at) noexcept {
    return static_cast<const Value*>(values)[at];
}

template <class Offset>
std::string_view by_offsets(const ArrowArray& array, std::int64_t at) noexcept {
    const auto begin = value_at<Offset>(array.buffers[1], at);
    const auto end = value_at<Offset>(array.buffers[1], at + 1);
    return {static_cast<const char*>(array.buffers[2]) + begin,
            static_cast<std::size_t>(end - begin)};
}

// A string view: 4 bytes of length, then 12 bytes of text, or a prefix, a buffer and an offset.
std::string_view by_view(const ArrowArray& array, std::int64_t at) noexcept {
    const char* view = static_cast<const char*>(array.buffers[1]) + 16 * at;
    std::int32_t parts[4];
    std::memcpy(parts, view, sizeof(parts));
    const auto size = static_cast<std::size_t>(parts[0]);
    if (size <= 12) return {view + 4, size};
    return {static_cast<const char*>(array.buffers[2 + parts[2]]) + parts[3], size};
}

using TextAt = std::string_view (*)(const ArrowArray&, std::int64_t) noexcept;
using KeyAt = std::int64_t (*)(const ArrowArray&, std::int64_t) noexcept;

TextAt text_reader(const std::string_view format) {
    if (format == "u") return by_offsets<std::int32_t>;
    if (format == "U") return by_offsets<std::int64_t>;
    if (format == "vu") return by_view;
    throw py::type_error("the Arrow values must be strings, not of format '" + std::string(format) +
                         "'");
}

template <class Key>
std::int64_t key_at(const ArrowArray& array, std::int64_t at) noexcept {
    return static_cast<std::int64_t>(value_at<Key>(array.buffers[1], at));
}

KeyAt key_reader(const std::string_view format) {
    switch (format.size() == 1 ? format.front() : ' ') {
        case 'c':
            return key_at<std::int8_t>;
        case 'C':
            return key_at<std::uint8_t>;
        case 's':
            return key_at<std::int16_t>;
        case 'S':
            return key_at<std::uint16_t>;
        case 'i':
            return key_at<std::int32_t>;
        case 'I':
            return key_at<std::uint32_t>;
        case 'l':
            return key_at<std::int64_t>;
        default:
            throw py::type_error("unknown keys of an Arrow dictionary");
    }
}

/// Rows of an array of texts: those of a table's one column, which comes as a struct.
struct Rows {
    const ArrowArray& texts;
    const ArrowSchema& schema;
    std::int64_t first;  ///< position among the texts
    std::int64_t length;
    const ArrowArray* table;  ///< whose rows can be missing as a whole

    bool present(std::int64_t row) const noexcept {
        return is_set(texts.buffers[0], first + row) &&
               (table == nullptr || is_set(table->buffers[0], table->offset + row));
    }
};

Rows rows_of(const ArrowArray& array, const ArrowSchema& schema) {
    if (std::string_view{schema.format} != "+s") {
        return {array, schema, array.offset, array.length, nullptr};
    }
    if (schema.n_children != 1) {
        throw py::value_error("Arrow texts must be one column, not " +
                              std::to_string(schema.n_children));
    }
    // A struct that is sliced leaves its columns whole.
    const ArrowArray& column = *array.children[0];
    return {column, *schema.children[0], column.offset + array.offset, array.length, &array};
}

// Appends the texts of one array, or reports the row of a missing one.
void append_views(const Rows& rows, TextViews& out) {
    const ArrowArray& array = rows.texts;
    const bool coded = rows.schema.dictionary != nullptr;
    const TextAt text_at = text_reader(coded ? rows.schema.dictionary->format : rows.schema.format);
    const KeyAt key = coded ? key_reader(rows.schema.format) : nullptr;
    for (std::int64_t i = 0; i < rows.length; ++i) {
        const std::int64_t at = rows.first + i;
        bool present = rows.present(i);
        std::string_view text;
        if (present && coded) {
            const std::int64_t place = array.dictionary->offset + key(array, at);
            present = is_set(array.dictionary->buffers[0], place);
            if (present) text = text_at(*array.dictionary, place);
        } else if (present) {
            text = text_at(array, at);
        }
        const auto row = std::ssize(out.views);
        if (!present) {
            throw py::value_error(
                "None is an invalid document, expected byte or unicode string. "
                "(row " +
                std::to_string(row) + ")");
        }
        out.views.emplace_back(text.data(), std::ssize(text), Units::utf8_unchecked);
    }
}

void append_array(const Array& array, const ArrowSchema& schema, TextViews& out) {
    append_views(rows_of(*array, schema), out);
    out.owners.push_back(array);
}

template <class Part>
Part* part_of(const py::object& capsule, const char* name) {
    auto* part = static_cast<Part*>(PyCapsule_GetPointer(capsule.ptr(), name));
    if (part == nullptr) throw py::error_already_set();
    return part;
}

// One array, which is moved out of its capsule.
TextViews views_of_array(py::handle source) {
    const py::tuple parts = source.attr("__arrow_c_array__")();
    auto* given = part_of<ArrowArray>(parts[1], "arrow_array");
    const Array array{new ArrowArray{*given}, Release<ArrowArray>{}};
    given->release = nullptr;
    TextViews result;
    append_array(array, *part_of<ArrowSchema>(parts[0], "arrow_schema"), result);
    return result;
}

}  // namespace

TextViews views_from_arrow(py::handle source) {
    if (!py::hasattr(source, "__arrow_c_stream__")) return views_of_array(source);
    const py::object capsule = source.attr("__arrow_c_stream__")();
    auto* stream = part_of<ArrowArrayStream>(capsule, "arrow_array_stream");
    const Schema schema{new ArrowSchema{}};
    check(*stream, stream->get_schema(stream, schema.get()));
    TextViews result;
    while (true) {
        const Array array{new ArrowArray{}, Release<ArrowArray>{}};
        check(*stream, stream->get_next(stream, array.get()));
        if (array->release == nullptr) return result;
        append_array(array, *schema, result);
    }
}

}  // namespace framelens::border
