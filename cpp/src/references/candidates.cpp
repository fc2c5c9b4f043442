// Who may be meant by a pronoun, and whose share is which.
#include "candidates.hpp"

#include "framelens/grammar.hpp"
#include "framelens/language.hpp"

#include <algorithm>
#include <cmath>

namespace framelens {
namespace {

constexpr std::size_t farthest = 64;         // references before the pronoun
constexpr std::size_t most = 16;             // persons
constexpr std::int32_t longest_clause = 24;  // tokens

}  // namespace

Candidates::Candidates(const References& references, std::size_t index,
                       std::optional<std::int32_t> except)
    : all_(references),
      text_(references.text_),
      index_(index),
      pronoun_(references.items_[index]),
      word_(token(pronoun_.head)),
      except_(except),
      clause_(clause_start()),
      says_(pronoun_.standing == Standing::subject && speaks(pronoun_)),
      steps_(references, pronoun_) {}

std::vector<Candidacy> Candidates::rate() {
    look_back();
    look_ahead();
    compare();
    std::vector<Candidacy> out;
    out.reserve(found_.size() + 1);
    for (const Found& found : found_) out.push_back({found.entity, found.clues, 0});
    out.push_back({std::nullopt, nobody(), 0});
    const ReferenceWeights& weights = text_.language->references;
    double total = 0;
    for (Candidacy& candidate : out) {
        candidate.share = std::exp(weights.score(candidate.clues));
        total += candidate.share;
    }
    for (Candidacy& candidate : out) candidate.share /= total;
    std::stable_sort(out.begin(), out.end() - 1,
                     [](const auto& a, const auto& b) { return a.share > b.share; });
    return out;
}

/// The first token of the pronoun's clause, as marks and joining words tell.
std::int32_t Candidates::clause_start() const {
    constexpr WordClass joint =
        WordClass::conjunction | WordClass::subordinator | WordClass::relative;
    std::int32_t t = pronoun_.head;
    bool joins = is_participle(pronoun_.head - 1);  // "Lund challenged Ruiz, defeating him"
    while (t > 0 && pronoun_.head - t < longest_clause) {
        const Token& before = token(t - 1);
        if (before.sentence != word_.sentence || before.is(joint)) break;
        if (before.kind == TokenKind::punctuation) {
            if (!joins || before.mark != U',') break;
            joins = false;
        }
        --t;
    }
    return t;
}

/// "defeating", "introducing": it shares the subject of the clause before it.
bool Candidates::is_participle(std::int32_t t) const {
    if (t < 1 || token(t).sentence != word_.sentence || token(t).capital) return false;
    const std::string_view printed = text_.at(token(t).span);
    return token(t).kind == TokenKind::word && !token(t).is(WordClass::role) &&
           inflection_of(text_).gerund.fits(printed);
}

/// "Lund said", "Lund's" and not "Part of", "Strongly.": a capital that opens a sentence is no
/// proof of a name that stands nowhere else.
bool Candidates::seems_named(const Reference& reference) const {
    const std::int32_t word = reference.tokens.first;
    if (reference.tokens.size() > 1 || !opens_sentence(reference)) return true;
    constexpr WordClass verb = WordClass::be | WordClass::have | WordClass::modal | WordClass::cue |
                               WordClass::linking | WordClass::relative;
    const CorpusEntity& of = entity(*reference.entity);
    if (of.words.size() > 1 || all_.is_inside_elsewhere(*reference.entity)) return true;
    const std::int32_t next = word + 1;
    if (next >= std::ssize(text_.tokens) || token(next).sentence != token(word).sentence) {
        return false;
    }
    const TokenKind kind = token(next).kind;
    return kind == TokenKind::possessive || kind == TokenKind::contraction ||
           token(next).is(verb) || inflection_of(text_).past.fits(text_.at(token(next).span));
}

bool Candidates::fits(const Reference& candidate) const {
    if (!candidate.entity || candidate.compound || candidate.entity == except_) return false;
    if (!all_.sees(pronoun_.mark, candidate.mark)) return false;
    if (candidate.aside && sentence_of(candidate) != word_.sentence) return false;
    const auto& titled = entity(*candidate.entity).titled;
    if (titled && (*titled == Gender::feminine) != word_.is(WordClass::feminine)) return false;
    return candidate.person;
}

void Candidates::look_back() {
    const std::size_t last = index_ - std::min(farthest, index_);
    for (std::size_t i = index_; i-- > last;) {
        const Reference& reference = all_.items_[i];
        back_ = steps_.from(reference);
        const bool here = sentence_of(reference) == word_.sentence;
        if (fits(reference)) add(reference);
        if (here && is_subject(reference) && !reference.mark == !pronoun_.mark) {
            subject_between_ = true;
        }
    }
}

/// "In his speech, Lund said": behind a pronoun that opens its sentence.
void Candidates::look_ahead() {
    constexpr std::int32_t reach = 16;  // tokens
    if (index_ > 0 && sentence_of(all_.items_[index_ - 1]) == word_.sentence) return;
    bool comma = false;
    std::size_t next = index_ + 1;
    for (std::int32_t t = pronoun_.head + 1; t < std::ssize(text_.tokens); ++t) {
        if (t - pronoun_.head > reach || token(t).sentence != word_.sentence) return;
        if (token(t).mark == U',') comma = true;
        while (next < all_.items_.size() && all_.items_[next].tokens.first < t) ++next;
        if (next == all_.items_.size()) return;
        const Reference& reference = all_.items_[next];
        if (reference.tokens.first != t || reference.form != ReferenceForm::name) continue;
        if (comma && is_subject(reference) && fits(reference)) add_ahead(reference);
        return;
    }
}

std::vector<Candidates::Found>::iterator Candidates::find(std::int32_t entity) {
    return std::find_if(found_.begin(), found_.end(),
                        [&](const Found& found) { return found.entity == entity; });
}

void Candidates::add(const Reference& reference) {
    auto at = find(*reference.entity);
    if (at == found_.end()) {
        if (found_.size() == most) return;
        found_.push_back({*reference.entity, {}, 0, &reference});
        at = found_.end() - 1;
        last_seen(*at, reference);
    }
    ++at->mentions;
    Clues& clues = at->clues;
    clues.set(Clue::subject_before, back_ == 1 && is_subject(reference));
    clues.set(Clue::own_clause_subject, is_in_clause(reference) && is_subject(reference));
    if (reference.form == ReferenceForm::pronoun) {
        const Token& said = token(reference.head);
        at->masculine = at->masculine || said.is(WordClass::masculine);
        at->feminine = at->feminine || said.is(WordClass::feminine);
        const bool same = said.is(WordClass::masculine | WordClass::feminine) &&
                          said.is(WordClass::feminine) == word_.is(WordClass::feminine);
        clues.set(Clue::pronoun_here, back_ == 0 && same);
        if (same && !last_pronoun_) {
            clues.set(Clue::last_pronoun);
            clues.set(Clue::last_pronoun_subject, reference.standing == Standing::subject &&
                                                      pronoun_.standing == Standing::subject);
            clues.set(Clue::last_pronoun_same, reference.standing == pronoun_.standing);
            last_pronoun_ = true;
        }
    }
    // The first person of the nearest sentence that has one.
    if (!lead_sentence_) lead_sentence_ = sentence_of(reference);
    if (*lead_sentence_ == sentence_of(reference)) lead_ = at->entity;
    if (reference.form == ReferenceForm::name) {
        last_words(*at, reference);
        at->elsewhere = at->elsewhere || !opens_sentence(reference);
        see_nouns(*at, reference);
    }
}

void Candidates::add_ahead(const Reference& reference) {
    auto at = find(*reference.entity);
    if (at == found_.end()) {
        found_.push_back({*reference.entity, {}, 1, &reference});
        at = found_.end() - 1;
        at->clues.set(Clue::ahead_unnamed);
        last_words(*at, reference);
    }
    at->clues.set(Clue::ahead);
}

bool Candidates::opens_sentence(const Reference& reference) const {
    const std::int32_t first = reference.tokens.first;
    return first == 0 || token(first - 1).sentence != sentence_of(reference) ||
           (token(first - 1).kind == TokenKind::punctuation &&
            (first == 1 || token(first - 2).sentence != sentence_of(reference)));
}

std::vector<Candidacy> References::rate(std::size_t index,
                                        std::optional<std::int32_t> except) const {
    return Candidates(*this, index, except).rate();
}

}  // namespace framelens
