"""Countries, regional groups, languages and helplines: reference data that lives in the code, and pictures of it.

It has no tables. Import from the module that holds what you need: `countries`, `finding`, `regions`, `languages`,
`helplines`, `pictures`.
"""
