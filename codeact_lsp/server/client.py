"""What the client can do, as its capabilities say: one question a property."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, reduce
from typing import Any

from lsprotocol import types as lsp

# Clients of the protocol before 3.18 tell the parts that they show under the second, and mean both.
_DIAGNOSTICS = ("text_document.diagnostic", "text_document.publish_diagnostics")


@dataclass(frozen=True)
class Client:
    """The capabilities of a client, read where the server decides by them."""

    capabilities: lsp.ClientCapabilities = field(default_factory=lsp.ClientCapabilities)

    @cached_property
    def pulls(self) -> bool:
        """Asks for diagnostics itself; then none are pushed."""
        return self._has("text_document.diagnostic")

    @cached_property
    def pulls_again(self) -> bool:
        """Can be told that diagnostics have changed for another reason than an edit."""
        return self._has("workspace.diagnostics.refresh_support")

    @cached_property
    def takes_versions(self) -> bool:
        """Wants to know which version of a text pushed diagnostics are of."""
        return self._has("text_document.publish_diagnostics.version_support")

    @cached_property
    def takes_versioned_edits(self) -> bool:
        """Takes edits that name the version that they are for."""
        return self._has("workspace.workspace_edit.document_changes")

    @cached_property
    def shows_annotations(self) -> bool:
        """Shows what an edit is for, where it shows what that would change."""
        said = self._get("workspace.workspace_edit.change_annotation_support")
        return self.takes_versioned_edits and said is not None

    @cached_property
    def creates_files(self) -> bool:
        """Takes edits that create a file."""
        operations = self._get("workspace.workspace_edit.resource_operations") or ()
        return self.takes_versioned_edits and lsp.ResourceOperationKind.Create in operations

    @cached_property
    def refreshes_lenses(self) -> bool:
        """Can be told that code lenses have changed."""
        return self._has("workspace.code_lens.refresh_support")

    @cached_property
    def refreshes_hints(self) -> bool:
        """Can be told that inlay hints have changed."""
        return self._has("workspace.inlay_hint.refresh_support")

    @cached_property
    def resolves_hint_tooltips(self) -> bool:
        """Asks for the tooltip of an inlay hint only once it is pointed at."""
        properties = self._get("text_document.inlay_hint.resolve_support.properties")
        return "tooltip" in (properties or ())

    @cached_property
    def shows_progress(self) -> bool:
        """Shows how far something has come that it did not ask for with a token."""
        return self._has("window.work_done_progress")

    @cached_property
    def takes_events(self) -> bool:
        """Wants to hear of all that happens in runs."""
        return self._says("events")

    @cached_property
    def shows_runs(self) -> bool:
        """Shows by their events how far runs have come, and how to cancel them."""
        return self._says("runs")

    @cached_property
    def keeps_key(self) -> bool:
        """Keeps the user's key for a language model, and tells it when asked."""
        return self._says("modelKey")

    @cached_property
    def debugs(self) -> bool:
        """Attaches a debugger where `codeact.debugNode` says."""
        return self._says("debug")

    def _says(self, name: str) -> bool:
        """Whether it says so of what is ours alone."""
        experimental = self.capabilities.experimental
        ours = experimental.get("codeact") if isinstance(experimental, Mapping) else None
        return isinstance(ours, Mapping) and ours.get(name) is True

    @cached_property
    def shows_images(self) -> bool:
        """Shows images that stand in Markdown itself; that is known of one reader of Markdown."""
        return bool(self._get("general.markdown.parser") == "marked")

    @cached_property
    def hovers_diagnostics(self) -> bool:
        """Shows diagnostics, and their other places, in a hover itself; known of the same one."""
        return self.shows_images and self.shows_related

    @cached_property
    def configures(self) -> bool:
        """Can be asked for the user's settings."""
        return self._has("workspace.configuration")

    @cached_property
    def registers_configuration(self) -> bool:
        """Tells of changed settings if it is asked to."""
        return self._has("workspace.did_change_configuration.dynamic_registration")

    @cached_property
    def watches_files(self) -> bool:
        """Tells of changed files if it is asked to."""
        return self._has("workspace.did_change_watched_files.dynamic_registration")

    @cached_property
    def watches_below_folders(self) -> bool:
        """Takes globs that are relative to a folder."""
        return self._has("workspace.did_change_watched_files.relative_pattern_support")

    @cached_property
    def resolves_symbols(self) -> bool:
        """Asks for the range of a workspace symbol only once it is needed."""
        properties = self._get("workspace.symbol.resolve_support.properties")
        return "location.range" in (properties or ())

    @cached_property
    def nests_symbols(self) -> bool:
        """Shows the outline of a document as a tree."""
        return self._has("text_document.document_symbol.hierarchical_document_symbol_support")

    @cached_property
    def tags_symbols(self) -> bool:
        """Shows that a symbol is out of use."""
        known = self._get("text_document.document_symbol.tag_support.value_set")
        return lsp.SymbolTag.Deprecated in (known or ())

    @cached_property
    def mixes_tokens(self) -> bool:
        """Adds semantic tokens to its own colouring; False if they would replace it."""
        return self._get("text_document.semantic_tokens.augments_syntax_tokens") is not False

    @cached_property
    def folding(self) -> lsp.FoldingRangeClientCapabilities:
        """What it says about folding ranges."""
        said: lsp.FoldingRangeClientCapabilities | None = self._get("text_document.folding_range")
        return said or lsp.FoldingRangeClientCapabilities()

    @cached_property
    def resolves_action_edits(self) -> bool:
        """Asks for the edit of a code action only once it is chosen."""
        properties = self._get("text_document.code_action.resolve_support.properties")
        return "edit" in (properties or ()) and self._has("text_document.code_action.data_support")

    @cached_property
    def shows_disabled_actions(self) -> bool:
        """Shows why a code action is not possible."""
        return self._has("text_document.code_action.disabled_support")

    @cached_property
    def links_definitions(self) -> bool:
        """Shows how far the name goes from which a definition was asked for."""
        return self._has("text_document.definition.link_support")

    @cached_property
    def shows_links(self) -> bool:
        """Shows the documentation that a diagnostic links to."""
        return self._of_diagnostics("code_description_support")

    @cached_property
    def shows_related(self) -> bool:
        """Shows the other places that belong to a diagnostic."""
        return self._of_diagnostics("related_information")

    @cached_property
    def keeps_data(self) -> bool:
        """Sends the data of a diagnostic back with what it asks about it."""
        return self._of_diagnostics("data_support")

    @cached_property
    def tags(self) -> frozenset[lsp.DiagnosticTag]:
        """The tags of diagnostics that it shows."""
        said = [self._get(f"{place}.tag_support.value_set") or () for place in _DIAGNOSTICS]
        return frozenset(tag for tags in said for tag in tags)

    def _of_diagnostics(self, part: str) -> bool:
        return any(self._has(f"{place}.{part}") for place in _DIAGNOSTICS)

    def _has(self, path: str) -> bool:
        return bool(self._get(path))

    def _get(self, path: str) -> Any:
        start: Any = self.capabilities
        return reduce(lambda part, name: getattr(part, name, None), path.split("."), start)
