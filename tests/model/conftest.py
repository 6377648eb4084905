"""What the tests of models share: a scripted server, and a model that asks it."""

import pytest

from codeact_lsp.model import Limits, Model, ModelSettings
from tests.openai_server.lasting import Lasting
from tests.openai_server.server import MODEL, OpenAIServer


@pytest.fixture
def model(openai: OpenAIServer, side: Lasting) -> Model:
    """A model that is served by the scripted server."""
    return Model(ModelSettings(MODEL, openai.base_url, Limits(pause=0.01)), side=side)
