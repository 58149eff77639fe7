"""The one way to make a page of the back office: declared in Python, drawn by the components `staff`.

docs/staff-pages.md says how, with an example.
"""
