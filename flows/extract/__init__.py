"""From running text to figures, relations and the ledger of numerals."""

from flows.compiled import modules

if (_compiled := modules("extract")) is not None:
    __path__.insert(0, str(_compiled))
