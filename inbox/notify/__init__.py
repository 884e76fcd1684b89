"""Who is told of what, and how: mails to our own people.

After every event comes `fan_out`: it decides who is to be told (`recipients`, pure) and asks for
their mails, all in a few statements. What a mail says is made when it leaves, by its composer.
"""
