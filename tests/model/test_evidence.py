"""What a tree shows of its org: the package, and person accounts."""

from collections.abc import Mapping

import pytest

from sfoptlint.core.settings import PackagePresence, Settings
from sfoptlint.model.evidence import package_expected, shows_person_accounts
from sfoptlint.model.project import Project
from sfoptlint.model.trees import Tree
from tests import samples

LAYOUT = "layouts/Contact-A.layout"
BARE = samples.layout(lists=())


@pytest.mark.parametrize(
    "files",
    [
        {LAYOUT: samples.layout()},
        {LAYOUT: samples.layout().encode("utf-16")},
        {LAYOUT: BARE, "layouts/Case-A.layout": samples.layout()},
        {LAYOUT: BARE, "objects/wbsendit__Subscription__c.object": ""},
        {LAYOUT: BARE, "installedPackages/wbsendit.installedPackage": ""},
        {
            LAYOUT: BARE,
            "flexipages/F.flexipage": samples.page(samples.component("x:y", a="wbsendit__Subscriptions__r")),
        },
        {LAYOUT: BARE, "profiles/P.profile": samples.profile("<x>wbsendit__Subscription__c</x>")},
        {LAYOUT: BARE, "permissionsets/P.permissionset": samples.permission_set("<x>wbsendit__A__c</x>")},
    ],
)
def test_the_package_is_expected_where_the_tree_names_it(files: Mapping[str, bytes | str | None]) -> None:
    assert package_expected(samples.project(files), Settings())
    assert not package_expected(samples.project(files), Settings(package=PackagePresence.ABSENT))


def test_the_package_is_not_expected_where_nothing_names_it() -> None:
    tree = samples.project({LAYOUT: BARE, "layouts/Case-A.layout": None})
    assert not package_expected(tree, Settings())
    assert package_expected(tree, Settings(package=PackagePresence.EXPECTED))


def test_a_layout_about_to_lose_its_last_sign_of_the_package_still_shows_it() -> None:
    now, before = samples.MemorySource({LAYOUT: BARE}), samples.MemorySource({LAYOUT: samples.layout()})
    tree = Project(now, Tree("", (LAYOUT,)), focus=frozenset([LAYOUT]), earlier=before)
    assert package_expected(tree, Settings())


ACCOUNT = "objects/Account.object"


@pytest.mark.parametrize(
    "files",
    [
        {"layouts/PersonAccount-A.layout": BARE},
        {"x/PersonAccount-A.layout-meta.xml": BARE},
        {LAYOUT: BARE, "objects/PersonAccount.object": ""},
        {LAYOUT: BARE, "objects/PersonAccount/PersonAccount.object-meta.xml": ""},
        {LAYOUT: BARE, "objects/Account/fields/PersonEmail.field-meta.xml": ""},
        {LAYOUT: BARE, "objects/Account/fields/Age__pc.field-meta.xml": ""},
        {LAYOUT: BARE, "duplicateRules/PersonAccount.Standard.duplicateRule": ""},
        {ACCOUNT: "<fields><fullName>PersonHasOptedOutOfEmail</fullName></fields>"},
        {ACCOUNT: "<field>Age__pc</field>"},
        {ACCOUNT: "<errorConditionFormula>IsPersonAccount</errorConditionFormula>"},
        {"profiles/P.profile": samples.profile(samples.layout_assignment("PersonAccount-A"))},
    ],
)
def test_person_accounts_show(files: Mapping[str, bytes | str | None]) -> None:
    assert shows_person_accounts(samples.project(files), Settings())
    assert not shows_person_accounts(samples.project(files), Settings(person_accounts=False))


@pytest.mark.parametrize(
    "files",
    [
        {LAYOUT: BARE},
        {LAYOUT: BARE, "classes/PersonAccountService.cls": ""},
        {LAYOUT: BARE, "classes/PersonAccount.cls": ""},
        {LAYOUT: BARE, "objects/Account/fields/PersonalNumber__c.field-meta.xml": ""},
        {LAYOUT: BARE, "objects/Account/fields/Person_Type__c.field-meta.xml": ""},
        {ACCOUNT: "<listViews><fullName>Personal Services</fullName></listViews>"},
        {ACCOUNT: "<page>pi__MicroCampaignPersonAccount</page>"},
        {"profiles/P.profile": samples.profile(samples.layout_assignment("Contact-A"))},
    ],
)
def test_words_that_begin_alike_show_no_person_accounts(files: Mapping[str, bytes | str | None]) -> None:
    assert not shows_person_accounts(samples.project(files), Settings())
    assert shows_person_accounts(samples.project(files), Settings(person_accounts=True))


def test_a_thousand_trees_do_not_each_look_at_every_path() -> None:
    source = samples.MemorySource({f"o{n}/{LAYOUT}": BARE for n in range(10)} | {"o1-/x": "", "o10/x": ""})
    tree = Project(source, Tree("o1", ()))
    assert tree.listing == f"o1/{LAYOUT}"
