"""Wish lists: what a shopper saved for later, as a guest by a cookie or as a customer."""
