"""What runs in a process of its own: `python -m jukwaa.core.documents.child TASK FILE ORDERS`.

It limits itself before it touches the file, speaks JSON on stdout, a line at a time (pages as they go by, then one
answer), and knows no Django.
"""
