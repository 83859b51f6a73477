"""What people fill in about members, people and roles."""
