"""The contract: every table, column, type, unit, key and description, declared once.

`fields` declares the columns, `tables` puts them together, `checks` says what a check is, and `render`
turns the declaration into the forms that others read. No step's logic belongs here.
"""
