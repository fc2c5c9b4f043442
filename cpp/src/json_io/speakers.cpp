#include "speakers.hpp"

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace framelens {
namespace {

/// IEEE's CRC-32, as zlib's.
std::uint32_t crc32(const std::vector<std::int8_t>& bytes) {
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const std::int8_t byte : bytes) {
        crc ^= static_cast<std::uint8_t>(byte);
        for (int bit = 0; bit < 8; ++bit) crc = crc >> 1U ^ (crc % 2 == 0 ? 0 : 0xEDB88320U);
    }
    return ~crc;
}

/// Two digits a byte.
std::vector<std::int8_t> read_hex(const JsonNode& node) {
    constexpr std::string_view digits = "0123456789abcdef";
    const std::string text = node.text();
    std::vector<std::int8_t> bytes;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        const auto high = digits.find(text[i]);
        const auto low = digits.find(text[i + 1]);
        if (high == digits.npos || low == digits.npos) node.fail("has digits 0 to 9 and a to f");
        bytes.push_back(static_cast<std::int8_t>(16 * high + low));
    }
    return bytes;
}

}  // namespace

SpeakerWeights read_speakers(const JsonNode& node) {
    node.allow({"trained", "least", "weights", "checksum"});
    SpeakerWeights out;
    const double least = node.at("least").number();
    if (least < 0 || least > 10000 || least != std::floor(least)) {
        node.at("least").fail("is a whole number from 0 to 10000");
    }
    out.least = static_cast<std::int32_t>(least);
    out.of = read_hex(node.at("weights"));
    if (out.of.size() != speaker_feature_count) {
        node.at("weights").fail("has " + std::to_string(2 * speaker_feature_count) + " digits");
    }
    if (crc32(out.of) != node.at("checksum").number()) {
        node.at("checksum").fail("is not that of the weights");
    }
    return out;
}

}  // namespace framelens
