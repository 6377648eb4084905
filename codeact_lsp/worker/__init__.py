"""What runs in the workspace's interpreter: standard library only, and nothing else of ours.

A zygote waits for requests and forks one child for each node; the child runs the node, writes its
value to one descriptor and its outcome to another, and is gone.
"""
