// The number words within one token: "twenty-five", "fünfundzwanzig"; and what a row of them says.
#pragma once

#include "framelens/facts_language.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace framelens {

enum class AtomKind : std::uint8_t { number, scale, join, article, fraction, half };

struct Atom {
    AtomKind kind = AtomKind::number;
    double value = 0;       // of a join: the smallest number that it may follow
    bool bare = false;      // a scale that needs nothing before it
    bool doubtful = false;  // a fraction that is another word too
};

/// The number words that make up a folded word; none where anything else is in it.
/// Cost: linear in the word for each of the language's number words that fits.
[[nodiscard]] std::vector<Atom> atoms_of(std::string_view word, const NumberGrammar& grammar);

/// Adds up number words in the order in which they are read: "two hundred and five thousand".
class NumberSum {
public:
    /// A number in digits, which a scale may follow.
    explicit NumberSum(double digits);
    NumberSum() = default;

    /// False, and the sum is as it was before, where the word cannot go on.
    [[nodiscard]] bool feed(const Atom& atom);
    /// Adds a number that ends in `scale`, behind a comma or in digits; false where it cannot.
    [[nodiscard]] bool add(double value, double scale = 0);
    /// What the words say; nothing where the last of them needs another.
    [[nodiscard]] std::optional<double> value() const;
    /// A share of a scale was read, which a scale must follow: "half a".
    [[nodiscard]] bool wants_scale() const noexcept { return share_ && !pending_; }
    [[nodiscard]] double last_scale() const noexcept { return scale_; }
    [[nodiscard]] bool empty() const noexcept { return parts_.empty(); }

private:
    struct Part {
        double value = 0;
        double room = 0;  // only less than this can be added to it
    };
    static double room_of(double number) noexcept;
    bool feed_number(double number);
    bool feed_scale(const Atom& atom);
    bool feed_fraction(const Atom& atom);
    bool push(double value, double room);

    std::vector<Part> parts_;  // each less than the room of the one before
    double scale_ = 0;         // the last one read, if nothing stands behind it
    double joined_from_ = 0;   // of the join that was read last
    bool pending_ = false;     // a join was read
    bool article_ = false;     // an article was read
    bool share_ = false;       // a fraction that multiplies the next scale
    bool whole_ = false;       // nothing but a scale may follow
};

}  // namespace framelens
