#include "framelens/grammar_tagger.hpp"

#include "framelens/error.hpp"

#include <algorithm>
#include <bit>

namespace framelens {
namespace {

/// Reads a file from start to end.
class Reader {
public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}

    std::uint32_t byte() {
        if (bytes_.empty()) fail("the file of weights is cut short");
        const auto value = static_cast<unsigned char>(bytes_.front());
        bytes_.remove_prefix(1);
        return value;
    }
    std::uint32_t gap() {
        constexpr std::uint32_t most = 28;  // bits: a place has fewer
        std::uint32_t value = 0;
        for (std::uint32_t shift = 0; shift < most; shift += 7) {
            const std::uint32_t next = byte();
            value |= (next & 0x7FU) << shift;
            if (next < 0x80U) return value;
        }
        fail("a place of a weight is too large");
    }
    [[nodiscard]] bool done() const { return bytes_.empty(); }
    [[noreturn]] static void fail(const std::string& rule) { throw SchemaError("", rule); }

private:
    std::string_view bytes_;
};

}  // namespace

Tagger Tagger::from_bytes(std::string_view bytes) {
    if (!bytes.starts_with(format)) {
        Reader::fail("the weights of a tagger begin with " + std::string(format));
    }
    Reader read(bytes.substr(format.size()));
    std::uint32_t count = 0;
    for (std::uint32_t shift = 0; shift < 32; shift += 8) count |= read.byte() << shift;
    if (count > bytes.size()) Reader::fail("the file of weights is cut short");
    Tagger tagger;
    tagger.first_.assign(buckets + 1, 0);
    tagger.weights_.resize(count);
    std::uint64_t place = 0;
    for (Weight& weight : tagger.weights_) {
        place += read.gap();
        const std::uint64_t bucket = place / part_count;
        if (bucket >= buckets) Reader::fail("a place of a weight is too large");
        weight.part = static_cast<Part>(place % part_count);
        ++tagger.first_[bucket + 1];
    }
    for (Weight& weight : tagger.weights_) {
        weight.value = std::bit_cast<std::int8_t>(static_cast<std::uint8_t>(read.byte()));
    }
    if (!read.done()) Reader::fail("there are bytes behind the weights");
    for (std::uint32_t b = 0; b < buckets; ++b) tagger.first_[b + 1] += tagger.first_[b];
    return tagger;
}

void Tagger::add(std::uint32_t feature, Sums& sums) const noexcept {
    const std::uint32_t bucket = feature & (buckets - 1);
    for (std::uint32_t i = first_[bucket]; i < first_[bucket + 1]; ++i) {
        sums[static_cast<std::size_t>(weights_[i].part)] += weights_[i].value;
    }
}

void Tagger::tag(const SegmentedText& text, std::int32_t first, std::span<Part> parts) const {
    const auto end = first + static_cast<std::int32_t>(parts.size());
    const std::vector<TokenFeatures> features = features_of(text, first, end);
    Part before = Part::other;
    Part second = Part::other;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const Token& token = text.tokens[static_cast<std::size_t>(first) + i];
        parts[i] = Part::punctuation;
        if (token.kind != TokenKind::punctuation) {
            Sums sums{};
            for (const std::uint32_t feature : features[i].fixed) add(feature, sums);
            for (const std::uint32_t f : features[i].after(before, second)) add(f, sums);
            const auto best = std::max_element(sums.begin(), sums.end() - 1);  // no mark
            parts[i] = static_cast<Part>(best - sums.begin());
        }
        second = before;
        before = parts[i];
    }
}

}  // namespace framelens
