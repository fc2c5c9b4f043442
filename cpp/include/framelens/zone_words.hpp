// The words and phrases of a language that tell what a line of an article is.
#pragma once

#include "framelens/phrases.hpp"

#include <string>
#include <vector>

namespace framelens {

/// A request to the reader: how its sentence begins, and what follows in it: "follow", "on twitter".
struct ReaderPrompt {
    std::string start, inside;
};

/// Words and phrases that tell what a line of an article is: folded, whole words where not said.
struct ZoneWords {
    PhraseSet boilerplate_whole;   // the whole line, but for punctuation: "comments", "share this"
    PhraseSet boilerplate_start;   // the line begins with it: "related:", "read more", "sign up"
    PhraseSet boilerplate_inside;  // anywhere in a short line: "click here", "to your inbox"
    PhraseSet byline_start;        // "by", "written by", "story by"
    PhraseSet byline_inside;       // "staff", "staff writer", "correspondent", "contributor"
    PhraseSet caption_credit;   // inside a final bracket or after a slash: "photo", "getty", "ap"
    PhraseSet caption_start;    // "topshot", "file photo", "pictured"
    PhraseSet dateline_inside;  // "updated", "published", "posted", "am", "pm", time zones
    PhraseSet turn_question;    // before a colon, a question in an interview: "q", "question"
    PhraseSet turn_answer;      // likewise its answer: "a", "answer"
    PhraseSet turn_topic;       // words of what else stands before a colon: "where", "ingredients"
    // These may be left out of a language's file.
    PhraseSet boilerplate_end;  // ends a link: "Read more", with a capital letter
    PhraseSet notice_start;     // of a notice of any length: "correction:", "editor's note:"
    PhraseSet notice_inside;    // of any length: "an earlier version of this article"
    PhraseSet caption_inside;   // "hide caption", "image copyright"
    PhraseSet report_credit;    // between names and places: "reported from"
    PhraseSet address_prompt;   // begins a request that ends in an address: "write to"
    PhraseSet label_start;      // printed before the text of a line: "story highlights"
    PhraseSet prompt_starts;    // of the next
    std::vector<ReaderPrompt> prompts;
    PhraseSet link_start;  // those of boilerplate_start that end in a colon: "related:"
    // As printed.
    std::vector<std::string> caption_label;  // before the caption of a film: "CLOSE"
    std::vector<std::string> label_inside;   // buttons within a line: "Show Hide"
    std::vector<std::string> insert_end;     // closes links within a sentence: "MORE"
};

}  // namespace framelens
