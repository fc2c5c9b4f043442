"""How Sphinx makes the documentation: the guides beside this file and the docstrings."""

from importlib.metadata import version as version_of

project = "framelens"
author = copyright = "The framelens developers"
version = release = version_of("framelens")

extensions = ["myst_parser", "numpydoc", "sphinx.ext.autodoc"]
numpydoc_show_class_members = False
myst_heading_anchors = 3
html_title = f"framelens {version}"
# scikit-learn's own docstrings, which its estimators' subclasses inherit, refer to its glossary.
suppress_warnings = ["ref.term", "ref.ref"]
