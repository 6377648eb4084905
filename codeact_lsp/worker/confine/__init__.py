"""What a process does to itself so that a node in it can do no more than it may.

Everything here comes from one description, made outside; nothing here knows why it is so.
"""
