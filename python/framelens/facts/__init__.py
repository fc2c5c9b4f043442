"""Figures and dates, and where articles differ on them."""
