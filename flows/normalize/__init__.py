"""From the bytes of a file to running text."""

from flows.compiled import modules

if (_compiled := modules("normalize")) is not None:
    __path__.insert(0, str(_compiled))
