"""How Sphinx builds the site from the staged pages; `make docs` calls it. Nothing here asks the network."""

from __future__ import annotations

from importlib.metadata import version as installed
from pathlib import Path

HERE = Path(__file__).resolve().parent

project = "Sector-led improvement"
author = "The sector-led improvement simulation contributors"
project_copyright = author
version = release = installed("sector-led-improvement")
language = "en-GB"
# Two hyphens before an option stay two hyphens.
smartquotes = False

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton", "sphinx_design"]
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 4

nb_execution_in_temp = True
nb_execution_timeout = 600
nb_execution_raise_on_error = True
nb_execution_show_tb = True
nb_merge_streams = True
nb_ipywidgets_js: dict[str, dict[str, str]] = {}

autodoc_typehints = "signature"
autodoc_member_order = "bysource"
# Docstrings name things between single backticks.
default_role = "code"
# Python names that several classes share are not linked; tables in CSV have no colours.
suppress_warnings = ["ref.python", "misc.highlighting_failure"]

html_theme = "pydata_sphinx_theme"
html_title = project
templates_path = [str(HERE / "_templates")]
html_static_path = [str(HERE / "_static")]
html_css_files = ["site.css", "print.css"]
html_js_files = ["site.js"]
# Pages of a part that has but one have no list of its pages.
html_sidebars = {"index": [], "gallery/index": []}
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {
    "logo": {"text": "Sector-led improvement"},
    "navbar_align": "left",
    "header_links_before_dropdown": 7,
    "collapse_navigation": True,
    "show_toc_level": 2,
    "navigation_with_keys": False,
    "show_prev_next": True,
    # Lessons and the gallery have code, which needs the width.
    "secondary_sidebar_items": {
        **{key: ["page-toc"] for key in ("*", "learn/*", "do/*", "look_up/**", "understand/**", "workshop/*")},
        **{key: [] for key in ("learn/lessons/*", "gallery/*")},
    },
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
    "footer_start": ["copyright"],
    "footer_end": [],
}
copybutton_exclude = ".linenos, .gp, .go"
