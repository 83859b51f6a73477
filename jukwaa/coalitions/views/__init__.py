"""Pages about members, people and roles."""
