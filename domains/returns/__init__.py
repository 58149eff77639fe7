"""Goods that come back, and refunds by line."""
