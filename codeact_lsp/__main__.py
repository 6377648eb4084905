"""`python -m codeact_lsp`: the same as the `codeact` command."""

import sys

from codeact_lsp.cli import main

sys.exit(main())
