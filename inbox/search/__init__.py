"""What is looked for, and the words by which it is found. Pure.

`reading` makes a tree of what somebody typed; `asked` makes of its words a question to the index;
`document` makes the same words of a message; `marking` shows where they stand.
"""
