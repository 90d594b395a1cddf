"""What people take away: the marts as files that other programs read, each with its dictionary."""
