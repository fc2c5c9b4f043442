// The labels and mentions of some targets in a corpus, kept from one axis to the next.
#pragma once

#include "framelens/annotations.hpp"
#include "framelens/mentions.hpp"
#include "framelens/mentions_phrases.hpp"
#include "framelens/mentions_trace.hpp"
#include "framelens/parallel_watch.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace framelens {

/// What one document says of the targets, in text order.
struct DocumentLabels {
    std::vector<Naming> namings;
    std::vector<TargetMention> mentions;
    PhraseNumbers phrases;
};

/// A label of nobody that may be a target's, and who may be meant, the best first.
struct UnresolvedLabel {
    Naming naming;
    std::vector<std::int32_t> candidates;  // indices into CorpusNames::entities
};

/// Labels whose reference names nobody.
struct UnresolvedLabels {
    std::vector<std::vector<UnresolvedLabel>> documents;
    std::int64_t nobody = 0;  // descriptions of a person whom nobody fits
};

/// Reads a corpus for its targets. An axis changes few labels, those of "the gunman" with nobody
/// in sight: with another axis only the documents are read again that ask for a term which the one
/// axis has and the other has not. Views of the annotations, which must outlive it.
class TargetLabels {
public:
    /// Errors: ValueError as `match_targets`.
    TargetLabels(const Annotations& annotations, std::vector<Target> targets, LabelRules rules);

    /// With each bearer of a name as a target of its own, whose name is the corpus's.
    [[nodiscard]] static std::unique_ptr<TargetLabels> of_everybody(const Annotations& annotations,
                                                                    LabelRules rules);

    /// Why the asked tokens of a document are labels or none; see `trace_namings`.
    [[nodiscard]] Trace explain(std::size_t document, TokenRange asked,
                                const std::unordered_set<std::string>& ruling) const;

    /// Labels and mentions of each document; `ruling` as in `Ruling`. The same as finding them anew.
    /// Errors: `Interrupted`, after which the next search begins anew. One thread.
    /// Cost: one pass over the documents that have a target at first; then what has changed.
    [[nodiscard]] const std::vector<DocumentLabels>& find(std::unordered_set<std::string> ruling,
                                                          const Run& run = {});

    /// Labels that the targets would have if each reference that names nobody meant them, where they
    /// are among its candidates. `labels` is what `find` gave for the same terms.
    /// Errors: `Interrupted`. One thread.
    /// Cost: one search more in each document with such a reference beside a noun, and target.
    [[nodiscard]] UnresolvedLabels unresolved(const std::unordered_set<std::string>& ruling,
                                              const std::vector<DocumentLabels>& labels,
                                              const Run& run = {}) const;

    [[nodiscard]] Annotated view_of(std::size_t document) const;
    [[nodiscard]] const std::vector<Target>& targets() const noexcept { return targets_; }
    [[nodiscard]] const LabelRules& rules() const noexcept { return rules_; }
    [[nodiscard]] const TargetTable& table() const noexcept { return table_; }
    [[nodiscard]] const Annotations& annotations() const noexcept { return annotations_; }

private:
    TargetLabels(const Annotations& annotations, std::vector<Target> targets, LabelRules rules,
                 TargetTable table);
    /// A document in which only the targets tell names, read again with these.
    struct Reread {
        SegmentedText segmented;
        DocumentNames names;
        std::vector<std::int32_t> of;  // as CorpusNames::of
        std::optional<References> references;
        std::vector<Quotation> quotes;
    };
    void read_asked();
    [[nodiscard]] std::vector<std::int32_t> find_bearers(const std::vector<bool>& told);
    void reread(std::size_t document, const std::vector<AskedName>& asked,
                const std::vector<std::int32_t>& bearers);
    void read_all(Watch& watch);
    void read(std::size_t document);
    [[nodiscard]] std::vector<std::size_t> changed_by(
        const std::unordered_set<std::string>& ruling) const;

    const Annotations& annotations_;
    std::vector<Target> targets_;
    LabelRules rules_;
    TargetTable table_;
    std::unique_ptr<const CorpusNames> extended_;  // with targets that no running text names
    std::unordered_map<std::size_t, std::unique_ptr<Reread>> reread_;  // by document
    std::vector<DocumentLabels> labels_;  // none before the first search
    std::unordered_set<std::string> ruling_;
    std::unordered_map<std::string, std::vector<std::size_t>> asked_by_;  // documents by term
};

}  // namespace framelens
