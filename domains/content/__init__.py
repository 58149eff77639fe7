"""The words of a shop: its pages, its menu and what visitors write to it."""
