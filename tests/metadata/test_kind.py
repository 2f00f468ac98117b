"""Which file is what, in both formats, whatever its name holds."""

import pytest

from sfoptlint.metadata.kind import Kind, decode_name, recognise


@pytest.mark.parametrize(
    ("path", "kind", "full_name", "root"),
    [
        ("layouts/Contact-A.layout", Kind.LAYOUT, "Contact-A", ""),
        ("src/layouts/Contact-A.layout", Kind.LAYOUT, "Contact-A", "src"),
        ("a/main/layouts/Contact-A.layout-meta.xml", Kind.LAYOUT, "Contact-A", "a/main"),
        ("a/layouts/team/Contact-A.layout-meta.xml", Kind.LAYOUT, "Contact-A", "a"),
        ("layouts/layouts/Contact-A.layout", Kind.LAYOUT, "Contact-A", "layouts"),
        ("Layouts/Contact-A.LAYOUT", Kind.LAYOUT, "Contact-A", ""),
        ("odd/Contact-A.layout", Kind.LAYOUT, "Contact-A", "odd"),
        ("layouts/Contact-A%3A B%2FC %28D%29.layout", Kind.LAYOUT, "Contact-A: B/C (D)", ""),
        ("layouts/Contact-%%%NAMESPACE%%%A.layout", Kind.LAYOUT, "Contact-A", ""),
        ("layouts/Contact-___NAMESPACE___A.layout", Kind.LAYOUT, "Contact-A", ""),
        ("layouts/Contact-Pre\u0301sentation.layout", Kind.LAYOUT, "Contact-Pr\u00e9sentation", ""),
        ("profiles/Admin.profile", Kind.PROFILE, "Admin", ""),
        ("x/Admin.profile-meta.xml", Kind.PROFILE, "Admin", "x"),
        ("permissionsets/P.permissionset", Kind.PERMISSION_SET, "P", ""),
        ("permissionsetgroups/G.permissionsetgroup-meta.xml", Kind.PERMISSION_SET_GROUP, "G", ""),
        ("mutingpermissionsets/M.mutingpermissionset", Kind.MUTING_PERMISSION_SET, "M", ""),
        ("flexipages/F.flexipage-meta.xml", Kind.FLEXI_PAGE, "F", ""),
        ("objects/Account.object", Kind.CUSTOM_OBJECT, "Account", ""),
        ("m/objects/Account/Account.object-meta.xml", Kind.CUSTOM_OBJECT, "Account", "m"),
        ("m/objects/Account/fields/A__c.field-meta.xml", Kind.CUSTOM_FIELD, "Account.A__c", "m"),
        ("m/objects/___NAMESPACE___O__c/fields/A__c.field-meta.xml", Kind.CUSTOM_FIELD, "O__c.A__c", "m"),
        ("objects/Lead/recordTypes/R.recordType-meta.xml", Kind.RECORD_TYPE, "Lead.R", ""),
        ("installedPackages/wbsendit.installedPackage", Kind.INSTALLED_PACKAGE, "wbsendit", ""),
        ("customMetadata/T.R.md-meta.xml", Kind.CUSTOM_METADATA, "T.R", ""),
    ],
)
def test_recognised(path: str, kind: Kind, full_name: str, root: str) -> None:
    found = recognise(path)
    assert found is not None
    assert (found.kind, found.full_name, found.root) == (kind, full_name, root)
    assert found.source_format == path.endswith("-meta.xml")


@pytest.mark.parametrize(
    "path",
    [
        "", "/", ".", "layouts", "layouts/", "layouts/.layout", ".layout-meta.xml", "-meta.xml", "layouts/x.layout.bak",
        ".profile", "home/.profile", "home/user.profile", "docs/readme.md", "x.object", "x.app", "fields/A.field-meta.xml",
        "aura/Panel/Panel.app-meta.xml", "staticresources/Sample/objects/Contact.object",
        "A.field-meta.xml", "layouts/Contact-A.layout-meta.xml.orig", "layout", "a.layout/b",
    ],
)  # fmt: skip
def test_not_metadata(path: str) -> None:
    assert recognise(path) is None


@pytest.mark.parametrize(
    ("name", "decoded"),
    [
        ("%%%NAMESPACED_ORG_OR_C%%%__x", "c__x"),
        ("%%%NAMESPACE_OR_C%%%__x", "c__x"),
        ("%%%NAMESPACE_DOT%%%x", "x"),
        ("___NAMESPACED_ORG___x", "x"),
        ("%zz", "%zz"),
        ("%FF", "\ufffd"),
        ("%", "%"),
        ("  A  ", "A"),
        ("A%20", "A"),
    ],
)
def test_names_are_decoded(name: str, decoded: str) -> None:
    assert decode_name(name) == decoded
