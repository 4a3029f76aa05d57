"""Across documents: entities joined, near-copies found, figures tied to whom they are about, issues paired.

`join` makes the linked tables, `duplicates` finds reprints, `issue_resolution` pairs found with solved,
`checks` looks at the result. What one text says belongs in `pipeline.extract`.
"""
