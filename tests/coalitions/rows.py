"""Addresses of the coalition that are open to visitors, with the reason: see `tests/rows.py`."""

PUBLIC = {"coalitions:contact": "journalists and others outside the coalition ask for it"}
