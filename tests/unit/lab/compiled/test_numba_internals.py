"""What we take of numba that it does not promise to keep; a version that changes one of these says here which."""

import numba
import numpy as np
import pytest
from numba.core import caching

from negotiation.lab.compiled import numba_internals
from negotiation.lab.compiled.addresses import reals
from negotiation.lab.compiled.numba_internals import UNCOUNTED, Kept, keep, kept

SOURCE = "def total(numbers):\n    return numbers.sum() + 1.0\n"
NUMBERS = np.ones(3)


@pytest.fixture
def total(tmp_path):
    """A function of a file, which is where numba looks for what it kept."""
    file = tmp_path / "total.py"
    file.write_text(SOURCE, encoding="utf-8")
    exec(compile(SOURCE, str(file), "exec"), made := {"__name__": "total"})
    return made["total"]


def test_compiled_code_need_not_count_who_holds_its_arrays(total):
    (counted,) = _llvm(numba.njit(lambda numbers: numbers[1:]), NUMBERS)
    (uncounted,) = _llvm(numba.njit(**UNCOUNTED)(lambda numbers: numbers[1:].sum()), NUMBERS)
    assert "NRT_incref" in counted
    assert "NRT_incref" not in uncounted


def test_the_promised_way_to_an_array_at_an_address_needs_counting():
    """If this fails, numba has made `carray` fit for us, and `array_at` can go."""

    @numba.extending.intrinsic
    def pointer(_typing, address):
        def made(_context, builder, signature, given):
            return builder.inttoptr(given[0], _context.get_value_type(signature.return_type))

        return numba.types.CPointer(numba.types.float64)(address), made

    with pytest.raises(numba.TypingError, match="Only accept returning of array passed into the function"):
        numba.njit(**UNCOUNTED)(lambda address: numba.carray(pointer(address), (3,)).sum())(NUMBERS.ctypes.data)


def test_an_array_at_an_address_is_what_lies_there():
    assert numba.njit(**UNCOUNTED)(lambda address: reals(address, 3).sum())(NUMBERS.ctypes.data) == 3.0


def test_one_of_numba_s_places_is_the_folder_that_is_named():
    (place,) = Kept._impl_class._locator_classes
    assert place in caching.CompileResultCacheImpl._locator_classes


def test_a_compiled_function_asks_its_cache_and_fills_it(total, tmp_path):
    made = numba.njit(**UNCOUNTED)(total)
    keep(made, total, str(tmp_path / "kept"))
    assert not kept(made)
    assert made(NUMBERS) == 4.0
    cache = made._cache
    assert cache.seal.parent == tmp_path / "kept" / cache.seal.parent.name
    assert {file.suffix for file in cache._files()} == {".nbi", ".nbc"}
    assert cache.sound()
    again = numba.njit(**UNCOUNTED)(total)
    keep(again, total, str(tmp_path / "kept"))
    assert kept(again)
    assert again(NUMBERS) == 4.0
    assert sum(again.stats.cache_hits.values()) == 1


def test_where_numba_keeps_things_is_as_it_was_afterwards(total, tmp_path, monkeypatch):
    monkeypatch.setattr(numba_internals.config, "CACHE_DIR", "elsewhere")
    keep(numba.njit(total), total, str(tmp_path))
    assert numba.config.CACHE_DIR == "elsewhere"


def _llvm(function, *given):
    function(*given)
    return list(function.inspect_llvm().values())
