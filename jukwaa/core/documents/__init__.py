"""Documents in (`incoming`: text out of files, safely) and documents out (`outgoing`: one tree, four formats).

`child` is what runs in a process of its own, with limits; nothing else opens a file's insides.
"""
