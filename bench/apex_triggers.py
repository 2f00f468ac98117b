"""What judging triggers costs in three generated orgs, against parsing the same sources.

`many`: 30 triggers behind one dispatcher, each with a handler of ten steps that query, branch, refuse and write. `circles`:
methods that call themselves, and classes that call each other in a circle. `large`: a handler of 20,000 lines.

Each figure is the CPU time (user and system) and the peak memory of `sfoptlint lint` in a process of its own; the floor is a
process that parses every file and does nothing with it. The ratio of the CPU times should stay below 30 for `many`, 6 for
`circles` and 5 for `large`, and no peak above 500 MiB.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measure import typical

_LINT = [sys.executable, "-m", "sfoptlint", "lint", ".", "--format", "json"]
_PARSE = """
from pathlib import Path
from sfoptlint.lang.apex import parse
for path in sorted(Path('.').rglob('*.cls')) + sorted(Path('.').rglob('*.trigger')):
    parse(path.read_text(encoding='utf-8', errors='replace'))
"""
FLOOR = [sys.executable, "-c", _PARSE]
"""A process that parses every class and trigger below the folder in which it stands."""
_AT_MOST = {"many": 30, "circles": 6, "large": 5}
_PEAK = 500
_OBJECTS = ("Contact", "Lead", "Account")

_DISPATCHER = """
public virtual class Dispatcher {
    public static Set<String> paused = new Set<String>();
    public void run() {
        if (paused.contains(String.valueOf(this))) { return; }
        if (Trigger.isBefore && Trigger.isUpdate) { beforeUpdate(Trigger.new, Trigger.oldMap); }
        if (Trigger.isAfter && Trigger.isUpdate) { afterUpdate(Trigger.new, Trigger.oldMap); }
    }
    protected virtual void beforeUpdate(List<SObject> people, Map<Id, SObject> stored) { }
    protected virtual void afterUpdate(List<SObject> people, Map<Id, SObject> stored) { }
}
"""
_STEP = """
    private void step{n}(List<{object}> people, Map<Id, {object}> stored) {{
        Map<Id, Household__c> homes = new Map<Id, Household__c>();
        for (Household__c home : [SELECT Id, Size__c, Level__c FROM Household__c WHERE Level__c = 'L{n}']) {{
            homes.put(home.Id, home);
        }}
        for ({object} person : people) {{
            {object} before = stored.get(person.Id);
            Household__c home = homes.get(person.Household__c);
            if (person.Level__c != before.Level__c && home != null && home.Size__c > {n}) {{
                person.Description = 'moved to ' + home.Level__c;
            }} else if (person.Reason{n}__c == null && person.Score__c < {n}) {{
                person.addError('Say why: {n}');
            }} else if (person.Flag{n}__c == true) {{
                person.Score__c = before.Score__c == null ? {n} : before.Score__c + {n};
            }}
        }}
    }}
"""
_CIRCLE = """
public class Circle{n} {{
    public static void run(List<Contact> people, Integer depth) {{
        if (depth > {n}) {{ people[0].Description = 'depth {n}'; return; }}
        Circle{n}.run(people, depth + 1);
        Circle{after}.run(people, depth);
        Circle{other}.run(people, depth - 1);
    }}
}}
"""


def many(triggers: int = 30, steps: int = 10) -> dict[str, str]:
    """Return triggers that are dispatched to handlers, by path."""
    files = {"classes/Dispatcher.cls": _DISPATCHER}
    for number in range(triggers):
        object_ = _OBJECTS[number % 3]
        body = "".join(_STEP.format(n=step, object=object_) for step in range(steps))
        calls = "".join(f"step{step}((List<{object_}>) p, (Map<Id, {object_}>) s);" for step in range(steps))
        files[f"classes/Handler{number}.cls"] = (
            f"public class Handler{number} extends Dispatcher {{\n"
            f"protected override void beforeUpdate(List<SObject> p, Map<Id, SObject> s) {{ {calls} }}\n{body}}}\n"
        )
        files[f"triggers/T{number}.trigger"] = (
            f"trigger T{number} on {object_} (before update, after update) {{ new Handler{number}().run(); }}\n"
        )
    return files


def circles(classes: int = 12) -> dict[str, str]:
    """Return classes that call themselves and each other, and a trigger that enters them, by path."""
    files = {
        f"classes/Circle{n}.cls": _CIRCLE.format(n=n, after=(n + 1) % classes, other=(n + 5) % classes)
        for n in range(classes)
    }
    files["triggers/Round.trigger"] = (
        "trigger Round on Contact (before update) { Circle0.run(Trigger.new, Trigger.new.size()); }\n"
    )
    return files


def large(lines: int = 20_000) -> dict[str, str]:
    """Return a class of so many lines, and a trigger that enters it, by path."""
    body = "\n".join(f"if (c.Level__c == 'L{n}') {{ c.Description = '{n}'; total += {n}; }}" for n in range(lines))
    return {
        "classes/Large.cls": f"public class Large {{\npublic static void run(Contact c) {{ Integer total = 0;\n{body}\n}}\n}}\n",
        "triggers/Enter.trigger": "trigger Enter on Contact (before update) { Large.run(Trigger.new[0]); }\n",
    }


def report() -> str:
    """Return the lines that `make bench` shows."""
    return "\n".join(
        _line(name, files) for name, files in (("many", many()), ("circles", circles()), ("large", large()))
    )


def _line(name: str, files: dict[str, str]) -> str:
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        root = Path(folder)
        for path, text in files.items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        floor = typical(FLOOR, root, runs=3)
        lint = typical(_LINT, root, runs=3)
    return (
        f"triggers, {name}: {lint.cpu:.2f} s CPU, floor {floor.cpu:.2f} s, ratio {lint.cpu / floor.cpu:.1f} "
        f"(at most {_AT_MOST[name]}); peak {lint.peak:.0f} MiB (at most {_PEAK})"
    )


if __name__ == "__main__":
    print(report())
