"""A pytest plugin that puts our vectorizers in the place of scikit-learn's, for its own tests."""

from __future__ import annotations

import sklearn.feature_extraction.text as place

from framelens import vectorizers

for name in vectorizers.__all__:
    setattr(place, name, getattr(vectorizers, name))
