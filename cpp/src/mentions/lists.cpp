#include "lists.hpp"

#include "sentence.hpp"

namespace framelens::mentions_detail {
namespace {

constexpr std::size_t most = 8;  // names of a list

/// Reads a list in one direction: +1 or -1.
class ListReader : InSentence {
public:
    ListReader(const Annotated& document, std::int32_t from, std::int32_t step)
        : InSentence(document, from), step_(step) {
        list_.next = from;
    }

    NameList read() {
        std::int32_t t = of_;
        bool joined = false;
        while (const Reference* who = list_.names.size() < most ? name_at(t) : nullptr) {
            list_.names.push_back(who);
            list_.joined = list_.joined || joined;
            list_.next = step_ < 0 ? who->tokens.first - 1 : who->tokens.end;
            t = list_.next;
            joined = false;
            for (int i = 0; i < 2 && has(t); ++i, t += step_) {  // ", and"
                const Token& word = token(t);
                const bool conjunction = word.is(WordClass::conjunction);
                if (!conjunction && word.mark != U',') break;
                joined = joined || conjunction;
            }
            if (t == list_.next) break;
        }
        return list_;
    }

private:
    [[nodiscard]] const Reference* name_at(std::int32_t t) const {
        const Reference* who = has(t) ? document_.references.at(t) : nullptr;
        if (who == nullptr || who->form != ReferenceForm::name || who->possessor || who->compound) {
            return nullptr;
        }
        if (step_ < 0) return who->tokens.end - 1 == t ? who : nullptr;
        const NameMention* name = framelens::name_at(document_.names, who->head);
        const bool begins = who->tokens.first == t || (name != nullptr && name->tokens.first == t);
        return begins ? who : nullptr;
    }

    std::int32_t step_;
    NameList list_;
};

}  // namespace

NameList names_before(const Annotated& document, std::int32_t token) {
    return ListReader(document, token, -1).read();
}

NameList names_from(const Annotated& document, std::int32_t token) {
    return ListReader(document, token, 1).read();
}

}  // namespace framelens::mentions_detail
