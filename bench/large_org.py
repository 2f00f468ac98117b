"""Writes a made-up org of about 50,000 files, in the proportions of large real ones."""

from collections.abc import Iterator
from pathlib import Path

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"'
_MAIN = "force-app/main/default"

CLASSES = 9_000
FIELDS = 18_000
FLOWS = 1_500
LAYOUTS = 1_200
PERSON_LAYOUTS = 90
PAGES = 400
PROFILES = 80
RULES = 90
PERSON_FIELDS = 700
PERMISSION_SETS = 400
OTHERS = 10_000
PROFILE_FIELDS = 4_000
STAGED_LAYOUT = f"{_MAIN}/layouts/Contact-Contact Layout 0.layout-meta.xml"


def write_large_org(root: Path) -> int:
    """Write the org below a folder and return how many files it has."""
    count = 0
    for path, text in _files():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        count += 1
    return count


def layout(number: int, *, with_list: bool) -> str:
    """Return a layout with fifty fields and, or not, the membership related list."""
    items = "".join(
        f"<layoutItems><behavior>Edit</behavior><field>Field_{i}__c</field></layoutItems>\n" for i in range(50)
    )
    membership = (
        "<relatedLists><fields>wbsendit__State__c</fields>"
        "<relatedList>wbsendit__Subscription__c.wbsendit__Contact__c</relatedList></relatedLists>\n"
    )
    return (
        f"{_HEAD}<Layout {_NAMESPACE}>\n<layoutSections><label>{number}</label><layoutColumns>\n{items}"
        "<layoutItems><behavior>Edit</behavior><field>HasOptedOutOfEmail</field></layoutItems>\n"
        f"</layoutColumns></layoutSections>\n{membership if with_list else ''}</Layout>\n"
    )


def _files() -> Iterator[tuple[str, str]]:
    yield "sfdx-project.json", '{"packageDirectories": [{"path": "force-app", "default": true}]}\n'
    for folder in (_code(), _schema(), _rules(), _pages(), _access()):
        yield from ((f"{_MAIN}/{path}", text) for path, text in folder)


def _code() -> Iterator[tuple[str, str]]:
    for i in range(CLASSES):
        yield f"classes/Service{i}.cls", f"public class Service{i} {{ public void run() {{ }} }}\n" * 40
        yield f"classes/Service{i}.cls-meta.xml", f"{_HEAD}<ApexClass {_NAMESPACE}/>\n"
    for i in range(FLOWS):
        yield f"flows/Flow_{i}.flow-meta.xml", f"{_HEAD}<Flow {_NAMESPACE}><status>Active</status></Flow>\n"
    for i in range(OTHERS):
        yield f"staticresources/page_{i % 50}/asset_{i}.js", "export const value = 1;\n" * 10


def _schema() -> Iterator[tuple[str, str]]:
    for i in range(FIELDS):
        name = f"Field_{i}__c"
        body = f"<fullName>{name}</fullName><label>{i}</label><type>Text</type><length>80</length>"
        path = f"objects/Thing_{i % 300}__c/fields/{name}.field-meta.xml"
        yield path, f"{_HEAD}<CustomField {_NAMESPACE}>{body}</CustomField>\n"


def _rules() -> Iterator[tuple[str, str]]:
    for i in range(RULES):
        about = ("Contact", "Lead", "Account")[i % 3]
        name = f"Rule_{i}"
        formula = (
            f"AND(NOT($Permission.Bypass_{i % 5}), ISPICKVAL(Status_{i % 9}__c, 'Open'), ISBLANK(Phone),"
            f" NOT(ISCHANGED(Level_{i % 7}__c)))"
        )
        body = (
            f"<fullName>{name}</fullName><active>true</active><errorConditionFormula>{formula}</errorConditionFormula>"
        )
        yield (
            f"objects/{about}/validationRules/{name}.validationRule-meta.xml",
            f"{_HEAD}<ValidationRule {_NAMESPACE}>{body}<errorMessage>No</errorMessage></ValidationRule>\n",
        )
    for i in range(PERSON_FIELDS):
        about, name = ("Contact", "Lead", "Account")[i % 3], f"Person_{i}__c"
        body = f"<fullName>{name}</fullName><label>{i}</label><type>Text</type><length>80</length>"
        path = f"objects/{about}/fields/{name}.field-meta.xml"
        yield path, f"{_HEAD}<CustomField {_NAMESPACE}>{body}</CustomField>\n"


def _pages() -> Iterator[tuple[str, str]]:
    for i in range(PERSON_LAYOUTS):
        for name in ("Contact-Contact", "Lead-Lead"):
            yield f"layouts/{name} Layout {i}.layout-meta.xml", layout(i, with_list=i % 9 > 0)
    for i in range(LAYOUTS):
        yield f"layouts/Thing_{i % 300}__c-Layout {i}.layout-meta.xml", layout(i, with_list=False)
    for i in range(PAGES):
        yield f"flexipages/Page_{i}.flexipage-meta.xml", _page(i)


def _access() -> Iterator[tuple[str, str]]:
    for i in range(PROFILES):
        yield f"profiles/Profile {i}.profile-meta.xml", _permissions("Profile", i, PROFILE_FIELDS)
    for i in range(PERMISSION_SETS):
        yield f"permissionsets/Set_{i}.permissionset-meta.xml", _permissions("PermissionSet", i, 150)


def _page(number: int) -> str:
    single = (
        "<itemInstances><componentInstance><componentInstanceProperties><name>relatedListApiName</name>"
        "<value>Cases</value></componentInstanceProperties>"
        "<componentName>force:relatedListSingleContainer</componentName></componentInstance></itemInstances>\n"
    )
    about = ("Contact", "Lead", "Thing_1__c", "Thing_2__c")[number % 4]
    return (
        f"{_HEAD}<FlexiPage {_NAMESPACE}>\n<flexiPageRegions>\n{single * 8}<name>main</name><type>Region</type>"
        f"</flexiPageRegions>\n<sobjectType>{about}</sobjectType><type>RecordPage</type></FlexiPage>\n"
    )


def _permissions(kind: str, number: int, fields: int) -> str:
    entries = "".join(
        f"    <fieldPermissions>\n        <editable>true</editable>\n        <field>Thing_{i % 300}__c.Field_{i}__c</field>\n"
        "        <readable>true</readable>\n    </fieldPermissions>\n"
        for i in range(fields)
    )
    own = "".join(
        f"    <fieldPermissions>\n        <editable>{str(number % 3 == 0).lower()}</editable>\n"
        f"        <field>{name}.HasOptedOutOfEmail</field>\n        <readable>true</readable>\n    </fieldPermissions>\n"
        for name in ("Contact", "Lead")
    )
    assigned = "".join(
        f"    <layoutAssignments>\n        <layout>{name} Layout {number}</layout>\n    </layoutAssignments>\n"
        for name in ("Contact-Contact", "Lead-Lead")
        if kind == "Profile"
    )
    return f"{_HEAD}<{kind} {_NAMESPACE}>\n{entries}{own}{assigned}</{kind}>\n"
