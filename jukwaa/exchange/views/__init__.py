"""What crosses the border: feeds, and records as files."""
