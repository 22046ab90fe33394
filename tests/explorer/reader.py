"""What a reader of the explorer does and sees, as scripts for a browser's tab."""

import json

PHONE = 390
SHORT = "#v=1&months=12"
"""A setting whose runs take no time."""
ANSWER = "document.querySelector('.verdict .word')?.textContent"
AXE = """
    document.querySelectorAll("details").forEach(one => { one.open = true; });
    const found = await axe.run(document);
    return found.violations.map(one => [one.id, one.nodes.map(node => node.html.slice(0, 160)).slice(0, 4)]);
"""
MOVE = """
    const slider = document.getElementById({name!r});
    slider.value = {value};
    slider.dispatchEvent(new Event("input", {{ bubbles: true }}));
    slider.dispatchEvent(new Event("change", {{ bubbles: true }}));
"""
FINEST = "document.querySelector('.progress [role=status]')?.textContent.startsWith('256 worlds')"
_CSV = """
    const made = [], make = URL.createObjectURL;
    URL.createObjectURL = (blob) => {{ made.push(blob); return make.call(URL, blob); }};
    [...document.querySelectorAll("button")].find(one => one.textContent.trim().startsWith({button})).click();
    URL.createObjectURL = make;
    return await made[0].text();
"""
_PICK = """
    const list = document.getElementById({name});
    list.value = {value};
    list.dispatchEvent(new Event("change", {{ bubbles: true }}));
"""
_DROP = """
    const data = new DataTransfer();
    for (const [name, text] of {files}) data.items.add(new File([text], name));
    const drop = new DragEvent("drop", {{ dataTransfer: data, bubbles: true, cancelable: true }});
    document.querySelector({target}).dispatchEvent(drop);
"""


def taken_csv(tab, button):
    """The table that a button hands over, by the first words on the button."""
    return tab.ask(_CSV.format(button=json.dumps(button)))


def pick(tab, name, value):
    """Choose in a list."""
    tab.ask(_PICK.format(name=json.dumps(name), value=json.dumps(value)))


def drop(tab, target, files):
    """Drop files, names and texts, onto a place of the page."""
    tab.ask(_DROP.format(files=json.dumps(files), target=json.dumps(target)))
