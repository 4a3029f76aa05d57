"""The contract in the forms that others read; each module makes one of them from the same declaration."""
