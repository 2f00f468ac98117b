"""Where Lightning pages are activated, so far as the tree shows it."""

from collections.abc import Sequence

from sfoptlint.metadata.kind import Kind
from sfoptlint.metadata.org_parts import InstalledPackage, PageActivation, parse_activations, parse_installed_package
from sfoptlint.model.objects import Objects
from sfoptlint.model.project import Project


def page_activations(project: Project, objects: Objects, object_name: str) -> tuple[PageActivation, ...]:
    """Return how record pages of an object are activated: org-wide by the object, and by each app of the tree."""
    org_wide = tuple(
        PageActivation(override.page, object_name, form_factor=override.form_factor)
        for override in objects.get(object_name).page_overrides
        if override.action == "View"
    )
    apps = project.components(
        project.artefacts(Kind.CUSTOM_APPLICATION, everywhere=True), lambda d, a: parse_activations(d, a.full_name)
    )
    return org_wide + tuple(activation for app in apps for activation in app if activation.object == object_name)


def activation_words(activations: Sequence[PageActivation]) -> str | None:
    """Say where a page is activated, for a report; None where the tree does not show it."""
    return "; ".join(sorted({_words(activation) for activation in activations})) or None


def _words(activation: PageActivation) -> str:
    parts = [f"it is the record page of {activation.object}"]
    for word, value in (
        ("app", activation.app),
        ("profile", activation.profile),
        ("record type", activation.record_type),
    ):
        if value:
            parts.append(f"{'in' if word == 'app' else 'for'} the {word} {value}")
    return " ".join(parts)


def installed_packages(project: Project) -> tuple[InstalledPackage, ...]:
    """Return the managed packages that the tree names."""
    return project.components(
        project.artefacts(Kind.INSTALLED_PACKAGE, everywhere=True),
        lambda document, artefact: parse_installed_package(document, artefact.full_name),
    )
