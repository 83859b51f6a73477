"""Tables that coalitions have: what their columns mean, what their cells mean, and what can't be told."""
