"""Pages about any record: documents, history, talk, files, and what the safeguarding lead sees."""
