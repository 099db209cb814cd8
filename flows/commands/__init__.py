"""The commands of ``taizhang``, one module each. A module's ``add`` declares its arguments and names its function.

Nothing here imports Prefect at the top: a command that needs a flow imports it when it is called.
"""
