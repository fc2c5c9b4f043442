"""Counts and weights as scikit-learn has them."""
