"""How gunicorn serves the portal; it reads this file when it is started in this directory.

Options on the command line come before it: `--bind`, `--workers`, `--threads`.
"""

worker_class = "itu_portal.server.BufferingWorker"
workers = 2
# Half of them may be busy with exports and batches (HEAVY_AT_ONCE and HEAVY_WAITING).
threads = 8
# Seconds in which a worker that is told to stop may finish its answers.
graceful_timeout = 20
# It would write into the home directory of the user.
control_socket_disable = True
