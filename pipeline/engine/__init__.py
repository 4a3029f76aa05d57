"""Running a step over its shards: what a step is, where its results lie, and who does the work.

`step` says what a step and a task are, `store` keeps results by the hash of their input and code,
`local` runs tasks in processes of this machine. What the steps do belongs in their own folders.
"""
