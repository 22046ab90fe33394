"""Files of the user's own in the page: the command line's sentences on bad ones, and the same facts of good ones."""

import base64
import json
import subprocess

import pytest

from experiments.explorer.engine import MODULE
from experiments.explorer.starts import describe_start
from simulation.councils import load_councils
from simulation.errors import InputError
from simulation.outcomes.run import deprivation_fifths
from simulation.regimes import load_regime

HEAD = "code,name,region,grade,judged_on"
ROWS = "A,Ash,North,good,2024-01-09\nB,Birch,North,inadequate,2023-05-10\nC,Cedar,South,outstanding,2022-11-30\n"
GOOD = f"{HEAD}\n{ROWS}"


def cell(column, text, row=0):
    """The good table with one more column, filled in one row, or in all with ``row`` None."""
    lines = GOOD.splitlines()
    filled = [f"{line},{text if row in {place, None} else ''}" for place, line in enumerate(lines[1:])]
    return "\n".join([f"{lines[0]},{column}", *filled]) + "\n"


BAD_COUNCILS = {
    "empty": "",
    "only comments": "# nothing\n\n",
    "a workbook": b"PK\x03\x04rest",
    "binary": b"code\0name",
    "no UTF-8": GOOD.encode() + b"D,\xe9,North,good,2024-01-09\n",
    "cut letter": GOOD.encode() + b"D,\xe2\x82",
    "one heading wrong": GOOD.replace("region", "regions"),
    "a heading far from all": GOOD.replace("region", "qqqqqqqq"),
    "a heading twice": GOOD.replace("judged_on", "name"),
    "a heading missing": "code,region\nA,North\nB,North\nC,South\n",
    "too few": f"{HEAD}\nA,Ash,North,good,2024-01-09\n",
    "too many": f"{HEAD}\n" + "".join(f"{place},x,North,good,\n" for place in range(5001)),
    "too many cells": GOOD + "D,Damson,South,good,2024-01-09,more\n",
    "a quote not closed": GOOD + 'D,"Damson,South,good,2024-01-09\n',
    "a quote within": GOOD + 'D,"Dam"son,South,good,2024-01-09\n',
    "no grade": GOOD.replace("good", ""),
    "a grade misspelt": GOOD.replace("good", "goood"),
    "a grade with quotes": GOOD.replace("good", "it's"),
    "a code twice": GOOD.replace("B,Birch", "A,Birch"),
    "no date": GOOD.replace("2024-01-09", "09/01/2024"),
    "a day that is none": GOOD.replace("2024-01-09", "2023-02-29"),
    "a date too early": GOOD.replace("2024-01-09", "1812-01-09"),
    "a date after the start": cell("start", "2023-01", None),
    "a month that is none": cell("next_judgement", "2024-13"),
    "a month too late": cell("next_judgement", "2300-01"),
    "a judgement before the start": cell("next_judgement", "2020-01"),
    "a framework of nothing": cell("next_framework", "ilacs"),
    "a framework misspelt": cell("framework", "ilac"),
    "never, and now": cell("ever_inadequate", "0", 1),
    "not 0 or 1": cell("ever_inadequate", "2"),
    "no whole number": cell("ever_inadequate", "0.5"),
    "some children": cell("children_in_need", "1200"),
    "no children": cell("children_in_need", "0", None),
    "very many children": cell("children_in_need", "3e9", None),
    "deprivation in words": cell("deprivation_score", "high", None),
    "two starts": cell("start", "2024-05", 1),
    "inspections of both": cell("inspections", "england", 2),
    "controls in a name": GOOD.replace("Ash", '"A\nsh"'),
    "a long cell": GOOD.replace("good", "g" * 200),
    "larger than is read": b"#" * (16 * 2**20 + 1),
}
GOOD_COUNCILS = {
    "plain": GOOD,
    "with a mark, comments and blank lines": "\ufeff# mine\r\n\r\n" + GOOD.replace("\n", "\r\n"),
    "quoted and padded": GOOD.replace("Ash", '" Ash, ""old"" "'),
    "guarded": GOOD.replace("Ash", "'=Ash"),
    "undated": GOOD.replace("2024-01-09", "").replace("2023-05-10", ""),
    "scores": cell("deprivation_score", "3", None).replace("A,Ash", "D,Ash"),
    "many scores": f"{HEAD},deprivation_score\n"
    + "".join(f"C{place:03d},x,R{place % 4},good,,{place * 7 % 61}\n" for place in range(240)),
    "children": cell("children_in_need", "1e3", None),
    "next": cell("next_judgement", "2024-06"),
    "own frameworks": cell("framework", "sif"),
    "england's": cell("inspections", "england", None),
    "from 2025": cell("start", "2025-03", None),
}
ARM = """
givers = "all"
giver_rule = "good_or_better"
days_per_giver = 4.0
receiver_rule = "below_good"
days_per_receiver = 8.0
givers_per_receiver = 2
reciprocal = false
paid = false
director_share = "director_share_unpaid"
cash_per_day = 0.0
shadow_price_per_day = 600.0
attention_shift = "peers"
gold_preference = 0.0
region_preference = 0.0
labels = false
days = "capacity"
"""
REGIME = f'title = "Mine"\n[[arm]]{ARM}'
BAD_REGIMES = {
    "empty": "",
    "binary": b"\0",
    "no UTF-8": b"title = '\xff'",
    "an entry unknown": f'titel = "Mine"\n[[arm]]{ARM}',
    "one arm, not a list": f"[arm]{ARM}",
    "a lever unknown": REGIME.replace("labels", "label"),
    "a parameter": REGIME + "transfer_rate = 0.2\n",
    "one lever missing": REGIME.replace("paid = false\n", ""),
    "two missing": REGIME.replace("paid = false\n", "").replace("labels = false\n", ""),
    "three missing": REGIME.replace("paid = false\n", "")
    .replace("labels = false\n", "")
    .replace('days = "capacity"', ""),
    "a choice misspelt": REGIME.replace("below_good", "below_god"),
    "a choice as a number": REGIME.replace('"below_good"', "3"),
    "words for a number": REGIME.replace("days_per_giver = 4.0", 'days_per_giver = "four"'),
    "true for a number": REGIME.replace("days_per_giver = 4.0", "days_per_giver = true"),
    "out of limits": REGIME.replace("days_per_giver = 4.0", "days_per_giver = 20000"),
    "below its limits": REGIME.replace('attention_shift = "peers"', "attention_shift = -0.5"),
    "infinite": REGIME.replace("days_per_giver = 4.0", "days_per_giver = inf"),
    "very small": REGIME.replace('"director_share_unpaid"', "1e-7"),
    "no whole number": REGIME.replace("givers_per_receiver = 2", "givers_per_receiver = 2.0"),
    "a switch in words": REGIME.replace("paid = false", 'paid = "no"'),
    "a range of one": REGIME + "days_per_giver_range = [4]\n",
    "a range upside down": REGIME + "days_per_giver_range = [4.0, 2.5]\n",
    "a title that is none": REGIME.replace('"Mine"', "4"),
    "a switch that is none": 'trusts = 1\ntitle = "Mine"\n',
    "a name with blanks": f'name = "my regime"\n{REGIME}',
    "a name of signs": f'name = "???"\n{REGIME}',
    "a name that is shipped": f'name = "hybrid"\n{REGIME}',
    "controls in a title": REGIME.replace("Mine", "Mi\\u0007ne"),
    "trusts without pay": f"trusts = true\n{REGIME}",
    "two partnerships": REGIME + "partnership = true\n[[arm]]" + ARM + "partnership = true\n",
    "too deep": "title = [[[[[[[[[[1]]]]]]]]]]\n",
    "larger than is read": "#" * (2**20 + 1),
}
GOOD_REGIMES = {
    "mine": REGIME,
    "ranges": REGIME + "days_per_giver_range = [2, 4.5]\ngivers_follow = true\n",
    "by_calendar": f"by_calendar = true\n{REGIME}first_month = 10\nlast_month = 200\n",
    "nothing": 'title = "Nothing at all"\n',
}


@pytest.fixture(scope="module")
def found(data, bundle, tmp_path_factory):
    """What the page finds of every file, by its name."""
    script = bundle("tests/own_in_node.ts", "own_in_node.mjs")
    named = [(name, content) for table in (bad_files(), good_files()) for name, content in table.items()]
    path = tmp_path_factory.mktemp("own") / "files.json"
    path.write_text(json.dumps([(name, base64.b64encode(content).decode()) for name, content in named]), "utf-8")
    ran = subprocess.run(
        ["node", str(script), str(MODULE), str(data), str(path)],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return dict(zip([name for name, _ in named], json.loads(ran.stdout), strict=True))


def named(table, end):
    encoded = {f"{name}.{end}": content for name, content in table.items()}
    return {name: text.encode() if isinstance(text, str) else text for name, text in encoded.items()}


def bad_files():
    return named(BAD_COUNCILS, "csv") | named(BAD_REGIMES, "toml")


def good_files():
    return named(GOOD_COUNCILS, "csv") | named(GOOD_REGIMES, "toml")


def load(name):
    return load_regime(name) if name.endswith(".toml") else load_councils(name)


@pytest.mark.parametrize("name", bad_files())
def test_a_bad_file_gets_the_sentence_of_the_command_line(found, name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_bytes(bad_files()[name])
    with pytest.raises(InputError) as error:
        load(name)
    assert found[name] == str(error.value)


def test_what_is_no_toml_is_told_with_the_parser_s_own_reason(data, bundle, tmp_path):
    script = bundle("tests/own_in_node.ts", "own_in_node.mjs")
    path = tmp_path / "files.json"
    path.write_text(json.dumps([["bad.toml", base64.b64encode(b"title = ").decode()]]), "utf-8")
    ran = subprocess.run(
        ["node", str(script), str(MODULE), str(data), str(path)], check=True, capture_output=True, text=True
    )
    assert json.loads(ran.stdout)[0].startswith("bad.toml: expected TOML, got: ")


def described(table):
    """A user's councils as the page has a start."""
    base = describe_start(table.start)
    columns = [vars(council) if hasattr(council, "__dict__") else council._asdict() for council in table.facts]
    return base | {
        "own": table.own,
        "regions": list(table.regions),
        "code": list(table.code),
        "name": list(table.name),
        "region": list(table.region),
        "deprivation_fifth": list(deprivation_fifths(table)),
        "facts": {name: [row[name] for row in columns] for name in columns[0]},
    }


@pytest.mark.parametrize("name", named(GOOD_COUNCILS, "csv"))
def test_a_good_table_is_taken_for_the_same_councils(found, name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_bytes(good_files()[name])
    assert found[name] == json.loads(json.dumps(described(load_councils(name))))


@pytest.mark.parametrize("name", named(GOOD_REGIMES, "toml"))
def test_a_good_regime_is_taken_for_the_same(found, name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_bytes(good_files()[name])
    expected = json.loads(json.dumps(load_regime(name).as_dict()))
    assert {key: found[name][key] for key in expected} == expected | {"title": expected["title"] or expected["name"]}
