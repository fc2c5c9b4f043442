"""How Sphinx makes the documentation: the guides beside this file and the docstrings."""

import json
from importlib.metadata import version as version_of
from importlib.resources import files
from typing import Any

project = "framelens"
author = copyright = "The framelens developers"
version = release = version_of("framelens")

extensions = ["myst_parser", "numpydoc", "sphinx.ext.autodoc"]
numpydoc_show_class_members = False
myst_heading_anchors = 3
html_title = f"framelens {version}"
# scikit-learn's own docstrings, which its estimators' subclasses inherit, refer to its glossary.
suppress_warnings = ["ref.term", "ref.ref"]


def sentences_of(examples: list[dict[str, str]]) -> list[str]:
    """Return example sentences as items of a list, their nouns in bold."""
    lines = []
    for example in examples:
        text = example["text"].replace("{", "**").replace("}", "**").replace("\n\n", " / ")
        said = [f"{key}: {example[key]}" for key in ("reported_by", "distance", "instead")
                if key in example]  # fmt: skip
        lines.append(f"- {text}" + (f" ({', '.join(said)})" if said else ""))
    return lines


def list_rules(app: Any, docname: str, source: list[str]) -> None:
    """Put every rule with its examples behind the page's own text."""
    if docname != "rules":
        return
    file = files("framelens") / "resources" / "rules" / "labels.json"
    lines = [source[0]]
    for rule in json.loads(file.read_text(encoding="utf-8"))["rules"]:
        gives = rule["gives"]
        whose = "nobody's" if "nobody" in gives else f"a label of a {gives['object']}"
        shape = rule.get("pattern") or rule["shape"]
        lines += [
            f"## {rule['id']}", "",
            f"`{shape}`" if "pattern" in rule else shape.replace("{", "**").replace("}", "**"), "",
            f"Gives `{gives['rule']}`, {whose}: {rule['why']}.", "",
            "Labels:", "", *sentences_of(rule["examples"]), "",
            "None by this rule:", "", *sentences_of(rule["not"]), "",
        ]  # fmt: skip
    source[0] = "\n".join(lines)


def setup(app: Any) -> None:
    """Register the page of rules."""
    app.connect("source-read", list_rules)
