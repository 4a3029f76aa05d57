"""Fuzzing of whatever reads raw input: `python -m fuzz TARGET`, or `make fuzz`.

`promises` says what must hold of any input, for the fuzzer and for the tests; `corpus/<target>` holds the seeds that the
fuzzer begins with and the inputs that once broke a promise; `tokens.txt` holds words it may put in. What a fuzzer found is
mended, kept in the corpus and replayed by the tests.
"""
