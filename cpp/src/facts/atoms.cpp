#include "atoms.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace framelens {
namespace {

std::optional<Atom> atom_of(std::string_view word, const NumberGrammar& grammar) {
    if (const auto at = grammar.numbers.find(word); at != grammar.numbers.end()) {
        return Atom{AtomKind::number, at->second};
    }
    if (const auto at = grammar.scales.find(word); at != grammar.scales.end()) {
        return Atom{AtomKind::scale, at->second, grammar.bare_scales.contains(word)};
    }
    if (const auto at = grammar.joins.find(word); at != grammar.joins.end()) {
        return Atom{AtomKind::join, at->second};
    }
    if (const auto at = grammar.halves.find(word); at != grammar.halves.end()) {
        return Atom{AtomKind::half, at->second};
    }
    if (const auto at = grammar.fractions.find(word); at != grammar.fractions.end()) {
        return Atom{AtomKind::fraction, at->second, false, grammar.fraction_traps.contains(word)};
    }
    if (grammar.articles.contains(word)) return Atom{AtomKind::article};
    return std::nullopt;
}

/// The pieces between hyphens, as many of them at once as make one word: "soixante-dix-sept".
std::vector<Atom> atoms_of_pieces(std::string_view word, const NumberGrammar& grammar) {
    std::vector<Atom> atoms;
    while (!word.empty()) {
        std::size_t end = word.size();
        std::optional<Atom> atom;
        while (!(atom = atom_of(word.substr(0, end), grammar))) {
            end = word.rfind('-', end - 1);
            if (end == std::string_view::npos || end == 0) return {};
        }
        atoms.push_back(*atom);
        word.remove_prefix(std::min(end + 1, word.size()));
    }
    return atoms;
}

constexpr std::size_t longest_atom = 16;       // bytes
constexpr std::size_t longest_compound = 200;  // bytes: numbers of one word, however they are put

/// Cuts a compound into number words, the longest first, going back where one leads nowhere.
std::vector<Atom> atoms_of_compound(std::string_view word, const NumberGrammar& grammar) {
    if (word.size() > longest_compound) return {};
    // Whether what begins at each byte can be read to the end, from the end on.
    std::vector<std::size_t> next(word.size() + 1, 0);
    next[word.size()] = word.size();
    for (std::size_t at = word.size(); at-- > 0;) {
        for (std::size_t length = std::min(longest_atom, word.size() - at); length > 0; --length) {
            if (next[at + length] != 0 && atom_of(word.substr(at, length), grammar)) {
                next[at] = at + length;
                break;
            }
        }
    }
    std::vector<Atom> atoms;
    for (std::size_t at = 0; at < word.size(); at = next[at]) {
        if (next[at] == 0) return {};
        atoms.push_back(*atom_of(word.substr(at, next[at] - at), grammar));
    }
    return atoms;
}

/// "fünf und zwanzig" is 25.
void put_tens_first(std::vector<Atom>& atoms) {
    for (std::size_t i = 0; i + 2 < atoms.size(); ++i) {
        const Atom& ones = atoms[i];
        const Atom& tens = atoms[i + 2];
        if (ones.kind == AtomKind::number && ones.value < 10 && ones.value > 0 &&
            atoms[i + 1].kind == AtomKind::join && tens.kind == AtomKind::number &&
            tens.value >= 20 && tens.value < 100) {
            atoms[i].value += tens.value;
            atoms.erase(atoms.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                        atoms.begin() + static_cast<std::ptrdiff_t>(i) + 3);
        }
    }
}

}  // namespace

std::vector<Atom> atoms_of(std::string_view word, const NumberGrammar& grammar) {
    if (word.empty()) return {};
    if (const auto atom = atom_of(word, grammar)) return {*atom};
    if (word.find('-') != std::string_view::npos) return atoms_of_pieces(word, grammar);
    if (!grammar.compounds) return {};
    std::vector<Atom> atoms = atoms_of_compound(word, grammar);
    if (grammar.ones_first) put_tens_first(atoms);
    return atoms;
}

NumberSum::NumberSum(double digits) : parts_{{digits, 0}}, whole_(true) {}

double NumberSum::room_of(double number) noexcept {
    if (number != std::floor(number) || number == 0) return 0;
    if (number >= 100) return std::fmod(number, 100) == 0 ? 100 : 0;
    if (number < 20 || std::fmod(number, 10) != 0) return 0;
    // "soixante et onze", "quatre-vingt-douze".
    return number == 60 || number == 80 ? 20 : 10;
}

bool NumberSum::push(double value, double room) {
    parts_.push_back({value, room});
    pending_ = article_ = false;
    return true;
}

bool NumberSum::add(double value, double scale) {
    if (parts_.empty() || pending_ || value >= parts_.back().room) return false;
    scale_ = scale;
    return push(value, scale);
}

bool NumberSum::feed(const Atom& atom) {
    switch (atom.kind) {
        case AtomKind::number:
            return feed_number(atom.value);
        case AtomKind::scale:
            return feed_scale(atom);
        case AtomKind::fraction:
            return feed_fraction(atom);
        case AtomKind::half:
            if (parts_.empty() || pending_ || share_) return false;
            whole_ = true;
            return push(atom.value * std::max(scale_, 1.0), 0);
        case AtomKind::join:
            if (parts_.empty() || pending_ || share_) return false;
            joined_from_ = atom.value;
            return pending_ = true;
        case AtomKind::article:
            if (article_ || (!parts_.empty() && !pending_ && !share_)) return false;
            return article_ = true;
    }
    return false;
}

bool NumberSum::feed_number(double number) {
    if (article_ || share_ || (whole_ && !parts_.empty())) return false;
    if (!parts_.empty()) {
        if (number == 0 || number >= parts_.back().room) return false;
        if (pending_ && parts_.back().value < joined_from_) return false;
    }
    scale_ = 0;
    return push(number, room_of(number));
}

bool NumberSum::feed_scale(const Atom& atom) {
    const double room = atom.value >= 100 ? atom.value : 0;
    if (pending_) return false;
    if (parts_.empty()) {
        if (!article_ && !atom.bare) return false;
        scale_ = atom.value;
        return push(atom.value, room);
    }
    double multiplied = 0;
    std::size_t kept = parts_.size();
    const bool all = whole_ || share_ || atom.value < 100;
    while (kept > 0 && (all || parts_[kept - 1].value < atom.value)) {
        multiplied += parts_[--kept].value;
    }
    if (multiplied == 0) {
        // "mil cien", "tausendhundert".
        if (!atom.bare || atom.value >= parts_.back().room) return false;
        multiplied = 1;
    }
    // In one number a scale stands once: "five hundred" goes on with "million", not with "hundred".
    if (atom.value == 100 && multiplied >= 100 && !whole_) return false;
    const double product = multiplied * atom.value;
    if (kept > 0 && product >= parts_[kept - 1].room) return false;
    parts_.resize(kept);
    scale_ = atom.value;
    share_ = whole_ = false;
    return push(product, room);
}

bool NumberSum::feed_fraction(const Atom& atom) {
    if (share_) return false;
    if (pending_) {
        // "two and a half million", "a million and a half"; "and a third" begins another phrase.
        if (atom.doubtful) return false;
        whole_ = scale_ == 0;
        return push(atom.value * std::max(scale_, 1.0), 0);
    }
    if (parts_.empty()) {
        // "half a million", but not "the third million".
        if (atom.doubtful && !article_) return false;
        share_ = true;
        return push(atom.value, 0);
    }
    // "three quarters of a million".
    if (parts_.size() > 1 || scale_ != 0 || whole_) return false;
    parts_.back() = {parts_.back().value * atom.value, 0};
    return share_ = true;
}

std::optional<double> NumberSum::value() const {
    if (parts_.empty() || pending_ || share_ || article_) return std::nullopt;
    double sum = 0;
    for (const Part& part : parts_) sum += part.value;
    return sum;
}

}  // namespace framelens
