"""Points in large type: the difference beside them is told in the reader's language and drawn as what it is."""

import pytest
from streamlit.testing.v1 import AppTest

from negotiation.language import LANGUAGES


def drawn(code, value):
    from negotiation.language import speaking
    from negotiation.ui.common.metrics import metric

    with speaking(code):
        metric("Points", value, 1, other=0.0, against="against now")


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_loss_is_drawn_as_a_loss_in_every_language(code):
    (loss,) = AppTest.from_function(drawn, args=(code, -1.0)).run().metric
    (gain,) = AppTest.from_function(drawn, args=(code, 1.0)).run().metric
    (same,) = AppTest.from_function(drawn, args=(code, 0.0)).run().metric
    proto = loss.proto
    assert (loss.proto.color, loss.proto.direction) == (proto.RED, proto.DOWN)
    assert (gain.proto.color, gain.proto.direction) == (proto.GREEN, proto.UP)
    assert (same.proto.color, same.proto.direction) == (proto.GRAY, proto.NONE)
    assert loss.value == {"en": "-1.0", "fr": "\N{MINUS SIGN}1,0", "ja": "\N{MINUS SIGN}1.0"}[code]
