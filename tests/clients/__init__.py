"""Answers as people's mail programs really make them; one file a program."""
