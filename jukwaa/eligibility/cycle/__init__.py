"""Where the coalition stands in the forum's year: what is done, what comes next, and who does it."""
