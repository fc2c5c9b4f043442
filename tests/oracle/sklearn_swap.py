"""A pytest plugin that puts our vectorizers in the place of scikit-learn's, for its own tests."""

from __future__ import annotations

import sklearn.feature_extraction.text as place

import framelens as fl

for name in ("CountVectorizer", "HashingVectorizer", "TfidfTransformer", "TfidfVectorizer"):
    setattr(place, name, getattr(fl, name))
