"""A small company to try everything with, and a catch-all mail sink in which nothing gets lost.

Every mail that the service sends ends in the sink, whose page shows each customer's and each
agent's mail as their mail program would. What is written there goes back in by SMTP, as any mail
does. Nothing leaves the machine.
"""
