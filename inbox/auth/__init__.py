"""Who somebody is and what they may: passwords, sessions, permissions, throttling."""
